"""Where leads stand in the plot of the use cases: one scale for all its lines, the mark of each,
and the marks of a family in one picture.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from comparison.pages.comparison.use_cases.leaders import UseCaseRow
from comparison.pages.option_marks import OptionName

ROOM = 14  # percent of the plot's width beyond a longest lead, for its number
ONE_SIDED_ROOM = 20  # the same in a plot of one side, which is narrower
STEP = 11  # pixels from one mark of a stack to the next: none is higher
LINE = 20  # pixels of the picture of a line
STRIP = 18  # pixels from one option's marks in the picture of a family to the next one's
BAND = 3  # percent: in the picture of a family with two sides marks stand in bands of that width
APART = 6  # percent between two marks of a row in a picture of one side
LETTERED_APART = 15  # the same between marks of letters
NARROWEST = 190  # pixels of a plot of one side, at least
LETTER = 6.5  # pixels of a letter of a name in it, about


@dataclass(frozen=True, slots=True)
class Dot:
    """A result's place in the plot."""

    x: str  # of its mark, percent of the plot's width
    y: int  # of its mark, pixels from the top
    is_left: bool  # of the zero line in the middle, so its number stands on the mark's left
    lead: str  # points, with one decimal
    option: OptionName | None  # that leads; None for a toss-up or a tie: the mark is hollow


@dataclass(frozen=True, slots=True)
class MarkName:
    """The name of an option beside its marks in the picture of a family."""

    x: str  # of the mark beside which it stands, percent of the plot's width
    y: int  # of that mark, pixels from the top
    is_left: bool  # of that mark
    name: str  # of the option


@dataclass(frozen=True, slots=True)
class FamilyPicture:
    """The results of a family in one picture."""

    dots: tuple[Dot, ...]  # one for each
    names: tuple[MarkName, ...]  # beside them; none where two options have a side each
    height: int  # pixels


class Scale(NamedTuple):
    """The scale that all lines of a plot share, from the longest lead of the one side to that of
    the other.
    """

    zero: float  # its place, percent of the plot's width
    a_point: float  # percent
    left: float  # points of the longest lead on the left; 0 without one
    right: float  # the same on the right

    def place(self, lead: float) -> str:
        """Return the place of a lead, in percent; one on the left is below zero."""
        return f"{self.zero + self.a_point * lead:.0f}"

    def reach(self) -> tuple[str, str]:
        """Return the points where it ends, on the left and on the right; empty without a lead."""
        left, right = (_points(lead) if lead else "" for lead in (self.left, self.right))
        return left, right


def scale_of(rows: Sequence[UseCaseRow], sides: Sequence[OptionName]) -> Scale:
    """Return the scale of all use cases; sides: as the plot has them."""
    on_left = [_is_left(row, sides) for row in rows]
    left, right = (
        max(
            (row.lead for row, is_left in zip(rows, on_left, strict=True) if is_left is side),
            default=0,
        )
        for side in (True, False)
    )
    width = 100 - 2 * ROOM if sides else 100 - ONE_SIDED_ROOM
    a_point = width / (left + right) if left + right else 0
    return Scale((ROOM if sides else 0) + a_point * left, a_point, left, right)


def _is_left(row: UseCaseRow, sides: Sequence[OptionName]) -> bool:
    return bool(sides and row.standing.leaders) and row.standing.leaders[0] == sides[0]


def _points(lead: float) -> str:
    return f"{lead:.1f}" if lead >= 0.05 else "<0.1" if lead else "0"


def dot_of(row: UseCaseRow, sides: Sequence[OptionName], scale: Scale) -> Dot | None:
    """Return the place of a result, or None where it has no lead to draw."""
    standing = row.standing
    is_tie = standing.state == "tie"
    if not standing.margin and not is_tie:
        return None
    is_left = _is_left(row, sides)
    return Dot(
        x=scale.place(-row.lead if is_left else row.lead),
        y=LINE // 2,
        is_left=is_left,
        lead="0" if is_tie else _points(row.lead) if row.lead else "<0.1",
        option=None if is_tie or standing.between else standing.leaders[0],
    )


def picture_of(dots: Sequence[Dot], zero: int | None) -> FamilyPicture:
    """Return the picture of a family: marks in stacks on both sides of zero, or without a
    zero in the middle a row for each option, beside its name.
    """
    two_sided = zero is not None
    if zero is not None:
        dots = [replace(dot, x=str(_banded(int(dot.x), zero))) for dot in dots]
    stacks: dict[OptionName | None, list[Dot]] = {}
    for dot in dots:
        stacks.setdefault(None if two_sided else dot.option, []).append(dot)
    placed: list[Dot] = []
    names: list[MarkName] = []
    height = 0
    for option, stack in stacks.items():
        levels, top = _stacked(stack, BAND if two_sided else APART)
        height += top if two_sided else STRIP + top - 2 * STEP
        base = height if two_sided else height + STEP - STRIP // 2
        placed += [replace(dot, y=base - STEP * level) for dot, level in levels]
        names += [place] if option and (place := _name_beside(option, stack, base - STEP)) else []
    return FamilyPicture(tuple(placed), tuple(names), height or 2 * STEP)


def _stacked(dots: Iterable[Dot], apart: int) -> tuple[list[tuple[Dot, int]], int]:
    """Return the marks with their levels, from 1, none of which covers another, and the height."""
    last: list[float] = []  # the place farthest right on each level
    placed = []
    for dot in sorted(dots, key=lambda dot: float(dot.x)):
        room = LETTERED_APART if dot.option and dot.option.key else apart
        level = next((n for n, x in enumerate(last) if float(dot.x) - x >= room), len(last))
        last[level:] = [float(dot.x), *last[level + 1 :]]
        placed.append((dot, level + 1))
    return placed, STEP * (len(last) + 1)


def _banded(x: int, zero: int) -> int:
    """Return the middle of the band that a place lies in; only zero lies in the one of zero."""
    bands = max(1, round(abs(x - zero) / BAND)) if x != zero else 0
    return zero + BAND * (bands if x > zero else -bands)


def _name_beside(option: OptionName, dots: Sequence[Dot], y: int) -> MarkName | None:
    """Return where the name of an option stands beside its marks, or None where it has no room."""
    first, *_, last = sorted(float(dot.x) for dot in (*dots, *dots))
    width = 100 * (LETTER * len(option.name) + 12 + 4 * len(option.key)) / NARROWEST
    if width <= 100 - last:
        return MarkName(f"{last:.0f}", y, False, option.name)
    return MarkName(f"{first:.0f}", y, True, option.name) if width <= first else None
