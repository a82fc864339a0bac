"""Static files: a tag for each encoding, of the very bytes."""

import gzip
import os

import brotli
import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from comparison.web.caches.static_files import StaticFiles

TEXT = b"body { color: black } " * 20


@pytest.fixture
def ask(tmp_path, settings):
    """Ask for a file that stands there plain and compressed, as a browser with some headers."""
    (tmp_path / "site.css").write_bytes(TEXT)
    (tmp_path / "site.css.gz").write_bytes(gzip.compress(TEXT))
    (tmp_path / "site.css.br").write_bytes(brotli.compress(TEXT))
    settings.STATIC_ROOT, settings.DEBUG = tmp_path, False
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    serve = StaticFiles(lambda _: HttpResponse(status=404))

    def asked(**headers):
        answer = serve(RequestFactory().get("/static/site.css", headers=headers))
        answer.getvalue() if answer.streaming else None  # closes its file
        for opened in getattr(answer, "_resource_closers", []):
            opened()
        return answer

    return asked


def tag(answer):
    assert answer.status_code == 200
    return answer["ETag"]


def test_each_encoding_has_a_tag_of_its_own(ask):
    tags = [tag(ask(accept_encoding=encoding)) for encoding in ("", "gzip", "br")]
    assert len(set(tags)) == 3
    assert not any(one.startswith("W/") for one in tags)


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_who_has_it_in_that_encoding_is_told_so_and_nobody_else(ask, encoding):
    mine = tag(ask(accept_encoding=encoding))
    other = tag(ask(accept_encoding="gzip" if encoding != "gzip" else ""))
    again = ask(accept_encoding=encoding, if_none_match=f'"x", {mine}')
    assert (again.status_code, again["ETag"]) == (304, mine)
    assert ask(accept_encoding=encoding, if_none_match="*").status_code == 304
    assert tag(ask(accept_encoding=encoding, if_none_match=other)) == mine


def test_the_tag_decides_where_a_day_is_sent_too(ask):
    modified = ask()["Last-Modified"]
    assert ask(if_modified_since=modified).status_code == 304
    assert ask(if_modified_since=modified, if_none_match='"old"').status_code == 200


def test_the_tag_is_of_the_bytes_not_of_the_day(ask, tmp_path):
    before = tag(ask())

    os.utime(tmp_path / "site.css", (1, 1))
    assert tag(ask()) == before
