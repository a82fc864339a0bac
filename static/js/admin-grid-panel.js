/* What stands beside the chosen cell: a form that is saved as one goes. As with the cells, what was
   typed waits until the server has said what became of it, is kept in this browser until then, and
   where somebody else changed the same, the editor chooses. */
import { choice, forgetRefused, listRefused } from "./admin-grid-refused.js";
import { renewToken, say, showStored, tell, waitingBeside } from "./admin-grid-saving.js";

const PANEL_AFTER = 250; // ms on a cell
const SEND_AGAIN_AFTER = 5; // seconds after a failure

const table = document.querySelector("#grid");
const aside = document.querySelector("#cell-panel");
const keptFormsAs = `panel ${table.dataset.savesAt} ${table.dataset.person}`;

const unsaved = new Map(); // by address: the fields as typed
const refusals = new Map(); // by address: what the server said of them
const ours = new Set(); // addresses of what this page has kept in the browser
let wanted = ""; // the address of the panel that is asked for
let isSendingForm = false;
let showTimer;
let sendTimer;

const openForm = () => aside?.querySelector("form");
const addressOf = (form) => form.getAttribute("action");

/* Show what belongs to a cell, once it has been chosen for a moment. Until it is there, nothing can
   be typed into what belongs to the cell before. */
export function showPanelOf({ row, column }) {
  if (!aside) return;
  clearTimeout(showTimer);
  wanted = `${table.dataset.at}${row}/${column}/`;
  aside.inert = !isOpen(wanted);
  if (aside.inert) showTimer = setTimeout(load, PANEL_AFTER, wanted);
}

const isOpen = (address) => openForm() && addressOf(openForm()) === address;

async function load(address) {
  clearTimeout(showTimer);
  const answer = await fetch(address).catch(() => null);
  const html = answer?.ok && !answer.redirected ? await answer.text() : "";
  if (wanted !== address || (isOpen(address) && isBusy())) return;
  if (!html) return sayWhyNot(answer);
  aside.innerHTML = html;
  aside.inert = false;
  const form = openForm();
  for (const [name, value] of Object.entries(unsaved.get(address) ?? {})) {
    if (form.elements[name]) fill(form.elements[name], value);
  }
  if (refusals.has(address)) sayWhy(form, refusals.get(address));
}

function sayWhyNot(answer) {
  const words = document.createElement("p");
  const why = answer?.redirected ? "you are signed out" : answer ? "it is gone" : "no connection";
  words.textContent = `What belongs to this cell cannot be shown: ${why}. Choose the cell again.`;
  aside.replaceChildren(words);
  aside.inert = false;
}

/* Whoever goes there before it is shown waits for it. */
async function goBeside(event) {
  if (event.key !== "Tab" || event.shiftKey || event.target.tagName !== "TD" || !aside.inert)
    return;
  event.preventDefault();
  const from = document.activeElement;
  await load(wanted);
  if (!aside.inert && document.activeElement === from) {
    openForm()?.querySelector("input:not([type=hidden]), select, textarea").focus();
  }
}

/* Somebody is typing here. */
const isBusy = () => aside.contains(document.activeElement) || unsaved.has(addressOf(openForm()));

function fill(field, value) {
  if (field.type === "checkbox") field.checked = Boolean(value);
  else field.value = value;
}

const valueIn = (field) => (field.type === "checkbox" ? field.checked : field.value);

/* What stands in the form now waits to be sent, and is kept until then. */
function remember(form) {
  const address = addressOf(form);
  const fields = [...form.elements].filter((field) => field.name);
  const typed = Object.fromEntries(fields.map((field) => [field.name, valueIn(field)]));
  unsaved.set(address, typed);
  waitingBeside.add(address);
  refusals.delete(address);
  forgetRefused(address);
  keepForms();
}

async function sendForms() {
  clearTimeout(sendTimer);
  const address = [...unsaved.keys()].find((one) => !refusals.has(one));
  if (isSendingForm || !address) return;
  isSendingForm = true;
  const typed = unsaved.get(address);
  say("Saving …");
  const answer = await post(address, typed).catch(() => null);
  if (answer) await hearOfForm(answer, address, typed);
  else failForm("no connection");
  isSendingForm = false;
  if (!sendTimer) sendForms();
}

function post(address, typed) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(typed)) {
    if (value === true) body.append(name, "on");
    else if (value !== false) body.append(name, value);
  }
  const token = document.querySelector("#content-main > [name=csrfmiddlewaretoken]").value;
  return fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, body });
}

