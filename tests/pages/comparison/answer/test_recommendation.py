"""The recommendation and what belongs to it, as a whole: what it costs, when it is sent again, and
what it never runs.
"""

import re

import pytest

from tests import worlds
from tests.recommendation import panel, told
from tests.tools import Page, get, html, results, words_of
from tests.worlds.score_rows import world

pytestmark = pytest.mark.django_db

PAGES = [
    "/tiny/",
    "/tiny/-/results/",
    "/tiny/why/bob/",
    "/tiny/why/zebra/",
    "/tiny/sensitivity/",
    "/tiny/parts/",
]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_costs_one_query_at_most(tiny, address, django_assert_max_num_queries):
    get(address)
    with django_assert_max_num_queries(1):
        get(f"{address}?off=ease&w=speed:4")


@pytest.mark.parametrize(
    "address",
    ["/tiny/why/bob/?off=ease", "/tiny/sensitivity/?off=ease", "/tiny/-/results/?off=ease"],
)
def test_a_page_that_has_not_changed_is_not_sent_again(tiny, address):
    first = get(address)
    again = (
        get(address, **{"If-None-Match": first["ETag"]}, status=304)
        if "results" in address
        else get(address)
    )
    assert again["ETag"] == first["ETag"]
    worlds.publish(worlds.with_scores(worlds.tiny_tree(), speed_ada=8))
    assert get(address)["ETag"] != first["ETag"]


def test_markup_in_names_is_shown_as_text():
    evil = '<img src=x onerror="alert(1)">&amp;\'{{ 123*1001 }}'
    tree = worlds.tiny_tree()
    for thing in (*tree["options"], *tree["criteria"], *tree["use_cases"]):
        thing["name"] = f"{thing['name']} {evil}"
    tree["criteria"][2]["must"]["name"] = evil
    worlds.publish(tree)
    for address in (
        "/",
        "?off=ease",
        "?w=speed:1",
        "?must=cost",
        "why/bob/?w=cost:5",
        "why/ada/?must=cost",
        "sensitivity/",
    ):
        page = html(f"/tiny/{address}".replace("/tiny//", "/tiny/"))
        assert [image["id"] for image in Page(page).find("img")] in ([], ["code"]), address
        assert "123123" not in page, address
        assert evil in Page(page).text, address


def test_where_nearly_every_score_is_known_it_is_not_said_that_every_one_is():
    known = {f"c{number}": [9, 1] for number in range(50)}
    worlds.publish(world(**known, gap=[None, 5]))
    query = "w=" + ",".join([f"{slug}:5" for slug in known] + ["gap:1"])
    told = "More than 99 % of what"
    assert told in results(f"/tiny/?{query}") and "Every score" not in results(f"/tiny/?{query}")
    assert told in get(f"/tiny/-/view.json?{query}").json()["verdict"]["sentence"]
    assert "Every score of Ada is known" in results(f"/tiny/?{query}&off=gap")


def test_what_must_haves_cost_is_drawn_as_two_bars_as_far_apart_as_the_price_says(tiny):
    page = Page(html("/tiny/-/results/?must=cost"))
    (caption,) = page.find("figcaption")
    drawn = page.html[caption["from"] : page.html.index("</figure>", caption["from"])]
    assert words_of(drawn) == "The must-have costs 1.0 points: Ada without it 7.0 Cyd with it 6.0"
    widths = [float(e["width"].rstrip("%")) for e in Page(drawn).find("rect") if "fill" not in e]
    assert widths == [70, 60]
    assert not Page(html("/tiny/-/results/?must=speed")).find("figcaption")


def test_who_is_excluded_is_said_once_and_of_several_must_haves_folded(tiny):
    assert told("must=cost").count("Excluded") == 1
    page = Page(panel("must=cost,speed&options=ada,bob,cyd"))
    assert told("must=cost,speed&options=ada,bob,cyd").count("Excluded") == 1
    assert "Excluded: Ada and Bob, 2 must-haves not met" in words_of(page.outer("excluded"))
    assert "“Cost included” not met" in words_of(page.outer("excluded"))


def test_where_all_are_excluded_the_highest_score_stands_first():
    worlds.publish(world(one=(4, 3), two=(3, 9)))
    page = Page(panel("must=one"))
    scores = [float(bar["width"].rstrip("%")) for bar in page.find("rect") if "fill" not in bar]
    assert scores == [60, 35]


def test_the_other_parts_are_one_line_whoever_they_speak_for():
    rows = {f"c{number}": (9, 3) for number in range(6)}
    worlds.publish(world(**rows, less=(6, 5), more=(5, 6)))
    assert "The other 2, together even" in told()
    assert "The other 2, together 0.09 for Ada" in told("w=less:5")


@pytest.mark.parametrize("basis", ["", "&basis=claims"])
def test_without_a_source_it_is_said_what_to_count_again(tiny, basis):
    assert (
        "No source is counted, and the editors’ own scores count only beside one. "
        "Count one of the sources again to see a result."
    ) in told(f"distrust=first,second{basis}")


def test_where_no_evidence_is_left_nobody_is_called_excluded():
    worlds.publish(worlds.tiny_tree())
    panel = told("use=race&distrust=first,second")
    assert "Excluded by must-haves" not in panel and "not known" not in panel
    worlds.publish(worlds.gappy_tree(slug="tiny"))
    panel = told("must=speed")
    assert "Open Bob: “Speed included” not known" in panel
    assert "Excluded by must-haves" not in panel


@pytest.mark.parametrize(
    "address",
    [
        "/tiny/?must=cost,speed&options=ada,bob",
        "/tiny/?use=race&waive=speed&must=cost",
        "/tiny/?must=cost",
        "/tiny/sensitivity/?must=cost&options=ada,bob",
        "/tiny/why/ada/?must=cost",
        "/tiny/why/bob/?must=cost&options=ada,bob",
    ],
)
def test_the_name_of_a_must_have_stands_in_marks_wherever_it_is_told(tiny, address):
    page = Page(html(address))
    offered = page.outer("must_haves") if page.find("div", id="must_haves") else ""
    told = words_of(page.html.replace(offered, "") if offered else page.html)
    names = re.findall("(“?)(?:Cost|Speed) included(”?)", told)
    assert names and set(names) == {("“", "”")}


@pytest.mark.parametrize(
    ("rows", "query", "begun"),
    [
        ((9, 3), "", "Ada leads by"),
        ((9, 3), "distrust=first,second", "Nobody leads (no evidence)."),
        ((6, 6), "w=one:1", "Ada and Bob come out equal"),
        ((6, 5.9), "", "It is a toss-up: Ada or Bob"),
    ],
)
def test_what_is_announced_begins_as_a_sentence_does(rows, query, begun):
    worlds.publish(world(one=rows))
    (region,) = Page(panel(query)).find("section", id="results")
    assert region["data-announcement"].startswith(begun)
