"""What decides it: each criterion's part in the margin, in points that add up as they are shown."""

from collections.abc import Mapping, Sequence
from math import fsum
from typing import NamedTuple

from markupsafe import Markup, escape

from comparison.core import charts
from comparison.core.decision import Margin
from comparison.core.rounding import adding_up, number
from comparison.pages.comparison.matrix.fragments import fragments_of
from comparison.pages.comparison.matrix.shown_rows import address_of_every_row, hidden_rows
from comparison.pages.option_marks import OptionName
from comparison.pages.view import View

MOST_PARTS = 6


class PartLine(NamedTuple):
    """One criterion's part in the margin, with everything to work it out again."""

    name: str  # of the criterion
    weight: str  # percent
    leader_score: str  # points, as shown; empty where unknown
    rival_score: str  # points, as shown; empty where unknown
    value: str  # points, with a sign: + for the leader


class GroupLine(NamedTuple):
    """A group's criteria together."""

    name: str  # of the group
    weight: str  # percent
    value: str  # points, with a sign: the sum of its parts as they are shown


class GroupSum(NamedTuple):
    """What a group of criteria gives to the margin."""

    group: str  # its slug
    points: str  # the sum of its parts as they are shown, without a sign
    option: OptionName  # whom it speaks for


class AllParts(NamedTuple):
    """Every part of the margin, and what they add up to."""

    bars: tuple[Markup, ...]  # those that are not 0 as they are shown, the largest first
    lines: tuple[PartLine, ...]  # the same, to work them out again
    none: tuple[str, ...]  # counted criteria without a part
    groups: tuple[GroupLine, ...]  # in editorial order
    enough: tuple[str, ...]  # the fewest criteria that alone outweigh all that speaks for the other
    level: tuple[str, ...]  # counted criteria on which all options are alike
    unknown: tuple[str, ...]  # counted criteria of which nobody knows anything


class LargestParts(NamedTuple):
    """The parts that decide it, and all others as one sum."""

    lines: tuple[Markup, ...]  # the largest, each with its bar
    rest: str  # all others as one sum, in points
    rest_option: OptionName | None  # whom that sum speaks for
    rest_count: int


def parts_shown(margin: Margin) -> list[float]:
    """Return the value of every part as it is shown, in editorial order; they add up to the margin
    as it is shown.
    """
    return adding_up([part.value for part in margin.parts])


def largest_first(shown: Sequence[float]) -> list[int]:
    """Return the places of the parts that are not 0 as they are shown, the largest first. What is
    shown as 0.00 decides nothing: it is no row, and none of "the others".
    """
    return sorted(
        [place for place, value in enumerate(shown) if value], key=lambda place: -abs(shown[place])
    )


def largest_parts(view: View, pair: Mapping[str, OptionName]) -> LargestParts:
    """Return the parts that decide it. pair: leader and rival in editorial order, by slug."""
    margin = view.margin
    if margin is None:
        return LargestParts((), f"{0:.2f}", None, 0)
    shown = parts_shown(margin)
    order = largest_first(shown)
    others = [shown[place] for place in order[MOST_PARTS:]]
    rest = fsum(others)
    return LargestParts(
        lines=_bars(view, margin, pair, shown, order[:MOST_PARTS], page=""),
        rest=f"{abs(rest):.2f}",
        rest_option=view.scored.named[margin.leader if rest >= 0 else margin.rival],
        rest_count=len(others),
    )


def _bars(
    view: View,
    margin: Margin,
    pair: Mapping[str, OptionName],
    shown: Sequence[float],
    chosen: Sequence[int],
    *,
    page: str,
) -> tuple[Markup, ...]:
    """Return some parts of the margin with their bars: the first of the pair points to the left,
    the second to the right.

    chosen: the places of the parts, in which order. page: where the rows are that are shown; empty
    on the page that shows them.
    """
    if not chosen:
        return ()
    sign = -1 if margin.leader == next(iter(pair)) else 1
    bars = charts.contribution_bars([sign * shown[place] for place in chosen])
    fragments, named, hidden = fragments_of(view.scored), view.scored.named, hidden_rows(view)
    is_some_hidden = any(margin.parts[place].criterion in hidden for place in chosen)
    every = escape(address_of_every_row(view)) if is_some_hidden else ""
    rows = []
    for place, bar in zip(chosen, bars, strict=True):
        part = margin.parts[place]
        slug = margin.leader if shown[place] >= 0 else margin.rival
        form = fragments.part(
            part.criterion,
            named[slug],
            assumed=part.leader_assumed or part.rival_assumed,
            disputed=part.criterion in view.unsettled,
        )
        # in ink beside its like
        form = form.replace(f'class="shape-{named[slug].slot}"', f'class="shape-{pair[slug].slot}"')
        place_of_row = every if part.criterion in hidden else escape(page)
        row = form % (place_of_row, bar.x, bar.width, f"{abs(shown[place]):.2f}")
        rows.append(Markup(row))  # noqa: S704  (an escaped address and numbers)
    return tuple(rows)


def group_sums(view: View) -> tuple[GroupSum, ...]:
    """Return what each group gives to the margin, in editorial order; groups without a criterion
    that counts are left out, and all of them where there is no margin.
    """
    margin = view.margin
    if margin is None:
        return ()
    sums: dict[str, float] = {}
    for part, value in zip(margin.parts, parts_shown(margin), strict=True):
        sums[part.group] = sums.get(part.group, 0) + value
    named = view.scored.named
    return tuple(
        GroupSum(group, f"{abs(value):.2f}", named[margin.leader if value >= 0 else margin.rival])
        for group, value in sums.items()
    )


def all_parts_of(view: View, pair: Mapping[str, OptionName]) -> AllParts | None:
    """Return every part of the margin, the largest first, and what they add up to; None where there
    is no margin. pair: leader and rival in editorial order, by slug.
    """
    decision, margin = view.decision, view.margin
    if margin is None:
        return None
    names = {slug: criterion.name for slug, criterion in view.scored.criteria.items()}
    groups = {group.slug: group.name for group in view.scored.document.groups}
    shown = parts_shown(margin)
    order = largest_first(shown)
    parts = list(zip(margin.parts, shown, strict=True))
    by_group: dict[str, list[float]] = {}
    for part, value in parts:
        by_group.setdefault(part.group, []).append(value)
    shares = dict(decision.group_shares)
    return AllParts(
        bars=_bars(view, margin, pair, shown, order, page=view.address),
        lines=tuple(
            PartLine(
                name=names[part.criterion],
                weight=_percent(
                    view.settings.importances[part.criterion] / decision.total_importance
                ),
                leader_score=number(part.leader_score),
                rival_score=number(part.rival_score),
                value=_signed(value),
            )
            for part, value in [parts[place] for place in order]
        ),
        none=tuple(names[part.criterion] for part, value in parts if not value),
        groups=tuple(
            GroupLine(groups[group], _percent(shares[group]), _signed(fsum(values)))
            for group, values in by_group.items()
        ),
        enough=tuple(names[part.criterion] for part in margin.enough()),
        level=tuple(names[slug] for slug in decision.does_not_separate),
        unknown=tuple(names[slug] for slug in decision.unknown_everywhere),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _signed(points: float) -> str:
    return f"{points:+.2f}".replace("-", "\N{MINUS SIGN}")
