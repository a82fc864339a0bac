/* A part with data-roving is one stop of the Tab key. The arrow keys go on from there: up and down
   from row to row, in the same place, left and right within a row, Home and End to its ends. Rows
   are the rows of a table, and what has data-roving-row, less the rows within; a part without any
   is a single row. A group of radio buttons is a stop of its own, too, in the row that had the
   focus last, and keeps left and right. A closed list is set by no key: Enter opens it.

   All is found anew when a key is pressed: rows may come, go, fold and be hidden meanwhile. */
import { findAll } from "./page.js";

const STOPS = "a[href], button, summary, select, [type=checkbox], [type=radio]";
const ROWS = "tr, [data-roving-row]";
const STEPS = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
  Home: -Infinity,
  End: Infinity,
};

const lastStops = new WeakMap(); // of each part
let goal; // of the last arrow key
let place; // of the goal in its row: a shorter row on the way does not change it

const isList = (stop) => stop.matches("select");
const isOpen = (list) => CSS.supports("selector(:open)") && list.matches(":open");
const isRadio = (stop) => stop.type === "radio";
const isSame = (stop) => (other) => other === stop || (isRadio(other) && other.name === stop.name);
const stopsOf = (part) =>
  findAll(STOPS, part).filter((stop) => stop.checkVisibility() && (!isRadio(stop) || stop.checked));
const stopsOfRow = (row, part) => stopsOf(row).filter((stop) => rowOf(stop, part) === row);
const rowOf = (stop, part) => (part.contains(stop.closest(ROWS)) ? stop.closest(ROWS) : part);

document.addEventListener("focusin", ({ target }) => {
  const part = target.closest("[data-roving]");
  if (!part || !target.matches(STOPS)) return;
  const last = lastStops.get(part);
  const row = rowOf(target, part);
  if (!isRadio(target)) lastStops.set(part, target);
  else if (!row.contains(last))
    lastStops.set(
      part,
      stopsOf(row).find((stop) => !isRadio(stop)),
    );
});

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (key === "Tab") {
    findAll("[data-roving]").forEach(leaveOneStop);
  }
  const part = target.closest("[data-roving]");
  if (!part || !target.matches(STOPS) || event.ctrlKey || event.altKey || event.metaKey) return;
  if (isList(target) && isOpen(target)) return;
  if (isList(target) && /^(Enter|Page.+|[^ ])$/.test(key)) {
    event.preventDefault();
    if (key === "Enter") target.showPicker();
  }
  if (target !== goal) place = undefined;
  goal = STEPS[key] && goalOf(key, target, part);
  if (!goal) return;
  event.preventDefault();
  goal.focus();
});

function leaveOneStop(part) {
  let last = lastStops.get(part);
  if (!part.contains(last) || !last.checkVisibility()) [last] = stopsOf(part);
  if (!last) return;
  const row = rowOf(last, part);
  for (const stop of findAll(STOPS, part)) {
    const tabIndex = stop === last || (isRadio(stop) && row.contains(stop)) ? 0 : -1;
    if (stop.tabIndex !== tabIndex) stop.tabIndex = tabIndex;
  }
}

function goalOf(key, stop, part) {
  const row = rowOf(stop, part);
  if (row !== part && /Up|Down/.test(key)) {
    place ??= stopsOfRow(row, part).findIndex(isSame(stop));
    const rows = findAll(ROWS, part);
    let index = rows.indexOf(row);
    let stops = [];
    while (rows[index] && !stops.length) {
      index += STEPS[key];
      stops = rows[index] ? stopsOfRow(rows[index], part).filter((other) => !isList(other)) : [];
    }
    return stops[place] ?? stops.at(-1) ?? stop;
  }
  if (isRadio(stop) && /Left|Right/.test(key)) return undefined;
  place = undefined;
  const stops = stopsOfRow(row, part);
  const index = stops.indexOf(stop) + STEPS[key];
  return stops[Math.min(Math.max(index, 0), stops.length - 1)];
}
