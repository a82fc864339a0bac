"""What would change a recommendation, as a reader meets it: every link keeps what it promises."""

import re
from math import ceil, floor

import pytest
from django.template import engines

from tests import worlds
from tests.recommendation import QUERIES, decision, leaders, links, opened, panel, query_of, told
from tests.results import faults, results_in
from tests.tools import Page, criterion_of, data, get, html, words_of
from tests.worlds.score_rows import NAMES, world

pytestmark = pytest.mark.django_db


def trial(text):
    """Return the query that "Try it" leads to, once what is said of it is the engine's."""
    sentence = re.search(r'<p class="nearest-trial">(.*?)</p>', text, re.DOTALL)
    (link,) = links(sentence[1], "")
    ((of, result),) = results_in(sentence[1])
    assert of == "?" + query_of(link)
    assert faults(result, decision(query_of(link)), NAMES) == []
    return query_of(link)


@pytest.mark.parametrize("query", ["off=ease", "off=speed,cost", "w=cost:5", "off=speed&w=ease:5"])
def test_the_nearest_trial_is_a_link_to_a_page_with_the_promised_leader(tiny, query):
    change = decision(query)["changes"]["nearest"]
    (criterion,) = [c for c in ("Speed", "Ease", "Cost") if c.lower() == change["criterion"]]
    now = f" instead of {change['now']:g}," if change["now"] else ","  # it may be off, with a 3
    counted = "" if change["now"] else ", which is not counted,"
    assert f"If {criterion}{counted} mattered {change['then']:g}{now}" in told(query)
    then = trial(panel(query))
    assert leaders(then) == [NAMES[slug] for slug in change["leaders"]]
    assert leaders(then) != leaders(query)
    assert data(then)["notes"] == []


@pytest.mark.parametrize("query", ["", "use=race", "off=cost", "options=ada,bob", "distrust=first"])
def test_where_no_single_importance_is_enough_the_smallest_set_is_the_link(tiny, query):
    changes = decision(query)["changes"]
    assert changes["nearest"] is None
    assert " mattered " not in told(query)
    then = trial(panel(query))
    assert leaders(then) == [NAMES[slug] for slug in changes["smallest"]["leaders"]]
    assert data(then)["selection"] == then


def test_a_lead_that_no_small_change_ends_is_said_to_be_one():
    rows = dict.fromkeys(("one", "two", "four", "five", "six", "seven", "eight"), (9, 1))
    worlds.publish(world(**rows, three=(1, 3)))
    assert decision()["changes"]["smallest"] is None
    assert (
        "This stays whatever importance you give to any one criterion, and whichever three you "
        "switch on or off."
    ) in told()
    assert "Switching any three criteria on or off does not change it." in words_of(opened())


def test_a_change_that_only_reorders_a_toss_up_is_said_to_be_one(tiny):
    change = decision("w=speed:1")["changes"]["nearest"]
    assert decision("w=speed:1")["label"] == "toss-up"
    (leader,) = change["leaders"]
    assert f"highest score would be that of {NAMES[leader]}, in the same toss-up" in told(
        "w=speed:1"
    )


def test_of_criteria_switched_both_ways_each_is_told_which_way(tiny):
    macros = engines["reader"].env.get_template("macros/headline.html").module
    moves = (("Speed", "3", "0"), ("Ease", "0", "3"), ("Cost", "3", "0"))
    assert words_of(macros.switched(moves)) == "without “Speed” and “Cost”, and with Ease counted"
    assert words_of(macros.switched(moves[:2])) == "without Speed and with Ease counted"
    assert words_of(macros.switched(moves[:1])) == "without Speed"
    assert words_of(macros.switched(moves[1:2])) == "with Ease counted"


def test_the_link_keeps_what_else_was_chosen(tiny):
    then = trial(panel("use=race&waive=speed&w=speed:1&distrust=second&show=differences&q=e"))
    for kept in ("use=race", "waive=speed", "distrust=second", "show=differences", "q=e"):
        assert kept in then


def test_on_a_pinned_page_the_link_stays_on_its_release(tiny):
    worlds.publish(worlds.with_scores(worlds.tiny_tree(), speed_ada=3))
    (link,) = links(
        html("/tiny/@1/-/results/?off=ease"),
        r"/tiny/@1/\?off=ease&w=speed:1|/tiny/@1/\?off=ease&amp;w=speed:1",
    )
    assert get("/tiny/@1/-/data.json?" + query_of(link)).json()["decision"]["leaders"] == ["cyd"]


def test_where_nothing_can_change_it_that_is_said(tiny):
    assert "No priorities would change this: Cyd is nowhere behind." in told("options=bob,cyd")
    assert not Page(panel("options=bob,cyd")).find("a", **{"class": "trial"})


