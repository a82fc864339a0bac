/* A group's tick and "Set all" act on its rows, then ask once; and a group says how many of its
   criteria count. */
import { find, findAll, form, rowsOf } from "./page.js";

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
    if (target.matches('[name="on"]')) tickGroups();
  },
  true,
);

export function tickGroups() {
  for (const tick of findAll("[data-group-tick]")) {
    const boxes = findAll('[name="on"]', tick.closest("tbody"));
    const on = boxes.filter((box) => box.checked).length;
    tick.checked = on > 0;
    tick.indeterminate = on > 0 && on < boxes.length;
  }
}

export function countCriteria() {
  if (!form) return;
  let counted = 0;
  for (const group of findAll("tbody[data-group]", form)) {
    const rows = rowsOf(group);
    const count = rows.filter(counts).length;
    find("[data-counted]", group).textContent = `${count} of ${rows.length}`;
    counted += count;
  }
  const whole = find("#counts [data-counted]");
  if (whole) whole.textContent = `${counted} of ${rowsOf(form).length}`;
}

function counts(row) {
  return find('[name="on"]', row).checked && find(".importance :checked", row)?.value !== "0";
}

tickGroups();
