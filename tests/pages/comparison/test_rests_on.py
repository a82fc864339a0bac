"""What a cell rests on: sources, our check, the editors' own estimate, or nothing. Each cell says
so, wherever it stands.
"""

import re

import pytest

from tests import worlds
from tests.claims import CHECKED, WRONG, behind
from tests.tools import Page, get, html, words_of

SCORED = {"score": 8}
SAID = [[{"score": 8}]]


@pytest.mark.parametrize(
    ("cell", "claims", "choice", "rests_on"),
    [
        pytest.param(SCORED, SAID, {}, ("sources",), id="a source"),
        pytest.param(
            SCORED | {"checked": CHECKED}, SAID, {}, ("sources", "check"), id="a source and a check"
        ),
        pytest.param(SCORED | {"checked": CHECKED}, [], {}, ("check",), id="a check alone"),
        pytest.param(SCORED, [], {}, ("editors",), id="nobody but the editors"),
        pytest.param(
            {"applies": False}, [], {}, ("editors",), id="the editors say that it does not apply"
        ),
        pytest.param(SCORED, [[{}]], {}, ("editors",), id="a source that only mentions it"),
        pytest.param(SCORED, [[{"score": 2}]], {}, ("editors",), id="a source against it"),
        pytest.param(
            SCORED, [[WRONG | {"score": 8}]], {}, ("editors",), id="a source that is found wrong"
        ),
        pytest.param(
            SCORED,
            [[{}], [{"score": 7}]],
            {},
            ("sources",),
            id="a source that mentions it and one that states it",
        ),
        pytest.param(
            SCORED | {"checked": CHECKED},
            [[{}]],
            {},
            ("check",),
            id="a check, and a source that mentions it",
        ),
        pytest.param(
            {},
            [[{"score": 1}], [{"score": 9}]],
            {},
            ("sources",),
            id="the mean of sources that disagree",
        ),
        pytest.param({}, [[{}]], {}, ("sources",), id="words of which a source speaks"),
        pytest.param(None, [[{}]], {}, ("sources",), id="nothing but a source that speaks of it"),
        pytest.param(
            {"applies": False},
            [[{}]],
            {},
            ("editors",),
            id="it does not apply, though a source speaks of it",
        ),
        pytest.param({}, [], {}, ("nothing",), id="words without a score"),
        pytest.param(None, [], {}, ("nothing",), id="no cell"),
        pytest.param(
            SCORED, SAID, {"distrust": {"source-0"}}, ("nothing",), id="every source left out"
        ),
        pytest.param(
            SCORED,
            [*SAID, []],
            {"distrust": {"source-0"}},
            ("editors",),
            id="the source that says it left out",
        ),
        pytest.param(
            SCORED | {"checked": CHECKED},
            [],
            {"claims_only": True},
            ("nothing",),
            id="the editors' own left out",
        ),
        pytest.param(
            SCORED | {"checked": CHECKED},
            SAID,
            {"claims_only": True},
            ("sources",),
            id="claims alone",
        ),
    ],
)
def test_a_cell_rests_on_what_stands_behind_it(cell, claims, choice, rests_on):
    assert behind(cell, claims, **choice).rests_on == rests_on


def tree(options=3):
    """Return a tree whose one row has a checked cell, an estimate, and an empty one; more options
    are estimates.
    """
    names = ["ada", "bob", "cyd", "dee", "eve", "fay"][:options]
    document = worlds.tiny_tree(use_cases=[], questions=[], runs=[], workloads=[], sources=[])
    document["options"] = [
        {"slug": name, "name": name.capitalize(), "line": "An option."} for name in names
    ]
    cells = {
        name: {"text": "So much", "score": 8, "note": "By eye."} for name in names if name != "cyd"
    }
    cells["ada"] = cells["ada"] | {"checked": CHECKED}
    document["criteria"] = [document["criteria"][0] | {"cells": cells}]
    return document


def cell_of(page, option):
    return re.search(
        rf'<td role="cell"[^>]*><a class="cell" href="/tiny/cell/[^/]*/{option}/.*?</td>',
        page,
        re.DOTALL,
    )[0]


