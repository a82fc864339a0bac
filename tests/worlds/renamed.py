"""The tiny world with slugs renamed, each renaming written down."""

from tests import worlds


def with_slug(value, old, new):
    if isinstance(value, dict):
        return {
            new if key == old else key: with_slug(item, old, new) for key, item in value.items()
        }
    if isinstance(value, list):
        return [with_slug(item, old, new) for item in value]
    return new if value == old else value


def renamed_tree(*pairs, tree=None):
    """Return the tiny world with slugs renamed, one after another, each renaming written down."""
    tree = tree or worlds.tiny_tree()
    for kind, old, new in pairs:
        lines = [*tree.pop("renamed", []), {"kind": kind, "old": old, "new": new}]
        tree = with_slug(tree, old, new) | {"renamed": lines}
    return tree
