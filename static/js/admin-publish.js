/* The publish page: what publishing does to what readers see is asked for once the page is there,
   and publishing itself takes a moment; meanwhile the page says for how long it has been at it.
   Without it a link leads to the same, and the button waits in silence. */

const place = document.querySelector("#effect[data-effect-at^='/']");
const form = document.querySelector("#publish_form");

/** Say in an element what is being done, and for how many seconds by now; return what ends it. */
function count(element, words) {
  const began = Date.now();
  const told = document.createElement("p");
  const progress = document.createElement("progress");
  const text = document.createElement("span");
  progress.setAttribute("aria-label", words);
  told.className = "under-way";
  told.append(progress, " ", text);
  const tell = () => {
    text.textContent = `${words} … ${Math.round((Date.now() - began) / 1000)} s`;
  };
  tell();
  element.append(told);
  const timer = setInterval(tell, 1000);
  return () => {
    clearInterval(timer);
    told.remove();
  };
}

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

form?.addEventListener("submit", () => {
  count(form, "Publishing");
  // not before the form has been sent, or the button would not be sent with it
  setTimeout(() => {
    for (const button of form.querySelectorAll("[type=submit]")) {
      button.disabled = true;
    }
  });
});

// back from another page, the browser may show this one as it was left
addEventListener("pageshow", () => {
  for (const button of form?.querySelectorAll("[type=submit]") ?? []) {
    button.disabled = false;
  }
});
