"""The heads of releases that have no file, for the catalogue."""

from datetime import UTC, datetime, timedelta

from comparison.publishing.store.release_file import Head

BEGIN = datetime(2026, 12, 1, tzinfo=UTC)


def head(slug, number, *former, title="", words=()):
    return Head(
        slug=slug,
        number=number,
        title=title or slug,
        digest=f"{slug}{number}",
        editor="eve",
        note="",
        published_at=BEGIN + timedelta(days=number),
        changed=None,
        former=former,
        words=tuple(words),
    )
