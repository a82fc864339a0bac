"""The releases of a comparison, and an older one published again."""

import pytest

from comparison.models import (
    Option,
    Release,
)
from comparison.publishing import publish
from tests.admin.drinks import (
    admin_page,
    change_page,
    digest_seen,
    opens,
    publish_page,
    reword,
)

pytestmark = pytest.mark.django_db


def test_the_releases_are_listed_with_their_pinned_pages(released, editor):
    html = opens(editor, admin_page(released, "releases", released.pk))
    assert f'href="/{released.slug}/@1/"' in html
    assert "The first release." in html


def test_an_old_release_is_published_again_after_a_question(released, editor):
    reword(released, "Coffee or tea?")
    publish.publish(released, "ada", "Turned round.")
    again = admin_page(released, "again", released.pk, 1)
    assert again in opens(editor, admin_page(released, "releases", released.pk))
    opens(editor, again)
    assert Release.objects.count() == 2
    response = editor.post(again)
    assert response.url == admin_page(released, "releases", released.pk)
    newest = Release.objects.of(released.slug).first()
    assert (newest.number, newest.title, newest.editor) == (3, "Tea or coffee?", "eve")
    released.refresh_from_db()
    assert released.title == "Coffee or tea?"


def test_a_tab_from_before_another_release_publishes_no_old_one_again(released, editor):
    for number, title in ((2, "Coffee or tea?"), (3, "Tea, or coffee?")):
        reword(released, title)
        publish.publish(released, "ada", "Turned round.")
        if number == 2:
            again = admin_page(released, "again", released.pk, 1)
            page = opens(editor, again)
            assert 'name="since" value="2"' in page
            assert 'data-under-way="Publishing"' in page  # it can take seconds
    answer = editor.post(again, {"since": "2"}, follow=True)
    assert "Release 3 was published while you were looking" in answer.content.decode()
    assert Release.objects.count() == 3
    editor.post(again, {"since": "3"})
    assert Release.objects.first().note == "Back to release 1."


def test_a_second_press_publishes_nothing_and_keeps_the_note(released, editor):
    reword(released, "Coffee or tea?")
    sent = {"note": "Turned round.", "seen": digest_seen(editor, released)}
    assert editor.post(publish_page(released), sent).status_code == 302
    again = editor.post(publish_page(released), sent)
    assert again.status_code == 200
    html = again.content.decode()
    assert "Nothing has changed since release 2, which eve published on " in html
    assert "Turned round." in html
    assert Release.objects.count() == 2


def test_the_newest_release_is_not_published_again(released, editor):
    answer = editor.post(admin_page(released, "again", released.pk, 1), follow=True)
    assert "Nothing has changed since release 1, which ada published on " in answer.content.decode()
    assert Release.objects.count() == 1


def test_rows_in_another_order_can_be_published(released, editor):
    Option.objects.filter(pk=released.options.first().pk).update(position=99)
    assert "The same rows stand in another order" in opens(editor, publish_page(released))
    sent = {"note": "Sorted by name.", "seen": digest_seen(editor, released)}
    assert editor.post(publish_page(released), sent).status_code == 302
    assert Release.objects.count() == 2


def test_a_release_that_is_not_there_cannot_be_published_again(released, editor):
    assert editor.post(admin_page(released, "again", released.pk, 9)).status_code == 404


def test_a_release_is_only_looked_at(released, root):
    release = Release.objects.get()
    assert root.get(admin_page(Release, "add")).status_code == 403
    assert root.post(change_page(release), {"note": "Forged."}).status_code == 403
    assert root.get(admin_page(release, "delete", release.pk)).status_code == 403
    assert root.post(admin_page(release, "delete", release.pk), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in opens(root, admin_page(Release, "changelist"))
    opens(root, change_page(release))
    response = root.post(
        admin_page(Release, "changelist"),
        {"action": "delete_selected", "_selected_action": [release.pk]},
    )
    assert response.status_code == 200  # no such action: the list again
    assert Release.objects.get().note == "The first release."


def test_lists_of_releases_leave_the_documents_in_the_database(
    released, root, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20) as asked:
        root.get(admin_page(Release, "changelist"))
        root.get(admin_page(released, "releases", released.pk))
    assert not any('"document"' in query["sql"] for query in asked.captured_queries)
