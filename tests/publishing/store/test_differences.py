"""A database that knows fewer releases than readers have seen: nothing is published over them, and
an administrator decides.
"""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from comparison.models import Comparison, FormerAddress, Release
from comparison.publishing import publish, releases
from comparison.publishing.content_files.content_export import export_folder
from comparison.publishing.content_files.first_release import first_releases
from comparison.publishing.draft.draft_writing import clear
from comparison.publishing.drafts import Unpublishable
from comparison.publishing.store import differences, folder
from comparison.publishing.store.catalogue import NAME
from tests import worlds
from tests.publishing.store import rows

pytestmark = pytest.mark.django_db
RENAMED = [{"kind": "comparison", "old": "tiny", "new": "now"}]


def lose(condition):
    """Take rows out of the database, as an older copy of it does."""
    rows.lose(condition)
    releases.forget()


def said(command, *args, **options):
    out = StringIO()
    call_command(command, *args, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def three():
    """A draft, and three releases of it; each says something else."""
    draft = worlds.draft()
    for title in ("Ada?", "Bob?", "Cyd?"):
        Comparison.objects.filter(pk=draft.pk).update(title=title)
        publish.publish(draft, "eve", title)
    Comparison.objects.filter(pk=draft.pk).update(title="Dot?")
    return draft


def test_where_nothing_differs_it_is_said(three):
    assert "the same in the database and as a file" in said("check_releases")
    assert "nothing to restore" in said("restore_releases")


def test_a_number_that_readers_have_seen_is_not_given_again(three):
    lose("number = 3")
    with pytest.raises(Unpublishable, match="does not know release 3 of tiny"):
        publish.publish(three, "eve", "Again.")
    with pytest.raises(Unpublishable, match="does not know release 3 of tiny"):
        publish.revert("tiny", 1, "eve")
    assert Release.objects.count() == 2
    assert releases.current("tiny").number == 3
    # another comparison is not held back
    assert worlds.publish(worlds.tiny_tree(slug="other")).number == 1


def test_the_first_page_of_the_admin_says_so(three, admin_client):
    assert "does not know" not in admin_client.get("/admin/").content.decode()
    lose("number > 1")
    assert "does not know 2 releases that readers" in admin_client.get("/admin/").content.decode()


def test_everything_that_differs_is_listed(three):
    worlds.publish(worlds.tiny_tree(slug="apart"))
    lose("number = 3")
    folder.path_of("apart", 1).write_bytes(b"x")
    folder.path_of("tiny", 1).unlink()
    out = StringIO()
    with pytest.raises(CommandError, match="restore_releases"):
        call_command("check_releases", stdout=out)
    lines = [line.split(maxsplit=3) for line in out.getvalue().splitlines()]
    assert lines == [
        ["apart", "release", "1", "the file is damaged"],
        ["tiny", "release", "1", "only in the database"],
        ["tiny", "release", "3", "only as a file"],
    ]


def test_the_files_bring_back_what_the_database_lost_and_publishing_goes_on(three):
    before = list(Release.objects.order_by("number").values(*FIELDS))
    lose("number > 1")
    said("restore_releases")
    assert list(Release.objects.order_by("number").values(*FIELDS)) == before
    assert "the same" in said("check_releases")
    assert publish.publish(three, "eve", "Fourth.").number == 4


FIELDS = [field.name for field in Release._meta.fields if field.name != "id"]


def test_of_a_lost_database_all_is_brought_back_with_drafts_and_former_addresses():
    worlds.publish(worlds.tiny_tree())
    worlds.publish(worlds.tiny_tree(slug="now", renamed=RENAMED))
    worlds.publish(worlds.full_tree())
    before = list(Release.objects.order_by("slug", "number").values(*FIELDS))
    lose("1 = 1")
    FormerAddress.objects.all().delete()
    assert releases.current("tiny").slug == "now"
    said("restore_releases")
    assert list(Release.objects.order_by("slug", "number").values(*FIELDS)) == before
    assert FormerAddress.objects.get(slug="tiny").successor == "now"
    drafts = {draft.slug: draft.published_as for draft in Comparison.objects.all()}
    assert drafts == {"now": "now", "full": "full"}
    with pytest.raises(publish.Unchanged):
        publish.publish(Comparison.objects.get(slug="now"), "eve", "Again.")


def test_one_comparison_alone_can_be_restored(three):
    worlds.publish(worlds.tiny_tree(slug="other"))
    lose("1 = 1")
    said("restore_releases", "other")
    assert [release.slug for release in Release.objects.all()] == ["other"]


def test_a_release_that_was_given_twice_is_undecided_until_one_is_set_aside(three):
    lose("number = 3")
    aside = folder.path_of("tiny", 3).rename(folder.place() / "kept")
    releases.forget()
    (folder.place() / NAME).unlink()
    publish.publish(three, "eve", "Another third.")
    aside.replace(folder.path_of("tiny", 3))
    (folder.place() / NAME).unlink()
    releases.forget()
    Comparison.objects.filter(pk=three.pk).update(title="Eve?")
    assert releases.current("tiny").document.title == "Cyd?"
    with pytest.raises(Unpublishable, match="otherwise than readers have seen it"):
        publish.publish(three, "eve", "Fourth.")
    with pytest.raises(CommandError, match="--take-database"):
        said("restore_releases")
    assert ".aside-3-1" in said("restore_releases", take_database=True)
    assert releases.current("tiny").document.title == "Dot?"
    assert publish.publish(three, "eve", "Fourth.").number == 4


def test_what_only_files_have_can_be_set_aside_and_is_kept(three):
    lose("number = 3")
    assert "was set aside" in said("restore_releases", take_database=True)
    assert releases.current("tiny").number == 2
    assert len(list((folder.place() / "tiny").glob(".aside-3-*"))) == 1
    assert publish.publish(three, "eve", "Third.").number == 3
    assert releases.current("tiny").document.title == "Dot?"


def test_content_that_files_know_is_not_published_afresh(three, tmp_path):
    export_folder(worlds.tiny(), tmp_path)
    lose("1 = 1")
    clear(three)
    three.delete()
    warnings = []
    first_releases(tmp_path, print, warnings.append)
    assert Release.objects.count() == 0
    assert "check_releases" in "".join(warnings)


def test_a_comparison_that_was_renamed_in_the_lost_days_is_held_back_too():
    draft = worlds.draft()
    publish.publish(draft, "eve", "First.")
    was = {"slug": "tiny", "published_as": "tiny", "title": "Dot?"}
    Comparison.objects.filter(pk=draft.pk).update(slug="now")
    draft.refresh_from_db()
    publish.publish(draft, "eve", "Second.")
    lose("number = 2")
    FormerAddress.objects.all().delete()
    draft.renamed.all().delete()
    Comparison.objects.filter(pk=draft.pk).update(**was)
    draft.refresh_from_db()
    with pytest.raises(Unpublishable, match="does not know release 2"):
        publish.publish(draft, "eve", "Second.")
    said("restore_releases")
    draft.refresh_from_db()
    assert (draft.slug, draft.published_as) == ("now", "now")
    assert publish.publish(draft, "eve", "Third.").number == 3


def test_a_damaged_row_is_named(three):
    lose("number = 3")
    rows.spoil(2, "{")
    found = {one.number: one.what for one in differences.differences()}
    assert found == {2: differences.DAMAGED_ROW, 3: differences.ONLY_FILE}
    assert releases.pinned("tiny", 2).document.title == "Bob?"


def test_a_check_that_finds_damage_ends_as_one_that_failed(three):
    rows.spoil(2, "{")
    with pytest.raises(CommandError, match="backup"):
        call_command("check_releases", stdout=StringIO())
