/* Small comforts on top of forms and links that work without a script. The server decides; nothing here computes a result. */
"use strict";
const $ = (query, root = document) => root.querySelector(query);
const $$ = (query, root = document) => [...root.querySelectorAll(query)];
const sel = $("#sel");

/* --- the selection, spelled short: what differs from the use case, in the order of the page (as core/selection.py prints it) --- */
function spelled(changed) {
  const state = (name) => $$(`[name="${name}"]`, sel);
  const use =
    changed.apply || $('[name="use"]:checked', sel)?.value || $('[name="under"]', sel).value;
  if (changed.fresh) return use === sel.dataset.use ? "" : "use=" + use;
  const off = [],
    weights = [],
    must = [],
    waive = [];
  for (const row of $$("tr[data-c]", sel)) {
    const slug = row.dataset.c,
      chosen = $(`[name="w-${slug}"]:checked`, row)?.value;
    if (!$('[name="on"]', row).checked) off.push(slug);
    if (chosen !== undefined && chosen !== row.dataset.w) weights.push(`${slug}:${chosen}`);
  }
  for (const box of state("must")) {
    const wanted = box.checked && box.value !== changed.drop,
      preset = "preset" in box.dataset;
    if (wanted && !preset) must.push(box.value);
    if (!wanted && preset) waive.push(box.value);
  }
  const boxes = state("option"),
    shown = boxes.filter((box) => box.checked);
  const parts = {
    use: use === sel.dataset.use ? "" : use,
    off,
    w: weights,
    must,
    waive,
    distrust: state("trust")
      .filter((box) => !box.checked)
      .map((box) => box.value),
    options: shown.length < boxes.length ? shown.map((box) => box.value) : [],
    tree: $('[name="tree"]', sel)?.value,
    show: $('[name="show"]', sel).checked ? "differences" : "",
    q: encodeURIComponent($('[name="q"]', sel).value.trim()),
    basis: $('[name="basis"]', sel)?.checked ? "claims" : "",
    from: $('[name="from"]', sel)?.value,
  };
  return Object.entries(parts)
    .filter(([, value]) => value && value.length)
    .map(([key, value]) => `${key}=${value}`)
    .join("&");
}

/* --- asking: one question at a time. Each region carries those before it: who asks for less while more is owed gets the
   more, so that a second change never leaves half of the first one behind, and an overtaken answer is not shown --- */
const reach = ["results", "rows", "musts", "said", "case"];
const PACE = 100; // ms: while a question is unanswered, the next one takes its place this long after it, with all that changed since
let owed = null,
  held,
  place,
  flight,
  sent = -Infinity,
  later,
  sought = $("#q")?.value,
  seen = location.search;
document.addEventListener("htmx:configRequest", (event) => {
  const { elt, path } = event.detail,
    fresh = "fresh" in elt.dataset;
  if (
    !sel ||
    !(fresh || elt.closest("#sel") || elt.getAttribute("form") === "sel") ||
    elt.matches(".cell")
  )
    return;
  const said = fresh ? { fresh } : elt.name ? { [elt.name]: elt.value } : {},
    name = path.match(/\/-\/(\w+)\//)[1];
  const more = owed && reach.indexOf(owed.region) > reach.indexOf(name);
  flight?.abort();
  owed = {
    region: more ? owed.region : name,
    said: { ...owed?.said, ...(name === "musts" ? { apply: "" } : {}), ...said },
  };
  if (!elt.closest(".tools")) $('[name="from"]', sel)?.remove(); // another selection is not the one that was sent
  clearTimeout(later);
  const wait = elt.matches("a, button") ? 0 : sent + PACE - performance.now();
  if (wait > 0) {
    later = setTimeout(() => changed(elt.isConnected ? elt : $("#rows")), wait);
    $("#rec").setAttribute("aria-busy", "true");
    return event.preventDefault();
  }
  owed.state = spelled({});
  event.detail.asked = owed;
  sought = $("#q").value;
  const query = spelled(owed.said);
  for (const key of [...event.detail.parameters.keys()]) event.detail.parameters.delete(key);
  event.detail.path =
    path.split("?")[0].replace(`/-/${name}/`, `/-/${owed.region}/`) + (query ? "?" + query : "");
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.detail.requestConfig.asked) return;
  flight = event.detail.xhr;
  sent = performance.now();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const { asked } = event.detail.requestConfig;
  if (asked) sent = -Infinity;
  if (!asked || !event.detail.shouldSwap) return;
  if (asked.state !== spelled({})) {
    event.detail.shouldSwap = false;
    changed($("#rows"));
    return;
  }
  if (!$('[name="from"]', sel)) $("#ageing")?.remove();
  event.detail.target = $("#" + asked.region);
  owed = null;
  held = document.activeElement;
  place = held.getBoundingClientRect().top;
  if (asked.said.fresh) {
    // the filters stand outside the regions that Reset brings
    $("#q").value = sought = "";
    $("#show").checked = false;
  }
});

