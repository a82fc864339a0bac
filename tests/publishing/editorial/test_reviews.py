"""Two people know what is published, where a comparison demands it: asked, approved, sent back,
void after a change, and told in the log.
"""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from comparison.models import Advice, Comparison, Option, Release, Review, history
from comparison.models.rows import Row
from comparison.publishing import drafts, publish
from comparison.publishing.editorial import reviews
from comparison.publishing.editorial.last_change import last_change
from comparison.publishing.editorial.reviews import NotReviewed
from tests import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    found = worlds.draft()
    Comparison.objects.filter(pk=found.pk).update(needs_review=True)
    found.refresh_from_db()
    return found


def digest(draft):
    return drafts.read_draft(draft).digest


def ask(draft, editor="ann", comment="Look at the prices."):
    return reviews.ask(draft, editor, comment, digest(draft))


def approve(draft, editor="bob"):
    return reviews.approve(draft, editor, "Fine.", digest(draft))


def test_nothing_is_published_that_nobody_else_approved(draft):
    with pytest.raises(drafts.Unpublishable, match="somebody else has approved it: ask for a look"):
        publish.publish(draft, "ann", "First.")
    ask(draft)
    with pytest.raises(drafts.Unpublishable, match="The draft waits to be looked at"):
        publish.publish(draft, "ann", "First.")
    approve(draft)
    assert publish.publish(draft, "ann", "First.").number == 1


def test_a_comparison_that_demands_none_is_published_as_ever(draft):
    reviews.demand(draft, "root", is_needed=False)
    assert publish.publish(draft, "ann", "First.").number == 1


def test_a_change_makes_an_approval_void_and_going_back_makes_it_hold_again(draft):
    ask(draft)
    approve(draft)
    Option.objects.filter(slug="ada").update(name="Adah")
    standing = reviews.standing_of(draft, digest(draft))
    assert (standing.is_approved, standing.is_void, standing.last.editor) == (False, True, "bob")
    with pytest.raises(drafts.Unpublishable, match="was changed since it was looked at"):
        publish.publish(draft, "ann", "First.")
    Option.objects.filter(slug="ada").update(name="Ada")
    assert publish.publish(draft, "ann", "First.").number == 1


def test_who_asked_does_not_approve(draft):
    ask(draft)
    with pytest.raises(NotReviewed, match="You asked for this look"):
        approve(draft, "ann")
    approve(draft)


def renamed(name):
    option = Option.objects.get(slug="ada")
    option.name = name
    option.save()


@pytest.mark.parametrize("change", ["changed", "deleted"])
def test_who_changed_it_last_does_not_approve(draft, change):
    with history.written_by("bob"):
        renamed("Ida")
    with history.written_by("ed"):
        _ = renamed("Ada L.") if change == "changed" else Advice.objects.all()[0].delete()
    ask(draft, "bob")
    with pytest.raises(NotReviewed, match="You changed the draft last"):
        approve(draft, "ed")
    assert Review.objects.get().changed_by == "ed"
    approve(draft, "cleo")


@pytest.mark.parametrize("knows", ["history", "log"])
def test_a_preview_link_and_a_release_are_no_change(draft, admin_client, knows):
    """knows: of a draft of the days before there was a history, only the admin's own log does."""
    admin = User.objects.get(username="admin")
    option = Option.objects.get(slug="ada")
    with history.written_by("admin"):
        renamed("Ida")
    if knows == "log":
        for kind in (Comparison, *Row.kinds()):
            history.lines_of(kind).delete()
        said = {"action_flag": CHANGE, "single_object": True}
        LogEntry.objects.log_actions(admin.pk, [option], change_message="Changed.", **said)
    other = User.objects.create_superuser("wil")
    for words in ("Made a preview link for 24 hours.", "Published release 1."):
        LogEntry.objects.log_actions(other.pk, [draft], CHANGE, words, single_object=True)
    with history.written_by(other), history.doing(history.PUBLISHING):
        draft.published_as = "another"
        draft.title += "!"
        draft.save()
    assert last_change(draft)[0] == "admin"


