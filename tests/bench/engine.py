"""The engine alone: deciding, and comparing two releases."""

import random
import time

from comparison.core.decision import build, decide
from comparison.core.document.diff import diff
from comparison.core.document.schema import Document
from tests.bench.lines import print_line, times
from tests.worlds import large_tree


def measure_decide() -> None:
    for options, criteria, detail, budget in (
        (30, 120, False, "< 0.5 ms"),
        (30, 120, True, "at most 1 ms"),
        (3, 20, True, "at most 0.1 ms"),
    ):
        tree = large_tree(options, criteria)
        names, rows = [o["slug"] for o in tree["options"]], [c["slug"] for c in tree["criteria"]]
        cells = {c["slug"]: c["cells"] for c in tree["criteria"]}
        scores = {o: {c: cells[c].get(o, {}).get("score") for c in rows} for o in names}
        matrix = build(names, rows, scores)
        chance = random.Random(2)
        importances = [{c: chance.randrange(6) for c in rows} for _ in range(200)]
        each = times(lambda w: decide(matrix, w, detail=detail), importances)  # noqa: B023
        print_line(
            f"decide, {options} × {criteria}, {'whole' if detail else 'ranking'}, ms",
            each,
            budget,
            "{:.3f}",
        )


def measure_diff() -> None:
    """Two releases of 30 × 120 in which every cell has another score."""
    tree = large_tree(30, 120)
    before = Document.model_validate(tree)
    for criterion in tree["criteria"]:
        for cell in criterion["cells"].values():
            cell["score"] = 10 - cell["score"]
    after = Document.model_validate(tree)
    taken = []
    for _ in range(9):
        begun = time.perf_counter()
        diff(before, after)
        taken.append(1000 * (time.perf_counter() - begun))
    print_line("diff of two releases, 30 × 120, ms", taken, "at most 50 ms", "{:.1f}")
