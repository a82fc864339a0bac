"""A view as a Markdown table, for pull requests and notes."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from comparison.sharing.csv_file import (
    headings,
    importance_of,
    overall_score_fields,
    values_of,
    yes_or_no,
)
from comparison.sharing.exports import ViewTable, about_of, facts_of, note_words

_MARKUP = re.compile(r"[\\`*_\[\]|<>&~$#]")
_AS_ENTITIES = frozenset("<>&~$")  # a backslash before these is shown by some readers


def as_text(value: str) -> str:
    """Return a value that Markdown shows as it stands, in a table's cell too: nothing in it is a
    link, a tag or a column.
    """
    line = " ".join(value.split())
    return _MARKUP.sub(
        lambda sign: f"&#{ord(sign[0])};" if sign[0] in _AS_ENTITIES else "\\" + sign[0], line
    )


def to_markdown(table: ViewTable) -> bytes:
    """Return the view as Markdown with one table: what CSV tells, for people. Read back, its cells
    are the page's.
    """
    page = table.page
    heading = ["Group", "Criterion", "Counted", "Importance", *headings(page)]
    lines = [
        f"# {as_text(page.heading.title)}",
        "",
        as_text(table.recommendation),
        "",
        _line(heading),
        "|" + " --- |" * len(heading),
    ]
    for row in table.rows:
        lines.append(
            _line([row.group, row.name, yes_or_no(row.on), importance_of(row), *values_of(row)])
        )
    scores = overall_score_fields(page)
    lines += [_line(["", "Overall score", "", "", *scores, *[""] * len(page.options)]), ""]
    lines += [f"- {name}: {_linked(value)}" for name, value in about_of(table)[2:]]
    lines += [f"- Note: {as_text(words)}" for words in note_words(page)]
    if known := facts_of(table):
        lines += ["", "## Options", ""]
        for option, facts in known:
            told = ", ".join(f"{name} {_linked(value)}" for name, value in facts)
            lines.append(f"- {as_text(option.name)}: {told}")
    lines += ["", "## Sources", ""]
    for source in table.sources:
        said_by = ", ".join(
            as_text(part) for part in (source.title, source.publisher, source.published)
        )
        left_out = "" if source.trusted else " (left out here)"
        lines.append(
            f"{source.number}. {said_by}{left_out}"
            + (f": {_linked(source.address)}" if source.address else "")
        )
    return ("\n".join(lines) + "\n").encode()


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(as_text(cell) for cell in cells) + " |"


def _linked(value: str) -> str:
    """Return an address as a link of its own, and anything else as text."""
    if not value.startswith(("http://", "https://")):
        return as_text(value)
    return "<" + "".join(quote(sign) if sign in '<> "\\`' else sign for sign in value) + ">"
