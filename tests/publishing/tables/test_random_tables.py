"""Whatever stands in a table: it is refused in words, or what it becomes can be published."""

import csv
import io
import random
from contextlib import suppress
from datetime import date

import pytest

from comparison.core.document.schema import Direction
from comparison.core.table.draft_tree import LineCorrection
from comparison.core.table.kinds import LineKind
from comparison.core.table.source import About
from comparison.publishing.inspection import inspect
from comparison.publishing.tables.carried_table import from_text, to_text
from comparison.publishing.tables.table_import import BrokenTable, proposed, read_table

ABOUT = About("tools", date(2026, 11, 20), title="Which?", topic="Tools")
HEADS = [
    "Price",
    "Latency (ms)",
    "Weight",
    "Total",
    "Stars",
    "",
    "A",
    "Notes",
    "Unit",
    "RAM",
    "機能",
]
CELLS = (
    *("yes", "no", "✓", "❌", "-", "?", "n/a", "x", "X", "", "plugin", "Yes, but", "✅ beta"),
    *("1.500", "1,5", "12 ms", "$5/mo", "5-10", "10-5", "free", "unlimited", "★★★", "8/10", "~5k"),
    *("9e999", "9" * 400, "inf", "NaN", "10⁹⁹⁹", "５ ½", "1h30", "−5", "1'000", "5 GB (x)", "100%"),
    *(
        "<b>x</b>",
        "=1+1",
        "\u202e",
        "\ufe0f",
        "\x07",
        "👩‍💻",
        "Yes[1]",
        ".b*",
        "**",
        "|",
        '"',
        "\\",
    ),
    *("<a href='https://x.example/\x85'>y</a>", "https://ok.example", "word " * 90, "w" * 400),
)
TURNED = pytest.mark.parametrize("turned", [False, True], ids=["as it lies", "turned"])


def random_table(chance):
    """Return a table of a few rows as CSV, often short, doubled or without heads."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=chance.choice(",;\t"))
    width = chance.randint(1, 6)
    writer.writerow([chance.choice(HEADS), *(chance.choice(HEADS) + str(n) for n in range(width))])
    for number in range(chance.randint(1, 7)):
        cells = chance.choices(CELLS, k=chance.choice([width, width, 0, width + 2]))
        writer.writerow([chance.choice(HEADS) + chance.choice(["", str(number)]), *cells])
    return stream.getvalue()


@TURNED
def test_a_random_table_is_refused_in_words_or_can_be_published(turned):
    chance = random.Random(7)
    published = 0
    for _ in range(100):
        with suppress(BrokenTable):
            table = read_table(random_table(chance), "t.csv")
            assert from_text(to_text(table)) == table
            draft = proposed(table, ABOUT, turned=turned)
            assert [str(problem) for problem in inspect(dict(draft.tree)).problems] == []
            published += 1
    assert published > 10


def test_whatever_an_editor_corrects_is_no_more_than_a_problem_with_a_place():
    chance = random.Random(8)
    for _ in range(60):
        with suppress(BrokenTable):
            table = read_table(random_table(chance), "t.csv")
            corrections = {
                line.slug: LineCorrection(
                    chance.choice(list(LineKind)),
                    direction=chance.choice([None, *Direction]),
                    importance=chance.choice([None, 0, 2.5]),
                )
                for line in proposed(table, ABOUT).lines
            }
            draft = proposed(table, ABOUT, corrections)
            for problem in inspect(dict(draft.tree)).problems:
                words = ("a quantity needs", "a logarithmic scale needs")
                assert any(one in str(problem) for one in words)
