/* What was typed into the grid on its way to the draft. A cell waits until the server has said what
   became of it; until then it is kept in this browser, so that neither a lost network nor a closed
   tab loses it. */

import { choice, forgetRefused, listRefused, refusedOutside } from "./admin-grid-refused.js";

const AT_ONCE = 200; // cells of one request
const RETRY = [2, 5, 10, 30]; // seconds after the first failure, the second, ...

const sheet = document.querySelector("#grid");
const savingState = document.querySelector("#grid-state");
const again = document.querySelector("#grid-again");
const keptAs = `grid ${sheet.dataset.savesAt} ${sheet.dataset.person}`;

const stored = new Map(); // by cell: what the server has, as far as this page knows
const waiting = new Map(); // by cell: what was typed and is not saved yet
const theirs = new Map(); // by cell: what somebody else saved there meanwhile
/* Addresses of what was typed beside a cell and is not saved yet. */
export const waitingBeside = new Set();
const kept = new Set(); // places of cells of this page that were kept in the browser
let isSending = false;
let isHalted = false; // the server refuses whatever is sent: nothing goes there by itself
let failures = 0;
let timer;

/* The words of a cell, without what is said about them. */
export function textOf(cell) {
  return [...cell.childNodes]
    .filter((node) => node.nodeType === Node.TEXT_NODE)
    .map((node) => node.data)
    .join("")
    .trim();
}

export function show(cell, text) {
  for (const node of [...cell.childNodes]) if (node.nodeType === Node.TEXT_NODE) node.remove();
  if (text) cell.prepend(text);
}

/* A cell has another text from here on. */
export function change(cell, text) {
  if (!stored.has(cell)) stored.set(cell, textOf(cell));
  const isBack = text === stored.get(cell); // to what it was: then it is what somebody else made it
  if (isBack && theirs.has(cell)) stored.set(cell, theirs.get(cell));
  theirs.delete(cell);
  complain(cell, "");
  show(cell, isBack ? stored.get(cell) : text);
  if (isBack) waiting.delete(cell);
  else waiting.set(cell, text);
  if (waiting.size) say("Saving …"); // "Saved" would be of what was typed before
  isHalted = false;
  clearTimeout(timer);
  timer = setTimeout(() => {
    keep();
    send();
  }, 0);
}

/* Of two texts for one cell the editor chooses. */
function choose(cell, text) {
  const mine = waiting.get(cell);
  stored.set(cell, theirs.get(cell));
  theirs.delete(cell);
  complain(cell, "");
  show(cell, text);
  if (text === mine && mine !== stored.get(cell)) waiting.set(cell, mine);
  else waiting.delete(cell);
  keep();
  cell.focus();
  send();
}

const heads = [...sheet.tHead.rows[0].cells]
  .slice(1)
  .flatMap(({ dataset }) =>
    dataset.parts.split(" ").map((part) => ({ column: dataset.column, part })),
  );

export const placeOf = (cell) => ({
  row: Number(cell.parentElement.dataset.row),
  ...heads[cell.cellIndex - 1],
});

function cellFor({ row, column, part }) {
  const index = heads.findIndex((head) => head.column === column && head.part === part);
  return index < 0 ? null : sheet.querySelector(`[data-row="${row}"]`)?.cells[index + 1];
}

function complain(cell, words) {
  cell.querySelector("em")?.remove();
  cell.toggleAttribute("aria-invalid", false);
  if (!words) return;
  cell.setAttribute("aria-invalid", "true");
  const problem = document.createElement("em");
  problem.textContent = `${words} `;
  if (theirs.has(cell)) {
    problem.append(
      choice("Keep mine", () => choose(cell, waiting.get(cell))),
      choice("Take theirs", () => choose(cell, theirs.get(cell))),
    );
  }
  cell.append(problem);
}

export function say(words, failed = false) {
  savingState.textContent = words;
  savingState.toggleAttribute("data-failed", failed);
  again.hidden = !failed;
}

const counted = (number) => (number === 1 ? "1 cell" : `${number} cells`);

export async function send() {
  clearTimeout(timer);
  const cells = [...waiting.keys()]
    .filter((cell) => !cell.matches("[aria-invalid]"))
    .slice(0, AT_ONCE);
  if (isSending || isHalted) return;
  if (!cells.length) {
    if (!waiting.size || sheet.querySelector("td[aria-invalid]")) tell();
    return;
  }
  isSending = true;
  const typed = new Map(cells.map((cell) => [cell, waiting.get(cell)]));
  say(`Saving ${counted(cells.length)} …`);
  try {
    const answer = await fetch(sheet.dataset.savesAt, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": document.querySelector("#content-main > [name=csrfmiddlewaretoken]").value,
      },
      body: JSON.stringify({ cells: cells.map(asSent) }),
    });
    await hear(answer, cells, typed);
  } catch {
    fail("no connection");
  }
  isSending = false;
  if (!failures && !isHalted && [...waiting.keys()].some((cell) => !cell.matches("[aria-invalid]")))
    send();
}

