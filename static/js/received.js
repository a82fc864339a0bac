/* Whose changes a page shows: those that this browser made under this path, also after a reload or
   a step back, or those of whoever sent the link. Without a script, or where nothing may be kept,
   nobody is named. */
import { find } from "./page.js";

const MOST = 50; // steps back that are known

const key = `set ${location.pathname}`;
const query = () => location.search.replace(/[?&]from=\d+/, "");

function kept() {
  try {
    return (sessionStorage.getItem(key) ?? "").split("\n");
  } catch {
    return [query()];
  }
}

export function keep() {
  try {
    const sets = new Set([query(), ...kept()]);
    sessionStorage.setItem(key, [...sets].slice(0, MOST).join("\n"));
  } catch {
    // a browser that keeps nothing
  }
}

const words = find("#altered [data-received]");
if (words && !kept().includes(query())) words.textContent = words.dataset.received;
for (const name of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
  document.addEventListener(name, keep);
}
