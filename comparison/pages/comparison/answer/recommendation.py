"""The recommendation panel: who leads, by how much, why. Arithmetic is the engine's, words are the
templates'.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from markupsafe import Markup

from comparison.core import charts, decision_tree
from comparison.core.alterations import Alterations
from comparison.core.decision import EPS, Decision, Ranked
from comparison.core.rounding import Lead, lead, percent
from comparison.pages.comparison.answer.altered_lines import (
    AlteredLine,
    altered_lines_of,
    preset_of,
)
from comparison.pages.comparison.answer.arrangements import Arrangement, arrangements_of
from comparison.pages.comparison.answer.case_advice import CaseAdvice, case_advice_of
from comparison.pages.comparison.answer.strength import (
    EvidenceGrade,
    Firmness,
    evidence_grade,
    firmness,
)
from comparison.pages.comparison.answer.trust_effect import TrustEffect, trust_effect_of
from comparison.pages.comparison.matrix.parts import largest_parts
from comparison.pages.comparison.use_cases.dependence import dependence_of
from comparison.pages.option_marks import OptionName, beside
from comparison.pages.scored_release import ScoredRelease
from comparison.pages.standing import CasesByLeader, Dependence, Standing, scores_shown, standing
from comparison.pages.view import View

MOST_BARS = 5  # of more options the first four have one: the next line says how many there are
MARKED = 0.06  # of all use cases: the least whose piece of the bar has room for a mark
LETTERED = 0.12  # the same for a mark of letters


class ScoreBar(NamedTuple):
    """One option's overall score as a bar from 0 to 10."""

    option: OptionName  # whose score it is
    state: str  # verified, unverified, excluded, unrated
    score: str  # as shown; empty where there is none
    width: str  # percent
    gap_x: str  # percent; where the outlined piece from low to high begins; empty without gaps
    gap_width: str  # percent; empty without gaps
    low: str  # points, as shown; empty without gaps
    high: str  # points, as shown; empty without gaps


class PriceBar(NamedTuple):
    """The best overall score without the must-haves, or with them, as a bar from 0 to 10."""

    option: OptionName  # that would lead, or leads
    kept: bool  # it leads with the must-haves
    score: str  # as shown
    width: str  # percent


class CaseShare(NamedTuple):
    """The use cases in which one option leads, as a piece of a bar of all."""

    option: OptionName  # that leads in them
    x: str  # percent; where the piece begins
    width: str  # percent
    middle: str  # percent; the place of the option's mark, empty in a piece too narrow for it


@dataclass(frozen=True, slots=True)
class Excluded:
    """An option that fails must-haves, or one where it is not known whether it has them."""

    option: OptionName  # that it is said of
    must_haves: tuple[str, ...]  # their names


@dataclass(frozen=True, slots=True)
class Drop:
    """A must-have that can be dropped, and what that would do."""

    slug: str  # of its criterion
    name: str  # as readers are told it
    then: Standing  # who leads without it
    query: str  # the selection then


class NotSet(NamedTuple):
    """The option that the reader set against the leader, where the runner-up stands instead."""

    option: OptionName  # that was set against the leader
    why: str  # leads, excluded, unverified, unrated


class TreeLine(NamedTuple):
    """What the decision tree advises, beside what the scores say."""

    options: tuple[OptionName, ...]  # where the answers lead
    together: bool  # these are advised side by side, not one of them
    agreement: str  # blocked, same, overlap, different


