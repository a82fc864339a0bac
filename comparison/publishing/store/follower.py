"""Keeps the files of what is published abreast of the database, whoever published it.

A server looks about once a second, in a thread of its own; a process without that thread, such as a
command or a test, looks when a release is asked for. It writes what the files lack, and anew what
is damaged in them; what is damaged in the database it leaves, and says so. Nothing is ever taken
away. While the database does not answer, what is published stays as it is, and one line says so.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
)

from comparison.core.document.schema import Document
from comparison.core.document.searched_words import searched_words
from comparison.models import Release
from comparison.publishing.store import catalogue_rows, folder, hanging, listing, refused_writes
from comparison.publishing.store import withheld_following as withheld
from comparison.publishing.store.catalogue import catalogue
from comparison.publishing.store.release_file import (
    Damaged,
    Head,
    Whole,
    digest_of,
    head_of,
    to_bytes,
)

log = logging.getLogger(__name__)
AWAY = (DatabaseError, InterfaceError)  # what the database's absence looks like
EVERY = 1.0  # seconds between two looks of a server
LATE = 1.0  # seconds after which nobody else is let wait for what does not answer
SLOW = 5.0  # seconds after which a look that does not end counts as no answer
LATER = 30.0  # seconds to the next look after one that broke
# Numbers of rows before the last one that are looked at again: of two that publish at once, the
# later number may be there first.
AGAIN = 100
AT_ONCE = 20  # releases that are listed together
_LOST = "%s lacks releases that are published (%d): they are written anew from the database."
_OTHER = (
    "Release %s of %s is another one in the database than as a file, which readers see. An "
    "administrator has to decide: “manage.py check_releases” says what differs."
)
_NEW = (
    "SELECT id, slug, number, digest, (SELECT count(*) FROM comparison_withholding), "
    "(SELECT max(id) FROM comparison_withholding) FROM comparison_release WHERE id > %s"
)


def whole_of_row(row: Release) -> Whole:
    """Return a stored release as its file has it. Raises Damaged where it is not as it was
    published.
    """
    if digest_of(row.document) != row.digest:
        raise Damaged("its document has another digest than was published")
    try:
        document = Document.model_validate_json(row.document)
    except ValueError as error:
        raise Damaged("its document cannot be read") from error
    return whole(row, document)


def whole(row: Release, document: Document) -> Whole:
    """Return a release as its file has it. document: the one that the row holds as text."""
    head = Head(
        slug=row.slug,
        number=row.number,
        title=row.title,
        digest=row.digest,
        editor=row.editor,
        note=row.note,
        published_at=row.published_at,
        changed=row.changed,
        former=document.names.former,
        words=searched_words(document),
    )
    return Whole(head, row.document, row.prose, row.withdrawn)


@dataclass
class _State:
    """What this process knows of the database and of the files."""

    last: int = 0  # the last row that was seen
    # the catalogue that was held against the files; another one may lack what was written meanwhile
    compared: int | None = None
    is_anew: bool = False  # another catalogue is there, not held against the database yet
    is_settled: bool = False  # what publishers left that died has been taken, or taken back
    is_away: bool = False  # the database did not answer when it was last asked
    is_late: bool = False  # and let the follower wait before that
    seen: set[tuple[str, int]] = field(default_factory=set)  # what the database holds
    given_up: set[tuple[str, int]] = field(default_factory=set)  # told already, not to be mended
    wanted: set[tuple[str, int]] = field(default_factory=set)  # to be written from the database
    acts: withheld.Counted = withheld.NONE  # in the database


_lock = threading.Lock()
_state = _State()
_is_followed = False  # a thread looks; nobody else does


def look_if_alone() -> None:
    """Look, in a process that nobody looks for; nobody waits for a database that is away."""
    if not _is_followed:
        look()


def look() -> bool:
    """Write what the files lack, and say whether there was anything."""
    with _lock:
        _notice_another_folder()
        try:
            found = _new_in_the_database()
            acts = withheld.new_acts(_state.acts)
        except AWAY as error:
            _say_away(str(error))
            acts, found = [], None
        else:
            _say_back()
        is_other = withheld.bring(acts)  # before anything is written that is withheld
        try:
            lacking = _lacking(found)
            return (bool(lacking) and _write(lacking)) or is_other
        except AWAY as error:
            _say_away(str(error))
            return False


def is_away() -> bool:
    """Return whether the database did not answer when it was last asked."""
    return _state.is_away


def is_late() -> bool:
    """Return whether the database lets people wait, and does not answer then."""
    return _state.is_late


def means_away(error: BaseException | None) -> bool:
    """Return whether an error says that the database as a whole cannot be used now."""
    return isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError


def note_away(error: BaseException | None) -> None:
    """Write down that the database did not answer somebody; the log says so once."""
    if not refused_writes.note(error):
        _say_away(str(error or "") or type(error).__name__)


def want(slug: str, number: int) -> None:
    """Ask for a release's file to be written anew: it is damaged."""
    _state.wanted.add((slug, number))
    if not _is_followed:
        look()


