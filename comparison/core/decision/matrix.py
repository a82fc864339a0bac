"""The table a decision is made on: options by criteria, checked once, prepared for many selections.

Whatever does not depend on a reader is worked out here, when a release is first read, so that a
request has only to multiply and add. Refuses to guess: a bad cell is an error that names the cell,
and an unknown score stays None. Knows no importance, no rank and no words. Others import it through
the package.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

MOST_POINTS = 10.0
MOST_IMPORTANCE = 5.0
WHOLE = (0.0, MOST_POINTS)  # what a score of which nothing is known lies between
USUAL_SPREAD = 1.0  # points a score may be off by, either way, where the editors say nothing better

_Cells = tuple[tuple[float | None, ...], ...]  # m × n
_Limits = tuple[tuple[tuple[float, float] | None, ...], ...]  # m × n
_NOTHING = frozenset({None})


@dataclass(frozen=True, slots=True)
class Row:
    """One option's scores in the forms that ranking and explaining need; n = number of criteria."""

    known: tuple[bool, ...]  # n, in editorial order
    # Unknown scores of which a bound is known, such as "5 or more": position, lowest, highest. They
    # are gaps, too.
    bounded: tuple[tuple[int, float, float], ...]
    unknown: tuple[bool, ...]  # n, the opposite
    lowest: tuple[float, ...]  # n, the score, or 0 where it is unknown
    least: tuple[float, ...]  # n, the score, or the lowest that it can be: 0 without a bound
    most: tuple[float, ...]  # n, the score, or the highest that it can be: 10 without a bound
    # n, the score, or where it is unknown the neutral value, moved no further than into its bounds
    counted: tuple[float, ...]
    # n, as counted, or the middle of its bounds: about where it lies, which the doubt asks for
    expected: tuple[float, ...]
    gaps: tuple[int, ...]  # positions of the unknown scores
    # How far scores may be off: points squared, evenly over a known one's spread, over an unknown
    # one's bounds, else over 0..10.
    variance: float  # the most frequent in this row
    unusual: tuple[tuple[int, float], ...]  # where it is another, and by how much larger
    is_complete: bool
    # at least one known or bounded score in the whole comparison, whatever the reader selects
    is_rated: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """m options by n criteria, both in editorial order. Made by `build`, never changed."""

    options: tuple[str, ...]
    criteria: tuple[str, ...]
    groups: tuple[str, ...]  # n, the group of each criterion, "" if it has none
    scores: tuple[tuple[float | None, ...], ...]  # m × n, 0..10 points, None = unknown
    neutral: float  # points an unknown score counts as
    spread: tuple[tuple[float, ...], ...]  # m × n, points a known score may be off by, either way
    # m × n, between which an unknown score lies; None = 0..10
    bounds: tuple[tuple[tuple[float, float] | None, ...], ...]
    # Below: prepared from the fields above, so that nothing of it is done again per reader.
    rows: tuple[Row, ...] = field(repr=False, compare=False)
    option_at: Mapping[str, int] = field(repr=False, compare=False)
    criterion_at: Mapping[str, int] = field(repr=False, compare=False)
    group_order: tuple[str, ...] = field(repr=False, compare=False)  # each group once, as first met
    # n, two or more rated options, all equal
    is_level: tuple[bool, ...] = field(repr=False, compare=False)
    # n, no option has a known score, or a bound of one
    is_unknown: tuple[bool, ...] = field(repr=False, compare=False)


