"""From scores and a reader's importances to a ranking, a leader and the reasons, as plain numbers
and ids.

The model is the weighted mean of fixed 0..10 scores:
    S_o = sum_j w_j x_oj / W,   x_oj = score of option o on criterion j, or the neutral value v if
    unknown,
with importances w_j of 0..5 and W their sum. A criterion is active when its importance is above 0.
An unknown cell counts as v in the ranking and as anything in 0..10 in the bounds, so with coverage
c_o (the share of W that rests on known scores):
    low_o = known part / W,   high_o = low_o + 10 (1 - c_o),   S_o = low_o + v (1 - c_o).
Where a bound of an unknown score is known ("5 or more"), it counts as v moved no further than into
its bounds, and as anything between them.

Promises: every number can be added up again by hand; an option's score depends on no other option;
silence is never evidence; the same input gives the same output to the last bit. Refuses to format,
to word, to read a clock or to draw lots. A strange selection gives a state, never an exception;
only malformed input is an error.

Sources: Keeney & Raiffa 1976, Decisions with Multiple Objectives (the additive model); Edwards &
Barron 1994, SMARTS and SMARTER (swing weights); Fishburn 1967, Additive utilities with incomplete
product sets (bounds); Belton & Gear 1983, On a short-coming of Saaty's method (why nothing is
rescaled).
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from math import fsum
from typing import Any

from comparison.core.decision.confidence import confidence, label_of
from comparison.core.decision.margin import margin_between
from comparison.core.decision.matrix import Matrix, build, checked_importances
from comparison.core.decision.ranking import (
    EPS,
    MustHave,
    Ranked,
    Standing,
    Tally,
    Unmet,
    alone,
    check_must_haves,
    standings,
    tally,
    tie_groups,
)
from comparison.core.decision.result import (
    RECOMMENDING,
    Decision,
    MissingScore,
    Price,
    Relaxation,
    State,
)
from comparison.core.decision.sensitivity import Race, what_would_change

# importances that sum to less are none: nobody means them, and their squares would be 0
NOTHING = 1e-100


def decide(
    matrix: Matrix,
    importances: Mapping[str, float],
    *,
    must_haves: Iterable[MustHave] = (),
    dormant: Mapping[str, float] | None = None,
    detail: bool = True,
    flips: bool = True,
) -> Decision:
    """Return the ranking, the leaders and, with detail, the reasons, how sure they are, and what
    would change them.

    importances: criterion -> effective importance 0..5; left out or 0 = off.
    must_haves: verified options rank before unverified ones whatever the scores;
    excluded and unrated ones have no rank.
    dormant: criterion -> importance 0..5 that a switched-off criterion would have; it changes no
    rank, only what switching it on would change.
    flips: False leaves out what would change the leader, about a quarter of the work.
    Nobody leads, and no error is raised, if no criterion is active, nothing qualifies or nothing is
    rated. ValueError names the cell: unknown criterion, repeated must-have, or a value outside its
    range.
    """
    must_haves = tuple(must_haves)
    active = checked_importances(matrix, importances)
    kept = checked_importances(matrix, dormant, "dormant") if dormant else (0.0,) * len(active)
    unmet = check_must_haves(matrix, must_haves)
    standing = standings(matrix, unmet)
    total = fsum(active)
    if total < NOTHING:
        return _without_criteria(matrix, unmet, standing, detail)

    tallies = [tally(row, active, total, matrix.neutral) for row in matrix.rows]
    points = [one.score for one in tallies]
    tiers = [tie_groups(_having(standing, tier), points) for tier in ("verified", "unverified")]
    leading = tiers[0] or tiers[1]
    leaders = leading[0] if leading else []
    known_leaders = _known_leaders(leading, tallies)
    fields: dict[str, Any] = {
        "state": _state(standing, has_leader=bool(leaders)),
        "label": "tie"
        if len(leaders) > 1
        else alone(standing, matrix.rows[leaders[0]])
        if len(leading) == 1
        else None,
        "leaders": _ids(matrix, leaders),
        "options": _listed(matrix, standing, tallies, tiers),
        "total_importance": total,
        "importances": tuple(compress(zip(matrix.criteria, active, strict=True), active)),
        "failed": _pairs(matrix, unmet.failed),
        "open": _open(matrix, unmet),
        "known_leaders": _ids(matrix, known_leaders),
        "gaps_matter": bool(known_leaders) and known_leaders != leaders,
    }
    if not detail:
        return Decision(**fields)

    contenders: tuple[str, ...] = ()
    if len(leaders) == 1 and len(leading) > 1:
        rivals = [option for group in leading[1:] for option in group]
        race = Race(matrix, active, total, points, leaders[0], rivals)
        fields |= _of_a_sole_leader(
            race, tallies, leading[1], standing, gaps_matter=fields["gaps_matter"]
        )
        fields["flips"] = what_would_change(race, kept) if flips else None
        contenders = fields["confidence"].contenders
    relaxations = _relaxations(matrix, must_haves, unmet, standing, points)
    is_stuck = fields["state"] == "none-qualifies" and not relaxations
    return Decision(
        group_shares=_group_shares(matrix, active, total),
        differing=_differing(matrix, active, leaders),
        price=_price(matrix, standing, leaders, points),
        relaxations=relaxations,
        failing_fewest=_failing_fewest(matrix, unmet) if is_stuck else (),
        does_not_separate=_active_where(matrix, active, matrix.is_level),
        unknown_everywhere=_active_where(matrix, active, matrix.is_unknown),
        recommended=fields["leaders"][0] if fields["label"] in RECOMMENDING else None,
        missing_scores=_missing_scores(matrix, active, (*fields["leaders"], *contenders)),
        **fields,
    )


def evaluate(
    scores: Mapping[str, Mapping[str, float | None]], importances: Mapping[str, float]
) -> list[Ranked]:
    """Return the ranked options, best first: the whole engine in one call, for a table and its
    importances.

    scores: option -> criterion -> 0..10 points or None; criteria that importances does not name are
    ignored. Empty if no importance is above 0. Ties keep the order of scores. ValueError as in
    `build` and `decide`.
    """
    named = {
        option: {key: row[key] for key in row if key in importances}
        for option, row in scores.items()
    }
    decision = decide(build(scores, importances, named), importances, detail=False)
    return [ranked for ranked in decision.options if ranked.rank is not None]


def _without_criteria(
    matrix: Matrix,
    unmet: Unmet,
    standing: Sequence[Standing],
    detail: bool,
) -> Decision:
    """No score can be given. Must-haves still exclude, and may leave exactly one option that is
    rated.
    """
    qualified = [option for option, state in enumerate(standing) if state != "excluded"]
    is_alone = len(qualified) == 1 and standing[qualified[0]] != "unrated"
    return Decision(
        state="no-criteria",
        label="only option left" if is_alone else None,
        leaders=_ids(matrix, qualified) if is_alone else (),
        options=tuple(
            Ranked(option, None, None, None, None, 0.0, None, state)
            for option, state in sorted(
                zip(matrix.options, standing, strict=True), key=lambda pair: pair[1] == "excluded"
            )
        ),
        total_importance=0.0,
        importances=(),
        failed=_pairs(matrix, unmet.failed),
        open=_open(matrix, unmet),
        group_shares=tuple((group, 0.0) for group in matrix.group_order) if detail else (),
        recommended=matrix.options[qualified[0]] if is_alone and detail else None,
    )


def _of_a_sole_leader(
    race: Race,
    tallies: Sequence[Tally],
    seconds: Sequence[int],
    standing: Sequence[Standing],
    *,
    gaps_matter: bool,
) -> dict[str, Any]:
    """Return the fields that say how surely a leader leads its rivals; seconds: who shares the rank
    after it.
    """
    leader, rivals = race.option, [duel.rival for duel in race.duels]
    points = [one.score for one in tallies]
    sure = confidence(race.matrix, race.importances, race.total, points, leader, rivals)
    label, caps = label_of(
        sure.chance,
        min(tallies[option].coverage for option in (leader, *seconds)),
        unverified=standing[leader] == "unverified",
        gaps_matter=gaps_matter,
    )
    lead = points[leader] - points[seconds[0]]
    return {
        "label": label,
        "caps": caps,
        "margin": margin_between(
            race.matrix, race.importances, race.total, leader, seconds[0], lead
        ),
        "proven": tallies[leader].low > max(tallies[rival].high for rival in rivals) + EPS,
        "confidence": sure,
    }


def _missing_scores(
    matrix: Matrix, active: Sequence[float], options: Sequence[str]
) -> tuple[MissingScore, ...]:
    """Among equal importances in editorial order of the criteria, then leaders first."""
    missing = [
        (-active[column], column, place)
        for place, option in enumerate(options)
        for column in matrix.rows[matrix.option_at[option]].gaps
        if active[column]
    ]
    return tuple(
        [
            MissingScore(matrix.criteria[column], options[place], -less)
            for less, column, place in sorted(missing)
        ]
    )


def _state(standing: Sequence[Standing], *, has_leader: bool) -> State:
    if has_leader:
        return "ok"
    return "no-scores" if "unrated" in standing or not standing else "none-qualifies"


def _listed(
    matrix: Matrix,
    standing: Sequence[Standing],
    tallies: Sequence[Tally],
    tiers: Sequence[Sequence[Sequence[int]]],
) -> tuple[Ranked, ...]:
    listed: list[Ranked] = []
    for tier in tiers:
        for group in tier:
            rank = len(listed) + 1
            listed += [
                Ranked(matrix.options[row], rank, *tallies[row], standing[row]) for row in group
            ]
    for row in _having(standing, "unrated"):
        listed.append(Ranked(matrix.options[row], None, None, None, None, 0.0, None, "unrated"))
    for group in tie_groups(_having(standing, "excluded"), [one.score for one in tallies]):
        listed += [Ranked(matrix.options[row], None, *tallies[row], "excluded") for row in group]
    return tuple(listed)


def _known_leaders(leading: Sequence[Sequence[int]], tallies: Sequence[Tally]) -> list[int]:
    """Who would lead the tier if unknown cells were left out instead of counted as neutral."""
    means = [-1.0 if one.known_mean is None else one.known_mean for one in tallies]
    groups = tie_groups((row for group in leading for row in group if means[row] >= 0), means)
    return groups[0] if groups else []


def _price(
    matrix: Matrix,
    standing: Sequence[Standing],
    leaders: Sequence[int],
    points: Sequence[float],
) -> Price | None:
    """None if nobody leads, or if no must-have keeps a higher score from the lead."""
    if not leaders or standing.count("verified") + standing.count("unrated") == len(standing):
        return None
    rated = (row for row, state in enumerate(standing) if state != "unrated")
    best = tie_groups(rated, points)[0]
    if not set(leaders).isdisjoint(best):
        return None
    return Price(matrix.options[best[0]], points[best[0]] - points[leaders[0]])


def _relaxations(
    matrix: Matrix,
    must_haves: Sequence[MustHave],
    unmet: Unmet,
    standing: Sequence[Standing],
    points: Sequence[float],
) -> tuple[Relaxation, ...]:
    helpful = []
    for must_have in must_haves:
        dropped = (must_have.id,)
        let_in = [row for row, failed in enumerate(unmet.failed) if failed == dropped]
        if not let_in:
            continue
        qualified = [*_having(standing, "verified"), *_having(standing, "unverified"), *let_in]
        verified = [row for row in qualified if unmet.open[row] in ((), dropped)]
        leaders = tie_groups(verified or qualified, points)[0]
        helpful.append(Relaxation(must_have.id, _ids(matrix, leaders)))
    return tuple(helpful)


def _failing_fewest(matrix: Matrix, unmet: Unmet) -> tuple[str, ...]:
    counts = [len(failed) for failed in unmet.failed]
    return _ids(matrix, [row for row, count in enumerate(counts) if count == min(counts)])


def _group_shares(
    matrix: Matrix, active: Sequence[float], total: float
) -> tuple[tuple[str, float], ...]:
    by_group: dict[str, list[float]] = {group: [] for group in matrix.group_order}
    for group, importance in zip(matrix.groups, active, strict=True):
        by_group[group].append(importance)
    return tuple([(group, fsum(parts) / total) for group, parts in by_group.items()])


def _differing(matrix: Matrix, active: Sequence[float], leaders: Sequence[int]) -> tuple[str, ...]:
    """Empty unless several lead."""
    if len(leaders) < 2:
        return ()
    columns = zip(*(matrix.rows[row].counted for row in leaders), strict=True)
    return _active_where(matrix, active, [len({*column}) > 1 for column in columns])


def _active_where(
    matrix: Matrix, active: Sequence[float], chosen: Sequence[bool]
) -> tuple[str, ...]:
    return tuple(
        [
            matrix.criteria[column]
            for column in compress(range(len(active)), chosen)
            if active[column] > 0
        ]
    )


def _having(standing: Sequence[Standing], state: str) -> list[int]:
    return [row for row, one in enumerate(standing) if one == state]


def _ids(matrix: Matrix, positions: Iterable[int]) -> tuple[str, ...]:
    return tuple([matrix.options[row] for row in positions])


def _pairs(
    matrix: Matrix, per_option: Iterable[tuple[str, ...]]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple([pair for pair in zip(matrix.options, per_option, strict=True) if pair[1]])


def _open(matrix: Matrix, unmet: Unmet) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not any(unmet.open):
        return ()
    pairs = zip(unmet.failed, unmet.open, strict=True)
    return _pairs(matrix, (() if failed else still_open for failed, still_open in pairs))
