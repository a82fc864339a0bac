"""What a reader sees, as files: this very view as CSV, JSON and Markdown, and a whole release as JSON.

Every figure comes from the page's own record or is shown beside it, so that the rows of a file are the rows of the page.
Refuses to see a request, to decide which rows are shown, and to give a number that the page does not show.

The addresses are `/<comparison>/-/view.csv`, `.json` and `.md`, with the page's query, and the same below `/@<release>/`.
`/<comparison>/.csv` would hide a file from shells and servers that keep names with a leading dot to themselves, and
`/<comparison>.csv` would leave no place for the release between name and ending. `-/` is where everything lives that is of
the page but no page, `data.json` already; whoever adds `-/view.csv` to the path keeps path and query as they are. The whole
release is a thing of its own, not a view, so it stands beside the pages: `/<comparison>/release.json`.

CSV is UTF-8 with a byte order mark: without one the most used spreadsheet opens a file in the system's old code page and
spoils every "é" and "–", and `utf-8-sig`, pandas, R and LibreOffice all leave the mark out again. Records end with CRLF, all
have the same number of fields, all fields are quoted (RFC 4180), and the first field of each says what the record is.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from comparison.core.alterations import Alterations
from comparison.core.document.schema import plain
from comparison.core.rounding import number, span
from comparison.core.selection import Note, settings, spell
from comparison.pages import statements
from comparison.pages.comparison.matrix import Total
from comparison.pages.comparison.page import ComparisonPage
from comparison.publishing.releases import Published
from comparison.rendering.jinja import render
from comparison.web.comparison_request import Asked

BYTE_ORDER_MARK = "\ufeff"
COLUMNS = ("record", "group", "name", "slug", "counted", "importance", "value")
# What the headings of an option's second and third column end with. The third ones come last: the others keep their places.
POINTS, RESTS_ON = "points", "rests on"


class Cell(NamedTuple):
    """One cell of a row."""

    text: str  # as shown; the words for unknown where there is none
    points: str  # as shown; empty where unknown
    between: tuple[float, float] | None  # an unknown score lies there
    rests_on: tuple[str, ...]  # sources, check; or editors, or nothing: `core/evidence.py`
    known: bool  # the editors give a text
    applies: bool


class Row(NamedTuple):
    """One criterion that the page shows."""

    group: str
    slug: str
    name: str
    on: bool
    importance: int  # 0..5, kept while the criterion is off
    cells: tuple[Cell, ...]  # one per option shown, in editorial order


class View(NamedTuple):
    """One comparison under one selection, as every file tells it."""

    asked: Asked
    page: ComparisonPage
    rows: tuple[Row, ...]  # those that are not hidden by a filter
    verdict: str  # as sentences
    sources: tuple[statements.SourceLine, ...]

    @property
    def address(self) -> str:
        return self.asked.origin + self.page.canonical

    @property
    def release_words(self) -> str:
        page = self.page
        return "Draft" if page.draft else f"Release {page.release} of {page.published.isoformat()}, by {page.editor}: {page.note}"


def view_of(asked: Asked) -> View:
    """Return what a request's page shows, as values. Which rows are shown is the page's decision."""
    page, reading = asked.page(with_controls=False), asked.reading
    wanted = settings(reading.document, asked.selection)
    rows = tuple(
        Row(
            group=group.name,
            slug=row.slug,
            name=row.name,
            on=row.on,
            importance=wanted.dormant.get(row.slug, wanted.weights[row.slug]),
            cells=tuple(_cell(asked, row.slug, option.slug) for option in page.options),
        )
        for group in (page.matrix.groups if page.matrix else ())
        for row in group.rows
        if not row.hidden
    )
    return View(asked, page, rows, verdict_words(page), reading.sources)


def verdict_words(page: ComparisonPage) -> str:
    """Return the recommendation as plain sentences on one line. The words are the template's."""
    return " ".join(render("api/verdict.txt", page=page).unescape().split())


def altered_words(altered: Alterations) -> tuple[str, list[tuple[str, str]]]:
    """Return what a view leaves out and changes: one sentence, and each kind of it with everything by name."""
    sentence, *lists = render("api/altered.txt", altered=altered).unescape().strip("\n").split("\n")
    parted = (line.partition(": ") for line in lists)
    return sentence.strip(), [(heading, names) for heading, _, names in parted]


def altered_tree(altered: Alterations) -> dict[str, Any]:
    """Return what a view leaves out and changes, by slug: whoever passes its numbers on has to say so."""
    return {
        "sentence": altered_words(altered)[0],
        "options_left_out": [thing.slug for thing in altered.options],
        "sources_not_counted": [thing.slug for thing in altered.sources],
        "editors_scores_left_out": altered.claims_only,
        "criteria_off": [thing.slug for thing in altered.off],
        "importances": [{"criterion": move.slug, "usual": move.usual, "now": move.now} for move in altered.importances],
        "must_haves_added": [thing.slug for thing in altered.added],
        "must_haves_set_aside": [thing.slug for thing in altered.set_aside],
    }


