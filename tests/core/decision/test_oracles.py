"""Overall scores agree with two independent libraries.

Both want weights, which sum to 1 and know no gaps, so tables are complete here.
"""

import random
import warnings

import pytest

from comparison.core.decision import Matrix, build, decide

WORLDS = [
    (seed, options, criteria)
    for seed, (options, criteria) in enumerate([(2, 1), (3, 6), (5, 12), (8, 20), (30, 120)])
]


def world(seed: int, options: int, criteria: int) -> tuple[Matrix, dict[str, float]]:
    chance = random.Random(seed)
    names, rows = (
        [f"o{number}" for number in range(options)],
        [f"c{number}" for number in range(criteria)],
    )
    scores = {o: {c: chance.randrange(1, 101) / 10 for c in rows} for o in names}
    return build(names, rows, scores), {c: float(chance.randrange(1, 6)) for c in rows}


def ours(matrix: Matrix, importances: dict[str, float]) -> tuple[list[float], list[int]]:
    by_option = {
        ranked.option: ranked for ranked in decide(matrix, importances, detail=False).options
    }
    return [by_option[o].score or 0.0 for o in matrix.options], [
        by_option[o].rank or 0 for o in matrix.options
    ]


@pytest.mark.parametrize(("seed", "options", "criteria"), WORLDS)
def test_scores_are_those_of_the_weighted_sum_of_scikit_criteria(
    seed: int, options: int, criteria: int
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import skcriteria
        from skcriteria.agg.simple import WeightedSumModel
    matrix, importances = world(seed, options, criteria)
    total = sum(importances.values())
    table = skcriteria.mkdm(
        [list(row) for row in matrix.scores],
        [max] * criteria,
        weights=[importances[c] / total for c in matrix.criteria],
    )
    result = WeightedSumModel().evaluate(table)
    scores, ranks = ours(matrix, importances)
    assert scores == pytest.approx(list(result.e_.score), abs=1e-9)
    if len(set(ranks)) == len(ranks):  # it breaks ties by rounding
        assert ranks == list(result.rank_)


@pytest.mark.parametrize(("seed", "options", "criteria"), WORLDS)
def test_scores_are_those_of_the_weighted_sum_of_pymcdm(
    seed: int, options: int, criteria: int
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import numpy
        from pymcdm.methods import WSM
    matrix, importances = world(seed, options, criteria)
    total = sum(importances.values())
    # Its normalisation is replaced by tenths: ours is a fixed scale, and no method may stretch it
    # by the options present.
    method = WSM(normalization_function=lambda column, cost=False: column / 10)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it advises against options that dominate others
        preferences = method(
            numpy.array(matrix.scores, dtype=float),
            numpy.array([importances[c] / total for c in matrix.criteria]),
            numpy.ones(criteria),
        )
    scores, _ = ours(matrix, importances)
    assert scores == pytest.approx([10 * float(score) for score in preferences], abs=1e-9)
