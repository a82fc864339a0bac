"""A comparison's files as tests read them: the records of a CSV file, every value as it was."""

import csv
import io
import re

from tests.tools import get

PIECES = re.compile(r"([;\t\r\n])")


def as_it_was(value):
    """Return a value before it was made harmless, read back as the description of the API says."""
    return "".join(piece.removeprefix("'") for piece in PIECES.split(value))


def records(address):
    """Return a CSV file's records as dicts, with every value as it was."""
    text = get(address).content.decode("utf-8-sig")
    rows = [
        [as_it_was(value) for value in row]
        for row in csv.reader(io.StringIO(text, newline=""), strict=True)
    ]
    assert len({len(row) for row in rows}) == 1
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def of_kind(rows, kind):
    return [row for row in rows if row["record"] == kind]


def about(rows):
    return {row["name"]: row["value"] for row in of_kind(rows, "about")}