def test_an_approval_of_what_was_changed_meanwhile_is_none(draft):
    seen = digest(draft)
    reviews.ask(draft, "ann", "", seen)
    Option.objects.filter(slug="ada").update(name="Adah")
    with pytest.raises(NotReviewed, match="was changed while you were looking at it"):
        reviews.approve(draft, "bob", "", seen)
    with pytest.raises(NotReviewed, match="was changed while you were looking at it"):
        reviews.ask(draft, "ann", "", seen)
    assert [step.step for step in Review.objects.all()] == ["asked"]


def test_it_is_sent_back_with_words_and_may_be_asked_for_again(draft):
    ask(draft)
    with pytest.raises(NotReviewed, match="Say what is to be changed"):
        reviews.send_back(draft, "bob", " ", digest(draft))
    reviews.send_back(draft, "bob", "The prices are of last year.", digest(draft))
    with pytest.raises(NotReviewed, match="Nobody has asked"):
        approve(draft)
    ask(draft)
    approve(draft)
    reviews.send_back(draft, "cleo", "I found another one.", digest(draft))
    with pytest.raises(drafts.Unpublishable, match="ask for a look"):
        publish.publish(draft, "ann", "First.")


def test_nobody_asks_twice_or_for_what_has_problems(draft):
    ask(draft)
    with pytest.raises(NotReviewed, match="waits to be looked at"):
        ask(draft, "cleo")
    Comparison.objects.update(topic="")
    with pytest.raises(NotReviewed, match="has problems"):
        ask(draft)


def test_an_older_release_is_published_again_without_a_look(draft):
    ask(draft)
    approve(draft)
    publish.publish(draft, "ann", "First.")
    Option.objects.filter(slug="ada").update(name="Adah")
    ask(draft)
    approve(draft)
    publish.publish(draft, "ann", "Second.")
    assert publish.revert("tiny", 1, "ann").number == 3


def test_a_command_publishes_past_it_only_when_told_to_and_the_log_knows(draft, caplog, capsys):
    with pytest.raises(CommandError, match="somebody else has approved it"):
        call_command("publish", "tiny")
    caplog.set_level("INFO", "comparison.events")
    call_command("publish", "tiny", "--without-review", "--editor", "root")
    assert Release.objects.count() == 1
    assert capsys.readouterr().out == "tiny: release 1 is published\n"


def test_each_step_is_told_once_without_its_words(
    draft, caplog, django_capture_on_commit_callbacks
):
    caplog.set_level("INFO", "comparison.events")
    with django_capture_on_commit_callbacks(execute=True):
        ask(draft)
        reviews.send_back(draft, "bob", "The prices are of last year.", digest(draft))
        ask(draft)
        approve(draft)
        reviews.demand(draft, "root", is_needed=False)
        reviews.demand(draft, "root", is_needed=True)
        Option.objects.filter(slug="ada").update(name="Adah")
        publish.publish(draft, "root", "Past it.", is_past_review=True)
    told = [(record.msg, record.fields["user"]) for record in caplog.records]
    assert told == [
        ("review asked", "ann"),
        ("review sent back", "bob"),
        ("review asked", "ann"),
        ("review approved", "bob"),
        ("review not demanded", "root"),
        ("review demanded", "root"),
        ("publish without review", "root"),
        ("publish", "root"),
    ]
    assert "prices" not in str([record.__dict__ for record in caplog.records])


def test_the_database_keeps_every_step_as_it_was(draft):
    step = ask(draft)
    with pytest.raises(TypeError):
        step.delete()
    for sql in ("UPDATE comparison_review SET editor = 'x'", "DELETE FROM comparison_review"):
        with (
            pytest.raises((IntegrityError, DatabaseError), match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert Review.objects.get().editor == "ann"
