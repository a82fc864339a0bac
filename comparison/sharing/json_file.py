"""A view and a release as JSON."""

from collections.abc import Iterable
from typing import Any

from comparison.core.document.schema import plain
from comparison.core.selection import Note, spell
from comparison.pages import statements
from comparison.publishing.releases import Published
from comparison.sharing.csv_file import _total
from comparison.sharing.exports import View, altered_tree
from comparison.web.comparison_request import Asked


def view_tree(view: View) -> dict[str, Any]:
    """Return the view as a tree: numbers as they are shown, None where nothing is known."""
    page, results, matrix = view.page, view.page.results, view.page.matrix
    pinned, firm = None if page.draft else page.share.pinned, results.firm
    return {
        "comparison": {
            "slug": page.slug,
            "title": page.heading.title,
            "question": page.heading.question,
        },
        "release": release_record(view.asked.release) | newest_of(view.asked),
        "view": {
            "selection": page.query,
            "address": view.address,
            "following": page.share.following,
            "pinned": pinned,
        },
        "notes": notes_of(view.asked),
        "altered": altered_tree(results.altered),
        "verdict": {
            "state": results.state,
            "sentence": view.verdict,
            "leaders": [option.slug for option in results.leaders],
            "margin": _figure(results.margin),
            "rival": results.rival.slug if results.rival else None,
            "label": results.label or None,
            "certainty": (firm.certain or None) if firm else None,
        },
        "options": [
            {
                "slug": t.option.slug,
                "name": t.option.name,
                "score": _figure(_total(t)),
                "excluded": t.excluded,
            }
            for t in page.totals
        ],
        "shown": {"rows": matrix.shown if matrix else 0, "of": matrix.of if matrix else 0},
        "rows": [
            {
                "group": row.group,
                "criterion": row.slug,
                "name": row.name,
                "counted": row.on,
                "importance": row.importance,
                "cells": {
                    option.slug: {
                        "text": cell.text if cell.known else None,
                        "points": _figure(cell.points),
                        "between": cell.between,
                        "rests_on": cell.rests_on,
                        "applies": cell.applies,
                    }
                    for option, cell in zip(page.options, row.cells, strict=True)
                },
            }
            for row in view.rows
        ],
        **credit(page.heading.licence, view.sources),
    }


def _figure(shown: str) -> float | int | None:
    """Return a number as it is shown; None where none is."""
    if not shown:
        return None
    value = float(shown)
    return int(value) if value.is_integer() else value


def credit(licence: str, sources: Iterable[statements.SourceLine]) -> dict[str, Any]:
    """Return the licence, and every source with its address: what whoever uses the numbers has to
    pass on.
    """
    return {
        "licence": licence,
        "sources": [
            {
                "slug": source.slug,
                "title": source.title,
                "publisher": source.publisher,
                "published": source.published,
                "address": source.address or None,
                "counted": source.trusted,
            }
            for source in sources
        ],
    }


def release_record(release: Published) -> dict[str, Any]:
    """Return what there is to say of a release besides its document. digest: SHA-256 of the
    document's one JSON text.
    """
    return {
        "number": release.number,
        "digest": release.digest,
        "editor": release.editor,
        "note": release.note,
        "published_at": release.published_at.isoformat(),
    }


def notes_of(asked: Asked) -> list[dict[str, str | int]]:
    """Return what could not be used of an address. Of what was withdrawn also the name and the last
    release that had it.
    """
    return [_note(asked.release, note) for note in asked.notes]


def _note(release: Published, note: Note) -> dict[str, str | int]:
    gone = release.gone(note)
    said: dict[str, str | int] = {
        "kind": "withdrawn" if gone else note.kind,
        "key": note.key,
        "value": note.value,
    }
    return said | {"name": gone[0], "release": gone[1]} if gone else said


def newest_of(asked: Asked) -> dict[str, int]:
    """Return the number of the newest release; nothing for an answer that is pinned, because that
    never changes.
    """
    return {} if asked.pinned else {"newest": asked.newest}


def link_to_newest(asked: Asked, path: str) -> dict[str, str]:
    """Return the header of a pinned answer that leads to the same of the newest release (RFC 5829).
    It never changes either.
    """
    query = spell(asked.release.document, asked.selection)
    address = asked.origin + path + (f"?{query}" if query else "")
    return {"Link": f'<{address}>; rel="latest-version"'} if asked.pinned else {}


def release_tree(asked: Asked) -> dict[str, Any]:
    """Return a whole release: its document as published, with nothing left out, and how to credit
    it.
    """
    release = asked.release
    return {
        "comparison": release.slug,
        "release": release_record(release) | newest_of(asked),
        "notes": notes_of(asked),
        **credit(release.document.licence, asked.scored.sources),
        "document": plain(release.document),
    }