class Results(NamedTuple):
    """The recommendation panel."""

    # leader, tie, no-criteria, none-qualifies, no-scores; with the next fields as in Standing
    state: str
    leaders: tuple[OptionName, ...]  # several tie; empty where nobody leads
    label: str  # how firmly the leader leads; empty without one
    margin: str  # points ahead of the runner-up; empty without one
    rival: OptionName | None  # the runner-up; None where there is none
    depends: Dependence | None  # the use case decides, and none is chosen; else None
    between: tuple[OptionName, ...]  # in editorial order; of a toss-up only
    recommended: bool  # the leader is recommended, not only first
    unverified: bool  # the leader has an open must-have
    situation: str  # completes "for ..."; empty without a use case
    is_case_chosen: bool  # by the reader; else it is the one that the editors start from
    altered: Alterations  # what the view leaves out and changes
    case_shares: tuple[CaseShare, ...]  # one for each that leads in a case; where it depends
    ranking: tuple[tuple[int, OptionName], ...]  # every ranked option; equal scores share a rank
    # the best first; the first of them, and whom the leader is set against
    bars: tuple[ScoreBar, ...]
    more_bars: int  # options that have no bar
    pair: tuple[OptionName, ...]  # whose parts point left and right
    against: OptionName | None  # whom the reader set against the leader; None: the runner-up
    not_set: NotSet | None  # whom the reader set against the leader in vain
    parts: tuple[Markup, ...]  # the largest, each with its bar
    rest: str  # all others as one sum, in points
    rest_option: OptionName | None  # whom that sum speaks for
    rest_count: int  # criteria in that sum
    sum: str  # of all parts, with a sign
    # percent of the leader's importance that rests on known scores; 100 only where all does
    coverage: str
    bounded: bool  # of some unknown score of the leader, bounds are known
    gaps_matter: bool  # on known scores alone another option would lead
    known_leaders: tuple[str, ...]  # names of those who then would
    differing: tuple[str, ...]  # names of the criteria on which tied options differ
    excluded: tuple[Excluded, ...]  # options that fail must-haves
    open: tuple[Excluded, ...]  # options of which it is not known whether they have every must-have
    # name of the option that must-haves keep from the lead; empty where they keep none
    price_option: str
    price: str  # points that it stands above the leader; empty where there is none
    price_bars: tuple[PriceBar, ...]  # the leader without the must-haves, and with them
    # must-haves without which another option would lead, or an only option would have a rival
    drops: tuple[Drop, ...]
    is_scored: bool  # some criterion can count; else all of them are words alone
    left_out: bool  # the reader leaves sources, or the editors' own scores, out
    tree: TreeLine | None  # where the answers to the questions lead, once they lead anywhere
    firm: Firmness | None  # how firmly the leader leads; None where there is nothing to say
    evidence: EvidenceGrade | None  # how good it is; None where nobody leads
    others: tuple[OptionName, ...]  # who does not lead, for "why not"
    trust_effect: TrustEffect | None  # what leaving sources out did; None where all count
    case_advice: CaseAdvice | None  # what the sources advise for the use case; None without one
    altered_lines: tuple[AlteredLine, ...]  # the first of what the view leaves out or changes
    preset: str  # the query of the same use case with nothing left out or changed
    arrangements: tuple[Arrangement, ...]  # of options of which one leads


def results_of(view: View) -> Results:
    """Return the panel of a view."""
    scored, decision, margin = view.scored, view.decision, view.margin
    count = len(decision.options)
    first = count if count <= MOST_BARS else MOST_BARS - 1
    barred = [
        option
        for place, option in enumerate(decision.options)
        if place < first or (margin and option.option == margin.rival)
    ]
    depends = dependence_of(view)
    named = _told_apart(view)
    # leader and rival in editorial order: the first one's parts point to the left
    pair = {
        slug: option
        for slug, option in (named.items() if margin else ())
        if margin and slug in (margin.leader, margin.rival)
    }
    who, scores, parts = (
        standing(named, decision),
        scores_shown(decision),
        largest_parts(view, pair),
    )
    leader = next((option for option in decision.options if option.rank == 1), None)
    price = _price_lead(decision)
    return Results(
        state=who.state,
        leaders=who.leaders,
        label=who.label,
        margin=who.margin,
        rival=who.rival,
        depends=depends,
        case_shares=_case_shares(named, depends.cases) if depends else (),
        between=who.between,
        recommended=decision.recommended is not None,
        unverified=leader is not None and leader.state == "unverified",
        situation=scored.situations.get(view.settings.use_case or "", ""),
        is_case_chosen=view.chosen_use_case is not None,
        altered=view.altered,
        ranking=tuple(
            [
                (option.rank, scored.named[option.option])
                for option in decision.options
                if option.rank is not None
            ]
        ),
        bars=tuple(
            [_bar(named[option.option], option, scores[option.option]) for option in barred]
        ),
        more_bars=count - len(barred),
        pair=tuple(pair.values()),
        against=named[margin.rival] if margin and margin is not decision.margin else None,
        not_set=_not_set(view),
        parts=parts.lines,
        rest=parts.rest,
        rest_option=parts.rest_option,
        rest_count=parts.rest_count,
        firm=firmness(view),
        evidence=evidence_grade(view),
        others=tuple(
            [
                scored.named[option.option]
                for option in decision.options[:MOST_BARS]
                if option.option not in decision.leaders
            ]
        ),
        arrangements=arrangements_of(view),
        trust_effect=trust_effect_of(view),
        case_advice=case_advice_of(view),
        altered_lines=altered_lines_of(view),
        preset=preset_of(view),
        sum=f"{margin.value:+.2f}" if margin else "",
        coverage=percent(leader.coverage) if leader else "",
        bounded=leader is not None
        and bool(scored.matrix.rows[scored.matrix.option_at[leader.option]].bounded),
        gaps_matter=decision.gaps_matter,
        known_leaders=tuple([scored.named[option].name for option in decision.known_leaders]),
        differing=tuple([scored.criteria[slug].name for slug in decision.differing]),
        excluded=tuple([_unfit(scored, option, slugs) for option, slugs in decision.failed]),
        open=tuple([_unfit(scored, option, slugs) for option, slugs in decision.open]),
        price_option=scored.named[decision.price.option].name if decision.price else "",
        price=price.margin if price else "",
        price_bars=_price_bars(view, named),
        drops=_drops(view) if decision.relaxations else (),
        is_scored=bool(scored.document.names.criteria),
        left_out=bool(view.selection.distrust) or scored.claims_only,
        tree=_tree(view) if view.selection.tree else None,
    )


