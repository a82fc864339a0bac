"""A real server whose cache takes 5 s for every answer, and then is gone: no reader waits for it,
nor for those whose suggestions are counted there, and all is well once it is back.
"""

import shutil
import threading
from urllib.parse import urlencode

import pytest

from tests.conftest import started
from tests.outages import OF_READERS, answer, wait_until
from tests.redis_server import HOW, Line, is_here, redis_server

pytest.importorskip(
    "redis", reason="Redis's client is not installed: pip install -r requirements-scale.txt"
)
pytestmark = pytest.mark.skipif(not is_here(), reason=HOW)
SLOW = 5.0  # seconds, for every answer of the cache
SOON = 2.0  # on a machine that does much else; an answer takes a hundredth of a second
# the site is told to wait that long, so that whoever asks the cache at all is seen
PATIENT = "socket_timeout=60&socket_connect_timeout=60"
FORM = "/fastapi-vs-django/suggest/"
ASKED = [*OF_READERS, "/fastapi-vs-django/sources/", FORM, "/admin/login/"]
SUGGESTIONS = 4  # at once; fewer than one sender may send


def late_or_wrong(site):
    """Return every address that was not answered rightly and soon, with its status and seconds."""
    answers = {address: answer(site + address)[:2] for address in ASKED}
    return {
        address: (status, seconds)
        for address, (status, seconds) in answers.items()
        if status != 200 or seconds > SOON
    }


def suggesting(site):
    """Let some send a suggestion; return the list that their answers go to, and who they are."""
    answers = []

    def send(number):
        text = urlencode({"text": f"What number {number} has measured is another figure."})
        answers.append(answer(site + FORM, text.encode())[0])

    senders = [threading.Thread(target=send, args=(number,)) for number in range(SUGGESTIONS)]
    for sender in senders:
        sender.start()
    return answers, senders


def test_no_reader_waits_for_a_cache_that_is_slow_or_gone(prepared, tmp_path):
    shutil.copytree(prepared, tmp_path / "var")
    with (
        redis_server(tmp_path) as (_, port),
        Line(port) as line,
        started(
            tmp_path / "var", CACHE_URL=f"rediscache://127.0.0.1:{line.port}/0?{PATIENT}"
        ) as site,
    ):
        wait_until(site, "ready")
        late_or_wrong(site)  # what is made once takes as long as it takes
        line.seconds = SLOW
        wait_until(site, "degraded")
        answers, senders = suggesting(site)
        assert late_or_wrong(site) == {}
        line.cut()
        for sender in senders:
            sender.join()
        assert answers == [200] * SUGGESTIONS  # taken, and counted elsewhere
        wait_until(site, "degraded")
        assert late_or_wrong(site) == {}
        line.seconds = 0.0
        line.mend()
        wait_until(site, "ready")
        assert late_or_wrong(site) == {}
