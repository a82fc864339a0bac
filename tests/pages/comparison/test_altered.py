"""What a view leaves out and changes: every place that passes its result on says so, by name where
there is room.
"""

import csv
import io

import pytest

from comparison.core.alterations import alterations
from comparison.core.selection import Selection, parse
from comparison.rendering.jinja import render
from comparison.sharing import social_card
from tests import worlds
from tests.requests import requested
from tests.tools import Page, data, get, html, words_of

pytestmark = pytest.mark.django_db
EVERYTHING = (
    "use=race&off=cost&w=ease:4&must=cost&waive=speed&distrust=first&options=ada,bob&basis=claims"
)


@pytest.fixture
def tiny():
    return worlds.publish(worlds.tiny_tree())


def share(query, id):
    page = html(f"/tiny/share/?{query}")
    (field,) = Page(page).find("textarea", id=id)
    return words_of(page[field["from"] : field["to"]])


def head(query):
    return {
        m.get("property") or m.get("name"): m.get("content")
        for m in Page(html(f"/tiny/?{query}")).find("meta")
    }


def linked(query):
    page = html(f"/tiny/?{query}")
    return " ".join(page[e["from"] : e["to"]] for e in Page(page).find("script", id="ranking"))


PLACES = {
    "panel": lambda query: words_of(Page(html(f"/tiny/?{query}")).outer("results")),
    "region": lambda query: words_of(html(f"/tiny/-/results/?{query}")),
    "bar": lambda query: words_of(Page(html(f"/tiny/?{query}")).outer("leader")),
    "description": lambda query: head(query)["description"],
    "link preview": lambda query: head(query)["og:description"],
    "words of the picture in a preview": lambda query: head(query)["og:image:alt"],
    "picture": lambda query: words_of(
        str(render("sharing/card.svg", page=social_card.card_of(requested(query=query).view)))
    ),
    "frame": lambda query: words_of(html(f"/tiny/embed/?{query}")),
    "oEmbed": lambda query: get(
        f"/oembed?url=http://testserver/tiny/%3F{query.replace('&', '%26')}"
    ).json()["title"],
    "sentence": lambda query: share(query, "as-sentence"),
    "copied table": lambda query: share(query, "as-markdown"),
    "CSV": lambda query: get(f"/tiny/-/view.csv?{query}").content.decode(),
    "Markdown": lambda query: get(f"/tiny/-/view.md?{query}").content.decode().replace("\\", ""),
    "JSON": lambda query: get(f"/tiny/-/view.json?{query}").json()["verdict"]["sentence"],
    "data": lambda query: data(query)["altered"]["sentence"],
    "API": lambda query: get(f"/api/v1/comparisons/tiny/decision?{query}").json()["altered"][
        "sentence"
    ],
    "JSON-LD": linked,
}


@pytest.mark.parametrize("place", PLACES)
def test_an_option_left_out_is_named_wherever_the_result_is_passed_on(tiny, place):
    sentence = PLACES[place]("options=bob,cyd&w=speed:1,ease:1,cost:1")
    assert "Ada is left out" in sentence
    assert "left out" not in PLACES[place]("")


@pytest.mark.parametrize("place", PLACES)
def test_whatever_else_is_otherwise_is_said_there_too(tiny, place):
    sentence = PLACES[place](EVERYTHING)
    for words in (
        "Cyd is left out, 1 of 2 sources is not counted, the editors’ own scores are left out",
        (
            "1 criterion is switched off, 1 importance is changed, 1 must-have is added, 1 "
            "must-have is set aside"
        ),
    ):
        assert words in sentence


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ""),
        ("use=race&q=e&show=differences&tree=hurry:yes&from=1", ""),
        ("options=ada", "Bob and Cyd are left out."),
        ("distrust=first,second", "No source is counted."),
        ("off=cost,ease", "Speed alone is counted."),
        ("off=cost&w=cost:5", "1 criterion is switched off."),
        ("use=race&w=speed:5", ""),
    ],
)
def test_the_sentence_says_what_differs_from_the_comparison_as_published(tiny, query, words):
    assert data(query)["altered"]["sentence"] == words


def test_of_many_options_left_out_two_are_named_and_the_rest_counted():
    worlds.publish(worlds.large_tree(6, 3, slug="tiny"))
    assert (
        data("options=option-4,option-5")["altered"]["sentence"]
        == "Option 0, Option 1 and 2 more are left out."
    )


def test_programs_get_everything_by_slug(tiny):
    expected = {
        "options_left_out": ["cyd"],
        "arrangements_ranked": [],
        "sources_not_counted": ["first"],
        "editors_scores_left_out": True,
        "criteria_off": ["cost"],
        "importances": [{"criterion": "ease", "usual": 1, "now": 4}],
        "must_haves_added": ["cost"],
        "must_haves_set_aside": ["speed"],
    }
    answers = ["/tiny/-/data.json", "/tiny/-/view.json", "/api/v1/comparisons/tiny/decision"]
    for told in (get(f"{address}?{EVERYTHING}").json()["altered"] for address in answers):
        assert {key: value for key, value in told.items() if key != "sentence"} == expected


