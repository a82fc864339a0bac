"""What browsers, telephones and finders of holes ask for at the top of the site, untold."""

import json
import struct
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.snapshot.icons import IN_FAVICON, icons

PNG = b"\x89PNG\r\n\x1a\n"


def body(path):
    response = Client().get(path)
    assert response.status_code == 200, path
    return b"".join(response.streaming_content) if response.streaming else response.content


def kind(path):
    response = Client().get(path)
    response.close()
    return response["Content-Type"]


@pytest.mark.parametrize("name", sorted(icons()))
def test_every_icon_is_a_picture_drawn_from_the_one_drawing(name):
    picture = body(f"/{name}")
    assert picture == icons()[name]
    assert picture.startswith(b"\0\0\1\0" if name.endswith(".ico") else PNG)


def test_the_favicon_has_every_size():
    icon = body("/favicon.ico")
    _, kind, count = struct.unpack_from("<HHH", icon)
    assert (kind, count) == (1, len(IN_FAVICON))
    for number in range(count):
        size, at = struct.unpack_from("<II", icon, 6 + 16 * number + 8)
        assert icon[at:].startswith(PNG)
        assert at + size <= len(icon)


@pytest.mark.django_db
def test_the_manifest_names_icons_that_there_are():
    assert 'rel="manifest" href="/site.webmanifest"' in Client().get("/").content.decode()
    manifest = json.loads(body("/site.webmanifest"))
    assert manifest["start_url"] == "/"
    assert kind("/site.webmanifest") == "application/manifest+json"
    for icon in manifest["icons"]:
        width, height = struct.unpack(">II", body(icon["src"])[16:24])
        assert icon["sizes"] == f"{width}x{height}"
    assert "manifest-src 'self'" in Client().get("/")["Content-Security-Policy"]


@pytest.mark.django_db
def test_whom_to_tell_of_a_hole_is_named_where_somebody_is(settings):
    settings.SECURITY_CONTACT = ""
    assert Client().get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@evenhand.example"
    fields = dict(
        line.split(": ") for line in body("/.well-known/security.txt").decode().split("\n") if line
    )
    assert fields["Contact"] == "mailto:security@evenhand.example"
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=100) < expires - datetime.now(UTC) < timedelta(days=365)
    assert fields["Canonical"] == "http://testserver/.well-known/security.txt"
