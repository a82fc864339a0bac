/* Colours: the reader's choice is kept in the browser, where that is allowed. */
import { byId, find } from "./page.js";

const theme = byId("theme");

theme.hidden = false;
try {
  const kept = localStorage.getItem("theme");
  if (kept) find(`[value="${kept}"]`, theme).checked = true;
} catch {
  // no storage: the system's colours
}

theme.addEventListener("change", (event) => {
  try {
    localStorage.setItem("theme", event.target.value);
  } catch {
    // as above
  }
});
