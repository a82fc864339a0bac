/* Requests for another selection: one at a time. Each region of the form's data-regions, which the
   server printed (web/regions.py), brings those before it. Whoever asks for less while more is due
   gets the more, so that a second change never leaves half of the first one behind, and an answer
   that has been overtaken is not shown. */

import { answerInHand, answerOnItsWay } from "./ahead.js";
import { byId, changed, find, focusQuietly, form, onAnswer, showBusy } from "./page.js";
import { keep } from "./received.js";
import { isHiddenRowChanged } from "./rows.js";
import { spelled } from "./selection.js";
import { isSheetLeft } from "./sheets.js";

/* In milliseconds: while a request is unanswered, the next one takes its place this long after
   it, with all that changed since. */
const PACE = 100;

let due = null; // { region, moves, changes }: what has to be asked for, after how many changes
let underWay;
let sentAt = -Infinity;
let timer;
let searched = byId("search")?.value;
let addressShown = location.search;
let atChange; // { element, top }: what had the focus, and where, before a change marked its row
let focused = null; // the same, before an answer was shown
let changes = 0; // of controls, so far

const concernsTheSelection = (control) =>
  form &&
  ("fresh" in control.dataset || control.closest("#selection") || control.form === form) &&
  !control.matches(".cell");

document.addEventListener("htmx:configRequest", (event) => {
  const { elt: control, path } = event.detail;
  if (!concernsTheSelection(control)) return;
  const [, region] = path.match(/\/-\/(\w+)\//);
  const isStill = region === "results" && (due?.isStill ?? true);
  due = widened(region === "results" && isHiddenRowChanged() ? "rows" : region, movesOf(control));
  due.isStill = isStill;
  underWay?.abort();
  underWay = undefined;
  if (!control.closest(".tools")) find('[name="from"]', form)?.remove(); // no longer what was sent
  const query = spelled(due.moves);
  writeAddress(query, region);
  clearTimeout(timer);
  const wait = control.matches("a, button") ? 0 : sentAt + PACE - performance.now();
  if (wait > 0) {
    timer = setTimeout(() => changed(control.isConnected ? control : byId("rows")), wait);
    showBusy(true);
    event.preventDefault();
    return;
  }
  due.changes = changes;
  event.detail.selection = due;
  searched = byId("search").value;
  for (const key of [...event.detail.parameters.keys()]) event.detail.parameters.delete(key);
  const [address] = path.replace(`/-/${region}/`, `/-/${due.region}/`).split("?");
  event.detail.path = address + (query && `?${query}`);
  const answer = answerInHand(event.detail.path);
  const onItsWay = answerOnItsWay(event.detail.path);
  if (answer === undefined && !onItsWay) return;
  event.preventDefault();
  if (onItsWay) showWhenItComes(onItsWay, control, event.detail);
  else showAtOnce(answer, event.detail);
});

/* What is on its way is not asked for twice, unless it does not come. */
async function showWhenItComes(onItsWay, control, requestConfig) {
  const mine = { abort() {} };
  underWay = mine;
  sentAt = performance.now();
  showBusy(true);
  const answer = await onItsWay;
  if (underWay !== mine) return; // overtaken
  showBusy(false);
  if (answer === undefined) changed(control.isConnected ? control : byId("rows"));
  else showAtOnce(answer, requestConfig);
}

/* An answer that is in hand is shown within the click, and so in the next frame. All hear of it as
   of any other. */
function showAtOnce(answer, requestConfig) {
  const detail = { xhr: {}, requestConfig, shouldSwap: true };
  htmx.trigger(document.body, "htmx:beforeSwap", detail);
  if (!detail.shouldSwap) return;
  const swap = { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 };
  htmx.swap(detail.target, answer, swap, { eventInfo: detail });
  htmx.trigger(document.body, "htmx:afterOnLoad", detail);
}

for (const name of ["input", "change"]) {
  document.addEventListener(
    name,
    ({ target }) => {
      if (form && (target.form === form || target.closest("#selection"))) changes += 1;
    },
    true,
  );
}

/* Arrow keys in the list of use cases choose case after case: all of them are one step back, until
   the focus is elsewhere. */
let isCaseChosen = false;
document.addEventListener("focusin", ({ target }) => {
  if (target.name !== "use") isCaseChosen = false;
});

/* At once, before anything is asked: a page that is loaded anew, or passed on, is the one that was
   set, even where no answer comes. */
function writeAddress(query, region) {
  const address = byId("main").dataset.base + (query && `?${query}`);
  if (address === location.pathname + location.search) return;
  const isSameVisit = document.activeElement.name === "use" && isCaseChosen;
  if (document.activeElement.name === "use") isCaseChosen = true;
  const isStep = form.dataset.pushing.split(" ").includes(region);
  if (isStep && !isSameVisit) history.pushState({ htmx: true }, "", address);
  else history.replaceState(history.state, "", address);
  addressShown = location.search;
  keep();
}

document.addEventListener("htmx:beforeHistoryUpdate", ({ detail }) => {
  if (detail.requestConfig.selection) detail.history.type = "replace";
});

function movesOf(control) {
  if ("fresh" in control.dataset) return { fresh: true };
  return control.name ? { [control.name]: control.value } : {};
}

function widened(region, moves) {
  const regions = form.dataset.regions.split(" ");
  const wider = due && regions.indexOf(due.region) > regions.indexOf(region);
  // holds against an "Apply" before it
  const chosenAnew = region === "must_haves" ? { apply: "" } : {};
  return {
    region: wider ? due.region : region,
    moves: { ...due?.moves, ...chosenAnew, ...moves },
  };
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.detail.requestConfig.selection) return;
  underWay = event.detail.xhr;
  sentAt = performance.now();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { selection } = event.detail.requestConfig;
  if (selection) sentAt = -Infinity;
  if (!selection || !event.detail.shouldSwap) return;
  if (selection.changes !== changes) {
    event.detail.shouldSwap = false;
    changed(byId("rows"));
    return;
  }
  if (!find('[name="from"]', form)) byId("ageing")?.remove();
  event.detail.target = byId(selection.region);
  due = null;
  focused = (!underWay && atChange) || placeOfFocus();
  atChange = undefined;
  // the filters stand outside the regions that Reset brings
  if (selection.moves.fresh) {
    byId("search").value = searched = "";
    byId("show").value = "";
  }
  // of each element that goes htmx would tell, and nobody listens; whoever asked has to stay
  const { target, requestConfig } = event.detail;
  if (!target.contains(requestConfig.elt)) target.replaceChildren();
});

