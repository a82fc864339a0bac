/* The selection in the spelling of an address. The rule is the server's
   (`core/selection/selection.py`). Here is only the reading of what it printed on the form:
   data-keys             the keys of a query in their order
   data-ticked           the key under which a box says its value when it is ticked
   data-unticked         the same when it is not
   data-silent-as-usual  the boxes within say nothing when all are ticked but those with
                         data-arrangement
   data-key              the key under which a field says its value, or the row of a ruler: there
                         its criterion stands before the value, with a colon
   data-preset           the value that need not be said */
import { criterionOf, find, findAll, form } from "./page.js";

/* Return the query. What a button is about to do can be said beforehand: `apply` a use case,
   `drop` a must-have, or start `fresh`, with nothing but the use case; or which box is `pressed`
   and not let go yet. */
export function spelled({ apply = "", drop = "", fresh = false, pressed = null } = {}) {
  const words = Object.fromEntries(form.dataset.keys.split(" ").map((key) => [key, []]));
  const isTicked = (box) => willBeTicked(box, pressed);
  const silent = findAll("[data-silent-as-usual]", form).filter((group) =>
    isAsUsual(group, isTicked),
  );
  for (const control of form.elements) {
    const [key, word] = keyAndWord(control, drop, isTicked);
    if (key && word && !silent.includes(control.closest("[data-silent-as-usual]"))) {
      words[key].push(word);
    }
  }
  words.options = inEditorialOrder(words.options);
  if (apply) {
    words.use = apply === form.elements.use.dataset.preset ? [] : [apply];
  }
  return Object.entries(words)
    .filter(([key, list]) => list.length && (key === "use" || !fresh))
    .map(([key, list]) => `${key}=${list.join(",")}`)
    .join("&");
}

function willBeTicked(box, pressed) {
  if (!pressed || box.name !== pressed.name) return box.checked;
  if (box.type === "radio") return box === pressed;
  return box.checked !== (box === pressed);
}

function keyAndWord(control, dropped, isTicked) {
  if (control.type === "radio" && !isTicked(control)) return []; // five of six importances
  const { key, ticked, unticked } = control.dataset;
  if (control.type === "checkbox") {
    const leaves = control.name === "must" && control.value === dropped;
    return [isTicked(control) && !leaves ? ticked : unticked, control.value];
  }
  if (control.type === "radio") {
    if (control.value === control.closest("[data-preset]").dataset.preset) return [];
    const row = control.closest("[data-key]");
    return [row.dataset.key, `${criterionOf(row)}:${control.value}`];
  }
  if (control.value === control.dataset.preset) return [];
  return [
    key,
    control.type === "search" ? encodeURIComponent(control.value.trim()) : control.value,
  ];
}

/* Many options are listed by rank, each with its number. */
function inEditorialOrder(options) {
  const numberOf = (slug) =>
    find(`[name="option"][value="${slug}"]`, form).closest("[data-number]")?.dataset.number ?? 0;
  return options.sort((one, other) => numberOf(one) - numberOf(other));
}

function isAsUsual(group, isTicked) {
  const boxes = findAll("[type=checkbox]", group);
  return boxes.every((box) => isTicked(box) !== "arrangement" in box.dataset);
}
