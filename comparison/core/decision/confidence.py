"""How sure the decision is: the share of plausible readings in which the leader still comes first,
in closed form.

A model of honest doubt, every doubt uniform and independent: each known score may be off by up to
its spread e either way, each unknown one may be anything in 0..10, or between its bounds l and h
where it has any, each active importance may be off by up to one step (one below 1 by no more than
itself), and each option may have been marked up to 0.25 points too kindly or too harshly overall,
so that many small agreeing scores cannot fake certainty. With importances w, their sum W, scores as
counted x (but the middle of its bounds for one that has any), T = sum_j w_j x_j, leader a, rivals b
and d = x_a - x_b:
    u_j = min(w_j, 1)^2 / 3                          variance of an importance
    k_oj = e^2 / 3 if known, else 10^2 / 12,         variance of a score
           or (h - l)^2 / 12 between bounds
    V_o = sum_j (w_j^2 + u_j) k_oj + (0.25 W)^2 / 3  an option's own doubt, in weighted points^2
    R_b = V_b + sum_j u_j d_j^2                      a rival's, with that about the importances
    P = sum_k g_k prod_b F((T_a - T_b + t_k sqrt V_a) / sqrt R_b),  F(z) = erfc(-z / sqrt 2) / 2,
where (t_k, g_k) is the 7-point Gauss-Hermite rule for the normal distribution. The chance that b is
really ahead is 1 - F((T_a - T_b) / sqrt(V_a + R_b)). Against a simulation of the same doubts P is
off by 0.005 on average and by up to 0.07; with one or two criteria it errs on the cautious side.

Refuses to draw lots, to word, and to speak of a tie or of an option without rivals. Others import
it through the package; only the page `/method/` takes the constants and `working`, the same sum
term by term, from here. Sources: Lahdelma & Salminen 2001, SMAA-2, and Tervonen & Lahdelma 2007,
Implementing SMAA (in which share of the plausible weights and scores an option wins); Abramowitz &
Stegun 1964, table 25.10 (the rule, there for exp(-x^2)).
"""

from collections.abc import Sequence
from itertools import compress
from math import dist, erfc, fsum, prod, sqrt
from operator import itemgetter, mul
from typing import Literal, NamedTuple

from comparison.core.decision.matrix import MOST_POINTS, WHOLE, Matrix, Row
from comparison.core.decision.ranking import Alone

STRONG, CLEAR, SLIGHT = 0.95, 0.80, 0.60  # P from which a label is given
CONTENDING = 0.20  # chance of being really ahead from which a rival is a contender
ENOUGH_COVERAGE = 0.5  # of leader and runner-up; below it nothing is said of the leader
OF_A_GAP = MOST_POINTS**2 / 12  # variance of a score that may be anything, points squared
MARKED_OVERALL = 0.25  # points that an option as a whole may be marked too kindly or too harshly

Label = Literal[Alone, "tie", "not enough evidence", "strong", "clear", "slight", "toss-up"]
Cap = Literal["coverage", "unverified", "gaps"]
Doubt = Literal["scores", "importances", "gaps"]

_RULE = (
    (0.0, 0.457142857142857),
    (-1.15440539473997, 0.240123178605013),
    (1.15440539473997, 0.240123178605013),
    (-2.36675941073454, 0.0307571239675865),
    (2.36675941073454, 0.0307571239675865),
    (-3.75043971772574, 0.000548268855972218),
    (3.75043971772574, 0.000548268855972218),
)


class Confidence(NamedTuple):
    """How sure it is that a sole leader leads."""

    chance: float  # 0..1, P: the share of plausible readings in which it still comes first
    # every rival in order of rank, the chance that it is really ahead
    ahead: tuple[tuple[str, float], ...]
    contenders: tuple[str, ...]  # the rivals whose chance is 0.20 or more, in order of rank
    # what the doubt about the runner-up consists of, largest first; sums to 1
    doubt: tuple[tuple[Doubt, float], ...]


class Term(NamedTuple):
    """What one active criterion adds to the doubt about a leader and one rival; all in weighted
    points squared but u and q.
    """

    criterion: str
    importance: float  # u_j, steps squared: the variance of its importance
    factor: float  # q_j = w_j^2 + u_j, by which a score's variance counts
    leader: float  # q_j k_aj
    rival: float  # q_j k_bj
    shared: float  # u_j d_j^2


class Against(NamedTuple):
    """A leader against one rival alone."""

    rival: str
    lead: float  # T_a - T_b, weighted points
    terms: tuple[Term, ...]  # active criteria, in editorial order
    own: float  # V_b, weighted points squared
    shared: float  # sum_j u_j d_j^2
    doubt: float  # R_b = V_b + shared
    z: float  # (T_a - T_b) / sqrt(V_a + R_b)
    ahead: float  # 0..1, 1 - F(z): the chance that the rival is really ahead


