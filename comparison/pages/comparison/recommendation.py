"""The recommendation panel: who leads, by how much, why. Arithmetic is the engine's, words are the
templates'.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import NamedTuple

from markupsafe import Markup

from comparison.core import charts, decision_tree
from comparison.core.alterations import Alterations, alterations
from comparison.core.decision import EPS, Decision, Ranked, decide
from comparison.core.rounding import adding_up, number, percent, points
from comparison.core.selection import NO_USE_CASE, Selection, canonical, spell, use_case_of
from comparison.core.selection import Settings as Asked
from comparison.pages import option_marks
from comparison.pages.comparison.strength import Firmness, firmness
from comparison.pages.comparison.trials import Flips, flips
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import ScoredRelease
from comparison.pages.standing import Standing, scores_shown, standing

MOST_BARS = 5
MOST_PARTS = 6


class ScoreBar(NamedTuple):
    """One option's overall score as a bar from 0 to 10."""

    option: OptionName
    state: str  # verified, unverified, excluded, unrated
    score: str  # as shown; empty where there is none
    width: str  # percent
    gap_x: str  # percent; where the outlined piece from low to high begins; empty without gaps
    gap_width: str
    low: str
    high: str


class PartLine(NamedTuple):
    """One criterion's part in the margin, with everything to work it out again."""

    slug: str
    name: str
    weight: str  # percent
    leader_score: str
    rival_score: str
    value: str  # points, with a sign: + for the leader


class GroupLine(NamedTuple):
    """A group's criteria together."""

    name: str
    weight: str  # percent
    value: str  # points, with a sign: the sum of its parts as they are shown


@dataclass(frozen=True, slots=True)
class Excluded:
    """An option that fails must-haves, or one where it is not known whether it has them."""

    option: OptionName
    musts: tuple[str, ...]
    slugs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drop:
    """A must-have whose removal would let an option lead."""

    slug: str
    name: str
    then: Standing
    query: str  # the selection then


class TreeLine(NamedTuple):
    """What the decision tree advises, beside what the scores say."""

    options: tuple[OptionName, ...]
    together: bool
    agreement: str  # blocked, same, overlap, different


class AllParts(NamedTuple):
    """Every part of the margin, and what they add up to."""

    lines: tuple[PartLine, ...]  # those that are not 0 as they are shown
    none: tuple[str, ...]  # counted criteria without a part
    groups: tuple[GroupLine, ...]
    enough: tuple[str, ...]  # the fewest criteria that alone outweigh all that speaks for the other
    level: tuple[str, ...]  # counted criteria on which all options are alike
    unknown: tuple[str, ...]  # counted criteria of which nobody knows anything


class Results(NamedTuple):
    """The recommendation panel."""

    # leader, tie, no-criteria, none-qualifies, no-scores; with the next fields as in Standing
    state: str
    leaders: tuple[OptionName, ...]
    label: str
    margin: str
    rival: OptionName | None
    between: tuple[OptionName, ...]
    recommended: bool  # the leader is recommended, not only first
    unverified: bool  # the leader has an open must-have
    situation: str  # completes "for ..."; empty without a use case
    altered: Alterations  # what the view leaves out and changes
    ranking: tuple[tuple[int, OptionName], ...]  # every ranked option; equal scores share a rank
    bars: tuple[ScoreBar, ...]
    more_bars: int
    pair: tuple[OptionName, ...]  # whose parts point left and right
    parts: tuple[Markup, ...]  # the largest, each with its bar
    rest: str  # all others as one sum, in points
    rest_option: OptionName | None  # whom that sum speaks for
    rest_count: int
    all_parts: AllParts | None  # only where every part is asked for
    sum: str  # of all parts, with a sign
    # percent of the leader's importance that rests on known scores; 100 only where all does
    coverage: str
    bounded: bool  # of some unknown score of the leader, bounds are known
    gaps_matter: bool
    known_leaders: tuple[str, ...]
    differing: tuple[str, ...]  # names of the criteria on which tied options differ
    excluded: tuple[Excluded, ...]
    open: tuple[Excluded, ...]
    price_option: str
    price: str
    drops: tuple[Drop, ...]
    left_out: bool  # the reader leaves sources, or the editors' own scores, out
    tree: TreeLine | None  # where the answers to the questions lead, once they lead anywhere
    use: str  # the use case in force, or "none"
    has_musts: bool  # the comparison offers must-haves
    firm: Firmness | None
    flips: Flips | None  # only where they are asked for
    others: tuple[OptionName, ...]  # who does not lead, for "why not"


