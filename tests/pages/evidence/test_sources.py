"""The pages of the sources: who says what, how it held, what follows from it, and how sources
agree.
"""

import re

import pytest

from comparison.publishing import publish as publishing
from tests import worlds
from tests.pages.evidence.evidence_pages import (
    full,
    main_of,
    section,
    words_on,
)
from tests.results import results_in
from tests.tools import Page, data, html, publish, words_of

# of a source's page, in their order
PARTS = ["itself", "documentation", "verdicts", "claims-of-it"]
pytestmark = pytest.mark.django_db


# --- sources --------------------------------------------------------------------------------------


def test_the_list_of_sources_says_who_speaks_what_they_sell_and_how_it_held():
    words = words_on("/full/sources/")
    assert "2 sources" in words
    assert "1. Swift vs Whole" in words and "An agency Sells both" in words
    assert "Sells both" in words and "2024-05" in words and "measured something itself" in words
    assert "10 claims" in words and "1 wrong" in words and "13 unverifiable" in words
    assert "2 contradictions in its own numbers" in words
    assert "1 contradiction in its own numbers" in words
    assert "Undated" in words


def test_a_source_that_is_left_out_is_listed_and_marked():
    words = words_on("/full/sources/?distrust=agency")
    assert words.count("Not counted here") == 1
    assert "Not counted here" not in words_on("/full/sources/")
    assert "It is not counted here." in words_on("/full/sources/agency/?distrust=agency")
    assert "It is not counted here." not in words_on("/full/sources/vendor/?distrust=agency")


def test_a_source_is_shown_whole():
    words = words_on("/full/sources/agency/")
    for part in (
        "10 claims and 14 other statements",
        "Interest: Sells both.",
        "Copies the vendor's table.",
        "together they have one vote",
        "Take Swift. For services.",
        "Announces eight factors and gives 2.",
        "Prints a throughput under a heading on latency (Swift).",
        "An add-on is not built in.",
        "Whole (or Swift + Auth0).",
        "Not both for still pictures.",
        "Costs (2)",
    ):
        assert part in words, part


def test_a_source_without_claims_shows_no_empty_part():
    page = Page(html("/full/sources/vendor/"))
    assert "0 claims" in page.text
    assert not page.find("section", id="claims-of-it")
    assert "It gives no verdict of its own." in page.text


def test_what_a_source_says_to_two_audiences_is_no_contradiction_and_to_one_audience_is():
    # 7 for juniors, 3 where an API is all
    assert not Page(html("/full/sources/agency/")).find("section", id="within")
    sources = worlds.full_tree()["sources"]
    for claim in sources[0]["claims"]:
        claim.pop("audience", None)
    publishing.publish(worlds.draft(full("unlike", sources=sources)), "eve", "Now.")
    words = section("/unlike/sources/agency/", "within")
    assert "Learning curve" in words and "Throughput" not in words  # numbers that imply no score


def test_where_a_source_stands_against_the_others_is_shown_with_all_three_numbers():
    # 9 of 10; the other source says 5, the matrix 9
    words = section("/tiny/sources/first/", "differs")
    assert words.endswith("SpeedAda 9 5 9")
    assert not Page(html("/tiny/sources/first/")).find("section", id="alone")
    publish(sources=[worlds.tiny_tree()["sources"][0]])
    assert "SpeedAda 9 – 9" in section("/tiny/sources/first/", "alone")
    assert not Page(html("/tiny/sources/first/")).find("section", id="differs")


def test_the_numbers_of_a_source_add_up():
    """Findings are of claims and of other statements: together they are as many as both."""
    for slug in ("agency", "vendor"):
        page = main_of(f"/full/sources/{slug}/")
        claims, others = re.search(
            r"(\d+) claims?(?: and (\d+) other statements?)?", words_of(page)
        ).groups()
        legends = Page(page).find("p", **{"class": "legend"})
        legend = words_of(page[legends[-1]["from"] : legends[-1]["to"]])
        assert sum(map(int, re.findall(r"\d+", legend))) == int(claims) + int(others or 0)


def test_a_source_is_led_by_its_contradictions_and_its_claims_are_folded():
    page = Page(html("/full/sources/agency/"))
    order = [e["id"] for e in page.elements if e["tag"] == "section" and e.get("id")]
    assert [id for id in order if id in PARTS] == PARTS
    folds = page.find("details")
    for claim in (e for e in page.find("li") if e.get("id", "").startswith("claim-")):
        assert any(fold["from"] < claim["from"] < fold["to"] for fold in folds)