/* --- going back to an entry that the page itself did not write (a link to a place on the page) shows that entry, too --- */
for (const name of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"])
  document.addEventListener(name, () => {
    seen = location.search;
  });
addEventListener("popstate", () => {
  if (sel && location.search !== seen) location.reload();
});

/* --- a group's tick and "Set all" act on its rows, then ask once --- */
const changed = (element) => element.dispatchEvent(new Event("change", { bubbles: true }));
document.addEventListener(
  "change",
  (event) => {
    const { target } = event,
      rows = () => $$("tr[data-c]", target.closest("tbody"));
    if (target.matches("[data-group]"))
      rows().forEach((row) => {
        $('[name="on"]', row).checked = target.checked;
      });
    if (target.matches("[data-all]") && target.value) {
      rows().forEach((row) => {
        $(`[value="${target.value}"]`, $(".imp", row)).checked = true;
      });
      target.value = "";
    }
    if (target.matches('[name="on"]')) ticks();
    if (target.id === "q" && target.value === sought) event.stopPropagation(); // found already: leaving the field asks nothing
  },
  true,
);
function ticks() {
  for (const tick of $$("[data-group]")) {
    const boxes = $$('[name="on"]', tick.closest("tbody")),
      on = boxes.filter((box) => box.checked).length;
    tick.checked = on > 0;
    tick.indeterminate = on > 0 && on < boxes.length;
  }
}
function counts() {
  if (!sel) return;
  let all = 0;
  for (const group of $$("tbody[data-g]", sel)) {
    const rows = $$("tr[data-c]", group);
    const counted = rows.filter(
      (row) => $('[name="on"]', row).checked && $(".imp :checked", row)?.value !== "0",
    ).length;
    $("[data-counted]", group).textContent = `${counted} of ${rows.length}`;
    all += counted;
  }
  if ($("#counts [data-counted]"))
    $("#counts [data-counted]").textContent = `${all} of ${$$("tr[data-c]", sel).length}`;
}

/* --- what follows from the result elsewhere on the page: bottom bar, totals, hatched columns, links, one sentence said --- */
let settled,
  said = "";
function follow() {
  const results = $("#results");
  if (!results || !sel) return;
  const head = $("h2", results),
    tail = $(".mar span", results)?.textContent.trim() || "",
    label = $(".lab b", results)?.textContent,
    excluded = results.dataset.excluded.split(" ");
  const mark = $(".sc .key", results);
  $("#leader .bw").replaceChildren(
    ...(/\bw[a-in]\b/.test(head.className) && mark ? [mark.cloneNode(true)] : []),
    ...head.cloneNode(true).childNodes,
  );
  $("#leader .bm").textContent = results.dataset.bar;
  results.dataset.totals.split(" ").forEach((total, at) => {
    const cell = $(`#totals td:nth-child(${at + 2})`),
      out = excluded.includes(String(at + 1));
    cell.textContent = total;
    if (out) cell.insertAdjacentHTML("beforeend", '<span class="vh"> excluded</span>');
    cell.classList.toggle("out", out);
    $(`#columns col:nth-child(${at + 2})`).classList.toggle("out", out);
  });
  const safe = Object.fromEntries(results.dataset.safe.split(" ").map((range) => range.split(":")));
  for (const row of $$("tr[data-c]", sel))
    [row.dataset.lo, row.dataset.hi] = (safe[row.dataset.c] || "0-5").split("-"); // of each importance
  const [path, query] = results.dataset.following.split("?"),
    [, kept, number] = query.match(/^(.*?)&?from=(\d+)$/);
  $("#following").value = results.dataset.following;
  $("#pinned").value = `${path}@${number}/${kept && "?" + kept}`;
  passedOn();
  inHead(kept && "?" + kept);
  const counted = $("#counts [data-counted]").textContent;
  const words = `${head.textContent}. ${tail}${tail ? "." : ""}${label ? ` ${label}.` : ""} ${counted} ${counted.endsWith(" of 1") ? "criterion counts" : "criteria count"}.`;
  if (words === said) return;
  said = words;
  clearTimeout(settled);
  settled = setTimeout(() => {
    $("#announce").textContent = words;
  }, 500);
}

/* --- the head of the page: browsers share, save and copy from it. An answer brings the sentence, all else follows from the query --- */
function inHead(query) {
  const base = $("#main").dataset.base,
    place = location.origin + base,
    sentence = $("#description").content;
  const put = (value, ...ids) => {
    for (const meta of ids.map((id) => $("#" + id))) if (meta) meta.content = value;
  };
  put(sentence, "og-description", "og-words", "twitter-description", "twitter-words");
  put(place + query, "og-url");
  if ($("#canonical")) $("#canonical").href = place + query;
  put(`${place}-/card.png${query}`, "og-image", "twitter-image");
  if ($("#oembed"))
    $("#oembed").href =
      `${location.origin}/oembed?format=json&url=${encodeURIComponent(place + query).replaceAll("%2F", "/")}`;
  const robots = $("#robots"),
    view = location.search || base.includes("@");
  if (view && !robots)
    document.head.append(
      Object.assign(document.createElement("meta"), {
        id: "robots",
        name: "robots",
        content: "noindex, nofollow",
      }),
    );
  if (!view) robots?.remove();
}

/* --- what is passed on besides the links is of the result on the screen: fetched when it is opened, and anew when that moves --- */
let passed = $("#pinned")?.value,
  fetched,
  drawing;
function passedOn() {
  const pinned = $("#pinned").value,
    code = $("#code");
  if (!code || pinned === passed) return;
  passed = pinned;
  $("#printed").textContent = pinned;
  code.replaceChildren(); // the code for paper comes a little later: none is better than one of another result
  clearTimeout(drawing);
  drawing = setTimeout(() => {
    code.append(
      Object.assign(new Image(), {
        className: "qr",
        alt: "",
        src: code.dataset.from + new URL(pinned).search,
      }),
    );
  }, 2000);
  $("#copies").dispatchEvent(new Event("renew"));
}
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt.id !== "copies") return;
  if (!event.detail.elt.open || fetched === passed) return event.preventDefault();
  event.detail.path = event.detail.path.split("?")[0] + new URL(passed).search;
  event.detail.passed = passed;
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt.id === "copies" && event.detail.successful)
    fetched = event.detail.requestConfig.passed;
});

