"""The page of a comparison and its regions as a visitor or a program meets them, from the least
that a comparison may have to the most.
"""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparison.publishing import publish as publishing
from comparison.web.regions import INSIDE, REGIONS
from tests import worlds
from tests.tools import (
    PAYLOAD,
    PROSE,
    Page,
    data,
    get,
    html,
    publish,
    results,
    words_of,
)
from tests.web.tiny_addresses import ADDRESSES

pytestmark = pytest.mark.django_db


def test_the_page_shows_the_leader_its_margin_and_every_part(tiny):
    words = results("/tiny/")
    assert "Ada" in words
    assert "Ahead of Cyd by 1.0 points" in words
    assert "Every score of Ada is known." in words
    page = Page(html("/tiny/"))
    assert [e["value"] for e in page.find("input", name="on")] == ["speed", "ease", "cost"]
    assert len(page.find("a", **{"class": "cell"})) == 9
    assert "Scores of imaginary tools." in words_of(html("/tiny/"))


@pytest.mark.parametrize("query", ["", "off=ease", "use=race", "w=cost:5"])
def test_the_parts_add_up_to_the_margin_and_the_groups_to_the_same(tiny, query):
    text = html(f"/tiny/parts/?{query}")
    (margin,) = re.findall(
        r'ahead by</th>\s*<td[^>]*class="number">([+−][\d.]+)</td></tr></tfoot>', text
    )
    for table in re.findall(r"<tbody[^>]*>(.*?)</tbody>", text, re.DOTALL):
        shown = [
            float(value.replace("−", "-"))
            for value in re.findall(r">([+−][\d.]+)</td></tr>", table)
        ]
        shares = [float(share) for share in re.findall(r">([\d.]+)\u00a0%</td>", table)]
        assert round(sum(shown), 2) == float(margin)
        assert sum(shares) == pytest.approx(100, abs=0.2)


def test_the_parts_are_drawn_as_in_the_panel_the_largest_first(tiny):
    page, panel = html("/tiny/parts/?w=cost:5"), html("/tiny/?w=cost:5")
    (drawn,) = re.findall(r'<ol class="contributions">(.*?)</ol>', page, re.DOTALL)
    (first,) = re.findall(r'<ol class="contributions in-full">(.*?)</ol>', panel, re.DOTALL)
    assert drawn.replace('href="/tiny/?w=cost:5#', 'href="#') == first
    points = [float(shown) for shown in re.findall(r"<b>([\d.]+)<", drawn)]
    assert points == sorted(points, reverse=True) and len(points) > 1
    assert len(re.findall("points for (?:Ada|Cyd)", words_of(drawn))) == len(points)


def test_the_parts_say_what_is_enough_and_what_separates_nobody(tiny):
    worlds.publish(worlds.with_scores(worlds.tiny_tree(), ease_ada=6, ease_bob=6, ease_cyd=6))
    words = words_of(html("/tiny/parts/"))
    assert "Speed alone outweighs all that speaks for Cyd." in words
    assert "All options are alike in Ease." in words


def test_what_would_change_it_stands_in_the_panel_as_on_its_page(tiny):
    for query in ("", "off=ease", "w=speed:1", "distrust=first"):
        (opened,) = re.findall(
            r'<ul class="flips">.*?</ul>', html(f"/tiny/-/flips/?{query}"), re.DOTALL
        )
        assert opened in html(f"/tiny/sensitivity/?{query}")


def test_a_cell_has_a_page_with_its_claims(tiny):
    words = words_of(html("/tiny/cell/speed/ada/"))
    assert "Score 9 of 10, the editors' own" in words
    assert "first says that Ada is quick." in words
    assert "Disagrees. second says that Ada is quick." in words
    assert "Line 1" in words


def test_a_cell_nobody_speaks_of_says_so(tiny):
    assert "Every source is silent. Rests on" in words_of(html("/tiny/cell/ease/bob/"))


@pytest.mark.parametrize("region", [name for name in REGIONS if name not in INSIDE])
def test_a_region_is_the_very_part_of_the_page(tiny, region):
    queries = [
        "",
        "use=race",
        "off=speed&w=cost:5&must=cost",
        "q=ease&show=differences",
        "options=ada,bob",
        "off=speed,ease,cost",
    ]
    for address in [f"{base}{{}}?{query}" for base in ("/tiny/", "/tiny/@1/") for query in queries]:
        page, alone = Page(html(address.format(""))), html(address.format(f"-/{region}/"))
        assert Page(alone).outer(region) == page.outer(region), address
        assert alone.startswith(page.outer(region)), address


@pytest.mark.parametrize("region", [name for name, companions in REGIONS.items() if companions])
def test_what_follows_from_a_region_comes_with_it(tiny, region):
    page, alone = Page(html("/tiny/?use=race")), Page(html(f"/tiny/-/{region}/?use=race"))
    for name in REGIONS[region]:
        mine = alone.outer(name).replace(' data-hx-swap-oob="true"', "")
        assert mine == page.outer(name)


