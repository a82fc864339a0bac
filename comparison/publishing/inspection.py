"""Everything that keeps a comparison from being published: one answer for content files, for drafts
and for publishing.

The core judges the tree; what needs a clock or the Markdown reader is added here. Never writes,
never asks the database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from comparison.core.document.schema import Document
from comparison.core.document.validation import Problem, causes_first, examine
from comparison.rendering.markdown import TooLarge, refuse_bombs

MOST_LINES = 50  # of problems shown at once
# a clock that stands before this code was written is wrong, and says nothing of the future
WRITTEN_ON = date(2026, 11, 29)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What an inspected tree can be published as, or everything that keeps it from that."""

    document: Document | None  # None where there is a problem
    problems: tuple[Problem, ...]  # causes before what follows from them


def inspect(tree: Any) -> Inspection:
    """Return the document that a plain tree can be published as, or every problem of it. The
    schema reads the tree once.
    """
    document, wrong = examine(tree, today())
    problems = tuple(causes_first([*wrong, *_bombs(tree)]))
    return Inspection(None if problems else document, problems)


def today() -> date:
    """Return the day after which nothing can have been read or checked yet."""
    return max(timezone.localdate(), WRITTEN_ON)


def listed(lines: list[str], most: int = MOST_LINES) -> list[str]:
    """Return the first lines, and in the last one how many there are besides, so that the causes
    stay in sight.
    """
    return (
        lines
        if len(lines) <= most
        else [*lines[: most - 1], f"... and {len(lines) - most + 1:,} more"]
    )


def _bombs(tree: Any) -> Iterator[Problem]:
    """Yield every piece of prose that would keep the Markdown parser busy for minutes."""
    prose = tree.get("prose") if isinstance(tree, dict) else None
    for slug, body in prose.items() if isinstance(prose, dict) else ():
        try:
            refuse_bombs(str(body))
        except TooLarge as error:
            yield Problem(("prose", slug), f"prose › {slug}", str(error))
