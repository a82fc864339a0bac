"""A comparison whose slug changes: recorded by itself, by every way in; its old addresses lead on,
and nobody else gets them.
"""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from comparison.core.document.schema import Document
from comparison.models import Comparison, FormerAddress, Option, Release, Renamed
from comparison.publishing import drafts
from comparison.publishing import publish as publishing
from comparison.publishing import releases as published_releases
from comparison.publishing.content_files.content_export import export_folder
from comparison.publishing.content_files.content_import import (
    BrokenContent,
    import_folder,
    read_folder,
)
from tests import worlds
from tests.tools import Page, get, html

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    """The tiny world, published as release 1."""
    draft = worlds.draft()
    publishing.publish(draft, "eve", "First.")
    return draft


def rename(draft, slug):
    """Give the draft another slug, as any form, file or program could, and publish it."""
    Comparison.objects.filter(pk=draft.pk).update(slug=slug)
    return publishing.publish(draft, "eve", f"Now {slug}.")


def leads():
    return dict(FormerAddress.objects.values_list("slug", "successor"))


def recorded(release):
    return [
        (step.kind, step.old, step.new)
        for step in published_releases.published(release).document.renamed
    ]


def test_a_changed_slug_is_recorded_by_itself(draft):
    release = rename(draft, "small")
    assert (release.slug, release.number) == ("small", 2)
    assert recorded(release) == [("comparison", "tiny", "small")]
    assert list(Renamed.objects.values_list("kind", "old", "new")) == recorded(release)
    with pytest.raises(publishing.Unchanged):
        publishing.publish(draft, "eve", "Again.")


def test_every_old_address_leads_on_and_everything_is_listed_once(draft):
    rename(draft, "small")
    for address in ("", "embed/", "changes/", "sources/", "feed.xml", "-/view.csv", "?w=speed:5"):
        assert get(f"/tiny/{address}", 301)["Location"] == f"/small/{address}"
    for address in ("", "/releases", "/decision"):
        assert (
            get(f"/api/v1/comparisons/tiny{address}", 301)["Location"]
            == f"/api/v1/comparisons/small{address}"
        )
    assert get("/tiny/@1/").status_code == 200  # what it showed, it goes on showing
    hub = Page(html("/"))
    assert hub.find("a", href="/small/") and not hub.find("a", href="/tiny/")
    listed = get("/api/v1/comparisons").json()["comparisons"]
    assert [one["slug"] for one in listed] == ["small"]
    releases = get("/api/v1/comparisons/small/releases").json()["releases"]
    assert [one["number"] for one in releases] == [2, 1]
    assert (
        get("/small/feed.xml").content.count(b"<entry>")
        == get("/feed.xml").content.count(b"<entry>")
        == 2
    )
    changes = html("/small/changes/")
    assert "First." in changes and "Now small." in changes


def test_what_is_pinned_to_a_release_from_before_is_found_under_the_present_address(
    draft, tmp_path
):
    rename(draft, "small")
    for slug in ("tiny", "small"):
        answer = get(f"/oembed?url=http%3A%2F%2Ftestserver%2F{slug}%2F%401%2F").json()
        assert "/@1/embed/" in answer["html"]
        assert (
            get(f"/{slug}/@1/embed/").status_code
            == get(f"/{slug}/@1/-/card.png").status_code
            == 200
        )
    call_command("export_content", "small", release=1, into=tmp_path)
    assert read_folder(tmp_path / "tiny") == worlds.tiny()


@pytest.mark.parametrize(
    "slugs",
    [
        ["small", "tiny"],
        ["small", "little"],
        ["small", "tiny", "small"],
        ["b", "c", "b", "tiny", "c"],
    ],
    ids="-".join,
)
def test_it_can_be_renamed_on_and_back(draft, slugs):
    for number, slug in enumerate(slugs, start=2):
        assert rename(draft, slug).number == number
    now = slugs[-1]
    assert leads() == dict.fromkeys({"tiny", *slugs} - {now}, now)
    assert published_releases.current("tiny").slug == now
    assert drafts.read_draft(draft).problems == ()
    releases_found = published_releases.several(
        published_releases.current(now), range(1, len(slugs) + 2)
    )
    assert sorted(releases_found) == list(range(1, len(slugs) + 2))


