"""Generated comparisons of any size."""

import random
from typing import Any

from tests.worlds.tiny import tiny_tree


def large_tree(
    options: int, criteria: int, *, claims_per_cell: int = 0, slug: str = "large", seed: int = 1
) -> dict[str, Any]:
    """Return a generated comparison: scores from a seeded generator, one cell in ten unknown, eight
    use cases.
    """
    chance = random.Random(seed)
    names = [f"option-{number}" for number in range(options)]
    rows = [f"criterion-{number}" for number in range(criteria)]
    sources = [f"source-{number}" for number in range(max(1, claims_per_cell))]
    tree = tiny_tree(
        slug=slug,
        title=f"{options} options by {criteria} criteria",
        questions=[],
        runs=[],
        workloads=[],
        components=[],
    )
    tree["options"] = [
        {"slug": name, "name": name.replace("-", " ").title(), "line": "Generated."}
        for name in names
    ]
    tree["groups"] = [
        {"slug": f"group-{number}", "name": f"Group {number}"}
        for number in range(max(1, criteria // 10))
    ]
    tree["criteria"] = [
        {
            "slug": row,
            "name": row.replace("-", " ").title(),
            "group": f"group-{number * len(tree['groups']) // criteria}",
            "question": "How much?",
            "why": "Generated.",
            "scale_low": "none",
            "scale_high": "all",
            **({"must": {"name": f"{row} included", "minimum": 5}} if number % 20 == 0 else {}),
            "cells": {
                name: {
                    "text": f"value {chance.randrange(100)}",
                    "score": chance.randrange(101) / 10,
                    "note": "Generated.",
                }
                for name in names
                if chance.random() > 0.1
            },
        }
        for number, row in enumerate(rows)
    ]
    tree["use_cases"] = [
        {
            "slug": f"case-{number}",
            "name": f"Case {number}",
            "situation": f"case {number}",
            "description": "Generated.",
            "importances": {
                row: chance.randrange(6) for row in chance.sample(rows, k=max(1, criteria // 4))
            },
        }
        for number in range(8)
    ]
    tree["sources"] = [
        {
            "slug": source,
            "title": source.title(),
            "publisher": source.title(),
            "publisher_kind": "practitioner",
            "interest": "None stated",
            "published": "undated",
            "read_on": "2026-11-20",
            "claims": [
                {
                    "slug": f"{row}-{name}",
                    "option": name,
                    "criterion": row,
                    "statement": "Generated.",
                    "score": chance.randrange(11),
                    "place": "Nowhere",
                    "form": "table",
                }
                for row in rows
                for name in names
            ]
            if claims_per_cell
            else [],
        }
        for source in sources
    ]
    return tree
