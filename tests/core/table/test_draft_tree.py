"""A table as the tree of a comparison: what lies where, what kind each line is, and what is said
of the guesses.
"""

from datetime import date

import pytest

from comparison.core.document.schema import Direction
from comparison.core.document.validation import problems
from comparison.core.table.draft_tree import LineCorrection, draft_of
from comparison.core.table.kinds import LineKind
from comparison.core.table.source import About
from comparison.core.table.table import Link, Table, TableCell, TableRow

ABOUT = About("tools", date(2026, 11, 20))


def table(*lines, footnotes=None):
    """Return the table of lines whose cells stand between bars; "Yes*" has a mark, "a<b>" links
    to b.
    """

    def cell(words):
        text, _, address = words.strip().rstrip(">").partition("<http")
        marks = ("*",) if text.endswith("*") else ()
        links = (Link(text, f"http{address}"),) if address else ()
        return TableCell(text.rstrip("* "), links, marks)

    rows = [
        TableRow(number, tuple(cell(words) for words in line.split("|")))
        for number, line in enumerate(lines, 1)
    ]
    return Table("tools.csv", tuple(rows), footnotes or {})


def kinds(draft):
    return {line.slug: line.guess.kind.value for line in draft.lines}


FEATURES = table(
    "Feature | Weight | Hammer | Saw | Drill",
    "In use",
    "Runs offline | 20% | ✓ | ✗ | ?",
    "Price | 40% | $5 | free | $20/mo",
    "Latency (ms) | 10% | 12 | ~35 | 1,200",
    "Licence | 0% | MIT | GPL | MIT",
    "On paper",
    "Manual | 40% | Yes* | plugin | n/a",
    "Total | 100% | 4 | 3 | 2",
    footnotes={"*": "In German."},
)


def test_options_groups_kinds_and_importances_come_from_their_places():
    draft = draft_of(FEATURES, ABOUT)
    assert [option["name"] for option in draft.tree["options"]] == ["Hammer", "Saw", "Drill"]
    assert [group["name"] for group in draft.tree["groups"]] == ["In use", "On paper"]
    assert kinds(draft) == {
        "runs-offline": "support",
        "price": "quantity",
        "latency-ms": "logarithmic",
        "licence": "licence",
        "manual": "support",
        "total": "left-out",
    }
    importances = {one["slug"]: one.get("importance") for one in draft.tree["criteria"]}
    assert importances["price"] == 5
    assert importances["runs-offline"] == 2.5


def test_what_says_nothing_is_no_cell_and_what_does_not_apply_is_one():
    cells = {one["slug"]: one["cells"] for one in draft_of(FEATURES, ABOUT).tree["criteria"]}
    assert cells["runs-offline"] == {
        "hammer": {"text": "Yes", "support": "yes"},
        "saw": {"text": "No", "support": "no"},
    }
    assert cells["manual"]["drill"] == {"text": "n/a", "applies": False}
    assert cells["manual"]["saw"] == {"text": "plugin", "support": "partly"}


def test_a_quantity_has_the_unit_the_direction_and_the_ends_of_its_line():
    criteria = {one["slug"]: one for one in draft_of(FEATURES, ABOUT).tree["criteria"]}
    latency = criteria["latency-ms"]
    assert (latency["unit"], latency["direction"]) == ("ms", "lower-is-better")
    assert (latency["anchor_low"], latency["anchor_high"]) == (1200, 12)
    assert latency["cells"]["saw"]["quantity"] == {
        "spelling": "~35",
        "form": "point",
        "low": 35,
        "unit": "ms",
        "approximate": True,
    }
    # per month is not once: nothing is converted
    assert "quantity" not in criteria["price"]["cells"]["drill"]
    assert criteria["price"]["cells"]["saw"]["quantity"]["low"] == 0


def test_a_footnote_is_a_claim_of_the_table():
    (source,) = draft_of(FEATURES, ABOUT).tree["sources"]
    (claim,) = source["claims"]
    assert (claim["option"], claim["criterion"], claim["support"]) == ("hammer", "manual", "yes")
    assert claim["statement"] == 'The table says "Yes" and adds: In German.'
    assert claim["place"] == 'Row "Manual", column "Hammer"'


def test_a_star_that_leads_to_no_footnote_stays_where_it_is_part_of_the_words():
    line = TableRow(2, (TableCell("Files"), TableCell("a"), TableCell(".b", (), ("*",), ".b*")))
    draft = draft_of(Table("t", (table("F | A | B").rows[0], line)), ABOUT)
    assert draft.tree["criteria"][0]["cells"]["b"]["text"] == ".b*"