async function hearOfForm(answer, address, typed) {
  sendTimer = undefined;
  const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (!isOurs && answer.status >= 500) return failForm("the site is broken");
  if (!isOurs && answer.status === 404) return dropForm(address);
  if (!isOurs) {
    if (await renewToken()) return failForm("you were signed out, and are signed in again");
    return failForm("you are signed out: sign in in another tab, as the same person");
  }
  const told = await answer.json();
  const form = openForm();
  const isShown = isOpen(address);
  const isTypedAnew = unsaved.get(address) !== typed;
  if (Object.keys(told.problems).length) {
    if (!isTypedAnew) refuse(address, told);
    return;
  }
  const [row, column] = address.split("/").slice(-3, -1);
  showStored({ row: Number(row), column }, told.texts);
  if (isShown) {
    sayWhy(form, { problems: {}, theirs: {} });
    form.elements.shown.value = told.shown;
    for (const [name, value] of Object.entries(told.values)) {
      const field = form.elements[name];
      // what was typed since then stays
      if (field && valueIn(field) === typed[name]) fill(field, value);
    }
  }
  if (isTypedAnew) unsaved.get(address).shown = told.shown;
  else forget(address);
  keepForms();
  tell();
}

function forget(address) {
  unsaved.delete(address);
  waitingBeside.delete(address);
  refusals.delete(address);
  forgetRefused(address);
}

function failForm(why) {
  say(`Not saved yet: ${why}. What you typed is kept in this browser and sent again.`, true);
  sendTimer = setTimeout(() => {
    sendTimer = undefined;
    sendForms();
  }, 1000 * SEND_AGAIN_AFTER);
}

function dropForm(address) {
  const words = "Its row or column is gone: somebody deleted it.";
  refuse(address, { problems: { "": words }, theirs: {}, isGone: true });
}

/* What is refused is said in the form, and listed, so that it is found again from another cell. */
function refuse(address, told) {
  const { note, text } = unsaved.get(address);
  const drop = () => {
    forget(address);
    keepForms();
    tell();
    if (isOpen(address)) load(address);
  };
  const open = () => {
    wanted = address;
    load(address);
  };
  refusals.set(address, told);
  waitingBeside.delete(address);
  listRefused(address, {
    words: `Typed beside a cell and not saved: ${Object.values(told.problems).join(" ")}`,
    typed: told.isGone ? note || text : "",
    acts: { ...(told.isGone ? {} : { Open: open }), "Drop it": drop },
  });
  if (isOpen(address)) sayWhy(openForm(), told);
  tell();
}

/* Say at each field why it was not saved; without a field, under the form. */
function sayWhy(form, { problems, theirs, shown }) {
  for (const old of form.querySelectorAll("em")) old.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
  }
  const whole = form.querySelector("[role=alert]");
  whole.hidden = !problems[""];
  whole.textContent = problems[""] ?? "";
  for (const [name, words] of Object.entries(problems)) {
    const field = name && form.elements[name];
    if (!field) continue;
    field.closest("details")?.setAttribute("open", "");
    field.setAttribute("aria-invalid", "true");
    const problem = document.createElement("em");
    problem.id = `${field.id}-problem`;
    problem.textContent = `${words} `;
    field.setAttribute("aria-describedby", `${problem.id} ${field.id}_helptext`);
    if (name in theirs) {
      const decide = (value) => {
        form.elements.shown.value = shown;
        fill(field, value);
        remember(form);
        sendForms();
        field.focus();
      };
      problem.append(
        choice("Keep mine", () => decide(valueIn(field))),
        choice("Take theirs", () => decide(theirs[name])),
      );
    }
    field.after(problem);
  }
}

/* What another tab keeps stays. */
function keepForms() {
  for (const address of unsaved.keys()) ours.add(address);
  try {
    const all = [...allKeptForms().filter(([address]) => !ours.has(address)), ...unsaved];
    if (all.length) localStorage.setItem(keptFormsAs, JSON.stringify(all));
    else localStorage.removeItem(keptFormsAs);
  } catch {
    // a browser that keeps nothing: the question before leaving is all there is
  }
}

function allKeptForms() {
  try {
    return JSON.parse(localStorage.getItem(keptFormsAs)) ?? [];
  } catch {
    return []; // not ours
  }
}

function takeUpKeptForms() {
  for (const [address, typed] of allKeptForms()) {
    unsaved.set(address, typed);
    waitingBeside.add(address);
    ours.add(address);
  }
  sendForms();
}

if (aside && table.dataset.savesAt) {
  table.addEventListener("keydown", goBeside);
  aside.addEventListener("input", (event) => remember(event.target.form));
  for (const left of ["change", "focusout"]) aside.addEventListener(left, sendForms);
  aside.addEventListener("submit", (event) => event.preventDefault());
  aside.addEventListener("keydown", (event) => {
    if (event.key === "Escape") table.querySelector("td[tabindex='0']").focus();
  });
  table.addEventListener("saved", ({ detail: { row, column } }) => {
    const form = openForm();
    if (form?.dataset.row === String(row) && form.dataset.column === column && !isBusy()) {
      load(addressOf(form));
    }
  });
  document.querySelector("#grid-again").addEventListener("click", sendForms);
  addEventListener("online", () => {
    sendForms();
    if (wanted && !isOpen(wanted)) load(wanted);
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved.size) event.preventDefault();
  });
  takeUpKeptForms();
}
