"""From draft to release: everything or nothing, numbered, never changed, and served with the
database away.
"""

import dataclasses
import datetime
import hashlib
import json

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from comparison.core.document.schema import plain
from comparison.models import Cell, Comparison, Criterion, Option, Prose, Release, Source
from comparison.publishing import drafts, publish, releases
from comparison.publishing.kept_in_memory import BESIDE, KeptInMemory
from tests import worlds
from tests.rivals import CONTESTS
from tests.several_processes import check_contest, check_edits, hold_contests

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return worlds.draft()


def reword(draft, title="Cyd, Bob or Ada?"):
    """Change the draft, so that there is something to publish."""
    return Comparison.objects.filter(pk=draft.pk).update(title=title)


# --- problems


def test_a_whole_draft_has_no_problem(draft):
    draft_read = drafts.read_draft(draft)
    assert draft_read.problems == ()
    assert draft_read.document == worlds.tiny()


def test_every_problem_comes_with_the_row_to_open(draft):
    Criterion.objects.filter(slug="ease").update(name="")
    Cell.objects.filter(criterion__slug="cost", option__slug="bob").update(text="")
    Source.objects.filter(slug="second").update(interest="")
    Comparison.objects.update(topic="")
    rows = {str(problem.problem): problem.row for problem in drafts.read_draft(draft).problems}
    assert rows == {
        "topic: is missing": draft,
        "criteria › ease › name: is missing": Criterion.objects.get(slug="ease"),
        "criteria › cost › Bob › text: is missing": Cell.objects.get(
            criterion__slug="cost", option__slug="bob"
        ),
        "sources › second › interest: is missing": Source.objects.get(slug="second"),
    }


def test_an_empty_draft_names_what_it_needs():
    draft_read = drafts.read_draft(Comparison.objects.create(slug="empty"))
    assert draft_read.document is None
    assert {"title: is missing", "options: is missing", "criteria: is missing"} <= {
        str(p.problem) for p in draft_read.problems
    }


def test_prose_that_would_keep_the_parser_busy_is_a_problem_of_its_row(draft):
    Prose.objects.update(body="[" * 20_000)
    (draft_problem,) = drafts.read_draft(draft).problems
    assert (
        str(draft_problem.problem)
        == "prose › matrix: There are too many brackets or marks in a row."
    )
    assert draft_problem.row == Prose.objects.get()
    with pytest.raises(drafts.Unpublishable, match="too many brackets"):
        publish.publish(draft, "eve", "Now.")


def test_the_digest_of_a_draft_follows_everything_in_it(draft):
    before = drafts.read_draft(draft).digest
    assert drafts.read_draft(draft).digest == before
    Cell.objects.filter(criterion__slug="ease", option__slug="bob").update(note="Measured twice.")
    assert drafts.read_draft(draft).digest != before


# --- publishing


def test_a_release_holds_the_document_and_who_published_it(draft):
    release = publish.publish(draft, "eve", "  First.  ")
    assert (release.slug, release.number, release.title) == ("tiny", 1, "Ada, Bob or Cyd?")
    assert (release.editor, release.note) == ("eve", "First.")
    assert json.loads(release.document) == plain(worlds.tiny())
    assert release.digest == hashlib.sha256(release.document.encode()).hexdigest()
    assert release.prose == {"matrix": "<p>Scores of <strong>imaginary</strong> tools.</p>"}
    assert release.published_at.tzinfo is not None


def test_the_same_document_has_the_same_digest(draft):
    first = publish.publish(draft, "eve", "A.")
    reword(draft)
    publish.publish(draft, "eve", "B.")
    assert publish.revert("tiny", 1, "ann").digest == first.digest


def test_numbers_run_within_a_comparison(draft):
    other = worlds.draft(worlds.tiny_tree(slug="other"))
    assert [
        reword(draft, title) and publish.publish(draft, "eve", "Now.").number for title in "ABC"
    ] == [1, 2, 3]
    assert publish.publish(other, "eve", "Now.").number == 1