function asSent(cell) {
  const { row, column, part } = placeOf(cell);
  return {
    row,
    column,
    typed: { [part]: waiting.get(cell) },
    shown: { [part]: stored.get(cell) },
  };
}

async function hear(answer, cells, typed) {
  const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (!isOurs) {
    if (answer.status >= 500) fail("the site is broken");
    else if (await renewToken()) {
      failures = 0; // what failed before was for want of this
      fail("you were signed out, and are signed in again");
    } else fail("you are signed out: sign in in another tab, as the same person");
    return;
  }
  const told = await answer.json();
  if (told.problem) {
    isHalted = true;
    say(told.problem, true);
    return;
  }
  failures = 0;
  for (const [index, result] of told.cells.entries()) {
    const cell = cells[index];
    const now = result.texts[placeOf(cell).part];
    const isTypedAnew = waiting.get(cell) !== typed.get(cell);
    if (result.problem) {
      if (isTypedAnew) continue;
      if (result.by_another) theirs.set(cell, now);
      complain(cell, result.problem);
      continue;
    }
    stored.set(cell, now);
    if (isTypedAnew) continue;
    waiting.delete(cell);
    show(cell, now);
    sheet.dispatchEvent(new CustomEvent("saved", { detail: placeOf(cell) }));
  }
  keep();
  tell();
}

/* What was saved beside a cell stands in it, too, unless something waits there. */
export function showStored(place, texts) {
  for (const [part, text] of Object.entries(texts)) {
    const cell = cellFor({ ...place, part });
    if (!cell || waiting.has(cell) || cell.querySelector("textarea")) continue;
    stored.set(cell, text);
    show(cell, text);
  }
}

export function tell() {
  const refused = sheet.querySelectorAll("td[aria-invalid]").length + refusedOutside();
  if (waitingBeside.size) say("What was typed beside a cell is not saved yet.", true);
  else if (refused) say(`${counted(refused)} not saved: see what is said there.`, true);
  else say("Saved to the draft.");
  again.hidden = true;
}

function fail(why) {
  const wait = RETRY[Math.min(failures, RETRY.length - 1)];
  failures += 1;
  say(
    `${counted(waiting.size)} not saved yet: ${why}. ` +
      "What you typed is kept in this browser and sent again.",
    true,
  );
  timer = setTimeout(send, 1000 * wait);
}

/* Who signs in again gets another token: that of this page would be refused for ever. */
export async function renewToken() {
  const answer = await fetch(sheet.dataset.at).catch(() => null);
  if (!answer?.ok || answer.redirected) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("#content-main > [name=csrfmiddlewaretoken]");
  if (!token || page.querySelector("#grid")?.dataset.person !== sheet.dataset.person) return false;
  document.querySelector("#content-main > [name=csrfmiddlewaretoken]").value = token.value;
  return true;
}

const nameOfPlace = ({ row, column, part }) => [row, column, part].join(" ");

/* What another tab keeps, and what is kept of rows that this page does not show, stays. */
function keep() {
  const mine = [...waiting].map(([cell, typed]) => ({
    ...placeOf(cell),
    typed,
    shown: stored.get(cell),
  }));
  for (const one of mine) kept.add(nameOfPlace(one));
  try {
    const others = allKept().filter((one) => !kept.has(nameOfPlace(one)));
    const all = [...others, ...mine];
    if (all.length) localStorage.setItem(keptAs, JSON.stringify(all));
    else localStorage.removeItem(keptAs);
  } catch {
    // a browser that keeps nothing: the question before leaving is all there is
  }
}

function allKept() {
  try {
    return JSON.parse(localStorage.getItem(keptAs)) ?? [];
  } catch {
    return []; // not ours
  }
}

/* What was not saved when the page was left is typed again, and sent. */
export function takeUpWhatWasKept() {
  for (const { typed, shown, ...place } of allKept()) {
    const cell = cellFor(place);
    if (!cell) {
      if ("whole" in sheet.dataset) showGone(place, typed);
      continue;
    }
    kept.add(nameOfPlace(place));
    stored.set(cell, shown);
    show(cell, typed);
    waiting.set(cell, typed);
  }
  if (waiting.size) send();
}

/* Of all rows none is the one of what was kept: it cannot be saved any more. */
function showGone(place, typed) {
  const name = nameOfPlace(place);
  const drop = () => {
    kept.add(name);
    keep();
    forgetRefused(name);
    tell();
  };
  const words = "The row or column of what you typed is gone: somebody deleted it.";
  listRefused(name, { words, typed, acts: { "Drop it": drop } });
  tell();
}

again.addEventListener("click", () => {
  isHalted = false;
  send();
});
addEventListener("online", send);
addEventListener("beforeunload", (event) => {
  if (waiting.size || sheet.querySelector("textarea")) event.preventDefault();
});
