"""What the browser tests know about the reader's page: how to open it, all that it shows, and what
it announces.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as Late

from tests import worlds

COMPARISON = "/fastapi-vs-django/"
CONTENT = worlds.content("fastapi-vs-django")
SOURCE = CONTENT.sources[0].slug
ROWS = len(CONTENT.criteria)
HEADLINES = {
    "none-qualifies": "No option has every must-have",
    "no-criteria": "Nothing is counted yet",
}

# All that depends on the selection. A part that htmx brought must read as the same part of a page
# that was loaded whole.
VIEW = """(root) => {
  const all = (query) => [...root.querySelectorAll(query)];
  /* whose changes they are is known to this browser alone */
  const wordsOf = (e) =>
    e.textContent.replace(e.querySelector("[data-received]")?.textContent ?? null, "Whose");
  const words = (query) =>
    all(query).map((e) => wordsOf(e).replace(/\\s+/g, " ").trim()).join(" | ");
  return {
    result: words("#results > :not(details, .further), .further > :not(details), #results summary"),
    bars: all("#results svg [class^=shape]").map((e) =>
      [e.getAttribute("x"), e.getAttribute("width")].join(" ")
    ),
    leader: words("#leader"), counts: words("#counts"),
    overallScores: words("#overall_scores"), shown: words("#row_count"),
    columns: all("#columns col").map((e) => e.className),
    controls: all("#selection input[name]:checked").map((e) => e.name + "=" + e.value),
    mutes: all("[data-mute]").map((e) => e.value + " " + e.ariaPressed),
    search: root.querySelector("#search").value,
    groups: all("[data-group-tick]").map((e) => [e.dataset.groupTick, e.checked].join(" ")),
    counted: words("[data-counted]"), mustHaves: words("#must_haves label"),
    hidden: all("#rows [hidden]").map((e) => e.id || e.dataset.group),
    cells: all("#rows .cell").map((e) => e.pathname),
    heads: words("#rows thead th"), cases: words("#cases"), sources: words("#sources"),
    share: all("#share input").map((e) => e.value),
    reset: root.querySelector("[data-fresh]").getAttribute("href"),
  };
}"""


def open_comparison(page: Page, query: str = "") -> Page:
    """Open the comparison under a query, ready to be used."""
    page.goto(COMPARISON + ("?" + query if query else ""))
    expect(page.locator("#theme")).to_be_visible()  # the last thing that the script does
    return page


def open_with_a_stopped_clock(page: Page) -> Page:
    """Open the comparison without any choice; from then on the page's own time passes only where a
    test says so.

    Time that the page waits for is then the same on every machine: only the server's answers come
    when they come. The clock is that of the page's whole context, so the page must be alone in it.
    """
    page.clock.install(time=0)
    open_comparison(page)
    page.clock.pause_at(3_600_000)
    return page


def label_of(page: Page, control: str) -> Locator:
    """Return what a reader clicks for a chip or an importance: the input itself is under it,
    invisible. An importance is given as the name and the value of its control, as `w-orm-5`.
    """
    name, _, value = control.rpartition("-")
    own = f"[name={name}][value='{value}']" if control.startswith("w-") else f"#{control}"
    return page.locator(f"label:has({own})")


@contextmanager
def fetched_ahead(page: Page, answer: str) -> Iterator[None]:
    """Do what lets the page fetch an answer ahead, and wait until it has it in hand.

    answer: a pattern of its address.
    """
    with page.expect_response(re.compile(answer)) as fetched:
        yield
    fetched.value.finished()
    page.evaluate("new Promise((read) => requestAnimationFrame(() => setTimeout(read)))")


def choose_case(page: Page, use_case: str) -> None:
    """Choose a use case as a reader does in the picker, which has the focus then: what is chosen
    after it without leaving is the same step of the history.
    """
    picker = page.locator("#use-case")
    picker.focus()
    picker.select_option(use_case)


def use_case_of_plot(page: Page, use_case: str) -> Locator:
    """Return the button of a use case in the plot, with the family open that it is in."""
    line = page.locator(f"#case-{use_case}")
    if not line.is_visible():
        page.locator(".family", has=line).locator("> summary").click()
    return line.locator("[name=apply]")


def order_of_rows(page: Page) -> list[str]:
    """Return the criteria in the order in which the table shows them."""
    slugs: list[str] = page.evaluate(
        "[...document.querySelectorAll('tr[data-criterion]:not([hidden])')]"
        ".map((row) => row.id.slice(2))"
    )
    return slugs


def view(page: Page) -> dict[str, Any]:
    """Return all that a page shows of its selection."""
    shown: dict[str, Any] = page.evaluate(f"() => ({VIEW})(document)")
    return shown


def loaded_anew(page: Page) -> dict[str, Any]:
    """Return all that the page's address would show to somebody who opens it now."""
    script = (
        "new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html')"
    )
    shown: dict[str, Any] = page.evaluate(f"async () => ({VIEW})({script})")
    return shown


