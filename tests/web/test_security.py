"""The policy on every answer, no script or style of a page's own, ids and links that lead
somewhere, headers against strangers.
"""

import pytest
from django.test import Client

from tests.tools import (
    Page,
    get,
    html,
    staff,
    words_of,
)
from tests.web.tiny_addresses import ADDRESSES

pytestmark = pytest.mark.django_db


def everything(drafted):
    """Yield one answer of each kind that a browser can get."""
    for address in [
        *ADDRESSES,
        "/tiny/nowhere/",
        "/tiny/@99/",
        "/tiny/?colour=red",
        "/tiny/?off=speed,ease,cost",
        "/tiny/suggest/?criterion=speed&option=ada",
        "/tiny/suggest/?sent=1",
        "/admin/login/",
    ]:
        yield get(address)
    yield get("/nowhere/", 404)
    yield get("/tiny/?form=1", 302)
    yield get("/tiny/suggest/speed/ada/", 302)
    yield Client().post("/tiny/suggest/", {"text": "short"})
    client = staff()
    yield client.get("/tiny/@draft/")
    yield client.get("/admin/")


def test_every_answer_carries_the_policy(drafted, settings):
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "manifest-src 'self'; font-src "
        "'self'; connect-src 'self'; "
    )
    policy += "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    # a draft stands beside its forms in the admin: a page of this very site may put it into a frame
    of_draft = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    for response in everything(drafted):
        is_draft = response.request["PATH_INFO"] == "/tiny/@draft/"
        wanted = of_draft if is_draft else policy
        assert response.headers["Content-Security-Policy"] == wanted
    assert "unsafe" not in policy


def test_a_break_on_our_side_is_a_kind_page_with_the_policy(tiny, monkeypatch, caplog):
    monkeypatch.setattr(
        "comparison.pages.comparison.page.results_of", lambda *args, **kwargs: 1 / 0
    )
    response = get("/tiny/?off=ease,speed", 500)
    assert "Something broke on our side" in words_of(response.content.decode())
    assert "division" not in response.content.decode()
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")


DATA = ("application/json", "application/ld+json")  # blocks that no browser runs


def test_no_page_holds_a_script_a_style_or_a_handler_of_its_own(drafted):
    for response in everything(drafted):
        if "html" not in response.headers.get("Content-Type", ""):
            continue
        page = Page(response.content.decode())
        assert not page.find("style")
        assert all(e.get("src") or e.get("type") in DATA for e in page.find("script"))
        for element in page.elements:
            assert "style" not in element, element
            assert not [
                name for name in element if name.startswith(("on", "hx-on", "data-hx-on"))
            ], element
            assert not str(element.get("href", "")).lower().startswith(("javascript:", "data:"))


def test_every_script_style_font_and_picture_is_our_own(tiny):
    for address in ("/", "/tiny/", "/tiny/cell/speed/ada/"):
        page = Page(html(address))
        loading = [
            e
            for e in page.elements
            if e["tag"] in ("script", "img", "iframe", "source") and e.get("type") not in DATA
        ]
        loaded = [e.get("src") or e.get("href") for e in loading]
        loaded += [
            e["href"]
            for e in page.find("link")
            if e.get("rel") in ("stylesheet", "icon", "preload")
        ]
        assert loaded
        loaded = [place for place in loaded if place != "/tiny/-/qr.svg"]  # drawn for this page
        assert all(place.startswith("/static/") for place in loaded), loaded


def test_ids_stand_once_in_a_page(tiny):
    for address in ("/", "/tiny/", "/tiny/parts/", "/tiny/cell/speed/ada/", "/tiny/suggest/"):
        ids = [e["id"] for e in Page(html(address)).elements if e.get("id")]
        assert len(ids) == len(set(ids)), sorted({id for id in ids if ids.count(id) > 1})


def test_links_within_a_page_arrive(tiny):
    page = Page(html("/tiny/"))
    ids = {e.get("id") for e in page.elements}
    missing = {
        e["href"]
        for e in page.find("a")
        if e.get("href", "").startswith("#") and e["href"][1:] not in ids
    }
    assert missing == set()


def test_links_out_of_a_page_are_answered(tiny):
    for address in (
        "/tiny/?off=cost",
        "/tiny/@1/",
        "/tiny/cell/speed/ada/",
        "/tiny/suggest/?option=ada",
        "/",
    ):
        for e in Page(html(address)).find("a"):
            target = e.get("href", "").partition("#")[0]
            if target.startswith("/") and not target.startswith("/static/"):
                assert Client().get(target).status_code in (200, 302), target


def test_headers_keep_strangers_from_framing_and_guessing(tiny):
    response = get("/tiny/")
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize(
    "host", ["evil.example", "tiny@evil.example", "a b", "", "testserver:99999999"]
)
def test_a_strange_host_is_refused(tiny, host, caplog):
    assert Client(headers={"Host": host}).get("/tiny/").status_code in (200, 400)
    if "evil" in host:
        assert Client(headers={"Host": host}).get("/tiny/").status_code == 400
