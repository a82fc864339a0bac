"""What publishing does to what readers see, on the page that publishes: told, and asked why."""

import pytest
from django.db.models import F

from comparison.models import Cell, Release
from comparison.publishing import publish
from tests.admin.drinks import admin_page, digest_seen, opens, publish_page, reword
from tests.tools import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def turned(released):
    """A draft in which coffee is weak and tea is strong: another one leads in the morning."""
    for option, score in (("tea", 9), ("coffee", 1)):
        cells = Cell.objects.filter(criterion__slug="strength", option__slug=option)
        cells.update(score=score, version=F("version") + 1)
    return released


def effect_page(comparison) -> str:
    return admin_page(comparison, "effect", comparison.pk)


def test_the_effect_is_asked_for_by_the_page_and_shown_at_once_without_a_script(turned, editor):
    html = opens(editor, publish_page(turned))
    assert f'data-effect-at="{effect_page(turned)}"' in html
    assert f'href="{publish_page(turned)}?effect=shown"' in html
    part = words_of(opens(editor, effect_page(turned)))
    assert "The verdict changes in" in part
    assert "Morning" in part
    assert "of 200 sampled selections" in part
    shown = opens(editor, f"{publish_page(turned)}?effect=shown")
    assert "The verdict changes in" in words_of(shown)
    assert "data-effect-at" not in shown


def test_a_verdict_that_changes_asks_why_and_keeps_the_note(turned, editor):
    seen = digest_seen(editor, turned)
    sent = {"note": "My careful words.", "seen": seen, "since": "1"}
    html = editor.post(publish_page(turned), sent).content.decode()
    assert "The verdict changes (Morning" in html
    assert "My careful words." in html
    assert "data-flips" in html  # what changes stands beside the question
    assert '<div\n            class="form-row errors"\n            id="reason"' in html
    assert Release.objects.count() == 1
    editor.post(publish_page(turned), sent | {"reason": "Tasted anew."})
    assert Release.objects.first().note == "Tasted anew.\n\nMy careful words."


def test_where_no_verdict_changes_nobody_is_asked_why(released, editor):
    reword(released, "Coffee or tea?")
    assert "No verdict changes" in words_of(opens(editor, effect_page(released)))
    sent = {"note": "Turned round.", "seen": digest_seen(editor, released), "since": "1"}
    assert editor.post(publish_page(released), sent).status_code == 302


def test_a_tab_from_before_another_release_is_told_of_it_and_keeps_the_note(turned, editor):
    sent = {"note": "My words.", "reason": "Why not.", "seen": digest_seen(editor, turned)}
    publish.publish(turned, "ada", "Ada was quicker.")
    html = editor.post(publish_page(turned), sent | {"since": "1"}).content.decode()
    assert "Nothing has changed since release 2" in html
    assert "My words." in html
    reword(turned, "Coffee or tea?")
    sent["seen"] = digest_seen(editor, turned)
    html = editor.post(publish_page(turned), sent | {"since": "1"}).content.decode()
    assert "Release 2 was published while you were looking at the changes." in html
    assert "My words." in html
    assert "Why not." in html
    assert Release.objects.count() == 2


def test_a_draft_with_problems_or_nothing_new_has_no_effect(released, editor):
    assert "There is nothing to tell" in words_of(opens(editor, effect_page(released)))
    reword(released, "")
    assert "There is nothing to tell" in words_of(opens(editor, effect_page(released)))


def test_a_first_release_changes_no_verdict_and_names_its_silent_cells(drinks, editor):
    words = words_of(opens(editor, effect_page(drinks)))
    assert "Nothing was published before" in words
    assert "Cells without a known score" in words


def test_a_writer_sees_the_effect_and_who_has_no_part_in_it_does_not(turned, writer, client):
    assert "The verdict changes in" in words_of(opens(writer, effect_page(turned)))
    assert client.get(effect_page(turned)).status_code == 302
