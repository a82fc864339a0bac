"""Tables of scores for the engine: an example worked out by hand, any table, importances all
alike, and how often its leader would be first.
"""

import math
import random

from comparison.core.decision import Decision, Matrix, Ranked, build, decide

CRITERIA = ("admin", "async", "orm", "docs", "simplicity", "ai")
IMPORTANCES = dict(zip(CRITERIA, (5, 2, 4, 2, 3, 1), strict=True))
GROUPS = {
    "admin": "code",
    "orm": "code",
    "async": "speed",
    "docs": "learning",
    "simplicity": "learning",
}
EXAMPLE = {
    "fastapi": dict(zip(CRITERIA, (2, 9, 4, 10, 8, 9), strict=True)),
    "django": dict(zip(CRITERIA, (10, 6, 9, 5, 7, 5), strict=True)),
    "both": dict(zip(CRITERIA, (9, 8, 8, 8, 3, None), strict=True)),
}
NO_NUMBERS = [-0.1, 10.1, math.nan, math.inf, -math.inf, True, "7", [7], 1e300]  # of points


def table(rows: dict[str, list[float | None]], neutral: float = 5.0) -> Matrix:
    """Options with scores on criteria c1, c2, ..."""
    count = max(map(len, rows.values()), default=0)
    criteria = [f"c{number}" for number in range(1, count + 1)]
    scores = {option: dict(zip(criteria, row, strict=True)) for option, row in rows.items()}
    return build(rows, criteria, scores, neutral=neutral)


def equal(matrix: Matrix, importance: float = 1) -> dict[str, float]:
    return dict.fromkeys(matrix.criteria, importance)


def simulated(
    matrix: Matrix, importances: dict[str, float], draws: int = 4000, seed: int = 1
) -> float:
    """How often the leader is first when everything that may be off is drawn: the model of
    doubt that `confidence.py` writes down.
    """
    chance = random.Random(seed)
    active = [
        (column, importances[c]) for column, c in enumerate(matrix.criteria) if importances.get(c)
    ]
    leader = matrix.option_at[decide(matrix, importances, detail=False).leaders[0]]
    won = 0
    for _ in range(draws):
        drawn = [(column, w + chance.uniform(-1, 1) * min(w, 1)) for column, w in active]
        overall = sum(w for _, w in active)
        totals = []
        for row, spread, bounds in zip(matrix.scores, matrix.spread, matrix.bounds, strict=True):
            total = chance.uniform(-0.25, 0.25) * overall
            for column, w in drawn:
                score = row[column]
                total += w * (
                    chance.uniform(*(bounds[column] or (0, 10)))
                    if score is None
                    else score + chance.uniform(-1, 1) * spread[column]
                )
            totals.append(total)
        won += max(range(len(totals)), key=totals.__getitem__) == leader
    return won / draws


def ranks(decision: Decision) -> dict[str, int | None]:
    return {ranked.option: ranked.rank for ranked in decision.options}


def of(decision: Decision, option: str) -> Ranked:
    return next(ranked for ranked in decision.options if ranked.option == option)
