"""Every request has a name, and the log a line of those that somebody will look for."""

import logging

import pytest
from django.test import Client

from tests.tools import publish


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, "comparison.requests")

    def told():
        return [record.fields for record in caplog.records if record.name == "comparison.requests"]

    return told


@pytest.fixture
def everything(settings):
    settings.ACCESS_LOG = True


@pytest.mark.django_db
def test_a_line_has_all_but_what_the_reader_selected(everything, lines):
    publish()
    response = Client().get("/tiny/?use=quick&w=ease:5")
    (line,) = lines()
    assert line["path"] == "/tiny/"
    assert (line["method"], line["status"], line["bytes"]) == ("GET", 200, len(response.content))
    assert line["ms"] >= 0
    assert "ease" not in str(line)


@pytest.mark.django_db
def test_files_and_health_are_no_lines(everything, lines):
    for path in ("/static/img/icon.svg", "/healthz", "/readyz"):
        Client().get(path)
    assert lines() == []


def test_a_reader_is_no_line_unless_it_is_asked_for(lines):
    Client().get("/method/")
    assert lines() == []


def test_what_is_slow_is_a_line(lines, settings):
    settings.SLOW_REQUEST = 0.0
    Client().get("/method/")
    assert lines()[0]["path"] == "/method/"


def test_waiting_counts_as_slow_and_is_told_beside_the_work(lines):
    response = Client().get("/method/", **{"comparison.waited_ms": 2_500.0})
    assert lines()[0]["waited_ms"] == 2500
    assert response["Server-Timing"].startswith("wait;dur=2500.0, app;dur=")


def test_what_editors_do_is_a_line_with_their_name(lines, admin_client):
    admin_client.get("/admin/")
    admin_client.post("/admin/comparison/comparison/add/", {"title": "Very secret plans"})
    (line,) = lines()
    assert (line["method"], line["path"]) == ("POST", "/admin/comparison/comparison/add/")
    assert "secret" not in str(line)


def test_what_broke_is_a_line(lines, monkeypatch):
    def breaks():
        raise ZeroDivisionError

    monkeypatch.setattr("comparison.web.views.hub.method_page", breaks)
    assert Client(raise_request_exception=False).get("/method/?q=x").status_code == 500
    assert lines()[0]["status"] == 500


@pytest.mark.parametrize(
    ("behind", "given", "kept"),
    [
        (True, "0123456789abcdef", True),
        (True, "short", False),
        (True, "with a blank in it", False),
        (True, "x" * 65, False),
        (True, 'quote"and\\slash', False),
        (False, "0123456789abcdef", False),
    ],
)
def test_a_proxy_may_name_a_request(settings, behind, given, kept):
    settings.BEHIND_PROXY = behind
    sent = Client().get("/method/", headers={"x-request-id": given})["X-Request-ID"]
    assert (sent == given) is kept
    assert len(sent) >= 8


def test_two_requests_have_two_names():
    assert Client().get("/method/")["X-Request-ID"] != Client().get("/method/")["X-Request-ID"]


@pytest.mark.django_db
def test_a_fault_in_a_comparison_is_told_with_what_brings_it_back(capsys, monkeypatch):
    from comparison.web.operation.log_lines import Console, Lines

    publish()

    def breaks(*_):
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("comparison.web.views.comparison.show", breaks, raising=False)
    monkeypatch.setattr("comparison.web.comparison_pages.render", breaks)
    handler = Console()
    handler.setFormatter(Lines())
    logging.getLogger("django.request").addHandler(handler)
    try:
        client = Client(raise_request_exception=False)
        assert client.get("/tiny/cell/ease/ada/?w=ease:5&utm_source=x").status_code == 500
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    told = capsys.readouterr().err
    for part in ('"tiny @1"', "GET", "/tiny/cell/ease/ada/", "w=ease:5", "ZeroDivisionError"):
        assert part in told