class Step(NamedTuple):
    """One point of the rule."""

    point: float  # t_k
    weight: float  # g_k; all sum to 1
    z: tuple[float, ...]  # (T_a - T_b + t_k sqrt V_a) / sqrt R_b, for each rival
    behind: tuple[float, ...]  # 0..1, F(z), for each rival
    value: float  # g_k times all of them


class Working(NamedTuple):
    """All that P is made of."""

    overall: float  # (0.25 W)^2 / 3, weighted points squared
    own: float  # V_a
    against: tuple[Against, ...]  # the rivals, in the order asked for
    steps: tuple[Step, ...]  # by point
    chance: float  # P, the sum of their values


class _Duel(NamedTuple):
    """A leader against one rival alone, as far as a confidence needs it."""

    rival: int  # position of the option
    ahead: float  # 0..1, the chance that it is really ahead
    term: tuple[float, float]  # T_a - T_b and sqrt V_a, each by -sqrt(2 R_b): its part in P
    shared: float  # sum_j u_j d_j^2, weighted points squared
    doubt: float  # V_a + R_b, weighted points squared


def confidence(
    matrix: Matrix,
    importances: Sequence[float],
    total: float,
    points: Sequence[float],
    leader: int,
    rivals: Sequence[int],
) -> Confidence:
    """Return how sure it is that the option at one position is ahead of those at others.

    importances: n numbers 0..5; total: their sum, more than 0; points: the overall score of every
    option.
    rivals: positions, by rank, at least one.
    """
    factors, duels = _duels(matrix, importances, total, points, leader, rivals)
    ahead = tuple([(matrix.options[duel.rival], duel.ahead) for duel in duels])
    first = duels[0]
    return Confidence(
        chance=_chance([duel.term for duel in duels]),
        ahead=ahead,
        contenders=tuple([option for option, its_chance in ahead if its_chance >= CONTENDING]),
        doubt=_doubt(
            (matrix.rows[leader], matrix.rows[first.rival]), factors, first.shared, first.doubt
        ),
    )


def chances_without(
    matrix: Matrix,
    importances: Sequence[float],
    total: float,
    points: Sequence[float],
    leader: int,
    rivals: Sequence[int],
) -> list[float]:
    """Return P without each of the rivals, in their order: the same terms, less its own.

    Everything as `confidence` takes it; rivals: at least two.
    """
    _, duels = _duels(matrix, importances, total, points, leader, rivals)
    terms = [duel.term for duel in duels]
    behind = _behind(sorted(terms))
    place_of = {term: place for place, term in enumerate(sorted(terms))}
    return [
        _sum_of([[*all_of_them[:place], *all_of_them[place + 1 :]] for all_of_them in behind])
        for place in map(place_of.__getitem__, terms)
    ]


def _duels(
    matrix: Matrix,
    importances: Sequence[float],
    total: float,
    points: Sequence[float],
    leader: int,
    rivals: Sequence[int],
) -> tuple[list[float], list[_Duel]]:
    """Return q_j of every criterion, and the leader against each of the rivals."""
    # sum_j u_j d_j^2 is the squared distance of two rows of x_j sqrt(u_j): one call instead of n
    # sums. Where no active importance is below 1, as when people set them, all u_j are 1/3 and need
    # no multiplication before.
    is_even = min(filter(None, importances)) >= 1
    if is_even:
        unit, roots = 1 / 3, []
        factors = [
            importance * importance + 1 / 3 if importance else 0.0 for importance in importances
        ]
    else:
        unit, roots = 1.0, [min(importance, 1.0) / sqrt(3) for importance in importances]
        factors = [
            importance * importance + root * root
            for importance, root in zip(importances, roots, strict=True)
        ]
    every, overall = fsum(factors), (MARKED_OVERALL * total) ** 2 / 3

    def own(option: int) -> tuple[float, tuple[float, ...]]:
        row = matrix.rows[option]
        scaled = compress(row.expected, importances) if is_even else map(mul, row.expected, roots)
        unusual = fsum([factors[node] * more for node, more in row.unusual])
        return every * row.variance + unusual + overall, tuple(scaled)

    its_doubt, its_scores = own(leader)
    its_root, its_shift = sqrt(its_doubt), _shift(matrix.rows[leader], importances)
    duels = []
    for rival in rivals:
        doubt, scores = own(rival)
        shared = unit * dist(its_scores, scores) ** 2
        doubt += shared
        both = its_doubt + doubt
        lead = (
            total * (points[leader] - points[rival])
            + its_shift
            - _shift(matrix.rows[rival], importances)
        )
        narrow = -1 / sqrt(2 * doubt)
        term = (lead * narrow, its_root * narrow)
        duels.append(_Duel(rival, erfc(lead / sqrt(2 * both)) / 2, term, shared, both))
    return factors, duels


def _chance(terms: Sequence[tuple[float, float]]) -> float:
    """Return P of a leader against rivals. terms: one of each of them."""
    return _sum_of(_behind(sorted(terms)))


