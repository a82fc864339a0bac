"""How good the evidence is on which a lead rests: another question than how large the lead is, and
answered apart from it.

A clear win on one old vendor's claim is a strong preference of low certainty; a narrow one on
checked scores is a weak preference of high certainty. The rule, so that it can be done again by
hand; its numbers are the constants below, from which the page `/method/` prints them:

1. Each part of the margin rests on two cells, the leader's and the runner-up's. A cell starts at
   *high* and loses one level, or two, for each of the CONCERNS; nothing is below *low*.

   unknown        nobody knows the score: the neutral value was assumed
   unsupported    not checked, and no origin supports the score: the editors' own estimate
   derived        an editor read it up or measured it, but the score is a rating that no written
                  rule gives; ALONE if no origin supports it
   single         not checked, and one origin alone supports it; copies of one origin count once
   interested     not checked, and everybody who supports it has something to sell
   disputed       not checked, and an origin speaks against it; OUTVOTED if as many do as support it
   found wanting  not checked, and an editor found a claim behind it wrong or misleading
   old            what supports it was last said or read more than OLD months ago, or nobody knows
                  when

   Checked means that an editor read it up in primary documentation or measured it, and that the
   score follows from that: by a written rule, or two origins imply a score near it. That settles
   every doubt but age. An unknown or unsupported score has no age.
2. A part is as good as the weaker of its two cells, and weighs as much as it moves the margin:
   |part| / sum of all |parts|, for and against alike.
3. *low* if MOSTLY_LOW of the weight or more rests on low parts, or OUTWEIGHED more of it on low
   parts than on high ones; *high* if MOSTLY_HIGH or more rests on high ones; else *medium*.
4. Where MOSTLY_DISPUTED of the weight or more rests on cells that an origin speaks against, checked
   or not, it is at most *medium*.
5. Coverage, the lower of leader and runner-up: below LITTLE_COVERED it is *low* whatever the parts
   are, below WELL_COVERED at most *medium*.
6. Where nothing is ahead of anything, in a tie or for an only option left, each criterion is a part
   that rests on the cells of those who lead and weighs as much as its importance.
7. Whoever leaves sources out is no surer for it: the level is at most what it is with all of them.

Refuses to read sources, dates or a clock (whoever asks knows the day), and to move a score. Source:
Guyatt et al. 2008, GRADE: an emerging consensus on rating quality of evidence and strength of
recommendations, BMJ 336:924 (two separate grades; start high, go down for stated concerns). The
numbers are ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from typing import Literal, NamedTuple

from comparison.core.decision.ranking import EPS
from comparison.core.decision.result import Decision

OLD = 24  # months
MOSTLY_DISPUTED = 0.5  # share of the weight that keeps the whole from being high
MOSTLY_LOW, MOSTLY_HIGH = 0.5, 0.75  # shares of the weight
OUTWEIGHED = 0.25  # by this share of the weight low parts have to exceed high ones
LITTLE_COVERED, WELL_COVERED = 0.5, 0.8  # shares of the importance that rest on known scores

Level = Literal["high", "medium", "low"]
Concern = Literal[
    "unknown",
    "unsupported",
    "derived",
    "single",
    "interested",
    "disputed",
    "found wanting",
    "old",
    "coverage",
]

LEVELS: tuple[Level, ...] = ("high", "medium", "low")
LOWEST = len(LEVELS) - 1  # levels that a cell can lose
# levels that each costs, in the order of the rule; little coverage costs no cell any
CONCERNS: dict[Concern, int] = {
    "unknown": 2,
    "unsupported": 2,
    "derived": 1,
    "single": 1,
    "interested": 1,
    "disputed": 1,
    "found wanting": 2,
    "old": 1,
}
ALONE = 2  # levels that "derived" costs where no origin supports the score
OUTVOTED = 2  # levels that "disputed" costs where as many speak against a score as support it


@dataclass(frozen=True)
class Backing:
    """What stands behind one known score. By default an editor's estimate that nobody supports."""

    # read up in primary documentation or measured, and the score follows from that: by a written
    # rule, or two origins imply about the same
    checked: bool = False
    derived: bool = False  # read up or measured, and the score is what the editors made of it
    support: int = 0  # origins whose claims support the score; copies of one origin count once
    against: int = 0  # origins whose claims speak against it
    harsh: int = 0  # claims behind it that an editor found wrong or misleading
    # months since its newest check, or its newest supporting claim; None = undated
    age: float | None = None
    interested: bool = False  # every origin that supports it has something to sell

    @cached_property
    def concerns(self) -> "dict[Concern, int]":
        """What speaks against trusting the score, worked out once: a cell is asked for on every
        request.
        """
        return concerns(self)

    @cached_property
    def lost(self) -> int:
        """How many levels the score is below *high*: 0, 1 or 2."""
        return lost_by(self.concerns)


class Reason(NamedTuple):
    """One concern, how much of what decides it touches, and where."""

    concern: Concern
    # 0..1 of the margin's weight; for "coverage" the share of the importance that is not covered
    share: float
    # criterion, option; in editorial order, leader first; empty for "coverage"
    cells: tuple[tuple[str, str], ...]


class Certainty(NamedTuple):
    """How good the evidence is that carries a margin."""

    level: Level
    # high, medium, low: the share of the margin's weight on such parts; sums to 1
    shares: tuple[tuple[Level, float], ...]
    reasons: tuple[Reason, ...]  # every concern that touches something, largest share first


