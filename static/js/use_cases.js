/* The use cases: a case is taken from its line in the plot or from the picker, which is a field of
   the form; lines are found by their names; and the line of the case in force says so. */
import { changed, find, findAll, form, onAnswer } from "./page.js";

const picker = () => form?.elements.use;
const buttons = () => findAll('#cases [name="apply"]');

document.addEventListener("click", (event) => {
  const button = event.target.closest('#cases [name="apply"]');
  if (!button || !picker()) return;
  event.preventDefault();
  picker().value = button.value;
  changed(picker());
});

onAnswer("htmx:afterSettle", markCaseInForce);
document.addEventListener("change", ({ target }) => {
  if (target.name === "use") markCaseInForce();
});

function markCaseInForce() {
  for (const button of buttons()) {
    const isInForce = button.value === picker()?.value;
    if (isInForce === button.hasAttribute("aria-current")) continue;
    if (isInForce) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
    find("b", button).textContent = isInForce ? "In use" : "Use";
    const family = button.closest(".family");
    if (isInForce && family) family.open = true;
  }
}

/* A line that is opened gets what is said of its case, once. */
document.addEventListener(
  "toggle",
  ({ target }) => {
    const line = target.closest(".case");
    if (!line || !target.open || line.dataset.asked) return;
    line.dataset.asked = "yes";
    const { value } = find("[name=apply]", line);
    const address = line.closest("[data-case]").dataset.case.replace("/_/", `/${value}/`);
    htmx.ajax("GET", address, {
      source: target,
      target: find("details > div", line),
      swap: "innerHTML",
    });
  },
  true,
);

document.addEventListener("input", ({ target }) => {
  if (target.id === "case-search") showCases(target.value);
});

/* A case is shown where its name, or that of its family, has all words that were typed. */
function showCases(typed) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const cases = findAll("#cases .case");
  for (const line of cases) {
    const name = [line, line.closest(".family")].filter(Boolean).map(nameOf).join(" ");
    line.hidden = !words.every((word) => name.includes(word));
  }
  for (const family of findAll("#cases .family")) {
    const shown = findAll(".case:not([hidden])", family).length;
    family.dataset.open ??= family.open;
    family.open = words.length ? shown > 0 : family.dataset.open === "true";
    family.hidden = !shown;
    if (!words.length) delete family.dataset.open;
  }
  const count = cases.filter((line) => !line.hidden).length;
  find("#cases .case-search output").textContent = words.length ? counted(count, cases.length) : "";
}

const nameOf = (fold) => find("summary > span", fold).firstChild.data.toLowerCase();

function counted(count, all) {
  return count ? `${count} of ${all} cases` : "No case matches";
}
