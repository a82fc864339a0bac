/* What readers do with five options and more: find one by typing, show, hide or compare some, set
   one against the leader, sort by a criterion. A script of its own: other pages do without. What
   is hidden or shown alone is ticked in the list of options, and asked for there; what follows from
   a result is in columns.js. */
import { byId, changed, find, findAll, focusQuietly, form, onAnswer } from "./page.js";

function findOptions(typed) {
  const words = typed.toLocaleLowerCase().split(/\s+/);
  for (const option of findAll(".ranking li")) {
    const name = option.textContent.toLocaleLowerCase();
    option.hidden = !words.every((word) => name.includes(word));
  }
}

for (const kind of ["input", "change"]) {
  document.addEventListener(
    kind,
    (event) => {
      if (!event.target.matches("[data-find-options]")) return;
      event.stopPropagation(); // it chooses nothing
      findOptions(event.target.value);
    },
    true,
  );
}

/* What needs a script is there with one. */
function offerTools() {
  for (const tool of findAll(".option-tools [hidden]")) tool.hidden = false;
}
offerTools();
onAnswer("htmx:afterSettle", offerTools);

function showOptions(isShown) {
  const boxes = findAll('[name="option"]', form);
  for (const box of boxes) box.checked = isShown(box);
  changed(boxes[0]);
}

/* A pair is chosen in one list; it says what can be chosen, not what is. */
document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-pair]") || !target.value) return;
  const pair = target.value.split(",");
  target.value = "";
  showOptions(({ value }) => pair.includes(value));
});

/* The button of a head, or of a row, sets the field that the address is spelled from. */
const FIELDS = { rival: "against", sort: "by" };

document.addEventListener("click", (event) => {
  const button = event.target.closest("[name=only], [name=hide], [name=rival], [name=sort]");
  if (button && form) {
    event.preventDefault();
    const slugs = button.value.split(",");
    const field = byId(FIELDS[button.name]);
    if (field) {
      field.value = button.value;
      changed(field);
    } else if (button.name === "only") showOptions(({ value }) => slugs.includes(value));
    else showOptions((box) => box.checked && box.value !== button.value);
    const regained = () => {
      if (field) sayOrder();
      if (document.activeElement !== document.body) return;
      const again = button.name === "sort" && find(`#c-${button.value} [name=sort]`);
      focusQuietly(again || find("#rows summary") || find("#results h2"));
    };
    document.addEventListener("htmx:afterSettle", regained, { once: true });
  }
  if (event.target.closest("[data-untick-options]")) {
    // asked for with the first one that is ticked
    for (const box of findAll('[name="option"]', form)) box.checked = false;
    find("[data-find-options]").focus();
  }
  // a menu closes when something else is pressed
  for (const menu of findAll(".head[open]")) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.(".head[open]");
  if (!menu) return;
  menu.open = false;
  find("summary", menu).focus();
});

/* "Sort again" goes when the columns are in their order: the focus goes on to the first of them. */
document.addEventListener("click", ({ target }) => {
  if (!target.closest(".sort-again")) return;
  const sorted = () => {
    focusQuietly(find("#rows summary"));
    sayOrder();
  };
  document.addEventListener("htmx:afterSettle", sorted, { once: true });
});

const MOST_SAID = 3; // names

function sayOrder() {
  const names = findAll("#rows thead bdi").map((name) => name.textContent);
  const others = names.length > MOST_SAID ? ["then the others"] : [];
  const order = [...names.slice(0, MOST_SAID), ...others].join(", ");
  byId("announce").textContent = `Sorted: ${order}`;
}

/* Rows that come because one of them was changed leave the columns where they stand. */
const orderOfColumns = () => findAll("#rows thead [data-place]").map((head) => head.dataset.place);

let orderBefore = [];
document.addEventListener("htmx:beforeSwap", () => {
  orderBefore = orderOfColumns();
});

onAnswer("htmx:afterSwap", ({ detail }) => {
  if (detail.requestConfig.selection?.isStill) arrangeAs(orderBefore);
});

function arrangeAs(order) {
  const came = orderOfColumns();
  if (came.join() === order.join() || [...came].sort().join() !== [...order].sort().join()) return;
  for (const row of findAll("#rows thead tr, #rows tr[data-criterion], #columns")) {
    const [name, ...cells] = row.children;
    if (cells.length)
      row.replaceChildren(name, ...order.map((place) => cells[came.indexOf(place)]));
  }
}

/* Five options and more are spread over the window. */
onAnswer("htmx:afterSettle", () => {
  byId("main")?.classList.toggle("spread", find(".matrix.wide") !== null);
});

/* Few of many have shapes as marks, not letters: the list shows those of the heads. */
onAnswer("htmx:afterSettle", () => {
  const isLettered = (part) => find(`${part} .lettered`) !== null;
  if (isLettered(".ranking") && isLettered("#rows thead")) return;
  const options = findAll(".ranking li");
  const numberOf = ({ dataset }) => Number(dataset.number);
  const compared = options.filter((option) => find(":checked", option));
  compared.sort((one, other) => numberOf(one) - numberOf(other));
  const heads = findAll("#rows thead th + th");
  if (compared.length !== heads.length) return;
  const marks = new Map();
  heads.forEach((head, index) => {
    marks.set(compared[(head.dataset.place ?? index + 1) - 1], find(".mark", head));
  });
  for (const option of options) {
    find(".mark", option)?.remove();
    if (marks.has(option)) find("label span", option).prepend(marks.get(option).cloneNode(true));
  }
});
