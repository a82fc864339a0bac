"""Folders of content: read whole or refused whole with file and line, and written so that the same
bytes come back.
"""

import shutil
import textwrap
from pathlib import Path

import pytest
from django.apps import apps

pytest.importorskip("hypothesis", reason="the laws need the packages of requirements-dev.txt")


from comparison.core.document.schema import plain
from comparison.models import Comparison, Release
from comparison.publishing import drafts
from comparison.publishing.content_files.content_export import export_folder
from comparison.publishing.content_files.content_import import (
    BrokenContent,
    import_folder,
    read_folder,
)
from comparison.publishing.draft.draft_rows import tree_of
from tests import worlds
from tests.publishing.content_files.content_folders import refusal, spoil


def count_rows():
    return {
        model.__name__: model._default_manager.count()
        for model in apps.get_app_config("comparison").get_models()
    }


# --- read right -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "scalar",
    ["no", "1.10", "1:30", "0x1F", "2026-11-20", "yes", "on", "1_000", "0777", "1e3", "=", "<<"],
)
def test_a_bare_scalar_stays_the_text_it_is(folder, scalar):
    spoil(folder, "options.yaml", "name: Ada", f"name: {scalar}")
    assert read_folder(folder).options[0].name == scalar


def test_a_byte_order_mark_and_windows_line_ends_are_read_right(tmp_path):
    folder = export_folder(worlds.full(summary="One.\n\nTwo."), tmp_path)
    expected = read_folder(folder)
    for path in folder.rglob("*.*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_folder(folder) == expected
    line = spoil(folder, "options.yaml", "name: Swift", "name: ~")
    assert f"full/options.yaml:{line}: ~ says nothing here" in refusal(folder)[0]


def test_comments_other_quotes_and_other_order_are_read_right(folder):
    text = "\n".join(
        [
            "# What is compared",
            "components: [{slug: addon, name: 'Add-on'}]",
            "options:",
            "- {slug: ada, name: \"Ada\", line: 'The fast one.'}  # first",
            "- slug: bob",
            "  line: >-",
            "    The cheap",
            "    one.",
            "  name: Bob",
            "- {slug: cyd, name: Cyd, line: The even one.}",
        ]
    )
    (folder / "options.yaml").write_text(text)
    assert read_folder(folder) == worlds.tiny()


def test_hidden_files_and_samples_are_passed_over(folder):
    (folder / ".DS_Store").write_bytes(b"\x00\xff")
    (folder / "samples").mkdir()
    (folder / "samples" / "picture.png").write_bytes(b"\x89PNG\xff")
    assert read_folder(folder) == worlds.tiny()


# --- import: all or nothing -----------------------------------------------------------------------


@pytest.mark.django_db
def test_a_refused_import_leaves_the_database_as_it_was(folder):
    import_folder(folder)
    before, tree = count_rows(), tree_of(Comparison.objects.get())[0]
    spoil(folder, "criteria.yaml", "score: 8", "score: 11")
    with pytest.raises(BrokenContent):
        import_folder(folder, replace=True)
    assert count_rows() == before
    assert tree_of(Comparison.objects.get())[0] == tree


@pytest.mark.django_db
def test_an_import_that_breaks_half_way_leaves_the_database_as_it_was(folder, monkeypatch):
    import_folder(folder)
    before, tree = count_rows(), tree_of(Comparison.objects.get())[0]

    def breaks(*args, **kwargs):
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr("comparison.models.sources.Claim._default_manager.bulk_create", breaks)
    with pytest.raises(RuntimeError):
        import_folder(folder, replace=True)
    assert count_rows() == before
    assert tree_of(Comparison.objects.get())[0] == tree


@pytest.mark.django_db
def test_an_import_publishes_nothing(folder):
    import_folder(folder)
    assert not Release.objects.exists()


@pytest.mark.django_db
def test_an_existing_draft_is_not_overwritten_unless_asked(folder):
    draft = import_folder(folder)
    draft.title = "Changed by an editor"
    draft.save()
    with pytest.raises(FileExistsError, match="There is a draft of tiny already"):
        import_folder(folder)
    assert Comparison.objects.get().title == "Changed by an editor"
    assert import_folder(folder, replace=True).pk == draft.pk
    assert Comparison.objects.get().title == "Ada, Bob or Cyd?"


@pytest.mark.django_db
def test_replacing_a_draft_leaves_nothing_of_the_old_one(folder, tmp_path):
    import_folder(export_folder(worlds.full(slug="tiny"), tmp_path / "other"))
    import_folder(folder, replace=True)
    assert drafts.read_draft(Comparison.objects.get()).document == worlds.tiny()


@pytest.mark.django_db
def test_two_drafts_do_not_touch_each_other(folder, tmp_path):
    import_folder(export_folder(worlds.full(), tmp_path / "full"))
    import_folder(folder)
    import_folder(folder, replace=True)
    assert (
        plain(drafts.read_draft(Comparison.objects.get(slug="full")).document) == worlds.full_tree()
    )


@pytest.mark.django_db
def test_an_import_that_comes_second_is_told_so(folder, monkeypatch):
    from django.db import IntegrityError

    def taken(**values):
        raise IntegrityError("UNIQUE constraint failed")

    monkeypatch.setattr(Comparison.objects, "create", taken)
    with pytest.raises(FileExistsError, match="There is a draft of tiny already"):
        import_folder(folder)
    assert not Comparison.objects.exists()


def test_the_message_of_broken_content_holds_every_problem(folder):
    spoil(folder, "criteria.yaml", "score: 8", "score: 11")
    spoil(folder, "options.yaml", "name: Bob", "nam: Bob")
    with pytest.raises(BrokenContent) as refused:
        read_folder(folder)
    assert str(refused.value).splitlines() == [str(problem) for problem in refused.value.problems]
    assert len(refused.value.problems) == 3


def test_a_copy_of_a_folder_reads_the_same(folder, tmp_path):
    copy = tmp_path / "elsewhere" / "tiny"
    shutil.copytree(folder, copy)
    assert read_folder(copy) == read_folder(folder)
    assert (
        textwrap.dedent(Path(copy / "matrix.md").read_text()) == "Scores of **imaginary** tools.\n"
    )
