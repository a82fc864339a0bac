"""What leaving sources or the editors' own scores out did: to the overall scores, to how good the
evidence is, and to how many scores it could not touch.
"""

from dataclasses import replace
from typing import NamedTuple

from comparison.core.decision import certainty_of
from comparison.core.selection import CLAIMS, spell
from comparison.pages.option_marks import OptionName
from comparison.pages.standing import scores_shown
from comparison.pages.view import View

SMALLEST_MOVE = 0.05  # points: less is nothing with the one decimal that is shown


class ScoreThen(NamedTuple):
    """An option's overall score with all sources, and with those that are left."""

    option: OptionName  # that is compared
    before: str  # with all; empty where there is none
    now: str  # with those that are left; empty where there is none
    by: str  # how far it moved, with its sign; empty where it was or is none


class TrustEffect(NamedTuple):
    """What a reader's trust did, against counting everything."""

    left_out: int  # sources
    moved: tuple[ScoreThen, ...]  # of the overall scores those that did, best first with all
    certain_before: str  # how good the evidence is with all: high, medium, low; or empty
    certain_now: str  # the same with what is left
    own: int  # scores that are the editors' own, and stay
    of_scores: int  # known scores of the options compared
    disputed: tuple[str, ...]  # criteria that are disputed only by sources that are left out
    without_own: str  # the query that counts only what is left; empty where that is done


def trust_effect_of(view: View) -> TrustEffect | None:
    """Return what a view's trust did, or None where everything counts."""
    selection, scored, whole = view.selection, view.scored, view.with_all_sources
    if whole is None:
        return None
    before, now = scores_shown(whole.decision), scores_shown(view.decision)
    cells = [cell for (_, option), cell in scored.evidence.cells.items() if option in scored.named]
    known = [cell for cell in cells if cell.score is not None]
    own = sum(cell.basis == "editor" for cell in known)
    return TrustEffect(
        left_out=len(selection.distrust),
        moved=tuple(
            [
                ScoreThen(scored.named[option], shown, now[option], _between(shown, now[option]))
                for option, shown in before.items()
                if shown != now[option] and _has_moved(whole, view, option)
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
        # where only claims count, no score is the editors' own
        without_own=spell(scored.document, replace(selection, basis=CLAIMS)) if own else "",
    )


def _has_moved(whole: View, view: View, option: str) -> bool:
    """Return whether a score is another one, and has not only passed from one digit to the next by
    a hair (7.04 to 7.06).
    """
    before, now = (
        next(ranked.score for ranked in each.decision.options if ranked.option == option)
        for each in (whole, view)
    )
    return before is None or now is None or abs(now - before) >= SMALLEST_MOVE


def _between(before: str, now: str) -> str:
    return (
        f"{float(now) - float(before):+.1f}".replace("-", "\N{MINUS SIGN}")
        if before and now
        else ""
    )


def _certain(view: View) -> str:
    grade = certainty_of(view.decision, view.scored.backing)
    return grade.level if grade else ""
