"""Why an option does not lead, and what would put it first."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

from comparison.core.decision import Margin, Part, why_not
from comparison.core.rounding import adding_up, number, points
from comparison.pages.comparison.page import ResultPage, result_page
from comparison.pages.comparison.trials import Trial, trial_of
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import ScoredRelease
from comparison.pages.standing import scores_shown
from comparison.pages.view import View


class WhySide(NamedTuple):
    """What speaks for an option, or against it."""

    # criterion, name, its score, the leader's, points
    lines: tuple[tuple[str, str, str, str, str], ...]
    sum: str  # of the points of all lines


@dataclass(frozen=True, kw_only=True)
class WhyNotPage(ResultPage):
    """Why one option does not lead."""

    option: OptionName  # the page is about it
    state: str  # verified, unverified, excluded, unrated
    leads: bool  # it leads after all, alone or in a tie
    leader: OptionName | None  # whom it is held against; None where nobody leads
    score: str  # its overall score as shown; empty where there is none
    margin: str  # points behind the leader; empty where there is no leader to compare with
    against: WhySide | None  # what speaks against it; None where there is no margin
    speaking: WhySide | None  # what speaks for it; None where there is no margin
    failed: tuple[str, ...]  # names of the must-haves that it does not meet
    open: tuple[str, ...]  # names of the must-haves of which it is not known
    openings: tuple[Trial, ...]  # single importances that would put it first


def why_not_page(view: View, option: str) -> WhyNotPage | None:
    """Return why an option does not lead, and what would put it first; None where there is no such
    option. An arrangement is ranked for that.
    """
    if option not in view.scored.described:
        return None
    if option not in view.scored.named:
        view = view.ranking(option)
    scored, decision = view.scored, view.decision
    reasons = why_not(scored.matrix, decision, option)
    margin, leads = reasons.margin, option in decision.leaders
    return WhyNotPage(
        **vars(result_page(view)),
        option=scored.named[option],
        state=reasons.state,
        leads=leads,
        leader=scored.named[reasons.leader] if reasons.leader else None,
        score=scores_shown(decision)[option],
        margin=points(abs(margin.value)) if margin else "",
        against=_side(scored, margin, margin.parts_for()) if margin else None,
        speaking=_side(scored, margin, margin.parts_against()) if margin else None,
        failed=tuple(scored.must_names[slug] for slug in reasons.failed),
        open=tuple(scored.must_names[slug] for slug in reasons.open),
        openings=tuple(
            trial_of(view, ((opening.criterion, opening.now, opening.whole),))
            for opening in reasons.openings
            if opening.whole is not None and not leads
        ),
    )


def _side(scored: ScoredRelease, margin: Margin, parts: Sequence[Part]) -> WhySide:
    """Return the parts of one side; rounded with those of the other, so that both sums give the
    margin that is shown.
    """
    values = adding_up([part.value for part in margin.parts])
    shown = {part.criterion: abs(value) for part, value in zip(margin.parts, values, strict=True)}
    return WhySide(
        lines=tuple(
            (
                part.criterion,
                scored.criteria[part.criterion].name,
                number(part.rival_score),
                number(part.leader_score),
                f"{shown[part.criterion]:.2f}",
            )
            for part in parts
            if shown[part.criterion]
        ),
        sum=f"{fsum(shown[part.criterion] for part in parts):.2f}",
    )
