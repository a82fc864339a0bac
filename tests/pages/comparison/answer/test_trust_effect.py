"""What leaving sources out does to the scores and to the evidence is told, and what it leaves."""

import os
import re

import pytest

from comparison.core.decision import certainty_of
from comparison.core.decision.certainty import LEVELS
from comparison.core.document.schema import plain
from comparison.pages.comparison.answer.trust_effect import trust_effect_of
from comparison.pages.standing import scores_shown
from tests import worlds
from tests.requests import requested
from tests.tools import Page, html, words_of

CHECK = {"text": "Read.", "title": "Manual", "version": "1", "read_on": "2026-11-20"}


def tree():
    """Return the tiny world, in which two sources back each checked rating of Ada and Cyd."""
    world = worlds.tiny_tree()
    for criterion in world["criteria"]:
        for cell in criterion["cells"].values():
            cell["checked"] = CHECK
    for source in world["sources"]:
        source["published"] = "2026-10"
        source["claims"] = [
            {
                "slug": f"{criterion['slug']}-{option}",
                "option": option,
                "criterion": criterion["slug"],
                "statement": "So it is.",
                "score": criterion["cells"][option]["score"],
                "place": "Line 1",
                "form": "prose",
            }
            for criterion in world["criteria"]
            for option in ("ada", "cyd")
        ]
    return world


def level(query):
    view = requested(tree(), query).view
    return certainty_of(view.decision, view.scored.backing).level


def test_certainty_falls_when_the_evidence_goes():
    assert [level(query) for query in ("", "distrust=first")] == ["high", "medium"]
    unbacked = tree()
    for source in unbacked["sources"]:
        source["claims"] = source["claims"][:1]
    view = requested(unbacked, "distrust=first").view
    assert certainty_of(view.decision, view.scored.backing).level == "low"
    assert level("distrust=first&basis=claims") != "high"


def test_the_mark_and_the_bar_tell_that_certainty_fell(db):
    worlds.publish(tree())
    page = Page(html("/tiny/?distrust=second"))
    before, now = level(""), level("distrust=second")
    assert before != now
    assert f"evidence {before} → {now}" in words_of(page.outer("leader"))
    assert f"Evidence: {before} → {now}" in words_of(page.outer("how-certain"))
    assert " → " not in words_of(Page(html("/tiny/")).outer("leader"))


def test_nothing_is_told_where_everything_counts():
    assert trust_effect_of(requested(tree(), "off=ease").view) is None


def test_scores_evidence_and_the_editors_own_are_told():
    effect = trust_effect_of(requested(tree(), "distrust=first").view)
    assert effect.left_out == 1
    assert effect.moved == ()
    assert (effect.evidence_before.level, effect.evidence_now.level) == ("high", "medium")
    assert (effect.own, effect.of_scores) == (9, 9)
    assert effect.without_own == "distrust=first&basis=claims"


def test_without_the_editors_own_scores_none_of_them_stays():
    effect = trust_effect_of(requested(tree(), "distrust=first&basis=claims").view)
    assert (effect.own, effect.of_scores, effect.without_own) == (0, 6, "")
    assert [(line.option.name, line.before, line.now, line.by) for line in effect.moved] == [
        ("Bob", "5.0", "", "")
    ]


def test_where_no_score_is_the_editors_own_leaving_those_out_is_not_offered():
    world = tree()
    for criterion in world["criteria"]:
        for cell in criterion["cells"].values():
            del cell["score"], cell["checked"]
    effect = trust_effect_of(requested(world, "distrust=first").view)
    assert (effect.own, effect.of_scores, effect.without_own) == (0, 6, "")


def test_a_score_that_moved_is_told_with_how_far(db):
    world = worlds.tiny_tree()
    del world["criteria"][0]["cells"]["ada"]["score"]  # then it comes of the claims alone: 9 and 5
    effect = trust_effect_of(requested(world, "distrust=second").view)
    assert [(line.option.name, line.by) for line in effect.moved] == [("Ada", "+0.7")]


def test_a_score_that_fell_is_told_with_a_minus_sign(db):
    world = worlds.tiny_tree()
    del world["criteria"][0]["cells"]["ada"]["score"]
    effect = trust_effect_of(requested(world, "distrust=first").view)
    assert [(line.option.name, line.by) for line in effect.moved] == [("Ada", "\N{MINUS SIGN}0.6")]


def test_scores_of_the_options_compared_alone_are_counted():
    effect = trust_effect_of(requested(tree(), "options=ada,bob&distrust=first").view)
    assert (effect.own, effect.of_scores) == (6, 6)


def test_a_dispute_that_others_keep_up_is_not_told_as_left_out():
    disputed = worlds.tiny_tree()
    assert requested(disputed, "").view.scored.evidence.disputes
    effect = trust_effect_of(requested(disputed, "distrust=first").view)
    assert effect.disputed == ()


def test_disputes_of_sources_that_are_left_out_stay_in_sight():
    disputed = worlds.tiny_tree()  # the second source gives Ada's speed 5, the editors 9
    effect = trust_effect_of(requested(disputed, "distrust=second").view)
    assert effect.disputed == ("Speed",)


@pytest.mark.parametrize("query", ["distrust=first,second", "options=ada&distrust=first"])
def test_it_is_told_where_nobody_leads_or_nobody_is_left(query):
    assert trust_effect_of(requested(tree(), query).view) is not None


