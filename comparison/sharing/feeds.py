"""Releases -> Atom feeds: of one comparison, and of the whole site. Never words an entry: a
template does.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from comparison.pages.history.changes import release_line
from comparison.publishing import published_lists
from comparison.publishing.releases import Published
from comparison.rendering.addresses import Home, address_of
from comparison.rendering.jinja import render
from comparison.web.caches.http_cache import ON_THE_WAY
from comparison.web.comparison_request import ask, origin_of

MOST_ENTRIES = 50
# Begins the name of a feed or an entry (RFC 4151): the same under every host, and after every
# rename, because a release keeps the address that it came out under. A reader's program knows by it
# what it has shown already: it never changes.
NAMED_FOR_EVER = "tag:evenhand,2026:"
BEFORE_ALL = datetime(2026, 1, 1, tzinfo=UTC)  # when a feed without entries was last changed


class _Feed(Atom1Feed):
    """An Atom feed whose date is that of its newest entry, and never that of the reading."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=BEFORE_ALL)


def comparison_feed(release: Published, origin: str) -> str:
    """Return the newest releases of one comparison as an Atom feed. origin: scheme and host."""
    rows = published_lists.releases_of(release, published_lists.MOST, MOST_ENTRIES)
    # the oldest address is recorded first
    first = (*release.document.names.former, release.slug)[0]
    title = release.document.title
    return _feed(
        f"{title} · Evenhand",
        Home(release.slug).address_of("comparison", origin=origin),
        rows,
        origin,
        NAMED_FOR_EVER + first,
        slug=release.slug,
    )


def site_feed(origin: str) -> str:
    """Return the newest releases of all comparisons as an Atom feed."""
    rows = published_lists.last_releases(MOST_ENTRIES)
    return _feed("Evenhand", address_of("hub", origin=origin), rows, origin, NAMED_FOR_EVER)


def _feed(
    title: str, link: str, rows: Iterable[Mapping[str, Any]], origin: str, guid: str, slug: str = ""
) -> str:
    """Return the feed of some releases.

    guid: the feed's own name for ever. slug: of the comparison that all rows are of; releases keep
    the address that they came out under.
    """
    feed = _Feed(
        title=_clean(title),
        link=link,
        description="",
        language="en",
        feed_url=address_of("feed", slug=slug, origin=origin)
        if slug
        else address_of("site_feed", origin=origin),
        feed_guid=guid,
    )
    for row in rows:
        home = slug or row["slug"]
        line = release_line(row, Home(home), origin=origin)
        whole = Home(home, str(line.number)).address_of("comparison", origin=origin)
        first = line.note.partition("\n")[0]
        feed.add_item(
            title=_clean(f"{row['title']} · Release {line.number}: {first}"),
            link=line.address or whole,
            description=_clean(render("history/changes_entry.html", page=line)),
            unique_id=f"{NAMED_FOR_EVER}{row['slug']}/{line.number}",
            author_name=_clean(line.editor) or "Evenhand",
            pubdate=row["published_at"],
            updateddate=row["published_at"],
        )
    text: str = feed.writeString("utf-8")
    return text


def _clean(text: str) -> str:
    """Return the text without the characters that XML has no way to write."""
    return "".join(
        c
        for c in text
        if c in "\n\t" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


@require_safe
def of_comparison(request: HttpRequest, slug: str) -> HttpResponse:
    """A feed reader gets the newest releases of one comparison."""
    newest = ask(request, slug, None)
    return _answer(request, comparison_feed(newest.release, newest.origin))


@require_safe
def of_site(request: HttpRequest) -> HttpResponse:
    """A feed reader gets the newest releases of all comparisons."""
    return _answer(request, site_feed(origin_of(request)))


def _answer(request: HttpRequest, text: str) -> HttpResponse:
    """Return a feed that caches may keep and ask about again."""
    body = text.encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = f"public, max-age=300, {ON_THE_WAY}"
    response["ETag"] = tag
    response["X-Robots-Tag"] = "noindex"
    answer = get_conditional_response(request, etag=tag, response=response)
    return cast(HttpResponse, answer)
