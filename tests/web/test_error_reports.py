"""What an error service hears of an error: where it broke, and nothing that anybody sent."""

import json

import pytest
from django.db import OperationalError
from django.test import Client

from comparison.web import error_reports

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


def break_with(monkeypatch, error):
    def breaks():
        raise error

    monkeypatch.setattr("comparison.web.views.hub.method_page", breaks)
    client = Client(raise_request_exception=False, headers={"User-Agent": "Browser-4711"})
    client.cookies["session"] = "cookie-0815"
    assert client.get("/method/?q=very-own-choice").status_code == 500


def test_an_error_is_told_without_what_was_sent(heard, monkeypatch):
    break_with(monkeypatch, ValueError("no good"))
    (event,) = heard()
    text = json.dumps(event)
    assert event["exception"]["values"][-1]["type"] == "ValueError"
    assert event["request"]["url"].endswith("/method/")
    assert event["tags"]["request"]
    for secret in ("cookie-0815", "very-own-choice", "Browser-4711", "127.0.0.1"):
        assert secret not in text
    assert set(event["request"]) == {"method", "url"}
    assert "user" not in event
    assert '"vars"' not in text


def test_an_outage_is_told_once(heard, monkeypatch):
    for _ in range(5):
        break_with(monkeypatch, OperationalError("away"))
    assert len(heard()) == 1


def test_what_is_not_set_is_not_imported(settings):
    assert settings.SENTRY_DSN == ""