def results_of(
    scored: ScoredRelease,
    selection: Selection,
    asked: Asked,
    verdict: Decision,
    every_part: bool,
    with_flips: bool,
) -> Results:
    """Return the panel of a decision. every_part, with_flips: what is only shown once it is opened."""
    document, margin = scored.document, verdict.margin
    use = use_case_of(document, selection)
    named = (
        option_marks.beside(scored.named, margin.leader, margin.rival) if margin else scored.named
    )
    who, scores = standing(named, verdict), scores_shown(verdict)
    shown = adding_up([part.value for part in margin.parts]) if margin else []
    # What is shown as 0.00 decides nothing: it is no row, and none of "the others".
    largest = sorted(
        (at for at, value in enumerate(shown) if value), key=lambda at: -abs(shown[at])
    )
    others = [shown[at] for at in largest[MOST_PARTS:]]
    musts = scored.must_names
    leader = next((option for option in verdict.options if option.rank == 1), None)
    return Results(
        state=who.state,
        leaders=who.leaders,
        label=who.label,
        margin=who.margin,
        rival=who.rival,
        between=who.between,
        recommended=verdict.recommended is not None,
        unverified=leader is not None and leader.state == "unverified",
        situation=scored.situations.get(use or "", ""),
        altered=alterations(document, selection),
        ranking=tuple(
            (option.rank, scored.named[option.option])
            for option in verdict.options
            if option.rank is not None
        ),
        bars=tuple(
            _bar(named[option.option], option, scores[option.option])
            for option in verdict.options[:MOST_BARS]
        ),
        more_bars=max(0, len(verdict.options) - MOST_BARS),
        pair=_pair(named, verdict),
        parts=_bars_of_parts(scored, named, verdict, shown, largest[:MOST_PARTS]),
        rest=f"{abs(fsum(others)):.2f}",
        rest_option=_speaks_for(scored, verdict, fsum(others)),
        rest_count=len(others),
        all_parts=_all_parts(scored, asked, verdict, shown) if every_part else None,
        use=use or NO_USE_CASE,
        has_musts=bool(scored.musts),
        firm=firmness(scored, selection, verdict),
        flips=flips(scored, selection, verdict) if with_flips else None,
        others=tuple(
            scored.named[o.option]
            for o in verdict.options[:MOST_BARS]
            if o.option not in verdict.leaders
        ),
        sum=f"{margin.value:+.2f}" if margin else "",
        coverage=percent(leader.coverage) if leader else "",
        bounded=leader is not None
        and bool(scored.matrix.rows[scored.matrix.option_at[leader.option]].bounded),
        gaps_matter=verdict.gaps_matter,
        known_leaders=tuple(scored.named[option].name for option in verdict.known_leaders),
        differing=tuple(scored.criteria[slug].name for slug in verdict.differing),
        excluded=tuple(_unfit(scored, option, slugs, musts) for option, slugs in verdict.failed),
        open=tuple(_unfit(scored, option, slugs, musts) for option, slugs in verdict.open),
        price_option=scored.named[verdict.price.option].name if verdict.price else "",
        price=points(verdict.price.lead) if verdict.price else "",
        drops=_drops(scored, selection, asked, verdict),
        left_out=bool(selection.distrust) or scored.claims_only,
        tree=_tree(scored, selection, verdict) if selection.tree else None,
    )


def _drops(
    scored: ScoredRelease, selection: Selection, asked: Asked, verdict: Decision
) -> tuple[Drop, ...]:
    """Return each must-have without which another option would lead, and how that would stand."""
    dropped = []
    for found in verdict.relaxations:
        if found.leaders != verdict.leaders:
            kept = [
                requirement
                for requirement in asked.requirements
                if requirement.id != found.requirement
            ]
            then = decide(scored.matrix, asked.weights, requirements=kept, changes=False)
            name = scored.must_names[found.requirement]
            gone = frozenset({found.requirement})
            less = replace(selection, must=selection.must - gone, waive=selection.waive | gone)
            query = spell(scored.document, canonical(scored.document, less))
            dropped.append(Drop(found.requirement, name, standing(scored.named, then), query))
    return tuple(dropped)