def forget() -> None:
    """Know nothing of the database and the files, as when a process starts."""
    global _state
    _state = _State()
    refused_writes.forget()
    folder.forget()
    withheld.forget()
    catalogue.forget()


def _new_in_the_database() -> dict[tuple[str, int], str]:
    """Return the digests of releases of the database: those not seen yet, and some before them."""
    with connection.cursor() as cursor:
        cursor.execute(_NEW, [_state.last - AGAIN])
        rows = cursor.fetchall()
        last = max((row[0] for row in rows), default=0)
        if last < _state.last:  # this is another database, or an older one
            _state.seen.clear()
            cursor.execute(_NEW, [0])
            rows = cursor.fetchall()
            last = max((row[0] for row in rows), default=0)
    _state.last = last
    _state.acts = rows[-1][4:] if rows else withheld.NONE
    return {(slug, number): digest for _, slug, number, digest, *_ in rows}


def _notice_another_folder() -> None:
    """Hold everything against the database again where another catalogue is there now: with the
    one before, files may have gone too, as when a folder is emptied or another disk is mounted.
    """
    catalogue.tend()
    if _state.compared not in (None, catalogue.made):
        _state.last, _state.is_anew = 0, True
        _state.seen.clear()
        _state.given_up.clear()


def _lacking(found: Mapping[tuple[str, int], str] | None) -> set[tuple[str, int]]:
    """Return the releases that have to be written. found: digests in the database; None where it
    does not answer.
    """
    if found is not None and not _state.is_settled:
        for slug, number, path in folder.abandoned():
            _settle(slug, number, path)
        _state.is_settled, _state.compared = True, None
    if _state.compared != catalogue.made:
        _compare_files()
        _state.compared = catalogue.made
    if found is None:
        return set()
    fresh = found.keys() - _state.seen
    if fresh:
        known = listing.known_digests()
        for slug, number in sorted(fresh & known.keys()):
            if found[slug, number] != known[slug, number]:
                log.error(_OTHER, number, slug)
        lacking = fresh - known.keys()
        if lacking and _state.is_anew:
            log.warning(_LOST, folder.place(), len(lacking))
        _state.wanted |= lacking
        _state.seen |= fresh
    _state.is_anew = False
    return (_state.wanted | set(folder.held())) - _state.given_up


def _compare_files() -> None:
    """Hold the catalogue against the files: another process may have died between the two."""
    there, known = set(folder.files()), listing.known()
    _state.wanted |= known - there - folder.held().keys()
    heads = []
    for slug, number in sorted(there - known - listing.unreadable()):
        try:
            heads.append(folder.read_head(slug, number))
        except Damaged:
            _state.wanted.add((slug, number))
    _state.wanted |= listing.unreadable()
    if heads:
        catalogue.add(heads)


def _settle(slug: str, number: int, path: Path) -> None:
    """Take the file of a release whose publisher died, if the database has the release; else take
    it back.
    """
    release = Release.objects.filter(slug=slug, number=number)
    digest = release.values_list("digest", flat=True).first()
    try:
        is_published = digest is not None and head_of(path.read_bytes()).digest == digest
    except (Damaged, OSError):
        is_published = False
    if is_published and folder.state_of(slug, number) is None:
        folder.take_abandoned(path, slug, number)
    else:
        path.unlink(missing_ok=True)


