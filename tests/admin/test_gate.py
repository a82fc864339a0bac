"""What stands before publishing in the admin: another person's look, a later time; and the page on
which an administrator withholds a release.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from comparison.admin.publishing import schedule_page
from comparison.admin.publishing.schedule_page import moment_of
from comparison.models import Comparison, Release, Review, Schedule, Withholding
from comparison.publishing import drafts, publish
from comparison.publishing.editorial import reviews, schedules, withholding
from comparison.publishing.editorial.withholding import Target
from tests.admin.drinks import admin_page, logged_in, member, opens, publish_page, reword
from tests.tools import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return logged_in(member("ada", "Administrator"))


def page_of(comparison, name):
    return admin_page(comparison, name, comparison.pk)


def seen(comparison):
    return drafts.read_draft(comparison).digest


def sent(client, address, status=302, **fields):
    response = client.post(address, fields)
    assert response.status_code == status, response.content.decode()
    return words_of(response.content.decode()) if status == 200 else ""


def review(client, comparison, do, status=302, comment="", digest=""):
    fields = {"do": do, "comment": comment, "seen": digest or seen(comparison)}
    return sent(client, page_of(comparison, "review"), status, **fields)


# --- review


def test_a_writer_asks_an_editor_approves_and_it_is_published(released, writer, administrator):
    editor = logged_in(member("eve", "Editor"))
    reword(released, "Coffee or tea?")
    review(administrator, released, "demand")
    publish = {"note": "Turned round.", "seen": seen(released)}
    assert "somebody else has approved it" in sent(editor, publish_page(released), 200, **publish)
    review(writer, released, "ask", comment="The title.")
    home = words_of(opens(editor, "/admin/"))
    assert "Waits for your review" in home
    assert "wim asked" in home
    assert "The title." in words_of(opens(editor, page_of(released, "review")))
    review(editor, released, "approve")
    assert "eve has approved this draft as it is" in words_of(opens(editor, publish_page(released)))
    sent(editor, publish_page(released), **publish)
    assert Release.objects.count() == 2
    assert "Waits for" not in words_of(opens(editor, "/admin/"))


def test_a_writer_approves_nothing_and_demands_nothing(released, writer):
    review(writer, released, "ask")
    for do in ("approve", "send-back", "demand", "waive"):
        review(writer, released, do, 403)
    assert Review.objects.count() == 1


def test_an_approval_of_what_was_changed_meanwhile_keeps_the_comment(released, writer, editor):
    review(writer, released, "ask")
    old = seen(released)
    reword(released, "Coffee or tea?")
    page = review(editor, released, "send-back", 200, "The title is wrong.", old)
    assert "The draft was changed while you were looking at it" in page
    assert "The title is wrong." in page or Review.objects.count() == 1
    assert "was changed since" in words_of(opens(editor, publish_page(released)))


def test_who_asked_is_told_that_somebody_else_has_to_approve(released, editor):
    review(editor, released, "ask")
    assert "You asked for this look" in words_of(opens(editor, page_of(released, "review")))
    assert "You asked for this look" in review(editor, released, "approve", 200)


# --- a later time


def tomorrow():
    return (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")


def set_time(client, comparison, status=302, **fields):
    given = {"due": tomorrow(), "note": "In the morning.", "seen": seen(comparison)} | fields
    return sent(client, page_of(comparison, "schedule"), status, **given)


def test_an_editor_sets_a_time_and_withdraws_it(released, editor):
    reword(released, "Coffee or tea?")
    set_time(editor, released)
    schedule = Schedule.objects.get()
    assert (schedule.state, schedule.editor, schedule.due.second) == ("waiting", "eve", 0)
    assert "It will be published at" in words_of(opens(editor, publish_page(released)))
    home = words_of(opens(editor, "/admin/"))
    assert "The command last ran never: see README.md" in home
    assert "has not run here yet" in home
    list(schedules.publish_due())
    assert "has not run" not in words_of(opens(editor, "/admin/"))
    sent(editor, page_of(released, "schedule"), withdraw=schedule.pk)
    assert not Schedule.objects.open().exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"due": "2020-01-01T10:00"}, "That time is over"),
        ({"due": "tomorrow"}, "Write it like this"),
        ({"due": ""}, "Set a day and a time"),
        ({"note": ""}, "Say in the change note"),
        ({"seen": "another"}, "was changed while you were looking at it"),
    ],
)
def test_a_time_that_is_not_taken_is_told_why_and_keeps_the_note(released, editor, fields, words):
    reword(released, "Coffee or tea?")
    page = set_time(editor, released, 200, **fields)
    assert words in page
    assert fields.get("note", "In the morning.") in page
    assert not Schedule.objects.exists()


def test_a_verdict_that_will_change_asks_for_a_reason(released, editor, monkeypatch):
    reword(released, "Coffee or tea?")
    monkeypatch.setattr(schedule_page, "flips_of", lambda comparison: ["Breakfast"])
    page = set_time(editor, released, 200)
    assert "The verdict changes (Breakfast). Say why" in page
    set_time(editor, released, reason="Tea was measured again.")
    assert Schedule.objects.get().note == "Tea was measured again.\n\nIn the morning."


def test_what_was_not_published_stays_on_the_first_page(released, editor):
    reword(released, "Coffee or tea?")
    set_time(editor, released)
    reword(released, "Tea or coffee or none?")
    assert "because the draft was changed since" in words_of(opens(editor, publish_page(released)))
    Schedule.objects.update(due=timezone.now() - timedelta(seconds=1))
    list(schedules.publish_due())
    for address in ("/admin/", publish_page(released), page_of(released, "schedule")):
        assert "The draft was changed after this was set" in words_of(opens(editor, address))


def test_the_schedule_of_a_comparison_that_is_gone_can_be_withdrawn(released, editor):
    reword(released, "Coffee or tea?")
    set_time(editor, released)
    Schedule.objects.update(comparison=released.pk + 1, due=timezone.now())
    list(schedules.publish_due())
    assert "The comparison was deleted." in words_of(opens(editor, "/admin/"))
    sent(editor, admin_page(released, "withdraw"), withdraw=Schedule.objects.get().pk)
    assert Schedule.objects.get().state == "withdrawn"
    assert editor.post(admin_page(released, "withdraw"), {"withdraw": "x"}).status_code == 302


def test_a_writer_sets_no_time(released, writer):
    set_time(writer, released, 403)


@pytest.mark.parametrize(
    ("wall", "again", "moment"),
    [
        ("2027-03-27 09:30", "", "2027-03-27 08:30"),
        ("2027-03-28 09:30", "", "2027-03-28 07:30"),
        ("2027-10-31 02:30", "0", "2027-10-31 00:30"),
        ("2027-10-31 02:30", "1", "2027-10-31 01:30"),
        ("2027-10-31 03:00", "", "2027-10-31 02:00"),
    ],
)
def test_a_time_on_the_wall_is_one_moment(settings, wall, again, moment):
    settings.TIME_ZONE = "Europe/Berlin"
    expected = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert moment_of(datetime.fromisoformat(wall), again) == expected


def test_a_time_that_no_clock_shows_or_shows_twice_is_asked_about(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    with pytest.raises(ValidationError, match="there is no 02:30 on 2027-03-28"):
        moment_of(datetime(2027, 3, 28, 2, 30))
    with pytest.raises(ValidationError, match="02:30 comes twice"):
        moment_of(datetime(2027, 10, 31, 2, 30))


def test_a_night_in_which_clocks_are_changed_is_asked_about_and_told(released, editor, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    reword(released, "Coffee or tea?")
    page = set_time(editor, released, 200, due="2027-03-28T02:30")
    assert "there is no 02:30 on 2027-03-28" in page
    assert "In the morning." in page
    page = set_time(editor, released, 200, due="2027-10-31T02:30")
    assert "That night 02:30 comes twice" in page
    assert "the second time" in page
    assert not Schedule.objects.exists()
    set_time(editor, released, due="2027-10-31T02:30", again="1")
    shown = words_of(opens(editor, page_of(released, "schedule")))
    assert "eve set 2027-10-31 02:30 CET, by the clock of Europe/Berlin" in shown
    for address in ("/admin/", publish_page(released)):
        assert "at 2027-10-31 02:30 CET, as eve set it" in words_of(opens(editor, address))


# --- legal reasons

REASON = "A court of Utrecht asked us to."


def withhold_page(release):
    return admin_page(release, "withhold", release.pk)


def test_an_administrator_withholds_a_release_and_shows_it_again(released, administrator, client):
    release = Release.objects.get()
    form = {"scope": "release", "do": "withhold", "seen": "0", "reason": REASON}
    assert "Withhold…" in words_of(opens(administrator, page_of(released, "releases")))
    opens(administrator, withhold_page(release))
    sent(administrator, withhold_page(release), **form)
    address = f"/{released.slug}/"
    assert REASON in client.get(address).content.decode()
    assert client.get(address).status_code == 451
    page = words_of(opens(administrator, withhold_page(release)))
    assert f"/{released.slug}/@1/" in page  # what caches have to purge
    # a form from before that
    assert "That was decided meanwhile by ada" in sent(
        administrator, withhold_page(release), 200, **form
    )
    sent(administrator, withhold_page(release), **form | {"do": "show", "seen": "1"})
    assert client.get(address).status_code == 200
    assert Withholding.objects.count() == 2


def test_a_reason_is_needed_and_a_whole_comparison_can_be_meant(released, administrator, client):
    release = Release.objects.get()
    form = {"scope": "comparison", "do": "withhold", "seen": "0", "reason": "no"}
    assert "Say the reason" in sent(administrator, withhold_page(release), 200, **form)
    sent(administrator, withhold_page(release), **form | {"reason": REASON})
    assert client.get(f"/{released.slug}/@1/").status_code == 451
    page = words_of(opens(administrator, page_of(released, "releases")))
    assert "All of this comparison is withheld" in page


def test_what_is_withheld_is_not_offered_for_publishing(released, administrator):
    reword(released, "Coffee or tea?")
    publish.publish(released, "ada", "Turned round.")
    withholding.withhold(Target(released.slug, 2), "root", REASON, 0)
    page = words_of(opens(administrator, page_of(released, "publish")))
    assert "This says the same as release 2, which is withheld" in page
    answer = administrator.get(admin_page(released, "again", released.pk, 2), follow=True)
    assert answer.redirect_chain == [(page_of(released, "releases"), 302)]
    assert "Release 2 is withheld for legal reasons" in words_of(answer.content.decode())


def test_an_approval_whose_draft_was_published_is_no_void_one(released, administrator):
    reword(released, "Coffee or tea?")
    digest = seen(released)
    reviews.ask(released, "ann", "", digest)
    reviews.approve(released, "bob", "", digest)
    reword(released, "Coffee, or tea?")
    void = "The draft was changed since"
    assert void in words_of(opens(administrator, page_of(released, "publish")))
    reword(released, "Coffee or tea?")
    released.refresh_from_db()
    publish.publish(released, "ann", "Turned round.")
    reword(released, "Coffee, or tea?")
    assert void not in words_of(opens(administrator, page_of(released, "publish")))
    assert "Nobody has asked" in words_of(opens(administrator, page_of(released, "review")))


def test_nobody_else_withholds(released, editor, writer):
    release = Release.objects.get()
    for client in (editor, writer):
        assert client.get(withhold_page(release)).status_code == 403
        sent(client, withhold_page(release), 403, scope="release", do="withhold", reason=REASON)
        assert "Withhold" not in opens(client, page_of(released, "releases"))
    assert not Withholding.objects.exists()


def test_review_is_a_matter_of_the_comparison_and_not_of_its_form(released, editor):
    reviews.demand(released, "ada", is_needed=True)
    assert "needs_review" not in opens(editor, admin_page(released, "change", released.pk))
    assert Comparison.objects.get().needs_review
