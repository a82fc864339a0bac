"""Several releases of one comparison at once, and what a note's name was once: from memory where
they are there.
"""

import dataclasses

import pytest

from comparison.core.document.slugs import NameKind
from comparison.core.selection import Note
from comparison.publishing import releases
from tests import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def newest():
    """Release 4 of a comparison that changed each time, the last time its slug; none in memory."""
    for title in ("Ada?", "Bob?", "Cyd?"):
        worlds.publish(worlds.tiny_tree(title=title))
    leads = [{"kind": "comparison", "old": "tiny", "new": "another"}]
    worlds.publish(worlds.tiny_tree(title="Dot?", slug="another", renamed=leads))
    newest = releases.current("another")
    releases.memory.forget()
    return newest


def test_several_releases_are_read_without_the_database_whatever_address_they_had(
    newest, django_assert_num_queries
):
    with django_assert_num_queries(0):
        read = releases.several(newest, [1, 3])
    titles = {number: release.document.title for number, release in read.items()}
    assert titles == {1: "Ada?", 3: "Cyd?"}
    with django_assert_num_queries(0):
        assert releases.several(newest, [1, 3]) == read
        assert releases.pinned("tiny", 3) is read[3]


def test_the_newest_of_several_is_the_one_at_hand_and_there_only_where_it_is_asked_for(
    newest, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert releases.several(newest, [4]) == {4: newest}
        assert releases.several(newest, []) == {}
    assert sorted(releases.several(newest, [2])) == [2]
    assert sorted(releases.several(newest, [2, 4])) == [2, 4]


def test_numbers_that_no_release_can_have_are_not_looked_up(newest, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert releases.several(newest, [-1, 0, 5, 10**30]) == {}


def test_numbers_run_on_under_a_new_address_whichever_comes_first_by_name(newest):
    assert (newest.slug, newest.number) == ("another", 4)
    for slug, number in (("zoo", 5), ("kin", 6)):
        former = ["tiny", "another", "zoo"][: number - 3]
        leads = [{"kind": "comparison", "old": old, "new": slug} for old in former]
        worlds.publish(worlds.tiny_tree(title=slug, slug=slug, renamed=leads))
        assert releases.current("tiny").number == number
        assert releases.current(slug).slug == slug


def test_only_a_note_of_an_unknown_name_names_the_release_that_had_it(published):
    gone = {NameKind.CRITERION: {"price": ("Price", 3)}}
    release = dataclasses.replace(published, withdrawn=gone)
    assert release.gone(Note("unknown-name", "off", "price")) == ("Price", 3)
    assert release.gone(Note("unknown-name", "off", "colour")) is None
    assert release.gone(Note("unknown-name", "use", "price")) is None
    assert release.gone(Note("unknown-name", "theme", "price")) is None
    assert release.gone(Note("bad-value", "off", "price")) is None
