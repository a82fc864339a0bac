"""The page's plain form, as a browser without any script sends it, and the one address of each
state.
"""

import json
from urllib.parse import urlencode

import pytest

from tests import worlds
from tests.tools import (
    Page,
    data,
    get,
    html,
)

pytestmark = pytest.mark.django_db


def form_of(page):
    """Return what the page's plain form would send as it stands, without any script."""
    pairs = []
    chosen = None  # the name of the select around an option
    for e in page.elements:
        chosen = e.get("name") if e["tag"] == "select" else chosen
        if e["tag"] == "option" and "selected" in e and chosen:
            pairs.append((chosen, e["value"]))
        if e["tag"] != "input" or not e.get("name") or e.get("form") or e.get("name") == "theme":
            continue
        if e.get("type") in ("checkbox", "radio") and "checked" not in e:
            continue
        pairs.append((e["name"], e.get("value") or ""))
    return pairs


@pytest.mark.parametrize(
    "query",
    [
        "",
        "use=race",
        "use=race&off=cost&w=ease:4",
        "distrust=first&basis=claims",
        "against=ada",
        "show=differences&q=a%20b&from=1",
    ],
)
def test_the_plain_form_leads_to_the_canonical_address_once(tiny, query):
    sent = urlencode(form_of(Page(html(f"/tiny/?{query}"))))
    first = get(f"/tiny/?{sent}", 302)
    assert first.headers["Location"] == "/tiny/" + (f"?{query}" if query else "")
    get(first.headers["Location"], 200)


def test_the_form_redirects_within_a_release(tiny):
    sent = urlencode(form_of(Page(html("/tiny/@1/?off=cost"))))
    assert get(f"/tiny/@1/?{sent}", 302).headers["Location"] == "/tiny/@1/?off=cost"


def test_changing_the_form_by_hand_gives_the_state_it_shows(tiny):
    pairs = form_of(Page(html("/tiny/")))
    pairs = [
        (key, value)
        for key, value in pairs
        if (key, value) not in (("on", "cost"), ("w-speed", "3"))
    ] + [("w-speed", "5")]
    assert get("/tiny/?" + urlencode(pairs), 302).headers["Location"] == "/tiny/?off=cost&w=speed:5"
    applied = urlencode([*form_of(Page(html("/tiny/?off=cost"))), ("apply", "race")])
    assert get(f"/tiny/?{applied}", 302).headers["Location"] == "/tiny/?use=race&off=cost"
    dropped = urlencode([*form_of(Page(html("/tiny/?use=race"))), ("drop", "speed")])
    assert get(f"/tiny/?{dropped}", 302).headers["Location"] == "/tiny/?use=race&waive=speed"


@pytest.mark.parametrize(
    "spellings",
    [
        [
            "off=speed,cost&w=ease:4",
            "w=ease:4&off=cost,speed",
            "w=ease:4,speed:3&off=cost&off=speed&options=ada,bob,cyd",
        ],
        [
            "use=race",
            "use=race&w=speed:5,ease:1",
            "use=race&must=speed",
            "must=speed&use=race&waive=cost",
        ],
        ["", "use=none", "w=speed:3", "options=cyd,bob,ada", "show=&q="],
    ],
    ids=["order", "preset", "default"],
)
def test_two_spellings_of_one_state_have_one_answer(tiny, spellings):
    pages = {Page(html(f"/tiny/?{query}")).outer("results") for query in spellings}
    regions = {html(f"/tiny/-/results/?{query}") for query in spellings}
    decisions = {json.dumps(data(query)["decision"], sort_keys=True) for query in spellings}
    assert (len(pages), len(regions), len(decisions)) == (1, 1, 1)
    assert pages == {Page(regions.pop()).outer("results")}
    assert len({data(query)["selection"] for query in spellings}) == 1


def test_without_a_script_three_of_many_options_are_ticked_and_compared():
    worlds.publish(worlds.large_tree(47, 3, slug="many"))
    page = Page(html("/many/?by=criterion-1"))
    offered = [box["value"] for box in page.find("input", name="only")]
    assert sorted(offered) == sorted(f"option-{number}" for number in range(47))
    sent = urlencode([*form_of(page), *(("only", slug) for slug in offered[:3])])
    to = get(f"/many/?{sent}", 302).headers["Location"]
    assert set(to.split("options=")[1].split("&")[0].split(",")) == set(offered[:3])
    assert to.endswith("&by=criterion-1")
