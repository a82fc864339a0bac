"""What leaving sources or the editors' own scores out did: to the overall scores, to how good the
evidence is, and to how many scores it could not touch.
"""

from dataclasses import replace
from typing import NamedTuple

from comparison.core.decision import certainty_of
from comparison.core.selection import CLAIMS, spell
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import score
from comparison.pages.standing import scores_shown
from comparison.pages.view import View, view_of

MOST_SCORES = 3


class ScoreThen(NamedTuple):
    """An option's overall score with all sources, and with those that are left."""

    option: OptionName  # that is compared
    before: str  # with all; empty where there is none
    now: str  # with those that are left; empty where there is none


class TrustEffect(NamedTuple):
    """What a reader's trust did, against counting everything."""

    left_out: int  # sources
    of_sources: int  # how many there are
    scores: tuple[ScoreThen, ...]  # of those that lead with all, best first
    certain_before: str  # how good the evidence is with all: high, medium, low; or empty
    certain_now: str  # the same with what is left
    own: int  # scores that are the editors' own, and stay
    of_scores: int  # known scores of the options compared
    disputed: tuple[str, ...]  # criteria that are disputed only by sources that are left out
    without_own: str  # the query that counts only what is left; empty where that is done


def trust_effect_of(view: View) -> TrustEffect | None:
    """Return what a view's trust did, or None where everything counts."""
    selection, scored = view.selection, view.scored
    if not selection.distrust and not scored.claims_only:
        return None
    everything = replace(selection, distrust=frozenset(), basis=None)
    whole = view_of(score(scored.release, everything, scored.home), everything, flips=False)
    before, now = scores_shown(whole.decision), scores_shown(view.decision)
    cells = [cell for (_, option), cell in scored.evidence.cells.items() if option in scored.named]
    known = [cell for cell in cells if cell.score is not None]
    own = sum(cell.basis == "editor" for cell in known)
    return TrustEffect(
        left_out=len(selection.distrust),
        of_sources=len(scored.document.sources),
        scores=tuple(
            [
                ScoreThen(scored.named[option], shown, now[option])
                for option, shown in list(before.items())[:MOST_SCORES]
            ]
        ),
        certain_before=_certain(whole),
        certain_now=_certain(view),
        own=own,
        of_scores=len(known),
        disputed=tuple(
            [
                scored.criteria[slug].name
                for slug in whole.scored.evidence.disputes
                if slug not in scored.evidence.disputes
            ]
        ),
        without_own=spell(scored.document, replace(selection, basis=CLAIMS))
        if own and not scored.claims_only
        else "",
    )


def _certain(view: View) -> str:
    grade = certainty_of(view.decision, view.scored.backing)
    return grade.level if grade else ""
