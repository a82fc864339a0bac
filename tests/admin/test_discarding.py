"""The pages that discard and delete: what is lost is said first, nothing is lost by surprise."""

import pytest
from django.test import Client

from comparison.models import Cell, Claim, Comparison, Criterion, DiscardedDraft, Option, Release
from comparison.publishing import publish
from comparison.publishing.drafts import read_draft
from tests import worlds
from tests.admin.drinks import (
    admin_page,
    change_page,
    logged_in,
    member,
    opens,
    publish_page,
    reword,
)
from tests.admin.filled_form import send, sent_by
from tests.tools import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Client:
    return logged_in(member("ann", "Administrator"))


def page_of(comparison) -> str:
    return admin_page(comparison, "discard", comparison.pk)


def shown(client: Client, address: str):
    return client.get(address).context["page"]


def test_a_draft_is_set_back_once_it_was_said_what_is_lost(released, editor):
    reword(released, "Half a thought")
    Option.objects.create(comparison=released, slug="water", name="Water")
    page = shown(editor, page_of(released))
    assert [thing.words for thing in page.things] == ["Comparison changed", "Option added: Water"]
    assert page.things[0].fields[0].draft == "Half a thought"
    answer = editor.post(page_of(released), {"seen": page.seen, "to": "1"}, follow=True)
    assert "Nothing has changed since release 1" in answer.content.decode()
    assert shown(editor, page_of(released)).is_same
    released.refresh_from_db()
    assert released.title == "Tea or coffee?"


def test_what_was_discarded_can_be_taken_again(released, editor):
    reword(released, "Half a thought")
    page = shown(editor, page_of(released))
    editor.post(page_of(released), {"seen": page.seen, "to": "1"})
    (kept,) = shown(editor, page_of(released)).kept
    assert "eve: The draft was set to release 1." in kept.words
    editor.post(admin_page(released, "take_kept", released.pk, kept.key))
    released.refresh_from_db()
    assert released.title == "Half a thought"


def test_one_row_is_discarded_from_its_form(released, editor):
    cell = Cell.objects.get(option__slug="tea", criterion__slug="strength")
    Cell.objects.filter(pk=cell.pk).update(score=1)
    reword(released, "Half a thought")
    address = editor.get(change_page(cell)).context["page"].discard
    page = shown(editor, address)
    assert [(one.draft, one.release) for one in page.things[0].fields] == [("1", "4")]
    answer = editor.post(address, {"seen": page.seen, "to": "1"})
    assert answer.status_code == 302
    cell.refresh_from_db()
    released.refresh_from_db()
    assert (cell.score, released.title) == (4, "Half a thought")


def test_a_tab_that_is_older_than_the_draft_discards_nothing(released, editor, writer):
    reword(released, "Half a thought")
    seen = shown(editor, page_of(released)).seen
    reword(released, "A whole one")
    answer = editor.post(page_of(released), {"seen": seen, "to": "1"})
    assert answer.status_code == 409
    assert "Somebody changed the draft" in answer.content.decode()
    released.refresh_from_db()
    assert released.title == "A whole one"


def test_a_form_that_is_older_than_the_discard_says_what_it_was_set_to(released, editor, root):
    cell = Cell.objects.get(option__slug="tea", criterion__slug="strength")
    Cell.objects.filter(pk=cell.pk).update(text="Half a thought")
    opened = sent_by(root, change_page(cell))
    seen = shown(editor, page_of(released)).seen
    editor.post(page_of(released), {"seen": seen, "to": "1"})
    answer = root.post(change_page(cell), opened | {"text": "Mine"})
    html = answer.content.decode()
    assert "eve, at " in html
    assert "“Mild”" in html
    assert 'value="Mine"' in html


def test_a_row_that_was_discarded_meanwhile_is_not_made_anew_by_an_old_form(released, editor, root):
    row = Option.objects.create(comparison=released, slug="water", name="Water")
    opened = sent_by(root, change_page(row))
    seen = shown(editor, page_of(released)).seen
    editor.post(page_of(released), {"seen": seen, "to": "1"})
    answer = send(root, change_page(row), opened | {"line": "Wet and clear"})
    assert answer.status_code == 404  # with what was typed: as of any row that is gone
    assert not Option.objects.filter(slug="water").exists()


def test_nothing_published_is_nothing_to_go_back_to(drinks, editor):
    answer = editor.get(page_of(drinks))
    assert "Nothing has been published yet" in answer.content.decode()
    assert editor.get(f"{page_of(drinks)}?to=7&kind=cell&thing=a").status_code == 404


