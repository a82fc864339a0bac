"""A comparison's draft, read whole: the document it would be published as, or everything that keeps
it from being one.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils import timezone

from comparison.core.document.schema import Document
from comparison.core.document.validation import Problem
from comparison.models import Comparison
from comparison.publishing import former_addresses
from comparison.publishing.draft_rows import tree_of
from comparison.publishing.inspection import inspect, listed
from comparison.publishing.releases import Published, digest_of
from comparison.rendering.markdown import to_html


@dataclass(frozen=True, slots=True)
class DraftProblem:
    """One problem of a draft, and the row to open for it."""

    problem: Problem
    row: models.Model

    def __str__(self) -> str:
        return str(self.problem)


class Unpublishable(Exception):
    """The draft has problems, or moved while it was looked at. The message says what to do.

    problems: all of them, where the draft is refused for its problems.
    """

    def __init__(self, message: str, problems: Sequence[DraftProblem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft read whole: the document if nothing is wrong, the problems if something is, and a
    digest of what was read.
    """

    document: Document | None
    problems: tuple[DraftProblem, ...]
    digest: str


def read_draft(comparison: Comparison) -> Draft:
    """Return the draft as a document, or every problem that keeps it from being one, each with the
    row to open.
    """
    tree, rows = tree_of(comparison)
    former_addresses.record(tree, rows)
    text = json.dumps(tree, sort_keys=True, ensure_ascii=False)
    inspection = inspect(tree)
    problems = [
        DraftProblem(problem, _row_at(rows, problem.path)) for problem in inspection.problems
    ]
    return Draft(inspection.document, tuple(problems), digest_of(text))


def _row_at(
    rows: dict[tuple[str | int, ...], models.Model], path: tuple[str | int, ...]
) -> models.Model:
    while path not in rows:
        path = path[:-1]
    return rows[path]


def draft_as_release(slug: str) -> Published | None:
    """Return a draft as readers would get it, for editors' eyes only: release 0. None where there
    is no draft.

    Raises Unpublishable with every problem, where the draft is not a whole document yet.
    """
    comparison = Comparison.objects.filter(slug=slug).first()
    if comparison is None:
        return None
    draft = read_draft(comparison)
    if draft.document is None:
        lines = listed([str(problem) for problem in draft.problems])
        raise Unpublishable("\n".join(lines), draft.problems)
    return as_release(slug, draft.document, draft.digest)


def as_release(slug: str, document: Document, digest: str) -> Published:
    """Return a draft's document as readers would get it: release 0."""
    prose = {name: to_html(body) for name, body in document.prose.items()}
    return Published(slug, 0, document, prose, digest, "", "", timezone.now())
