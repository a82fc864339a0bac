/* What a box is about to ask for is fetched while a mouse rests on it, or while it is pressed, so
   that the answer is in hand when the change comes. Nothing on the page changes before that:
   whoever moves away, or lets go elsewhere, has changed nothing. */
import { byId, form, isBusy } from "./page.js";
import { spelled } from "./selection.js";

const RESTING = 65; // ms: a mouse that only crosses a box asks nothing
const MOST_AT_REST = 5; // answers: so many until something is pressed, and one at a time
const FRESH = 5000; // ms: as long as the server lets an answer be kept

/* A draft's answers may not be kept: a click would have them worked out once more. */
const isDraft = byId("main")?.dataset.base?.includes("/@draft/");

let ahead = {}; // { address, at, onItsWay, answer }: what was asked for last, and what came of it
let atRest = 0; // how many were asked for since something was pressed

/* The answer of an address, if it has come already. */
export const answerInHand = (address) => (isAhead(address) ? ahead.answer : undefined);

/* The promise of the answer of an address, if it was asked for and is due. */
export const answerOnItsWay = (address) => (isAhead(address) ? ahead.onItsWay : undefined);

const isAhead = (address) => ahead.address === address && performance.now() - ahead.at < FRESH;

let resting;
document.addEventListener("pointerover", ({ target, pointerType }) => {
  clearTimeout(resting);
  const box = pointerType === "mouse" && !navigator.connection?.saveData && boxOf(target);
  if (box) resting = setTimeout(fetchAtRest, RESTING, box);
});

function fetchAtRest(box) {
  if (!ahead.onItsWay && atRest < MOST_AT_REST) fetchAhead(box);
}

document.addEventListener("pointerdown", ({ target, button }) =>
  fetchPressed(button === 0, target),
);

/* The space bar changes a box when it is let go, as a mouse does. */
document.addEventListener("keydown", ({ target, key }) => fetchPressed(key === " ", target));

function fetchPressed(isMeant, target) {
  clearTimeout(resting);
  const box = isMeant && boxOf(target);
  if (box) fetchAhead(box);
  atRest = 0;
}

/* The box that a press on this would change. */
function boxOf(target) {
  const box = target.closest("label")?.control ?? target;
  return form && box.form === form && isAboutToChange(box) ? box : undefined;
}

function isAboutToChange(box) {
  if (box.type === "radio") return !box.checked && box.closest("[data-key]");
  return box.type === "checkbox" && (box.dataset.ticked || box.dataset.unticked);
}

function fetchAhead(box) {
  const region = box.closest("[data-hx-get]")?.dataset.hxGet;
  if (!region || isDraft || isBusy()) return;
  const query = spelled({ pressed: box }).replace(/&?from=\d+/, ""); // no longer what was sent
  const address = region + (query && `?${query}`);
  if (isAhead(address)) return;
  const asked = { address, at: performance.now() };
  ahead = asked;
  atRest += 1;
  asked.onItsWay = answerOf(address).then((answer) => {
    Object.assign(asked, { answer, onItsWay: undefined });
    return answer;
  });
}

async function answerOf(address) {
  try {
    const answer = await fetch(address);
    // an address of its own is for htmx to write
    if (answer.ok && !answer.headers.has("HX-Replace-Url")) return await answer.text();
  } catch {
    // the click asks again
  }
}
