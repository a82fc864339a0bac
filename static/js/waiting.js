/* While an answer is under way, when it has come, and when it does not come. */
import { byId, changed, find, findAll, focusQuietly, onAnswer, showBusy } from "./page.js";

let openParts = [];
let lastAsker;
let lastUsed; // what had the focus, other than "Try again"

document.addEventListener("htmx:beforeRequest", (event) => {
  lastAsker = event.detail.elt;
  if (!document.activeElement.matches("[data-again]")) lastUsed = document.activeElement;
  showBusy(true);
});

addEventListener(
  "htmx:beforeSwap",
  () => {
    openParts = findAll("#results details[open]").map((part) => part.id);
  },
  true, // before it is emptied
);

document.addEventListener("htmx:afterRequest", (event) => {
  showBusy(false);
  const { successful, xhr } = event.detail;
  const failed = !successful && xhr.status !== 0; // 0: given up for a newer one
  if (!failed && document.activeElement.matches("[data-again]")) {
    focusQuietly((lastUsed?.id && byId(lastUsed.id)) || lastUsed);
  }
  showFailure(failed);
});

document.addEventListener("htmx:sendError", () => showFailure(true));

function showFailure(failed) {
  if (byId("failure")) byId("failure").hidden = !failed;
}

onAnswer("htmx:afterSettle", ({ detail }) => {
  showFailure(false);
  for (const part of openParts.map(byId)) if (part) part.open = true;
  if (
    document.activeElement === document.body &&
    detail.requestConfig?.elt?.closest?.("#results")
  ) {
    focusQuietly(find("#results h2"));
  }
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-again]") || !lastAsker) return;
  if (lastAsker.matches("details")) find("a", lastAsker).click();
  else if (lastAsker.matches("a, button")) lastAsker.click();
  else changed(lastAsker.isConnected ? lastAsker : byId("rows"));
});
