"""Worlds in the database: a draft, a release; and the real comparisons of content/."""

from functools import cache
from typing import Any

from django.conf import settings

from comparison.core.document.schema import Document
from comparison.models import Comparison, Release
from comparison.publishing import publish as publishing
from comparison.publishing.content_files.content_import import read_folder
from comparison.publishing.draft.draft_writing import write_tree
from tests.worlds.tiny import tiny_tree


def draft(tree: dict[str, Any] | None = None) -> Comparison:
    """Return a comparison whose draft rows hold the tree."""
    tree = tree or tiny_tree()
    comparison = Comparison.objects.create(slug=tree["slug"])
    write_tree(comparison, tree)
    return comparison


def publish(tree: dict[str, Any], note: str = "Now.") -> Release:
    """Make the tree the next release of its comparison, as publishing its draft would; there is no
    draft of it.
    """
    return publishing.append(Document.model_validate(tree), "eve", note)


@cache
def content(slug: str) -> Document:
    """Return a real comparison of content/. Reading one takes seconds, so it is read once."""
    return read_folder(settings.CONTENT_DIR / slug)
