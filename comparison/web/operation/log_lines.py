"""One line of the log for each thing that happened: when, how bad, who says so, in which request.

As text, or as JSON for programs. A fault that comes again and again is told once a minute, with a
count, and an outage without its stack. What a reader or editor sent never stands in a line, but for
a reader's query, which is what brings a fault back; nobody can begin a line of their own.
"""

import json
import logging
import re
import time
import traceback
from collections import OrderedDict
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db.utils import InterfaceError, OperationalError

FORMS = ("text", "json")
ONCE_IN = 60.0  # seconds in which one kind of fault is told once
MOST_KINDS = 200  # of faults that are counted at a time
LONGEST_QUERY = 2_000  # characters of a reader's query in a line
SHORTEST_SECRET = 4  # characters of a sent value that is looked for in a stack
# a link to a draft opens it to whoever has it: no line holds one
_PREVIEW = re.compile(r"((?:@|%40)preview-)[^/\s?\"'\\]+", re.IGNORECASE)
_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/@:+*~,")
Kind = tuple[object, ...]


class Current:
    """The request that is being answered, as far as its lines tell of it."""

    __slots__ = ("id", "request")

    def __init__(self, id: str, request: Any) -> None:
        self.id = id
        self.request = request


current: ContextVar[Current | None] = ContextVar("current", default=None)


class Lines(logging.Formatter):
    """Writes a record as a line. form: one of FORMS."""

    def __init__(self, form: str = "text") -> None:
        super().__init__()
        self.form = form

    def format(self, record: logging.LogRecord) -> str:
        # what came since is of many requests, and of none less than of the one that is answered now
        now = None if hasattr(record, "of_many") else current.get()
        fields: dict[str, Any] = {
            "time": f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(record.created))}"
            f".{int(record.msecs):03}Z",
            "level": record.levelname,
            "logger": record.name,
            "request": now.id if now else "",
            "message": _one_line(record.getMessage()),
        }
        more = dict(getattr(record, "fields", {}))
        if now and (user := _known_user(now.request)):
            more.setdefault("user", user)
        stack = ""
        error = record.exc_info[1] if record.exc_info else None
        if now and record.levelno >= logging.ERROR:
            more = _what_was_asked(now.request) | more
        if error is not None:
            if is_outage(error):
                more["error"] = _short(error)
            elif not isinstance(error, SuspiciousOperation):  # its words are the message
                stack = without_what_was_sent("".join(traceback.format_exception(error)), now)
        if self.form == "json":
            whole = {key: value for key, value in fields.items() if value != ""} | more
            line = json.dumps(whole | ({"stack": stack} if stack else {}), default=str)
            return without_preview_links(line)
        head = f"{fields['time']} {record.levelname} {record.name}"
        head += f" [{now.id}]" if now else ""
        told = "".join(f" {key}={_word(value)}" for key, value in more.items())
        line = f"{head} {fields['message']}{told}" + "".join(
            f"\n    {_one_line(line)}" for line in stack.splitlines()
        )
        return without_preview_links(line)


def without_preview_links(text: str) -> str:
    """Return a text without what would open a draft to whoever reads it."""
    return _PREVIEW.sub(r"\1…", text)


@dataclass(slots=True)
class _Told:
    """One kind of fault that was told. It holds no record: that would hold its whole request."""

    at: float
    again: int  # how often it came since
    line: dict[str, Any]  # what a line of it is made of


class Console(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to standard error; each kind of fault once a minute, then how often it came."""

    def __init__(self) -> None:
        super().__init__()
        self._told: OrderedDict[Kind, _Told] = OrderedDict()

    def emit(self, record: logging.LogRecord) -> None:
        kind = kind_of(record) if record.levelno >= logging.WARNING else None
        for line in self._over(record.created, but=kind):
            super().emit(line)
        if kind is None:
            super().emit(record)
            return
        told = self._told.get(kind)
        if told and record.created - told.at < ONCE_IN:
            told.again += 1
            return
        level = {"levelno": record.levelno, "levelname": record.levelname}
        words = {"name": record.name, "msg": record.getMessage()}
        self._told[kind] = _Told(record.created, 0, {**level, **words})
        if len(self._told) > MOST_KINDS:
            self._told.popitem(last=False)
        if told and told.again:
            record.__dict__["fields"] = _again(told) | getattr(record, "fields", {})
        super().emit(record)

    def _over(self, now: float, but: Kind | None) -> list[logging.LogRecord]:
        """Return a line for each other kind whose minute is over and that came again in it."""
        over = [kind for kind in self._told if kind != but and now - self._told[kind].at >= ONCE_IN]
        gone = [self._told.pop(kind) for kind in over]
        return [
            logging.makeLogRecord(told.line | {"fields": _again(told), "of_many": True})
            for told in gone
            if told.again
        ]


def _again(told: _Told) -> dict[str, object]:
    return {"times_since": told.again}


def kind_of(record: logging.LogRecord) -> Kind:
    """Return what makes two faults the same: the outage, the place in the code, or the words."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None and is_outage(error):
        return ("outage",)
    if error is None or isinstance(error, SuspiciousOperation):
        is_security = record.name.startswith("django.security")
        return (record.name, "" if is_security else record.msg, getattr(record, "status_code", 0))
    frames = traceback.extract_tb(error.__traceback__)
    place = (frames[-1].filename, frames[-1].lineno) if frames else ()
    return (record.name, type(error).__name__, *place)


def is_outage(error: BaseException) -> bool:
    """Return whether an error says that the database is away, not that somebody erred."""
    return isinstance(error, OperationalError | InterfaceError)


def _known_user(request: Any) -> str:
    """Return whose request it is, where that was looked up already."""
    user = getattr(request, "_cached_user", None)
    return str(user.get_username()) if user is not None and user.is_authenticated else ""


def _what_was_asked(request: Any) -> dict[str, Any]:
    """Return what brings a fault back. Of the admin no query: an editor's search is their own."""
    if request is None:
        return {}
    asked = {"method": request.method, "path": request.path_info}
    if query := request.META.get("comparison.query", ""):
        asked["query"] = query[:LONGEST_QUERY]
    if release := request.META.get("comparison.release", ""):
        asked["release"] = release
    return asked


def _short(error: BaseException) -> str:
    """Return an error in one line. What a database calls DETAIL repeats what somebody typed."""
    text = str(error).partition("DETAIL:")[0].partition("Traceback")[0]
    return f"{type(error).__name__}: {_one_line(' '.join(text.split()))[:300]}"


def without_what_was_sent(stack: str, now: Current | None) -> str:
    """Return a stack without the cookies and form values of its request, which an error may
    repeat.
    """
    stack = "\n".join(line for line in stack.split("\n") if not line.startswith("DETAIL:"))
    request = now.request if now else None
    if request is None:
        return stack
    # what is not parsed yet is in no error, and is not read now
    form = getattr(request, "_post", None)
    sent = [value for _, values in form.lists() for value in values] if form else []
    sent += request.COOKIES.values()
    for value in sorted({str(value) for value in sent}, key=len, reverse=True):
        if len(value) >= SHORTEST_SECRET:
            for spelled in (value, repr(value)[1:-1]):
                stack = stack.replace(spelled, "[sent]")
    return stack


def _one_line(text: str) -> str:
    """Return a text with everything that could begin a line, or steer a terminal, spelled out."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text
    )


def _word(value: object) -> str:
    """Return a value as one word: quoted where it is more."""
    text = str(value)
    return text if text and _BARE.issuperset(text) else json.dumps(text)
