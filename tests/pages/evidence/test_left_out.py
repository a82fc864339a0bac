"""Leaving several sources out at once."""

from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from tests import worlds
from tests.pages.evidence.evidence_pages import (
    section,
    words_on,
)
from tests.tools import Page, data, get, html, publish

pytestmark = pytest.mark.django_db


def dated(published, slug, kind="practitioner", interest="None stated", measured=False):
    source = {
        "slug": slug,
        "title": slug,
        "publisher": slug,
        "publisher_kind": kind,
        "interest": interest,
    }
    return source | {"published": published, "read_on": "2026-11-20", "measured": measured}


@pytest.fixture
def aged():
    """A tiny world of sources of every age and interest."""
    first, second = worlds.tiny_tree()["sources"]
    sources = [
        first,
        second,
        dated("undated", "timeless"),
        dated("2026-11-20", "today"),
        dated("2025-11-20", "a-year"),
        dated("2025-11-19", "a-year-and-a-day"),
        dated("2025-11", "a-year-by-month"),
        dated("2025-10", "more-by-month"),
        dated("2025", "a-year-by-year"),
        dated("2024", "two-by-year"),
        dated("2023-11-19", "three-years"),
        dated("2026-01-01", "seller", "vendor", "Sells Ada"),
        dated("2026-01-02", "giver", "vendor", "None: it is free"),
        dated("2026-01-03", "tester", measured=True),
    ]
    publish(slug="aged", sources=sources)


ALL = {
    "first",
    "second",
    "timeless",
    "today",
    "a-year",
    "a-year-and-a-day",
    "a-year-by-month",
    "more-by-month",
    "a-year-by-year",
    "two-by-year",
    "three-years",
    "seller",
    "giver",
    "tester",
}


OLDER_24 = {"timeless", "three-years"}


OLDER_12 = OLDER_24 | {"a-year-and-a-day", "more-by-month", "two-by-year", "first", "second"}


@pytest.mark.parametrize(
    ("group", "left_out"),
    [
        ("commercial", {"seller"}),
        ("unmeasured", ALL - {"tester"}),
        ("older-12", OLDER_12),
        ("older-24", OLDER_24),
        ("older-36", {"timeless", "three-years"}),
        ("all", ALL),
        ("none", set()),
    ],
)
def test_a_button_leaves_out_its_group_of_sources(aged, group, left_out):
    trusted = "".join(f"&trust={slug}" for slug in ALL)
    moved = get(f"/aged/?form=1&under=none&on=speed&on=ease&on=cost{trusted}&mute={group}", 302)
    distrusted = dict(parse_qsl(urlsplit(moved["Location"]).query)).get("distrust", "")
    assert set(distrusted.split(",")) - {""} == left_out
    (button,) = Page(html("/aged/")).find("button", name="mute", value=group)
    assert set(button["data-mute"].split()) == left_out  # the script leaves out the same


def test_a_button_adds_to_what_is_left_out_already_and_one_takes_all_back(aged):
    form = "/aged/?form=1&under=none&on=speed&on=ease&on=cost" + "".join(
        f"&trust={slug}" for slug in ALL - {"today"}
    )
    assert "distrust=today,seller" in get(f"{form}&mute=commercial", 302)["Location"]
    assert "distrust" not in get(f"{form}&mute=none", 302)["Location"]


def test_a_button_whose_group_is_left_out_in_part_leaves_out_the_rest(aged):
    form = "/aged/?form=1&under=none&on=speed&on=ease&on=cost" + "".join(
        f"&trust={slug}" for slug in ALL - {"timeless"}
    )
    left_out = dict(parse_qsl(urlsplit(get(f"{form}&mute=older-24", 302)["Location"]).query))
    assert set(left_out["distrust"].split(",")) == OLDER_24


def pressed(address):
    buttons = Page(html(address)).find("button", name="mute")
    return {e["value"] for e in buttons if e.get("aria-pressed") == "true"}


def test_a_button_says_whether_its_group_is_left_out_and_counts_it_again(aged):
    assert pressed("/aged/") == set()
    assert pressed("/aged/?distrust=seller") == {"commercial"}
    assert pressed(f"/aged/?distrust={','.join(sorted(ALL))}") >= {"commercial", "all"}
    form = "/aged/?form=1&under=none&on=speed&on=ease&on=cost" + "".join(
        f"&trust={slug}" for slug in ALL - {"seller", "today"}
    )
    left_out = parse_qsl(urlsplit(get(f"{form}&mute=commercial", 302)["Location"]).query)
    assert ("distrust", "today") in left_out  # who sells something counts again
    (again,) = Page(html("/aged/")).find("button", name="mute", value="none")
    assert "aria-pressed" not in again  # an action, and no state


def test_a_group_that_is_no_group_is_noted_and_leaves_nobody_out():
    # nobody in the tiny world sells anything
    for name in ("zebra", "commercial", "older-13", "<b>"):
        words = words_on(
            f"/tiny/?form=1&under=none&on=speed&on=ease&on=cost&trust=first&trust=second&mute={quote(name)}"
        )
        wrong = "cannot be read" if name == "<b>" else "does not exist here"
        assert "group of sources" in words and wrong in words
        assert "Ahead of Cyd" in words


def test_groups_of_nobody_have_no_button():
    values = [e["value"] for e in Page(html("/tiny/")).find("button", name="mute")]
    assert values == ["unmeasured", "older-12", "all", "none"]
    assert "older-24" in [e["value"] for e in Page(html("/full/")).find("button", name="mute")]


def test_without_any_source_nobody_wins():
    told = data("distrust=agency,vendor", "full")["decision"]
    assert (told["state"], told["leaders"], told["margin"]) == ("no-scores", [], None)
    assert all(option["score"] is None for option in told["options"])
    words = section("/full/?distrust=agency,vendor", "results")
    assert (
        "No evidence is left" in words
        and "No source is counted, and the editors’ own scores count only beside one. "
        "Count one of the sources again to see a result."
        in words
    )
    assert "count as long as one source does" in section("/full/?distrust=agency", "results")
    assert data("distrust=agency", "full")["decision"]["leaders"] != []
    for path in ("sources/", "sources/agency/", "tree/", "search/?find=swift&", "freshness/"):
        get(f"/full/{path}{'' if '?' in path else '?'}distrust=agency,vendor")
