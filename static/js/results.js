/* What follows from the result elsewhere on the page: the bar at its foot, overall scores, hatched
   columns, the marks on the rulers, links, and one sentence that is said. The result brings it in
   attributes. */
import { markColumn, renewHeads } from "./columns.js";
import { markRows } from "./groups.js";
import { renewHead } from "./head.js";
import {
  byId,
  criterionOf,
  find,
  findAll,
  form,
  onAnswer,
  rowsOf,
  setData,
  setWords,
} from "./page.js";
import { renewCopies } from "./sharing.js";

const SAID_AFTER = 500; // ms: many changes in a row are said once

let sentenceSaid = "";
let speaking;

onAnswer("htmx:afterSettle", () => {
  markRows();
  const results = byId("results");
  if (!results || !form) return;
  renewBar(results);
  if (byId("overall_scores")) renewColumns(results.dataset);
  else renewHeads(results.dataset);
  renewRulers(results.dataset.safe);
  renewGroups(results.dataset.sums);
  renewDisputes(results.dataset.unsettled.split(" "));
  renewLinks(results.dataset);
  announce(results);
});

function renewBar(results) {
  const head = find("h2", results);
  const mark = find(".score .mark", results);
  const ahead = /\bname-[a-in]\b/.test(head.className) && mark;
  const words = head.cloneNode(true).childNodes;
  find("#leader .bar-headline").replaceChildren(...(ahead ? [mark.cloneNode(true)] : []), ...words);
  setWords(find("#leader .bar-margin"), results.dataset.bar);
  setWords(find("#leader .bar-altered"), results.dataset.altered);
  // its links lead where those of the panel do
  const own = findAll("#bar .bar-actions a");
  findAll(".foot a", results).forEach((link, index) => {
    own[index].setAttribute("href", link.getAttribute("href"));
  });
}

function renewColumns({ overallScores, excluded }) {
  const places = excluded.split(" ");
  overallScores.split(" ").forEach((score, index) => {
    const out = places.includes(String(index + 1));
    const cell = find(`#overall_scores td:nth-child(${index + 2})`);
    if (cell.textContent !== score + (out ? " excluded" : "")) {
      cell.textContent = score;
      if (out) cell.insertAdjacentHTML("beforeend", " <small>excluded</small>");
    }
    markColumn(index, "out", out);
  });
}

/* Of each importance: between which values the leader stays in front. */
function renewRulers(safe) {
  const ranges = Object.fromEntries(safe.split(" ").map((range) => range.split(":")));
  for (const row of rowsOf(form)) {
    const [lowest, highest] = (ranges[criterionOf(row)] || "0-5").split("-");
    setData(row, "lowest", lowest);
    setData(row, "highest", highest);
  }
}

/* What each group gives to the lead: "0.31 for Django". */
function renewGroups(sums) {
  const words = Object.fromEntries(sums.split("|").map((sum) => sum.split("=")));
  for (const place of findAll("[data-sum]", form)) {
    setWords(place, words[place.closest("tbody").dataset.group] ?? "");
  }
}

function renewDisputes(unsettled) {
  find("#meta [data-disputed]")?.classList.toggle("warning", unsettled[0] !== "");
  for (const row of rowsOf(form)) {
    row.classList.toggle("unsettled", unsettled.includes(criterionOf(row)));
  }
}

function renewLinks({ following, pinned }) {
  byId("following").value = following;
  byId("pinned").value = pinned;
  renewCopies();
  renewHead(new URL(pinned).search);
}

function announce(results) {
  const sentence = results.dataset.announcement;
  if (sentence === sentenceSaid) return;
  sentenceSaid = sentence;
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    byId("announce").textContent = sentence;
  }, SAID_AFTER);
}
