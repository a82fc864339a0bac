/* A box is pressed and not let go yet: what it is about to ask for is fetched, and lies in the
   browser's cache when the click comes. Nothing on the page changes before that: whoever moves away
   and lets go elsewhere has changed nothing. */
import { form } from "./page.js";
import { isAnswered } from "./requests.js";
import { spelled } from "./selection.js";

document.addEventListener("pointerdown", ({ target, button }) => {
  const box = target.closest("label")?.control ?? target;
  if (!form || box.form !== form || button !== 0 || !isAnswered() || !isAboutToChange(box)) return;
  const query = spelled({ pressed: box }).replace(/&?from=\d+/, ""); // no longer what was sent
  const region = box.closest("[data-hx-get]")?.dataset.hxGet;
  if (region) fetch(region + (query && `?${query}`)).catch(() => {}); // the click asks again
});

function isAboutToChange(box) {
  if (box.type === "radio") return !box.checked && box.closest("[data-key]");
  return box.type === "checkbox" && (box.dataset.ticked || box.dataset.unticked);
}
