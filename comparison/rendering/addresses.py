"""The name of an address in `urls.py`, what its path names, and a query -> the address. The one
place where addresses of this site are put together, for Python and for templates.

    address_of("cell", slug="tiny", criterion="speed", option="ada", query="off=ease")
        -> "/tiny/cell/speed/ada/?off=ease"
    Home("tiny", "3").address_of("cell", criterion="speed", option="ada")
        -> "/tiny/@3/cell/speed/ada/"

Knows nothing of queries: whoever has a selection spells it canonically before.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

KEPT = 4096  # paths, about 200 bytes each


@dataclass(frozen=True, slots=True)
class Home:
    """Where a comparison is found: links within it stay on the release that the address names."""

    slug: str
    release: str = ""  # a number or "draft"; empty for what follows the newest

    def address_of(
        self, name: str, *, query: str = "", origin: str = "", **named: str | int
    ) -> str:
        """Return the address of one of the comparison's pages, regions or files."""
        place = "of_release:" if self.release else ""
        release = {"release": self.release} if self.release else {}
        return address_of(
            f"{place}{name}", query=query, origin=origin, slug=self.slug, **release, **named
        )

    @property
    def path(self) -> str:
        """The path of the comparison's own page."""
        return self.address_of("comparison")


def address_of(name: str, *, query: str = "", origin: str = "", **named: str | int) -> str:
    """Return an address. origin: scheme and host, where it leaves the site. named: whatever its
    path names.
    """
    return origin + with_query(_path(name, tuple(named.items())), query)


def of_file_at_top(name: str) -> str:
    """Return the address of a file of `static/top/`, which stands at the top of the site."""
    return address_of("hub") + name


def form_of(name: str, **named: str) -> str:
    """Return the form of an address, with a text in place of whatever its path names:
    `form_of("api:comparison", slug="{slug}")` is "/api/v1/comparisons/{slug}".
    """
    path = _path(name, tuple((part, f"-{part}-") for part in named))
    for part, text in named.items():
        path = path.replace(f"-{part}-", text)
    return path


def joined(*queries: str) -> str:
    """Return several queries as one. Empty ones add nothing."""
    return "&".join(filter(None, queries))


def with_query(path: str, query: str) -> str:
    """Return a path with a query, which has no leading "?"; the path alone where it is empty."""
    return f"{path}?{query}" if query else path


@lru_cache(maxsize=KEPT)
def _path(name: str, named: tuple[tuple[str, str | int], ...]) -> str:
    return reverse(name, kwargs=dict(named))