def test_where_nobody_leads_no_evidence_is_told_before_or_after():
    effect = trust_effect_of(requested(tree(), "distrust=first&off=speed,ease,cost").view)
    assert (effect.evidence_before, effect.evidence_now) == (None, None)


def test_the_panel_tells_it(db):
    worlds.publish(tree())
    panel = words_of(Page(html("/tiny/?distrust=first")).outer("results"))
    assert "Source 1 left out (undo)." in panel
    assert "Without that source: no overall score moves." in panel
    own = "9 of 9 scores are the editors’ own."
    assert f"no overall score moves. Evidence high → medium; {own} Count only what is left" in panel
    shares = (
        "0 % is well supported (high takes 75), 0 % poorly (low takes 50, or 25 more), "
        "instead of 100 % and"
    )
    how = "The editors’ own scores count as long as one source does."
    assert (
        f"{shares} 0 % with everything counted, whose level it cannot exceed. {how}"
        in panel.partition("Without that")[0]
    )


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("distrust=first", "Without that source:"),
        ("distrust=first,second", "Without those sources:"),
        ("basis=claims", "Without those scores:"),
        ("distrust=first&basis=claims", "Without that source and those scores:"),
        ("distrust=first&off=speed,ease,cost", "Without that source:"),
    ],
)
def test_what_is_left_out_is_said_once_and_then_what_that_did(db, query, words):
    worlds.publish(tree())
    panel = words_of(Page(html(f"/tiny/?{query}")).outer("results"))
    told, effect = panel.split(words)
    assert bool(re.search("ources? .*left out", told)) == ("distrust" in query)
    assert ("The editors’ own scores left out" in told) == ("basis" in query)
    effect = effect.partition("disputed only")[0].partition("What decides")[0]
    assert not any(again in effect for again in ("not counted", "sources left out", "1 of 2"))


def test_the_mark_of_a_dispute_that_is_left_out_stays_without_counting(db):
    worlds.publish(
        worlds.tiny_tree()
    )  # the second source's 5 for Ada's speed could move the result
    for query, looks in (("", "unsettled"), ("?distrust=second", "muted")):
        page = Page(html(f"/tiny/{query}"))
        (row,) = page.find("tr", id="c-speed")
        assert row["class"] == looks
        assert "Disputed by what is left out" in words_of(page.html) or not query


# every fourth case; in a soak each
CASES = 1 if "SOAK" in os.environ else 4
CONTENT = worlds.content("fastapi-vs-django")
SELLERS = "ai-consultancy,capsquery,practitioner,vibe-connect"


@pytest.mark.parametrize(
    ("left_out", "moves"),
    [
        (
            SELLERS,
            [
                ("Django", "7.23", "7.24", "less than 0.01"),
                ("FastAPI", "6.86", "6.82", "\N{MINUS SIGN}0.04"),
            ],
        ),
        ("comparison-site", []),
    ],
)
def test_a_score_that_is_shown_as_another_is_told_however_little_it_moved(left_out, moves):
    world = plain(worlds.content("fastapi-vs-django"))
    view = requested(world, f"distrust={left_out}").view
    assert [(line.option.name, *line[1:]) for line in trust_effect_of(view).moved] == moves
    for line in trust_effect_of(view).moved:  # as the bars have it, or nearer
        assert round(float(line.now), 1) == round(
            float(scores_shown(view.decision)[line.option.slug]), 1
        )


def test_no_score_is_said_to_stay_that_moves_where_nobody_sees_it(db):
    world = tree()
    del world["criteria"][0]["cells"]["ada"]["score"]  # then it comes of the claims alone
    world["sources"][0]["claims"][0]["score"] = 8.8
    view = requested(world, "distrust=first").view
    assert scores_shown(view.decision) == scores_shown(view.with_all_sources.decision)
    effect = trust_effect_of(view)
    assert (effect.moved, [option.name for option in effect.unseen]) == ((), ["Ada"])
    worlds.publish(world)
    panel = words_of(Page(html("/tiny/?distrust=first")).outer("results"))
    assert "Without that source: Ada moves by less than 0.1." in panel


def test_where_the_level_stays_it_is_told_how_much_evidence_went():
    world = plain(worlds.content("fastapi-vs-django"))
    effect = trust_effect_of(requested(world, "distrust=ai-consultancy").view)
    before, now = effect.evidence_before, effect.evidence_now
    assert before.level == now.level == "medium"
    assert int(before.well) > int(now.well)


@pytest.mark.parametrize("kept", [source.slug for source in CONTENT.sources])
def test_with_one_source_left_no_case_is_of_more_than_low_certainty(kept):
    world = plain(CONTENT)
    out = ",".join(source.slug for source in CONTENT.sources if source.slug != kept)
    for case in world["use_cases"][::CASES]:
        effect = trust_effect_of(requested(world, f"use={case['slug']}&distrust={out}").view)
        assert effect.evidence_before.level == "medium"
        assert effect.evidence_now is None or effect.evidence_now.level == "low", case["slug"]


def test_it_never_rises_because_sources_are_left_out():
    world = plain(worlds.content("python-app-servers"))
    out: list[str] = []
    for source in world["sources"][:-1]:
        out.append(source["slug"])
        for query in ("use=own-http2", "use=none"):
            effect = trust_effect_of(requested(world, f"{query}&distrust={','.join(out)}").view)
            levels = [effect.evidence_before.level, effect.evidence_now.level]
            assert LEVELS.index(levels[0]) <= LEVELS.index(levels[1]), (query, out)
