"""What the hub shows of each comparison: worked out and rendered once for a release, then kept in
the catalogue, so that the hub reads no document.
"""

import time
from collections.abc import Iterable

from markupsafe import Markup

from comparison.core.selection import Selection
from comparison.pages.hub import hub_entry
from comparison.pages.scored_release import scored_of
from comparison.publishing import published_lists, releases
from comparison.publishing.store import folder
from comparison.publishing.store.listing import Listed
from comparison.rendering.jinja import render
from comparison.web.caches.http_cache import build

AT_ONCE = 20  # comparisons whose entries are written together
MOST = 10**9


def entries_of(listed: Iterable[Listed]) -> tuple[Markup, ...]:
    """Return the entries of some comparisons. One is left out where no release can be read."""
    listed = tuple(listed)
    made = [(one, _made(one)) for one in listed if not one.entry]
    published_lists.keep_entries(build(), [(one, html) for one, html in made if html])
    now = {one.slug: html for one, html in made}
    entries = (one.entry or now[one.slug] for one in listed)
    return tuple(Markup(html) for html in entries if html)  # noqa: S704  (rendered by a template)


def make_all(most: int = MOST) -> None:
    """Make every entry that is missing, in the order of the hub; half of the time is left to
    others. One process of a server does it. most: comparisons that are looked at.
    """
    with folder.alone("hub") as is_mine:
        if is_mine:
            _make_all(most)


def _make_all(most: int) -> None:
    tried: set[str] = set()
    while len(tried) < most:
        missing = published_lists.without_entry(build(), min(most, len(tried) + AT_ONCE))
        missing = [one for one in missing if one.slug not in tried]
        if not missing:
            return
        made = []
        for one in missing:
            begun = time.monotonic()
            tried.add(one.slug)
            made.append((one, _made(one)))
            time.sleep(time.monotonic() - begun)
        published_lists.keep_entries(build(), [(one, html) for one, html in made if html])


def _made(listed: Listed) -> str:
    """Return what the hub shows of a comparison; nothing where no release can be read."""
    release = releases.pinned(listed.slug, listed.number) or releases.current(listed.slug)
    if release is None:
        return ""
    return str(render("hub/entry.html", entry=hub_entry(scored_of(release, Selection()))))
