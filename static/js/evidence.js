/* Evidence: a cell is a link to a page; here its claims open beside the matrix. */
import { byId, find, findAll, focusQuietly, onAnswer } from "./page.js";

const panel = byId("evidence");
let openedFrom;

/* Claims come when a cell or a section is opened, and so does what they look like. */
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const style = byId("opening-style");
  if (style && detail.elt.matches("details, .cell, .all-cells")) style.disabled = false;
});

/* A link's page shows this very selection. */
for (const name of ["pointerover", "focusin"]) {
  document.addEventListener(name, (event) => {
    const link = event.target.closest?.("a.cell, a.all-cells, a[data-keep], .fold a.reference");
    if (!link) return;
    link.search = location.search;
    if (panel && link.matches(".cell, .all-cells")) link.ariaHasPopup = "dialog";
  });
}

/* The claims of a cell, and all cells of a row, have the address of their page, as a region.
   Printed beside each link it would be a seventh of a page with 3,600 cells. */
document.addEventListener("click", (event) => {
  const cell = event.target.closest("a.cell, a.all-cells");
  if (!cell || !panel || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const address = cell.pathname.replace(/\/cell\/((?:[^/]+\/){1,2})$/, "/-/claims/$1");
  cell.dataset.hxSync = "#evidence:replace";
  openWaiting(cell);
  const place = { source: cell, target: "#claims", swap: "outerHTML" };
  htmx.ajax("GET", address + location.search, place);
});

/* The sheet opens at once, and says what it waits for; what was in it goes. */
function openWaiting(link) {
  const name = find(".toggle > span", link.closest("tr") ?? panel)?.cloneNode(true);
  if (name) find(".dispute", name)?.remove();
  const title = find("#claims-title", panel);
  title.textContent = (name ?? title).textContent.trim();
  const words = document.createElement("p");
  words.textContent = `Loading the evidence of ${title.textContent} …`;
  byId("claims").replaceChildren(title, words);
  if (link.isConnected) openedFrom = link;
  panel.setAttribute("aria-busy", "true");
  if (!panel.matches(":popover-open")) panel.showPopover();
  title.tabIndex = -1;
  focusQuietly(title);
}

for (const name of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(name, ({ detail }) => {
    const words = panel && find("#claims-title + p:last-child", panel);
    if (words && detail.target?.id === "claims") words.textContent = "The evidence did not come.";
  });
}

/* In the sheet a part of the lead leads on to who says so: to the cell that is ahead in its row. */
document.addEventListener("click", (event) => {
  const why = event.target.closest("#recommendation:popover-open .contributions a");
  if (why) find(`${why.hash} .lead .cell`)?.click();
});

onAnswer("htmx:afterSwap", (event) => {
  const { target, requestConfig } = event.detail;
  if (target?.id !== "claims" || !panel?.matches(":popover-open")) return; // closed meanwhile
  const link = requestConfig?.elt;
  if (link?.isConnected && link.matches(".cell, .all-cells")) openedFrom = link;
  for (const other of findAll("[aria-expanded]")) other.removeAttribute("aria-expanded");
  openedFrom?.setAttribute("aria-expanded", "true");
  panel.scrollTop = 0;
  for (const link of findAll('a[href*="#c-"]', panel)) link.search = location.search;
  focusQuietly(byId("claims-title"));
});

panel?.addEventListener("toggle", (event) => {
  byId("recommendation")?.classList.toggle("covered", event.newState === "open");
  if (event.newState !== "closed" || !openedFrom) return;
  openedFrom.removeAttribute("aria-expanded");
  const { activeElement } = document;
  if (activeElement === document.body || panel.contains(activeElement)) focusQuietly(openedFrom);
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("#evidence a[data-row]");
  // the row is on this very page, under the reader's own settings
  if (row) {
    event.preventDefault();
    panel.hidePopover();
    location.hash = row.hash;
  }
  // a place on this page, which a sheet would cover
  if (event.target.closest('#claims a[href*="#"]')) panel?.hidePopover?.();
});
