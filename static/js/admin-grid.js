/* The matrix as a spreadsheet: one cell has the focus, arrows move it, typing edits it, a block is
   copied, pasted, filled and emptied. What is typed goes to admin-grid-saving.js. */
import { showPanelOf } from "./admin-grid-panel.js";
import { change, placeOf, say, show, takeUpWhatWasKept, textOf } from "./admin-grid-saving.js";

const PAGE = 10; // rows of Page Up and Page Down
const STEPS = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-PAGE, 0],
  PageDown: [PAGE, 0],
};

const grid = document.querySelector("#grid");
const state = document.querySelector("#grid-state");
const rows = [...grid.querySelectorAll("tr[data-row]")];
const width = rows.length ? rows[0].cells.length - 1 : 0;
const mayEdit = grid.dataset.savesAt !== undefined;

let active = { row: 0, column: 0 };
let anchor = active; // the other corner of what is selected
let editor = null;
const done = []; // steps to take back: lists of { cell, from, to }
const undone = [];

const cellAt = ({ row, column }) => rows[row].cells[column + 1];
const linkOf = (row) => rows[row].cells[0].querySelector("a");
const isReadOnly = (cell) => cell.getAttribute("aria-readonly") === "true";

function within({ row, column }) {
  return {
    row: Math.min(Math.max(row, 0), rows.length - 1),
    column: Math.min(Math.max(column, 0), width - 1),
  };
}

/* The rows and columns of what is selected. */
function block() {
  return {
    top: Math.min(active.row, anchor.row),
    bottom: Math.max(active.row, anchor.row),
    left: Math.min(active.column, anchor.column),
    right: Math.max(active.column, anchor.column),
  };
}

function* cellsOfBlock() {
  const { top, bottom, left, right } = block();
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) yield { row, column };
  }
}

function go(place, { extends: isExtended = false } = {}) {
  for (const cell of grid.querySelectorAll("[aria-selected]"))
    cell.removeAttribute("aria-selected");
  cellAt(active).tabIndex = -1;
  active = within(place);
  if (!isExtended) anchor = active;
  for (const one of cellsOfBlock()) cellAt(one).setAttribute("aria-selected", "true");
  const cell = cellAt(active);
  cell.tabIndex = 0;
  cell.focus();
  showPanelOf(placeOf(cell));
}

/* One step: cells get other texts, and all of them can be taken back together. */
function put(texts) {
  const step = texts
    .filter(({ cell }) => !isReadOnly(cell))
    .map(({ cell, to }) => ({ cell, from: textOf(cell), to: to.trim() }))
    .filter(({ from, to }) => from !== to);
  if (!step.length) return;
  for (const { cell, to } of step) change(cell, to);
  done.push(step);
  undone.length = 0;
}

function takeBack(from, onto, side) {
  const step = from.pop();
  if (!step) return;
  for (const one of step) change(one.cell, one[side]);
  onto.push(step);
  step[0].cell.focus();
}

function edit(initial) {
  const cell = cellAt(active);
  if (!mayEdit || editor) return;
  if (isReadOnly(cell)) {
    say("Of this row only the words can be typed: it has no value.");
    return;
  }
  const before = textOf(cell);
  editor = document.createElement("textarea");
  editor.setAttribute("aria-label", nameOf(active));
  editor.value = initial ?? before;
  editor.dataset.before = before;
  show(cell, "");
  cell.append(editor);
  editor.focus();
  editor.setSelectionRange(editor.value.length, editor.value.length);
  editor.addEventListener("blur", () => leave(true), { once: true });
}

function leave(isKept) {
  if (!editor) return;
  const cell = editor.parentElement;
  const typed = editor.value.replace(/\s*\n\s*/g, " ");
  const left = editor;
  editor = null;
  left.remove();
  show(cell, left.dataset.before);
  if (isKept) put([{ cell, to: typed }]);
}

function nameOf(place) {
  const { column, part } = placeOf(cellAt(place));
  const head = grid.querySelector(`[data-column="${CSS.escape(column)}"]`).textContent.trim();
  return `${linkOf(place.row).textContent.trim()}, ${head}, ${part}`;
}

grid.addEventListener("keydown", (event) => {
  if (editor) keyWhileEditing(event);
  else if (event.target.matches("td")) keyOnACell(event);
  else if (event.target.matches("th a")) keyOnAName(event);
});

/* The name of a row stands left of its first cell. */
function keyOnAName(event) {
  const row = rows.indexOf(event.target.closest("tr"));
  if (event.key === "ArrowRight") go({ row, column: 0 });
  else if (event.key === "ArrowUp") linkOf(Math.max(row - 1, 0)).focus();
  else if (event.key === "ArrowDown") linkOf(Math.min(row + 1, rows.length - 1)).focus();
  else return;
  event.preventDefault();
}

function keyWhileEditing(event) {
  const next = { Enter: [1, 0], Tab: [0, event.shiftKey ? -1 : 1] }[event.key];
  if (event.isComposing || (!next && event.key !== "Escape")) return;
  event.preventDefault();
  leave(event.key !== "Escape");
  const [down, right] = next ?? [0, 0];
  go({ row: active.row + down, column: active.column + right });
}