def test_the_pieces_of_the_bar_lead_to_what_they_count():
    page = Page(html("/full/sources/agency/"))
    pieces = [e["href"] for e in page.find("a") if e.get("tabindex") == "-1"]
    assert len(pieces) == len(page.find("rect"))
    places = {e["id"] for e in page.elements if e.get("id")}
    assert {piece.lstrip("#") for piece in pieces} <= places


def test_every_claim_stands_once_in_the_bar_and_once_in_the_list():
    page = Page(html("/full/sources/agency/"))
    widths = [float(e["width"].rstrip("%")) for e in page.find("rect")]
    assert sum(widths) == pytest.approx(100, abs=0.1)
    assert len([e for e in page.find("li") if e.get("id", "").startswith("claim-")]) == 10


def test_the_result_from_a_sources_claims_alone_is_the_one_that_its_link_shows():
    page = main_of("/full/sources/agency/")
    (link,) = re.findall(r'href="([^"]*)">See that result', page)
    assert link == "/full/?distrust=vendor&amp;basis=claims"
    *_, (of, words) = results_in(page)
    assert of == "?distrust=vendor&basis=claims"
    assert words.startswith("Whole leads by ")
    assert data("distrust=vendor&basis=claims", "full")["decision"]["leaders"] == ["whole"]


def test_objections_of_a_source_that_is_left_out_lead_to_no_place_where_they_do_not_stand():
    assert "See it in place" in words_on("/full/sources/vendor/")
    words = words_on("/full/sources/vendor/?distrust=vendor")
    assert "its own numbers are Swift 60,000, Whole 70,000 stars" in words
    assert "See it in place" not in words


# --- agreement ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/tiny/cell/speed/ada/", "Split 1 to 1"),
        ("/tiny/cell/speed/ada/?distrust=second", "A single source that you count"),
        ("/tiny/cell/speed/ada/?distrust=first,second", "You leave out every source; sources"),
        ("/tiny/cell/speed/bob/", "Every source is silent"),
        ("/full/cell/rate-limits/whole/", "One against the score, checked Changed 21 Nov 2026."),
    ],
)
def test_a_cell_says_in_words_how_its_sources_agree(address, words):
    assert words in words_on(address)
    region = address.replace("/cell/", "/-/claims/")
    assert words in words_of(html(region))


def test_who_implies_no_score_is_shown_as_speaking_and_backs_nothing():
    sources = worlds.tiny_tree()["sources"]
    del sources[1]["claims"][0]["score"]
    publish(sources=sources)
    assert "One source with a score" in words_on("/tiny/cell/speed/ada/")
    assert "2 of 2 sources, one source with a score" in words_on("/tiny/")
    assert not Page(html("/tiny/sources/first/")).find("section", id="alone")
    del sources[0]["claims"][0]["score"]
    publish(sources=sources)
    assert "No source backs a score" in words_on("/tiny/cell/speed/ada/")
    assert "2 of 2 sources, no source backs a score, the editors’ own estimate" in words_on(
        "/tiny/"
    )
    assert "A single source: 0" in words_on("/tiny/freshness/") and "Silent: 8" in words_on(
        "/tiny/freshness/"
    )


def test_sources_that_say_the_same_agree():
    sources = worlds.tiny_tree()["sources"]
    sources[1]["claims"][0]["score"] = 8
    publish(sources=sources)
    assert "Agreed" in words_on("/tiny/cell/speed/ada/")
    assert "2 of 2 sources, agreed" in words_on("/tiny/")


def test_copies_of_one_origin_count_once_and_it_is_said():
    sources = worlds.tiny_tree()["sources"]
    for source in sources:
        source["origin"] = "one-house"
    sources[1]["claims"][0]["score"] = 9
    publish(sources=sources)
    words = words_on("/tiny/cell/speed/ada/")
    assert "A single source" in words and "Copies of one origin count once." in words


def test_a_claim_is_shown_with_its_sources_interest():
    assert "An agency (interest: Sells both)." in words_on("/full/cell/throughput/swift/")


def test_one_claim_is_told_of_in_the_singular():
    worlds.publish(worlds.tiny_tree())
    words = words_on("/tiny/sources/first/")
    assert "1 differs from other sources" in words
    assert not re.search(r" 1 (contradict|differ|are|agree) ", words)