def shows(page: Page, expected: dict[str, Any]) -> None:
    """Wait until the page shows exactly what is wanted."""
    as_script_writes = json.dumps(expected, ensure_ascii=False, separators=(",", ":"))
    try:
        page.wait_for_function(
            f"expected => JSON.stringify(({VIEW})(document)) === expected", arg=as_script_writes
        )
    except Late:
        shown = view(page)
        assert _unlike(shown, expected) == _unlike(expected, shown)


def _unlike(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return what is in one view and not in another, part by part."""
    return {
        key: [item for item in value if item not in other[key]] or value
        if isinstance(value, list)
        else value
        for key, value in one.items()
        if value != other[key]
    }


def same_as_fresh(page: Page) -> None:
    """Check that the page, changed part by part, reads as it would if its address were
    opened anew.
    """
    shows(page, loaded_anew(page))


def same_as_fresh_but_for_rows_that_stayed(page: Page) -> None:
    """Check the same where a row that was changed may have been set back: it stays on the page
    until other rows are asked for, while a page that is opened anew has no reason to show it.
    """
    fresh, now = loaded_anew(page), view(page)
    assert set(now["hidden"]) <= set(fresh["hidden"])
    assert set(now["cells"]) >= set(fresh["cells"])
    shows(page, fresh | {part: now[part] for part in ("hidden", "cells", "shown")})
    shown = page.locator("tr[data-criterion]:not([hidden])")
    assert now["shown"].startswith((f"{shown.count()} of", f"All {shown.count()} "))
    assert shown.filter(has_not=page.locator(".cell")).count() == 0


def answered(page: Page) -> None:
    """Wait until no answer is due any more. The address does not tell: it is written before."""
    expect(page.locator("body[data-awaiting]")).to_have_count(0)
    for part in ("#recommendation", "#bar"):
        expect(page.locator(part)).not_to_have_attribute("aria-busy", "true")


def press_in_view(part: Locator) -> None:
    """Press what is in view where it lies. A locator's own click may scroll to it first, on a busy
    machine even to what sticks to the foot of the window, which then shows something else.
    """
    expect(part).to_be_in_viewport()
    box = part.bounding_box()
    assert box
    part.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def listen(page: Page) -> None:
    """Note from now on all that is announced."""
    page.evaluate("""() => {
      window.heard = [];
      const place = document.querySelector("#announce");
      new MutationObserver(() => heard.push(place.textContent.trim()))
        .observe(place, { childList: true, characterData: true });
    }""")


def announced(page: Page) -> list[str]:
    """Return all that was announced since `listen`, once there is something."""
    page.wait_for_function("() => heard.length > 0")
    announcements: list[str] = page.evaluate("heard")
    return announcements


def decision(page: Page, query: str = "") -> dict[str, Any]:
    """Return what programs are told under a query, with the headline that readers should see for
    it.
    """
    told: dict[str, Any] = page.request.get(f"{COMPARISON}-/data.json?{query}").json()
    decided = told["decision"]
    names = {"fastapi": "FastAPI", "django": "Django", "both": "FastAPI beside Django"}
    leaders = [names[slug] for slug in decided["leaders"]]
    if told["depends"]:
        leaders = ["It depends on your case"]
    elif decided["label"] == "tie":
        leaders = ["A tie"]
    elif decided["label"] == "toss-up":
        leaders = ["A toss-up"]
    return told | {"headline": leaders[0] if leaders else HEADLINES[decided["state"]]}


def address(query: str = "") -> re.Pattern[str]:
    """Return the pattern of the comparison's address under exactly this query."""
    return re.compile(re.escape(COMPARISON + ("?" + query if query else "")) + "$")
