"""A database that answers and takes nothing: its disk is full, or can only be read. Known for a
minute from each write that was refused so, by the process that tried it; nothing is written to find
out.
"""

import logging
import time

log = logging.getLogger(__name__)
HOLDS = 60.0  # seconds
OF_SQLITE = ("SQLITE_FULL", "SQLITE_READONLY")
OF_POSTGRESQL = ("53100", "25006")  # disk_full, read_only_sql_transaction
_known = {"until": 0.0}  # by the clock that is never set


def note(error: BaseException | None) -> bool:
    """Return whether an error says so, and write that down; the log says it once."""
    cause = getattr(error, "__cause__", None)
    is_so = str(getattr(cause, "sqlite_errorname", "")).startswith(OF_SQLITE)
    is_so = is_so or getattr(cause, "sqlstate", "") in OF_POSTGRESQL
    if is_so:
        if not are_there():
            log.warning(
                "The database cannot be written (%s). What is published is still served.", error
            )
        _known["until"] = time.monotonic() + HOLDS
    return is_so


def are_there() -> bool:
    """Return whether writes were refused lately."""
    return time.monotonic() < _known["until"]


def forget() -> None:
    _known["until"] = 0.0
