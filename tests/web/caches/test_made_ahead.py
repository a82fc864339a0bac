"""What the first reader of a new release would wait for is made before anybody asks."""

import pytest

from comparison.pages import scored_release
from comparison.publishing import releases
from comparison.publishing.store import folder, follower
from comparison.web.caches.made_ahead import make_new_releases_ready
from tests import worlds
from tests.tools import Page, html

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch):
    """How many releases are weighed, in a server."""
    made, real = [], scored_release.evidence_of

    def counted(release, *given, **named):
        made.append((release.slug, release.number))
        return real(release, *given, **named)

    monkeypatch.setattr(scored_release, "evidence_of", counted)
    monkeypatch.setattr(follower, "_is_followed", True)
    return made


def by_somebody_else(**changed):
    """Publish in another process."""
    worlds.publish(worlds.tiny_tree(**changed))
    number = releases.current("tiny").number
    releases.memory.drop("tiny", number)


def test_the_first_reader_of_a_new_release_waits_for_nothing_that_others_have_too(
    made, monkeypatch
):
    by_somebody_else()
    html("/tiny/")
    by_somebody_else(title="Another title")
    make_new_releases_ready()
    assert made == [("tiny", 1), ("tiny", 2)]
    monkeypatch.setattr(folder, "read", None)
    assert "Another title" in Page(html("/tiny/")).text
    make_new_releases_ready()
    assert made == [("tiny", 1), ("tiny", 2)], "once"


def test_what_nobody_reads_here_is_not_made(made):
    worlds.publish(worlds.full_tree())
    by_somebody_else()
    html("/tiny/@1/")
    by_somebody_else(title="Another title")
    make_new_releases_ready()
    assert {slug for slug, number in made if number != 1} == set()
    assert releases.memory.get("tiny", 2) is None
