"""Decision -> who leads, by how much and how firmly: one record for every place that names a
result, so that none can say who is ahead without saying how surely.

The words are those of `templates/macros/headline.html`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from comparison.core.decision import Decision
from comparison.core.rounding import Lead, lead
from comparison.pages.option_marks import OptionName

MOST_NAMED = 3  # contenders of a toss-up


@dataclass(frozen=True, slots=True)
class LedCases:
    """In how many use cases an option leads."""

    option: OptionName  # that leads in some
    count: int  # of the use cases in which it does, toss-ups left out


@dataclass(frozen=True, slots=True)
class CasesByLeader:
    """Of several use cases, who leads in how many."""

    led: tuple[LedCases, ...]  # most first; an option that leads in none is left out
    toss_ups: int  # use cases that are one
    ties: int  # use cases in which several come out equal
    undecided: int  # use cases in which nobody leads


@dataclass(frozen=True, slots=True)
class Dependence:
    """The use cases disagree, and none is chosen: nobody is the winner of all of them."""

    cases: CasesByLeader  # who leads in how many
    situation: str  # of the default use case, completes "for ..."; empty where none is in force


@dataclass(frozen=True, slots=True)
class Standing:
    """Who leads, in as few words as it takes."""

    state: str  # leader, tie, no-criteria, none-qualifies, no-scores
    leaders: tuple[OptionName, ...]  # several tie; empty where nobody leads
    label: str  # the engine's; empty where nobody leads
    margin: str  # points; empty where there is no rival
    rival: OptionName | None  # the runner-up; None where there is none
    between: tuple[OptionName, ...]  # best first; of a toss-up only
    # that it depends on the use case, for what names the default view; None elsewhere
    depends: Dependence | None = None


def standing(named: Mapping[str, OptionName], decision: Decision) -> Standing:
    """Return who leads. named: the options compared, by slug; decision: a decision with
    its details.
    """
    margin, shown = decision.margin, lead_of(decision)
    return Standing(
        state="tie"
        if decision.label == "tie"
        else "leader"
        if decision.leaders
        else decision.state,
        leaders=tuple(named[option] for option in decision.leaders),
        label=decision.label or "",
        margin=shown.margin if shown else "",
        rival=named[margin.rival] if margin else None,
        between=_between(named, decision),
    )


def lead_of(decision: Decision) -> Lead | None:
    """Return the first two scores and what lies between them as they are shown, or None where there
    is no margin.
    """
    first, second = decision.options[:2] if decision.margin else (None, None)
    return lead(first.score or 0, second.score or 0) if first and second else None


def scores_shown(decision: Decision) -> dict[str, str]:
    """Return every option's overall score as it is shown, all with as many decimals; empty where
    there is none.

    Whoever comes second is as far behind as the lead says; nobody after it is shown above it.
    """
    shown = lead_of(decision)
    digits = shown.digits if shown else 1
    return {
        option.option: ""
        if option.score is None
        else shown.low
        if shown and option.rank == 2
        else f"{min(option.score, float(shown.low)):.{digits}f}"
        if shown and option.rank and option.rank > 2 and option.state == decision.options[1].state
        else f"{option.score:.{digits}f}"
        for option in decision.options
    }


def _between(named: Mapping[str, OptionName], decision: Decision) -> tuple[OptionName, ...]:
    """Return whom a toss-up is between: the contenders, or the runner-up alone where many share the
    chance.
    """
    margin, sure = decision.margin, decision.confidence
    if margin is None or sure is None or decision.label != "toss-up":
        return ()
    rivals = sure.contenders[:MOST_NAMED] or (margin.rival,)
    return tuple([named[slug] for slug in (margin.leader, *rivals)])
