/* A row's form with the reader's page of the row beside it, in windows that are wide enough: the
   link “In the preview” opens it in a frame of this page, and again after each saving. Elsewhere,
   and without this file, it is a link. */

const ways = document.querySelector(".form-ways");
const link = ways?.querySelector("a[data-beside]");
const wide = matchMedia("(min-width: 1200px)");
const OPEN = "preview-beside";
let pane = null;

function show(button) {
  pane = document.createElement("iframe");
  pane.className = "beside";
  pane.title = "What readers would see of this row";
  pane.src = link.href;
  document.body.append(pane);
  document.body.classList.add("has-beside");
  button.setAttribute("aria-expanded", "true");
  sessionStorage.setItem(OPEN, "yes");
}

function hide(button) {
  pane?.remove();
  pane = null;
  document.body.classList.remove("has-beside");
  button.setAttribute("aria-expanded", "false");
  sessionStorage.removeItem(OPEN);
}

if (link) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "beside-button";
  button.textContent = "Preview beside";
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => (pane ? hide(button) : show(button)));
  const item = document.createElement("li");
  item.append(button);
  link.closest("li").after(item);
  if (sessionStorage.getItem(OPEN) && wide.matches) {
    show(button);
  }
}
