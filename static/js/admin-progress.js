/* What takes longer than a moment says for how long it has been at it: a form or a link that has
   words for that. Without it they are followed in silence, as everywhere. */

import { count } from "./admin-count.js";

const MOMENT = 700; // ms
let end = null; // what takes away what is said of the whole page, or keeps it from coming

/** Say it at the foot of the window, where it is not over in a moment. */
function countOfPage(words) {
  const began = Date.now();
  end?.();
  const timer = setTimeout(() => {
    const foot = document.createElement("div");
    foot.className = "under-way-foot";
    foot.setAttribute("role", "status");
    document.body.append(foot);
    const endOfCount = count(foot, words, began);
    end = () => {
      endOfCount();
      foot.remove();
    };
  }, MOMENT);
  end = () => clearTimeout(timer);
}

const buttonsOf = (form) => form.querySelectorAll("[type=submit]");

document.addEventListener("submit", ({ target }) => {
  if (!target.dataset.underWay) return;
  countOfPage(target.dataset.underWay);
  // not before the form has been sent, or the button would not be sent with it
  setTimeout(() => {
    for (const button of buttonsOf(target)) button.disabled = true;
  });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-under-way]");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (link && !elsewhere) countOfPage(link.dataset.underWay);
});

// whoever was asked about unsaved words and stayed goes on here
for (const event of ["pointerdown", "keydown"]) addEventListener(event, () => end?.());

// back from another page, the browser may show this one as it was left
addEventListener("pageshow", () => {
  end?.();
  for (const form of document.querySelectorAll("form[data-under-way]")) {
    for (const button of buttonsOf(form)) button.disabled = false;
  }
});
