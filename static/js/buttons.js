/* Buttons and links that act at once: copy, leave sources out, try another importance, undo a
   change, show all rows. */
import { byId, changed, find, findAll, focusQuietly, form } from "./page.js";
import { showEveryRow } from "./rows.js";

const COPIED_FOR = 1600; // ms

document.addEventListener("click", (event) => {
  const pressed = (attribute) => event.target.closest(`[${attribute}]`);
  const [copy, mute] = [pressed("data-copy"), pressed("data-mute")];
  const [trial, every] = [pressed("data-trial"), pressed("data-every")];
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
  const file = pressed("data-file");
  if (copy) copyField(copy, find(copy.dataset.copy));
  if (file) copyFile(file);
  if (mute && !(elsewhere && mute.href)) {
    if (mute.href) {
      event.preventDefault();
      asOneStep(mute);
    }
    leaveOut(mute.dataset.mute);
  }
  if (trial && !elsewhere && canTry(trial.dataset.trial)) {
    event.preventDefault();
    tryOut(trial);
  }
  const control = !elsewhere && controlOf(pressed("data-press"));
  if (control) {
    event.preventDefault();
    asOneStep(pressed("data-press"));
    control.click();
  }
  if (pressed("data-reset") && !elsewhere) {
    event.preventDefault();
    find("#results [data-fresh]").click();
  }
  const place = event.target.closest('a[href^="#"]');
  const fold = place && byId(place.hash.slice(1));
  if (fold?.matches("details")) fold.open = true; // a link to it means what is in it
  const only = pressed("data-only");
  if (only && !elsewhere) {
    event.preventDefault();
    switchOthersOff(only);
  }
  if (every && !elsewhere && form) {
    event.preventDefault();
    showEveryRow();
    focusQuietly(byId(every.closest(".empty") ? "search" : "show"));
  }
});

/* What a field holds; and beside it, for programs that take more than letters, the part of the page
   that data-formatted names. */
async function copyField(button, field) {
  const formatted = find(button.dataset.formatted || "#none");
  try {
    if (formatted) await copyBoth(field.value, formatted.outerHTML);
    else await navigator.clipboard.writeText(field.value);
  } catch {
    field.closest("details")?.setAttribute("open", "");
    field.select();
    document.execCommand("copy");
    focusQuietly(button);
  }
  sayCopied(button);
}

/* What an address answers; where it cannot be copied, it is shown instead. */
async function copyFile(button) {
  const { file, type } = button.dataset;
  const loading = fetch(file).then(async (answer) => new Blob([await answer.blob()], { type }));
  try {
    await navigator.clipboard.write([new ClipboardItem({ [type]: loading })]);
    sayCopied(button);
  } catch {
    location.assign(file);
  }
}

/* In the button's words, beside an icon or alone. */
function sayCopied(button) {
  const words = find("span", button) ?? button;
  button.dataset.words ??= words.textContent;
  words.textContent = "Copied";
  button.classList.add("copied");
  byId("announce").textContent = "Copied";
  setTimeout(() => {
    words.textContent = button.dataset.words;
    button.classList.remove("copied");
  }, COPIED_FOR);
}

function copyBoth(text, html) {
  const forms = Object.entries({ "text/plain": text, "text/html": html });
  const parts = forms.map(([type, form]) => [type, new Blob([form], { type })]);
  return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))]);
}

/* Leave out the sources of a list; where they are left out, or the list is empty, count them. */
function leaveOut(slugs) {
  const boxes = boxesOf(slugs);
  const counts = !boxes.some((box) => box.checked) || !slugs;
  for (const box of boxes) box.checked = counts;
  changed(boxes[0]);
}

function boxesOf(slugs) {
  const boxes = findAll('[name="trust"]', form);
  return slugs ? boxes.filter((box) => slugs.split(" ").includes(box.value)) : boxes;
}

document.addEventListener("change", ({ target }) => {
  if (target.name !== "trust") return;
  for (const mute of findAll("[data-mute][aria-pressed]", form)) {
    mute.ariaPressed = boxesOf(mute.dataset.mute).every((box) => !box.checked);
  }
});

/* "on=speed": the control of the form with this name and value. */
function controlOf(link) {
  const [name, value] = link?.dataset.press.split("=") ?? [];
  return name && form && find(`[name="${name}"][value="${value}"]`, form);
}

/* The answer's address takes the place of this new entry: Back undoes it. The link that was pressed
   is gone then: of the list of changes the next one has the focus, else the result. */
function asOneStep(link) {
  const place = changesListed().indexOf(link);
  history.pushState({ htmx: true }, "", location.href);
  document.addEventListener("htmx:afterSettle", () => goOn(place, link.ariaLabel), { once: true });
}

const changesListed = () => findAll("#altered .undo a");

function goOn(place, words) {
  if (document.activeElement !== document.body) return;
  const listed = changesListed();
  const next = place >= 0 && (listed[place] ?? listed.at(-1));
  focusQuietly(next || find("#results h2"));
  if (place >= 0) byId("announce").textContent = words.replace("Undo:", "Undone:");
}

/* A trial is "speed:5 cost:0": the importance of each criterion. */
function canTry(trial) {
  return form && byId(`on-${trial.split(/[: ]/)[0]}`);
}

function tryOut(link) {
  asOneStep(link);
  for (const [slug, importance] of link.dataset.trial.split(" ").map((move) => move.split(":"))) {
    byId(`on-${slug}`).checked = importance !== "0";
    if (importance !== "0") find(`[name="w-${slug}"][value="${importance}"]`).checked = true;
  }
  changed(byId("rows"));
}

/* Leave one criterion on, or none named: switch all on; Back undoes it. */
function switchOthersOff(pressed) {
  asOneStep(pressed);
  const { value } = pressed;
  for (const box of findAll('[name="on"]', form)) box.checked = !value || box.value === value;
  changed(byId("rows"));
}