def build(
    options: Iterable[str],
    criteria: Iterable[str],
    scores: Mapping[str, Mapping[str, float | None]],
    *,
    groups: Mapping[str, str] | None = None,
    neutral: float = 5.0,
    spread: Mapping[str, Mapping[str, float | None]] | None = None,
    bounds: Mapping[str, Mapping[str, tuple[float, float] | None]] | None = None,
) -> Matrix:
    """Return the checked matrix; do it once per release and keep it.

    options, criteria: ids in editorial order, which is the order of everything listed later.
    scores: option -> criterion -> 0..10 points; a missing row or key, or None, means unknown.
    groups: criterion -> group id; a criterion left out belongs to "".
    neutral: 0..10 points, what an unknown score counts as.
    spread: option -> criterion -> 0..10 points a score may be off by; 1.0 where left out.
    bounds: option -> criterion -> lowest and highest, 0..10 points, that an unknown score can be; 0
    and 10 where left out. It counts as the neutral value, or as the bound nearest to that: the
    middle would invent a score, and whatever turns out to be the neutral value or more never counts
    against it.
    ValueError names the cell: unknown or repeated id, a value that is not a number in its range,
    bounds that run backwards or stand beside a known score.
    """
    option_at = _places(options, "option")
    criterion_at = _places(criteria, "criterion")
    groups = groups or {}
    for criterion in groups:
        place(criterion_at, criterion, "criterion", "groups")
    group_of = tuple(groups.get(criterion, "") for criterion in criterion_at)
    neutral = number(neutral, MOST_POINTS, "neutral value")
    cells = _cells(scores, option_at, criterion_at, "score")
    given = _cells(spread or {}, option_at, criterion_at, "spread")
    spreads = tuple(tuple(USUAL_SPREAD if off is None else off for off in row) for row in given)
    limits = _bounds(bounds or {}, cells, option_at, criterion_at)
    rows = tuple(_row(*row, neutral) for row in zip(cells, spreads, limits, strict=True))
    is_level, is_unknown = _of_columns(cells, limits, rows, len(criterion_at))
    return Matrix(
        options=tuple(option_at),
        criteria=tuple(criterion_at),
        groups=group_of,
        scores=cells,
        neutral=neutral,
        spread=spreads,
        bounds=limits,
        rows=rows,
        option_at=option_at,
        criterion_at=criterion_at,
        group_order=tuple(dict.fromkeys(group_of)),
        is_level=is_level,
        is_unknown=is_unknown,
    )


def part_of(matrix: Matrix, options: Sequence[str]) -> Matrix:
    """Return the table of some of a table's options, in the order given: the very one that `build`
    makes of their rows, which are prepared already.
    """
    positions = [place(matrix.option_at, option, "option", "part") for option in options]
    cells = tuple([matrix.scores[position] for position in positions])
    limits = tuple([matrix.bounds[position] for position in positions])
    rows = tuple([matrix.rows[position] for position in positions])
    is_level, is_unknown = _of_columns(cells, limits, rows, len(matrix.criteria))
    return replace(
        matrix,
        options=tuple(options),
        scores=cells,
        spread=tuple([matrix.spread[position] for position in positions]),
        bounds=limits,
        rows=rows,
        option_at=_places(options, "option"),
        is_level=is_level,
        is_unknown=is_unknown,
    )


def _of_columns(
    cells: _Cells, limits: _Limits, rows: tuple[Row, ...], n: int
) -> tuple[tuple[bool, ...], tuple[bool, ...]]:
    """Return on which of n criteria all rated options are level, and of which nothing is known."""
    rated = [row for row, prepared in zip(cells, rows, strict=True) if prepared.is_rated]
    columns = list(zip(*rated, strict=True)) if rated else [()] * n
    bounded = [any(column) for column in zip(*limits, strict=True)] if limits else [False] * n
    is_level = [
        len(column) > 1 and len({*column}) == 1 and None not in column for column in columns
    ]
    is_unknown = [
        not is_bounded and {*column} <= _NOTHING
        for column, is_bounded in zip(columns, bounded, strict=True)
    ]
    return tuple(is_level), tuple(is_unknown)


def checked_importances(
    matrix: Matrix, importances: Mapping[str, float], name: str = "importances"
) -> tuple[float, ...]:
    """Return n importances 0..5 in editorial order; a criterion without an entry has 0.

    name: what the mapping is called in an error. ValueError for an unknown criterion or a bad
    value.
    """
    checked = [0.0] * len(matrix.criteria)
    places = matrix.criterion_at
    for criterion, importance in importances.items():
        # nearly always; saves two calls
        if criterion in places and type(importance) is int and 0 <= importance <= 5:
            checked[places[criterion]] = float(importance)
        else:
            checked[place(places, criterion, "criterion", name)] = number(
                importance, MOST_IMPORTANCE, name, criterion
            )
    return tuple(checked)


