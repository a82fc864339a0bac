"""The list of releases, and what changed between two of them: records, pages, bad addresses, few
queries.
"""

import re
from html import unescape

import pytest

from comparison.core.selection import Note
from comparison.models import Release
from comparison.pages.history import changes
from comparison.publishing import publish, releases
from comparison.rendering.addresses import Home
from tests import worlds
from tests.tools import Page, get, html

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    """Three releases: in the second Ada is slower, in the third the source Second is gone and a
    case has another name.
    """
    worlds.publish(worlds.tiny_tree(), "First release.")
    slower = worlds.with_scores(worlds.tiny_tree(), speed_ada=6)
    worlds.publish(slower, "Ada was measured again.")
    slower["sources"].pop()
    slower["use_cases"][0]["name"] = "A sprint"
    worlds.publish(slower, "Second is silent.")


def words_of(markup):
    """Return the text of some HTML, its elements apart."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def main(address):
    return words_of(html(address).partition("<main")[2].partition("</main>")[0])


# --- the list -------------------------------------------------------------------------------------


def test_every_release_is_listed_with_note_editor_date_and_numbers(three):
    words = main("/tiny/changes/")
    for part in (
        "First release.",
        "Ada was measured again.",
        "1 cell changed.",
        "eve",
    ):
        assert part in words
    assert (
        "1 claim removed, 1 source removed, 1 use case changed, 1 piece of advice removed." in words
    )
    assert (
        words.index("Second is silent.")
        < words.index("Ada was measured again.")
        < words.index("First release.")
    )
    assert "The first release" not in words  # its note says so already


def test_of_a_first_release_with_a_note_of_its_own_it_is_said_that_it_is_the_first(db):
    worlds.publish(worlds.tiny_tree(), "Begun at last.")
    assert "Begun at last. The first release." in main("/tiny/changes/")


def test_every_link_of_both_pages_leads_somewhere(three):
    for address in (
        "/tiny/changes/",
        "/tiny/changes/1..3/",
        "/tiny/@2/changes/",
        "/tiny/changes/?off=cost",
    ):
        for link in Page(html(address)).find("a"):
            if link["href"].startswith("/"):
                get(link["href"], 302 if "/@2/suggest/" in link["href"] else 200)


def test_a_pinned_page_lists_what_was_known_then(three):
    words = main("/tiny/@2/changes/")
    assert "Ada was measured again." in words and "Second is silent." not in words
    assert "was never published" in main("/tiny/@2/changes/1..3/")


def test_a_long_list_comes_in_pieces(three, monkeypatch):
    monkeypatch.setattr(changes, "PER_PAGE", 2)
    assert Page(html("/tiny/changes/")).find("a", href="/tiny/changes/?before=2")
    assert "First release." in main("/tiny/changes/?before=2") and "Ada was measured" not in main(
        "/tiny/changes/?before=2"
    )
    for strange in ("0", "-1", "x", "99", "", "٣", "9" * 30):
        assert "First release" in main(
            f"/tiny/changes/?before={strange}"
        ) or "Second is silent" in main(f"/tiny/changes/?before={strange}")


def test_a_release_from_before_numbers_were_kept_is_listed_without(three):
    rows = [
        {
            "number": 2,
            "editor": "eve",
            "note": "x",
            "published_at": Release.objects.first().published_at,
            "changed": None,
        }
    ]
    assert changes.release_line(rows[0], Home("tiny")).counts == ()


# --- two releases ---------------------------------------------------------------------------------


def test_the_changes_are_grouped_by_criterion_source_and_case(three):
    page = Page(html("/tiny/changes/1..3/"))
    criteria, sources, cases = (
        words_of(page.outer(part)) for part in ("criteria", "sources", "cases")
    )
    assert criteria == "Criteria and cells Speed Cell changed: Ada score 9 6"
    assert sources.startswith("Sources and their claims What second thinks Source removed")
    assert "second says that Ada is quick." in sources
    assert cases == "Use cases Use case changed: A sprint name A race A sprint"


def test_the_effect_on_each_case_is_told_with_leader_and_margin(three):
    words = words_of(Page(html("/tiny/changes/1..2/")).outer("recommendations"))
    # A race: speed counts 5, ease and cost 1 each; Bob fails the must-have.
    assert "Of 2 use cases, 1 has another recommendation or another margin." in words
    assert "A race moved Ada by 2.1 (strong) a tie of Ada and Cyd" in words
    assert "Thrift a tie of Bob and Cyd a tie of Bob and Cyd" in words


def test_cases_that_came_or_went_are_told():
    worlds.publish(worlds.tiny_tree())
    tree = worlds.tiny_tree()
    tree["use_cases"][1] |= {"slug": "avarice", "name": "Avarice"}
    worlds.publish(tree)
    words = words_of(Page(html("/tiny/changes/1..2/")).outer("recommendations"))
    assert "Avarice moved no such use case" in words
    assert "Thrift moved a tie of Bob and Cyd no such use case" in words


def test_two_alike_releases_say_so(three):
    worlds.publish(worlds.tiny_tree())
    words = main("/tiny/changes/1..4/")
    assert "Nothing is different: both releases say the same." in words
    assert "No use case has another recommendation" in words


def test_many_changes_are_counted_and_the_first_are_listed(three, monkeypatch):
    monkeypatch.setattr(changes, "MOST_SHOWN", 2)
    assert "3 more changes are counted above and not listed here." in main("/tiny/changes/1..3/")


def test_the_full_world_is_shown_whole_against_the_tiny_one():
    worlds.publish(worlds.tiny_tree())
    worlds.publish(worlds.full_tree(slug="tiny", renamed=[]))
    page = Page(html("/tiny/changes/1..2/"))
    assert {"criteria", "sources", "figures", "cases", "other", "recommendations"} <= {
        e.get("id") for e in page.elements
    }
    assert "{" not in page.text.partition("Everything else")[2]


def test_content_is_shown_as_text(three):
    tree = worlds.tiny_tree(title="<script>x</script>")
    worlds.publish(tree, "<script>y</script>")
    for address in ("/tiny/changes/", "/tiny/changes/3..4/", "/tiny/feed.xml"):
        assert "<script>x" not in html(address) and "<script>y" not in html(address)


# --- strange addresses ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("span", "answer"),
    [
        ("1..9", "Release 9 was never published"),
        ("0..1", "Release 0 was never published"),
        ("9..12", "Release 9 was never published"),
        ("2..2", "Release 2 against itself: nothing is different."),
        ("a..b", "That is no pair of releases"),
        ("1...2", "That is no pair of releases"),
        ("1-2", "That is no pair of releases"),
        ("-1..2", "That is no pair of releases"),
        ("1..2..3", "That is no pair of releases"),
        ("٣..٤", "That is no pair of releases"),
        ("9" * 40 + "..1", "That is no pair of releases"),
        ("<script>..1", "That is no pair of releases"),
        ("%00", "That is no pair of releases"),
    ],
)
def test_numbers_that_cannot_be_compared_get_a_kind_answer(three, span, answer):
    words = main(f"/tiny/changes/{span}/")
    assert answer in words
    assert "First release." in words and "The first release" not in words


def test_the_newer_release_named_first_is_turned_around(three):
    words = main("/tiny/changes/3..1/")
    assert "the older one comes first" in words and "From release 1 to release 3" in words


def test_a_span_is_read_or_told_why_not():
    assert changes.span_of("1..3", 3) == (1, 3) == changes.span_of("3..1", 3)
    assert changes.span_of("01..03", 3) == (1, 3)
    assert changes.span_of("1..4", 3) == Note("span-unpublished", value="4")


def test_a_comparison_that_is_not_there_is_not_found(three):
    get("/nothing/changes/", 404)
    get("/nothing/changes/1..2/", 404)


def test_a_draft_shows_the_pages_too(three, admin_client):
    worlds.draft()
    for address in ("/tiny/@draft/changes/", "/tiny/@draft/changes/1..2/"):
        assert admin_client.get(address).status_code == 200


# --- cost -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["/tiny/changes/", "/tiny/changes/1..3/", "/tiny/changes/1..2/", "/tiny/changes/1..99/"],
)
def test_a_page_costs_two_queries_at_most(three, django_assert_max_num_queries, address):
    html("/tiny/")
    releases.memory.drop("tiny", 1)
    releases.memory.drop("tiny", 2)
    with django_assert_max_num_queries(2):
        html(address)


@pytest.mark.parametrize("address", ["/tiny/changes/", "/tiny/changes/1..3/"])
def test_a_cache_may_ask_whether_it_changed(three, address):
    tag = get(address)["ETag"]
    get(address, 304, **{"If-None-Match": tag})
    worlds.publish(worlds.tiny_tree(), "Fourth.")
    get(address, 200, **{"If-None-Match": tag})


def test_numbers_are_kept_when_a_release_is_published(three):
    assert [r.changed for r in Release.objects.order_by("number")][:2] == [
        {},
        {"cell": {"changed": 1}},
    ]
    publish.revert("tiny", 1, "eve")
    assert Release.objects.get(number=4).changed["source"] == {"added": 1}


def test_releases_of_other_comparisons_are_not_listed(three):
    worlds.publish(worlds.tiny_tree(slug="other", title="Another"), "Theirs.")
    assert Release.objects.filter(slug="other").exists()
    assert "Theirs." not in main("/tiny/changes/")
