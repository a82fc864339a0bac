"""What leaving sources or the editors' own scores out did: to the overall scores, to how good the
evidence is, and to how many scores it could not touch.
"""

from dataclasses import replace
from typing import NamedTuple

from comparison.core.rounding import TIED, points
from comparison.core.selection import CLAIMS, spell
from comparison.pages.comparison.answer.strength import EvidenceGrade, evidence_grade
from comparison.pages.option_marks import OptionName
from comparison.pages.standing import scores_shown
from comparison.pages.view import View


class ScoreThen(NamedTuple):
    """An option's overall score with all sources, and with those that are left."""

    option: OptionName  # that is compared
    before: str  # with all; empty where there is none
    now: str  # with those that are left; empty where there is none
    # how far it moved: with its sign, or "less than 0.1"; empty where it was or is none
    by: str


class TrustEffect(NamedTuple):
    """What a reader's trust did, against counting everything."""

    left_out: int  # sources
    # of the overall scores those that are shown as another number, best first with all
    moved: tuple[ScoreThen, ...]
    unseen: tuple[OptionName, ...]  # whose score moved by less than can be seen in it
    evidence_before: EvidenceGrade | None  # how good it is with all; None where nobody leads
    evidence_now: EvidenceGrade | None  # the same with what is left
    own: int  # scores that are the editors' own, and stay
    of_scores: int  # known scores of the options compared
    disputed: tuple[str, ...]  # criteria that are disputed only by sources that are left out
    without_own: str  # the query that counts only what is left; empty where that is done


def trust_effect_of(view: View) -> TrustEffect | None:
    """Return what a view's trust did, or None where everything counts."""
    selection, scored, whole = view.selection, view.scored, view.with_all_sources
    if whole is None:
        return None
    moves = _moves(whole, view)
    cells = [cell for (_, option), cell in scored.evidence.cells.items() if option in scored.named]
    known = [cell for cell in cells if cell.score is not None]
    own = sum(cell.basis == "editor" for cell in known)
    return TrustEffect(
        left_out=len(selection.distrust),
        moved=tuple([move for move in moves if move.before != move.now]),
        unseen=tuple([move.option for move in moves if move.before == move.now]),
        evidence_before=evidence_grade(whole),
        evidence_now=evidence_grade(view),
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


def _moves(whole: View, view: View) -> list[ScoreThen]:
    """Return every overall score that is another one, however little, best first with all."""
    shown, shown_now = scores_shown(whole.decision), scores_shown(view.decision)
    exact = {ranked.option: ranked.score for ranked in view.decision.options}
    moves: list[ScoreThen] = []
    for ranked in whole.decision.options:
        option, before = ranked.option, ranked.score
        now, by = exact[option], ""
        if before is not None and now is not None:
            if abs(now - before) <= TIED:
                continue
            by = _between(shown[option], shown_now[option], now - before)
        if before is not None or now is not None:
            moves.append(ScoreThen(view.scored.named[option], shown[option], shown_now[option], by))
    return moves


def _between(before: str, now: str, exact: float) -> str:
    """Return how far a score moved as it is shown; one that has only passed from one digit to the
    next by a hair (7.04 to 7.06) moved by less than that.
    """
    by_a_hair = points(abs(exact))
    if not by_a_hair[0].isdigit():
        return by_a_hair
    return f"{float(now) - float(before):+.1f}".replace("-", "\N{MINUS SIGN}")
