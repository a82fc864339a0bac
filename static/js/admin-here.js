/* Who else is at this row, or at which row of a grid: asked again every 18 seconds while the page
   is open and seen. Whoever leaves says so, and is forgotten after a minute where that got lost. */

const EVERY = 18_000;
const SOON = 3_000; // after another row of the grid was gone to
const alsoHere = document.querySelector("#also-here");
const gridOfRows = document.querySelector("#grid");

const rowOfGrid = () => {
  const row = document.activeElement?.closest?.("#grid tr[data-row]");
  return row ? `${gridOfRows.dataset.rows}-${row.dataset.row}` : "";
};

const formOf = (more) => {
  const form = new FormData();
  form.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  form.set("tab", alsoHere.dataset.tab);
  form.set("place", gridOfRows ? rowOfGrid() || alsoHere.dataset.place : alsoHere.dataset.place);
  for (const [name, value] of Object.entries(more)) form.set(name, value);
  return form;
};

const showAtRows = (names) => {
  for (const head of gridOfRows.querySelectorAll("tr[data-row] > th")) {
    const here = names[`${gridOfRows.dataset.rows}-${head.parentElement.dataset.row}`] ?? "";
    const shown = head.querySelector(".is-here");
    if (shown && shown.textContent !== here) shown.remove();
    if (!here || head.querySelector(".is-here")) continue;
    const mark = document.createElement("small");
    mark.className = "is-here";
    mark.textContent = here;
    mark.title = `${here}: at this row now`;
    head.append(" ", mark);
  }
};

async function askWhoIsHere() {
  if (document.visibilityState !== "visible") return;
  if (rowOfGrid()) alsoHere.dataset.place = rowOfGrid();
  try {
    const answer = await fetch(alsoHere.dataset.asks, { method: "POST", body: formOf({}) });
    if (!answer.ok || answer.redirected) return;
    const { words, rows } = await answer.json();
    if (alsoHere.textContent.trim() !== words) alsoHere.textContent = words;
    if (gridOfRows) showAtRows(rows);
  } catch {
    // away for now: what was said last stays
  }
}

if (alsoHere) {
  setInterval(askWhoIsHere, EVERY);
  document.addEventListener("visibilitychange", askWhoIsHere);
  addEventListener("pagehide", () =>
    navigator.sendBeacon(alsoHere.dataset.asks, formOf({ left: "1" })),
  );
  if (gridOfRows) {
    let timer;
    gridOfRows.addEventListener("focusin", () => {
      if (rowOfGrid() === alsoHere.dataset.place) return;
      alsoHere.dataset.place = rowOfGrid();
      clearTimeout(timer);
      timer = setTimeout(askWhoIsHere, SOON);
    });
    askWhoIsHere();
  }
}
