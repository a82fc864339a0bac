"""What readers will notice of a draft: told before, and the very same as they then see."""

from copy import deepcopy

import pytest

from comparison.core.selection import parse
from comparison.pages.history.changes import case_effects
from comparison.pages.history.link_age import compared
from comparison.pages.history.publishing_effect import (
    OPENING,
    effect,
    in_short,
    is_flip,
    near_criteria,
    selected_in_words,
    silent_cells,
)
from comparison.pages.history.sampled_readers import MOST, sampled_queries
from comparison.publishing import publish, releases
from comparison.publishing.draft.kept_drafts import kept_draft
from tests import worlds
from tests.tools import html, notice, words_of

pytestmark = pytest.mark.django_db


def world():
    return deepcopy(worlds.tiny_tree())


def turned():
    """The tiny world in which whoever was last on speed is first on it, and another way round."""
    tree = world()
    for criterion in tree["criteria"]:
        if criterion["slug"] == "speed":
            for cell in criterion["cells"].values():
                cell["score"] = 10 - cell["score"]
    return tree


@pytest.fixture
def draft_of():
    """Publish a tree, make another one its draft, and return both as they would be compared."""

    def made(before, after):
        worlds.publish(before)
        comparison = worlds.draft(after)
        return comparison, releases.current("tiny"), kept_draft(comparison).shown

    return made


def test_the_flips_are_what_readers_then_see(draft_of):
    comparison, before, shown = draft_of(world(), turned())
    told = effect(before, shown, ())
    assert told.flips
    publish.publish(comparison, "eve", "Turned round.")
    now = releases.current("tiny")
    names = now.document.names
    assert [
        (case.name, compared(case.before, names), compared(case.after, names))
        for case in told.flips
        if case.slugs != ("", "")
    ] == [
        (case.name, compared(case.before, names), compared(case.after, names))
        for case in case_effects(before, now)
        if is_flip(case, names)
    ]
    # the pages themselves: of each case before and after, in the words that the editor was told
    cases = words_of(html("/tiny/changes/1..2/"))
    for case in told.flips:
        if case.slugs[1]:
            assert in_short(case.before) in cases
            assert in_short(case.after) in cases
            heading = words_of(html(f"/tiny/?use={case.slugs[1]}"))
            assert case.after.leaders[0].name in heading


def test_what_moves_no_verdict_is_no_flip(draft_of):
    tree = world()
    tree["summary"] = "Said otherwise."
    _, before, shown = draft_of(world(), tree)
    told = effect(before, shown, (("use=race", 3),))
    assert (told.flips, told.margins, told.readers_moved, told.links) == ((), 0, 0, ())
    assert (told.links_asked, told.readers) == (1, MOST)


def test_links_that_will_say_that_something_has_moved_are_those_that_do(draft_of):
    comparison, before, shown = draft_of(world(), turned())
    shared = (("use=race", 5), ("off=speed", 4), ("w=cost:5", 3))
    told = effect(before, shown, shared)
    by_query = {link.address.partition("?")[2]: link for link in told.links}
    publish.publish(comparison, "eve", "Turned round.")
    for query, opened in shared:
        told_there = notice(f"/tiny/?{query}&from=1")
        assert bool(told_there) is (query in by_query)
        if query in by_query:
            link = by_query[query]
            assert link.opened == opened
            assert link.address == f"/tiny/?{query}"
            assert link.words == {"use=race": "A race", "w=cost:5": "Cost 5 instead of 3"}[query]
            assert in_short(link.after) in told_there
    assert "off=speed" not in by_query  # what does not count moves nothing


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("use=race&w=cost:5", "A race: Cost 5 instead of 1"),
        (
            "options=ada,bob&distrust=first&must=cost",
            "Cyd left out; Source 1 left out; “Cost included” as a must-have",
        ),
        (
            "w=cost:5,ease:1,speed:2&must=cost&distrust=first",
            "Source 1 left out; Speed 2 instead of 3; Ease 1 instead of 3; Cost 5 instead of 3 "
            "and 1 more",
        ),
        ("", OPENING),
    ],
)
def test_a_link_is_told_in_the_words_of_the_page_and_not_by_its_query(draft_of, query, words):
    _, before, _ = draft_of(world(), turned())
    assert selected_in_words(before, query) == words


def test_the_sampled_readers_are_the_same_each_time_and_say_what_readers_can():
    document = worlds.tiny()
    queries = sampled_queries(document)
    assert queries == sampled_queries(worlds.tiny())
    assert len(queries) == MOST
    assert len(set(queries)) > MOST / 4
    assert all(parse(document, query)[1] == () for query in queries)


def test_readers_of_another_leader_are_counted(draft_of):
    _, before, shown = draft_of(world(), turned())
    told = effect(before, shown, ())
    moved = 0
    for query in sampled_queries(before.document):
        was, now = (releases_leaders(release, query) for release in (before, shown))
        moved += was != now
    assert told.readers_moved == moved > 0
    assert told.percent == str(round(100 * moved / MOST))


def releases_leaders(release, query):
    """Return who leads a reader's page, by name."""
    from comparison.pages.scored_release import score
    from comparison.pages.view import view_of

    selection, _ = parse(release.document, query)
    return {one.name for one in view_of(score(release, selection), selection).standing.leaders}


def test_cells_that_fall_silent_are_named_and_those_that_were_are_not(draft_of):
    tree = world()
    criterion = tree["criteria"][0]
    del criterion["cells"]["ada"]
    for source in tree["sources"]:
        source["claims"] = [
            claim
            for claim in source["claims"]
            if (claim.get("criterion"), claim.get("option")) != (criterion["slug"], "ada")
        ]
    _, before, shown = draft_of(world(), tree)
    (one,) = silent_cells(before, shown)
    assert {one.name, *one.of} == {criterion["name"], "Ada"}
    assert silent_cells(shown, shown) == ()


def test_new_claims_under_a_name_that_is_like_another_are_named():
    before = world()
    twin = {**deepcopy(before["criteria"][0]), "slug": "speedily", "name": "Speed of use"}
    before["criteria"].append(twin)
    after = deepcopy(before)
    claims = after["sources"][0]["claims"]
    claims.append({**deepcopy(claims[0]), "slug": "newly", "criterion": "speed", "option": "ada"})
    was, now = (worlds.tiny(**tree) for tree in (before, after))
    (one,) = near_criteria(was, now)
    assert (one.criterion, one.near) == ("Speed", ("Speed of use",))
    assert [slug for _, slug in one.claims] == ["newly"]
    assert near_criteria(now, now) == ()
