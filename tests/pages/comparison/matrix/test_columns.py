"""The columns of many options: the best first, each with its score and rank."""

import pytest

from comparison.core.decision.ranking import Ranked
from comparison.pages.comparison.matrix.columns import columns_of, rank_word, ranks_of
from tests import worlds
from tests.requests import requested
from tests.tools import Page, html, words_of

pytestmark = pytest.mark.django_db


def of_scores(*scores, **more):
    """Return a world of one criterion, "speed", and an option for each score: a, b, c ...; None is
    an unknown score.
    """
    tree = worlds.tiny_tree(questions=[], use_cases=[], runs=[], sources=[], components=[])
    slugs = [f"o{number}" for number in range(len(scores))]
    (speed,) = [row for row in tree["criteria"] if row["slug"] == "speed"]
    speed |= more
    speed["cells"] = {
        slug: {"text": f"Word {slug}", "score": score, "note": "Given."}
        for slug, score in zip(slugs, scores, strict=True)
        if score is not None
    }
    tree["criteria"] = [speed]
    tree["options"] = [{"slug": slug, "name": slug.title(), "line": "."} for slug in slugs]
    return tree


def heads(columns):
    return [(column.option.name, column.score, column.rank) for column in columns]


def test_the_best_stands_first_equal_scores_share_a_rank_and_who_has_no_score_is_last():
    columns = columns_of(requested(of_scores(3, 9, None, 5, 5)).view)
    assert heads(columns.shown) == [
        ("O1", "9.0", "1st"),
        ("O3", "5.0", "2nd"),
        ("O4", "5.0", "2nd"),
        ("O0", "3.0", "4th"),
        ("O2", "–", "unrated"),
    ]
    assert [column.role for column in columns.shown] == ["leader", "rival", "", "", ""]
    assert columns.with_words and columns.layout == 5


def test_an_excluded_option_says_so_and_stands_after_all_ranks():
    must = {"must": {"name": "Fast", "minimum": 5}}
    view = requested(of_scores(9, 1, 6, 7, 8, **must), "must=speed").view
    assert heads(columns_of(view).shown)[-1] == ("O1", "1.0", "excluded")
    assert ranks_of(view) == ("1st", "excluded", "4th", "3rd", "2nd")


def test_where_a_criterion_sorts_them_the_excluded_are_last_all_the_same():
    tree = of_scores(9, 1, 6, 7, 8, must={"name": "Fast", "minimum": 7})
    other = tree["criteria"][0] | {"slug": "ease", "name": "Ease", "must": None}
    scores = zip(("o0", "o1", "o2", "o3", "o4"), (1, 9, 8, 2, 3), strict=True)
    other["cells"] = {slug: {"text": "So.", "score": score, "note": "."} for slug, score in scores}
    tree["criteria"].append(other)
    columns = columns_of(requested(tree, "must=speed&by=ease").view).shown
    assert [column.option.name for column in columns] == ["O4", "O0", "O3", "O1", "O2"]


def test_a_chosen_rival_stands_beside_the_leader_and_the_difference_is_to_it():
    worlds.publish(of_scores(3, 9, 4, 5, 6))
    view = requested(of_scores(3, 9, 4, 5, 6), "against=o0").view
    columns = columns_of(view).shown
    assert [column.option.name for column in columns] == ["O1", "O0", "O4", "O3", "O2"]
    assert [column.role for column in columns[:3]] == ["leader", "rival", ""]
    # the lead is still that over the runner-up
    assert (view.margin.value, view.decision.margin.value) == (6, 3)
    assert "The difference from O0" in words_of(html("/tiny/?against=o0"))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("against=o1", ""),
        ("against=o4", ""),
        ("must=speed&against=o1", "O1 is excluded, so O4, the runner-up, is set against O0."),
        ("against=o0", "O0 leads itself, so O4, the runner-up, is set against it."),
        ("against=o5", "No score of O5 is known, so O4, the runner-up, is set against O0."),
    ],
)
def test_who_is_excluded_or_leads_is_no_rival_and_it_is_said(query, words):
    world = of_scores(9, 1, 6, 7, 8, None, must={"name": "Fast", "minimum": 5})
    view = requested(world, query).view
    assert (view.margin == view.decision.margin) == (query != "against=o1")
    worlds.publish(world)
    panel = Page(html(f"/tiny/-/results/?{query}"))
    (results,) = panel.find("section", id="results")
    for told in (panel.text, results["data-announcement"], html(f"/tiny/parts/?{query}")):
        assert words_of(told).count("the runner-up, is set against") == bool(words)
        assert words in words_of(told)


