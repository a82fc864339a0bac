"""What leaving sources or the editors' own scores out did: to the overall scores, to how good the
evidence is, and to how many scores it could not touch.
"""

from dataclasses import replace
from typing import NamedTuple

from comparison.core.decision import Decision
from comparison.core.rounding import TIED, points
from comparison.core.selection import CLAIMS, spell
from comparison.pages.comparison.answer.strength import EvidenceGrade, evidence_grade
from comparison.pages.option_marks import OptionName
from comparison.pages.standing import lead_of, scores_shown
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
    seen_from: str  # points, the last decimal of what is shown: 0.1, or 0.01
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
    digits = max(_digits(whole.decision), _digits(view.decision))
    moves = _moves(whole, view, digits)
    cells = [cell for (_, option), cell in scored.evidence.cells.items() if option in scored.named]
    known = [cell for cell in cells if cell.score is not None]
    own = sum(cell.basis == "editor" for cell in known)
    return TrustEffect(
        left_out=len(selection.distrust),
        moved=tuple([move for move in moves if move.before != move.now]),
        unseen=tuple([move.option for move in moves if move.before == move.now]),
        seen_from=f"{10**-digits:.{digits}f}",
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


def _moves(whole: View, view: View, digits: int) -> list[ScoreThen]:
    """Return every overall score that is another one, however little, best first with all."""
    befores, nows = (_shown(each.decision, digits) for each in (whole, view))
    exact = {ranked.option: ranked.score for ranked in view.decision.options}
    moves: list[ScoreThen] = []
    for ranked in whole.decision.options:
        option, before, now = ranked.option, ranked.score, exact[ranked.option]
        by = ""
        if before is not None and now is not None:
            if abs(now - before) <= TIED:
                continue
            by = points(abs(now - before), digits)
            if by[0].isdigit():  # no less than what is shown
                by = f"{float(nows[option]) - float(befores[option]):+.{digits}f}"
        if before is not None or now is not None:
            named = view.scored.named[option]
            moves.append(
                ScoreThen(named, befores[option], nows[option], by.replace("-", "\N{MINUS SIGN}"))
            )
    return moves


def _shown(decision: Decision, digits: int) -> dict[str, str]:
    """Return every overall score as it is shown, or with more decimals than that."""
    if _digits(decision) == digits:
        return scores_shown(decision)
    return {
        ranked.option: "" if ranked.score is None else f"{ranked.score:.{digits}f}"
        for ranked in decision.options
    }


def _digits(decision: Decision) -> int:
    shown = lead_of(decision)
    return shown.digits if shown else 1