/* --- while an answer is under way, and when it does not come --- */
let opened = [],
  again,
  used,
  rest;
document.addEventListener("htmx:beforeRequest", (event) => {
  opened = $$("#results details[open]").map((part) => part.id);
  again = event.detail.elt;
  if (!document.activeElement.matches("[data-again]")) used = document.activeElement;
  $("#rec")?.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", (event) => {
  $("#rec")?.removeAttribute("aria-busy");
  const failed =
    (!event.detail.successful && event.detail.xhr.status !== 0) || event.type === "htmx:sendError";
  if (!failed && document.activeElement.matches("[data-again]"))
    ((used?.id && $("#" + used.id)) || used)?.focus({ preventScroll: true });
  if ($("#failure")) $("#failure").hidden = !failed;
});
document.addEventListener("htmx:sendError", () => {
  if ($("#failure")) $("#failure").hidden = false;
});
const chosen = () => $('[name="use"]:checked', sel)?.value;
document.addEventListener("htmx:afterSwap", (event) => {
  const { asked } = event.detail.requestConfig;
  if (asked && held && held !== document.body) {
    // what has the focus keeps it, and its place on the screen, even if it came anew
    const { id, name, value } = held,
      same = held.isConnected
        ? held
        : id
          ? $("#" + id)
          : name && $(`[name="${name}"][value="${value}"]`);
    if (same && same !== document.activeElement) same.focus({ preventScroll: true });
    if (same) scrollBy({ top: same.getBoundingClientRect().top - place, behavior: "instant" });
  }
  held = null;
  if (asked && asked.region !== "results") rest = { state: spelled({}), use: chosen() };
});
document.addEventListener("htmx:afterSettle", () => {
  if (rest && rest.state !== spelled({})) {
    // a new control was used before it could listen: ask for all that follows from it
    owed ??= { region: rest.use === chosen() ? "rows" : "musts" };
    changed($("#rows"));
  }
  rest = undefined;
  counts();
  ticks();
  follow();
  for (const id of opened) if ($("#" + id)) $("#" + id).open = true;
  if (document.activeElement === document.body && again?.closest?.("#results"))
    $("#results h2")?.focus({ preventScroll: true });
});

