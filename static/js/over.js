/* What opens over the page: the recommendation as a sheet, and all that can be passed on. Each is
   opened by a link that leads, without a script, to the same things. And the bar, which says the
   answer while that is out of view. */
import { byId, find, focusQuietly } from "./page.js";
import { passOn } from "./sharing.js";

const HIDDEN_EDGE = "-120px 0px -60px"; // of the answer, so little is as good as nothing

const answer = find(".answer");
const recommendation = byId("recommendation");
const bar = byId("bar");

if (answer && bar) {
  // a busy page hears of several moves at once: the last one holds
  const follow = (moves) => bar.classList.toggle("shown", !moves.at(-1).isIntersecting);
  new IntersectionObserver(follow, { rootMargin: HIDDEN_EDGE }).observe(answer);
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (opener.dataset.opens === "share") passOn();
  else openSheet();
});

/* The sheet is the very part that stands in the page: only while it is open is it a popover, which
   browsers hide until then, and its place is kept. */
function openSheet() {
  answer.style.minHeight = `${answer.getBoundingClientRect().height}px`;
  recommendation.popover = "auto";
  recommendation.showPopover();
  recommendation.scrollTop = 0;
  focusQuietly(find("#results h2"));
}

recommendation?.addEventListener("toggle", ({ newState }) => {
  if (newState !== "closed") return;
  recommendation.popover = null;
  answer.style.minHeight = "";
});

// in the top layer it would lie over each sheet of paper
addEventListener("beforeprint", () => find(":popover-open")?.hidePopover());

/* htmx would take the click: a new tab or window is the browser's to open. */
document.addEventListener(
  "click",
  (event) => {
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (elsewhere && event.target.closest("a[data-hx-get]")) event.stopPropagation();
  },
  true,
);