def _not_set(view: View) -> NotSet | None:
    """Return whom the reader set against a leader that is not compared with it, and why not."""
    against, margin = view.selection.against, view.margin
    if against is None or margin is None or against == margin.rival:
        return None
    states = {option.option: option.state for option in view.decision.options}
    why = "leads" if against == margin.leader else states[against]
    return NotSet(view.scored.named[against], why)


def _drops(view: View) -> tuple[Drop, ...]:
    """Return each must-have without which another option would lead, or an only option would have a
    rival, and how that would stand.
    """
    selection, drops = view.selection, []
    has_no_rival = len(view.decision.leaders) == 1 and view.decision.margin is None
    for relaxation in view.decision.relaxations:
        if has_no_rival or relaxation.leaders != view.decision.leaders:
            slug = relaxation.must_have
            dropped = frozenset({slug})
            then = view.under(
                replace(selection, must=selection.must - dropped, waive=selection.waive | dropped)
            )
            drops.append(Drop(slug, view.scored.must_have_names[slug], then.standing, then.query))
    return tuple(drops)


def _tree(view: View) -> TreeLine | None:
    document = view.scored.document
    leaf = decision_tree.walk(document, view.selection.tree).leaf
    if leaf is None:
        return None
    advised = decision_tree.advised(document, leaf)
    options = tuple(option for option in view.scored.all_named if option.slug in advised)
    agreement = decision_tree.agreement(document, leaf, view.decision)
    return TreeLine(options, leaf.together, agreement)


def _told_apart(view: View) -> dict[str, OptionName]:
    """Return the options as the panel marks them: no two of those that it draws have one colour,
    unless they are in ink.
    """
    named, margin = view.scored.named, view.margin
    return beside(named, margin.leader, margin.rival) if margin else named


def _case_shares(named: Mapping[str, OptionName], cases: CasesByLeader) -> tuple[CaseShare, ...]:
    """Return a piece for each option, one after the other; of two, the second one's is at the end,
    so that what neither leads lies between them.
    """
    counts = [led.count for led in cases.led]
    whole = sum(counts) + cases.toss_ups + cases.ties + cases.undecided
    starts = [sum(counts[:place]) for place in range(len(counts))]
    if len(counts) == 2:
        starts[1] = whole - counts[1]
    return tuple(
        CaseShare(
            named[led.option.slug],
            charts.score_bar(10 * start / whole),
            charts.score_bar(10 * led.count / whole),
            charts.score_bar(10 * (start + led.count / 2) / whole)
            if led.count / whole >= (LETTERED if led.option.key else MARKED)
            else "",
        )
        for led, start in zip(cases.led, starts, strict=True)
    )


def _bar(name: OptionName, option: Ranked, shown: str) -> ScoreBar:
    score, low, high = option.score, option.low, option.high
    has_gap = low is not None and high is not None and high - low > EPS
    gap = charts.score_range(low or 0, high or 0) if has_gap else None
    return ScoreBar(
        option=name,
        state=option.state,
        score=shown,
        width=charts.score_bar(score) if score is not None else "0",
        gap_x=gap.x if gap else "",
        gap_width=gap.width if gap else "",
        low=f"{low:.1f}" if has_gap else "",
        high=f"{high:.1f}" if has_gap else "",
    )


def _price_lead(decision: Decision) -> Lead | None:
    """Return the best score without the must-haves, the leader's, and what lies between them as
    they are shown, or None where they cost nothing.
    """
    price, leaders = decision.price, decision.leaders
    if price is None or not leaders:
        return None
    score_of = {option.option: option.score or 0 for option in decision.options}
    return lead(score_of[price.option], score_of[leaders[0]])


def _price_bars(view: View, named: Mapping[str, OptionName]) -> tuple[PriceBar, ...]:
    """Return the best score without the must-haves and the leader's; nothing where they cost next
    to nothing, or nobody leads alone.
    """
    decision = view.decision
    price, leaders, shown = decision.price, decision.leaders, _price_lead(decision)
    if price is None or shown is None or len(leaders) != 1 or not round(price.lead, 1):
        return ()
    score_of = {option.option: option.score or 0 for option in decision.options}
    return tuple(
        PriceBar(named[option], kept, score, charts.score_bar(score_of[option]))
        for option, kept, score in (
            (price.option, False, shown.high),
            (leaders[0], True, shown.low),
        )
    )


def _unfit(scored: ScoredRelease, option: str, slugs: tuple[str, ...]) -> Excluded:
    names = tuple(scored.must_have_names[slug] for slug in slugs)
    return Excluded(scored.named[option], names)
