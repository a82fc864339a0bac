"""Small worlds for tests: a comparison with three options and three criteria, and generated ones of any size."""

import copy
import random
from typing import Any

from comparison.core.document import Document
from comparison.models import Comparison
from comparison.models.tree import write_tree

# Scores:       speed  ease  cost      Overall at importance 3 each: Ada 7, Bob 5, Cyd 6
#   Ada           9      8     4
#   Bob           3      6     6
#   Cyd           6      6     6
TINY: dict[str, Any] = {
    "slug": "tiny",
    "title": "Ada, Bob or Cyd?",
    "topic": "Imaginary tools",
    "question": "Which of three imaginary tools?",
    "summary": "Ada is fast, Bob is cheap, Cyd is even.",
    "licence": "CC BY 4.0",
    "prose": {"matrix": "Scores of **imaginary** tools."},
    "options": [
        {"slug": "ada", "name": "Ada", "line": "The fast one."},
        {"slug": "bob", "name": "Bob", "line": "The cheap one."},
        {"slug": "cyd", "name": "Cyd", "line": "The even one."},
    ],
    "components": [{"slug": "addon", "name": "Add-on"}],
    "groups": [{"slug": "use", "name": "In use"}, {"slug": "money", "name": "Money"}],
    "criteria": [
        {
            "slug": slug,
            "name": slug.capitalize(),
            "group": group,
            "question": f"How much {slug}?",
            "why": "It matters to some.",
            "scale_low": "none",
            "scale_high": "all one could want",
            **extra,
            "cells": {
                option: {"text": f"{slug} of {option}", "score": score, "note": "Measured by eye."}
                for option, score in zip(("ada", "bob", "cyd"), scores, strict=True)
            },
        }
        for slug, group, scores, extra in (
            ("speed", "use", (9, 3, 6), {"must": {"name": "Speed included", "minimum": 5}}),
            ("ease", "use", (8, 6, 6), {}),
            ("cost", "money", (4, 6, 6), {"must": {"name": "Cost included", "minimum": 5}}),
        )
    ],
    "use_cases": [
        {
            "slug": "race",
            "name": "A race",
            "situation": "a race",
            "description": "Only speed counts.",
            "otherwise": 1,
            "importances": {"speed": 5},
            "must": ["speed"],
        },
        {
            "slug": "thrift",
            "name": "Thrift",
            "situation": "a small purse",
            "description": "Only cost counts.",
            "otherwise": 0,
            "importances": {"cost": 5},
        },
    ],
    "sources": [
        {
            "slug": slug,
            "title": f"What {slug} thinks",
            "publisher": slug.capitalize(),
            "publisher_kind": "practitioner",
            "interest": "None stated",
            "published": "2024",
            "read_on": "2026-11-20",
            "claims": [
                {
                    "slug": "speed-ada",
                    "option": "ada",
                    "criterion": "speed",
                    "statement": f"{slug} says that Ada is quick.",
                    "score": score,
                    "place": "Line 1",
                    "form": "prose",
                }
            ],
            "advice": [
                {
                    "slug": "race",
                    "use_case": "race",
                    "choices": [{"option": "ada"}, {"option": "bob", "components": ["addon"]}],
                    "statement": "Take Ada.",
                    "place": "Line 2",
                }
            ],
        }
        for slug, score in (("first", 9), ("second", 5))
    ],
    "workloads": [{"slug": "walk", "name": "A walk", "description": "Once around the block."}],
    "runs": [
        {
            "slug": "first-walk",
            "source": "first",
            "workload": "walk",
            "name": "The walk",
            "figures": [
                {
                    "slug": option,
                    "option": option,
                    "metric": "throughput",
                    "statistic": "mean",
                    "quantity": {"spelling": f"{low:,}", "low": low, "unit": "requests/s"},
                    "place": "Line 3",
                }
                for option, low in (("ada", 2000), ("bob", 1000))
            ],
        }
    ],
    "questions": [
        {
            "slug": "hurry",
            "text": "Are you in a hurry?",
            "answers": [
                {"slug": "yes", "text": "Yes", "options": ["ada"], "reason": "It is quick."},
                {"slug": "no", "text": "No", "options": ["bob"], "reason": "It is cheap."},
            ],
        }
    ],
}


def tiny_tree(**changes: Any) -> dict[str, Any]:
    """Return a fresh copy of the tiny world as a tree, with top-level fields changed."""
    return copy.deepcopy(TINY) | changes


def tiny(**changes: Any) -> Document:
    """Return the tiny world as a document."""
    return Document.model_validate(tiny_tree(**changes))


def draft(tree: dict[str, Any] | None = None) -> Comparison:
    """Return a comparison whose draft rows hold the tree."""
    tree = tree or tiny_tree()
    comparison = Comparison.objects.create(slug=tree["slug"])
    write_tree(comparison, tree)
    return comparison


def large_tree(options: int, criteria: int, *, claims_per_cell: int = 0, slug: str = "large", seed: int = 1) -> dict[str, Any]:
    """Return a generated comparison: scores from a seeded generator, one cell in ten unknown, eight use cases."""
    chance = random.Random(seed)
    names = [f"option-{at}" for at in range(options)]
    rows = [f"criterion-{at}" for at in range(criteria)]
    sources = [f"source-{at}" for at in range(max(1, claims_per_cell))]
    tree = tiny_tree(
        slug=slug, title=f"{options} options by {criteria} criteria", questions=[], runs=[], workloads=[], components=[]
    )
    tree["options"] = [{"slug": name, "name": name.replace("-", " ").title(), "line": "Generated."} for name in names]
    tree["groups"] = [{"slug": f"group-{at}", "name": f"Group {at}"} for at in range(max(1, criteria // 10))]
    tree["criteria"] = [
        {
            "slug": row,
            "name": row.replace("-", " ").title(),
            "group": f"group-{at * len(tree['groups']) // criteria}",
            "question": "How much?",
            "why": "Generated.",
            "scale_low": "none",
            "scale_high": "all",
            **({"must": {"name": f"{row} included", "minimum": 5}} if at % 20 == 0 else {}),
            "cells": {
                name: {"text": f"value {chance.randrange(100)}", "score": chance.randrange(101) / 10, "note": "Generated."}
                for name in names
                if chance.random() > 0.1
            },
        }
        for at, row in enumerate(rows)
    ]
    tree["use_cases"] = [
        {
            "slug": f"case-{at}",
            "name": f"Case {at}",
            "situation": f"case {at}",
            "description": "Generated.",
            "importances": {row: chance.randrange(6) for row in chance.sample(rows, k=max(1, criteria // 4))},
        }
        for at in range(8)
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
