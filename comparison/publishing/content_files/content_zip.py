"""A folder of content as one .zip, down and up again. Down: the same document gives the same bytes.
Up: taken whole or refused whole, and never larger than a comparison is.

What a .zip may do to whoever unpacks it is refused before anything is written: paths that lead out,
links, passwords, and a size that its head does not tell.
"""

import stat
import tempfile
import zipfile
import zlib
from io import BytesIO
from pathlib import Path, PurePosixPath

from comparison.core.document.schema import Document
from comparison.publishing.content_files.content_export import files_of
from comparison.publishing.content_files.content_folder import MAIN
from comparison.publishing.content_files.content_import import (
    BrokenContent,
    FileProblem,
    read_folder,
)

MOST_BYTES = 5_000_000  # of the .zip itself
MOST_UNPACKED = 40_000_000  # bytes of all its files together
MOST_FILES = 2_000
DAY_ONE = (1980, 1, 1, 0, 0, 0)  # the first day that a .zip can tell
NOT_OURS = ("__MACOSX/",)
# damaged data, a file that is a folder as well, a name that no disk takes, a password
UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


def to_zip(document: Document) -> bytes:
    """Return a document's content folder as a .zip."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(files_of(document).items()):
            entry = zipfile.ZipInfo(f"{document.slug}/{name}", DAY_ONE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode())
    return out.getvalue()


def read_zip(content: bytes, name: str) -> Document:
    """Return the document that a .zip of a content folder holds. Raises BrokenContent.

    name: what messages call the .zip.
    """
    if len(content) > MOST_BYTES:
        raise _refused(name, f"is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        with (
            zipfile.ZipFile(BytesIO(content)) as archive,
            tempfile.TemporaryDirectory() as scratch,
        ):
            return read_folder(_unpacked(archive, Path(scratch), name))
    except UNREADABLE as error:
        raise _refused(
            name, "is no .zip that can be read: pack the folder again, without a password"
        ) from error


def _unpacked(archive: zipfile.ZipFile, scratch: Path, name: str) -> Path:
    """Write the files of a .zip into a folder of the comparison's name, and return it."""
    entries = [
        entry
        for entry in archive.infolist()
        if not entry.is_dir() and not entry.filename.startswith(NOT_OURS)
    ]
    if len(entries) > MOST_FILES:
        raise _refused(name, f"holds more than {MOST_FILES:,} files: pack the folder alone")
    for entry in entries:
        _refuse_entry(entry, name)
    top = _top(entries, name)
    room = MOST_UNPACKED
    for entry in entries:
        path = scratch / top / PurePosixPath(entry.filename).relative_to(top)
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(entry) as packed:
            text = packed.read(room + 1)
        room -= len(text)
        if room < 0:
            raise _refused(name, f"unpacks to more than {MOST_UNPACKED // 1_000_000} MB")
        path.write_bytes(text)
    return scratch / top


def _refuse_entry(entry: zipfile.ZipInfo, name: str) -> None:
    """Raise BrokenContent for an entry that is no plain file within the folder."""
    path = PurePosixPath(entry.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in path.parts[0]:
        raise _refused(f"{name}: {entry.filename}", "leads out of the folder")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _refused(f"{name}: {entry.filename}", "is a link: put the file itself in its place")
    if entry.flag_bits & 1:
        raise _refused(name, "has a password: pack the folder again without one")


def _top(entries: list[zipfile.ZipInfo], name: str) -> str:
    """Return the folder that holds everything."""
    tops = {PurePosixPath(entry.filename).parts[0] for entry in entries}
    mains = [entry for entry in entries if PurePosixPath(entry.filename).name == MAIN]
    if len(tops) == 1 and any(len(PurePosixPath(one.filename).parts) == 2 for one in mains):
        return tops.pop()
    raise _refused(
        name,
        f"has to hold one folder, named like the comparison, with {MAIN} in it: pack the folder, "
        "not what is in it",
    )


def _refused(file: str, words: str) -> BrokenContent:
    return BrokenContent([FileProblem(file, 0, words)])
