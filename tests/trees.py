"""Trees with a place changed, and what is wrong with a tree in an editor's words."""

from comparison.core.document.validation import problems
from tests import worlds


def problems_of(tree):
    return [str(problem) for problem in problems(tree)]


def change(**places):
    """Return the full tree with one leaf changed: `criteria__0__cells__swift__score=11`; a value of
    None takes it out.
    """
    tree = worlds.full_tree()
    for path, value in places.items():
        *steps, last = [int(step) if step.isdigit() else step for step in path.split("__")]
        here = tree
        for step in steps:
            here = here[step]
        if value is None:
            del here[last]
        else:
            here[last] = value
    return tree