def test_a_draft_that_was_never_published_records_nothing():
    draft = worlds.draft()
    release = rename(draft, "small")
    assert (release.number, recorded(release), leads()) == (1, [], {})


def test_a_record_that_somebody_removes_is_made_again(draft):
    rename(draft, "small")
    Renamed.objects.all().delete()
    Option.objects.filter(slug="ada").update(name="Ida")
    assert recorded(publishing.publish(draft, "eve", "Ida.")) == [("comparison", "tiny", "small")]


def test_the_records_of_other_things_stay_and_problems_open_the_right_row(draft):
    draft.renamed.create(kind="comparison", old="small", new="tiny")
    row = draft.renamed.create(kind="option", old="eva", new="nobody", position=1)
    Comparison.objects.update(slug="small")
    (problem,) = drafts.read_draft(draft).problems
    assert "nobody" in str(problem.problem) and problem.row == row


def test_a_record_of_the_address_comes_behind_those_of_other_things_and_replaces_none(draft):
    draft.renamed.create(kind="option", old="small", new="ada", position=1)
    release = rename(draft, "small")
    both = [("option", "small", "ada"), ("comparison", "tiny", "small")]
    assert list(draft.renamed.values_list("kind", "old", "new")) == recorded(release) == both


def test_drafts_from_before_learn_what_they_are_published_as(draft):
    other = worlds.draft(worlds.tiny_tree(slug="other"))
    Comparison.objects.update(published_as="")
    importlib.import_module("comparison.migrations.0006_published_as").look_up(apps, None)
    assert dict(Comparison.objects.values_list("slug", "published_as")) == {
        "tiny": "tiny",
        other.slug: "",
    }
    assert recorded(rename(draft, "small")) == [("comparison", "tiny", "small")]


# --- by file and by command -----------------------------------------------------------------------


def test_a_file_that_says_that_it_was_renamed_renames_the_draft(draft, tmp_path):
    renamed = worlds.tiny_tree(
        slug="small", renamed=[{"kind": "comparison", "old": "tiny", "new": "small"}]
    )
    folder = export_folder(Document.model_validate(renamed), tmp_path)
    with pytest.raises(
        FileExistsError, match="There is a draft of tiny already, which small was called before"
    ):
        import_folder(folder)
    call_command("import_content", folder, missing=True)
    assert Comparison.objects.get().slug == "tiny"
    assert import_folder(folder, replace=True).pk == draft.pk
    call_command("publish", "small", note="Renamed.")
    assert Comparison.objects.count() == 1
    assert leads() == {"tiny": "small"}


def test_a_file_that_says_nothing_of_its_former_slug_loses_no_link(draft, tmp_path):
    rename(draft, "small")
    folder = export_folder(worlds.tiny(slug="small", title="Smaller"), tmp_path)
    import_folder(folder, replace=True)
    call_command("publish", "small", note="From a file.")
    newest = published_releases.current("tiny")
    assert (newest.slug, newest.number, leads()) == ("small", 3, {"tiny": "small"})
    call_command("export_content", "tiny", into=tmp_path / "out")
    assert read_folder(tmp_path / "out" / "small").names.former == ("tiny",)


def test_a_file_does_not_take_the_former_address_of_another(draft, tmp_path):
    """As a draft it would keep the other one from being published."""
    rename(draft, "small")
    with pytest.raises(
        BrokenContent,
        match=r'tiny/comparison\.yaml: "tiny" was an address of "small".*Choose another slug',
    ):
        import_folder(export_folder(worlds.tiny(), tmp_path))
    assert Comparison.objects.count() == 1


def test_a_file_replaces_a_draft_whose_new_slug_is_not_published_yet(draft, tmp_path):
    Comparison.objects.update(slug="small")
    folder = export_folder(worlds.tiny(title="From a file"), tmp_path)
    with pytest.raises(
        FileExistsError, match="There is a draft of small already, which readers know as tiny"
    ):
        import_folder(folder)
    assert import_folder(folder, replace=True).pk == draft.pk
    call_command("publish", "tiny", note="From a file.")
    assert (published_releases.current("tiny").document.title, leads()) == ("From a file", {})


def test_a_file_that_tells_of_a_rename_finds_a_draft_whose_other_slug_is_not_published_yet(
    draft, tmp_path
):
    Comparison.objects.update(slug="other")
    renamed = worlds.tiny_tree(
        slug="small", renamed=[{"kind": "comparison", "old": "tiny", "new": "small"}]
    )
    assert (
        import_folder(export_folder(Document.model_validate(renamed), tmp_path), replace=True).pk
        == draft.pk
    )
    call_command("publish", "small", note="Renamed.")
    assert leads() == {"tiny": "small"}


