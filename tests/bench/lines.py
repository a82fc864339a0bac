"""One line of the table that `make bench` prints, and the large comparison that it measures on."""

import statistics
import time
from collections.abc import Callable

LARGE, SMALL = "large", "small"  # 30 × 120 and 2 × 25


def print_line(name: str, values: list[float], budget: str, form: str = "{:.2f}") -> None:
    shown = (
        form.format(statistics.median(values)),
        form.format(min(values)),
        form.format(max(values)),
    )
    print(f"{name:52}{shown[0]:>10}{shown[1]:>10}{shown[2]:>10}   {budget}")


def times(call: Callable[[dict[str, int]], object], arguments: list[dict[str, int]]) -> list[float]:
    """Return how many milliseconds each call takes."""
    taken = []
    for argument in arguments:
        begun = time.perf_counter()
        call(argument)
        taken.append(1000 * (time.perf_counter() - begun))
    return taken