function keyOnACell(event) {
  const { key } = event;
  const isCommand = event.ctrlKey || event.metaKey;
  if (STEPS[key] || key === "Home" || key === "End") move(event, isCommand);
  else if (isCommand && !event.altKey) command(event);
  else if (key === "Enter" || key === "F2") edit();
  else if (key === "Delete" || key === "Backspace") empty();
  else if (key === "Escape") go(active);
  else if (key.length === 1 && !event.altKey && key !== " ") edit(key);
  else return;
  if (!isCommand || !/^[cvx]$/i.test(key)) event.preventDefault();
}

function move(event, isCommand) {
  const { key, shiftKey } = event;
  if (key === "ArrowLeft" && active.column === 0 && !shiftKey) {
    linkOf(active.row).focus();
    return;
  }
  const ends = { Home: { column: 0 }, End: { column: width - 1 } };
  const corner = { Home: { row: 0 }, End: { row: rows.length - 1 } };
  let place;
  if (ends[key]) place = { ...active, ...ends[key], ...(isCommand ? corner[key] : {}) };
  else {
    const far = isCommand ? Infinity : 1;
    const [down, right] = STEPS[key];
    place = { row: active.row + (down * far || 0), column: active.column + (right * far || 0) };
  }
  go(place, { extends: shiftKey });
}

function command(event) {
  const key = event.key.toLowerCase();
  if (key === "z") takeBack(...(event.shiftKey ? [undone, done, "to"] : [done, undone, "from"]));
  else if (key === "y") takeBack(undone, done, "to");
  else if (key === "d") fillDown();
  else if (key === "a") {
    anchor = { row: 0, column: 0 };
    go({ row: rows.length - 1, column: width - 1 }, { extends: true });
  }
}

function empty() {
  if (mayEdit) put([...cellsOfBlock()].map((place) => ({ cell: cellAt(place), to: "" })));
}

function fillDown() {
  const { top } = block();
  if (!mayEdit) return;
  put(
    [...cellsOfBlock()].map(({ row, column }) => ({
      cell: cellAt({ row, column }),
      to: textOf(cellAt({ row: top, column })),
    })),
  );
}

grid.addEventListener("copy", (event) => {
  if (editor) return;
  const { top, bottom, left, right } = block();
  const lines = [];
  for (let row = top; row <= bottom; row += 1) {
    const texts = [];
    for (let column = left; column <= right; column += 1) {
      texts.push(textOf(cellAt({ row, column })).replace(/\s+/g, " "));
    }
    lines.push(texts.join("\t"));
  }
  event.clipboardData.setData("text/plain", lines.join("\n"));
  event.preventDefault();
});

grid.addEventListener("paste", (event) => {
  if (editor || !mayEdit) return;
  event.preventDefault();
  const text = event.clipboardData.getData("text/plain");
  if (text) paste(linesOf(text));
  else say("There is no text to paste: nothing was changed.");
});

/* The cells of a pasted text, as spreadsheets put them there: a tab between two, a line for a row,
   in quotes what has either of them. */
function linesOf(text) {
  const lines = [[]];
  const parts = /"((?:[^"]|"")*)"(?=\t|\r?\n|$)|([^\t\r\n]*)/y;
  const written = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at <= written.length; ) {
    parts.lastIndex = at;
    const [whole, quoted, bare] = parts.exec(written);
    lines.at(-1).push((quoted?.replaceAll('""', '"') ?? bare).replace(/\s+/g, " ").trim());
    at += whole.length;
    if (written[at] === "\n") lines.push([]);
    at += 1;
  }
  return lines;
}

function paste(lines) {
  const { top, left } = block();
  const across = Math.max(...lines.map((line) => line.length));
  if (lines.length === 1 && across === 1) {
    put([...cellsOfBlock()].map((place) => ({ cell: cellAt(place), to: lines[0][0] })));
    return;
  }
  if (top + lines.length > rows.length || left + across > width) {
    state.textContent =
      `The block has ${lines.length} rows and ${across} columns; from here there are ` +
      `${rows.length - top} and ${width - left}. Nothing was pasted.`;
    state.toggleAttribute("data-failed", true);
    return;
  }
  put(
    lines.flatMap((line, row) =>
      line.map((to, column) => ({
        cell: cellAt({ row: top + row, column: left + column }),
        to,
      })),
    ),
  );
  anchor = within({ row: top + lines.length - 1, column: left + across - 1 });
  go({ row: top, column: left }, { extends: true });
}

grid.addEventListener("mousedown", (event) => {
  const cell = event.target.closest("td[role=gridcell]");
  if (!cell || event.target === editor) return;
  leave(true);
  event.preventDefault();
  const place = { row: rows.indexOf(cell.parentElement), column: cell.cellIndex - 1 };
  go(place, { extends: event.shiftKey });
});
grid.addEventListener("dblclick", (event) => {
  if (event.target.closest("td[role=gridcell]")) edit();
});

if (rows.length) {
  for (const { cells } of rows) {
    for (const stop of [cells[0].querySelector("a"), ...[...cells].slice(1)]) stop.tabIndex = -1;
  }
  cellAt(active).tabIndex = 0;
  if (mayEdit) takeUpWhatWasKept();
}