def note_words(page: ComparisonPage) -> list[str]:
    """Return what could not be used of the address as plain sentences, one for each note. The words are the page's."""
    return [str(render("api/note.txt", note=note).unescape().strip()) for note in page.notes]


def _cell(asked: Asked, criterion: str, option: str) -> Cell:
    reading = asked.reading
    cell = reading.criteria[criterion].cells.get(option)
    return Cell(
        text=cell.text if cell else "Not known",
        points=number(reading.evidence.scores[option][criterion]),
        between=reading.evidence.cells[criterion, option].bounds,
        rests_on=reading.evidence.cells[criterion, option].rests_on,
        known=cell is not None,
        applies=cell is None or cell.applies,
    )


# --- CSV -------------------------------------------------------------------------------------------------------------

_BREAKS = re.compile(r"([;\t\r\n])")  # where an import may end a cell, whatever the quotes say
_STARTS_A_FORMULA = re.compile(
    '[\\s"\x00\ufeff\u200b-\u200f\u2060]*'  # what an import may pass over
    "['=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]"  # in full width and small too: spreadsheets fold them
)


def harmless(value: str) -> str:
    """Return a value that no spreadsheet takes for a formula: with an apostrophe before what could start one.

    At risk is a value that begins with a tab, CR or LF, and one whose first sign, blanks and quotes passed over, is one of
    = + - @ or a full-width or small form of them. A spreadsheet may be set to end cells at semicolons or tabs, so each piece
    between semicolons, tabs and line ends is looked at in the same way. A piece that begins with an apostrophe of its own
    gets one more, and so every value can be had back: `as_it_was` takes one apostrophe from the head of each piece.
    Source: OWASP, CSV Injection (the signs and the apostrophe); the rule for reading back is ours.
    """
    pieces = ["'" + piece if _STARTS_A_FORMULA.match(piece) else piece for piece in _BREAKS.split(value)]
    if value.startswith(("\t", "\r", "\n")):
        pieces[0] = "'"
    return "".join(pieces)


def as_it_was(value: str) -> str:
    """Return the value that `harmless` was given."""
    return "".join(piece.removeprefix("'") for piece in _BREAKS.split(value))


def to_csv(view: View) -> bytes:
    """Return the view as CSV: options, criteria, totals, notes, what it is, and every source, one record each."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    width = len(COLUMNS) + 3 * len(view.page.options)
    for record in _records(view):
        writer.writerow([harmless(value) for value in (*record, *[""] * (width - len(record)))])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def _records(view: View) -> Iterator[Sequence[str]]:
    page = view.page
    yield (*COLUMNS, *_headings(page))
    yield ("options", "", "Option", "", "", "", "", *_pairs((option.slug, "") for option in page.options))
    for row in view.rows:
        yield ("criterion", row.group, row.name, row.slug, _yes(row.on), str(row.importance), "", *_values(row))
    totals = _pairs(("excluded" if total.excluded else "", _total(total)) for total in page.totals)
    yield ("total", "", "Overall score", "", "", "", "", *totals)
    for note, words in zip(page.notes, note_words(page), strict=True):
        yield ("note", note.kind, note.key, "", "", "", words)
    for name, value in _about(view):
        yield ("about", "", name, "", "", "", value)
    for source in view.sources:
        yield ("source", source.publisher, source.title, source.slug, _yes(source.trusted), "", source.address)


def _headings(page: ComparisonPage) -> list[str]:
    names = [option.name for option in page.options]
    return [*_pairs((name, f"{name}, {POINTS}") for name in names), *(f"{name}, {RESTS_ON}" for name in names)]


def _values(row: Row) -> list[str]:
    """Return a row's fields in the order of `_headings`."""
    pairs = _pairs((cell.text, cell.points or span(cell.between)) for cell in row.cells)
    return [*pairs, *(" and ".join(cell.rests_on) for cell in row.cells)]


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [value for pair in pairs for value in pair]


def _about(view: View) -> list[tuple[str, str]]:
    """Return what every table says of itself, by name."""
    page, matrix = view.page, view.page.matrix
    return [
        ("Comparison", page.heading.title),
        ("Verdict", view.verdict),
        *altered_words(page.results.altered)[1],
        ("Rows shown", f"{matrix.shown} of {matrix.of}" if matrix else ""),
        ("Release", view.release_words),
        ("Address", view.address),
        *([] if page.draft else [("Address of exactly this, for ever", page.share.pinned)]),
        ("Licence", page.heading.licence),
    ]


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _total(total: Total) -> str:
    return total.score if total.score[-1:].isdigit() else ""  # the page shows a dash where there is none