/* --- evidence: the cell is a link to a page; here its claims open beside the matrix --- */
const panel = $("#evidence");
let from;
for (const name of ["pointerover", "focusin"])
  document.addEventListener(name, (event) => {
    // its page shows this very selection
    const link = event.target.closest?.("a.cell, a[data-keep], .fold a.ref");
    if (link) link.search = location.search;
  });
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "claims" || !panel) return;
  const cell = event.detail.requestConfig?.elt;
  if (cell?.matches(".cell")) from = cell;
  $$("[aria-expanded]").forEach((other) => other.removeAttribute("aria-expanded"));
  if (!panel.matches(":popover-open")) panel.showPopover();
  from?.setAttribute("aria-expanded", "true");
  panel.scrollTop = 0;
  $$('a[href*="#c-"]', panel).forEach((link) => {
    link.search = location.search;
  }); // the row of this very selection
  $("#claims-title")?.focus({ preventScroll: true });
});
panel?.addEventListener("toggle", (event) => {
  if (event.newState !== "closed" || !from) return;
  from.removeAttribute("aria-expanded");
  if (document.activeElement === document.body || panel.contains(document.activeElement))
    from.focus({ preventScroll: true });
});

/* --- buttons --- */
document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]"),
    clear = event.target.closest("[data-clear]");
  const row = event.target.closest("#evidence a[data-row]"); // the row is on this very page, under the reader's own settings
  if (row) {
    event.preventDefault();
    panel.hidePopover();
    location.hash = row.hash;
  }
  if (copy) {
    const field = $(copy.dataset.copy),
      words = (copy.dataset.words ??= copy.textContent);
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select();
      document.execCommand("copy");
      copy.focus({ preventScroll: true });
    }
    copy.textContent = "Copied";
    setTimeout(() => {
      copy.textContent = words;
    }, 1600);
  }
  const mute = event.target.closest("[data-mute]");
  if (mute) {
    const left = mute.dataset.mute.split(" "),
      all = !mute.dataset.mute;
    for (const box of $$('[name="trust"]', sel))
      box.checked = all || (box.checked && !left.includes(box.value));
    changed($('[name="trust"]', sel));
  }
  const trial = event.target.closest("[data-try]"),
    elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
  if (
    trial &&
    !elsewhere &&
    sel &&
    $("#" + CSS.escape("on-" + trial.dataset.try.split(/[: ]/)[0]))
  ) {
    event.preventDefault();
    history.pushState({ htmx: true }, "", location.href); // the answer's address takes this entry's place: Back undoes it
    for (const move of trial.dataset.try.split(" ")) {
      const [slug, value] = move.split(":");
      $("#on-" + CSS.escape(slug)).checked = value !== "0";
      if (value !== "0") $(`[name="w-${slug}"][value="${value}"]`).checked = true;
    }
    changed($("#rows"));
    document.addEventListener(
      "htmx:afterSettle",
      () => {
        if (document.activeElement === document.body)
          $("#results h2").focus({ preventScroll: true });
      },
      { once: true },
    ); // the link is gone
  }
  if (clear) {
    event.preventDefault();
    $("#q").value = "";
    $("#show").checked = false;
    changed($("#show"));
    $("#q").focus();
  }
  if (event.target.closest('#claims a[href*="#"]')) panel?.hidePopover?.(); // a place on this page, which a sheet would cover
  if (event.target.closest("[data-again]") && again) {
    if (again.matches("details")) $("a", again).click();
    else if (again.matches("a, button")) again.click();
    else changed(again.isConnected ? again : $("#rows"));
  }
});
sel?.addEventListener("keydown", (event) => {
  // else Enter would press the form's first button, which may say "Drop" or "Apply"
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
  event.preventDefault();
  if (event.target.id === "q") changed(event.target);
});
sel?.addEventListener("submit", (event) => {
  if (!event.submitter || event.submitter.matches("[data-hx-get], [data-mute]"))
    event.preventDefault();
});

/* --- colours --- */
const theme = $("#theme");
theme.hidden = false;
try {
  const kept = localStorage.getItem("theme");
  if (kept) $(`[value="${kept}"]`, theme).checked = true;
} catch {
  /* no storage: the system's colours */
}
theme.addEventListener("change", (event) => {
  try {
    localStorage.setItem("theme", event.target.value);
  } catch {
    /* as above */
  }
});
ticks();
