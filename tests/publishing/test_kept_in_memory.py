"""What a process keeps in memory: what was asked for last, up to so many bytes."""

import pytest

from comparison.publishing.kept_in_memory import BESIDE, KeptInMemory

SIZE = 1_000
ROOM = SIZE + BESIDE


@pytest.fixture
def kept():
    return KeptInMemory(3 * ROOM)


def put(kept, *keys, owner=None):
    for key in keys:
        kept.put(key, key.upper(), SIZE, owner)


def test_what_was_not_asked_for_longest_makes_room(kept):
    put(kept, "a", "b", "c")
    assert kept.get("a") == "A"
    put(kept, "d")
    assert set(kept) == {"a", "c", "d"}
    assert kept.bytes == 3 * ROOM


def test_what_is_larger_than_all_there_is_room_for_is_not_kept(kept):
    assert kept.put("a", "whole", 5 * SIZE) == "whole"
    assert (kept.get("a"), kept.bytes) == (None, 0)


def test_of_two_threads_that_made_the_same_the_first_ones_is_kept_and_counts_once(kept):
    assert kept.put("a", "first", SIZE) == "first"
    assert kept.put("a", "second", SIZE) == "first"
    assert kept.bytes == ROOM


def test_what_is_made_of_something_goes_with_it(kept):
    put(kept, "release")
    put(kept, "reading", owner="release")
    put(kept, "part", owner="reading")
    kept.drop("release")
    assert (set(kept), kept.bytes, kept.owned) == (set(), 0, {})


def test_what_something_is_made_of_stays_as_long_as_that_is_asked_for(kept):
    put(kept, "release")
    put(kept, "reading", owner="release")
    put(kept, "other")
    kept.get("reading")
    put(kept, "new")
    assert set(kept) == {"release", "reading", "new"}


def test_what_is_made_of_something_that_is_kept_no_longer_is_not_kept(kept):
    assert kept.put("reading", "made", SIZE, owner="release") == "made"
    assert (kept.get("reading"), kept.bytes) == (None, 0)


def test_what_grows_makes_others_go(kept):
    put(kept, "a", "b")
    kept.grow("b", SIZE + ROOM)
    assert (set(kept), kept.bytes) == ({"b"}, ROOM + SIZE + ROOM)
    kept.drop("b")
    assert kept.bytes == 0


def test_forgetting_leaves_nothing(kept):
    put(kept, "a")
    put(kept, "b", owner="a")
    kept.forget()
    assert (set(kept), kept.bytes, kept.owned) == (set(), 0, {})
