"""Drafts -> Document -> Release: what is wrong, what has changed, publish, revert, and the current release.

Never sees a request. Publishing is one transaction: readers see the old release or the new one, never a mixture.
"""

import hashlib
import json
import logging
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import DatabaseError, IntegrityError, InterfaceError, connection, models, transaction
from django.utils import timezone

from comparison import former_addresses
from comparison.core.document.diff import count, diff
from comparison.core.document.schema import Document, plain
from comparison.core.document.slugs import Gone, withdrawn
from comparison.core.document.validation import Problem
from comparison.core.selection import NAMED_BY, Note
from comparison.core.spelling.characters import hidden_in
from comparison.inspection import inspect, listed
from comparison.models import Comparison, Release
from comparison.models.tree import tree_of
from comparison.rendering.markdown import to_html

log = logging.getLogger(__name__)
KEPT_IN_MEMORY = 64
AWAY = (DatabaseError, InterfaceError)  # what the database's absence looks like


class Unpublishable(Exception):
    """The draft has problems, or moved while it was looked at. The message says what to do."""


class Unchanged(Unpublishable):
    """What would be published is what readers see already: no release is made of it."""

    def __init__(self, newest: Release) -> None:
        at = timezone.localtime(newest.published_at)
        super().__init__(
            f"Nothing has changed since release {newest.number}, which {newest.editor} published on {at:%Y-%m-%d at %H:%M}. "
            "It stays the newest."
        )


@dataclass(frozen=True, slots=True)
class DraftProblem:
    """One problem of a draft, and the row to open for it."""

    problem: Problem
    row: models.Model


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft read whole: the document if nothing is wrong, the problems if something is, and a digest of what was read."""

    document: Document | None
    problems: tuple[DraftProblem, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two documents: where, and what stood and stands there. None = nothing."""

    where: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Published:
    """A release as readers get it. Frozen, and kept in memory by its number, so that nothing needs invalidating."""

    slug: str
    number: int
    document: Document
    prose: dict[str, str]
    digest: str
    editor: str
    note: str
    published_at: datetime
    withdrawn: Gone = field(default_factory=dict)  # what earlier releases had and this one has not

    def gone(self, note: Note) -> tuple[str, int] | None:
        """Return the name, and the last release, of what a note says is unknown; None where no release ever had it."""
        kind = NAMED_BY.get(note.key) if note.kind == "unknown-name" else None
        return self.withdrawn.get(kind, {}).get(note.value) if kind else None


# --- drafts ----------------------------------------------------------------------------------------------------------


def read_draft(comparison: Comparison) -> Draft:
    """Return the draft as a document, or every problem that keeps it from being one, each with the row to open."""
    tree, rows = tree_of(comparison)
    former_addresses.record(tree, rows)
    text = json.dumps(tree, sort_keys=True, ensure_ascii=False)
    found = [DraftProblem(problem, _row_at(rows, problem.path)) for problem in inspect(tree)]
    return Draft(None if found else Document.model_validate(tree), tuple(found), _digest(text))


