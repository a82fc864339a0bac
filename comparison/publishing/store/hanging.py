"""Ends the waiting for a PostgreSQL that holds its connections and says nothing, as one that is
frozen does: no time-out of its own, and none of the network, ends that.
"""

import logging
import os
import socket
from contextlib import suppress
from typing import Any
from weakref import WeakSet

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

log = logging.getLogger(__name__)
_made: WeakSet[BaseDatabaseWrapper] = WeakSet()  # wrappers of Django, each of one thread


def connect() -> None:
    """Know, from now on, who has a connection."""
    connection_created.connect(_note, dispatch_uid="hanging")


def _note(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor == "postgresql":
        _made.add(connection)


def be_impatient() -> None:
    """Let this thread's connection wait for nobody who writes."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 2000")


def cut() -> int:
    """Cut the connections on which somebody waits for an answer, and return how many: for them it
    is as if the server had ended.
    """
    from psycopg.pq import TransactionStatus

    count = 0
    for wrapper in list(_made):
        connection: Any = wrapper.connection
        # closed, or ended at this very moment
        with suppress(AttributeError, OSError, ValueError):
            if connection.info.transaction_status == TransactionStatus.ACTIVE:
                with socket.socket(fileno=os.dup(connection.fileno())) as line:
                    line.shutdown(socket.SHUT_RDWR)
                count += 1
    return count
