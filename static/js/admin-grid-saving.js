/* What was typed into the grid on its way to the draft. A cell waits until the server has said what
   became of it; until then it is kept in this browser, so that neither a lost network nor a closed
   tab loses it. */

const AT_ONCE = 200; // cells of one request
const RETRY = [2, 5, 10, 30]; // seconds after the first failure, the second, ...

const sheet = document.querySelector("#grid");
const savingState = document.querySelector("#grid-state");
const again = document.querySelector("#grid-again");
const keptAs = `grid ${sheet.dataset.savesAt}`;

const stored = new Map(); // by cell: what the server has, as far as this page knows
const waiting = new Map(); // by cell: what was typed and is not saved yet
let isSending = false;
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
  show(cell, text);
  complain(cell, "");
  if (text === stored.get(cell)) waiting.delete(cell);
  else waiting.set(cell, text);
  keep();
  clearTimeout(timer);
  timer = setTimeout(send, 0);
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
  problem.textContent = words;
  cell.append(problem);
}

function say(words, failed = false) {
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
  if (isSending || !cells.length) return;
  isSending = true;
  const typed = new Map(cells.map((cell) => [cell, waiting.get(cell)]));
  say(`Saving ${counted(cells.length)} …`);
  try {
    const answer = await fetch(sheet.dataset.savesAt, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value,
      },
      body: JSON.stringify({ cells: cells.map(asSent) }),
    });
    await hear(answer, cells, typed);
  } catch {
    fail("no connection");
  }
  isSending = false;
  if (!failures && [...waiting.keys()].some((cell) => !cell.matches("[aria-invalid]"))) send();
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
    fail(answer.status < 500 ? "you are signed out: sign in in another tab" : "the site is broken");
    return;
  }
  const told = await answer.json();
  if (told.problem) {
    failures = 0;
    say(told.problem, true);
    return;
  }
  failures = 0;
  for (const [index, result] of told.cells.entries()) {
    const cell = cells[index];
    const now = result.texts[placeOf(cell).part];
    const isTypedAnew = waiting.get(cell) !== typed.get(cell);
    if (result.problem) {
      if (result.by_another) stored.set(cell, now);
      if (!isTypedAnew) complain(cell, result.problem);
      continue;
    }
    stored.set(cell, now);
    if (isTypedAnew) continue;
    waiting.delete(cell);
    show(cell, now);
  }
  keep();
  tell();
}

function tell() {
  const refused = sheet.querySelectorAll("td[aria-invalid]").length;
  if (refused) say(`${counted(refused)} not saved: see what is said there.`, true);
  else say("Saved to the draft.");
  again.hidden = true;
}

function fail(why) {
  const wait = RETRY[Math.min(failures, RETRY.length - 1)];
  failures += 1;
  say(
    `${counted(waiting.size)} not saved yet: ${why}. They are kept in this browser and sent again.`,
    true,
  );
  timer = setTimeout(send, 1000 * wait);
}

function keep() {
  const kept = [...waiting].map(([cell, typed]) => ({
    ...placeOf(cell),
    typed,
    shown: stored.get(cell),
  }));
  try {
    if (kept.length) localStorage.setItem(keptAs, JSON.stringify(kept));
    else localStorage.removeItem(keptAs);
  } catch {
    // a browser that keeps nothing: the question before leaving is all there is
  }
}

/* What was not saved when the page was left is typed again, and sent. */
export function takeUpWhatWasKept() {
  let kept = [];
  try {
    kept = JSON.parse(localStorage.getItem(keptAs)) ?? [];
  } catch {
    // not ours
  }
  for (const { typed, shown, ...place } of kept) {
    const cell = cellFor(place);
    if (!cell) continue;
    stored.set(cell, shown);
    show(cell, typed);
    waiting.set(cell, typed);
  }
  if (waiting.size) send();
}

again.addEventListener("click", send);
addEventListener("online", send);
addEventListener("beforeunload", (event) => {
  if (waiting.size) event.preventDefault();
});
