/* Rows and their groups: a group's tick and "Set all" act on its rows, then ask once; a group says
   how many of its criteria count, and folds; a row says whether it counts and is changed. */
import { byId, find, findAll, form, rowsOf, setData, setWords } from "./page.js";

const folded = new Set(); // groups, by slug

/* In milliseconds: rows are marked with the answer, which comes sooner. The mark of one moves all
   below it, and would be drawn in a frame of its own before. */
const MARKED_AFTER = 100;
let marking;

document.addEventListener(
  "change",
  ({ target }) => {
    const rows = () => rowsOf(target.closest("tbody"));
    if (target.matches("[data-group-tick]")) {
      for (const row of rows()) find('[name="on"]', row).checked = target.checked;
    }
    if (target.matches("[data-set-all]") && target.value) {
      for (const row of rows()) find(`.importance [value="${target.value}"]`, row).checked = true;
      target.value = "";
    }
    if (target.closest("tbody[data-group]")) {
      clearTimeout(marking);
      marking = setTimeout(markRows, MARKED_AFTER);
    }
    if (target.closest(".tools")) folded.clear();
  },
  true,
);

/* Say of every row, and of every group, what is set in it now. */
export function markRows() {
  clearTimeout(marking);
  countCriteria();
  tickGroups();
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest(".fold-group");
  if (!button) return;
  const { group } = button.closest("tbody").dataset;
  if (!folded.delete(group)) folded.add(group);
  foldGroups();
});

function foldGroups() {
  for (const group of findAll("tbody[data-group]", form)) {
    const isFolded = folded.has(group.dataset.group);
    group.classList.toggle("folded", isFolded);
    find(".fold-group", group)?.setAttribute("aria-expanded", String(!isFolded));
  }
}

/* A place on the page that is folded away is opened. */
addEventListener("hashchange", () => {
  const row = byId(location.hash.slice(1));
  if (row?.closest(".folded")) {
    folded.delete(row.closest("tbody").dataset.group);
    foldGroups();
    row.scrollIntoView();
  }
});

function tickGroups() {
  for (const tick of findAll("[data-group-tick]")) {
    const boxes = findAll('[name="on"]', tick.closest("tbody"));
    const on = boxes.filter((box) => box.checked).length;
    tick.checked = on > 0;
    tick.indeterminate = on > 0 && on < boxes.length;
  }
}

function countCriteria() {
  if (!form) return;
  const alone = isAlone();
  let counted = 0;
  for (const group of findAll("tbody[data-group]", form)) {
    const rows = rowsOf(group);
    const count = rows.filter((row) => markRow(row, alone)).length;
    setWords(find("[data-counted]", group), `${count} of ${rows.length}`);
    counted += count;
  }
  setWords(find("#counts [data-counted]"), `${counted} of ${rowsOf(form).length}`);
  if (folded.size) foldGroups();
}

/* Of one criterion alone it need not be said in all other rows that they were on. */
const isAlone = () => findAll('[name="on"]:checked', form).length === 1;

/* Return whether a row counts, and let it look so. */
function markRow(row, alone) {
  const isOn = find('[name="on"]', row).checked;
  const importance = find(".importance :checked", row)?.value;
  setData(find(".importance", row), "set", `${Math.ceil(importance)}`);
  const counts = isOn && importance !== "0";
  const isChanged = importance !== find(".row-controls", row).dataset.preset;
  row.classList.toggle("off", !counts);
  row.classList.toggle("changed", isChanged);
  row.classList.toggle("switched", !isOn && !isChanged && !alone);
  return counts;
}

tickGroups();
