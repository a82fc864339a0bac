"""Everything that the database holds, in one file and back: what comes back is what was there, and
a file that is not whole changes nothing.
"""

import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from comparison.models import Comparison, FormerAddress, Release, Suggestion, Withholding
from comparison.publishing import releases
from comparison.publishing.backups import backup_file, writing
from comparison.publishing.editorial import withholding
from comparison.publishing.editorial.withholding import Target
from comparison.publishing.publish import publish
from tests import worlds
from tests.several_processes import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled():
    """A site with a draft, releases, accounts, roles, a suggestion."""
    comparison = worlds.draft()
    publish(comparison, "eve", "First.")
    comparison.title = "Ünïcode & “more”"
    comparison.save()
    publish(comparison, "eve", "Second.")
    FormerAddress.objects.create(slug="before", successor="tiny")
    Suggestion.objects.create(comparison="tiny", release=1, text="Look here.", address="")
    eve = User.objects.create_user("eve", password="a-long-password-for-tests-7", is_staff=True)
    eve.groups.add(Group.objects.get(name="Editor"))
    eve.user_permissions.add(*Group.objects.get(name="Writer").permissions.all()[:2])


def rows(path):
    """Return every row of a backup as it is written."""
    return gzip.decompress(path.read_bytes()).decode().splitlines()[1:-1]


def backup(path):
    call_command("backup", path, stdout=io.StringIO())
    return path


@pytest.fixture
def written(filled, tmp_path):
    return backup(tmp_path / "first.backup")


def restored(path, *flags):
    call_command("restore", path, *flags, stdout=io.StringIO())


def test_what_comes_back_is_what_was_there(filled, tmp_path):
    publish(worlds.draft(worlds.full_tree()), "eve", "First.")  # one of every noun
    written = backup(tmp_path / "first.backup")
    before = Release.objects.get(slug="tiny", number=2)
    User.objects.all().delete()
    Group.objects.get(name="Writer").permissions.clear()
    FormerAddress.objects.create(slug="later", successor="tiny")
    restored(written, "--replace")
    assert rows(backup(tmp_path / "second.backup")) == rows(written)
    after = Release.objects.get(slug="tiny", number=2)
    assert (after.digest, after.document, after.published_at) == (
        before.digest,
        before.document,
        before.published_at,
    )
    eve = User.objects.get(username="eve")
    assert eve.check_password("a-long-password-for-tests-7")
    assert eve.has_perm("comparison.publish_comparison")
    assert eve.user_permissions.count() == 2


def test_the_site_goes_on_after_it(written):
    restored(written, "--replace")
    comparison = Comparison.objects.get(slug="tiny")
    comparison.title = "A third title"
    comparison.save()
    assert publish(comparison, "eve", "Third.").number == 3
    assert User.objects.create_user("ada").pk > User.objects.get(username="eve").pk


def test_releases_still_refuse_to_change_afterwards(written):
    restored(written, "--replace")
    with pytest.raises(Exception, match="never changed"), connection.cursor() as cursor:
        cursor.execute("UPDATE comparison_release SET title = 'x'")