def test_every_guess_is_said():
    words = "\n".join(draft_of(FEATURES, ABOUT).guesses)
    for said in (
        "The columns are the options",
        "weights were read as percent",
        'Read as yes: "✓" (1), "Yes" (1)',
        'Read as partly: "plugin" (1)',
        'Left unknown: "?" (1)',
        "lower is better, 1,200 means 0 and 12 means 10",
        "Total: left out, because the site adds up itself",
        "1 of 3 cells have words and no value",
    ):
        assert said in words


def test_only_what_no_table_holds_is_missing():
    fields = {problem.path[-1] for problem in problems(draft_of(FEATURES, ABOUT).tree)}
    assert fields == {"title", "topic"}


ROWS = table(
    "# | Tool | Stars | Offline | First release | RAM",
    "1 | Hammer <https://hammer.example> | 1.2k | yes | 2014 | 2 GB",
    "2 | Saw <https://saw.example> | 800 | no | 2020 | 512 MB",
    "3 | Drill <https://drill.example> | ? | partly | 2019 | 4 GB",
)


def test_options_in_rows_are_seen_and_the_table_is_turned():
    draft = draft_of(ROWS, ABOUT)
    assert [option["slug"] for option in draft.tree["options"]] == ["hammer", "saw", "drill"]
    # of memory nobody knows which way better is, and a year is no quantity
    assert kinds(draft) == {
        "stars": "quantity",
        "offline": "support",
        "first-release": "text",
        "ram": "text",
    }


def test_it_is_said_where_nothing_has_a_score():
    draft = draft_of(table("Tool | Licence | RAM", "A | MIT | 2 GB", "B | GPL | 4 GB"), ABOUT)
    assert "No criterion has scores" in " ".join(draft.guesses)
    assert "No criterion has scores" not in " ".join(draft_of(ROWS, ABOUT).guesses)


def test_what_is_said_of_the_options_themselves_is_no_criterion():
    draft = draft_of(
        table(
            "Tool | Licence | Website | Category | Status | Offline",
            "Hammer <https://hammer.example> | MIT* | | Hand, Heavy | kept | yes",
            "Saw | ? | Home <https://saw.example> | Hand | n/a | no",
            footnotes={"*": "Since 2020."},
        ),
        ABOUT,
    )
    assert draft.tree["options"] == [
        {
            "slug": "hammer",
            "name": "Hammer",
            "home_page": "https://hammer.example",
            "status": "kept",
            "tags": ["Hand", "Heavy"],
            "licence": "MIT",
        },
        {
            "slug": "saw",
            "name": "Saw",
            "tags": ["Hand"],
            "home_page": "https://saw.example",
        },
    ]
    assert [criterion["slug"] for criterion in draft.tree["criteria"]] == ["offline"]
    (claim,) = draft.tree["sources"][0]["claims"]
    assert (claim["option"], claim.get("criterion")) == ("hammer", None)
    assert "Licence: licence of the options, because its head says so." in draft.guesses


def test_a_table_that_says_nothing_else_has_criteria_of_words():
    draft = draft_of(table("Tool | Licence | Status", "A | MIT | kept", "B | GPL | left"), ABOUT)
    assert kinds(draft) == {"licence": "text", "status": "text"}


def test_numbers_that_differ_a_hundred_times_are_compared_by_factors():
    draft = draft_of(table("Tool | Stars", "A | 50", "B | 5k"), ABOUT)
    (stars,) = draft.tree["criteria"]
    assert (stars["kind"], stars["scale"], stars["anchor_low"]) == ("quantity", "logarithmic", 50)


@pytest.mark.parametrize(
    ("line", "kind", "unit"),
    [
        ("Price | 5 | 7", "text", None),
        ("Price | 5 $ | 7 $", "quantity", "$"),
        ("Price ($) | 5 | 7", "quantity", "$"),
        ("Latency | 5 | 7 ms | 9", "quantity", "ms"),
        ("Open Issues | 5 ms | 7 ms", "quantity", "ms"),
        ("Stars | 5 | 7", "quantity", "stars"),
        ("Hosting costs | 5 | 7", "text", None),
    ],
)
def test_a_unit_is_taken_where_it_is_written_and_nowhere_else(line, kind, unit):
    (criterion,) = draft_of(table("Feature | A | B | C", line), ABOUT).tree["criteria"]
    assert (criterion["kind"], criterion.get("unit")) == (kind, unit)


def test_a_number_without_a_unit_is_asked_for_one():
    bare = table("Feature | A | B", "Price | 5 | 7", "Sync | x |")
    number = LineCorrection(LineKind.QUANTITY)
    (fault,) = draft_of(bare, ABOUT, {"price": number}).faults
    assert (fault.row, "no unit is written" in fault.message) == (2, True)
    with_unit = {"price": LineCorrection(LineKind.QUANTITY, unit="€")}
    assert draft_of(bare, ABOUT, with_unit).tree["criteria"][0]["anchor_low"] == 7