def _tree(scored: ScoredRelease, selection: Selection, verdict: Decision) -> TreeLine | None:
    document = scored.document
    leaf = decision_tree.walk(document, selection.tree).leaf
    if leaf is None:
        return None
    meant = decision_tree.advised(document, leaf)
    options = tuple(option for option in scored.all_named if option.slug in meant)
    return TreeLine(options, leaf.together, decision_tree.agreement(document, leaf, verdict))


def _pair(
    named: dict[str, option_marks.OptionName], verdict: Decision
) -> tuple[option_marks.OptionName, ...]:
    """Return leader and runner-up in editorial order: the first one's parts point to the left."""
    if verdict.margin is None:
        return ()
    return tuple(
        option
        for option in named.values()
        if option.slug in (verdict.margin.leader, verdict.margin.rival)
    )


def _bar(name: option_marks.OptionName, option: Ranked, shown: str) -> ScoreBar:
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


def _speaks_for(
    scored: ScoredRelease, verdict: Decision, value: float
) -> option_marks.OptionName | None:
    """Return whom a part of the margin speaks for: the leader from 0 upwards, else the runner-up."""
    margin = verdict.margin
    return scored.named[margin.leader if value >= 0 else margin.rival] if margin else None


def _bars_of_parts(
    scored: ScoredRelease,
    named: dict[str, option_marks.OptionName],
    verdict: Decision,
    shown: Sequence[float],
    chosen: Sequence[int],
) -> tuple[Markup, ...]:
    """Return some parts of the margin with their bars: the first of the pair points to the left,
    the second to the right.

    shown: the value of every part as it is shown, in editorial order. chosen: which of them, in
    which order.
    """
    margin = verdict.margin
    if margin is None or not chosen:
        return ()
    leader, rival = named[margin.leader], named[margin.rival]
    sign = 1 if leader is not _pair(named, verdict)[0] else -1
    bars = charts.contribution_bars([sign * shown[at] for at in chosen])
    rows = []
    for at, bar in zip(chosen, bars, strict=True):
        part, option = margin.parts[at], leader if shown[at] >= 0 else rival
        form = scored.part_forms[
            part.criterion, option.slug, part.leader_assumed or part.rival_assumed
        ]
        # in ink beside its like
        form = form.replace(f'class="s{scored.named[option.slug].slot}"', f'class="s{option.slot}"')
        rows.append(Markup(form % (bar.x, bar.width, f"{abs(shown[at]):.2f}")))  # noqa: S704  (numbers into a rendered template)
    return tuple(rows)


def _all_parts(
    scored: ScoredRelease, asked: Asked, verdict: Decision, shown: Sequence[float]
) -> AllParts | None:
    """Return every part of the margin in editorial order, and what they add up to; None where there
    is no margin.
    """
    margin = verdict.margin
    if margin is None:
        return None
    names = {slug: criterion.name for slug, criterion in scored.criteria.items()}
    groups = {group.slug: group.name for group in scored.document.groups}
    by_group: dict[str, list[float]] = {}
    for part, value in zip(margin.parts, shown, strict=True):
        by_group.setdefault(part.group, []).append(value)
    shares = dict(verdict.group_shares)
    return AllParts(
        lines=tuple(
            PartLine(
                slug=part.criterion,
                name=names[part.criterion],
                weight=f"{100 * asked.weights[part.criterion] / verdict.total_importance:.1f}",
                leader_score=number(part.leader_score),
                rival_score=number(part.rival_score),
                value=_signed(value),
            )
            for part, value in zip(margin.parts, shown, strict=True)
            if value
        ),
        none=tuple(
            names[part.criterion]
            for part, value in zip(margin.parts, shown, strict=True)
            if not value
        ),
        groups=tuple(
            GroupLine(groups[group], f"{100 * shares[group]:.1f}", _signed(fsum(values)))
            for group, values in by_group.items()
        ),
        enough=tuple(names[part.criterion] for part in margin.enough()),
        level=tuple(names[slug] for slug in verdict.does_not_separate),
        unknown=tuple(names[slug] for slug in verdict.unknown_everywhere),
    )


def _signed(points: float) -> str:
    return f"{points:+.2f}".replace("-", "\N{MINUS SIGN}")


def _unfit(
    scored: ScoredRelease, option: str, slugs: tuple[str, ...], musts: dict[str, str]
) -> Excluded:
    return Excluded(scored.named[option], tuple(musts[slug] for slug in slugs), slugs)
