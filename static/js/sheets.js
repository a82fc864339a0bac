/* What is open over the page is a step of its own, which Back leaves. One that was closed otherwise
   leaves its step to the next, and Back passes over it. */
import { find } from "./page.js";

// the address that the step of a sheet shares with the one before it
const sheetOf = () => history.state?.sheet;
let sheetLeft = sheetOf();

document.addEventListener(
  "toggle",
  ({ target, newState }) => {
    if (!target.popover || newState !== "open" || sheetOf() === location.href) return;
    sheetLeft = location.href;
    history.pushState({ sheet: sheetLeft }, "");
  },
  true,
);

/* Whether a move through the history leaves the step of a sheet; it is closed then. */
export function isSheetLeft() {
  const left = sheetLeft;
  sheetLeft = sheetOf();
  if (left !== location.href || sheetLeft === left) return false;
  const sheet = find(":popover-open");
  if (sheet) sheet.hidePopover();
  else history.back();
  return true;
}
