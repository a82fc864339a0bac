/* Before an editor leaves a form with what is typed and not saved, the browser asks. Of a form that
   came back refused nothing is saved, so it asks there, too. */

const typedForms = [...document.querySelectorAll("#content form[method='post' i]")];
const chosenAtFirst = new Map(); // Django's two lists of a choice of several have no defaults
let isBeingSent = false;

const valuesOf = (select) => [...select.options].map((option) => option.value).join(" ");

const optionsDiffer = (select) => {
  const options = [...select.options];
  const byDefault = options.some((option) => option.defaultSelected);
  if (select.multiple || byDefault) {
    return options.some((option) => option.selected !== option.defaultSelected);
  }
  return select.selectedIndex > 0; // the first is chosen where none is named
};

const differs = (field) => {
  if (!field.name || field.disabled || field.type === "hidden") {
    return false;
  }
  if (field.matches(".selector select")) {
    return chosenAtFirst.has(field) && chosenAtFirst.get(field) !== valuesOf(field);
  }
  if (field.matches("select")) {
    return optionsDiffer(field);
  }
  if (field.matches("[type=checkbox], [type=radio]")) {
    return field.checked !== field.defaultChecked;
  }
  return field.matches("input, textarea") && field.value !== field.defaultValue;
};

const isUnsaved = () =>
  typedForms.length > 0 &&
  (document.querySelector("form .errornote, .errornote ~ #guided_form") !== null ||
    typedForms.some((form) => [...form.elements].some(differs)));

addEventListener("load", () => {
  for (const select of document.querySelectorAll(".selector-chosen select")) {
    chosenAtFirst.set(select, valuesOf(select));
  }
});
addEventListener("submit", () => {
  isBeingSent = true;
});
addEventListener("pageshow", () => {
  isBeingSent = false;
});
addEventListener("beforeunload", (event) => {
  if (!isBeingSent && isUnsaved()) {
    event.preventDefault();
  }
});