def test_the_orientation_can_be_said():
    draft = draft_of(ROWS, ABOUT, options_are_rows=False)
    assert draft.tree["options"][0]["slug"] == "stars"


def test_a_correction_wins_and_gets_what_it_needs():
    corrections = {
        "ram": LineCorrection(LineKind.QUANTITY, direction=Direction.LOWER, importance=5),
        "offline": LineCorrection(LineKind.LEFT_OUT),
        "stars": LineCorrection(unit="stars on a day", group="Fame"),
    }
    criteria = {one["slug"]: one for one in draft_of(ROWS, ABOUT, corrections).tree["criteria"]}
    assert (criteria["ram"]["anchor_low"], criteria["ram"]["anchor_high"]) == (4, 2)
    assert criteria["ram"]["importance"] == 5
    assert "offline" not in criteria
    assert (criteria["stars"]["unit"], criteria["stars"]["group"]) == ("stars on a day", "fame")


def test_the_worse_end_means_nothing_whichever_was_given_first():
    given = LineCorrection(direction=Direction.HIGHER, anchor_low=2000, anchor_high=0)
    criteria = {
        one["slug"]: one for one in draft_of(ROWS, ABOUT, {"stars": given}).tree["criteria"]
    }
    assert (criteria["stars"]["anchor_low"], criteria["stars"]["anchor_high"]) == (0, 2000)


def test_a_point_between_thousands_is_read_as_the_line_writes_numbers():
    draft = draft_of(table("Metric | A | B", "Price (€) | 1.500 | 0,75"), ABOUT)
    (price,) = draft.tree["criteria"]
    assert price["cells"]["a"]["quantity"]["low"] == 1500


def test_x_is_a_tick_where_there_is_no_other_sign_for_yes():
    ticked = draft_of(table("Feature | A | B", "Sync | x |", "Sort | | X"), ABOUT)
    crossed = draft_of(table("Feature | A | B", "Sync | x | ✓", "Sort | ✓ | x"), ABOUT)
    assert ticked.tree["criteria"][0]["cells"]["a"]["support"] == "yes"
    assert crossed.tree["criteria"][0]["cells"]["a"]["support"] == "no"


def test_numbers_beside_weights_are_marks():
    weighted = table("Criterion | Weight | A | B", "Speed | 3 | 4 (12) | 5 (15)", "Fun | 2 | 1 | 3")
    speed = draft_of(weighted, ABOUT).tree["criteria"][0]
    assert (speed["kind"], speed["cells"]["a"]["score"]) == ("rating", 8)
    assert speed["cells"]["a"]["note"] == 'The table says "4 (12)".'


def test_a_weight_of_nothing_is_passed_over():
    assert kinds(draft_of(table("Feature | Weight | A | B", "Sync | 5 | x | x", " | 3 | |"), ABOUT))


@pytest.mark.parametrize(
    ("lines", "row", "words"),
    [
        (["Feature | A | A", "Sync | x | x"], 1, '"A" stands twice, in columns 2 and 3'),
        (["Feature | A |  | B", "Sync | x | x | x"], 1, "Column 3 has no head"),
        (["Feature | A | B", "Sync | x | x", " | ✓ | ✗"], 3, "has no head"),
        (["Feature | A", "Sync | x"], 0, "at least two options"),
        (["Feature | A | B"], 0, "holds no table"),
        ([f"Feature | {'A' * 121} | B", "Sync | x | x"], 1, "more than 120 characters"),
        (["Feature | A | B", "C" * 121, "Sync | x | x"], 3, "heading above it"),
    ],
    ids=[
        "doubled head",
        "empty head",
        "row without head",
        "one option",
        "heads alone",
        "long",
        "long heading",
    ],
)
def test_what_cannot_be_taken_is_a_fault_with_its_row(lines, row, words):
    faults = draft_of(table(*lines), ABOUT).faults
    assert any(fault.row == row and words in fault.message for fault in faults)


def test_a_cell_too_long_for_the_matrix_is_cut_there_and_whole_in_a_claim():
    long = "word " * 100 + "end"
    draft = draft_of(table("Feature | A | B", f"Sync | {long} | no"), ABOUT)
    cell = draft.tree["criteria"][0]["cells"]["a"]
    assert len(cell["text"]) <= 300 and cell["text"].endswith("…")
    assert draft.tree["sources"][0]["claims"][0]["statement"] == f"The table says: {long}"
