"""What is withheld from readers, as a file beside the releases: every act that the database has, or
had, so that it holds while the database is away, after it was set back, and before it is asked.

Acts are only ever added, whoever brings them: of the same release or comparison the last one holds,
by its number and by no clock. Where two have the same number, it is withheld.
"""

import hashlib
import json
import logging
import threading
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from comparison.publishing.store import folder
from comparison.publishing.store.release_file import Damaged

log = logging.getLogger(__name__)
NAME = "withheld.json"
FORMAT = "evenhand withheld 1"
WHOLE = 0  # instead of a release's number: the whole comparison

Key = tuple[str, int, int]  # slug, number and step of an act


class Act(NamedTuple):
    """One act, as `models/withholdings.py` has it."""

    slug: str  # under which the release came out, or an address of the comparison
    number: int  # of the release; 0 = the whole comparison
    step: int  # 1, 2, 3 ... of the same release or comparison
    is_withheld: bool  # from then on; otherwise readers see it again
    reason: str  # in the administrator's words
    editor: str  # who decided it
    at: datetime  # when that was

    @property
    def key(self) -> Key:
        return self.slug, self.number, self.step


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is withheld now, and why: the act that holds."""

    releases: Mapping[tuple[str, int], Act] = field(default_factory=dict)  # by slug and number
    wholes: Mapping[str, Act] = field(default_factory=dict)  # by every address of the comparison
    # of a comparison, by every address of it: the numbers of its releases that are withheld
    numbers: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def of(self, slug: str, number: int) -> Act | None:
        """Return the act that withholds a release, or its whole comparison; None where none
        does.
        """
        return self.wholes.get(slug) or self.releases.get((slug, number))

    def numbers_of(self, slug: str) -> frozenset[int]:
        """Return the numbers of all withheld releases of the comparison at an address."""
        return self.numbers.get(slug, frozenset())


def in_force(acts: Iterable[Act]) -> dict[tuple[str, int], Act]:
    """Return the act that holds for each release or comparison, whichever way it decides."""
    last: dict[tuple[str, int], Act] = {}
    for act in acts:
        there = last.get((act.slug, act.number))
        if there is None or (act.step, act.is_withheld) > (there.step, there.is_withheld):
            last[act.slug, act.number] = act
    return last


def merged(*groups: Iterable[Act]) -> dict[Key, Act]:
    """Return all acts of some groups, each once."""
    every: dict[Key, Act] = {}
    for act in (act for group in groups for act in group):
        there = every.get(act.key)
        if there is None or (act.is_withheld and not there.is_withheld):
            every[act.key] = act
    return every


# --- the file -------------------------------------------------------------------------------------

_held: dict[Key, Act] = {}  # what could not be written
_lock = threading.Lock()


def known() -> dict[Key, Act]:
    """Return every act that the file has, and what could not be written. A damaged file has none,
    which is told.
    """
    try:
        read = _read()
    except Damaged as damage:
        log.error("%s is damaged: %s. The database has the same.", _path(), damage)
        read = {}
    with _lock:
        return merged(read.values(), _held.values())


def keep(acts: Collection[Act]) -> bool:
    """Add acts to the file, and say whether they are in it; else memory holds them."""
    try:
        folder.place().mkdir(parents=True, exist_ok=True)
        with folder.alone_in_turn(folder.place() / ".withheld.lock"):
            _add(acts)
    except OSError as error:
        with _lock:
            is_first = not _held
            _held.update(merged(_held.values(), acts))
        if is_first:
            log.error(
                "%s cannot be written (%s): what is withheld is held in memory, and is shown "
                "again where this process ends and the database is away.",
                _path(),
                error.strerror,
            )
        return False
    with _lock:
        _held.clear()
    return True


def is_held() -> bool:
    """Return whether something could not be written yet."""
    return bool(_held)


def stamp() -> tuple[int, int, int] | None:
    """Return what changes whenever the file does; None where there is none."""
    try:
        found = _path().stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def forget() -> None:
    """Forget what is held in memory."""
    with _lock:
        _held.clear()


def _path() -> Path:
    return folder.place() / NAME


def _add(acts: Collection[Act]) -> None:
    try:
        there, is_damaged = _read(), False
    except Damaged as damage:
        log.error("%s is damaged: %s. It is written anew from the database.", _path(), damage)
        there, is_damaged = {}, True
    with _lock:
        every = merged(there.values(), _held.values(), acts)
    if every != there or is_damaged:
        folder.write_whole(_path(), _to_bytes(every.values()))


def _read() -> dict[Key, Act]:
    try:
        content = _path().read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise Damaged(f"it cannot be read ({error.strerror})") from error
    first, _, rest = content.partition(b"\n")
    if first != _first(rest):
        raise Damaged("it has another digest than it says")
    try:
        acts = [Act(**one | {"at": datetime.fromisoformat(one["at"])}) for one in json.loads(rest)]
    except (ValueError, TypeError, KeyError) as error:
        raise Damaged("it is none of ours") from error
    return {act.key: act for act in acts}


def _to_bytes(acts: Iterable[Act]) -> bytes:
    written = [
        act._asdict() | {"at": act.at.astimezone(UTC).isoformat()}
        for act in sorted(acts, key=lambda act: act.key)
    ]
    rest = json.dumps(written, ensure_ascii=False, indent=1).encode()
    return _first(rest) + b"\n" + rest


def _first(rest: bytes) -> bytes:
    return f"{FORMAT} {hashlib.sha256(rest).hexdigest()}".encode()
