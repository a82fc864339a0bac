"""The page that tries everything out: every importance, every use case, every option left out."""

import re
from dataclasses import replace

import pytest

from comparison.pages.analysis.sensitivity import sensitivity_page
from tests import worlds
from tests.recommendation import QUERIES, decision, leaders, links, named, query_of, spaced
from tests.requests import requested
from tests.results import faults
from tests.tools import Page, html, words_of
from tests.worlds.score_rows import NAMES, world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    [*QUERIES, "off=speed,ease,cost", "distrust=first&must=speed", "use=race&w=ease:4&off=cost"],
)
def test_each_box_of_a_strip_leads_to_the_leader_that_it_states(tiny, query):
    strips = Page(Page(html(f"/tiny/sensitivity/?{query}")).outer("strips"))
    boxes = [e for e in strips.find("a") if e.get("aria-label")]
    assert len(boxes) == 3 * 6
    for box in boxes:
        name, importance, stated = re.fullmatch(
            r"(\w+) at (\d): (.*?)(?:, as it is now)?", box["aria-label"]
        ).groups()
        then = query_of(box["href"])
        assert (leaders(then) or ["no leader"]) == named(stated), box
        importances = dict(tuple(pair) for pair in decision(then)["weights"])
        assert importances.get(name.lower(), 0) == int(importance)


@pytest.mark.parametrize("query", ["", "use=race", "w=ease:1", "w=ease:0"])
def test_the_present_importance_is_marked_once_in_each_strip(tiny, query):
    strips = Page(Page(html(f"/tiny/sensitivity/?{query}")).outer("strips"))
    current = [e["aria-label"].split(":")[0] for e in strips.find("a", **{"aria-current": "true"})]
    importances = dict(tuple(pair) for pair in decision(query)["weights"])
    assert sorted(current) == sorted(
        f"{c.capitalize()} at {importances.get(c, 0):g}" for c in ("speed", "ease", "cost")
    )


def test_each_use_case_is_told_with_leader_margin_and_label(tiny):
    words = spaced(Page(html("/tiny/sensitivity/?off=speed")).outer("by-case"))
    assert "A race Ada, strong 2.1" in words
    assert "Thrift a tie of Bob and Cyd –" in words
    for address, leader in (("use=race", ["Ada"]), ("use=thrift", ["Bob", "Cyd"])):
        assert links(html("/tiny/sensitivity/"), re.escape(f"?{address}") + "$")
        assert leaders(address) == leader


@pytest.mark.parametrize("query", [*QUERIES, "w=speed:1,ease:1"])
def test_what_is_said_to_move_nothing_has_one_leader_at_every_importance(tiny, query):
    strips = Page(Page(html(f"/tiny/sensitivity/?{query}")).outer("strips"))
    rows = [row for row in strips.find("tr") if "<td" in strips.html[row["from"] : row["to"]]]
    assert len(rows) == 3
    for row in rows:
        boxes = Page(strips.html[row["from"] : row["to"]]).find("a")
        leaders_at = {
            re.sub(r"^\w+ at \d: |, as it is now$", "", box["aria-label"])
            for box in boxes
            if box.get("aria-label")
        }
        assert (len(leaders_at) == 1) == (row.get("class") == "firm"), leaders_at


def test_the_cases_stand_by_their_lead_each_with_one_decimal(db):
    tree = worlds.tiny_tree()
    _, thrift = tree["use_cases"]
    weighed = {
        "level": {"cost": 5},
        "thin": {"speed": 3, "cost": 4},  # Ada 6.14, Cyd 6
        "far": {"speed": 5},
        "close": {"speed": 1, "cost": 1},
    }
    tree["use_cases"] = [
        thrift | {"slug": slug, "name": slug.capitalize(), "importances": importances}
        for slug, importances in weighed.items()
    ]
    worlds.publish(tree)
    cases = Page(html("/tiny/sensitivity/")).outer("by-case")
    assert "by leader, the longest lead first" in words_of(cases)
    leads = [words_of(cases[e["from"] : e["to"]]) for e in Page(cases).find("td", role="cell")]
    assert [lead.strip() for lead in leads[1::2]] == ["3.0", "0.5", "0.1", "–"]


