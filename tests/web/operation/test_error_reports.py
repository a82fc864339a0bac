"""What an error service hears of an error: where it broke, and nothing that anybody sent."""

import json

import pytest
from django.db import OperationalError
from django.test import Client

from comparison.web.operation import error_reports

sentry_sdk = pytest.importorskip("sentry_sdk", reason="pip install -r requirements-scale.txt")


@pytest.fixture
def heard():
    """A service that only remembers; gone after the test."""
    from sentry_sdk.transport import Transport

    class Remembers(Transport):
        envelopes = []

        def capture_envelope(self, envelope):
            self.envelopes.append(envelope)

    Remembers.envelopes = []
    before = sentry_sdk.Scope.get_global_scope().client
    error_reports._sent_at["outage"] = 0.0
    error_reports.start("https://abc123@errors.example/7", transport=Remembers)

    def events():
        items = [item for envelope in Remembers.envelopes for item in envelope.items]
        return [item.payload.json for item in items if item.type == "event"]

    yield events
    sentry_sdk.get_client().close()
    sentry_sdk.Scope.get_global_scope().set_client(before)


# put together here: a stack has lines of source in it
COOKIE, CHOICE, BROWSER = (
    "-".join(parts) for parts in (("cookie", "0815"), ("own", "choice"), ("Browser", "4711"))
)


def break_with(monkeypatch, error):
    def breaks():
        raise error

    monkeypatch.setattr("comparison.web.views.hub.method_page", breaks)
    client = Client(raise_request_exception=False, headers={"User-Agent": BROWSER})
    client.cookies["session"] = COOKIE
    assert client.get(f"/method/?q={CHOICE}").status_code == 500


def test_an_error_is_told_without_what_was_sent(heard, monkeypatch):
    break_with(monkeypatch, ValueError("no good"))
    (event,) = heard()
    text = json.dumps(event)
    assert event["exception"]["values"][-1]["type"] == "ValueError"
    assert event["request"]["url"].endswith("/method/")
    assert event["tags"]["request"]
    for secret in (COOKIE, CHOICE, BROWSER, "127.0.0.1"):
        assert secret not in text
    assert set(event["request"]) == {"method", "url"}
    assert "user" not in event
    assert '"vars"' not in text


def test_an_outage_is_told_once(monkeypatch):
    monkeypatch.setitem(error_reports._sent_at, "outage", 0.0)
    error = OperationalError("away")
    told = [error_reports.told({}, {"exc_info": (type(error), error, None)}) for _ in range(5)]
    assert told == [{}, None, None, None, None]


def test_what_is_not_set_is_not_imported(settings):
    assert settings.SENTRY_DSN == ""