def number(value: object, most: float, *where: str) -> float:
    """Return the value as a float. ValueError, naming where, unless it is an int or float in
    0..most.
    """
    # True is an int to Python. NaN fails every comparison, so the range check refuses it too.
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= most:
        raise ValueError(f"{' / '.join(where)}: {value!r} is not a number from 0 to {most:g}")
    return value + 0.0  # also turns -0.0, which would be shown with its sign, into 0.0


def place(places: Mapping[str, int], key: str, kind: str, name: str) -> int:
    """Return the position of an id in editorial order. ValueError if there is no such option or
    criterion.
    """
    index = places.get(key)
    if index is None:
        raise ValueError(f"{name}: unknown {kind} {key!r}")
    return index


def _places(keys: Iterable[str], kind: str) -> dict[str, int]:
    places: dict[str, int] = {}
    for key in keys:
        if key in places:
            raise ValueError(f"{kind} {key!r} is listed twice")
        places[key] = len(places)
    return places


def _cells(
    table: Mapping[str, Mapping[str, float | None]],
    option_at: Mapping[str, int],
    criterion_at: Mapping[str, int],
    name: str,
) -> tuple[tuple[float | None, ...], ...]:
    cells: list[list[float | None]] = [[None] * len(criterion_at) for _ in option_at]
    for option, row in table.items():
        row_index = place(option_at, option, "option", name)
        for criterion, value in row.items():
            column = place(criterion_at, criterion, "criterion", f"{name} / {option}")
            if value is not None:
                cells[row_index][column] = number(value, MOST_POINTS, name, option, criterion)
    return tuple(map(tuple, cells))


def _bounds(
    table: Mapping[str, Mapping[str, tuple[float, float] | None]],
    cells: Sequence[Sequence[float | None]],
    option_at: Mapping[str, int],
    criterion_at: Mapping[str, int],
) -> tuple[tuple[tuple[float, float] | None, ...], ...]:
    ends = [
        _cells(
            {o: {c: pair and pair[end] for c, pair in row.items()} for o, row in table.items()},
            option_at,
            criterion_at,
            name,
        )
        for end, name in enumerate(("lowest", "highest"))
    ]
    for option, lows, highs, row in zip(option_at, *ends, cells, strict=True):
        for criterion, low, high, score in zip(criterion_at, lows, highs, row, strict=True):
            if low is not None and high is not None and (low > high or score is not None):
                raise ValueError(
                    f"bounds / {option} / {criterion}: {low:g} to {high:g} are no bounds "
                    "of an unknown score"
                )
    return tuple(
        tuple(
            None if low is None or high is None or (low, high) == WHOLE else (low, high)
            for low, high in zip(*row, strict=True)
        )
        for row in zip(*ends, strict=True)
    )


def _row(
    scores: Sequence[float | None],
    spread: Sequence[float],
    bounds: Sequence[tuple[float, float] | None],
    neutral: float,
) -> Row:
    known = tuple(score is not None for score in scores)
    ends = [
        (bound or WHOLE) if score is None else (score, score)
        for score, bound in zip(scores, bounds, strict=True)
    ]
    # Of anything that is evenly spread, the variance is its width squared, by 12.
    widths = [
        high - low if score is None else 2 * off
        for score, off, (low, high) in zip(scores, spread, ends, strict=True)
    ]
    variances = [width**2 / 12 for width in widths]
    usual = max(variances, key=variances.count, default=0.0)
    counted = tuple(min(max(neutral, low), high) for low, high in ends)
    bounded = tuple((column, *bound) for column, bound in enumerate(bounds) if bound)
    middles = {column: (low + high) / 2 for column, low, high in bounded}
    return Row(
        known=known,
        bounded=bounded,
        unknown=tuple(not is_known for is_known in known),
        lowest=tuple(0.0 if score is None else score for score in scores),
        least=tuple(low for low, _ in ends),
        most=tuple(high for _, high in ends),
        counted=counted,
        expected=tuple(middles.get(column, value) for column, value in enumerate(counted)),
        gaps=tuple(column for column, score in enumerate(scores) if score is None),
        variance=usual,
        unusual=tuple(
            (column, variance - usual)
            for column, variance in enumerate(variances)
            if variance != usual
        ),
        is_complete=all(known),
        is_rated=any(known) or bool(bounded),
    )
