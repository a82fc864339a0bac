"""Eight who guess passwords, each from a new address whenever one is refused, hold up no reader
(`make soak`): a page comes at most twice as slowly as alone.
"""

import csv
import http.client
import os
import random
import re
import shutil
import statistics
import threading
import time
from urllib.parse import urlencode

import pytest

from tests.conftest import started

pytestmark = pytest.mark.skipif("SOAK" not in os.environ, reason="It takes a minute: make soak.")
SLUG = "fastapi-vs-django"
GUESSERS, ROUNDS, PAGES = 8, 3, 20
MOST = 2.0  # times as slow as alone


@pytest.fixture(scope="module")
def site(prepared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("guessers") / "var"
    shutil.copytree(prepared, folder)
    with started(folder, BEHIND_PROXY="1") as address:
        yield int(address.rpartition(":")[2])


class Guesser(threading.Thread):
    """Guesses until it is told to end."""

    def __init__(self, port, number):
        super().__init__()
        self.port, self.number, self.statuses, self.is_over = port, number, [], False

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("GET", "/admin/login/")
        page = connection.getresponse()
        cookie = page.headers["Set-Cookie"].partition(";")[0]
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[1]
        while not self.is_over:
            tried = len(self.statuses)
            sent = {"csrfmiddlewaretoken": token, "username": f"editor{tried % 3}"}
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": cookie,
                "X-Forwarded-For": f"10.{self.number}.{tried // 250}.{tried % 250}",
            }
            body = urlencode(sent | {"password": f"guess {tried}"})
            connection.request("POST", "/admin/login/", body, headers)
            answer = connection.getresponse()
            answer.read()
            self.statuses.append(answer.status)
        connection.close()


def criteria_of(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/{SLUG}/-/view.csv")
    text = connection.getresponse().read().decode("utf-8-sig")
    connection.close()
    records = csv.DictReader(text.splitlines())
    return [record["slug"] for record in records if record["record"] == "criterion"]


def read(port, criteria, chance):
    """Return the milliseconds that pages took, each with a selection that nobody had before."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    took = []
    for _ in range(PAGES):
        began = time.perf_counter()
        off = ",".join(sorted(chance.sample(criteria, 4), key=criteria.index))
        connection.request("GET", f"/{SLUG}/?off={off}")
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200
        took.append(1_000 * (time.perf_counter() - began))
    connection.close()
    return took


def test_who_guesses_passwords_holds_up_no_reader(site):
    criteria, chance = criteria_of(site), random.Random(5)
    read(site, criteria, chance)
    alone, beside, statuses = [], [], []
    for turn in range(ROUNDS):  # in turns, so that a busy machine slows both
        alone += read(site, criteria, chance)
        guessers = [Guesser(site, GUESSERS * turn + number) for number in range(GUESSERS)]
        for guesser in guessers:
            guesser.start()
        time.sleep(1)  # until all of them wait for their turn
        beside += read(site, criteria, chance)
        for guesser in guessers:
            guesser.is_over = True
        for guesser in guessers:
            guesser.join()
            statuses += guesser.statuses
    slow, fast = statistics.median(beside), statistics.median(alone)
    print(f"\n{len(statuses)} guesses; a page took {fast:.0f} ms alone, {slow:.0f} ms beside them")
    assert set(statuses) == {200}  # each was hashed
    assert slow <= MOST * fast
