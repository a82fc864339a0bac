"""Worlds of a row of scores for each criterion: `world(one=(9, 3), two=(6, None))`."""

from tests.worlds.tiny import tiny_tree

NAMES = {"ada": "Ada", "bob": "Bob", "cyd": "Cyd", "dee": "Dee", "eve": "Eve", "fay": "Fay"}


def world(**rows):
    """Return a tree with one row per criterion, a score per option in alphabetical order; None =
    nobody knows.

    Criteria are called One, Two, ...; each has the must-have "One included" from 5 upwards.
    """
    tree = tiny_tree(use_cases=[], questions=[], runs=[], workloads=[])
    several = max(len(scores) for scores in rows.values())
    options = list(NAMES)[:several]
    tree["options"] = [
        {"slug": slug, "name": NAMES[slug], "line": "Like another."} for slug in options
    ]
    for source in tree["sources"]:
        source["claims"], source["advice"] = [], []
    tree["criteria"] = [
        {
            "slug": slug,
            "name": slug.capitalize(),
            "group": "use",
            "question": "How much?",
            "why": "It matters.",
            "scale_low": "none",
            "scale_high": "all",
            "must": {"name": f"{slug.capitalize()} included", "minimum": 5},
            "cells": {
                option: {"text": "So much", "score": score, "note": "By eye."}
                for option, score in zip(options, scores, strict=True)
                if score is not None
            },
        }
        for slug, scores in rows.items()
    ]
    return tree