@pytest.mark.django_db
def test_a_cell_that_nobody_checked_never_reads_as_checked():
    worlds.publish(tree())
    page = html("/tiny/")
    assert "docs only" in cell_of(page, "ada")
    assert "editors’ own estimate: no source backs it, not checked" in cell_of(page, "bob")
    assert "no source, not checked" in cell_of(page, "cyd") and "estimate" not in cell_of(
        page, "cyd"
    )
    assert Page(page).outer("rows").count("docs only") == 2  # once in the legend
    assert "own estimate, which no source backs and nobody checked" in html("/tiny/cell/speed/bob/")
    assert "nothing: no source" in html("/tiny/-/claims/speed/cyd/")
    assert "The value comes from documentation" in html("/tiny/cell/speed/ada/")
    (row,) = get("/tiny/-/view.json").json()["rows"]
    assert [row["cells"][o]["rests_on"] for o in ("ada", "bob", "cyd")] == [
        ["check"],
        ["editors"],
        ["nothing"],
    ]
    claims = Page(html("/tiny/?basis=claims")).outer("rows")
    assert (
        "docs only" not in claims.partition("<table")[2]
        and claims.count("no source, not checked") == 2
    )
    assert "not counted" in cell_of(claims, "ada") and "our check is left out" in cell_of(
        claims, "ada"
    )


def told_of_ada(query=""):
    """Return the words of a cell whose first source states its score, and which is checked."""
    document = worlds.tiny_tree()
    document["criteria"][0]["cells"]["ada"]["checked"] = CHECKED
    worlds.publish(document)
    return words_of(Page(html(f"/tiny/-/claims/speed/ada/?{query}")).outer("claims"))


@pytest.mark.django_db
def test_what_is_only_left_out_is_never_said_not_to_exist():
    words = told_of_ada("distrust=first,second")
    assert "Our check" in words and "nobody checked" not in words
    assert "Every source is silent" not in words and "Silent" not in words
    assert "You leave out every source; sources 1 and 2 speak of it." in words
    assert "You leave out source 2, which speaks of it." in told_of_ada("distrust=second")
    row = cell_of(html("/tiny/?distrust=first,second"), "ada")
    assert "not counted" in row and "no source, not checked" not in row
    assert "You leave out" not in told_of_ada()
    # nothing that is left out speaks of Bob, whom nobody checked
    assert "no source, not checked" in cell_of(html("/tiny/?distrust=first,second"), "bob")


@pytest.mark.django_db
def test_criteria_are_said_to_be_on_not_to_count_where_there_is_no_result():
    worlds.publish(worlds.tiny_tree())
    words = words_of(Page(html("/tiny/?distrust=first,second")).outer("counts"))
    assert "Switched on: 3 of 3 criteria." in words


@pytest.mark.django_db
def test_a_cell_of_a_wide_table_says_what_it_rests_on_to_whoever_listens():
    worlds.publish(tree(6))
    page = html("/tiny/")
    for option, words in (
        ("ada", "checked in the documentation"),
        ("bob", "own estimate"),
        ("cyd", "not known, no source"),
    ):
        assert words in re.search('aria-label="([^"]*)"', cell_of(page, option))[1]


@pytest.mark.django_db
def test_no_page_says_that_sources_state_an_estimate_which_they_only_mention_or_oppose():
    document = tree()
    source = worlds.tiny_tree()["sources"][0]
    claim = {key: value for key, value in source["claims"][0].items() if key != "score"} | {
        "option": "bob"
    }
    against = claim | {"slug": "against", "option": "ada", "score": 1}
    document["sources"] = [source | {"claims": [claim, against], "advice": []}]
    worlds.publish(document)
    bob = cell_of(html("/tiny/"), "bob")
    assert "1 of 1 source, no source backs a score, the editors’ own estimate" in words_of(bob)
    assert "Rests on the editors’ own estimate" in words_of(html("/tiny/cell/speed/bob/"))
    assert "One against the score, checked" in words_of(html("/tiny/cell/speed/ada/"))
    (row,) = get("/tiny/-/view.json").json()["rows"]
    assert [row["cells"][option]["rests_on"] for option in ("ada", "bob")] == [
        ["check"],
        ["editors"],
    ]
