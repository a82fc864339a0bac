"""What a start brings in: content that has never been there, published at once; and nothing that
keeps the site from starting.
"""

from pathlib import Path

import pytest

from comparison.core.document.schema import Document
from comparison.models import Comparison, FormerAddress, Option, Release
from comparison.publishing import publish
from comparison.publishing.content_files.content_export import export_folder
from comparison.publishing.content_files.content_import import import_folder
from comparison.publishing.content_files.first_release import first_releases
from comparison.publishing.draft.deleting import delete_draft
from comparison.publishing.draft.draft_writing import clear
from tests import worlds
from tests.several_processes import check_prepared, prepare_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(tmp_path):
    """A content folder with two comparisons."""
    folder = tmp_path / "content"
    export_folder(worlds.tiny(), folder)
    export_folder(worlds.tiny(slug="other", title="Another"), folder)
    (folder / "README.md").write_text("How to write here.")
    return folder


def start(content):
    """Do what a start does with content; return what was said, and what was warned of."""
    reports, warned = [], []
    first_releases(content, reports.append, warned.append)
    return "\n".join(reports).splitlines(), warned


def releases():
    return sorted(Release.objects.values_list("slug", "number"))


def test_a_new_site_shows_its_content(content):
    reports, warned = start(content)
    assert reports == [
        f"{slug}: {what}"
        for slug in ("other", "tiny")
        for what in ("imported as a draft", "release 1 is published")
    ]
    assert warned == []
    assert start(content) == ([], [])
    assert releases() == [("other", 1), ("tiny", 1)]
    signed = set(Release.objects.values_list("editor", "note"))
    assert signed == {("the editors", "First release.")}  # readers are told both


def test_no_draft_of_an_editor_is_published(content):
    """Neither a whole one, nor one that only has a title, nor one that has the name of a content
    folder.
    """
    worlds.draft(worlds.tiny_tree(slug="mine", title="Mine"))
    Comparison.objects.create(slug="half", title="Half done")
    Comparison.objects.create(slug="tiny", title="Written by an editor")
    reports, (warning,) = start(content)
    assert reports == ["other: imported as a draft", "other: release 1 is published"]
    assert warning.startswith("tiny has a draft that was never published")
    assert "manage.py publish tiny" in warning
    assert releases() == [("other", 1)]
    assert Comparison.objects.get(slug="tiny").title == "Written by an editor"


def test_a_draft_that_has_moved_on_since_its_release_stays_a_draft(content):
    start(content)
    Option.objects.filter(comparison__slug="tiny").update(line="")
    assert start(content) == ([], [])
    assert releases() == [("other", 1), ("tiny", 1)]


def test_a_draft_made_anew_beside_its_releases_is_not_called_unseen(content):
    start(content)
    draft = Comparison.objects.get(slug="tiny")
    clear(draft)
    draft.delete()
    Comparison.objects.create(slug="tiny", title="Begun again")
    assert start(content) == ([], [])


def test_what_was_there_once_does_not_come_back(content):
    """Its draft was deleted, or it was renamed: by either address it has had releases."""
    start(content)
    for draft in Comparison.objects.all():
        clear(draft)
        draft.delete()
    worlds.publish(
        worlds.tiny_tree(
            slug="small", renamed=[{"kind": "comparison", "old": "tiny", "new": "small"}]
        )
    )
    assert start(content) == ([], [])
    assert releases() == [("other", 1), ("small", 2), ("tiny", 1)]
    assert not Comparison.objects.exists()


def test_a_draft_that_was_deleted_unpublished_comes_back_by_hand_alone(content):
    delete_draft(import_folder(content / "tiny"), "ann")
    reports, warned = start(content)
    assert (reports[0], warned) == ("other: imported as a draft", [])
    assert releases() == [("other", 1)]
    assert import_folder(content / "tiny").slug == "tiny"


def test_a_folder_under_a_new_name_is_not_a_new_comparison(content):
    start(content)
    renamed = worlds.tiny_tree(
        slug="small", renamed=[{"kind": "comparison", "old": "tiny", "new": "small"}]
    )
    export_folder(Document.model_validate(renamed), content)
    assert start(content) == ([], [])
    assert not FormerAddress.objects.exists()
    assert not Comparison.objects.filter(slug="small").exists()