def _row_at(rows: dict[tuple[str | int, ...], models.Model], path: tuple[str | int, ...]) -> models.Model:
    while path not in rows:
        path = path[:-1]
    return rows[path]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def changes(before: Document | None, after: Document) -> list[Change]:
    """Return every difference, in the order of the new document's fields, then what is gone."""
    old = dict(_leaves(plain(before), ())) if before else {}
    new = dict(_leaves(plain(after), ()))
    return [
        Change(" › ".join(path), old.get(path), new.get(path))
        for path in dict.fromkeys([*new, *old])
        if old.get(path) != new.get(path)
    ]


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every scalar with its path; items of a list go by slug where they have one, so that order does not matter."""
    match value:
        case dict():
            for key, item in value.items():
                yield from _leaves(item, (*path, key))
        case list():
            for at, item in enumerate(value):
                name = item.get("slug", f"number {at + 1}") if isinstance(item, dict) else f"number {at + 1}"
                yield from _leaves(item, (*path, name))
        case _:
            yield path, str(value)


# --- publishing ------------------------------------------------------------------------------------------------------


def publish(comparison: Comparison, editor: str, note: str, seen: str | None = None) -> Release:
    """Publish the draft as the next release and return it.

    seen: the digest of the draft that the editor looked at; if the draft has moved on since, nothing is published.
    Raises Unpublishable with every problem, and Unchanged where readers see the very same already: of two who publish one
    draft at the same moment the second is told so.
    """
    if hidden := hidden_in(note.replace("\r\n", "\n").replace("\t", " ")):
        raise Unpublishable(f"The change note {hidden[1]}.")
    with transaction.atomic():
        comparison = Comparison.objects.select_for_update().get(pk=comparison.pk)  # the next publisher waits here
        draft = read_draft(comparison)
        if seen is not None and seen != draft.digest:
            raise Unpublishable(
                "Somebody changed the draft while you were looking at it. Look at the changes again, then publish."
            )
        if draft.document is None:
            first = "; ".join(str(found.problem) for found in draft.problems[:5])
            raise Unpublishable(
                f"The draft has {len(draft.problems)} {'problem' if len(draft.problems) == 1 else 'problems'}: {first}"
            )
        _refuse_what_readers_see(draft.document)
        if not note.strip():
            raise Unpublishable("Say in the change note what is different now.")
        if owner := comparison.others_published_as(comparison.slug):
            raise Unpublishable(f'Readers know "{owner}" by the address "{comparison.slug}". Choose another slug.')
        release = append(draft.document, editor, note)
        former_addresses.write_down(comparison, draft.document)
        return release


def revert(slug: str, number: int, editor: str) -> Release:
    """Publish an old release again, as the newest, under the address that the comparison has now. The draft stays as it is.

    Raises Release.DoesNotExist if there is none, Unchanged if the newest says the same.
    """
    with transaction.atomic():
        Comparison.objects.select_for_update().filter(models.Q(published_as=slug) | models.Q(slug=slug)).first()
        releases = Release.objects.ever_of(slug)
        old, newest = (Document.model_validate_json(r.document) for r in (releases.get(number=number), releases[0]))
        document = former_addresses.under_the_address_of(newest, old)
        _refuse_what_readers_see(document)
        return append(document, editor, f"Back to release {number}.")


def _refuse_what_readers_see(document: Document) -> None:
    """Raise Unchanged where the newest release says the same, in the same order. The caller holds the transaction and lock."""
    slugs = (document.slug, *document.names.former)
    newest = Release.objects.filter(slug__in=slugs).order_by("-number").first()
    if newest and Document.model_validate_json(newest.document) == document:
        raise Unchanged(newest)


def append(document: Document, editor: str, note: str) -> Release:
    """Store a document that nothing is wrong with as the next release of its comparison, and return it."""
    text = to_json(document)
    former = document.names.former
    try:
        former_addresses.take_over(document)
    except former_addresses.Taken as taken:
        raise Unpublishable(str(taken)) from taken
    number = 1 + max(Release.objects.latest_number(slug) or 0 for slug in (document.slug, *former))
    previous = Release.objects.filter(slug__in=(document.slug, *former), number=number - 1).first()
    before = Document.model_validate_json(previous.document) if previous else None
    release = Release(
        slug=document.slug,
        number=number,
        title=document.title,
        document=text,
        prose={slug: to_html(body) for slug, body in document.prose.items()},
        digest=_digest(text),
        editor=editor,
        note=note.strip(),
        published_at=timezone.now(),
        changed=count(diff(before, document)) if before else {},
        withdrawn=withdrawn(before, number - 1, (previous and previous.withdrawn) or {}, document) if before else {},
    )
    try:
        with transaction.atomic():
            release.save(force_insert=True)
    except IntegrityError as error:
        raise Unpublishable(f"Somebody else published release {number} just now. Look at it, then publish again.") from error
    return release


def to_json(document: Document) -> str:
    """Return the document's one JSON text: its fields in the schema's order, nothing that is at its default."""
    return json.dumps(plain(document), ensure_ascii=False, separators=(",", ":"))


# --- what readers get ------------------------------------------------------------------------------------------------


def published(release: Release) -> Published:
    """Return the stored release as a frozen value."""
    return Published(
        slug=release.slug,
        number=release.number,
        document=Document.model_validate_json(release.document),
        prose=release.prose,
        digest=release.digest,
        editor=release.editor,
        note=release.note,
        published_at=release.published_at,
        withdrawn=release.withdrawn or {},
    )


class _Memory:
    """The releases read last, by slug and number. A release never changes, so what is here stays right."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.kept: OrderedDict[tuple[str, int], Published] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, slug: str, number: int) -> Published | None:
        with self.lock:
            found = self.kept.get((slug, number))
            if found:
                self.kept.move_to_end((slug, number))
            return found

    def newest(self, slug: str) -> Published | None:
        with self.lock:
            numbers = [number for kept, number in self.kept if kept == slug]
            return self.kept[slug, max(numbers)] if numbers else None

    def put(self, release: Published) -> None:
        with self.lock:
            self.kept[release.slug, release.number] = release
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)

    def forget(self) -> None:
        with self.lock:
            self.kept.clear()


