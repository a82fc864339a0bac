"""What was withdrawn is named to whoever still asks for it."""

import pytest
from django.test import Client

from comparison.publishing import publish
from tests import worlds
from tests.tools import Page, html, words_of
from tests.worlds.renamed import renamed_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def withdrawn():
    """In release 2 the criterion Ease, the option Cyd, the source Second and the case Thrift are
    gone; release 3 is alike.
    """
    worlds.publish(worlds.tiny_tree())
    tree = worlds.tiny_tree()
    tree["criteria"] = [c for c in tree["criteria"] if c["slug"] != "ease"]
    tree["options"] = [o for o in tree["options"] if o["slug"] != "cyd"]
    for criterion in tree["criteria"]:
        criterion["cells"].pop("cyd")
    tree["sources"] = tree["sources"][:1]
    tree["use_cases"] = tree["use_cases"][:1]
    worlds.publish(tree)
    worlds.publish({**tree, "title": "Ada or Bob?"})
    return tree


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("off=ease", "Ease"),
        ("w=ease:5", "Ease"),
        ("options=ada,cyd", "Cyd"),
        ("distrust=second", "What second thinks"),
        ("use=thrift", "Thrift"),
        ("form=1&on=ease&w-ease=3", "Ease"),
    ],
)
def test_what_was_withdrawn_is_named_with_the_last_release_that_had_it(
    withdrawn, query, name, django_assert_num_queries
):
    html("/tiny/")
    with django_assert_num_queries(1):
        page = html(f"/tiny/?{query}")
    assert f"{name} was withdrawn after release 1." in words_of(page)
    assert Page(page).find("a", href="/tiny/@1/")


def test_what_never_was_is_not_called_withdrawn(withdrawn):
    words = words_of(html("/tiny/?off=never"))
    assert "withdrawn" not in words and "“never” does not exist here" in words


def test_what_is_still_there_is_not_called_withdrawn(moved):
    words = words_of(html("/tiny/?must=ease"))  # it offers no must-have
    assert "does not exist here" in words and "withdrawn" not in words


def test_what_comes_back_is_not_withdrawn_any_more(withdrawn):
    worlds.publish(worlds.tiny_tree())
    assert "withdrawn" not in words_of(html("/tiny/?off=ease"))
    worlds.publish(withdrawn)
    assert "Ease was withdrawn after release 4." in words_of(html("/tiny/?off=ease"))


def test_an_old_release_published_again_knows_what_came_after_it(withdrawn):
    tree = {
        **withdrawn,
        "options": [*withdrawn["options"], {"slug": "dee", "name": "Dee", "line": "New."}],
    }
    worlds.publish(tree)
    publish.revert("tiny", 1, "eve")
    assert "Dee was withdrawn after release 4." in words_of(html("/tiny/?options=dee,ada"))


def test_what_was_renamed_and_then_withdrawn_is_named_under_both_slugs():
    worlds.publish(worlds.tiny_tree())
    worlds.publish(renamed_tree(("criterion", "ease", "calm")))
    tree = worlds.tiny_tree()
    tree["criteria"] = [c for c in tree["criteria"] if c["slug"] != "ease"]
    worlds.publish(tree)
    for slug in ("ease", "calm"):
        assert "Ease was withdrawn after release 2." in words_of(html(f"/tiny/?off={slug}"))


def test_a_page_pinned_to_a_time_before_says_nothing_of_it(withdrawn):
    assert "withdrawn" not in words_of(html("/tiny/@1/?off=ease"))


def test_names_in_notes_are_shown_as_text():
    tree = worlds.tiny_tree()
    tree["criteria"][1]["name"] = "<img src=x>"
    worlds.publish(tree)
    worlds.publish({**tree, "criteria": [c for c in tree["criteria"] if c["slug"] != "ease"]})
    assert "&lt;img src=x&gt; was withdrawn" in Client().get("/tiny/?off=ease").content.decode()
