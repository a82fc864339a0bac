"""Small worlds for tests: three options and three criteria, one with every noun, and generated ones
of any size.

A tree is what an editor writes, a document what the core reads; both are made anew at each call.
"""

from tests.worlds.full import full, full_tree
from tests.worlds.full_parts import stated
from tests.worlds.large import large_tree
from tests.worlds.stored import content, draft, publish
from tests.worlds.tiny import (
    TINY,
    bare_tree,
    gappy_tree,
    tiny,
    tiny_tree,
    with_scores,
    worded_tree,
)

__all__ = [
    "TINY",
    "bare_tree",
    "content",
    "draft",
    "full",
    "full_tree",
    "gappy_tree",
    "large_tree",
    "publish",
    "stated",
    "tiny",
    "tiny_tree",
    "with_scores",
    "worded_tree",
]
