"""The evidence of a cell: our finding first, then a line for each source, the rest folded."""

import pytest

from tests import worlds
from tests.tools import Page, html, words_of

pytestmark = pytest.mark.django_db
CELL = "/tiny/-/claims/speed/ada/"


def claim(slug, statement, **changes):
    first = worlds.tiny_tree()["sources"][0]["claims"][0]
    return first | {"slug": slug, "statement": statement} | changes


def evidence(*claims):
    """Publish the tiny world with more claims of its first source on one cell, which was checked,
    and return the evidence of that cell.
    """
    tree = worlds.tiny_tree()
    tree["sources"][0]["claims"] += claims
    cell = tree["criteria"][0]["cells"]["ada"]
    cell["checked"] = {"text": "It is quick.", "title": "The manual", "read_on": "2026-11-20"}
    worlds.publish(tree)
    return Page(html(CELL))


def sources_of(page):
    """Return the words of each source, as they stand in its line and within its fold."""
    (listed,) = page.find("ol", **{"class": "claims"})
    inside = Page(page.html[listed["from"] : listed["to"]])
    sources = []
    for item in (e for e in inside.find("li") if e.get("class") in STANCES):
        words = inside.html[item["from"] : item["to"]]
        line, _, within = words.partition("</summary>")
        assert "<summary>" in line and "<details open" not in line
        sources.append((item["class"], words_of(line), words_of(within)))
    return sources


REFERENCE = {"title": "The manual", "read_on": "2026-11-20"}
STANCES = ("supports", "disagrees", "mentions")


def test_our_finding_stands_before_all_that_sources_say():
    page = evidence()
    (check,) = page.find("div", **{"class": "our-check"})
    (claims,) = page.find("ol", **{"class": "claims"})
    assert check["to"] < claims["from"]
    assert "It is quick. The manual" in words_of(page.html[check["from"] : check["to"]])


def test_each_source_has_one_line_and_folds_the_rest():
    page = evidence(claim("two", "Ada wins races."), claim("three", "Nobody is quicker."))
    (_, first, folded), (stance, second, rest) = sources_of(page)
    assert first == "1 Supports. first says that Ada is quick. 2024"
    assert "2 more of this source:" in folded and "Line 1" in folded
    assert "Ada wins races." in folded and "Nobody is quicker." in folded
    assert stance == "disagrees"
    assert second.startswith("2 Disagrees. second says that Ada is quick.")
    assert "more of this source" not in rest and "Line 1" in rest


@pytest.mark.parametrize(("finding", "word"), [("wrong", "Wrong."), ("outdated", "Outdated.")])
def test_a_claim_that_was_found_wrong_says_so_in_its_line(finding, word):
    tree = worlds.tiny_tree()
    reason = {"reason": "It is not so.", "reference": REFERENCE}
    tree["sources"][0]["claims"][0] |= {"finding": finding} | reason
    worlds.publish(tree)
    (_, line, folded), _ = sources_of(Page(html(CELL)))
    assert word in line and "It is not so." not in line
    assert f"{word} It is not so." in folded


@pytest.mark.parametrize(
    ("changes", "leads"),
    [
        ({"finding": "supported"}, True),
        ({"finding": "opinion"}, False),
        ({"modality": "possible"}, False),
        ({"score": 4}, False),
    ],
)
def test_the_claim_that_a_source_stands_by_best_stands_for_it(changes, leads):
    (_, first, folded), _ = sources_of(evidence(claim("two", "Ada wins races.", **changes)))
    assert ("Ada wins races." in first) == leads != ("Ada wins races." in folded)


def test_the_page_of_a_cell_is_headed_by_its_name():
    evidence()
    page = Page(html("/tiny/cell/speed/ada/"))
    (heading,) = page.find("h1")
    assert words_of(page.html[heading["from"] : heading["to"]]) == "Speed: Ada"


def test_that_every_source_is_left_out_is_said_once():
    evidence()
    told = words_of(html(CELL + "?distrust=first,second"))
    assert (
        "You leave out every source; sources 1 and 2 speak of it. "
        "Our check counts only beside a source."
    ) in told
    assert "o source" not in told and told.count("leave out") == 1 and "Rests on" not in told
    assert "every source; none speaks of it" in words_of(
        html("/tiny/-/claims/cost/cyd/?distrust=first,second")
    )
