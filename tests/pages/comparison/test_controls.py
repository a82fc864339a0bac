"""The controls say, in attributes, how the page's script spells the selection that they show."""

from urllib.parse import quote

import pytest

from comparison.core.selection import KEYS
from tests import worlds
from tests.tools import Page, criterion_of, html

pytestmark = pytest.mark.django_db


def spelled(page: Page) -> str:
    """Return the query that the form says, read as static/js/selection.js reads it."""
    (form,) = page.find("form", id="selection")
    inside = [
        e
        for e in page.elements
        if form["from"] < e["from"] < form["to"] or e.get("form") == "selection"
    ]
    words: dict[str, list[str]] = {key: [] for key in form["data-keys"].split()}
    silent = [
        around
        for around in inside
        if "data-silent-as-usual" in around
        and all(
            ("checked" in box) != ("data-arrangement" in box)
            for box in _within(around, inside, "checkbox")
        )
    ]
    for control in inside:
        kind, value = control.get("type"), control.get("value", "")
        if control["tag"] == "select":
            chosen = [e for e in page.elements if "selected" in e and _holds(control, e)]
            value = chosen[0]["value"] if chosen else ""
        if kind == "checkbox":
            key = control.get("data-ticked" if "checked" in control else "data-unticked")
            if key and not any(_holds(around, control) for around in silent):
                words[key].append(value)
        elif kind == "radio" and "checked" in control:
            group = [e for e in inside if "data-key" in e and _holds(e, control)][-1]
            preset = [e for e in inside if "data-preset" in e and _holds(e, control)][-1]
            if value != preset["data-preset"]:
                words[group["data-key"]].append(f"{criterion_of(group)}:{value}")
        elif "data-key" in control and value not in ("", control.get("data-preset")):
            words[control["data-key"]].append(quote(value, safe="") if kind == "search" else value)
    return "&".join(f"{key}={','.join(values)}" for key, values in words.items() if values)


def _within(around, inside, kind):
    return [e for e in inside if e.get("type") == kind and _holds(around, e)]


def _holds(around, element):
    return around["from"] < element["from"] < around["to"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "use=race",
        "use=race&must=cost&waive=speed",
        "use=thrift&w=speed:5",
        "off=ease&w=speed:5,cost:0",
        "must=speed,cost",
        "distrust=second",
        "off=cost&from=1",
        "options=ada,cyd",
        "show=differences&q=a%2C%20b%3Ac&basis=claims",
        "off=cost&tree=hurry:no",
    ],
)
def test_the_controls_say_the_query_that_they_were_drawn_under(query):
    worlds.publish(worlds.tiny_tree())
    page = Page(html(f"/tiny/?{query}"))
    assert spelled(page) == query


@pytest.mark.parametrize(
    "query", ["", "use=none", "use=none&off=rate-limits&tree=whole-product:no,one-service:yes"]
)
def test_so_do_those_of_a_comparison_with_a_use_case_of_its_own_and_a_tree(query):
    worlds.publish(worlds.full_tree())
    page = Page(html(f"/full/?{query}"))
    assert spelled(page) == query
    assert page.find("form", id="selection")[0]["data-keys"] == " ".join(KEYS)
