"""A view, its decision and a release as JSON."""

import json
from collections.abc import Iterable
from typing import Any

from comparison.core.decision import as_json
from comparison.core.document.schema import Option, plain
from comparison.core.selection import Note, spell
from comparison.pages import statements
from comparison.pages.comparison.use_cases.dependence import dependence_of
from comparison.pages.standing import lead_of
from comparison.pages.view import View
from comparison.publishing.releases import Published
from comparison.rendering.addresses import address_of
from comparison.sharing.csv_file import figure_of
from comparison.sharing.exports import ViewTable, altered_tree
from comparison.web.comparison_request import ComparisonRequest


def as_text(tree: Any) -> bytes:
    """Return a tree as JSON, without a blank between its parts."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()


def view_tree(table: ViewTable) -> dict[str, Any]:
    """Return the view as a tree: numbers as they are shown, None where nothing is known."""
    page, results, matrix = table.page, table.page.results, table.page.matrix
    named = {option.slug: option for option in table.request.release.document.options}
    pinned, evidence = None if page.draft else page.share.pinned, results.evidence
    return {
        "comparison": {
            "slug": page.slug,
            "title": page.heading.title,
            "question": page.heading.question or None,
        },
        "release": release_record(table.request.release) | newest_of(table.request),
        "view": {
            "selection": page.query,
            "address": table.address,
            "following": page.share.following,
            "pinned": pinned,
        },
        "notes": notes_of(table.request),
        "altered": altered_tree(results.altered),
        "depends": _depends(table.request.view),
        "verdict": {  # the key under which the recommendation was published
            "state": results.state,
            "sentence": table.recommendation,
            "leaders": [option.slug for option in results.leaders],
            "margin": _margin(table.request.view),
            "rival": results.rival.slug if results.rival else None,
            "label": results.label or None,
            "certainty": evidence.level if evidence else None,
        },
        "options": [
            {
                "slug": overall.option.slug,
                "name": overall.option.name,
                "score": _figure(figure_of(overall)),
                "excluded": overall.excluded,
                **option_facts(named[overall.option.slug]),
            }
            for overall in page.overall_scores
        ],
        "shown": {"rows": matrix.shown, "of": matrix.of},
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
            for row in table.rows
        ],
        **credit(page.heading.licence, table.sources),
    }


def option_facts(option: Option) -> dict[str, Any]:
    """Return what is known of an option beside its line; None where it is not."""
    return {
        "home_page": option.home_page,
        "compared_version": option.compared_version,
        "licence": option.licence,
        "status": option.status,
        "tags": list(option.tags),
    }


def _figure(shown: str) -> float | int | None:
    """Return a number as it is shown; None where none is."""
    if not shown:
        return None
    value = float(shown)
    return int(value) if value.is_integer() else value


def _margin(view: View) -> float | None:
    """Return the margin as it is shown, or with a digit more where it would be none."""
    shown = lead_of(view.decision)
    if view.decision.margin is None or shown is None:
        return None
    value = view.decision.margin.value
    return round(value, shown.digits) or round(value, shown.digits + 1)


def credit(licence: str | None, sources: Iterable[statements.SourceLine]) -> dict[str, Any]:
    """Return the licence, None where none is stated, and every source with its address: what
    whoever uses the numbers has to pass on.
    """
    return {
        "licence": licence or None,
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


def notes_of(comparison_request: ComparisonRequest) -> list[dict[str, str | int]]:
    """Return what could not be used of an address. Of what was withdrawn also the name and the last
    release that had it.
    """
    return [_note(comparison_request.release, note) for note in comparison_request.notes]


def _note(release: Published, note: Note) -> dict[str, str | int]:
    gone = release.gone(note)
    line: dict[str, str | int] = {
        "kind": "withdrawn" if gone else note.kind,
        "key": note.key,
        "value": note.value,
    }
    return line | {"name": gone[0], "release": gone[1]} if gone else line


def newest_of(comparison_request: ComparisonRequest) -> dict[str, int]:
    """Return the number of the newest release; nothing for an answer that is pinned, because that
    never changes.
    """
    return {} if comparison_request.pinned else {"newest": comparison_request.newest}


def link_to_newest(comparison_request: ComparisonRequest, name: str) -> dict[str, str]:
    """Return the header of a pinned answer that leads to the same of the newest release (RFC 5829).
    It never changes either. name: of the address, as `urls.py` calls it.
    """
    if not comparison_request.pinned:
        return {}
    query = spell(comparison_request.release.document, comparison_request.selection)
    address = address_of(
        name, slug=comparison_request.slug, query=query, origin=comparison_request.origin
    )
    return {"Link": f'<{address}>; rel="latest-version"'}


def decision_tree(comparison_request: ComparisonRequest) -> dict[str, Any]:
    """Return the decision for a page's query with its exact numbers, how good the evidence is
    behind it, and whom to credit.
    """
    view = comparison_request.view
    return {
        "comparison": comparison_request.slug,
        "release": comparison_request.number,
        **newest_of(comparison_request),
        "digest": comparison_request.digest,
        "selection": view.query,
        "notes": notes_of(comparison_request),
        "altered": altered_tree(view.altered),
        "decision": as_json(view.decision),
        "depends": _depends(view),
        "certainty": as_json(view.certainty),
        **credit(view.scored.document.licence, view.scored.sources),
    }


def _depends(view: View) -> dict[str, Any] | None:
    """Return in how many use cases each option leads, where it depends on the case; else None."""
    depends = dependence_of(view)
    if depends is None:
        return None
    cases = depends.cases
    return {
        "leads": [
            {"option": leader.option.slug, "use_cases": leader.count} for leader in cases.led
        ],
        "toss_ups": cases.toss_ups,
        "ties": cases.ties,
        "undecided": cases.undecided,
        "counted_until_chosen": view.settings.use_case,
    }


def release_tree(comparison_request: ComparisonRequest) -> dict[str, Any]:
    """Return a whole release: its document as published, with nothing left out, and how to credit
    it.
    """
    release = comparison_request.release
    return {
        "comparison": release.slug,
        "release": release_record(release) | newest_of(comparison_request),
        "notes": notes_of(comparison_request),
        **credit(release.document.licence, comparison_request.scored.sources),
        "document": plain(release.document),
    }
