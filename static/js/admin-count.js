/* Says that something is under way, and for how long it has been. */

/** Say in an element what is being done, and for how many seconds by now; return what ends it. */
export function count(element, words, began = Date.now()) {
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
