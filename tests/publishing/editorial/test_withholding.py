"""What is withheld for legal reasons stays so, whatever becomes of the database; and nothing of it
is published again.
"""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from comparison.models import Comparison, FormerAddress, Option, Release, Withholding
from comparison.publishing import drafts, publish, releases
from comparison.publishing.editorial import withholding
from comparison.publishing.editorial.withholding import NotDecided, Target, whole_of
from comparison.publishing.store import folder, follower, listing, withheld, withheld_following
from comparison.publishing.store.catalogue import NAME, catalogue
from tests import worlds

pytestmark = pytest.mark.django_db
REASON = "A court of Utrecht asked us to."


@pytest.fixture
def three():
    """The tiny world in three releases, with a title each."""
    draft = worlds.draft()
    for animal in ("Aardvark", "Walrus", "Zebra"):
        Comparison.objects.filter(pk=draft.pk).update(title=f"{animal} or Ada?")
        publish.publish(draft, "eve", f"With the {animal}.")
    return draft


def withhold(number, slug="tiny", seen=0):
    return withholding.withhold(Target(slug, number), "root", REASON, seen)


def show_again(number, slug="tiny", seen=1):
    return withholding.show_again(Target(slug, number), "root", "The court changed its mind.", seen)


def current():
    newest = releases.current("tiny")
    return newest and newest.number


def listed():
    return [(one.slug, one.number, one.title) for one in listing.page("", "any", 0, 9)]


def as_a_process_starts():
    releases.forget()


def test_the_newest_that_is_not_withheld_is_current(three):
    withhold(3)
    assert current() == 2
    assert listed() == [("tiny", 2, "Walrus or Ada?")]
    assert (listing.total("zebra"), listing.total("walrus")) == (0, 1)
    withhold(1)
    assert releases.pinned("tiny", 1) is None
    assert set(releases.several(releases.current("tiny"), [1, 2, 3])) == {2}
    withhold(2)
    assert current() is None
    assert listed() == []
    show_again(2)
    assert current() == 2


def test_lists_leave_out_what_is_withheld(three):
    withhold(2)
    assert [line["number"] for line in listing.lines(["tiny"], 9, 9)] == [3, 1]
    assert [line["number"] for line in listing.last_lines(9)] == [3, 1]
    withholding.withhold(whole_of("tiny"), "root", REASON, 0)
    assert (listing.lines(["tiny"], 9, 9), listing.last_lines(9), listing.days()) == ([], [], [])
    assert current() is None
    withholding.show_again(whole_of("tiny"), "root", REASON, 1)
    assert current() == 3
    assert [line["number"] for line in listing.lines(["tiny"], 9, 9)] == [3, 1]


@pytest.mark.parametrize("number", [0, 3])
def test_it_holds_while_the_database_is_away_and_after_a_restart(three, number, monkeypatch):
    withhold(number)
    as_a_process_starts()
    monkeypatch.setattr(
        withheld_following, "new_acts", lambda counted: (_ for _ in ()).throw(DatabaseError("away"))
    )
    assert current() == (2 if number else None)
    (folder.place() / NAME).unlink()
    as_a_process_starts()
    assert current() == (2 if number else None)


def test_a_damaged_file_is_written_anew_from_the_database(three, caplog):
    withhold(3)
    path = folder.place() / withheld.NAME
    path.write_bytes(path.read_bytes().replace(b"Utrecht", b"Utrexht"))
    as_a_process_starts()
    assert current() == 2  # the catalogue knows it, too
    catalogue.make_anew()
    as_a_process_starts()
    assert current() == 2
    assert "is damaged" in caplog.text
    assert b"Utrecht" in path.read_bytes()


def test_another_server_hears_of_it_from_the_database(three):
    withhold(3)
    # as a server with a folder of its own
    (folder.place() / withheld.NAME).unlink()
    (folder.place() / NAME).unlink()
    as_a_process_starts()
    assert current() == 2
    assert json.loads((folder.place() / withheld.NAME).read_bytes().partition(b"\n")[2])


def test_a_folder_that_cannot_be_written_is_told_and_readers_do_not_see_it(
    three, monkeypatch, caplog
):
    def full(path, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "write_whole", full)
    withhold(3)
    assert current() == 2
    assert not withholding.is_kept_on_disk()
    assert "is held in memory" in caplog.text
    monkeypatch.undo()
    follower.look()
    assert withholding.is_kept_on_disk()
    assert (folder.place() / withheld.NAME).exists()


def test_the_last_decision_holds_whatever_the_clock_says(three, monkeypatch):
    withhold(3)
    last_year = Withholding.objects.get().at - timedelta(days=365)
    monkeypatch.setattr(withholding.timezone, "now", lambda: last_year)
    show_again(3)
    assert current() == 3
    withhold(3, seen=2)
    assert current() == 2


def test_of_two_who_decide_at_once_the_second_is_told(three):
    withhold(3)
    with pytest.raises(NotDecided, match="That was decided meanwhile by root"):
        withhold(3)
    show_again(3)
    with pytest.raises(NotDecided, match="decided meanwhile"):
        show_again(3, seen=2)
    assert Withholding.objects.count() == 2


