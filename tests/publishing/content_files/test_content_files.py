"""Files that are refused as they are: links, what may not be read, and what would keep a reader
busy.
"""

from pathlib import Path

import pytest

from comparison.publishing.content_files.content_import import LINK, read_folder
from tests import worlds
from tests.effort import effort
from tests.publishing.content_files.content_folders import refusal, spoil

pytestmark = pytest.mark.django_db


def test_an_unreadable_file_is_not_blamed_on_the_others(folder):
    spoil(folder, "options.yaml", "name: Bob", "name: 'Bob")
    spoil(folder, "criteria.yaml", "name: Ease", "name: 'Ease")
    assert {problem.split(":")[0] for problem in refusal(folder)} == {
        "tiny/options.yaml",
        "tiny/criteria.yaml",
    }


@pytest.mark.parametrize(
    "name",
    ["options.yaml", "matrix.md", "sources/first.yaml", "sources", "samples/main.py", "samples"],
)
def test_a_symbolic_link_is_refused(folder, tmp_path, name):
    """Whatever it leads to: otherwise a folder that somebody sent could bring in any file that the
    server can read.
    """
    elsewhere = tmp_path / "elsewhere"
    path = folder / name
    if path.exists():
        path.rename(elsewhere)
    else:
        path.parent.mkdir(exist_ok=True)
        elsewhere.write_text("print('hello')")
    path.symlink_to(elsewhere)
    assert refusal(folder) == [f"tiny/{name}: {LINK}"]


def test_a_folder_that_is_a_symbolic_link_is_refused(folder, tmp_path):
    link = tmp_path / "link" / "tiny"
    link.parent.mkdir()
    link.symlink_to(folder)
    assert refusal(link) == [f"tiny: {LINK}"]
    # the way there may be any
    assert read_folder(folder.parent / "link" / ".." / "tiny") == worlds.tiny()


def test_a_symbolic_link_to_nowhere_is_not_called_a_missing_file(folder, tmp_path):
    (folder / "comparison.yaml").unlink()
    (folder / "comparison.yaml").symlink_to(tmp_path / "nowhere")
    assert refusal(folder) == [f"tiny/comparison.yaml: {LINK}"]


def test_a_link_that_is_hidden_is_passed_over(folder, tmp_path):
    (folder / "samples" / ".venv").mkdir(parents=True)
    (folder / "samples" / ".venv" / "python").symlink_to("/usr/bin/python3")
    (folder / ".lock").symlink_to(tmp_path / "nowhere")
    assert read_folder(folder) == worlds.tiny()


@pytest.mark.parametrize(
    "name",
    ["../options.yaml", "/etc/hostname", "a/../../options.yaml", ".secret/main.py", "nothing.py"],
)
def test_a_samples_file_lies_in_its_folder(folder, tmp_path, name):
    (folder / "samples").mkdir()
    (folder / "samples" / ".secret").symlink_to(tmp_path)
    (tmp_path / "main.py").write_text("secret")
    samples = (
        f"samples:\n  - slug: one\n    topic: One\n    option: ada\n    files:\n      - {name}\n"
    )
    (folder / "samples.yaml").write_text(samples)
    (problem,) = refusal(folder)
    words = (
        LINK
        if "secret" in name
        else "there is no file"
        if name == "nothing.py"
        else "leads out of samples/: name a file"
    )
    assert problem.startswith("tiny/samples.yaml:6: ")
    assert words in problem


@pytest.mark.parametrize(
    "name", ["comparison.yaml", "options.yaml", "sources/first.yaml", "matrix.md"]
)
def test_a_file_that_may_not_be_read_is_named(folder, name, monkeypatch):
    real = Path.read_bytes

    def read_bytes(path):
        if path == folder / name:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert refusal(folder) == [
        (
            f"tiny/{name}: cannot be read (Permission denied): make it readable for whoever "
            "runs the site"
        )
    ]


BOMBS = {
    "billion laughs": "a: &a [x,x]\n"
    + "\n".join(f"{n}: &{n} [*{p},*{p}]" for p, n in zip("abcdefgh", "bcdefghi", strict=True)),
    "many brackets": "a: " + "[" * 100_000,
    "many braces": "{a: " * 100_000,
    "deep lists": "- " * 50_000,
    "deep mapping": "\n".join(" " * depth + f"k{depth}:" for depth in range(1_000)),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=list(BOMBS))
def test_a_bomb_is_refused_in_a_moment(folder, bomb):
    (folder / "options.yaml").write_text(bomb)

    def refused() -> None:
        assert refusal(folder)[0].startswith("tiny/options.yaml:")

    assert effort(refused) < 60
