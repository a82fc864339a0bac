/* Bars of the result move from where they were to where they are: at most 200 ms, and drawn by the
   compositor, so that nothing is laid out for it. */
import { findAll, onAnswer } from "./page.js";

const MOVE = { duration: 200, easing: "ease-out" };
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let earlier = new Map(); // each bar's place, by its id

const bars = () => findAll("#results rect[id]");
const percentOf = (bar, name) => Number.parseFloat(bar.getAttribute(name) ?? 0);
const extentOf = (bar) => ({ x: percentOf(bar, "x"), width: percentOf(bar, "width") });
const endOf = ({ x, width }) => x + width;
const is = (one, other) => Math.abs(one - other) < 0.05; // both are rounded

document.addEventListener("htmx:beforeSwap", () => {
  earlier = new Map(bars().map((bar) => [bar.id, extentOf(bar)]));
});

onAnswer("htmx:afterSwap", () => {
  if (calm.matches) return;
  for (const bar of bars()) {
    const before = earlier.get(bar.id);
    const now = extentOf(bar);
    if (before && now.width && !(is(before.x, now.x) && is(before.width, now.width))) {
      move(bar, before, now);
    }
  }
});

/* From the edge that both have: the same one, or the zero over which the bar swings. */
function move(bar, before, now) {
  const swings = is(endOf(before), now.x) || is(before.x, endOf(now));
  const isLeft = is(before.x, now.x) || is(endOf(before), now.x);
  const scale = (swings ? -1 : 1) * (before.width / now.width);
  bar.style.transformOrigin = isLeft ? "0 0" : "100% 0"; // not animated: the compositor cannot
  bar.animate({ transform: [`scaleX(${scale})`, "none"] }, MOVE);
}
