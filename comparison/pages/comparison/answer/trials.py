"""What would change the leader, each as one change that a reader can try with one click."""

from collections.abc import Sequence
from dataclasses import replace
from math import floor
from typing import NamedTuple

from comparison.core.document.schema import to_a_tenth
from comparison.pages.option_marks import OptionName
from comparison.pages.standing import Standing
from comparison.pages.view import View

MOST_NAMED = 3  # missing scores, concerns


class Trial(NamedTuple):
    """Some importances otherwise, to be tried with one click."""

    moves: tuple[tuple[str, str, str], ...]  # criterion, importance now, importance then; 0 = off
    then: Standing  # who leads then
    query: str  # the selection then
    address: str  # of the page with these importances
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
    missing_scores: tuple[tuple[str, str, OptionName], ...]


def flips_of(view: View) -> Flips | None:
    """Return all that would change the leader, or None where there is no sole leader with
    a rival.
    """
    scored, flips = view.scored, view.decision.flips
    if flips is None:
        return None
    smallest = None if flips.switches else flips.smallest
    return Flips(
        switches=tuple(trial_of(view, (switch[:3],)) for switch in flips.switches),
        smallest=trial_of(view, smallest.switches) if smallest else None,
        steps=flips.steps,
        tolerance=f"{floor(100 * flips.tolerance)}",
        proven=view.decision.proven,
        missing_scores=tuple(
            (
                missing.criterion,
                scored.criteria[missing.criterion].name,
                scored.named[missing.option],
            )
            for missing in view.decision.missing_scores[:MOST_NAMED]
        ),
    )


def trial_of(view: View, moves: Sequence[tuple[str, float, float]]) -> Trial:
    """Return some moves as one trial of a reader. moves: criterion, importance now,
    importance then; 0 = off.
    """
    importances, off = dict(view.selection.importances), set(view.selection.off)
    for criterion, _, then in moves:
        if then:
            importances[criterion] = to_a_tenth(then)
            off.discard(criterion)
        else:
            off.add(criterion)
    changed = view.under(replace(view.selection, importances=importances, off=frozenset(off)))
    criteria = view.scored.criteria
    return Trial(
        moves=tuple(
            [(criteria[criterion].name, f"{now:g}", f"{then:g}") for criterion, now, then in moves]
        ),
        then=changed.standing,
        query=changed.query,
        address=changed.address,
        spelled=" ".join([f"{criterion}:{then:g}" for criterion, _, then in moves]),
    )
