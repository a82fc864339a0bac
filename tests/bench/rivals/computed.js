const { options, criteria } = JSON.parse(document.getElementById("data").textContent);
const boxes = [...document.querySelectorAll("[name=on]")];
const totals = document.querySelectorAll("tfoot td");
const ranks = document.querySelectorAll("#ranking li");
const NEUTRAL = 5;

function compute() {
  const counted = criteria.filter((_, place) => boxes[place].checked);
  const weight = counted.reduce((sum, { importance }) => sum + importance, 0) || 1;
  const overall = options.map((name, place) => {
    const points = counted.reduce(
      (sum, { importance, scores }) => sum + importance * (scores[place] ?? NEUTRAL),
      0,
    );
    return { name, score: points / weight };
  });
  overall.forEach(({ score }, place) => {
    totals[place].textContent = score.toFixed(2);
  });
  overall.sort((one, other) => other.score - one.score);
  overall.forEach(({ name, score }, rank) => {
    ranks[rank].textContent = `${name} ${score.toFixed(2)}`;
  });
  for (const box of boxes) box.closest("tr").style.opacity = box.checked ? 1 : 0.5;
  document.getElementById("counted").textContent = counted.length;
}

document.addEventListener("change", compute);
compute();