def test_each_region_that_the_form_names_brings_those_before_it(tiny):
    regions = Page(html("/tiny/")).find("form", id="selection")[0]["data-regions"].split()
    assert set(regions) == REGIONS.keys() - INSIDE
    for position, region in enumerate(regions):
        brought = {e.get("id") for e in Page(html(f"/tiny/-/{region}/")).elements}
        assert set(regions[: position + 1]) <= brought


def test_the_parts_and_the_claims_are_regions_of_their_pages(tiny):
    assert Page(html("/tiny/-/parts/?w=speed:5")).outer("parts") == Page(
        html("/tiny/parts/?w=speed:5")
    ).outer("parts")
    assert Page(html("/tiny/-/claims/speed/ada/")).outer("claims") == Page(
        html("/tiny/cell/speed/ada/")
    ).outer("claims")


@pytest.mark.parametrize("region", [name for name in REGIONS if name not in INSIDE])
def test_a_region_carries_the_pages_address(tiny, region):
    headers = get(f"/tiny/-/{region}/?w=speed:5,ease:3&colour=red").headers
    assert (headers.get("HX-Push-Url") or headers["HX-Replace-Url"]) == "/tiny/?w=speed:5"
    assert headers["X-Robots-Tag"] == "noindex"
    same = get(f"/tiny/-/{region}/?w=speed:5").headers
    assert not {"HX-Push-Url", "HX-Replace-Url"} & set(same)  # the page has set it already


def test_a_program_gets_the_decision(tiny):
    answer = data("off=cost&w=speed:3&colour=red")
    assert (answer["comparison"], answer["release"], answer["newest"]) == ("tiny", 1, 1)
    assert answer["digest"] == tiny.digest
    assert answer["selection"] == "off=cost"
    assert answer["notes"] == [{"kind": "unknown-key", "key": "", "value": "colour"}]
    decision = answer["decision"]
    assert decision["state"] == "ok"
    assert decision["leaders"] == ["ada"]
    assert [
        (option["option"], option["rank"], option["score"]) for option in decision["ranked"]
    ] == [
        ("ada", 1, 8.5),
        ("cyd", 2, 6.0),
        ("bob", 3, 4.5),
    ]
    assert set(decision["ranked"][0]) >= {"option", "score", "rank", "low", "high", "coverage"}
    assert decision["margin"]["value"] == 2.5
    assert sum(part["value"] for part in decision["margin"]["parts"]) == 2.5


def test_a_program_gets_numbers_and_nothing_endless(tiny):
    def refuse(word):
        raise AssertionError(word)

    for query in ("", "off=speed,ease,cost", "must=speed,cost&options=bob,ada"):
        json.loads(get(f"/tiny/-/data.json?{query}").content, parse_constant=refuse)


def test_page_region_and_data_agree_on_every_switch(tiny):
    for switches in range(8):
        off = [slug for bit, slug in enumerate(("speed", "ease", "cost")) if switches >> bit & 1]
        query = f"off={','.join(off)}" if off else ""
        decision = data(query)["decision"]
        shown = results(f"/tiny/?{query}")
        if decision["margin"]:
            leader = {"ada": "Ada", "bob": "Bob", "cyd": "Cyd"}[decision["leaders"][0]]
            assert shown.startswith(f"{leader} ")
        assert results(f"/tiny/-/results/?{query}") == shown


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("off=speed,ease,cost", "Nothing is counted yet"),
        ("off=speed,ease,cost", "Switch on at least one criterion"),
        ("w=speed:0,ease:0,cost:0", "Nothing is counted yet"),
        ("must=speed,cost&options=ada,bob", "No option has every must-have"),
        ("must=speed,cost&options=ada,bob", "Drop one must-have to see a result."),
        ("must=speed,cost&options=ada,bob", "Drop “Cost included”"),
        ("off=speed,ease&options=bob,cyd", "A tie"),
        ("off=speed,ease&options=bob,cyd", "Bob and Cyd come out equal"),
        ("basis=claims&distrust=first,second", "No evidence is left"),
        ("must=speed,cost", "The only option left"),
        ("options=ada", "The only option left"),
        ("use=race", "for a race"),
        ("use=race&off=cost&w=ease:4", "2 changes: Cost off"),
        ("must=cost", "Excluded: Ada, “Cost included” not met"),
    ],
)
def test_every_state_has_its_sentence(tiny, query, sentence):
    shown = results(f"/tiny/?{query}")
    assert sentence.replace(" :", ":") in shown.replace(" :", ":"), shown


def test_a_search_that_finds_nothing_says_so_and_leaves_the_result(tiny):
    page = Page(html("/tiny/?q=zebra"))
    assert "No row matches." in words_of(page.outer("rows"))
    assert page.outer("results").count("Ada") == Page(html("/tiny/")).outer("results").count("Ada")