def test_files_and_the_panel_list_everything_by_name(tiny):
    rows = csv.reader(
        io.StringIO(get(f"/tiny/-/view.csv?{EVERYTHING}").content.decode("utf-8-sig"))
    )
    about = {row[2]: row[6] for row in rows if row[0] == "about"}
    expected = {
        "Options left out": "Cyd",
        "Sources not counted": "What first thinks",
        "Scores left out": "the editors’ own",
        "Criteria switched off": "Cost",
        "Importances changed": "Ease 4 instead of 1",
        "Must-haves added": "Cost included",
        "Must-haves set aside": "Speed included",
    }
    assert expected.items() <= about.items()
    listed = get(f"/tiny/-/view.md?{EVERYTHING}").content.decode()
    for heading, names in expected.items():
        assert f"- {heading}: {names}" in listed
    panel = words_of(Page(html(f"/tiny/?{EVERYTHING}")).outer("altered"))
    assert panel.count("(undo)") == 7
    for change in (
        "Cyd left out",
        "Source 1 left out",
        "The editors’ own scores left out",
        "Cost off",
        "Ease 4 instead of 1",
        "“Cost included” as a must-have",
        "“Speed included” no must-have",
    ):
        assert f"{change} (undo)" in panel


def test_a_long_list_keeps_the_picture_legible(tiny):
    tree = worlds.large_tree(6, 3, slug="tiny")
    for option in tree["options"]:
        option["name"] = f"{option['name']} with a name that goes on and on"
    card = social_card.card_of(
        requested(
            tree, "options=option-4,option-5&distrust=source-0&off=criterion-0&w=criterion-1:5"
        ).view
    )
    assert len(card.altered) == 2
    assert card.altered[0].startswith(
        "Option 0 with a name that goes on and on, Option 1 with a name"
    )
    assert len(card.case) == 1


def test_the_numbers_in_the_picture_count_what_the_view_rests_on(tiny):
    card = social_card.card_of(requested(query="options=ada,bob&distrust=first").view)
    assert card.counts == "2 of 3 options, 3 criteria, 1 of 2 sources, 1 of 2 claims"


def test_the_numbers_above_the_page_count_it_too(tiny):
    above = words_of(Page(html("/tiny/?options=ada,bob&distrust=first")).outer("meta"))
    for counts in ("2 of 3 options", "3 criteria", "1 of 2 sources, 1 of 2 claims"):
        assert counts in above
    assert "of" not in words_of(Page(html("/tiny/")).outer("meta")).split()


def test_the_comparisons_own_picture_leaves_nothing_out_whoever_asks_first(tiny):
    """It stands in for the pictures of all views, and is kept."""
    left_out = social_card.card_of(
        requested(query="options=ada,bob&distrust=first").view, plain=True
    )
    assert left_out == social_card.card_of(requested().view, plain=True)


def test_nobody_is_called_you_in_what_a_receiver_reads(tiny):
    for address in (
        f"/tiny/?{EVERYTHING}",
        f"/tiny/sources/?{EVERYTHING}",
        f"/tiny/sources/first/?{EVERYTHING}",
    ):
        assert "of yours" not in html(address) and "by you" not in html(address)


def test_the_default_leaves_nothing_out_and_changes_nothing():
    document = worlds.tiny()
    assert alterations(document, Selection()).parts == ()
    assert alterations(document, parse(document, "off=gone&options=ada,bob,cyd")[0]).parts == ()


# --- the head of a page after a change (what the browser makes of it: browser/test_head.py) -------


@pytest.mark.parametrize("region", ["results", "rows", "must_haves", "statements", "case"])
@pytest.mark.parametrize("base", ["/tiny/", "/tiny/@1/"])
def test_every_change_brings_the_sentence_and_the_ranking_of_the_page_that_it_makes(
    tiny, region, base
):
    query = "options=bob,cyd&w=ease:4"
    answer, whole = Page(html(f"{base}-/{region}/?{query}")), Page(html(f"{base}?{query}"))
    for id in ("description", "ranking"):
        (brought,), (there,) = (
            [e for e in page.elements if e.get("id") == id] for page in (answer, whole)
        )
        assert brought["data-hx-swap-oob"] == "true"
        assert brought.get("content") == there.get("content")
        inside = [
            page.html[e["from"] : e["to"]].partition(">")[2]
            for page, e in ((answer, brought), (whole, there))
        ]
        assert inside[0] == inside[1]
        assert "Ada is left out" in (brought.get("content") or inside[0])
    assert not answer.find("link")


def test_a_region_answers_at_its_former_address(tiny):
    assert html("/tiny/-/said/?off=cost") == html("/tiny/-/statements/?off=cost")
    assert html("/tiny/-/musts/?off=cost") == html("/tiny/-/must_haves/?off=cost")


def test_what_is_opened_in_place_leaves_the_head_alone(tiny):
    for region in ("parts", "flips"):
        assert not Page(html(f"/tiny/-/{region}/?off=cost")).find("meta")


@pytest.mark.parametrize(("options", "criteria"), [(3, 20), (30, 120)])
def test_a_toggles_answer_stays_light(options, criteria):
    """What a change brings is below 12 kB, whatever it leaves out and changes, for 30 options by
    120 criteria too.
    """
    tree = worlds.large_tree(options, criteria, slug="tiny")
    for option in tree["options"]:
        option["line"] = (
            "A line of the usual length, which says in one sentence what the option is."
        )
    worlds.publish(tree)
    for query in (
        "off=criterion-1",
        "off=criterion-1,criterion-2&w=criterion-3:5,criterion-5:0&must=criterion-0&basis=claims&use=case-1",
    ):
        assert len(get(f"/tiny/-/results/?{query}").content) < 12_000
