"""The use cases: who leads in how many."""

import pytest

from comparison.core.selection import Selection
from comparison.pages.comparison.use_cases import cases_by_leader
from comparison.pages.scored_release import ScoredRelease, score
from tests import worlds
from tests.requests import requested


def scored_release(tree) -> ScoredRelease:
    return score(requested(tree).release, Selection())


def case(slug, **changes):
    """Return a use case of the tiny world; nothing counts in it but what is named."""
    preset = {"otherwise": 0, "importances": {}, "must": []} | changes
    return {"slug": slug, "name": slug.title(), "situation": slug, "description": ".", **preset}


# In the tiny world Ada leads in speed and in ease; Bob and Cyd are equal in cost.
FAST = {"importances": {"speed": 5}}
CHEAP = {"importances": {"cost": 5}}


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        ([], ((), 0, 0, 0)),
        ([FAST, FAST | {"importances": {"ease": 5}}], ((("Ada", 2),), 0, 0, 0)),
        ([CHEAP, FAST], ((("Ada", 1),), 0, 1, 0)),
        ([{}, FAST], ((("Ada", 1),), 0, 0, 1)),
        ([{"otherwise": 3, "must": ["speed", "cost"]}, FAST], ((("Ada", 1), ("Cyd", 1)), 0, 0, 0)),
        ([{"otherwise": 0, "importances": {"speed": 2, "cost": 5}}], ((), 1, 0, 0)),
    ],
    ids=["none", "one leads in all", "a tie", "nothing counts", "an excluded", "a toss-up"],
)
def test_cases_are_counted_by_who_leads_in_them(cases, expected):
    uses = [case(f"case-{number}", **changes) for number, changes in enumerate(cases)]
    counts = cases_by_leader(scored_release(worlds.tiny_tree(use_cases=uses)))
    led = tuple((leader.option.name, leader.count) for leader in counts.led)
    assert (led, counts.toss_ups, counts.ties, counts.undecided) == expected
