"""Which rows of the matrix a reader sees at first, and which a filter or a search brings."""

import pytest

from tests import worlds
from tests.tools import Page, criterion_of, data, html, words_of

pytestmark = pytest.mark.django_db
CRITERIA = 40


@pytest.fixture
def large():
    """Three options by forty criteria, each with a note and a claim of its own on Ada's cell."""
    tree = worlds.large_tree(3, CRITERIA, claims_per_cell=1)
    for number, criterion in enumerate(tree["criteria"]):
        for cell in criterion["cells"].values():
            cell["note"] = f"Noted as N{number}N."
    for claim in tree["sources"][0]["claims"]:
        number = claim["criterion"].removeprefix("criterion-")
        claim["statement"] = f"They say S{number}S."
    worlds.publish(tree)


def shown(query=""):
    """Return the numbers of the criteria whose rows are shown."""
    page = Page(html(f"/large/?{query}"))
    rows = [row for row in page.find("tr") if "data-criterion" in row and "hidden" not in row]
    return {int(criterion_of(row).removeprefix("criterion-")) for row in rows}


def test_at_first_the_twelve_criteria_are_shown_that_decide(large):
    every = {
        int(part["criterion"].removeprefix("criterion-")): abs(part["value"])
        for part in data(slug="large")["decision"]["margin"]["parts"]
    }
    largest = sorted(every, key=lambda number: -every[number])[:12]
    assert shown() == set(largest)


def test_what_the_reader_touched_is_shown_besides(large):
    before = shown()
    off, other = sorted(set(range(CRITERIA)) - before)[:2]
    assert shown(f"off=criterion-{off}&w=criterion-{other}:5") == before | {off, other}


def test_who_switched_most_of_them_off_sees_what_is_left(large):
    left = sorted(set(range(CRITERIA)) - shown())[:2]
    off = ",".join(f"criterion-{number}" for number in range(CRITERIA) if number not in left)
    assert shown(f"off={off}") == shown() | set(left)


def test_all_rows_can_be_asked_for_and_those_that_count(large):
    assert shown("show=all") == set(range(CRITERIA))
    assert shown("show=counted&off=criterion-3&w=criterion-5:0") == set(range(CRITERIA)) - {3, 5}


def test_a_comparison_with_few_criteria_shows_them_all_and_offers_no_more(db):
    worlds.publish(worlds.tiny_tree())
    page = Page(html("/tiny/"))
    assert [row for row in page.find("tr") if "data-criterion" in row and "hidden" in row] == []
    assert "all" not in [option["value"] for option in page.find("option") if "value" in option]


@pytest.mark.parametrize("words", ["N7N", "S7S", "n7n s7s"])
def test_a_search_looks_through_notes_and_claims_of_every_row(large, words):
    assert shown(f"q={words}") == {7}


def test_a_search_finds_words_by_their_beginning_alone(db):
    tree = worlds.tiny_tree()
    tree["criteria"][0]["cells"]["ada"]["note"] = "One processor. Users, per SSO."
    tree["criteria"][1]["cells"]["ada"]["note"] = "Two processors."
    worlds.publish(tree)
    for words, expected in (("sso", {"speed"}), ("processor", {"speed", "ease"}), ("ssor", set())):
        rows = [row for row in Page(html(f"/tiny/?q={words}")).find("tr") if "hidden" not in row]
        assert {criterion_of(row) for row in rows if "data-criterion" in row} == expected


def test_what_is_behind_the_cells_is_searched_only_where_no_row_shows_the_words(db):
    tree = worlds.tiny_tree()
    tree["criteria"][0]["cells"]["ada"]["note"] = "Less ease, more cost."
    worlds.publish(tree)
    page = Page(html("/tiny/?q=ease"))
    hidden = {criterion_of(row) for row in page.find("tr") if "hidden" in row}
    assert hidden == {"speed", "cost"}


def test_hidden_rows_keep_their_controls_and_bring_no_cells(large):
    page = Page(html("/large/"))
    assert len(page.find("input", name="on")) == CRITERIA
    assert len(page.find("a", **{"class": "cell"})) == 3 * 12


