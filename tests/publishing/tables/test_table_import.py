"""What a file of a table becomes: its units, citations, footnotes and groups, and its faults."""

from datetime import date

import pytest

from comparison.core.table.source import About
from comparison.publishing.tables.table_import import BrokenTable, proposed, read_table


def draft(*lines, name="tools.csv"):
    return proposed(read_table("\n".join(lines), name), About("tools", date(2026, 11, 20)))


def test_a_head_gives_unit_and_direction_at_once():
    made = draft("Feature,Hammer,Saw", '"Latency (ms, lower is better)",12,~35')
    guess = made.lines[0].guess
    assert (guess.kind, guess.unit, guess.direction) == ("quantity", "ms", "lower-is-better")


def test_a_number_in_another_unit_is_no_value_and_takes_no_other_along():
    made = draft("Feature,Hammer,Saw,Drill", "Start (ms),1.2 s,120,90")
    cells = made.tree["criteria"][0]["cells"]
    assert [cell.get("quantity", {}).get("low") for cell in cells.values()] == [None, 120, 90]
    assert cells["hammer"]["text"] == "1.2 s"
    assert any('no value is taken from "1.2 s", because the row is' in one for one in made.guesses)


@pytest.mark.parametrize(
    "lines",
    [
        ["Feature,Hammer,Saw", "Sync,✔,✖ [src](https://e.org/x)"],
        ["| Feature | Hammer | Saw |", "|-|-|-|", "| Sync | ✔ | No ([docs](https://e.org/x)) |"],
    ],
    ids=["csv", "markdown"],
)
def test_a_link_that_only_names_its_source_is_a_claim_and_no_words(lines):
    made = draft(*lines, name="tools.csv" if "," in lines[0] else "tools.md")
    assert made.tree["criteria"][0]["cells"]["saw"] == {"text": "No", "support": "no"}
    (claim,) = made.tree["sources"][0]["claims"]
    assert claim["support"] == "no"
    assert "https://e.org/x" in claim["statement"]


@pytest.mark.parametrize("foot", ["¹ On Linux,,", "[^1]: On Linux,,", "(1) On Linux", "1 On Linux"])
def test_a_row_at_the_foot_that_begins_with_a_used_mark_is_a_footnote(foot):
    made = draft("Feature,Hammer,Saw", "Sync,yes[1],no", foot)
    assert [line.name for line in made.lines] == ["Sync"]
    assert made.layout.footnotes == {"1": "On Linux"}


def test_groups_that_are_rows_are_told():
    made = draft("Feature,Hammer,Saw", "Speed,,", "Sync,yes,no", "Looks,,", "Dark,no,yes")
    assert any('groups of the rows below: "Speed", "Looks".' in one for one in made.guesses)


@pytest.mark.parametrize("corner", ["Feature", "Name"])
def test_a_row_with_too_many_cells_is_blamed_on_its_own_number(corner):
    with pytest.raises(BrokenTable) as broken:
        draft(f"{corner},Hammer,Saw", "Sync,yes,no", "Push,yes,no,then", "Dark,no,yes")
    (problem,) = broken.value.problems
    assert problem.startswith("tools.csv:3: the row has more cells than the head")
