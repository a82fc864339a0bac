/* Whose changes a page shows: those that this browser made under this path, also after a reload or
   a step back, or those of whoever sent the link, and how many were made to these. Without a
   script, or where nothing may be kept, nobody is named. */
import { find, findAll } from "./page.js";

const MOST = 50; // steps back that are known

const key = `set ${location.pathname}`;
const query = () => location.search.replace(/[?&]from=\d+/, "");

function kept(name, otherwise) {
  try {
    return (sessionStorage.getItem(name) ?? "").split("\n");
  } catch {
    return [otherwise];
  }
}

function store(name, lines) {
  try {
    sessionStorage.setItem(name, lines.slice(0, MOST).join("\n"));
  } catch {
    // a browser that keeps nothing
  }
}

export function keep() {
  store(key, [...new Set([query(), ...kept(key, query())])]);
}

/* What a query sets, each with its value; which options are compared is one thing, and so is one
   criterion alone. */
function settingsOf(search) {
  const others = findAll('[name="on"]').length - 1;
  return new Map(
    [...new URLSearchParams(search)].flatMap(([name, list]) => {
      const words = list.split(",");
      const isAlone = name === "off" && words.length === others;
      if (isAlone || /^(use|options)$/.test(name)) return [[name, list]];
      if (!/^(off|w|must|waive|distrust|basis)$/.test(name)) return [];
      return words.map((word) => [name + word.split(":")[0], word]);
    }),
  );
}

/* What the page shows: of an address that holds what could not be read, the rest. */
const shown = () => find("#results")?.dataset.result ?? "";

/* The link that came, and what is said of it; nothing once nothing is left of it. */
let received = kept(`link ${key}`, "");

function sayWhose() {
  const words = find("#altered [data-received]");
  const [link, said] = received;
  const [then, now] = [link, shown()].map(settingsOf);
  if (!words || then.get("use") !== now.get("use")) received = [""];
  else if (said) {
    const all = [...new Map([...then, ...now]).keys()];
    const changed = all.filter((name) => then.get(name) !== now.get(name)).length;
    words.textContent = said + (changed ? `, you changed ${changed}` : "");
  }
}

if (!kept(key, query()).includes(query())) {
  received = [shown(), find("#altered [data-received]")?.dataset.received];
}
sayWhose();
store(`link ${key}`, received);
document.addEventListener("htmx:afterSwap", sayWhose);
for (const name of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
  document.addEventListener(name, keep);
}
