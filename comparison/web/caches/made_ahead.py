"""What the first reader of a new release would wait for, made before anybody asks: in each process
in which the release before it is read, and for no comparison that nobody reads there.

A whole answer is not made ahead: it is another one for each host. What takes most of the time, the
release read, weighed and rendered in parts, is the same for all.
"""

from comparison.core.selection import Selection, canonical
from comparison.pages.comparison.page import comparison_page
from comparison.pages.scored_release import ScoredRelease, score, scored_of
from comparison.pages.view import view_of
from comparison.publishing import releases


def make_new_releases_ready() -> None:
    """Make the newest release ready of each comparison that is read here by an older one."""
    for slug, number in _read_here().items():
        newest = releases.current(slug)
        if newest is not None and newest.slug == slug and newest.number > number:
            selection = canonical(newest.document, Selection())
            if releases.memory.kept.get(scored_of(newest, selection)) is None:
                comparison_page(view_of(score(newest, selection), selection))


def _read_here() -> dict[str, int]:
    """Return the number of the last release of each comparison that is kept as a page that follows
    the newest one shows it.
    """
    numbers: dict[str, int] = {}
    for kept in releases.memory.kept:
        if isinstance(kept, ScoredRelease) and not kept.home.release:
            numbers[kept.slug] = max(kept.number, numbers.get(kept.slug, 0))
    return numbers