def test_columns_are_sorted_by_a_criterion_after_leader_and_rival():
    tree = worlds.large_tree(9, 4)
    view = requested(tree, "by=criterion-2").view
    columns = columns_of(view).shown
    scores = [view.scored.evidence.scores[column.option.slug]["criterion-2"] for column in columns]
    known = [score for score in scores[2:] if score is not None]
    assert known == sorted(known, reverse=True) and None not in scores[2 : 2 + len(known)]
    assert [column.role for column in columns[:2]] == ["leader", "rival"]
    assert columns_of(requested(tree).view).shown != columns


def test_beyond_thirty_options_the_rest_is_named_below_the_table():
    tree = of_scores(*[number / 4 for number in range(40)])
    worlds.publish(tree)
    columns = columns_of(requested(tree).view)
    assert (len(columns.shown), columns.layout, columns.with_words) == (30, 30, False)
    ranks = [column.rank for column in columns.more]
    assert (len(ranks), ranks[0], ranks[-1]) == (10, "31st", "40th")
    # what is named there in a window that has room for fewer columns
    assert [column.rank for column in columns.more_than_fewer[:2]] == ["25th", "26th"]
    page = Page(html("/tiny/"))
    assert len(page.find("a", **{"class": "cell"})) == 30
    assert "10 more, from 31st on" in words_of(page.html)
    assert "16 more, from 25th on" in words_of(page.html)


@pytest.mark.parametrize(
    ("rank", "word"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"),
     (21, "21st"), (22, "22nd"), (101, "101st"), (111, "111th")],
)  # fmt: skip
def test_a_rank_is_one_word(rank, word):
    assert rank_word(Ranked("a", rank, 5, 5, 5, 1, 5, "verified")) == word


@pytest.mark.parametrize(("count", "readable"), [(5, True), (7, True), (8, False)])
def test_up_to_seven_options_the_cells_own_words_stand_in_the_table(count, readable):
    worlds.publish(of_scores(*range(count)))
    page = Page(html("/tiny/"))
    (table,) = [part for part in page.find("table") if "wide" in part["class"]]
    cells = page.find("span", **{"class": "value"})
    shown = [words_of(page.html[cell["from"] : cell["to"]]) for cell in cells]
    assert ("with-words" in table["class"]) is readable
    assert shown == ([f"Word o{number}" for number in reversed(range(count))] if readable else [])


def test_the_cells_stand_in_the_order_of_the_heads():
    worlds.publish(of_scores(3, 9, 1, 5, 7))
    page = Page(html("/tiny/"))
    cells = [cell["href"].split("/")[-2] for cell in page.find("a", **{"class": "cell"})]
    assert cells == ["o1", "o4", "o3", "o0", "o2"]


@pytest.mark.parametrize(
    ("pressed", "options"),
    [("only=o1,o3", "o1,o3"), ("hide=o2", "o0,o1,o3,o4"), ("hide=gone", "")],
)
def test_a_button_of_a_head_shows_two_alone_or_hides_one(client, pressed, options):
    worlds.publish(of_scores(3, 9, 1, 5, 7))
    ticked = "&".join(f"option=o{number}" for number in range(5))
    answer = client.get(f"/tiny/?form=1&on=speed&{ticked}&{pressed}")
    kept = answer.headers.get("Location", "").partition("options=")[2]
    assert kept == options


def test_the_list_of_options_is_the_whole_ranking_with_those_not_compared_last():
    worlds.publish(of_scores(3, 9, 1, 5, 7))
    page = Page(html("/tiny/?options=o0,o1,o2,o4"))
    rows = [item for item in page.find("li") if "data-number" in item]
    words = [words_of(page.html[row["from"] : row["to"]]) for row in rows]
    assert words == ["O19.0 1st", "O47.0 2nd", "O03.0 3rd", "O21.0 4th", "O3–"]  # name, score, rank
    assert [row["data-number"] for row in rows] == ["2", "5", "1", "3", "4"]
    (five, every) = page.find("button", name="only", **{"class": "button"})
    assert five["value"] == every["value"] == "o1,o4,o0,o2,o3"


def test_a_head_says_its_own_colour_and_the_table_what_stands_for_it_beside_its_like():
    """The script colours the heads anew when another leads, and knows no colour by itself."""
    world = of_scores(9, *range(1, 8), 10, 0)
    ahead, behind = columns_of(requested(world).view).shown[:2]
    assert (ahead.option.name, behind.option.name) == ("O8", "O0")
    assert ahead.option.own == behind.option.own == behind.option.slot == "a"
    worlds.publish(world)
    page = Page(html("/tiny/"))
    first, second = page.find("th", **{"data-place": "9"}), page.find("th", **{"data-place": "1"})
    assert (first[0]["data-slot"], second[0]["data-slot"]) == ("a", "a")
    (row,) = [row for row in page.find("tr") if "data-ink" in row]
    assert ahead.option.slot == row["data-ink"]
    assert first[0]["class"].endswith(f"name-{row['data-ink']}")
