"""What is kept of a scored release: as long as it is kept itself, and not a moment longer."""

import gc
import sys
import weakref
from types import FunctionType, ModuleType

import pytest
from django.core.cache import cache

from comparison.core.selection import Selection, parse
from comparison.pages.scored_release import score
from comparison.publishing import releases
from tests import worlds
from tests.tools import get
from tests.web.tiny_addresses import ADDRESSES

pytestmark = pytest.mark.django_db


def scored(release, query=""):
    return score(release, parse(release.document, query)[0])


def test_dropped_it_is_free_at_once_whatever_was_made_of_it(tiny):
    for address in (*ADDRESSES, "/tiny/?distrust=first", "/tiny/search/?find=speed"):
        get(address)
    release = weakref.ref(releases.current("tiny").document)
    reading = weakref.ref(score(releases.current("tiny"), Selection()))
    cache.clear()
    gc.disable()  # nothing but the last reference to it frees it
    try:
        releases.memory.drop("tiny", 1)
        assert reading() is None
        assert release() is None
    finally:
        gc.enable()


def test_all_choices_of_options_share_the_evidence(tiny):
    release = releases.current("tiny")
    one, other = (scored(release, f"options={pair}") for pair in ("ada,bob", "ada,cyd"))
    assert one is not other
    assert one.evidence is other.evidence
    assert scored(release, "distrust=first").evidence is not one.evidence


def test_the_same_selection_is_scored_once_and_another_release_anew(tiny):
    release = releases.current("tiny")
    assert scored(release) is scored(release, "off=cost")
    worlds.publish(worlds.tiny_tree(title="Second"))
    assert scored(releases.current("tiny")) is not scored(release)


def test_what_is_counted_is_about_what_is_taken():
    worlds.publish(worlds.large_tree(10, 40, claims_per_cell=3))
    for path in ("?show=all", "search/?find=value", "sources/source-0/", "sensitivity/"):
        get(f"/large/{path}")
    release = releases.current("large")
    seen = set()
    bytes_of(release, seen)
    kept = releases.memory.kept
    made = [entry.value for entry in kept.entries.values() if entry.value is not release]
    assert len(made) > 2
    share = bytes_of(made, seen) / (kept.bytes - release.size)
    assert 0.3 < share < 0.8  # more is taken than objects say: the allocator rounds up


def bytes_of(value, seen):
    """Return the bytes of all that a value refers to and that is not seen yet."""
    waiting, size = [value], 0
    while waiting:
        one = waiting.pop()
        if id(one) not in seen and not isinstance(one, (type, ModuleType, FunctionType)):
            seen.add(id(one))
            size += sys.getsizeof(one)
            waiting += gc.get_referents(one)
    return size
