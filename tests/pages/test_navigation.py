"""The way from any page of a comparison to every other one, and back to its result."""

import pytest

from tests import worlds
from tests.pages.evidence.evidence_pages import SECTIONS
from tests.tools import Page, html, words_of

pytestmark = pytest.mark.django_db
GROUPS = ["Comparison", "Evidence", "Figures", "Sources", "About"]
# a page, the group that it stands in, and whether the list names it
PAGES = [
    ("parts/", "Comparison", True),
    ("sensitivity/", "Comparison", True),
    ("share/", "Comparison", True),
    ("why/bob/", "Comparison", True),
    ("why/ada/", "Comparison", False),
    ("cell/speed/ada/", "Evidence", False),
    ("cell/speed/", "Evidence", False),
    ("case/race/", "Comparison", False),
    ("sources/", "Sources", True),
    ("freshness/", "About", True),
    ("changes/", "About", True),
    ("suggest/", "About", True),
    ("search/", None, True),
]


def current_group(page):
    (navigation,) = page.find("nav", **{"class": "navigation"})
    inside = Page(page.html[navigation["from"] : navigation["to"]])
    groups = [words_of(inside.html[e["from"] : e["to"]]) for e in inside.find("summary")]
    names = [name.partition(",")[0] for name in groups]
    assert names in (GROUPS, [name for name in GROUPS if name != "Figures"])
    return [name.partition(",")[0] for name in groups if "you are here" in name]


@pytest.mark.parametrize(("address", "group", "is_listed"), PAGES)
def test_a_page_says_where_it_is(tiny, address, group, is_listed):
    page = Page(html(f"/tiny/{address}?off=ease"))
    assert current_group(page) == ([group] if group else [])
    here = [e["href"] for e in page.find("a", **{"aria-current": "page"})]
    assert here == [f"/tiny/{address}?off=ease" if is_listed else "#main"]


def test_every_section_stands_in_a_group(db):
    worlds.publish(worlds.full_tree())
    for slug in SECTIONS:
        page = Page(html(f"/full/{slug}/"))
        in_figures = slug in ("costs", "migrations", "popularity")
        assert current_group(page) == ["Figures" if in_figures else "Evidence"]


@pytest.mark.parametrize("address", [address for address, *_ in PAGES])
def test_every_page_says_who_leads_and_leads_back(tiny, address):
    page = Page(html(f"/tiny/{address}?off=ease"))
    (heading,) = page.find("h1")
    back = next(e for e in page.find("a") if e["href"].startswith("/tiny/?off=ease"))
    assert back["from"] < heading["from"], "it stands above the title"
    assert "Ada leads by " in words_of(page.html[back["from"] : back["to"]])


def test_a_tie_is_told_as_one_above_every_page(moved):
    page = Page(html("/tiny/sources/?off=ease,cost"))
    back = next(e for e in page.find("a") if e["href"].startswith("/tiny/?off="))
    assert "Ada and Cyd come out equal" in words_of(page.html[back["from"] : back["to"]])


def test_nobody_asks_why_the_leader_does_not_lead(tiny):
    page = Page(html("/tiny/sources/"))
    assert [e["href"] for e in page.find("a") if "/why/" in e["href"]] == [
        "/tiny/why/bob/",
        "/tiny/why/cyd/",
    ]


def test_of_many_sources_the_list_alone_is_named(db):
    tree = worlds.tiny_tree()
    first = tree["sources"][0]
    tree["sources"] += [first | {"slug": f"more-{number}", "claims": []} for number in range(12)]
    worlds.publish(tree)
    page = Page(html("/tiny/sources/more-3/"))
    assert current_group(page) == ["Sources"]
    (navigation,) = page.find("nav", **{"class": "navigation"})
    inside = Page(page.html[navigation["from"] : navigation["to"]])
    links = [e["href"] for e in inside.find("a")]
    assert [link for link in links if "/sources/" in link] == ["/tiny/sources/"]
