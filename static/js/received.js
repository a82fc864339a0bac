/* Whose changes a page shows: those that this browser made under this path, also after a reload or
   a step back, or those of whoever sent the link, and how many were made to these. Without a
   script, or where nothing may be kept, nobody is named. */
import { find } from "./page.js";

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

/* What a query sets, each with its value; which options are compared is one thing. */
function settingsOf(search) {
  return new Map(
    [...new URLSearchParams(search)]
      .filter(([name]) => /^(off|w|must|waive|distrust|basis|options)$/.test(name))
      .flatMap(([name, list]) =>
        name === "options"
          ? [[name, list]]
          : list.split(",").map((word) => [`${name} ${word.split(":")[0]}`, word]),
      ),
  );
}

/* The link that came, and what is said of it; nothing once nothing is left of it. */
let received = kept(`link ${key}`, "");

function sayWhose() {
  const words = find("#altered [data-received]");
  const [link, said] = received;
  const now = settingsOf(query());
  const then = settingsOf(link);
  if (!words || /use=[^&]*|$/.exec(link)[0] !== /use=[^&]*|$/.exec(query())[0]) received = [""];
  else if (said) {
    const all = [...new Set([...then.keys(), ...now.keys()])];
    const changed = all.filter((name) => then.get(name) !== now.get(name)).length;
    words.textContent = changed ? `${said}, you changed ${changed}` : said;
  }
}

const words = find("#altered [data-received]");
if (!kept(key, query()).includes(query())) received = [query(), words?.dataset.received ?? ""];
sayWhose();
store(`link ${key}`, received);
document.addEventListener("htmx:oobAfterSwap", sayWhose);
document.addEventListener("htmx:afterSwap", sayWhose);
for (const name of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
  document.addEventListener(name, keep);
}
