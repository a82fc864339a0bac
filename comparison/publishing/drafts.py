"""A comparison's draft, read whole: the document it would be published as, or everything that keeps
it from being one.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.text import Truncator

from comparison.core.document.schema import Document
from comparison.core.document.validation import Problem
from comparison.core.spelling.characters import shown
from comparison.models import Comparison
from comparison.models.rows import Row
from comparison.publishing import former_addresses
from comparison.publishing.draft.draft_rows import StoredDraft, stored_draft
from comparison.publishing.inspection import inspect
from comparison.publishing.releases import Published, size_of
from comparison.publishing.store.release_file import digest_of
from comparison.rendering.markdown import to_html

LONGEST_NAME = 60  # characters of a row's name, where a problem names it
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class DraftProblem:
    """One problem of a draft, and the row to open for it."""

    problem: Problem
    row: models.Model
    below: Path  # the rest of the problem's path, within the row

    def __str__(self) -> str:
        return str(self.problem)

    @property
    def column(self) -> str:
        """The column that the path ends at, or at whose part it ends (`checked`, `read_on`); "" of
        what is no column.
        """
        columns = {field.name for field in self.row._meta.fields}
        steps = [str(step) for step in self.problem.path[-2:]]
        return next((name for name in ("_".join(steps), *reversed(steps)) if name in columns), "")

    @property
    def in_words(self) -> str:
        """What is wrong, with the row by its name and the field by its label."""
        places = []
        if isinstance(self.row, Row):
            kind = str(self.row._meta.verbose_name).capitalize()
            places.append(f"{kind} “{Truncator(self.row.in_words()).chars(LONGEST_NAME)}”")
        if self.column and self.below:
            field: Any = self.row._meta.get_field(self.column)
            places.append(str(field.verbose_name))
        else:
            places += [str(step).replace("_", " ") for step in self.below]
        where = ", ".join(places) or self.problem.where
        said = f"{where}: {self.problem.message}" if where else self.problem.message
        return shown(said[:1].upper() + said[1:])


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
    size: int = 0  # bytes that the document takes in memory, roughly


def tree_and_digest(comparison: Comparison) -> tuple[dict[str, Any], str]:
    """Return a draft as it would be published, unread, and its digest."""
    stored, digest = stored_and_digest(comparison)
    return stored.tree, digest


def stored_and_digest(comparison: Comparison) -> tuple[StoredDraft, str]:
    """Return a draft with its rows, its tree as it would be published, and its digest."""
    stored, text = _read(comparison)
    return stored, digest_of(text)


def _read(comparison: Comparison) -> tuple[StoredDraft, str]:
    stored = stored_draft(comparison)
    former_addresses.record(stored.tree, stored.rows)
    return stored, json.dumps(stored.tree, sort_keys=True, ensure_ascii=False)


def read_draft(comparison: Comparison) -> Draft:
    """Return the draft as a document, or every problem that keeps it from being one, each with the
    row to open.
    """
    return read_with_tree(comparison)[0]


def read_with_tree(comparison: Comparison) -> tuple[Draft, dict[str, Any]]:
    """Return the draft, and the plain tree that it was read as."""
    stored, text = _read(comparison)
    rows, inspection = stored.rows, inspect(stored.tree)
    problems = [
        DraftProblem(problem, rows[at], problem.path[len(at) :])
        for problem in inspection.problems
        for at in [_place_of_row(rows, problem.path)]
    ]
    size = size_of(text)
    return Draft(inspection.document, tuple(problems), digest_of(text), size), stored.tree


def _place_of_row(rows: dict[Path, models.Model], path: Path) -> Path:
    """Return the path of the row that holds what a path leads to."""
    while path not in rows:
        path = path[:-1]
    return path


def as_release(slug: str, document: Document, digest: str, size: int = 0) -> Published:
    """Return a draft's document as readers would get it: release 0."""
    prose = {name: to_html(body) for name, body in document.prose.items()}
    return Published(slug, 0, document, prose, digest, "", "", timezone.now(), size=size)