def test_only_disputed_shows_the_criteria_on_which_sources_disagree(db):
    worlds.publish(worlds.tiny_tree())
    page = Page(html("/tiny/?show=disputed"))
    rows = [criterion_of(row) for row in page.find("tr") if "data-criterion" in row]
    hidden = [criterion_of(row) for row in page.find("tr") if "hidden" in row]
    assert set(rows) - set(hidden) == {"speed"}


def test_a_search_says_how_many_places_outside_the_table_hold_the_words(db):
    worlds.publish(worlds.tiny_tree())
    page = html("/tiny/?q=walk")
    (link,) = [a for a in Page(page).find("a") if a.get("href", "").endswith("find=walk")]
    assert "outside the table" in words_of(page)
    assert words_of(Page(page).outer("row_count")) == "0 of 3 rows and 1 place outside the table"
    assert link["href"].startswith("/tiny/search/?")


@pytest.mark.parametrize(("options", "rows"), [(4, 12), (5, 6), (7, 6), (8, 12)])
def test_of_five_to_seven_options_with_a_line_each_six_criteria_are_shown(options, rows):
    worlds.publish(worlds.large_tree(options, CRITERIA))
    assert len(shown()) == rows


@pytest.mark.parametrize(("criteria", "rows"), [(15, 15), (16, 12)])
def test_up_to_fifteen_criteria_are_shown_all_and_no_filter_offers_them(criteria, rows):
    worlds.publish(worlds.large_tree(3, criteria))
    assert len(shown()) == rows
    values = [option.get("value") for option in Page(html("/large/")).find("option")]
    assert ("all" in values) == (criteria > rows)


def test_who_switched_half_of_them_off_sees_those(large):
    off = set(range(20))
    assert shown("off=" + ",".join(f"criterion-{n}" for n in off)) == shown() | off


def test_importances_of_what_is_switched_off_choose_no_row(large):
    left = sorted(set(range(CRITERIA)) - shown())[:3]
    off = ",".join(f"criterion-{n}" for n in range(CRITERIA) if n not in left[:2])
    assert shown(f"off={off}&w=criterion-{left[2]}:5") == shown() | set(left[:2])


def test_a_must_have_that_the_reader_adds_or_sets_aside_shows_its_row():
    tree = worlds.large_tree(3, CRITERIA)
    worlds.publish(tree)
    hidden = sorted(set(range(CRITERIA)) - shown())[0]
    tree["criteria"][hidden]["must"] = {"name": "Included", "minimum": 5}
    worlds.publish(tree)
    assert hidden not in shown() and hidden in shown(f"must=criterion-{hidden}")
    case = tree["use_cases"][0]
    hidden = sorted(set(range(CRITERIA)) - shown("use=case-0"))[0]
    tree["criteria"][hidden]["must"] = {"name": "Included", "minimum": 5}
    case["must"] = [f"criterion-{hidden}"]
    worlds.publish(tree)
    hides = hidden not in shown("use=case-0")
    assert hides and hidden in shown(f"use=case-0&waive=criterion-{hidden}")


@pytest.mark.parametrize("show", ["disputed", "differences", "counted"])
def test_a_search_and_a_filter_hold_together(db, show):
    worlds.publish(worlds.tiny_tree())
    page = Page(html(f"/tiny/?show={show}&q=cost"))
    rows = {criterion_of(row) for row in page.find("tr") if "data-criterion" in row}
    hidden = {criterion_of(row) for row in page.find("tr") if "hidden" in row}
    assert rows - hidden == (set() if show == "disputed" else {"cost"})


def test_what_decides_leads_to_its_row_also_where_that_is_not_among_those_shown(large):
    switched = ",".join(f"criterion-{number}:5" for number in range(5))
    query = f"use=case-0&w={switched}&q=S7S"
    page = Page(html(f"/large/?{query}"))
    hidden = {row["id"] for row in page.find("tr") if "hidden" in row and "id" in row}
    parts = [link["href"].split("#") for link in page.find("a") if "#c-" in link.get("href", "")]
    assert parts and any(row in hidden for _, row in parts)
    for path, row in parts:
        assert ("show=all" in path and "q=" not in path) if row in hidden else not path
