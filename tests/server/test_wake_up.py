"""What wakes the first process, however many signals come at once."""

import os
import signal

from comparison.server.wake_up import WakeUp


def test_it_is_set_until_it_is_cleared_however_often_it_was_set():
    wake_up = WakeUp()
    assert not wake_up.is_set()
    for _ in range(100_000):  # more than a pipe holds
        wake_up.set()
    assert wake_up.wait()
    wake_up.clear()
    assert not wake_up.is_set()


def test_a_signal_while_another_is_handled_does_not_wait_for_it(monkeypatch):
    wake_up, write, handled = WakeUp(), os.write, []

    def interrupted(pipe, what):
        """Write as a second signal comes."""
        if len(handled) < 3:
            signal.raise_signal(signal.SIGUSR1)
        return write(pipe, what)

    def handle(*_):
        handled.append(1)
        wake_up.set()

    before = signal.signal(signal.SIGUSR1, handle)
    monkeypatch.setattr(os, "write", interrupted)
    try:
        wake_up.set()
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert handled == [1, 1, 1]
    assert wake_up.is_set()