@pytest.mark.parametrize("query", [*QUERIES, "w=ease:1", "w=cost:5", "off=speed&w=ease:5"])
def test_the_safe_range_of_every_row_is_the_engines(tiny, query):
    changes = decision(query)["changes"]
    whole = (
        {c: (ceil(low - 1e-9), floor(high + 1e-9)) for c, low, high in changes["intervals"]}
        if changes
        else {}
    )
    page = Page(html(f"/tiny/?{query}"))
    rows = {
        criterion_of(e): (int(e.get("data-lowest") or 0), int(e.get("data-highest") or 5))
        for e in page.find("tr")
        if "data-criterion" in e
    }
    assert rows == {c: whole.get(c, (0, 5)) for c in ("speed", "ease", "cost")}
    (region,) = Page(panel(query)).find("section", id="results")
    spelled = dict(item.split(":") for item in (region["data-safe"] or "").split())
    assert spelled == {
        c: f"{low}-{high}" for c, (low, high) in whole.items() if (low, high) != (0, 5)
    }


@pytest.mark.parametrize("query", ["off=ease", "w=speed:1", "w=ease:1", "w=cost:5"])
def test_inside_the_safe_range_the_leader_stays_and_outside_it_does_not_lead_alone(tiny, query):
    page, selected = Page(html(f"/tiny/?{query}")), decision(query)
    for row in page.find("tr"):
        if "data-criterion" in row:
            for importance in range(6):
                settled = leaders(
                    f"{query}&w={criterion_of(row)}:{importance}"
                    if "w=" not in query
                    else _with(query, row, importance)
                )
                inside = (
                    int(row.get("data-lowest") or 0)
                    <= importance
                    <= int(row.get("data-highest") or 5)
                )
                assert (NAMES[selected["leaders"][0]] in settled) == inside, (
                    criterion_of(row),
                    importance,
                    settled,
                )


def _with(query, row, importance):
    own = dict(item.split(":") for item in query.removeprefix("w=").split(","))
    own[criterion_of(row)] = str(importance)
    return "w=" + ",".join(
        f"{slug}:{own[slug]}" for slug in ("speed", "ease", "cost") if slug in own
    )


@pytest.mark.parametrize("query", ["off=ease", "w=speed:1", "off=speed&w=ease:5"])
def test_every_single_switch_is_a_link_to_a_page_with_the_promised_leader(tiny, query):
    switches = decision(query)["changes"]["switches"]
    assert switches
    told_of = re.findall(
        r"<li>(With|Without) <b>(\w+)</b> (.*?)\. <a[^>]*href=\"([^\"]+)\"", opened(query)
    )
    assert [(name.lower(), then != "With") for then, name, *_ in told_of] == [
        (s["criterion"], s["then"] == 0) for s in switches
    ]
    for _, _, promised, address in told_of:
        if "in the same toss-up" in promised:
            assert f"that of {leaders(query_of(address))[0]}, in" in promised
        else:
            assert faults(words_of(promised), decision(query_of(address)), NAMES) == []
        assert leaders(query_of(address)) != leaders(query)


@pytest.mark.parametrize("query", [query for query in QUERIES if query != "use=race"])
def test_what_else_would_change_it_is_the_engines(tiny, query):
    changes, words = decision(query)["changes"], words_of(opened(query))
    if changes is None:
        assert "at once" not in words and "however spread" not in words
        return
    is_toss_up = decision(query)["label"] == "toss-up"
    if changes["steps"]:
        leads = "has the highest score" if is_toss_up else "leads"
        after = f"only after {changes['steps']} changes" if changes["steps"] > 1 else "as soon as"
        assert f"Another {leads} {after}" in words
    if changes["tolerance"] < 1:
        same = "The leader would stay the same"
        keeps = f"{leaders(query)[0]} would keep the highest score" if is_toss_up else same
        assert (
            f"{keeps} if every importance were up to "
            f"{floor(100 * changes['tolerance'])} % too high or too low."
        ) in words
    smallest = changes["smallest"]
    if smallest and not changes["switches"]:
        assert f"No single switch, but {len(smallest['switches'])} at once:" in words


def test_wanted_evidence_leads_to_the_cells_that_are_not_known():
    worlds.publish(world(one=(9, 8.5, 4), two=(None, 7, 5), three=(8, None, 4)))
    expected = [(w["criterion"], w["option"]) for w in decision()["wanted"]]
    assert expected == [("two", "ada"), ("three", "bob")]
    assert re.search(
        "Not known, and it would help most: Two of Ada .*, Three of Bob .*", words_of(opened())
    )
    asked = links(opened(), "/suggest/")
    assert asked == ["/tiny/suggest/two/ada/", "/tiny/suggest/three/bob/"]
    addresses = links(opened(), "/cell/")
    assert addresses == ["/tiny/cell/two/ada/", "/tiny/cell/three/bob/"]
    for address in addresses:
        assert "There is no such page" not in html(address)
