"""A content folder as one .zip: down and up again, and everything that a .zip may hide."""

import stat
import zipfile
from io import BytesIO

import pytest

from comparison.publishing.content_files import content_zip
from comparison.publishing.content_files.content_import import BrokenContent
from comparison.publishing.content_files.content_zip import read_zip, to_zip
from tests import worlds


def packed(files: dict[str, bytes], **attributes: int) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            for attribute, value in attributes.items():
                setattr(entry, attribute, value)
            archive.writestr(entry, text)
    return out.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(BrokenContent) as refused:
        read_zip(content, "a.zip")
    return str(refused.value)


def test_a_folder_comes_back_as_it_was_and_gives_the_same_bytes():
    document = worlds.full()
    assert read_zip(to_zip(document), "full.zip") == document
    assert to_zip(document) == to_zip(read_zip(to_zip(document), "full.zip"))


def test_what_a_mac_adds_is_passed_over():
    with zipfile.ZipFile(BytesIO(to_zip(worlds.tiny()))) as archive:
        files = {entry: archive.read(entry) for entry in archive.namelist()}
    extra = {"__MACOSX/tiny/._options.yaml": b"\x00", "tiny/.DS_Store": b"\x00"}
    assert read_zip(packed(files | extra), "tiny.zip") == worlds.tiny()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no .zip that can be read"),
        (b"PK\x03\x04 and nothing else", "no .zip that can be read"),
        (packed({}), "one folder"),
        (packed({"comparison.yaml": b"slug: tiny"}), "pack the folder, not what is in it"),
        (packed({"a/comparison.yaml": b"", "b/comparison.yaml": b""}), "one folder"),
        (packed({"tiny/comparison.yaml": b"", "tiny/../../x": b""}), "leads out of the folder"),
        (packed({"/etc/comparison.yaml": b""}), "leads out of the folder"),
        (packed({"tiny\\comparison.yaml": b"", "C:/x": b""}), "leads out of the folder"),
        (
            packed({"tiny/comparison.yaml": b"/etc/passwd"}, external_attr=stat.S_IFLNK << 16),
            "is a link",
        ),
        (packed({f"tiny/{n}.yaml": b"" for n in range(2_001)}), "more than 2,000 files"),
        (packed({"tiny/comparison.yaml": b"slug: other\n"}), 'slug has to be "tiny"'),
        (packed({"tiny/comparison.yaml": b"", "tiny/a": b"", "tiny/a/b": b""}), "can be read"),
        (packed({"tiny/comparison.yaml": b"", f"tiny/{'a' * 300}": b""}), "can be read"),
    ],
    ids=[
        "empty",
        "cut off",
        "no file",
        "no folder",
        "two folders",
        "up",
        "root",
        "drive",
        "link",
        "many",
        "another slug",
        "file and folder",
        "long name",
    ],
)
def test_what_is_no_folder_is_refused_with_what_to_do(content, said):
    assert said in refusal(content)


def test_what_unpacks_to_more_than_it_says_is_refused_before_it_is_written(monkeypatch):
    monkeypatch.setattr(content_zip, "MOST_UNPACKED", 100_000)
    assert "unpacks to more than" in refusal(packed({"tiny/comparison.yaml": b" " * 200_000}))
    monkeypatch.setattr(content_zip, "MOST_BYTES", 10)
    assert "is larger than" in refusal(to_zip(worlds.tiny()))
