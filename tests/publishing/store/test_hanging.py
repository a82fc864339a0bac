"""Who waits for a database that says nothing is told, as if it had ended."""

import gc
import socket
import threading
from types import SimpleNamespace

import pytest
from psycopg.pq import TransactionStatus

from comparison.publishing.store import hanging


@pytest.fixture
def lines():
    """Connections, each with the line at whose end nobody says anything, by how they stand."""
    made, ends = {}, []
    for status in (TransactionStatus.ACTIVE, TransactionStatus.IDLE):
        mine, other = socket.socketpair()
        ends += [mine, other]
        mine.settimeout(20)
        info = SimpleNamespace(transaction_status=status)
        made[status] = Wrapper(SimpleNamespace(info=info, fileno=mine.fileno), mine)
    gone = Wrapper(None, None)
    for one in (*made.values(), gone):
        hanging._note(one)
    yield made
    for one in ends:
        one.close()
    del made, gone, one
    gc.collect()


class Wrapper:
    vendor = "postgresql"

    def __init__(self, connection, line):
        self.connection, self.line = connection, line


def test_who_waits_is_told_and_who_does_not_is_left_alone(lines):
    waiting = lines[TransactionStatus.ACTIVE].line
    heard = []
    thread = threading.Thread(target=lambda: heard.append(waiting.recv(1)))
    thread.start()
    assert hanging.cut() == 1
    thread.join(20)
    assert heard == [b""]
    idle = lines[TransactionStatus.IDLE].line
    assert idle.send(b"x") == 1