def _behind(terms: Sequence[tuple[float, float]]) -> list[list[float]]:
    """Return F for each point of the rule and each term, which are in order, so that the order of
    options that tie cannot change a digit.
    """
    return [[erfc(lead + point * doubt) / 2 for lead, doubt in terms] for point, _ in _RULE]


def _sum_of(behind: Sequence[Sequence[float]]) -> float:
    """Return P. behind: F for each point of the rule and each rival."""
    chance = 0.0
    for each, (_, weight) in zip(behind, _RULE, strict=True):
        chance += prod(each, start=weight)
    return min(1.0, chance)


def working(
    matrix: Matrix, importances: Sequence[float], leader: int, rivals: Sequence[int]
) -> Working:
    """Return how P comes about for the option at one position against those at others, term by
    term.

    The same model as in `confidence`, written for a reader who adds it up again and not for speed;
    a test holds the two together. importances: n numbers 0..5, not all 0. rivals: positions, at
    least one.
    Source: the opening of this module.
    """
    unsure = [min(importance, 1.0) ** 2 / 3 for importance in importances]
    factors = [
        importance**2 + variance for importance, variance in zip(importances, unsure, strict=True)
    ]
    overall = (MARKED_OVERALL * fsum(importances)) ** 2 / 3

    def doubtful(option: int, column: int) -> float:
        is_unknown, (low, high) = (
            matrix.scores[option][column] is None,
            matrix.bounds[option][column] or WHOLE,
        )
        return factors[column] * (
            (high - low) ** 2 / 12 if is_unknown else matrix.spread[option][column] ** 2 / 3
        )

    own = overall + fsum([doubtful(leader, column) for column in range(len(importances))])

    def alone(rival: int) -> Against:
        apart = [
            a - b
            for a, b in zip(matrix.rows[leader].expected, matrix.rows[rival].expected, strict=True)
        ]
        terms = [
            Term(
                name,
                unsure[column],
                factors[column],
                doubtful(leader, column),
                doubtful(rival, column),
                unsure[column] * apart[column] ** 2,
            )
            for column, name in enumerate(matrix.criteria)
            if importances[column]
        ]
        lead, its_own = (
            fsum(map(mul, importances, apart)),
            overall + fsum([term.rival for term in terms]),
        )
        shared = fsum([term.shared for term in terms])
        doubt = its_own + shared
        z = lead / sqrt(own + doubt)
        return Against(
            matrix.options[rival], lead, tuple(terms), its_own, shared, doubt, z, _normal(-z)
        )

    against = tuple([alone(rival) for rival in rivals])
    steps = []
    for point, weight in sorted(_RULE):
        z = tuple([(one.lead + point * sqrt(own)) / sqrt(one.doubt) for one in against])
        behind = tuple(map(_normal, z))
        steps.append(Step(point, weight, z, behind, weight * prod(behind)))
    return Working(
        overall, own, against, tuple(steps), min(1.0, fsum([step.value for step in steps]))
    )


def label_of(
    chance: float, coverage: float, *, unverified: bool, gaps_matter: bool
) -> tuple[Label, tuple[Cap, ...]]:
    """Return the label of a sole leader with rivals, and what kept it from being as high as P alone
    would make it.

    chance: P; coverage: 0..1, the lowest of leader and runner-up. unverified: a must-have of the
    leader is open.
    """
    if coverage < ENOUGH_COVERAGE:
        return "not enough evidence", ("coverage",)
    if chance < CLEAR:
        return ("slight" if chance >= SLIGHT else "toss-up"), ()
    caps: tuple[Cap, ...] = (
        *(("unverified",) if unverified else ()),
        *(("gaps",) if gaps_matter else ()),
    )
    if caps:
        return "slight", caps
    return ("strong" if chance >= STRONG else "clear"), ()


def _shift(row: Row, importances: Sequence[float]) -> float:
    """Return by how many weighted points a row is expected above what it counts as: its bounded
    scores lie about their middle.
    """
    return fsum(
        [
            importances[column] * (row.expected[column] - row.counted[column])
            for column, _, _ in row.bounded
        ]
    )


def _normal(z: float) -> float:
    """Return F(z), the share of the normal distribution below z."""
    return erfc(-z / sqrt(2)) / 2


def _doubt(
    rows: Sequence[Row], factors: Sequence[float], importances: float, whole: float
) -> tuple[tuple[Doubt, float], ...]:
    """Return the shares of a doubt that come from known scores with their marking overall, from
    importances and from gaps.
    """
    widths = [(column, row.most[column] - row.least[column]) for row in rows for column in row.gaps]
    gaps = fsum([factors[column] * width**2 for column, width in widths]) / 12
    parts: list[tuple[Doubt, float]] = [
        ("scores", whole - importances - gaps),
        ("importances", importances),
        ("gaps", gaps),
    ]
    return tuple(
        [(name, part / whole) for name, part in sorted(parts, key=itemgetter(1), reverse=True)]
    )
