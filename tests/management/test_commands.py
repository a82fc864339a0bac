"""What the commands say and do: flags in, one call, a report in words; never a traceback for a
mistake of ours or theirs.
"""

import argparse
import socket

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class

from comparison.models import Comparison, Option, Release
from comparison.publishing import drafts, publish
from comparison.publishing.content_files.content_export import export_folder
from tests import worlds

OURS = sorted(name for name, app in get_commands().items() if app == "comparison")


@pytest.fixture
def folder(tmp_path):
    """The tiny world as a folder of content files."""
    return export_folder(worlds.tiny(), tmp_path / "content")


def say(capsys, *args, **options):
    call_command(*args, **options)
    return capsys.readouterr().out


def test_the_commands_are_these():
    assert {"import_content", "export_content", "publish", "prepare", "serve"} <= set(OURS)


@pytest.mark.parametrize("name", OURS)
def test_help_is_worth_reading(name):
    command = load_command_class("comparison", name)
    parser = command.create_parser("manage.py", name)
    assert len(command.help) > 60
    assert command.help[0].isupper()
    assert command.help.endswith(".")
    general = {action.dest for action in argparse.ArgumentParser()._actions} | {
        "version",
        "verbosity",
        "settings",
        "pythonpath",
    }
    general |= {"traceback", "no_color", "force_color", "skip_checks"}
    for action in parser._actions:
        if action.dest not in general:
            assert len(action.help or "") > 10, action.dest
    assert name in parser.format_help()


# --- import_content -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_folder_is_imported_as_a_draft(folder, capsys):
    assert say(capsys, "import_content", folder) == "tiny: imported as a draft\n"
    assert drafts.read_draft(Comparison.objects.get()).document == worlds.tiny()
    assert not Release.objects.exists()


@pytest.mark.django_db
def test_an_existing_draft_is_kept_and_the_way_out_is_named(folder):
    call_command("import_content", folder, verbosity=0)
    Option.objects.filter(slug="ada").update(name="Ida")
    with pytest.raises(
        CommandError,
        match=r"There is a draft of tiny already\. Add --replace to overwrite it, or --missing",
    ):
        call_command("import_content", folder)
    assert Option.objects.filter(name="Ida").exists()


@pytest.mark.django_db
def test_missing_passes_over_what_is_there(folder, capsys):
    call_command("import_content", folder)
    Option.objects.filter(slug="ada").update(name="Ida")
    capsys.readouterr()
    assert say(capsys, "import_content", folder, missing=True) == ""
    assert Option.objects.filter(name="Ida").exists()


@pytest.mark.django_db
def test_replace_overwrites(folder):
    call_command("import_content", folder)
    Option.objects.filter(slug="ada").update(name="Ida")
    call_command("import_content", folder, replace=True)
    assert not Option.objects.filter(name="Ida").exists()


def test_check_needs_no_database_and_writes_nothing(folder, capsys):
    assert say(capsys, "import_content", folder, check=True) == "tiny: nothing is wrong\n"


def test_check_names_every_problem_with_file_and_line(folder):
    (folder / "options.yaml").write_text(
        (folder / "options.yaml").read_text().replace("name: Bob", "nam: Bob")
    )
    with pytest.raises(CommandError) as refused:
        call_command("import_content", folder, check=True)
    assert "tiny/options.yaml:6: options › bob › nam: is not a known key here" in str(refused.value)
    assert "Nothing of these folders was imported." in str(refused.value)


@pytest.mark.django_db
def test_a_broken_folder_does_not_keep_the_others_out(folder, tmp_path, capsys):
    other = export_folder(worlds.full(), tmp_path / "content")
    (folder / "options.yaml").write_text("x")
    with pytest.raises(CommandError, match=r"tiny/options\.yaml:1"):
        call_command("import_content", folder, other)
    assert [comparison.slug for comparison in Comparison.objects.all()] == ["full"]


@pytest.mark.django_db
def test_without_a_folder_everything_under_content_is_read(folder, settings, capsys):
    settings.CONTENT_DIR = folder.parent
    export_folder(worlds.full(), folder.parent)
    (folder.parent / "README.md").write_text("How to write here.")
    assert say(capsys, "import_content") == "full: imported as a draft\ntiny: imported as a draft\n"


def test_a_folder_that_is_none_is_named(tmp_path):
    with pytest.raises(CommandError, match="is not a folder"):
        call_command("import_content", tmp_path / "nowhere", check=True)


# --- publish, export_content ----------------------------------------------------------------------


@pytest.mark.django_db
def test_publish_publishes_and_says_which_release(capsys):
    worlds.draft()
    assert say(capsys, "publish", "tiny", editor="eve") == "tiny: release 1 is published\n"
    Option.objects.filter(slug="ada").update(name="Ida")
    assert say(capsys, "publish", "tiny", note="Ida.") == "tiny: release 2 is published\n"
    assert [(release.editor, release.note) for release in Release.objects.order_by("number")] == [
        ("eve", "First release."),
        ("the editors", "Ida."),
    ]


