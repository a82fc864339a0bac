/* Whose changes a page shows: those that this browser made under this path, also after a reload, or
   those of whoever sent the link. Without a script, or where nothing may be kept, nobody is
   named. */
import { find } from "./page.js";

const key = `set ${location.pathname}`;
const query = () => location.search.replace(/[?&]from=\d+/, "");

function kept() {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return query();
  }
}

function keep(set) {
  try {
    sessionStorage.setItem(key, set);
  } catch {
    // a browser that keeps nothing
  }
}

const words = find("#altered [data-received]");
if (words && kept() !== query()) words.textContent = words.dataset.received;
for (const name of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
  document.addEventListener(name, () => keep(query()));
}
document.addEventListener("click", (event) => {
  const undo = event.target.closest("#altered a");
  if (undo) keep(undo.search);
});