# --- an older release again -----------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["small", "tiny"])
def test_a_release_from_before_the_rename_is_published_again_under_the_present_address(draft, slug):
    Option.objects.filter(slug="ada").update(name="Ida")
    rename(draft, "small")
    if slug == "tiny":
        # the draft has moved on; readers know nothing of it
        Comparison.objects.update(slug="later")
    release = publishing.revert("small", 1, "ann")
    assert (release.slug, release.number, recorded(release)) == (
        "small",
        3,
        [("comparison", "tiny", "small")],
    )
    assert published_releases.current("tiny").document.options[0].name == "Ada"
    assert leads() == {"tiny": "small"}


def test_the_admin_lists_and_publishes_again_what_came_out_under_the_old_address(draft):
    rename(draft, "small")
    Comparison.objects.update(slug="later")
    editor = Client()
    editor.force_login(User.objects.create_superuser("eve"))
    page = editor.get(
        reverse("admin:comparison_comparison_releases", args=[draft.pk])
    ).content.decode()
    assert "/tiny/@1/" in page and "/small/@2/" in page
    again = reverse("admin:comparison_comparison_again", args=[draft.pk, 1])
    assert editor.get(again).status_code == 200
    publish = editor.get(reverse("admin:comparison_comparison_publish", args=[draft.pk])).context[
        "page"
    ]
    assert (publish.newest, publish.problems) == (2, ())
    assert ">2<" in editor.get(reverse("admin:comparison_comparison_changelist")).content.decode()


# --- nobody gets what is another's ----------------------------------------------------------------


@pytest.mark.parametrize(
    "published", [False, True], ids=["before it is published so", "afterwards"]
)
def test_nobody_takes_an_address_by_which_readers_know_another(draft, published):
    if published:
        rename(draft, "small")
    Comparison.objects.filter(pk=draft.pk).update(slug="small")
    other = Comparison(slug="tiny", title="Another")
    with pytest.raises(
        ValidationError,
        match=r'lead to the comparison "small", and always will. Choose another slug',
    ):
        other.full_clean()
    thief = worlds.draft(worlds.tiny_tree(title="Another"))
    with pytest.raises(
        drafts.Unpublishable, match=r'"small".*Choose another slug|"tiny".*Choose another slug'
    ):
        publishing.publish(thief, "eve", "Mine.")
    with pytest.raises(CommandError, match="tiny was not published"):
        call_command("publish", "tiny")
    assert Release.objects.of("tiny").count() == 1


def test_two_comparisons_cannot_swap_their_addresses(draft):
    other = worlds.draft(worlds.tiny_tree(slug="other", title="Another"))
    publishing.publish(other, "eve", "Theirs.")
    for row, slug in ((draft, "between"), (other, "tiny"), (draft, "other")):
        Comparison.objects.filter(pk=row.pk).update(slug=slug)
    for row in (draft, other):
        with pytest.raises(drafts.Unpublishable, match="Choose another slug"):
            publishing.publish(row, "eve", "Swapped.")
    assert [published_releases.current(slug).document.title for slug in ("tiny", "other")] == [
        "Ada, Bob or Cyd?",
        "Another",
    ]


def test_a_record_of_another_s_former_address_leads_nobody_astray(draft):
    rename(draft, "small")
    leads_here = [{"kind": "comparison", "old": "tiny", "new": "other"}]
    thief = worlds.draft(worlds.tiny_tree(slug="other", title="Another", renamed=leads_here))
    words = '^"tiny" was an address of "small", not of "other".$'
    with pytest.raises(drafts.Unpublishable, match=words):
        publishing.publish(thief, "eve", "Mine.")
    assert leads() == {"tiny": "small"}
    assert not Release.objects.of("other").exists()


def test_the_form_accepts_its_own_former_address(draft):
    rename(draft, "small")
    draft.refresh_from_db()
    draft.slug = "tiny"
    draft.full_clean()


def test_without_a_slug_nothing_is_said_of_the_addresses_of_others(db):
    worlds.draft()  # never published: readers know it by no address
    Comparison(title="No slug yet").clean()