memory = _Memory(KEPT_IN_MEMORY)


def current(slug: str) -> Published | None:
    """Return the newest release of a comparison, or None where there is none; of one that was renamed, by any address it had.

    Asks the database for one number; everything else is in memory. With the database away, the newest release that this
    process has read is still served.
    """
    try:
        number, successor = _latest(slug)
        if successor:
            slug, number = successor, _latest(successor)[0]
    except AWAY:
        log.exception("The database does not answer; serving %s from memory.", slug)
        found = memory.newest(slug)
        if found is None:
            raise
        return found
    return pinned(slug, number) if number else None


def pinned(slug: str, number: int) -> Published | None:
    """Return one release of a comparison, or None where it was never published."""
    found = memory.get(slug, number)
    if found is None:
        stored = Release.objects.filter(slug=slug, number=number).first()
        if stored is None:
            return None
        found = published(stored)
        memory.put(found)
    return found


def several(newest: Published, numbers: Collection[int]) -> dict[int, Published]:
    """Return those of a comparison's releases, by number, that were ever published; one query for all that is not in memory.

    newest: a release that knows the addresses which the comparison had before; releases keep the one that they came out under.
    """
    slugs = (newest.slug, *newest.document.names.former)
    found = {n: kept for n in numbers for slug in reversed(slugs) if (kept := memory.get(slug, n))}
    found |= {newest.number: newest} if newest.number in numbers else {}
    wanted = [number for number in numbers if number not in found and 0 < number < newest.number]
    if wanted:
        for stored in Release.objects.filter(slug__in=slugs, number__in=wanted):
            release = published(stored)
            memory.put(release)
            found[release.number] = release
    return found


def draft_as_release(slug: str) -> Published | None:
    """Return a draft as readers would get it, for editors' eyes only: release 0. None where there is no draft.

    Raises Unpublishable with every problem, where the draft is not a whole document yet.
    """
    comparison = Comparison.objects.filter(slug=slug).first()
    if comparison is None:
        return None
    draft = read_draft(comparison)
    if draft.document is None:
        raise Unpublishable("\n".join(listed([str(found.problem) for found in draft.problems])))
    prose = {name: to_html(body) for name, body in draft.document.prose.items()}
    return Published(slug, 0, draft.document, prose, draft.digest, "", "", timezone.now())


_LATEST = (
    "SELECT (SELECT MAX(number) FROM comparison_release WHERE slug = %s), "
    "(SELECT successor FROM comparison_formeraddress WHERE slug = %s)"
)


def _latest(slug: str) -> tuple[int | None, str | None]:
    """Return the number of an address's newest release, and the address that took its place.

    In plain SQL: it is asked on every request, and the ORM would take ten times as long.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [slug, slug])
        row: tuple[int | None, str | None] = cursor.fetchone()
    return row