def test_what_is_withheld_stays_so_whichever_backup_comes_back(written, tmp_path, capsys):
    withholding.withhold(Target("tiny", 2), "root", "A court of Utrecht asked us to.", 0)
    later = backup(tmp_path / "later.backup")
    restored(written, "--replace")  # made before that
    assert "1 decisions to withhold something" in capsys.readouterr().err
    assert Withholding.objects.get().number == 2
    assert releases.current("tiny").number == 1
    restored(later, "--replace")
    assert Withholding.objects.get().number == 2
    assert releases.current("tiny").number == 1
    with pytest.raises(Exception, match="never changed"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM comparison_withholding")


def test_a_database_that_is_not_empty_is_left_alone(written):
    with pytest.raises(CommandError, match=r"not empty: it has 2 releases, 1 drafts, 1 accounts"):
        restored(written)


def test_an_empty_database_is_filled(written):
    from comparison.publishing.backups import restoring

    restoring._empty()
    restored(written)
    assert Release.objects.count() == 2


def cut(whole):
    return whole[: len(whole) // 2]


def flipped(whole):
    middle = len(whole) // 2
    return whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :]


def repacked(change):
    def altered(whole):
        lines = gzip.decompress(whole).decode().splitlines(keepends=True)
        return gzip.compress("".join(change(lines)).encode())

    return altered


def of_a_release(lines):
    return [line.replace("Second.", "Another.") for line in lines]


def from_elsewhere(lines):
    return ['{"something": "else"}\n', *lines[1:]]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (cut, "damaged or was cut"),
        (flipped, "damaged"),
        (lambda whole: b"", "damaged"),
        (lambda whole: b"no backup at all", "damaged or was cut"),
        (repacked(lambda lines: lines[:-1]), "cut: its last line is missing"),
        (repacked(lambda lines: lines[:-3] + lines[-1:]), "digest is another one"),
        (repacked(of_a_release), "digest is another one"),
        (repacked(from_elsewhere), "no backup that this version can read"),
    ],
)
def test_a_damaged_file_is_refused_and_nothing_is_changed(written, tmp_path, damage, said):
    damaged = tmp_path / "damaged.backup"
    damaged.write_bytes(damage(written.read_bytes()))
    before = Release.objects.count()
    with pytest.raises(CommandError, match=said):
        restored(damaged, "--replace")
    assert Release.objects.count() == before


def test_a_release_that_is_not_what_its_digest_says_is_refused(written, tmp_path):
    lines = gzip.decompress(written.read_bytes()).decode().splitlines(keepends=True)
    lines = [line.replace('\\"slug\\":\\"tiny\\"', '\\"slug\\":\\"tony\\"') for line in lines]
    last = json.loads(lines[-1])
    last["sha256"] = hashlib.sha256("".join(lines[:-1]).encode()).hexdigest()
    altered = tmp_path / "altered.backup"
    altered.write_bytes(gzip.compress("".join([*lines[:-1], json.dumps(last)]).encode()))
    with pytest.raises(CommandError, match="tiny @1, tiny @2 is not what its digest says"):
        restored(altered, "--replace")


def test_a_missing_file_and_one_of_other_tables_are_refused(written, tmp_path, monkeypatch):
    with pytest.raises(CommandError, match="cannot be read"):
        restored(tmp_path / "nowhere")
    monkeypatch.setattr(
        "comparison.publishing.backups.restoring.tables_are_of", lambda: "9999_later"
    )
    with pytest.raises(CommandError, match="Restore it with the version that wrote it"):
        restored(written, "--replace")


def test_a_look_changes_nothing(written, capsys):
    call_command("restore", written, "--check")
    assert "2 releases" in capsys.readouterr().out


def test_a_file_is_there_whole_or_not_at_all(filled, tmp_path, monkeypatch):
    def breaks(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_write", breaks)
    with pytest.raises(CommandError, match="No space left on device"):
        backup(tmp_path / "full.backup")
    assert list(tmp_path.iterdir()) == []


def test_nobody_else_reads_it(written):
    assert written.stat().st_mode & 0o777 == 0o600


def test_sessions_are_left_out(written):
    assert "session" not in {json.loads(line)["model"].partition(".")[2] for line in rows(written)}
    kept = {backup_file.name_of(model) for model in backup_file.kept_models()}
    assert {"auth.user", "auth.group", "admin.logentry", "comparison.suggestion"} <= kept


def test_it_is_of_one_moment_and_holds_up_nobody(prepared, tmp_path):
    shutil.copy(prepared / "evenhand.sqlite3", tmp_path)
    environment = {**os.environ, "VAR_DIR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "tests.moments"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.stdout.strip(), done.returncode) == ("[0, 0, 1]", 0), done.stderr
