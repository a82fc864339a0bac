/* The page as the script sees it: how things are found on it, and the form that holds a
   selection. */

export const find = (query, root = document) => root.querySelector(query);
export const findAll = (query, root = document) => [...root.querySelectorAll(query)];
export const byId = (id) => document.getElementById(id);

/* Null on pages that have no controls. */
export const form = byId("selection");

// the rows that can count: words alone have neither box nor ruler
export const rowsOf = (part) => findAll("tr[data-criterion]:not(.text-row)", part);
export const criterionOf = (row) => row.id.slice("c-".length);

/* Written only where it is another: what is written is laid out anew. */
export function setWords(element, words) {
  if (element && element.textContent !== words) element.textContent = words;
}

export function setData(element, name, value) {
  if (element.dataset[name] !== value) element.dataset[name] = value;
}

/* Let a control say what it says when a reader changes it. */
export const changed = (control) => control.dispatchEvent(new Event("change", { bubbles: true }));

export const focusQuietly = (element) => element?.focus({ preventScroll: true });

/* htmx says "after" once for each element that an answer brought: here it is heard once for the
   answer. */
export function onAnswer(name, listener) {
  const heard = new WeakSet();
  document.addEventListener(name, (event) => {
    const { xhr } = event.detail;
    if (heard.has(xhr)) return;
    heard.add(xhr);
    listener(event);
  });
}

const BUSY_AFTER = 250; // ms: what comes at once needs no sign
let busySign;

/* Wherever the reader may look: on a small screen the bar alone is in view. That an answer is due
   stands on the body at once, where nothing is drawn of it. */
export function showBusy(busy) {
  document.body.toggleAttribute("data-awaiting", busy);
  clearTimeout(busySign);
  if (busy) busySign = setTimeout(markBusy, BUSY_AFTER, true);
  else markBusy(false);
}

export const isBusy = () => document.body.hasAttribute("data-awaiting");

function markBusy(busy) {
  for (const part of findAll("#recommendation, #bar, #evidence")) {
    if (busy) part.setAttribute("aria-busy", "true");
    else part.removeAttribute("aria-busy");
  }
}
