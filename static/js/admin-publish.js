/* The publish page: what publishing does to what readers see is asked for once the page is there;
   meanwhile it says for how long it has been at it. Without it a link leads to the same. */

import { count } from "./admin-count.js";

const place = document.querySelector("#effect[data-effect-at^='/']");

async function fill() {
  const end = count(place, "Working out which verdicts change");
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(place.dataset.effectAt);
    if (answer.ok && !answer.redirected) {
      place.innerHTML = await answer.text();
    }
  } catch {
    // the link that stands there leads on
  }
  end();
  place.removeAttribute("aria-busy");
  const reason = document.querySelector("#reason");
  if (reason && place.querySelector("[data-flips]")) {
    reason.hidden = false;
  }
}

if (place) {
  fill();
}
