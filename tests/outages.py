"""What readers are answered while something breaks behind a server: one of each kind of address."""

import time
import urllib.error
import urllib.request

OF_READERS = [
    "/",
    "/?q=djagno",
    "/fastapi-vs-django/",
    "/fastapi-vs-django/@1/",
    "/fastapi-vs-django/@1/sources/",
    "/fastapi-vs-django/-/results/?off=orm",
    "/fastapi-vs-django/changes/",
    "/fastapi-vs-django/feed.xml",
    "/feed.xml",
    "/sitemap.xml",
    "/python-app-servers/-/card.png",
    "/api/v1/comparisons",
    "/api/v1/comparisons/python-app-servers/decision",
    "/api/v1/comparisons/python-app-servers/releases",
    "/healthz",
]


def answer(address, sent=None, headers=None):
    """Return status, seconds and body of what an address answers. sent: a form, as bytes."""
    request = urllib.request.Request(address, sent, headers or {})
    begun = time.monotonic()
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            status, body = response.status, response.read()
    except urllib.error.HTTPError as error:
        status, body = error.code, error.read()
    return status, time.monotonic() - begun, body


def refused(site):
    """Return every address of readers that is not answered as it should be, with its status."""
    answers = {address: answer(site + address)[0] for address in OF_READERS}
    return {address: status for address, status in answers.items() if status != 200}


def wait_until(site, status):
    """Wait until the site says of itself that it is "ready", "degraded" or "unavailable"."""
    until = time.monotonic() + 60
    while f'"{status}"'.encode() not in answer(f"{site}/readyz")[2]:
        assert time.monotonic() < until, status
        time.sleep(0.1)