# --- Markdown --------------------------------------------------------------------------------------------------------

_MARKUP = re.compile(r"[\\`*_\[\]|<>&~$#]")
_AS_ENTITIES = frozenset("<>&~$")  # a backslash before these is shown by some readers


def as_text(value: str) -> str:
    """Return a value that Markdown shows as it stands, in a table's cell too: nothing in it is a link, a tag or a column."""
    line = " ".join(value.split())
    return _MARKUP.sub(lambda sign: f"&#{ord(sign[0])};" if sign[0] in _AS_ENTITIES else "\\" + sign[0], line)


def to_markdown(view: View) -> bytes:
    """Return the view as Markdown with one table: what CSV tells, for people. Read back, its cells are the page's."""
    page = view.page
    heading = ["Group", "Criterion", "Counted", "Importance", *_headings(page)]
    lines = [f"# {as_text(page.heading.title)}", "", as_text(view.verdict), "", _line(heading), "|" + " --- |" * len(heading)]
    for row in view.rows:
        lines.append(_line([row.group, row.name, _yes(row.on), str(row.importance), *_values(row)]))
    totals = _pairs(("excluded" if total.excluded else "", _total(total)) for total in page.totals)
    lines += [_line(["", "Overall score", "", "", *totals, *[""] * len(page.options)]), ""]
    lines += [f"- {name}: {_linked(value)}" for name, value in _about(view)[2:]]
    lines += [f"- Note: {as_text(words)}" for words in note_words(page)]
    lines += ["", "## Sources", ""]
    for source in view.sources:
        said_by = ", ".join(as_text(part) for part in (source.title, source.publisher, source.published))
        left_out = "" if source.trusted else " (left out here)"
        lines.append(f"{source.number}. {said_by}{left_out}" + (f": {_linked(source.address)}" if source.address else ""))
    return ("\n".join(lines) + "\n").encode()


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(as_text(cell) for cell in cells) + " |"


def _linked(value: str) -> str:
    """Return an address as a link of its own, and anything else as text."""
    if not value.startswith(("http://", "https://")):
        return as_text(value)
    return "<" + "".join(quote(sign) if sign in '<> "\\`' else sign for sign in value) + ">"


# --- JSON ------------------------------------------------------------------------------------------------------------


def view_tree(view: View) -> dict[str, Any]:
    """Return the view as a tree: numbers as they are shown, None where nothing is known."""
    page, results, matrix = view.page, view.page.results, view.page.matrix
    pinned, firm = None if page.draft else page.share.pinned, results.firm
    return {
        "comparison": {"slug": page.slug, "title": page.heading.title, "question": page.heading.question},
        "release": release_record(view.asked.release) | newest_of(view.asked),
        "view": {"selection": page.query, "address": view.address, "following": page.share.following, "pinned": pinned},
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
            {"slug": t.option.slug, "name": t.option.name, "score": _figure(_total(t)), "excluded": t.excluded}
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
    """Return the licence, and every source with its address: what whoever uses the numbers has to pass on."""
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
    """Return what there is to say of a release besides its document. digest: SHA-256 of the document's one JSON text."""
    return {
        "number": release.number,
        "digest": release.digest,
        "editor": release.editor,
        "note": release.note,
        "published_at": release.published_at.isoformat(),
    }


def notes_of(asked: Asked) -> list[dict[str, str | int]]:
    """Return what could not be used of an address. Of what was withdrawn also the name and the last release that had it."""
    return [_note(asked.release, note) for note in asked.notes]


def _note(release: Published, note: Note) -> dict[str, str | int]:
    gone = release.gone(note)
    said: dict[str, str | int] = {"kind": "withdrawn" if gone else note.kind, "key": note.key, "value": note.value}
    return said | {"name": gone[0], "release": gone[1]} if gone else said


def newest_of(asked: Asked) -> dict[str, int]:
    """Return the number of the newest release; nothing for an answer that is pinned, because that never changes."""
    return {} if asked.pinned else {"newest": asked.newest}


def link_to_newest(asked: Asked, path: str) -> dict[str, str]:
    """Return the header of a pinned answer that leads to the same of the newest release (RFC 5829). It never changes either."""
    query = spell(asked.release.document, asked.selection)
    address = asked.origin + path + (f"?{query}" if query else "")
    return {"Link": f'<{address}>; rel="latest-version"'} if asked.pinned else {}


def release_tree(asked: Asked) -> dict[str, Any]:
    """Return a whole release: its document as published, with nothing left out, and how to credit it."""
    release = asked.release
    return {
        "comparison": release.slug,
        "release": release_record(release) | newest_of(asked),
        "notes": notes_of(asked),
        **credit(release.document.licence, asked.reading.sources),
        "document": plain(release.document),
    }
