"""Content folders as tests spoil them and read what is said of them."""

import pytest

from comparison.publishing.content_files.content_import import BrokenContent, read_folder
from tests import worlds

WORLDS = {
    "tiny": worlds.tiny_tree,
    "full": worlds.full_tree,
    "5 by 20": lambda: worlds.large_tree(5, 20, claims_per_cell=1),
}


def spoil(folder, name, before, after):
    """Replace a text that stands in a file, and return the line where it stood."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8", newline="")
    return text[: text.index(before)].count("\n") + 1


def refusal(folder):
    with pytest.raises(BrokenContent) as refused:
        read_folder(folder)
    return [str(problem) for problem in refused.value.problems]


def bytes_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
