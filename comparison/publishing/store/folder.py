"""The folder of the published releases: one file each, `<slug>/<number>.json.gz`.

A file is written whole and reaches the disk before anybody sees its name. Of a release that is
being published the file is there before the database has it, under a name that begins with a dot
and locked by its writer: one whose writer has died is judged by what the database says. What cannot
be written is held in memory, so that it can be read. What else lies there is passed over.
"""

import fcntl
import logging
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from django.conf import settings

from comparison.core.document.slugs import is_slug
from comparison.publishing.store.release_file import Damaged, Head, Whole, head_of, whole_of

log = logging.getLogger(__name__)
ENDING = ".json.gz"
ASIDE = ".aside-"  # begins the name of a file that an administrator has set aside
HEAD = 1 << 14  # bytes of a file in which its head is, nearly always
_NUMBER = re.compile("[1-9][0-9]{0,8}")  # as we write it; others would name a release twice
_PENDING = re.compile(rf"[.]({_NUMBER.pattern})[.].*[.]pending")
_held: dict[tuple[str, int], bytes] = {}
_lock = threading.Lock()


def place() -> Path:
    return Path(settings.PUBLISHED_DIR)


def path_of(slug: str, number: int) -> Path:
    return place() / slug / f"{number}{ENDING}"


def read(slug: str, number: int) -> Whole:
    """Return a release. Raises Damaged, also where its file is not there or cannot be read."""
    content = _held.get((slug, number))
    if content is None:
        try:
            content = path_of(slug, number).read_bytes()
        except OSError as error:
            raise Damaged(f"it cannot be read ({error.strerror})") from error
    whole = whole_of(content)
    if (whole.head.slug, whole.head.number) != (slug, number):
        raise Damaged("it is another release's file")
    return whole


def read_head(slug: str, number: int) -> Head:
    """Return what lists need of a release; of its file the beginning is read alone. Raises
    Damaged.
    """
    try:
        with path_of(slug, number).open("rb") as file:
            content = file.read(HEAD)
            try:
                head = head_of(content)
            except Damaged:
                head = head_of(content + file.read())
    except OSError as error:
        raise Damaged(f"it cannot be read ({error.strerror})") from error
    if (head.slug, head.number) != (slug, number):
        raise Damaged("it is another release's file")
    return head


def head(slug: str, number: int) -> Head:
    """Return the same, also of a release that could not be written yet."""
    content = held().get((slug, number))
    return head_of(content) if content else read_head(slug, number)


def state_of(slug: str, number: int) -> tuple[int, int, int] | None:
    """Return what changes whenever the file does; None where there is none."""
    try:
        found = path_of(slug, number).stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def files() -> Iterator[tuple[str, int]]:
    """Yield slug and number of every release that has a file, whole or not."""
    for folder in _folders():
        for name in _names_in(folder):
            number = name.removesuffix(ENDING)
            if name != number and _NUMBER.fullmatch(number):
                yield folder.name, int(number)


def keep(slug: str, number: int, content: bytes) -> None:
    """Write the file of a release that is published already; hold it in memory where that cannot
    be done.
    """
    try:
        with Pending(slug, number, content) as pending:
            pending.take()
    except OSError as error:
        with _lock:
            is_first = not _held
            _held[slug, number] = content
        if is_first:
            log.warning(
                "%s cannot be written (%s): what is published is held in memory.",
                place(),
                error.strerror,
            )
    else:
        with _lock:
            _held.pop((slug, number), None)


def held() -> dict[tuple[str, int], bytes]:
    """Return what could not be written yet."""
    with _lock:
        return dict(_held)


def forget() -> None:
    """Forget what is held in memory."""
    with _lock:
        _held.clear()


class Pending:
    """A file that is written and not taken yet. Whoever leaves its block without taking it takes it
    back.
    """

    def __init__(self, slug: str, number: int, content: bytes) -> None:
        """Write it. Raises OSError where that cannot be done; then nothing is left of it."""
        self.target = path_of(slug, number)
        if not self.target.parent.is_dir():
            self.target.parent.mkdir(parents=True, exist_ok=True)
            _to_disk(self.target.parent.parent)
        self.path = self.target.with_name(f".{number}.{os.getpid()}-{id(self):x}.pending")
        self.file = self.path.open("xb")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.file.write(content)
            self.file.flush()
            os.fsync(self.file.fileno())
        except BaseException:
            self.take_back()
            raise

    def take(self) -> None:
        """Give it its name."""
        os.replace(self.path, self.target)
        _to_disk(self.target.parent)
        self.file.close()

    def take_back(self) -> None:
        """Leave nothing of it. It may have been taken."""
        self.path.unlink(missing_ok=True)
        self.file.close()

    def __enter__(self) -> "Pending":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.take_back()


def abandoned() -> Iterator[tuple[str, int, Path]]:
    """Yield slug, number and path of every pending file whose writer has died."""
    for folder in _folders():
        for name in _names_in(folder):
            pending = _PENDING.fullmatch(name)
            if pending and _is_abandoned(folder / name):
                yield folder.name, int(pending[1]), folder / name


def _is_abandoned(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return True
    except OSError:  # its writer lives, or it is gone
        return False


def take_abandoned(path: Path, slug: str, number: int) -> None:
    """Give a pending file its name."""
    os.replace(path, path_of(slug, number))
    _to_disk(path.parent)


def set_aside(slug: str, number: int) -> Path:
    """Take a release out of what is published, without deleting it; return where its file is
    now.
    """
    path = path_of(slug, number)
    for count in range(1, 10_000):
        aside = path.with_name(f"{ASIDE}{number}-{count}{ENDING}")
        if not aside.exists():
            break
    os.replace(path, aside)
    _to_disk(path.parent)
    return aside


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is none of a release: it is there whole, on the disk, or as it was. Raises
    OSError.
    """
    scratch = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        with scratch.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)
    _to_disk(path.parent)


@contextmanager
def alone_in_turn(lock: Path) -> Iterator[None]:
    """Let no other process of this server be in such a block at the same time."""
    with lock.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def alone(work: str) -> Iterator[bool]:
    """Say whether no other process of this server is at some work; none begins until the block
    ends. Where that cannot be told, nobody else is.
    """
    try:
        place().mkdir(parents=True, exist_ok=True)
        file = (place() / f".{work}.lock").open("ab")
    except OSError:
        yield True
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def _folders() -> list[Path]:
    try:
        with os.scandir(place()) as found:
            names = (entry for entry in found if is_slug(entry.name))
            return sorted(Path(entry.path) for entry in names if os.path.isdir(entry))
    except OSError:  # nothing was published yet, or it cannot be read
        return []


def _names_in(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _to_disk(folder: Path) -> None:
    """Let the names in a folder reach the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
