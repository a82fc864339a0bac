"""Whether what was installed is still there, as `make` asks before it starts the site."""

import subprocess
import sys
from pathlib import Path

import pytest

from comparison.management import packages

ROOT = Path(__file__).resolve().parents[2]


class Package:
    """A package that says it has installed some files into a folder."""

    metadata = {"Name": "Some.Package"}

    def __init__(self, folder, record):
        self.folder, self.record = folder, record

    def read_text(self, name):
        return self.record

    def locate_file(self, name):
        return self.folder / name


@pytest.fixture
def package(tmp_path):
    (tmp_path / "some" / "deep").mkdir(parents=True)
    names = ("some/__init__.py", "some/deep/er.py", "one.py", "some.pth", "../bin/x.py")
    for name in names[:3]:
        (tmp_path / name).touch()
    return Package(tmp_path, "".join(f"{name},sha256=x,1\n" for name in names))


def test_a_package_that_is_whole_misses_nothing(package):
    assert packages.missing_of(package) == []


@pytest.mark.parametrize("name", ["some/__init__.py", "some/deep/er.py", "one.py"])
def test_what_was_deleted_is_missed(package, tmp_path, name):
    (tmp_path / name).unlink()
    assert packages.missing_of(package) == [name]


def test_every_pin_is_looked_for():
    names = packages.pinned(ROOT / "requirements.txt")
    assert {"django", "ruamel-yaml", "whitenoise", "pytest-django"} <= names
    assert len(names) > 12


def test_nothing_is_missing_here_and_something_is_elsewhere():
    program = [ROOT / "comparison" / "management" / "packages.py"]
    assert subprocess.run([sys.executable, "-I", *program]).returncode == 0
    done = subprocess.run(
        [sys.executable, "-IS", *program], capture_output=True, text=True
    )  # without its folder of packages
    assert done.returncode == 1
    assert "django" in done.stderr
