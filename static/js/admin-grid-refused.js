/* What could not be saved and stands in no cell of this page: what was typed beside a cell, and
   what was kept of a row or column that is gone. It is listed under the grid until it is saved or
   dropped. */

const list = document.querySelector("#grid-refused");
const refused = new Map(); // by what names it: its line in the list

export const refusedOutside = () => refused.size;

/* words: why it is not saved. typed: what was typed, where it cannot be seen elsewhere. acts: what
   can be done, by the words of its button. */
export function listRefused(key, { words, typed = "", acts }) {
  forgetRefused(key);
  const line = document.createElement("li");
  line.append(words, typed && ` You typed: “${typed}”. `, " ");
  for (const [name, act] of Object.entries(acts)) line.append(choice(name, act));
  refused.set(key, line);
  list.append(line);
  list.hidden = false;
}

export function forgetRefused(key) {
  refused.get(key)?.remove();
  refused.delete(key);
  list.hidden = !refused.size;
}

/* A button for what can be done about something that was refused. */
export function choice(words, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words;
  button.addEventListener("click", act);
  return button;
}
