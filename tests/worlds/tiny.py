"""Three options and three criteria, with sums to do in the head; and the same with gaps."""

import copy
from typing import Any

from comparison.core.document.schema import Document

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


def gappy_tree(**changes: Any) -> dict[str, Any]:
    """Return the tiny world with gaps: nothing is known of Bob, nor what Ada costs and how fast Cyd
    is.
    """
    tree = tiny_tree(**({"slug": "gappy"} | changes))
    for criterion, option in (
        ("speed", "bob"),
        ("ease", "bob"),
        ("cost", "bob"),
        ("cost", "ada"),
        ("speed", "cyd"),
    ):
        (row,) = [row for row in tree["criteria"] if row["slug"] == criterion]
        row["cells"].pop(option)
    return tree


def bare_tree(**changes: Any) -> dict[str, Any]:
    """Return the tiny world as a table brings it: without the words that only an editor writes."""
    tree = tiny_tree(**({"slug": "bare"} | changes))
    for name in ("question", "summary", "licence", "prose", "components", "questions"):
        del tree[name]
    for option in tree["options"]:
        del option["line"]
    for criterion in tree["criteria"]:
        for name in ("question", "why", "scale_low", "scale_high"):
            del criterion[name]
        for cell in criterion["cells"].values():
            del cell["note"]
    for case in tree["use_cases"]:
        del case["situation"], case["description"]
    for source in tree["sources"]:
        source["interest"] = "Sells tools"
        source["advice"] = [one | {"choices": [{"option": "ada"}]} for one in source["advice"]]
    return tree


def worded_tree(**changes: Any) -> dict[str, Any]:
    """Return the tiny world with a criterion of words alone, itself changed, between the others."""
    tree = tiny_tree(slug="worded")
    cells = {"ada": {"text": "The Ada Society"}, "bob": {"text": "Bob alone"}}
    words = {"slug": "makers", "name": "Makers", "group": "use", "kind": "text", "cells": cells}
    tree["criteria"].insert(1, words | changes)
    return tree


def with_scores(tree: dict[str, Any], **scores: float) -> dict[str, Any]:
    """Return the tree with some scores changed: `speed_ada=6`."""
    for cell, score in scores.items():
        criterion, _, option = cell.partition("_")
        (row,) = [row for row in tree["criteria"] if row["slug"] == criterion]
        row["cells"][option]["score"] = score
    return tree
