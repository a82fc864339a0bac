"""What is to be published later is published once, to the second, and never as another draft than
was meant.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.utils import timezone

from comparison.models import Comparison, Confinement, Option, Release, Schedule
from comparison.publishing import drafts, publish
from comparison.publishing.editorial import reviews, schedules
from comparison.publishing.editorial.schedules import NotScheduled, publish_due
from tests import worlds

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 27, 12, 0, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock(monkeypatch):
    """The time, which a test sets."""
    at = [NOW]
    monkeypatch.setattr(timezone, "now", lambda: at[0])
    return at


@pytest.fixture
def draft(clock):
    User.objects.create_user("eve", is_staff=True).groups.add(Group.objects.get(name="Editor"))
    return worlds.draft()


def set_time(draft, due=NOW + HOUR, editor="eve", note="In the morning."):
    return schedules.set_time(draft, editor, due, note, drafts.read_draft(draft).digest)


def run(clock, at):
    clock[0] = at
    return [(outcome.release, outcome.why) for outcome in publish_due()]


def test_it_is_published_to_the_second_and_once(draft, clock):
    schedule = set_time(draft)
    assert run(clock, NOW + HOUR - timedelta(seconds=1)) == []
    assert run(clock, NOW + HOUR) == [(1, "")]
    assert run(clock, NOW + HOUR) == []
    assert run(clock, NOW) == []  # the clock was set back
    assert run(clock, NOW + HOUR) == []
    release = Release.objects.get()
    assert (release.editor, release.note) == ("eve", "In the morning.")
    schedule.refresh_from_db()
    assert (schedule.state, schedule.release) == ("published", 1)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Kiritimati", "America/St_Johns"])
@pytest.mark.parametrize(
    "due",
    [
        datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC),  # a leap day, or the day after it
        datetime(2027, 3, 28, 1, 0, 0, tzinfo=UTC),  # summer time begins in Berlin
        datetime(2027, 10, 31, 0, 30, 0, tzinfo=UTC),  # half past two, which comes twice there
    ],
)
def test_it_is_so_in_every_zone_on_every_day(draft, clock, settings, client, due, zone):
    settings.TIME_ZONE = zone
    set_time(draft, due)
    assert run(clock, due - timedelta(seconds=1)) == []
    assert run(clock, due) == [(1, "")]
    assert Release.objects.get().published_at == due
    for address in ("/tiny/", "/tiny/changes/", "/feed.xml", "/tiny/freshness/", "/sitemap.xml"):
        assert client.get(address).status_code == 200, address


def test_a_draft_that_was_changed_is_not_published_and_stays_in_sight(draft, clock):
    set_time(draft)
    Option.objects.filter(slug="ada").update(name="Adah")
    ((release, why),) = run(clock, NOW + HOUR)
    assert release is None
    assert "The draft was changed after this was set" in why
    assert run(clock, NOW + 2 * HOUR) == []
    assert not Release.objects.exists()
    assert schedules.open_of(draft).why == why
    Option.objects.filter(slug="ada").update(name="Ada")  # too late: somebody has to decide
    assert run(clock, NOW + 3 * HOUR) == []


def test_what_is_not_approved_is_not_published(draft, clock):
    reviews.demand(draft, "root", is_needed=True)
    set_time(draft)
    ((release, why),) = run(clock, NOW + HOUR)
    assert release is None
    assert "somebody else has approved it" in why


def test_an_approved_one_is(draft, clock):
    reviews.demand(draft, "root", is_needed=True)
    draft.refresh_from_db()
    digest = drafts.read_draft(draft).digest
    reviews.ask(draft, "eve", "", digest)
    set_time(draft)
    reviews.approve(draft, "bob", "", digest)
    assert run(clock, NOW + HOUR) == [(1, "")]


def loses_role(eve, draft):
    eve.groups.clear()


def cannot_sign_in(eve, draft):
    eve.is_staff = False
    eve.save()


def edits_no_comparison(eve, draft):
    Confinement.objects.create(user=eve)


@pytest.mark.parametrize("becomes", [loses_role, cannot_sign_in, edits_no_comparison])
def test_a_publisher_who_may_not_any_more_publishes_nothing(draft, clock, becomes):
    set_time(draft)
    becomes(User.objects.get(username="eve"), draft)
    assert run(clock, NOW + HOUR) == [(None, "eve may not publish any more.")]


def test_a_publisher_who_edits_some_comparisons_publishes_those(draft, clock):
    set_time(draft)
    confinement = Confinement.objects.create(user=User.objects.get(username="eve"))
    confinement.comparisons.add(draft)
    assert run(clock, NOW + HOUR) == [(1, "")]


def test_a_comparison_that_was_deleted_is_told(draft, clock):
    schedule = set_time(draft)
    Schedule.objects.filter(pk=schedule.pk).update(comparison=draft.pk + 1)  # nobody's any more
    assert run(clock, NOW + HOUR) == [(None, "The comparison was deleted.")]
    schedules.withdraw(Schedule.objects.get().pk, "eve")
    assert not Schedule.objects.open().exists()


def test_what_readers_see_already_is_told(draft, clock):
    set_time(draft)
    publish.publish(draft, "ann", "At once.")
    ((release, why),) = run(clock, NOW + HOUR)
    assert release is None
    assert "Nothing has changed since release 1, which ann published" in why


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (NOW, "That time is over"),
        (NOW - HOUR, "That time is over"),
        (NOW + timedelta(days=1000), "more than two years from now"),
    ],
)
def test_a_time_that_cannot_be_meant_is_refused(draft, due, words):
    with pytest.raises(NotScheduled, match=words):
        set_time(draft, due)
    assert not Schedule.objects.exists()


def test_nothing_is_set_for_what_could_not_be_published_now(draft):
    with pytest.raises(NotScheduled, match="Say in the change note"):
        set_time(draft, note=" ")
    seen = drafts.read_draft(draft).digest
    Option.objects.filter(slug="ada").update(name="Adah")
    with pytest.raises(NotScheduled, match="was changed while you were looking"):
        schedules.set_time(draft, "eve", NOW + HOUR, "Now.", seen)
    Comparison.objects.update(topic="")
    with pytest.raises(NotScheduled, match="has problems"):
        set_time(draft)
    Comparison.objects.update(topic="Tools")
    publish.publish(draft, "ann", "At once.")
    with pytest.raises(NotScheduled, match="Nothing has changed since release 1"):
        set_time(draft)


def test_another_time_takes_the_place_of_the_first(draft, clock):
    first = set_time(draft)
    set_time(draft, NOW + 2 * HOUR)
    first.refresh_from_db()
    assert first.state == "withdrawn"
    assert run(clock, NOW + HOUR) == []
    assert run(clock, NOW + 2 * HOUR) == [(1, "")]


def test_what_was_withdrawn_does_not_happen(draft, clock):
    schedule = set_time(draft)
    schedules.withdraw(schedule.pk, "ann")
    assert run(clock, NOW + HOUR) == []
    with pytest.raises(NotScheduled, match="ann has withdrawn it already"):
        schedules.withdraw(schedule.pk, "eve")


def test_what_is_published_cannot_be_withdrawn(draft, clock):
    schedule = set_time(draft)
    run(clock, NOW + HOUR)
    with pytest.raises(NotScheduled, match="It is published already, as release 1"):
        schedules.withdraw(schedule.pk, "eve")


def test_it_is_late_when_nobody_looks_at_the_clock(draft, clock):
    assert (schedules.last_look(), schedules.is_late(None)) == (None, False)
    set_time(draft)
    assert schedules.is_late(None)
    run(clock, NOW)
    assert not schedules.is_late(schedules.last_look())
    clock[0] = NOW + timedelta(minutes=11)
    assert schedules.is_late(schedules.last_look())
    clock[0] = NOW + 2 * HOUR
    assert schedules.is_late(NOW + 2 * HOUR)  # and what was due is not done


def test_the_command_says_what_it_did(draft, clock, capsys):
    set_time(draft)
    clock[0] = NOW + HOUR
    call_command("publish_due")
    assert capsys.readouterr().out == "tiny: release 1 is published\n"
    assert schedules.last_look() == NOW + HOUR


def test_each_step_is_told_once(draft, clock, caplog, django_capture_on_commit_callbacks):
    caplog.set_level("INFO", "comparison.events")
    with django_capture_on_commit_callbacks(execute=True):
        set_time(draft)
        set_time(draft, NOW + 2 * HOUR)
        Option.objects.filter(slug="ada").update(name="Adah")
        run(clock, NOW + 2 * HOUR)
    events = [record.msg for record in caplog.records if record.name == "comparison.events"]
    assert events == ["schedule", "schedule withdrawn", "schedule", "schedule stopped"]