def _write(lacking: Iterable[tuple[str, int]]) -> bool:
    """Write the files of releases from their rows, and list them; say whether there was one."""
    heads: list[Head] = []
    written = 0
    try:
        for slug, number in sorted(lacking):
            if head := _written(slug, number):
                heads.append(head)
            if len(heads) >= AT_ONCE:  # readers of the first do not wait for the last
                catalogue.add(heads)
                written, heads = written + len(heads), []
    finally:
        if heads:
            catalogue.add(heads)
    return bool(written or heads)


def _written(slug: str, number: int) -> Head | None:
    """Write the file of one release; None where the database has it no better."""
    try:
        row = Release.objects.filter(slug=slug, number=number).first()
        if row is None:
            raise Damaged("it is neither whole as a file nor in the database")
        release = whole_of_row(row)
    except ValueError as error:  # of a column that holds JSON
        _give_up(slug, number, f"its row cannot be read ({error})")
    except Damaged as damage:
        _give_up(slug, number, str(damage))
    else:
        folder.keep(slug, number, to_bytes(release))
        _state.wanted.discard((slug, number))
        return release.head
    return None


def _give_up(slug: str, number: int, why: str) -> None:
    """Say once that a release cannot be had from the database."""
    _state.given_up.add((slug, number))
    _state.wanted.discard((slug, number))
    log.error("Release %s of %s cannot be written as a file: %s.", number, slug, why)
    if (slug, number) not in listing.known():
        catalogue.change(lambda tables: catalogue_rows.note_unreadable(tables, slug, number))


def _say_away(why: str) -> None:
    if not _state.is_away:
        _state.is_away = True
        first = why.strip().partition("\n")[0]
        log.warning("The database does not answer (%s). What is published is still served.", first)


def _say_back() -> None:
    if _state.is_away:
        _state.is_away = False
        log.warning("The database answers again.")


# --- the thread of a server -----------------------------------------------------------------------


class Follower:
    """Looks about once a second, until it is stopped; and says so while a look does not end."""

    def __init__(
        self, then: Callable[[], object] = lambda: None, each: Callable[[], object] = lambda: None
    ) -> None:
        """then: is called after the first look, and after each that brought something. each: after
        every look at a database that answers.
        """
        self.then, self.each = then, each
        self.is_stopped = threading.Event()
        self.begun = 0.0  # when the look that is under way began; 0 = none is
        self.looks = threading.Thread(target=self._look, name="follower", daemon=True)
        self.watches = threading.Thread(target=self._watch, name="follower-watch", daemon=True)

    def start(self) -> "Follower":
        global _is_followed
        _is_followed = True
        hanging.connect()
        catalogue.is_tended = True
        self.looks.start()
        self.watches.start()
        return self

    def stop(self) -> None:
        global _is_followed
        self.is_stopped.set()
        self.looks.join(timeout=SLOW)
        _is_followed = catalogue.is_tended = False

    def _look(self) -> None:
        is_first = True
        while not self.is_stopped.is_set():
            try:
                if self._look_once() or is_first:
                    self.then()
                is_first = False
                catalogue.renew_spare()
                if not _state.is_away:
                    self.each()
            except AWAY as error:
                _say_away(str(error))
            except Exception:  # whatever it is, a later look may do better
                log.exception("The files of what is published could not be brought up to date.")
                self.is_stopped.wait(LATER)
            self.is_stopped.wait(EVERY)
        connection.close()

    def _look_once(self) -> bool:
        self.begun = time.monotonic()
        try:
            close_old_connections()
            hanging.be_impatient()
            catalogue.return_to_file()
            return look()
        finally:
            _state.is_late = _state.is_away and time.monotonic() - self.begun > LATE
            self.begun = 0.0

    def _watch(self) -> None:
        while not self.is_stopped.wait(EVERY):
            begun = self.begun
            if begun and time.monotonic() - begun > SLOW:
                _say_away(f"for {SLOW:.0f} seconds")
                _state.is_late = True
                if connection.vendor == "postgresql":
                    hanging.cut()


def start(
    then: Callable[[], object] = lambda: None, each: Callable[[], object] = lambda: None
) -> Follower:
    """Start to follow the database, in a server."""
    return Follower(then, each).start()