@pytest.mark.django_db
def test_a_draft_that_nobody_named_is_not_published(capsys):
    worlds.draft()
    with pytest.raises(
        CommandError,
        match=r"Name what to publish, or say --all for every draft.* There are drafts of tiny",
    ):
        call_command("publish")
    with pytest.raises(CommandError, match="not both"):
        call_command("publish", "tiny", all=True)
    assert not Release.objects.exists()
    assert say(capsys, "publish", all=True) == "tiny: release 1 is published\n"


@pytest.mark.django_db
def test_publishing_what_readers_see_already_is_said_and_no_error(capsys):
    worlds.draft()
    other = worlds.draft(worlds.tiny_tree(slug="other"))
    call_command("publish", "tiny", editor="eve")
    capsys.readouterr()
    unchanged, fresh = say(capsys, "publish", "tiny", other.slug).splitlines()
    assert unchanged.startswith(
        "tiny: Nothing has changed since release 1, which eve published on "
    )
    assert fresh == "other: release 1 is published"
    assert Release.objects.count() == 2


@pytest.mark.django_db
def test_a_draft_that_cannot_be_published_keeps_no_other_back(capsys):
    worlds.draft()
    Comparison.objects.create(slug="empty", title="Half done")
    with pytest.raises(CommandError, match="empty cannot be published yet:\n  topic: is missing"):
        call_command("publish", "empty", "tiny")
    assert capsys.readouterr().out == "tiny: release 1 is published\n"


@pytest.mark.django_db
def test_only_a_first_release_needs_no_note():
    worlds.draft()
    call_command("publish", "tiny")
    Option.objects.filter(slug="ada").update(name="Ida")
    with pytest.raises(CommandError, match=r"Say in the change note what is different now.*--note"):
        call_command("publish", "tiny")
    assert Release.objects.count() == 1


@pytest.mark.django_db
def test_publish_names_every_problem():
    worlds.draft()
    Option.objects.update(name="")
    with pytest.raises(CommandError) as refused:
        call_command("publish", "tiny")
    assert str(refused.value).splitlines() == [
        "tiny cannot be published yet:",
        "  options › ada › name: is missing",
        "  options › bob › name: is missing",
        "  options › cyd › name: is missing",
    ]


@pytest.mark.django_db
def test_publish_says_what_it_needs():
    with pytest.raises(CommandError, match="There is no draft of nowhere"):
        call_command("publish", "nowhere")
    worlds.draft()
    with pytest.raises(CommandError, match="Say in the change note"):
        call_command("publish", "tiny", note=" ")


@pytest.mark.django_db
def test_export_writes_any_release(tmp_path, capsys):
    draft = worlds.draft()
    publish.publish(draft, "eve", "First.")
    Option.objects.filter(slug="ada").update(name="Ida")
    publish.publish(draft, "eve", "Second.")
    assert say(capsys, "export_content", "tiny", into=tmp_path).startswith("tiny @2: written to ")
    assert "name: Ida" in (tmp_path / "tiny" / "options.yaml").read_text()
    assert say(capsys, "export_content", "tiny", release=1, into=tmp_path).startswith(
        "tiny @1: written to "
    )
    assert "name: Ada" in (tmp_path / "tiny" / "options.yaml").read_text()
    assert say(capsys, "import_content", tmp_path / "tiny", check=True)


@pytest.mark.django_db
@pytest.mark.parametrize(("slug", "release"), [("nowhere", None), ("tiny", 7)])
def test_export_of_what_was_never_published_says_so(tmp_path, slug, release):
    publish.publish(worlds.draft(), "eve", "First.")
    with pytest.raises(CommandError, match="There is no release"):
        call_command("export_content", slug, release=release, into=tmp_path)
    assert list(tmp_path.iterdir()) == []


# --- prepare, serve -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_preparing_twice_changes_nothing_that_editors_have_written(
    folder, settings, tmp_path, monkeypatch, capsys
):
    settings.CONTENT_DIR = folder.parent
    settings.STATIC_ROOT = tmp_path / "static"
    real = call_command

    def without_migrating(name, *args, **options):
        return None if name in ("migrate", "collectstatic") else real(name, *args, **options)

    monkeypatch.setattr("comparison.management.commands.prepare.call_command", without_migrating)
    assert say(capsys, "prepare") == "tiny: imported as a draft\ntiny: release 1 is published\n"
    Option.objects.filter(slug="ada").update(name="Ida")
    assert say(capsys, "prepare") == ""
    assert Option.objects.filter(name="Ida").exists()
    assert Release.objects.count() == 1


def test_a_taken_port_is_one_sentence_with_a_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError) as refused:
            call_command("serve", host="127.0.0.1", port=port)
    assert f"Port {port} on 127.0.0.1 cannot be used" in str(refused.value)
    assert "PORT=" in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("port", [70_000, -1])
def test_a_port_that_is_none_is_one_sentence(port):
    with pytest.raises(CommandError, match=r"cannot be used|is not a port"):
        call_command("serve", host="127.0.0.1", port=port)


def test_an_unwritable_folder_is_one_sentence_with_a_way_out(tmp_path, settings):
    (tmp_path / "file").write_text("in the way")
    settings.VAR = tmp_path / "file" / "var"
    with pytest.raises(CommandError) as refused:
        call_command("prepare")
    assert "cannot be written" in str(refused.value)
    assert "VAR_DIR" in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
