/* The columns of many options. A change renews scores and ranks where they stand: no column moves
   under the pointer until the reader sorts them again. */
import { byId, find, findAll, form, setWords } from "./page.js";

const LAST = { unrated: 1e6, excluded: 1e7 }; // after every rank

const rankOf = (word) => LAST[word] ?? Number.parseInt(word, 10);
const isSorted = (places) => places.every((place, index) => !index || places[index - 1] <= place);

/* overallScores, ranks: of every option that is compared, in editorial order. */
export function renewHeads({ overallScores, ranks, rival }) {
  const [scores, words] = [overallScores, ranks].map((list) => list.split(" "));
  for (const option of findAll("[data-place]", form)) {
    const index = option.dataset.place - 1;
    setWords(find(".overall-score b", option), scores[index]);
    setWords(find(".overall-score small", option), words[index]);
  }
  renewRanking(scores, words);
  const heads = findAll("#rows thead [data-place]");
  heads.forEach((head, index) => {
    const word = words[head.dataset.place - 1];
    markColumn(index, "leader", word === "1st");
    markColumn(index, "rival", head.dataset.place === rival);
    markColumn(index, "out", word === "excluded");
  });
  colourPair(heads);
  const again = find(".sort-again");
  if (again)
    again.hidden = isSorted(heads.map((head) => columnOf(head.dataset.place, words, rival)));
}

const columnAt = (index, parts) => findAll(`#rows :is(${parts}):nth-child(${index + 2})`);

/* A column is marked from head to foot: head, cells and overall score. Its head tells whether it is
   already: to look for all of it takes as long as the table is large. */
export function markColumn(index, name, isSo) {
  const head = find(`#rows thead th:nth-child(${index + 2})`);
  if (head.matches(`.${name}`) === isSo) return;
  for (const part of columnAt(index, "col, thead th, tr:not(.group) > td"))
    part.classList.toggle(name, isSo);
}

/* Leader and rival have their colours; where they share one, the later one is in ink. So are all
   others of many. */
function colourPair(heads) {
  const isOfPair = (head) => head.matches(".leader, .rival");
  const pair = heads.filter(isOfPair).sort((one, other) => placeOf(one) - placeOf(other));
  const isSame = pair.length === 2 && pair[0].dataset.slot === pair[1].dataset.slot;
  heads.forEach((head, index) => {
    const isInInk = pair.includes(head) ? isSame && head === pair[1] : find(".lettered", head);
    const slot = isInInk ? head.parentElement.dataset.ink : head.dataset.slot;
    if (head.matches(`.name-${slot}`)) return;
    const marks = columnAt(index, "th, [data-criterion] > td").map((part) => find(".mark", part));
    for (const part of [head, ...marks])
      part.className = part.className.replace(/\b(name|mark)-\w\b/, `$1-${slot}`);
  });
}

const placeOf = (head) => Number(head.dataset.place);

/* Where a column belongs: who leads, whom it is set against, then all by rank, unless a criterion
   sorts them; who is excluded last. */
function columnOf(place, words, rival) {
  const rank = rankOf(words[place - 1]);
  if (rank === 1) return 1;
  if (place === rival) return 1.5;
  return byId("by").value && rank < LAST.excluded ? 2 : rank;
}

/* The list keeps its order, too. Where nothing is ticked, all are compared. */
function renewRanking(scores, words) {
  const options = findAll(".ranking li", form);
  const compared = options
    .filter((option) => find(":checked", option))
    .sort((one, other) => one.dataset.number - other.dataset.number);
  if (compared.length !== scores.length) return;
  for (const option of options) {
    const index = compared.indexOf(option);
    setWords(find(".overall-score b", option), scores[index] ?? "–");
    setWords(find(".overall-score small", option), words[index] ?? "");
    find(".bar", option).setAttribute("width", `${10 * scores[index] || 0}%`);
  }
}
