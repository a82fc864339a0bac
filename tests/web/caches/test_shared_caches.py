"""What every public address tells caches, whatever it answers: the walk reads `urls.py`."""

import re

import pytest
from django.test import Client

from tests import worlds
from tests.tools import staff
from tests.web.public_addresses import addresses

pytestmark = pytest.mark.django_db
OF_ONE_SERVER = re.compile(r"healthz|readyz")  # for load balancers alone
MAY_CHANGE = re.compile(r"newest/|freshness/|suggest/|no/such")
MALFORMED = {"Cookie": "csrf=y; session=nobody"}


def walk():
    """Yield every address with its encoding, two answers, and that to who has the first."""
    for encoding in ("", "br"):
        for address in addresses():
            if not OF_ONE_SERVER.fullmatch(address):
                headers = {"Accept-Encoding": encoding} | MALFORMED
                first, second = (Client(headers=headers).get(f"/{address}") for _ in range(2))
                known = headers | {"If-None-Match": first.get("ETag", '""')}
                yield address, encoding, first, second, Client(headers=known).get(f"/{address}")


def test_the_walk_meets_every_kind_of_address():
    walked = addresses()
    assert len(walked) > 90
    for route in ("full/-/results/", "full/@1/cell/speed/swift/", "full/-/data.json", "feed.xml"):
        assert route in walked


def test_every_public_address_may_be_kept_by_caches():
    """Asked twice, the same bytes with a tag of their encoding; not sent again to who has them; no
    cookie, whatever cookie comes; for how long, and for ever where nothing can change.
    """
    worlds.publish(worlds.full_tree())
    worlds.publish(worlds.full_tree(title="Another title"))
    plain = {}
    for address, encoding, first, second, third in walk():
        place = f"{address} {encoding}"
        assert first.content == second.content, place
        assert first.get("ETag") == second.get("ETag"), place
        if first.status_code == 200:
            assert re.fullmatch(r'"[0-9a-f]{32}\w*"', first["ETag"]), place
            assert (third.status_code, third.content) == (304, b""), place
            for header in ("ETag", "Vary", "Cache-Control"):
                assert third.get(header) == first.get(header), (place, header)
            before = plain.setdefault(address, first)
            is_same = before.content == first.content
            assert (before["ETag"] == first["ETag"]) == is_same, place
        for answer in (first, second, third):
            assert not answer.cookies, place
            assert "Cookie" not in answer.get("Vary", ""), place
        caching = first["Cache-Control"]
        if first.status_code in (200, 301, 302):
            assert caching.startswith("public, "), place
            assert "must-revalidate" not in caching, place
            is_pinned = "@1/" in address or "/releases/1" in address
            is_for_ever = is_pinned and not MAY_CHANGE.search(address)
            assert ("immutable" in caching) == is_for_ever, place


@pytest.mark.parametrize(
    ("address", "status", "caching"),
    [
        ("/nowhere/", 404, "public, max-age=0, s-maxage=4,"),
        ("/full/?form=1&off=speed", 302, "public, max-age=0, s-maxage=4,"),
        ("/?page=%00", 200, "public, max-age=0, s-maxage=4,"),
    ],
)
def test_what_leads_nowhere_or_elsewhere_is_kept_for_seconds(address, status, caching):
    worlds.publish(worlds.full_tree())
    answer = Client().get(address)
    assert (answer.status_code, answer["Cache-Control"][: len(caching)]) == (status, caching)


def test_what_breaks_and_what_is_refused_is_not_kept(monkeypatch):
    worlds.publish(worlds.full_tree())
    monkeypatch.setattr("comparison.web.views.hub.render", lambda *_, **__: 1 / 0)
    client = Client(raise_request_exception=False)
    for answer in (client.get("/"), client.post("/full/"), client.get("/", HTTP_HOST="evil")):
        assert answer.status_code in (500, 405, 400)
        assert answer["Cache-Control"] == "private, no-store"


def test_other_sites_load_only_what_is_made_to_leave_and_no_page_asks_for_a_camera():
    worlds.publish(worlds.full_tree())
    for address, whose in {
        "/full/": "same-origin",
        "/full/-/results/": "same-origin",
        "/full/embed/": "cross-origin",
        "/full/-/card.png": "cross-origin",
        "/full/-/view.csv": "cross-origin",
        "/api/v1/comparisons": "cross-origin",
        "/nowhere/": "same-origin",
    }.items():
        answer = Client().get(address)
        assert answer["Cross-Origin-Resource-Policy"] == whose, address
        assert "camera=()" in answer["Permissions-Policy"], address


def test_editors_keep_the_cookie_of_their_forms():
    client = staff()
    client.get("/admin/password_change/")
    assert "csrf" in client.cookies