@pytest.mark.parametrize("note", ["Again.", ""])
def test_a_draft_that_readers_see_already_becomes_no_release(draft, note):
    publish.publish(draft, "ann", "First.")
    with pytest.raises(
        publish.Unchanged,
        match=r"Nothing has changed since release 1, which ann published on 20\d\d-",
    ):
        publish.publish(draft, "eve", note, drafts.read_draft(draft).digest)
    assert Release.objects.count() == 1


def test_the_newest_release_is_not_published_again(draft):
    publish.publish(draft, "ann", "First.")
    with pytest.raises(publish.Unchanged, match="Nothing has changed since release 1"):
        publish.revert("tiny", 1, "eve")
    reword(draft)
    publish.publish(draft, "ann", "Second.")
    publish.revert("tiny", 1, "eve")
    with pytest.raises(
        publish.Unchanged, match="Nothing has changed since release 3, which eve published"
    ):
        publish.revert("tiny", 1, "eve")  # as by a second press of the button
    assert Release.objects.count() == 3


def test_another_order_is_something_new(draft):
    publish.publish(draft, "ann", "First.")
    Option.objects.filter(slug="ada").update(position=9)
    assert publish.publish(draft, "ann", "Ada last.").number == 2


@pytest.mark.parametrize("note", ["", "  ", "\n"])
def test_a_change_note_is_required(draft, note):
    with pytest.raises(drafts.Unpublishable, match="change note"):
        publish.publish(draft, "eve", note)
    assert not Release.objects.exists()


def test_a_half_finished_draft_is_not_published(draft):
    Option.objects.filter(slug="ada").update(name="")
    with pytest.raises(drafts.Unpublishable, match="options › ada › name: is missing"):
        publish.publish(draft, "eve", "Now.")
    assert not Release.objects.exists()


def test_a_draft_that_moved_on_is_not_published(draft):
    seen = drafts.read_draft(draft).digest
    Option.objects.filter(slug="ada").update(line="The faster one.")
    with pytest.raises(drafts.Unpublishable, match="Somebody changed the draft"):
        publish.publish(draft, "eve", "Now.", seen)
    assert not Release.objects.exists()
    assert publish.publish(draft, "eve", "Now.", drafts.read_draft(draft).digest).number == 1


def test_publishing_that_breaks_half_way_stores_nothing(draft, monkeypatch):
    publish.publish(draft, "eve", "First.")
    reword(draft)

    def breaks(text):
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr(publish, "to_html", breaks)
    with pytest.raises(RuntimeError):
        publish.publish(draft, "eve", "Second.")
    assert [release.note for release in Release.objects.all()] == ["First."]
    assert releases.current("tiny").number == 1


def test_a_number_that_somebody_else_took_is_a_refusal_in_words(draft, monkeypatch):
    publish.publish(draft, "eve", "First.")
    reword(draft)
    monkeypatch.setattr(publish, "_last_of", lambda document: None)
    with pytest.raises(drafts.Unpublishable, match="Somebody else published release 1 just now"):
        publish.publish(draft, "eve", "Second.")
    assert Release.objects.count() == 1


def test_saving_never_publishes(draft):
    Option.objects.filter(slug="ada").update(name="Ida")
    for row in Option.objects.all():
        row.save()
    assert not Release.objects.exists()


def test_an_old_release_published_again_is_the_newest(draft):
    publish.publish(draft, "eve", "First.")
    Option.objects.filter(slug="ada").update(name="Ida")
    publish.publish(draft, "eve", "Second.")
    third = publish.revert("tiny", 1, "ann")
    assert (third.number, third.note, third.editor) == (3, "Back to release 1.", "ann")
    assert third.document == Release.objects.get(number=1).document
    assert releases.current("tiny").document.options[0].name == "Ada"
    assert Option.objects.get(slug="ada").name == "Ida"


