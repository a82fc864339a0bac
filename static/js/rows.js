/* The rows that are not shown at first come with their controls alone. A link to one of them brings
   all; and what a script changes in one asks the server for its row (requests.js). */
import { byId, changed, find, findAll, focusQuietly, form, onAnswer } from "./page.js";

let awaited; // the place that a link names, while its row is asked for

export const isHiddenRowChanged = () =>
  findAll("tr[hidden] input", form).some((input) => input.checked !== input.defaultChecked);

export function showEveryRow() {
  byId("search").value = "";
  byId("show").value = find("#show [value=all]") ? "all" : "";
  changed(byId("show"));
}

function showNamedRow() {
  const { hash } = location;
  if (!form || !hash.startsWith("#c-") || !byId(hash.slice(1))?.hidden) return;
  awaited = hash;
  showEveryRow();
}

addEventListener("hashchange", showNamedRow);

/* What leads to a row with every row is answered here, where the row is already. */
document.addEventListener("click", (event) => {
  const link = event.target.closest('#results a[href*="?"][href*="#c-"]');
  if (!link || !form || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (location.hash === link.hash) showNamedRow();
  location.hash = link.hash;
});
// the listeners of htmx have to be there before
document.addEventListener("DOMContentLoaded", showNamedRow);

onAnswer("htmx:afterSettle", () => {
  if (!awaited) return;
  location.replace(awaited); // marks the row, and scrolls to it
  awaited = undefined;
});

/* The digits 0 to 5 set the importance of the row whose ruler has the focus. */
form?.addEventListener("keydown", ({ key, target, ctrlKey, altKey, metaKey }) => {
  const ruler = target.closest(".importance");
  if (!ruler || !/^[0-5]$/.test(key) || ctrlKey || altKey || metaKey) return;
  const number = find(`[value="${key}"]`, ruler);
  focusQuietly(number);
  number.click();
});

/* A ruler that a touch has opened over its row closes again when a number is chosen. The keys go on
   from number to number: with them it stays open. */
form?.addEventListener("change", ({ target }) => {
  const ruler = target.closest(".importance");
  if (!ruler || target.matches(":focus-visible")) return;
  if (getComputedStyle(ruler).position === "absolute") target.blur();
});