def test_unknown_no_and_does_not_apply_are_three_things():
    tree = worlds.full_tree(prose=PROSE)
    publishing.publish(worlds.draft(tree), "eve", "Now.")
    rows = words_of(Page(html("/full/?options=swift,whole,both")).outer("rows"))
    assert "Not known" in rows
    assert "Does not apply: two services" in rows
    assert "Not in the box" in rows
    assert "does not apply here" in words_of(html("/full/cell/throughput/both/"))


def test_every_cell_and_every_region_of_a_comparison_with_everything_is_shown():
    publishing.publish(worlds.draft(worlds.full_tree(prose=PROSE)), "eve", "Now.")
    document = worlds.full()
    for criterion in document.criteria:
        for option in document.options:
            assert "There is no such page" not in html(
                f"/full/cell/{criterion.slug}/{option.slug}/"
            )
    for query in (
        "",
        "use=none",
        "basis=claims",
        "options=both",
        "distrust=agency,vendor",
        "tree=whole-product:no,one-service:yes",
    ):
        html(f"/full/?{query}")
        for region in REGIONS:
            html(f"/full/-/{region}/?{query}")


def test_a_comparison_without_prose_is_shown():
    publish(prose={})
    assert Page(html("/tiny/")).outer("results")


def test_a_comparison_with_the_least_it_may_have_is_shown():
    tree = worlds.tiny_tree(
        prose=PROSE, components=[], use_cases=[], sources=[], runs=[], workloads=[], questions=[]
    )
    tree["options"] = tree["options"][:2]
    tree["criteria"] = tree["criteria"][:1]
    tree["criteria"][0]["cells"] = {}
    publishing.publish(worlds.draft(tree), "eve", "Now.")
    html("/tiny/")
    html("/tiny/parts/")
    html("/")


def test_a_wide_matrix_is_shown():
    publishing.publish(worlds.draft(worlds.large_tree(30, 40) | {"prose": PROSE}), "eve", "Now.")
    page = Page(html("/large/?show=all"))
    assert len(page.find("a", **{"class": "cell"})) == 30 * 40
    assert "26 more, by rank" in words_of(page.outer("results"))


def test_long_names_are_shown_whole():
    name = "N" * 299
    tree = worlds.tiny_tree(prose=PROSE, title="T" * 300)
    tree["options"][0]["name"] = name
    tree["criteria"][0]["name"] = "C " * 149
    publishing.publish(worlds.draft(tree), "eve", "Now.")
    page = html("/tiny/")
    assert name in page
    assert 'class="long"' in page


def test_markup_in_content_is_shown_as_text():
    shown = {
        "title",
        "name",
        "line",
        "statement",
        "place",
        "summary",
        "why",
        "note",
        "publisher",
        "interest",
        "role",
        "condition",
    }
    shown |= {
        "description",
        "scale_low",
        "scale_high",
        "reason",
        "spelling",
        "audience",
        "subject",
        "situation",
        "family",
        "machine",
    }

    def spoil(holder):
        return {
            key: value + PAYLOAD if key in shown and isinstance(value, str) else value
            for key, value in holder.items()
        }

    tree = json.loads(json.dumps(worlds.full_tree()), object_hook=spoil) | {
        "prose": {"figures": PAYLOAD, "matrix": PAYLOAD}
    }
    publishing.publish(worlds.draft(tree), "eve", PAYLOAD)
    for address in (
        "",
        "figures/",
        "parts/",
        "cell/rate-limits/whole/",
        "-/rows/",
        "-/results/",
        "-/claims/rate-limits/whole/",
    ):
        page = html(f"/full/{address}")
        assert "alert(1)" in page
        assert "<script>alert" not in page
        assert [image["id"] for image in Page(page).find("img")] in ([], ["code"])
    assert "<script>alert" not in html("/")


@pytest.mark.parametrize("address", [a for a in ADDRESSES if a != "/"])
def test_a_warm_readers_request_makes_at_most_one_query(tiny, address):
    get(address)
    for query in ("", "?off=cost", "?use=race&w=ease:4"):
        with CaptureQueriesContext(connection) as captured:
            get(address + query)
        assert len(captured) <= 1, [query["sql"] for query in captured]


def test_a_larger_comparison_costs_no_more_queries():
    publishing.publish(
        worlds.draft(worlds.large_tree(8, 30, claims_per_cell=2) | {"prose": PROSE}), "eve", "Now."
    )
    get("/large/")
    with CaptureQueriesContext(connection) as captured:
        get("/large/?off=criterion-3")
    assert len(captured) <= 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_asking_for_the_head_works_and_nothing_else_is_taken(tiny, address):
    head = Client().head(address)
    assert (head.status_code, head.content) == (200, b"")
    for method in ("post", "put", "patch", "delete"):
        response = getattr(Client(), method)(address)
        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD"


def test_a_search_field_shows_what_was_asked(tiny):
    assert Page(html("/tiny/?q=a%22b%20%26c")).find("input", id="search")[0]["value"] == 'a"b &c'