def test_publishing_an_old_one_again_can_set_the_draft_too(released, editor):
    reword(released, "Half a thought")
    publish.publish(released, "ada", "Two.")
    again = admin_page(released, "again", released.pk, 1)
    opens(editor, again)
    answer = editor.post(again, {"draft": "on"}, follow=True)
    assert "Nothing has changed" in editor.get(publish_page(released)).content.decode()
    assert "its draft says the same" in answer.content.decode()
    first, third = (Release.objects.get(number=number) for number in (1, 3))
    assert first.document == third.document
    assert DiscardedDraft.objects.count() == 1


def test_what_is_discarded_is_called_by_its_name(released, editor):
    Cell.objects.filter(option__slug="tea", criterion__slug="strength").update(score=1)
    Claim.objects.update(statement="It is said to be strong.")
    page = shown(editor, page_of(released))
    words = [thing.words for thing in page.things]
    assert words[0] == "Cell changed: Strength › Tea"
    assert words[1].startswith("Claim changed: ")
    assert words[1].endswith(" › It is said to be strong.")
    alone = editor.get(page.things[0].alone)
    assert "Discard changes of Strength › Tea" in alone.content.decode()
    seen = alone.context["page"].seen
    answer = editor.post(page.things[0].alone, {"seen": seen, "to": "1"}, follow=True)
    assert "Cell “Strength › Tea” is what release 1 says." in answer.content.decode()
    (kept,) = shown(editor, page_of(released)).kept
    assert kept.words.endswith("eve: Cell “Strength › Tea” was set to release 1.")


def test_without_the_tick_the_draft_stays_and_a_link_leads_to_setting_it(released, editor):
    reword(released, "Half a thought")
    publish.publish(released, "ada", "Two.")
    answer = editor.post(admin_page(released, "again", released.pk, 1), follow=True)
    assert page_of(released) in answer.content.decode()
    assert read_draft(released).document.title == "Half a thought"


# --- deleting -------------------------------------------------------------------------------------


def delete_page(comparison) -> str:
    return admin_page(comparison, "delete", comparison.pk)


def test_a_draft_is_deleted_by_typing_its_slug(released, administrator):
    page = shown(administrator, delete_page(released))
    assert "1 claim" in page.counts
    assert (page.releases, page.newest.number) == (1, 1)
    wrong = administrator.post(delete_page(released), {"slug": "tea"})
    assert "Nothing was deleted" in wrong.content.decode()
    assert Comparison.objects.count() == 1
    assert administrator.post(delete_page(released), {"slug": "tea-or-coffee"}).status_code == 302
    assert (Comparison.objects.count(), Criterion.objects.count()) == (0, 0)
    assert Release.objects.count() == 1
    assert Client().get("/tea-or-coffee/").status_code == 200


def test_of_what_came_with_the_site_is_said_that_a_start_does_not_bring_it_back(
    released, administrator, settings, tmp_path
):
    settings.CONTENT_DIR = tmp_path / "content"
    assert shown(administrator, delete_page(released)).shipped == ""
    (settings.CONTENT_DIR / released.slug).mkdir(parents=True)
    words = words_of(opens(administrator, delete_page(released)))
    assert f"manage.py import_content content/{released.slug}" in words


def test_the_question_names_no_rows_however_many_there_are(
    administrator, django_assert_max_num_queries
):
    draft = worlds.draft(worlds.large_tree(4, 12, claims_per_cell=3))
    with django_assert_max_num_queries(12):
        html = opens(administrator, delete_page(draft))
    assert "144 claims" in html
    assert len(html) < 40_000


def test_who_may_not_delete_is_refused(drinks, editor):
    assert editor.get(delete_page(drinks)).status_code == 403
    assert editor.post(delete_page(drinks), {"slug": drinks.slug}).status_code == 403
    assert Comparison.objects.count() == 1


def test_a_writer_discards_one_row_and_not_all_of_them(released, writer):
    cell = Cell.objects.get(option__slug="tea", criterion__slug="strength")
    Cell.objects.filter(pk=cell.pk).update(score=1)
    page = shown(writer, page_of(released))
    assert not page.may_discard
    whole = writer.post(page_of(released), {"seen": page.seen, "to": "1"})
    alone = page.things[0].alone
    assert writer.post(alone, {"seen": page.seen, "to": "1"}).status_code == 302
    cell.refresh_from_db()
    assert (whole.status_code, cell.score) == (403, 4)
