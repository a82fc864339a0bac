/* Colours: the reader's choice is kept in the browser, where that is allowed. What was kept is
   applied before the page is painted (first_paint.js). */
import { byId, find } from "./page.js";

const theme = byId("theme");
const root = document.documentElement;

theme.hidden = false;
const chosen = find(`[value="${root.dataset.theme}"]`, theme);
if (chosen) chosen.checked = true;

theme.addEventListener("change", ({ target }) => {
  root.dataset.theme = target.value;
  try {
    localStorage.setItem("theme", target.value);
  } catch {
    // no storage: the choice holds for this page
  }
});
