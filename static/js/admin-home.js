/* The home of the admin: how far a draft is takes a whole reading of it, so it is asked for once
   the page is there, one draft after another. Without it each draft leads to its own page. */

for (const place of document.querySelectorAll(".draft-state[data-state-at^='/']")) {
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(place.dataset.stateAt);
    if (answer.ok && !answer.redirected) {
      place.innerHTML = await answer.text();
    }
  } catch {
    // the link that stands there leads on
  }
  place.removeAttribute("aria-busy");
}
