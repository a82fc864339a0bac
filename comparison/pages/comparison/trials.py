"""What would change the leader, each as one change that a reader can try with one click."""

from collections.abc import Sequence
from dataclasses import replace
from math import floor
from typing import NamedTuple

from comparison.core.decision import Changes, Decision, decide
from comparison.core.selection import Selection, canonical, settings, spell
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import ScoredRelease
from comparison.pages.standing import Standing, standing

MOST_NAMED = 3  # wanted scores, concerns


class Trial(NamedTuple):
    """Some importances otherwise, to be tried with one click."""

    moves: tuple[tuple[str, str, str], ...]  # criterion, importance now, importance then; 0 = off
    then: Standing
    query: str  # the selection then
    address: str
    spelled: str  # the moves for the page's own controls: "admin-panel:5"


class Flips(NamedTuple):
    """All that would change the leader, and what would not."""

    switches: tuple[Trial, ...]  # each alone dethrones it
    # the fewest switches that do it together; None where one is enough, or three are not
    smallest: Trial | None
    steps: int | None  # the fewest moves of an importance by one; None where it cannot be done
    tolerance: str  # percent by which all importances may be wrong at once
    proven: bool  # whatever the unknown scores are, it leads
    # unknown scores that would help most: criterion, its name, option
    wanted: tuple[tuple[str, str, OptionName], ...]


def flips(scored: ScoredRelease, selection: Selection, verdict: Decision) -> Flips | None:
    """Return all that would change the leader, or None where there is no sole leader with a rival."""
    changes = verdict.changes
    if changes is None:
        return None
    return Flips(
        switches=tuple(
            _trial(scored, selection, ((switch.criterion, switch.now, switch.then),))
            for switch in changes.switches
        ),
        smallest=None if changes.switches else _smallest(scored, selection, changes),
        steps=changes.steps,
        tolerance=f"{floor(100 * changes.tolerance)}",
        proven=verdict.proven,
        wanted=tuple(
            (
                wanted.criterion,
                scored.criteria[wanted.criterion].name,
                scored.named[wanted.option],
            )
            for wanted in verdict.wanted[:MOST_NAMED]
        ),
    )


def _nearest(scored: ScoredRelease, selection: Selection, changes: Changes) -> Trial | None:
    found = changes.nearest
    return _trial(scored, selection, ((found.criterion, found.now, found.then),)) if found else None


def _smallest(scored: ScoredRelease, selection: Selection, changes: Changes) -> Trial | None:
    found = changes.smallest
    if found is None:
        return None
    return _trial(scored, selection, found.switches)


def _trial(
    scored: ScoredRelease, selection: Selection, moves: Sequence[tuple[str, float, float]]
) -> Trial:
    """Return some changes as one that a reader can try. moves: criterion, importance now,
    importance then; 0 = off.
    """
    importances, off = dict(selection.importances), set(selection.off)
    for criterion, _, then in moves:
        if then:
            importances[criterion] = int(then)
            off.discard(criterion)
        else:
            off.add(criterion)
    changed = canonical(
        scored.document, replace(selection, importances=importances, off=frozenset(off))
    )
    query, asked = spell(scored.document, changed), settings(scored.document, changed)
    return Trial(
        moves=tuple(
            (scored.criteria[criterion].name, f"{now:g}", f"{then:g}")
            for criterion, now, then in moves
        ),
        then=standing(
            scored.named,
            decide(scored.matrix, asked.weights, requirements=asked.requirements, changes=False),
        ),
        query=query,
        address=scored.base + ("?" + query if query else ""),
        spelled=" ".join(f"{criterion}:{then:g}" for criterion, _, then in moves),
    )
