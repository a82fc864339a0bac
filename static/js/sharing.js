/* What is passed on is of the result on the screen: fetched when it is opened, and anew when that
   moves. */
import { byId, find, focusQuietly } from "./page.js";

let passedOn = byId("pinned")?.value;
let fetched;

export const sharedLink = () => find(".shared-link:not([hidden])").value;

/* Where fingers are used, with the device's own sheet, if it has one. */
export function passOn() {
  if (navigator.share && matchMedia("(pointer: coarse)").matches) {
    const text = byId("description").content;
    navigator.share({ title: document.title, text, url: sharedLink() }).catch(openForms);
  } else openForms();
}

function openForms(refused) {
  if (refused?.name === "AbortError") return; // the reader's own choice
  byId("share").showPopover();
  focusQuietly(byId("share-title"));
  byId("copies")?.dispatchEvent(new Event("renew"));
}

byId("freeze")?.addEventListener("change", ({ target }) => {
  byId("following").hidden = target.checked;
  byId("pinned").hidden = !target.checked;
});

export function renewCopies() {
  const pinned = byId("pinned").value;
  const code = byId("code");
  if (!code || pinned === passedOn) return;
  passedOn = pinned;
  byId("printed").textContent = pinned;
  code.src = new URL(code.src).pathname + new URL(pinned).search;
  byId("copies").dispatchEvent(new Event("renew"));
}

document.addEventListener("htmx:configRequest", (event) => {
  const { elt: copies, path } = event.detail;
  if (copies.id !== "copies") return;
  if (!byId("share").matches(":popover-open") || fetched === passedOn) {
    event.preventDefault();
    return;
  }
  event.detail.path = path.split("?")[0] + new URL(passedOn).search;
  event.detail.passedOn = passedOn;
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt: copies, successful, requestConfig } = event.detail;
  if (copies.id === "copies" && successful) fetched = requestConfig.passedOn;
});
