"""A draft that has problems, as far as it can be shown: less what is broken.

What is at fault is left out, the smallest part that holds it first, and whatever names that part
after it, until nothing is wrong. It is for looking at alone: nobody publishes such a document.
"""

from collections.abc import Collection, Iterable
from typing import Any

from comparison.core.document.places import Path
from comparison.core.document.schema import Document
from comparison.core.document.validation import Problem
from comparison.publishing.inspection import inspect

MOST_ROUNDS = 12  # what is left out may leave something else broken
NOT_WRITTEN = "[not written yet]"
WORDS = ("title", "topic")  # of the comparison itself, which nothing can do without


def without_what_is_broken(tree: dict[str, Any], problems: Iterable[Problem]) -> Document | None:
    """Return the document that is left of a tree with problems; None where too little is.

    problems: all of the tree's.
    """
    for _ in range(MOST_ROUNDS):
        before, tree = tree, _mended(tree, [problem.path for problem in problems])
        if tree == before:
            break  # what is at fault is nowhere in it
        inspection = inspect(tree)
        if inspection.document is not None:
            return inspection.document
        problems = inspection.problems
    return None


def _mended(tree: dict[str, Any], paths: list[Path]) -> dict[str, Any]:
    """Return the tree less what is broken, and with words where there have to be some."""
    words = {path[0]: NOT_WRITTEN for path in paths if len(path) == 1 and path[0] in WORDS}
    gone, unnamed = set(), []
    for path in paths:
        there = _deepest(tree, path)
        if path[-1:] == ("name",) and there == path[:-1] and len(path) == 3:
            unnamed.append(there)
        elif there and there[0] not in words:
            gone.add(there)
    for place in unnamed:  # what everything else hangs on gets a name instead
        if not any(place[: len(one)] == one for one in gone):
            holder = _at(tree, place)
            tree = _with(tree, place, {**holder, "name": holder.get("slug") or NOT_WRITTEN})
    rest: dict[str, Any] = without(tree, gone)
    return {**rest, **words}


def _deepest(tree: Any, path: Path) -> Path:
    """Return as much of a path as there is in a tree."""
    here = tree
    for place, step in enumerate(path):
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            return path[:place]
    return path


def _at(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def _with(tree: Any, path: Path, value: Any) -> Any:
    """Return a tree with another value at a path; what does not hold it stays the very same."""
    if not path:
        return value
    step, *rest = path
    inner = _with(tree[step], tuple(rest), value)
    if isinstance(tree, dict):
        return {**tree, step: inner}
    return [inner if index == step else item for index, item in enumerate(tree)]


def without(tree: Any, paths: Collection[Path]) -> Any:
    """Return a tree less what stands at some paths; what holds none of them stays the very same."""
    below: dict[str | int, list[Path]] = {}
    for path in paths:
        below.setdefault(path[0], []).append(path[1:])
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
    left = {
        step: without(value, below[step]) if step in below else value
        for step, value in pairs
        if () not in below.get(step, ())
    }
    return left if isinstance(tree, dict) else list(left.values())
