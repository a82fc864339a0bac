"""What the database and the files say differently of what was published, and what an administrator
may do about it.

A database that was set back to an earlier day knows fewer releases than readers have seen. Nothing
is published over those: a number names one release for ever. Nothing is deleted here either.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from comparison.core.document.schema import Document, plain
from comparison.models import Comparison, Release
from comparison.publishing import former_addresses
from comparison.publishing.draft.draft_writing import write_tree
from comparison.publishing.store import folder, follower, listing, withheld_following
from comparison.publishing.store.catalogue import catalogue
from comparison.publishing.store.publication import publication
from comparison.publishing.store.release_file import Damaged, Whole, digest_of

ONLY_FILE = "only as a file"
ONLY_DATABASE = "only in the database"
DAMAGED_FILE = "the file is damaged"
DAMAGED_ROW = "damaged in the database"
DAMAGED = "damaged in both"
OTHER = "another one in the database than as a file"


class Difference(NamedTuple):
    slug: str  # under which the release came out
    number: int
    what: str  # one of the sentences above


class Undecided(Exception):
    """Database and files cannot both be right. The message says what to do."""


def differences() -> Iterator[Difference]:
    """Yield everything that differs, by slug and number: every release is read whole."""
    files = set(folder.files())
    rows = dict[tuple[str, int], str | None]()  # digest; None where the row is damaged
    for row in Release.objects.order_by().values_list("slug", "number", "digest", "document"):
        slug, number, digest, document = row
        rows[slug, number] = digest if digest_of(document) == digest else None
    for slug, number in sorted(files | rows.keys()):
        what = _difference(slug, number, rows, is_file=(slug, number) in files)
        if what:
            yield Difference(slug, number, what)


def _difference(
    slug: str, number: int, rows: dict[tuple[str, int], str | None], *, is_file: bool
) -> str:
    try:
        file = folder.read(slug, number).head.digest if is_file else None
    except Damaged:
        file = None
    row = rows.get((slug, number))
    if (slug, number) not in rows:
        return ONLY_FILE if file else DAMAGED
    if row is None:
        return DAMAGED_ROW if file else DAMAGED
    if not is_file:
        return ONLY_DATABASE
    if file is None:
        return DAMAGED_FILE
    return "" if file == row else OTHER


def lost() -> set[tuple[str, int]]:
    """Return slug and number of the releases that readers have seen and the database does not
    know.
    """
    return listing.known() - set(Release.objects.order_by().values_list("slug", "number"))


def refusal(document: Document) -> str:
    """Return why a comparison cannot be published: the database does not know what readers have
    seen of it. Nothing where it does.
    """
    slugs = {document.slug, *document.names.former}
    for slug in tuple(slugs):
        if newest := listing.newest(slug):
            slugs |= {one for one, _ in listing.releases_of(newest[0])}
    published = listing.digests(slugs)
    found = Release.objects.filter(slug__in=slugs).values_list("slug", "number", "digest")
    stored = {(slug, number): digest for slug, number, digest in found}
    lost = sorted(number for (slug, number) in published.keys() - stored.keys())
    other = sorted(
        key[1] for key in published.keys() & stored.keys() if published[key] != stored[key]
    )
    if not (lost or other):
        return ""
    numbers = ", ".join(map(str, lost or other))
    which = f"release{'s' if len(lost or other) > 1 else ''} {numbers} of {document.slug}"
    what = (
        f"The database does not know {which}, which readers have seen"
        if lost
        else f"The database has {which} otherwise than readers have seen it"
    )
    return (
        f"{what}. Nothing was published. An administrator has to decide what is right first: "
        "“manage.py check_releases” says what differs."
    )


def restore(slugs: Collection[str]) -> Iterator[str]:
    """Write into the database what it lacks of what the files have; say what was done. What is
    withheld stays so. slugs: of some comparisons alone. Raises Undecided where both have a release
    of the same number.
    """
    lacking = [one for one in differences() if not slugs or one.slug in slugs]
    undecided = [one for one in lacking if one.what == OTHER]
    if undecided:
        raise Undecided(
            "\n".join(
                [
                    *(f"Release {one.number} of {one.slug} is {one.what}." for one in undecided),
                    "Nothing was restored. To keep the database's, say --take-database: the files "
                    "are set aside then.",
                ]
            )
        )
    with publication():
        only_files = [one for one in lacking if one.what == ONLY_FILE]
        newest: dict[str, Document] = {}
        for one in sorted(only_files, key=lambda one: one.number):
            document = _write_row(folder.read(one.slug, one.number))
            newest[one.slug] = document
            for former in document.names.former:
                newest.pop(former, None)
            yield f"{one.slug}: release {one.number} is in the database again"
        for slug, document in newest.items():
            if _make_draft(document):
                yield f"{slug}: a draft was made of its newest release"
        if count := withheld_following.restore():
            yield f"{count} decisions to withhold something are in the database again"


def _write_row(whole: Whole) -> Document:
    head, document = whole.head, Document.model_validate_json(whole.document)
    former = document.names.former
    # a draft of the days before the comparison was renamed
    Comparison.objects.filter(slug__in=former, published_as__in=former).update(
        slug=document.slug, published_as=document.slug
    )
    former_addresses.take_over(document)
    Release(
        slug=head.slug,
        number=head.number,
        title=head.title,
        document=whole.document,
        prose=whole.prose,
        digest=head.digest,
        editor=head.editor,
        note=head.note,
        published_at=head.published_at,
        changed=head.changed,
        withdrawn=whole.withdrawn,
    ).save(force_insert=True)
    return document


def _make_draft(document: Document) -> bool:
    """Let a draft know where it is published; make one where there is none, and say so."""
    addresses = (document.slug, *document.names.former)
    if Comparison.objects.filter(published_as__in=addresses).update(published_as=document.slug):
        return False
    if Comparison.objects.filter(slug__in=addresses).exists():
        return False
    draft = Comparison.objects.create(slug=document.slug, published_as=document.slug)
    write_tree(draft, plain(document))
    return True


def take_database(slugs: Collection[str]) -> Iterator[Path]:
    """Set aside the files that the database does not know, or has otherwise, and write those that
    it has; yield where the files are now. They are kept, and read no more.
    """
    for one in list(differences()):
        if one.what in (ONLY_FILE, OTHER) and (not slugs or one.slug in slugs):
            yield folder.set_aside(one.slug, one.number)
    catalogue.make_anew()
    follower.forget()
    follower.look()
