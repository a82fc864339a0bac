"""Why an option does not lead, and what would put it first; of one that leads, why it does, and
what would make it lose.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

from comparison.core.decision import Decision, Margin, Part, why_not
from comparison.core.rounding import Lead, adding_up, lead, number
from comparison.pages.comparison.answer.trials import Trial, trial_of
from comparison.pages.comparison.page import FlipsPage, flips_page
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import ScoredRelease
from comparison.pages.standing import scores_shown
from comparison.pages.view import View


class WhySide(NamedTuple):
    """What speaks for an option, or against it."""

    # criterion, name, its score, the other's, points
    lines: tuple[tuple[str, str, str, str, str], ...]
    sum: str  # of the points of all lines


class Absent(NamedTuple):
    """An option that is no rival of the only one that is left, and why."""

    option: OptionName  # that is no rival
    state: str  # left out, excluded, unverified, unrated
    must_haves: tuple[str, ...]  # names of those that it fails, or that it may not have


@dataclass(frozen=True, kw_only=True)
class WhyNotPage(FlipsPage):
    """Why one option does not lead, or why it does."""

    option: OptionName  # the page is about it
    state: str  # verified, unverified, excluded, unrated
    leads: bool  # it leads, alone or in a tie
    # whom it is held against: the leader; the leader itself its rival; None where there is neither
    other: OptionName | None
    score: str  # its overall score as shown; empty where there is none
    margin: str  # points behind the leader; empty where there is no leader to compare with
    against: WhySide | None  # what speaks against it; None where there is no margin
    speaking: WhySide | None  # what speaks for it; None where there is no margin
    failed: tuple[str, ...]  # names of the must-haves that it does not meet
    open: tuple[str, ...]  # names of the must-haves of which it is not known
    openings: tuple[Trial, ...]  # single importances that would put it first
    absent: tuple[Absent, ...]  # of an only option left, why each other one is no rival


def why_not_page(view: View, option: str) -> WhyNotPage | None:
    """Return why an option does not lead, or why it does; None where there is no such option. An
    arrangement is ranked for that.
    """
    if option not in view.scored.described:
        return None
    if option not in view.scored.named:
        view = view.ranking(option)
    scored, decision = view.scored, view.decision
    reasons = why_not(scored.matrix, decision, option)
    leads = option in decision.leaders
    margin = view.margin if leads else reasons.margin
    other = (margin.rival if margin else None) if leads else reasons.leader
    ahead, behind = (
        (_side(scored, margin, is_ahead, own_is_ahead=leads) if margin else None)
        for is_ahead in (True, False)
    )
    shown = _lead_between(decision, option, other) if margin and other else None
    score = scores_shown(decision)[option]
    if shown:
        score = shown.high if leads else shown.low
    return WhyNotPage(
        **vars(flips_page(view)),
        option=scored.named[option],
        state=reasons.state,
        leads=leads,
        other=scored.named[other] if other else None,
        score=score,
        margin=shown.margin if shown else "",
        against=behind if leads else ahead,
        speaking=ahead if leads else behind,
        failed=tuple(scored.must_have_names[slug] for slug in reasons.failed),
        open=tuple(scored.must_have_names[slug] for slug in reasons.open),
        openings=tuple(
            trial_of(view, ((opening.criterion, opening.now, opening.whole),))
            for opening in reasons.openings
            if opening.whole is not None and not leads
        ),
        absent=_absent(view) if leads and margin is None and len(decision.leaders) == 1 else (),
    )


def _lead_between(decision: Decision, one: str, other: str) -> Lead:
    """Return the scores of two options and what lies between them, as they are shown."""
    scores = [ranked.score or 0 for ranked in decision.options if ranked.option in (one, other)]
    return lead(max(scores), min(scores))


def _absent(view: View) -> tuple[Absent, ...]:
    """Return why nobody is a rival of the only option that leads, in editorial order."""
    scored, decision = view.scored, view.decision
    states = {ranked.option: ranked.state for ranked in decision.options}
    missed = dict(decision.failed) | dict(decision.open)
    return tuple(
        Absent(
            named,
            states.get(named.slug, "left out") if named.slug in scored.named else "left out",
            tuple(scored.must_have_names[must] for must in missed.get(named.slug, ())),
        )
        for named in scored.all_named
        if named.slug in scored.document.names.compared or named.slug in scored.named
        if named.slug not in decision.leaders
    )


def _side(scored: ScoredRelease, margin: Margin, is_ahead: bool, *, own_is_ahead: bool) -> WhySide:
    """Return the parts of one side; rounded with those of the other, so that both sums give the
    margin that is shown.

    is_ahead: the parts for who is ahead; own_is_ahead: that is the option the page is about.
    """
    parts: Sequence[Part] = margin.parts_for() if is_ahead else margin.parts_against()
    values = adding_up([part.value for part in margin.parts])
    shown = {part.criterion: abs(value) for part, value in zip(margin.parts, values, strict=True)}
    lines = []
    for part in parts:
        scores = (number(part.leader_score), number(part.rival_score))
        own, other = scores if own_is_ahead else scores[::-1]
        name, part_points = scored.criteria[part.criterion].name, shown[part.criterion]
        if part_points:
            lines.append((part.criterion, name, own, other, f"{part_points:.2f}"))
    return WhySide(tuple(lines), sum=f"{fsum(shown[part.criterion] for part in parts):.2f}")
