"""Which way better is, where a name or a unit says so."""

import pytest

from comparison.core.document.schema import Direction
from comparison.core.table.values.directions import direction_of


@pytest.mark.parametrize(
    ("name", "unit", "direction"),
    [
        ("Price", "$/mo", Direction.LOWER),
        ("p95 latency", "ms", Direction.LOWER),
        ("Bundle size", "kB", Direction.LOWER),
        ("JSON serialisation", "ms", Direction.LOWER),
        ("Throughput", "req/s", Direction.HIGHER),
        ("Plain text", "requests/s", Direction.HIGHER),
        ("GitHub stars", "stars", Direction.HIGHER),
        ("Battery life", "h", Direction.HIGHER),
        ("FID ↓", "", Direction.LOWER),
        ("Score (lower is better)", "", Direction.LOWER),
        ("Memory", "MB", None),
        ("Width", "bit", None),
        ("Max latency", "ms", None),
        ("Speed", "ms", None),
        ("Retention", "days", None),
        ("Market cap", "$", None),
    ],
)
def test_a_direction_is_taken_only_where_it_is_said(name, unit, direction):
    assert direction_of(name, unit) is direction