def test_a_clock_set_back_dates_no_release_before_the_one_it_follows(draft, monkeypatch):
    first = publish.publish(draft, "eve", "First.")
    yesterday = first.published_at - datetime.timedelta(days=1)
    monkeypatch.setattr(publish.timezone, "now", lambda: yesterday)
    Option.objects.filter(slug="ada").update(name="Ada 2")
    second = publish.publish(draft, "eve", "Second.")
    assert first.published_at < second.published_at
    assert (second.published_at - first.published_at).total_seconds() < 1


def test_only_what_was_published_can_be_published_again(draft):
    with pytest.raises(Release.DoesNotExist):
        publish.revert("tiny", 7, "eve")


# --- what readers get


def test_the_newest_release_is_current(draft):
    assert releases.current("tiny") is None
    publish.publish(draft, "eve", "First.")
    assert releases.current("tiny").number == 1
    reword(draft)
    publish.publish(draft, "eve", "Second.")
    assert releases.current("tiny").number == 2
    assert releases.current("nowhere") is None


def test_a_release_in_memory_is_the_same_object(published):
    assert releases.current("tiny") is releases.current("tiny") is releases.pinned("tiny", 1)


def test_what_readers_get_cannot_be_changed(published):
    with pytest.raises(dataclasses.FrozenInstanceError):
        published.number = 2


def test_an_old_release_stays_what_it_was(draft):
    publish.publish(draft, "eve", "First.")
    Option.objects.filter(slug="ada").update(name="Ida")
    publish.publish(draft, "eve", "Second.")
    releases.memory.forget()
    assert releases.pinned("tiny", 1).document == worlds.tiny()
    assert releases.pinned("tiny", 2).document.options[0].name == "Ida"
    assert releases.pinned("tiny", 3) is None


def test_memory_forgets_what_was_read_longest_ago(published):
    memory = releases._Memory(KeptInMemory(2 * (1_000 + BESIDE)))
    one, two, three = (
        dataclasses.replace(published, number=number, size=1_000) for number in (1, 2, 3)
    )
    assert memory.get("tiny", 1) is None
    memory.put(one)
    memory.put(two)
    assert memory.get("tiny", 1) is one
    memory.put(three)
    assert memory.get("tiny", 2) is None
    assert memory.get("tiny", 1) is one


@pytest.fixture
def away(monkeypatch):
    """Take the database away, in one of the ways in which databases go."""

    def take(error):
        def gone(*args, **kwargs):
            raise error("It does not answer.")

        monkeypatch.setattr(connection, "cursor", gone)

    yield take
    monkeypatch.undo()


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, DatabaseError])
def test_with_the_database_away_what_was_published_is_served_and_said_once(
    published, away, caplog, error
):
    away(error)
    assert releases.current("tiny") is published
    releases.memory.forget()
    assert releases.current("tiny") == published
    assert caplog.text.count("The database does not answer") == 1


def test_what_was_never_read_is_read_with_the_database_away(published, away):
    releases.forget()
    away(OperationalError)
    assert releases.current("tiny") == published
    assert releases.pinned("tiny", 1) == published
    assert releases.current("nowhere") is None


def test_with_the_database_away_a_page_is_served(published, away, client, caplog):
    before = client.get("/tiny/?w=speed:5")
    away(OperationalError)
    after = client.get("/tiny/?w=speed:5")
    assert after.status_code == 200
    assert after.content == before.content
    assert client.get("/tiny/-/results/?off=cost").status_code == 200
    assert client.get("/tiny/@1/").status_code == 200


# --- drafts as readers would get them


# --- several at once


@pytest.fixture(scope="module")
def contests(tmp_path_factory):
    """What came of every contest on SQLite."""
    folder = tmp_path_factory.mktemp("rivals")
    return hold_contests(VAR_DIR=str(folder), DATABASE_URL=f"sqlite:///{folder / 'rivals.sqlite3'}")


@pytest.mark.parametrize("contest", CONTESTS)
def test_several_at_once_get_numbers_or_a_clear_refusal(contests, contest):
    check_contest(contest, contests[contest])


def test_of_many_saves_at_once_each_is_kept_or_refused(contests):
    check_edits(contests["edit"])
