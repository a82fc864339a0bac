"""The site's own address: what leaves the site begins with it, whatever host was asked for."""

import pytest
from django.test import Client

from tests.tools import publish

pytestmark = pytest.mark.django_db
OWN, CALLED = "https://own.example", "called.example"


@pytest.fixture
def client(settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = OWN, ["own.example", CALLED]
    publish()
    return Client(headers={"host": CALLED})


@pytest.mark.parametrize(
    "address",
    [
        "/tiny/",
        "/tiny/share/",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap-comparisons.xml",
        "/feed.xml",
        "/tiny/feed.xml",
        "/tiny/-/view.json",
        "/api/v1/comparisons",
        f"/oembed?url=https://{CALLED}/tiny/",
        f"/oembed?url={OWN}/tiny/",
    ],
)
def test_links_name_the_sites_own_address(client, address):
    response = client.get(address)
    assert response.status_code == 200
    text = response.content.decode() + response.get("Link", "")
    assert OWN in text
    assert f"//{CALLED}" not in text


def test_a_canonical_link_is_in_the_header_too(client):
    assert client.get("/tiny/")["Link"] == f'<{OWN}/tiny/>; rel="canonical"'