def test_the_key_of_the_boxes_stands_above_them_and_names_who_leads_in_some(tiny):
    section = Page(html("/tiny/sensitivity/?off=ease")).outer("strips")
    key = Page(section).find("p", **{"class": "legend"})[0]
    leading = {
        name
        for box in Page(section).find("a")
        if box.get("aria-label")
        for name in ("Ada", "Bob", "Cyd")
        if name in box["aria-label"]
    }
    words = words_of(section[key["from"] : key["to"]])
    assert key["from"] < section.index("<table")
    assert {name for name in ("Ada", "Bob", "Cyd") if name in words} == leading


def test_in_a_toss_up_nobody_is_said_to_lead_still():
    worlds.publish(world(one=(9, 3), two=(3, 8.8)))
    words = " ".join(words_of(Page(html("/tiny/sensitivity/")).outer("short")).split())
    assert "Without Two Ada would lead" not in words
    assert "The leader" not in words and "Ada leads" not in words
    assert "Ada would keep the highest score" in words


def test_what_would_stay_the_same_has_a_subject():
    worlds.publish(world(one=(9, 3), two=(6, 7)))
    words = " ".join(words_of(Page(html("/tiny/sensitivity/")).outer("short")).split())
    assert "The leader would stay the same if" in words and "It would" not in words


def test_who_is_the_only_one_left_then_is_not_said_to_be_so_still(db):
    tree = worlds.tiny_tree()
    for criterion in tree["criteria"]:
        criterion["cells"].pop("cyd", None)
    for source in tree["sources"]:
        source["claims"] = [claim for claim in source["claims"] if claim["option"] != "cyd"]
    worlds.publish(tree)
    words = words_of(Page(html("/tiny/sensitivity/")).outer("without"))
    assert "Without Bob Ada would be the only one with known scores" in words
    assert "Without Cyd Ada would still lead" in words


def test_where_nothing_can_be_said_in_short_nothing_is_headed_so(tiny):
    assert not Page(html("/tiny/sensitivity/?options=ada")).find("section", id="short")
    assert Page(html("/tiny/sensitivity/?options=ada,bob")).find("section", id="short")


@pytest.mark.parametrize("query", ["", "off=ease", "w=speed:1", "must=cost", "use=thrift"])
def test_taking_an_option_away_moves_no_other_score(tiny, query):
    section = Page(html(f"/tiny/sensitivity/?{query}")).outer("without")
    shown = dict(re.findall(r"(Ada|Bob|Cyd) (\d\.\d)", words_of(section)))
    options = decision(query)["options"]
    before = {o["option"]: o["score"] for o in options}
    left = [NAMES[o["option"]] for o in options if o["state"] != "excluded"]
    assert shown == {NAMES[slug]: f"{before[slug]:.1f}" for slug in before if NAMES[slug] in left}
    lines = re.findall(
        r'<li><a [^>]*href="([^"]*)">Without (\w+)</a> <small>(.*?)</small>', section
    )
    assert [name for _, name, _ in lines] == sorted(left)
    for address, gone, stated in lines:
        then = decision(query_of(address))
        assert faults(words_of(stated), then, NAMES) == []
        assert {o["option"]: o["score"] for o in then["options"]} == {
            s: n for s, n in before.items() if NAMES[s] != gone
        }


@pytest.mark.parametrize("options", [5, 30])
def test_without_an_option_it_says_what_is_decided_without_it(options):
    view = requested(worlds.large_tree(options, 12)).view
    lines = sensitivity_page(view).without
    assert len(lines) == options
    for line in lines:
        others = view.scored.named.keys() - {line.option.slug}
        then = view.under(replace(view.selection, options=frozenset(others)))
        assert (line.standing, line.query) == (then.standing, then.query)


def test_of_two_options_none_can_be_taken_away(tiny):
    assert not Page(html("/tiny/sensitivity/?options=ada,bob")).find("section", id="without")


def test_overall_scores_stand_in_the_order_of_their_ranks_whatever_their_text() -> None:
    view = requested(worlds.large_tree(30, 20)).view
    ranked = [option.option for option in view.decision.options]
    page = sensitivity_page(view)
    assert [option.slug for option, _ in page.scores] == ranked
    assert len({score for _, score in page.scores}) < len(ranked), "no two look alike"