@pytest.mark.parametrize("reason", ["", "  ", "because"])
def test_a_reason_is_needed(three, reason):
    with pytest.raises(NotDecided, match="Say the reason"):
        withholding.withhold(Target("tiny", 3), "root", reason, 0)
    assert current() == 3


def test_only_a_release_that_there_is_is_withheld(three):
    with pytest.raises(NotDecided, match="There is no release 9 of tiny"):
        withhold(9)


# --- publishing


def test_a_withheld_release_is_not_published_again(three):
    withhold(1)
    with pytest.raises(drafts.Unpublishable, match="Release 1 is withheld for legal reasons"):
        publish.revert("tiny", 1, "eve")
    assert current() == 3


def test_nor_a_draft_that_says_the_same(three):
    withhold(3)
    with pytest.raises(drafts.Unpublishable, match="says the same as release 3, which is withheld"):
        publish.publish(three, "eve", "Once more.")
    Comparison.objects.filter(pk=three.pk).update(title="Ada or Bob?")
    release = publish.publish(three, "eve", "Without the zebra.")
    assert (release.number, current()) == (4, 4)


def test_nothing_of_a_withheld_comparison_is_published(three):
    withholding.withhold(whole_of("tiny"), "root", REASON, 0)
    Comparison.objects.filter(pk=three.pk).update(title="Ada or Bob?")
    with pytest.raises(drafts.Unpublishable, match="All of this comparison is withheld"):
        publish.publish(three, "eve", "Other.")
    with pytest.raises(drafts.Unpublishable, match="All of this comparison is withheld"):
        publish.revert("tiny", 1, "eve")


def test_the_next_release_knows_no_name_that_only_a_withheld_one_had(three):
    """Otherwise an old link would be told by name what it was."""
    Option.objects.filter(slug="cyd").update(slug="zebra", name="Zebra")
    publish.publish(three, "eve", "With a zebra.")
    withhold(4)
    Option.objects.filter(slug="zebra").update(slug="dan", name="Dan")
    release = publish.publish(three, "eve", "With Dan.")
    assert release.number == 5
    assert "zebra" not in json.dumps(release.withdrawn).lower()
    assert release.changed["option"]  # since release 3, which readers see


def test_a_renamed_comparison_is_withheld_under_every_address(three):
    Comparison.objects.filter(pk=three.pk).update(slug="small")
    three.refresh_from_db()
    publish.publish(three, "eve", "Renamed.")
    withholding.withhold(Target("small", 4), "root", REASON, 0)
    assert [releases.current(slug).number for slug in ("tiny", "small")] == [3, 3]
    assert listed() == [("small", 3, "Zebra or Ada?")]
    catalogue.make_anew()
    assert listed() == [("small", 3, "Zebra or Ada?")]
    assert whole_of("tiny") == Target("small", 0)
    withholding.withhold(whole_of("tiny"), "root", REASON, 0)
    assert [releases.current(slug) for slug in ("tiny", "small")] == [None, None]
    assert FormerAddress.objects.get().slug == "tiny"


# --- the record


def test_the_database_refuses_to_change_or_delete_a_decision(three):
    withhold(3)
    act = Withholding.objects.get()
    with pytest.raises(TypeError):
        act.delete()
    with pytest.raises(TypeError):
        act.save()
    with pytest.raises(TypeError):
        Withholding.objects.update(is_withheld=False)
    for sql in (
        "UPDATE comparison_withholding SET is_withheld = false",
        "DELETE FROM comparison_withholding",
    ):
        with (
            pytest.raises((IntegrityError, DatabaseError), match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert Withholding.objects.get().is_withheld


def test_a_database_of_an_earlier_day_gets_its_decisions_back(three, monkeypatch):
    withhold(3)
    withhold(1)
    act = Withholding.objects.get(number=3)
    monkeypatch.setattr(
        withheld_following,
        "in_the_database",
        lambda: [withheld.Act(*act_of(Withholding.objects.get(number=1)))],
    )
    as_a_process_starts()
    assert current() == 2  # the file still says so
    assert [one.number for one in withheld_following.lost()] == [3]
    with pytest.raises(drafts.Unpublishable, match="release 3, which is withheld"):
        publish.publish(three, "eve", "Once more.")
    assert act.reason == REASON


def act_of(row):
    return [getattr(row, name) for name in withheld.Act._fields]


def test_the_log_tells_of_it_without_a_word_of_it(
    three, caplog, django_capture_on_commit_callbacks
):
    caplog.set_level("INFO", "comparison.events")
    with django_capture_on_commit_callbacks(execute=True):
        withhold(3)
        show_again(3)
    events = [record for record in caplog.records if record.name == "comparison.events"]
    assert [(record.msg, record.fields) for record in events] == [
        ("withhold", {"comparison": "tiny", "release": 3, "user": "root"}),
        ("show again", {"comparison": "tiny", "release": 3, "user": "root"}),
    ]


def test_releases_themselves_stay_as_they_are(three):
    before = list(Release.objects.values())
    withhold(3)
    assert list(Release.objects.values()) == before