def broken_yaml(folder):
    (folder / "options.yaml").write_text("options:\n  - name: 'Bob")


def file_missing(folder):
    (folder / "comparison.yaml").unlink()


def stray_file(folder):
    (folder / "notes.txt").write_text("x")


def link(folder):
    folder.rename(folder.parent.parent / "elsewhere")
    folder.symlink_to(folder.parent.parent / "elsewhere")


def link_to_nowhere(folder):
    link(folder)
    (folder.parent.parent / "elsewhere").rename(folder.parent.parent / "away")


def bomb(folder):
    (folder / "matrix.md").write_text("[" * 20_000)


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (broken_yaml, "tiny/options.yaml:2: "),
        (file_missing, "tiny/comparison.yaml: is missing"),
        (stray_file, "tiny/notes.txt: is not a file of a comparison"),
        (link, "tiny: is a symbolic link"),
        (link_to_nowhere, "tiny: is a symbolic link"),
        (bomb, "too many brackets or marks in a row"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_broken_folder_is_a_warning_and_the_rest_is_served(content, spoil, named):
    spoil(content / "tiny")
    reports, (warning,) = start(content)
    assert reports == ["other: imported as a draft", "other: release 1 is published"]
    assert str(content / "tiny") in warning
    assert named in warning
    assert not Comparison.objects.filter(slug="tiny").exists()
    worlds_again = export_folder(worlds.tiny(), content.parent / "mended") / "matrix.md"
    if spoil is bomb:  # once mended it comes in at the next start
        (content / "tiny" / "matrix.md").write_bytes(worlds_again.read_bytes())
        assert start(content)[0] == ["tiny: imported as a draft", "tiny: release 1 is published"]


@pytest.mark.parametrize(
    "error", [PermissionError(13, "Permission denied"), RuntimeError("The disk is full.")]
)
def test_what_breaks_an_import_is_a_warning_too(content, monkeypatch, caplog, error):
    real = Path.rglob

    def rglob(folder, pattern):
        if folder.name == "other":
            raise error
        return real(folder, pattern)

    monkeypatch.setattr(Path, "rglob", rglob)
    reports, (warning,) = start(content)
    assert reports == ["tiny: imported as a draft", "tiny: release 1 is published"]
    assert str(content / "other") in warning
    assert str(error.args[-1]) in warning
    # whoever runs the site finds the line that broke, unless it is a file that may not be read
    broke = [] if isinstance(error, PermissionError) else [error]
    assert [logged.exc_info[1] for logged in caplog.records] == broke


@pytest.mark.parametrize("there", [False, True], ids=["nothing", "a file"])
def test_no_content_at_all_is_a_warning(tmp_path, there):
    content = tmp_path / "content"
    if there:
        content.write_text("in the way")
    reports, (warning,) = start(content)
    assert reports == []
    assert str(content) in warning
    assert "CONTENT_DIR" in warning


def test_a_start_that_ends_half_way_leaves_nothing_half_done(content, monkeypatch):
    """A draft without its release would never be published: the next start takes it for an
    editor's.
    """

    def breaks(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(publish, "append", breaks)
        with pytest.raises(KeyboardInterrupt):
            start(content)
    assert not Comparison.objects.exists()
    start(content)
    assert releases() == [("other", 1), ("tiny", 1)]


# --- as processes ---------------------------------------------------------------------------------


def test_two_processes_that_start_at_once_on_a_new_sqlite_database_both_succeed(tmp_path):
    export_folder(worlds.tiny(), tmp_path / "content")
    database = f"sqlite:///{tmp_path / 'site.sqlite3'}"
    check_prepared(prepare_at_once(tmp_path / "content", tmp_path / "var", DATABASE_URL=database))


def test_with_a_broken_folder_getting_ready_succeeds(tmp_path):
    """As a program that starts the site sees it: status 0, and a warning that it can log."""
    export_folder(worlds.tiny(), tmp_path / "content")
    broken_yaml(export_folder(worlds.tiny(slug="broken"), tmp_path / "content"))
    database = f"sqlite:///{tmp_path / 'site.sqlite3'}"
    ((code, reports, warned),) = prepare_at_once(
        tmp_path / "content", tmp_path / "var", 1, DATABASE_URL=database
    )
    assert code == 0, warned
    assert "tiny: release 1 is published" in reports
    assert "broken/options.yaml:2: " in warned
