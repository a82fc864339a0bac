"""How firmly a recommendation stands, as a reader meets it."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.template import engines

from comparison.core.selection import Selection
from comparison.pages.comparison.answer.strength import firmness
from comparison.pages.scored_release import score
from comparison.pages.view import view_of
from comparison.publishing import releases
from tests import worlds
from tests.recommendation import decision, label, panel, told
from tests.tools import Page, html, words_of
from tests.worlds.score_rows import world

pytestmark = pytest.mark.django_db

CHECK = {"title": "Notes", "read_on": "2026-11-20", "text": "So it is."}


def on_hearsay(tree):
    """Return the tree with every score only claimed, by one source: a vendor, years ago."""
    source = tree["sources"][0]
    source |= {"publisher_kind": "vendor", "interest": "Sells Ada", "published": "2019"}
    for row in tree["criteria"]:
        for option, cell in row["cells"].items():
            score = cell.pop("score")
            cell.pop("note")
            source["claims"].append(
                {
                    "slug": f"{row['slug']}-{option}",
                    "option": option,
                    "criterion": row["slug"],
                    "statement": "We say so.",
                    "score": score,
                    "place": "Line 1",
                    "form": "prose",
                }
            )
    return tree


def checked(tree):
    """Return the tree with every score checked lately, and said so by both sources."""
    for row in tree["criteria"]:
        for option, cell in row["cells"].items():
            cell["checked"] = CHECK
            for source in tree["sources"]:
                source["claims"].append(
                    {
                        "slug": f"{row['slug']}-{option}",
                        "option": option,
                        "criterion": row["slug"],
                        "statement": "So it is.",
                        "score": cell["score"],
                        "place": "Line 1",
                        "form": "prose",
                    }
                )
    return tree


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("use=race", ("Strong", 3)),
        ("", ("Clear", 2)),
        ("off=ease", ("Slight", 1)),
        ("w=speed:1", ("Toss-up", 0)),
    ],
    ids=["strong", "clear", "slight", "toss-up"],
)
def test_the_label_stands_with_its_squares(tiny, query, shown):
    assert label(query) == shown
    assert decision(query)["label"] == shown[0].lower()


def test_a_tie_and_an_only_option_have_no_label_of_strength(tiny):
    assert label("use=thrift") is None and "A tie" in told("use=thrift")
    assert label("must=speed,cost") is None and "The only option left" in told("must=speed,cost")
    assert "re-runs" not in told("use=thrift") + told("must=speed,cost")


@pytest.mark.parametrize("query", ["use=thrift", "must=speed,cost"], ids=["tie", "only option"])
def test_a_tie_and_an_only_option_say_how_good_their_evidence_is(tiny, query):
    words = told(query)
    assert "Evidence: low certainty How?" in words
    assert "Low, because 100 % of what counts is" in words


@pytest.mark.parametrize("query", ["", "use=race", "off=ease", "w=speed:1"])
def test_the_share_of_plausible_readings_is_the_engines(tiny, query):
    chance = decision(query)["confidence"]["chance"]
    assert f"first in {100 * chance:.0f} of 100 re-runs" in told(query)


def test_nothing_is_sure_in_a_hundred_of_a_hundred_readings():
    worlds.publish(checked(world(one=(10, 0, 0), two=(10, 0, 0), three=(10, 0, 0))))
    assert decision()["confidence"]["chance"] > 0.9999
    assert "first in more than 99 of 100 re-runs" in told()
    assert "in 100 of" not in told()


@pytest.mark.parametrize(
    ("chance", "shown"),
    [(0.9949, "99"), (0.995, "more than 99"), (1.0, "more than 99"), (0.6, "60")],
)
def test_the_share_is_never_rounded_up_to_a_hundred(tiny, chance, shown):
    release = releases.current("tiny")
    view = view_of(score(release, Selection()), Selection())
    sure = view.decision.confidence._replace(chance=chance)
    surer = replace(view, decision=view.decision._replace(confidence=sure))
    assert firmness(surer).chance == shown


def test_a_clear_win_on_one_old_claim_of_a_vendor_is_strong_and_of_low_certainty():
    worlds.publish(on_hearsay(world(one=(10, 3, 2), two=(9, 2, 3), three=(10, 2, 2))))
    words = told()
    assert label()[0] in ("Strong", "Clear")
    assert "Evidence: low certainty" in words
    for reason in (
        "Low, because 100 % of what decides rests on one source",
        "100 % comes from those who sell something",
        "100 % is old or undated",
    ):
        assert reason in words
    assert "0 % is well supported (high takes 75), 100 % poorly (low takes 50, or 25 more" in words
    assert Page(panel()).find("a", href="/method/#certain")


def test_a_narrow_win_on_checked_scores_is_slight_and_of_high_certainty():
    worlds.publish(checked(world(one=(7, 6.7, 5), two=(6, 6, 5), three=(6.5, 6.3, 5))))
    assert label()[0] in ("Slight", "Toss-up")
    assert "Evidence: high certainty" in told()
    assert "High: 100 % is well supported (high takes 75)" in told()


def test_strength_and_certainty_do_not_follow_from_each_other():
    worlds.publish(checked(world(one=(10, 3, 2), two=(9, 2, 3), three=(10, 2, 2))))
    assert label()[0] == "Strong" and "Evidence: high certainty" in told()
    worlds.publish(on_hearsay(world(one=(7, 6.7, 5), two=(6, 6, 5), three=(6.5, 6.3, 5))))
    assert label()[0] in ("Slight", "Toss-up") and "Evidence: low certainty" in told()


def test_a_toss_up_is_headed_so_and_names_who_may_as_well_be_first(tiny):
    page = Page(panel("w=speed:1"))
    assert words_of(panel("w=speed:1")).startswith(
        "A toss-up Ada, Cyd or Bob for no particular case"
    )
    (heading,) = page.find("h2")
    assert heading["class"] == "headline"
    assert decision("w=speed:1")["recommended"] is None


def test_a_toss_up_of_three_tells_the_distance_of_its_first_two_in_every_place(tiny):
    words = told("w=speed:1")
    assert "Toss-up, first two 0.4 apart" in words and "0.4 between the first two" in words
    standing = SimpleNamespace(
        between=("Ada", "Bob", "Cyd"), margin="0.4", label="toss-up", depends=None
    )
    macros = engines["reader"].env.get_template("macros/headline.html").module
    for macro in (macros.short, macros.margin, macros.would_be, macros.leads):
        assert "0.4 between the first two" in words_of(macro(standing))
    standing.between = ("Ada", "Bob")
    assert words_of(macros.short(standing)) == "Ada or Bob: 0.4 apart (toss-up)"


def test_of_many_in_a_toss_up_the_bar_names_the_first():
    options = [SimpleNamespace(name=name) for name in ("Ada", "Bob", "Cyd", "Dee")]
    macros = engines["reader"].env.get_template("macros/headline.html").module
    results = SimpleNamespace(
        margin="0.1",
        trust_effect=None,
        between=options,
        leaders=options[2:3],
        depends=None,
        altered=SimpleNamespace(parts=()),
        state="leader",
    )
    assert words_of(macros.bar(results)) == "Cyd or 3 others"
    results.between = options[:3]
    assert words_of(macros.bar(results)) == "Ada, Bob or Cyd"
    results.altered = SimpleNamespace(parts=("one",), count=1)
    assert words_of(macros.bar(results)) == "Ada, Bob or Cyd; 1 change"
    results.leaders = [SimpleNamespace(name="StreamingHttpResponse")]
    results.between = [*results.leaders, options[0]]
    assert words_of(macros.bar(results)) == "2 options, 0.1 apart; 1 change"


def test_a_toss_up_among_many_of_whom_none_is_near_alone_is_told_in_a_whole_sentence():
    worlds.publish(
        world(
            one=(7.9, 6.9, 6.9, 6.9, 6.9, 6.9),
            two=(7.9, 6.9, 6.9, 6.9, 6.9, 6.9),
            three=(7.9, 6.9, 6.9, 6.9, 6.9, 6.9),
        )
    )
    told_by_engine = decision()
    assert told_by_engine["label"] == "toss-up" and told_by_engine["confidence"]["contenders"] == []
    assert "A toss-up Ada or Bob with every criterion" in told()


def test_too_little_evidence_is_provisional():
    worlds.publish(world(one=(9, 3, 4), two=(None, 5, 5), three=(None, 4, 4)))
    words = told()
    assert label() == ("Not enough evidence", None)
    assert "Ada provisionally, with every criterion" in words
    assert decision()["recommended"] is None
    assert "33 % of what you count is known for Ada" in words


def test_a_leader_that_may_lack_a_must_have_is_at_most_slight():
    worlds.publish(
        checked(world(one=(10, 1, 1), two=(10, 1, 1), three=(10, 1, 1), four=(None, None, None)))
    )
    assert label("w=four:0")[0] == "Strong"
    assert label("w=four:0&must=four") == ("Slight", 1)
    words = told("w=four:0&must=four")
    assert "At most slight while a must-have is open." in words
    assert "It is not known whether Ada has every must-have." in words
    assert decision("w=four:0&must=four")["caps"] == ["unverified"]


@pytest.mark.parametrize("page", ["", "sensitivity/"])
def test_an_only_option_says_what_would_give_it_a_rival(tiny, page):
    """Wherever it is asked what would change the result."""
    words = words_of(html(f"/tiny/{page}?must=speed,cost"))
    for said in (
        "Without the must-have “Speed included”, Cyd would lead (clear).",
        "Without the must-have “Cost included”, Ada would lead (clear).",
    ):
        assert words.count(said) == 1
    worlds.publish(world(one=(9, 2), two=(9, 2)))
    said = "Without any single one of its must-haves it would still be the only option left."
    assert said in words_of(html(f"/tiny/{page}?must=one,two"))
    assert "the must-have" not in words_of(html(f"/tiny/{page}?options=ada"))


def test_scores_have_two_decimals_where_one_would_belie_their_lead(db):
    """Ada has 51 points of seven criteria and Bob 50: 7.29 and 7.14, 0.14 apart; with one decimal
    they would be 7.3, 7.1 and 0.1.
    """
    scores = ((10, 10), (10, 10), (10, 10), (10, 10), (5, 5), (5, 4), (1, 1))
    worlds.publish(world(**dict(zip(("a", "b", "c", "d", "e", "f", "g"), scores, strict=True))))
    words = told()
    for shown in ("7.29", "7.15", "0.14 apart"):
        assert shown in words
    assert not re.search(r"\b7\.\d\b", words)