def certainty_of(
    decision: Decision, backing: Mapping[tuple[str, str], Backing], at_most: Level = "high"
) -> Certainty | None:
    """Return how good the evidence is behind the margin of a decision, by the rule at the top of
    this module.

    decision: made with its details. backing: (criterion, option) -> what stands behind the score; a
    known score left out is the editors' own estimate. at_most: the level with every source counted,
    where some are left out. None if nobody leads, or nothing is counted.
    Reasons of equal share stay in the order of the rule. A part of 0 weighs nothing and gives no
    reason.
    """
    parts = _parts(decision, backing)
    if not parts:
        return None
    weights: tuple[list[float], ...] = ([], [], [])  # by levels lost
    against: list[float] = []  # weights of the parts with a cell that is disputed
    touched: dict[Concern, list[tuple[float, tuple[tuple[str, str], ...]]]] = {}
    for part in parts:
        behind = [backed_by for _, backed_by in part.behind]
        weights[max([backed_by.lost for backed_by in behind])].append(part.weight)
        if any(backed_by.against for backed_by in behind):
            against.append(part.weight)
        for concern in {concern: None for each in behind for concern in each.concerns}:
            cells = [(part.criterion, who) for who, each in part.behind if concern in each.concerns]
            touched.setdefault(concern, []).append((part.weight, tuple(cells)))
    shares = {
        level: fsum(level_weights) for level, level_weights in zip(LEVELS, weights, strict=True)
    }
    disputed = fsum(against)
    coverages = {ranked.option: ranked.coverage for ranked in decision.options}
    coverage = min([coverages[who] for who, _ in parts[0].behind])
    reasons = [
        Reason(
            concern,
            fsum([weight for weight, _ in lines]),
            tuple([cell for _, cells in lines for cell in cells]),
        )
        for concern, lines in touched.items()
    ]
    is_disputed = disputed >= MOSTLY_DISPUTED - EPS
    if is_disputed and "disputed" not in touched:
        reasons.append(Reason("disputed", disputed, ()))
    if coverage < WELL_COVERED:
        reasons.append(Reason("coverage", 1 - coverage, ()))
    return Certainty(
        level=max(at_most, _level(shares, coverage, is_disputed=is_disputed), key=LEVELS.index),
        shares=tuple(shares.items()),
        reasons=tuple(
            sorted(reasons, key=lambda reason: (-reason.share, _ORDER.index(reason.concern)))
        ),
    )


def concerns(backing: Backing | None) -> dict[Concern, int]:
    """Return what speaks against trusting one score, and how many levels each costs. None = the
    score is unknown.
    """
    if backing is None:
        return {"unknown": CONCERNS["unknown"]}
    costs: dict[Concern, int] = {}
    if backing.derived and not backing.checked:
        costs["derived"] = CONCERNS["derived"] if backing.support else ALONE
    elif not backing.checked:
        if not backing.support:
            costs["unsupported"] = CONCERNS["unsupported"]
        if backing.support == 1:
            costs["single"] = CONCERNS["single"]
        if backing.support and backing.interested:
            costs["interested"] = CONCERNS["interested"]
        if backing.against:
            costs["disputed"] = (
                OUTVOTED if backing.against >= backing.support else CONCERNS["disputed"]
            )
        if backing.harsh:
            costs["found wanting"] = CONCERNS["found wanting"]
    if (backing.checked or backing.derived or backing.support) and (
        backing.age is None or backing.age > OLD
    ):
        costs["old"] = CONCERNS["old"]
    return costs


def lost_by(costs: Mapping[Concern, int]) -> int:
    """Return how many levels a score loses by some concerns together: 0, 1 or 2, for nothing is
    below *low*.
    """
    return min(LOWEST, sum(costs.values()))


class _Part(NamedTuple):
    """What one criterion decides, and what that rests on."""

    weight: float  # 0..1
    criterion: str
    behind: tuple[tuple[str, Backing], ...]  # option, and what stands behind its score


def _parts(decision: Decision, backing: Mapping[tuple[str, str], Backing]) -> list[_Part]:
    """Return what decides: the parts of the margin, or, where there is none, all that counts for
    those who lead.
    """

    def behind(criterion: str, option: str, *, is_known: bool) -> tuple[str, Backing]:
        known = backing.get((criterion, option), _UNBACKED)
        return option, known if is_known else _UNKNOWN

    margin = decision.margin
    if margin:
        whole = fsum([abs(part.value) for part in margin.parts])
        return [
            _Part(
                abs(part.value) / whole,
                part.criterion,
                (
                    behind(part.criterion, margin.leader, is_known=not part.leader_assumed),
                    behind(part.criterion, margin.rival, is_known=not part.rival_assumed),
                ),
            )
            for part in margin.parts
            if part.value
        ]
    if not decision.leaders:
        return []
    gaps = {(missing.criterion, missing.option) for missing in decision.missing_scores}
    return [
        _Part(
            importance / decision.total_importance,
            criterion,
            tuple(
                [
                    behind(criterion, leader, is_known=(criterion, leader) not in gaps)
                    for leader in decision.leaders
                ]
            ),
        )
        for criterion, importance in decision.importances
    ]


class _Unknown(Backing):
    """No score at all, and so nothing behind one."""

    @cached_property
    def concerns(self) -> dict[Concern, int]:
        return concerns(None)


_UNKNOWN, _UNBACKED = _Unknown(), Backing()
_ORDER: tuple[Concern, ...] = (*CONCERNS, "coverage")


def _level(shares: Mapping[Level, float], coverage: float, *, is_disputed: bool) -> Level:
    is_mostly_low = shares["low"] >= MOSTLY_LOW - EPS
    is_outweighed = shares["low"] - shares["high"] >= OUTWEIGHED - EPS
    if is_mostly_low or is_outweighed or coverage < LITTLE_COVERED:
        return "low"
    if shares["high"] >= MOSTLY_HIGH - EPS and coverage >= WELL_COVERED and not is_disputed:
        return "high"
    return "medium"