/* On the window: before anything on the page is marked, and has to be laid out to be asked. */
addEventListener(
  "change",
  () => {
    atChange = placeOfFocus();
  },
  true,
);

function placeOfFocus() {
  const element = document.activeElement;
  return { element, top: element.getBoundingClientRect().top };
}

/* What has the focus keeps it, even if it came anew. */
onAnswer("htmx:afterSwap", () => {
  if (!focused || focused.element === document.body) return;
  const { element } = focused;
  focused.element = element.isConnected ? element : comeAnew(element);
  if (focused.element && focused.element !== document.activeElement) focusQuietly(focused.element);
});

/* And it keeps its place on the screen, once all that follows from the answer is written: its place
   is asked for last, so that the page is laid out once. */
document.addEventListener("htmx:afterOnLoad", () => {
  const { element, top } = focused ?? {};
  focused = null;
  if (!element || element === document.body) return;
  scrollBy({ top: element.getBoundingClientRect().top - top, behavior: "instant" });
});

function comeAnew({ id, name, value }) {
  if (id) return byId(id);
  return name && find(`[name="${name}"][value="${value}"]`);
}

document.addEventListener(
  "change",
  (event) => {
    const { target } = event;
    // found already: leaving the field asks nothing
    if (target.id === "search" && target.value === searched) event.stopPropagation();
  },
  true,
);

/* Going back to an entry that the page itself did not write (a link to a place on the page) shows
   that entry, too. */
for (const name of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
  document.addEventListener(name, () => {
    addressShown = location.search;
  });
}
addEventListener("popstate", (event) => {
  if (form && location.search !== addressShown) location.reload();
  else if (isSheetLeft()) event.stopImmediatePropagation(); // htmx would bring the same again
});

/* Without this, Enter would press the form's first button, which may say "Drop" or "Apply". */
form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
  event.preventDefault();
  if (event.target.id === "search") changed(event.target);
});
form?.addEventListener("submit", (event) => {
  if (!event.submitter || event.submitter.matches("[data-hx-get], [data-mute]")) {
    event.preventDefault();
  }
});
