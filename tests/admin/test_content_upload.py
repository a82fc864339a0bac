"""A content folder down and up again in the admin, and a draft as the start of another."""

import zipfile
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from comparison.models import Comparison, Option
from comparison.publishing.content_files.content_zip import to_zip
from comparison.publishing.draft.draft_rows import tree_of
from comparison.publishing.drafts import read_draft
from tests import worlds
from tests.admin.drinks import admin_page, logged_in
from tests.admin.filled_form import sent_by

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/comparison/comparison/upload/"


def file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("tiny.zip", content)


def test_what_is_downloaded_is_the_draft_when_it_is_uploaded_again(drinks, root):
    answer = root.get(admin_page(drinks, "download", drinks.pk))
    assert answer["Content-Disposition"] == 'attachment; filename="tea-or-coffee.zip"'
    before = read_draft(drinks).document
    seen = read_draft(drinks).digest
    sent = {"file": file(answer.content), "replace": "yes", "seen": seen}
    answer = root.post(UPLOAD, sent, follow=True)
    assert "The draft of Tea or coffee? is what" in answer.content.decode()
    assert read_draft(drinks).document == before


def test_an_upload_that_is_new_becomes_a_draft(root):
    assert root.post(UPLOAD, {"file": file(to_zip(worlds.tiny()))}).status_code == 302
    assert read_draft(Comparison.objects.get()).document == worlds.tiny()


def test_a_draft_that_is_there_is_replaced_once_its_changes_were_seen(root):
    draft = worlds.draft()
    kept = Option.objects.get(slug="bob").pk
    changed = to_zip(worlds.tiny(title="Another title"))
    answer = root.post(UPLOAD, {"file": file(changed)})
    html = answer.content.decode()
    assert "Another title" in html
    assert Comparison.objects.get().title == draft.title
    page = answer.context["page"]
    sent = {"carried": page.carried, "name": page.name, "replace": "Replace the draft"}
    Option.objects.filter(slug="ada").update(line="Saved after the changes were shown.")
    moved = root.post(UPLOAD, sent | {"seen": page.seen})
    assert "changed the draft meanwhile" in moved.content.decode()
    assert Comparison.objects.get().title == draft.title
    sent["seen"] = moved.context["page"].seen
    assert root.post(UPLOAD, sent).status_code == 302
    assert Comparison.objects.get().title == "Another title"
    assert Option.objects.get(slug="bob").pk == kept


@pytest.mark.parametrize("sent", [{}, {"carried": "%%%"}, {"carried": "bm8gemlw"}])
def test_what_is_no_folder_is_said_and_writes_nothing(sent, root):
    answer = root.post(UPLOAD, sent)
    assert answer.status_code in (200, 400)
    assert 'name="file"' in answer.content.decode()
    assert not Comparison.objects.exists()


def test_a_broken_folder_is_refused_with_file_and_line(root):
    content = BytesIO(to_zip(worlds.tiny()))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("tiny/costs.yaml", "costs: [\n")
    answer = root.post(UPLOAD, {"file": file(content.getvalue())})
    assert answer.status_code == 400
    assert "tiny/costs.yaml:" in answer.content.decode()
    assert not Comparison.objects.exists()


def test_a_draft_with_problems_is_no_folder_yet(drinks, root):
    Option.objects.filter(slug="tea").update(name="")
    answer = root.get(admin_page(drinks, "download", drinks.pk), follow=True)
    assert "no whole content folder yet" in answer.content.decode()


def test_a_draft_is_copied_whole_under_another_address(drinks, root):
    address = admin_page(drinks, "copy", drinks.pk)
    form = sent_by(root, address) | {"title": "Hot or cold?", "slug": "hot-or-cold"}
    answer = root.post(address, form, follow=True)
    assert "Not copied: releases (0)" in answer.content.decode()
    copy = Comparison.objects.get(slug="hot-or-cold")
    first, second = read_draft(drinks).document, read_draft(copy).document
    assert second == first.model_copy(update={"title": "Hot or cold?", "slug": "hot-or-cold"})


def test_a_draft_that_is_not_whole_yet_is_copied_as_it_is(drinks, root):
    Option.objects.filter(slug="tea").update(name="")
    Comparison.objects.update(topic="", question="")
    address = admin_page(drinks, "copy", drinks.pk)
    assert root.post(address, {"title": "T", "slug": "t"}).status_code == 302
    first, second = (tree_of(one)[0] for one in Comparison.objects.order_by("pk"))
    assert second == first | {"title": "T", "slug": "t"}


def test_a_copy_under_a_taken_address_is_refused_at_its_field(drinks, root):
    address = admin_page(drinks, "copy", drinks.pk)
    answer = root.post(address, {"title": "Hot or cold?", "slug": "tea-or-coffee"})
    assert "choose another slug" in answer.content.decode()
    assert 'value="Hot or cold?"' in answer.content.decode()
    assert Comparison.objects.count() == 1


def test_who_may_not_change_comparisons_uploads_and_copies_none(drinks):
    looker = logged_in(User.objects.create_user("lea", is_staff=True))
    looked_at = [(UPLOAD, 403), (admin_page(drinks, "copy", drinks.pk), 403)]
    assert [(one, looker.get(one).status_code) for one, _ in looked_at] == looked_at
    assert looker.get(admin_page(drinks, "download", drinks.pk)).status_code == 403
