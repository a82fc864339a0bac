"""Which lane an address is in, and whether it takes a form.

The one table of what is dear: by the names of the URL map. Looks at no release and no database; a
path is looked up once and kept.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve

from comparison.web.routing.methods import ADMIN, READING, takes_forms

KEPT, LONGEST = 4_096, 300  # paths that are kept, and the characters of the longest of them


class Name(StrEnum):
    """The lanes."""

    STATIC = "static"  # files, and what needs nothing else
    HEALTH = "health"  # what asks the database whether it is there, and may wait for it
    READING = "reading"  # pages and regions
    DEAR = "dear"  # what takes long
    EDITING = "editing"
    WRITING = "writing"  # what readers send
    SIGNING_IN = "signing-in"  # where passwords are hashed: guessers hold up nobody but themselves


@dataclass(frozen=True, slots=True)
class Size:
    """How much a lane takes, in each process."""

    threads: int
    ahead: int  # that wait at the threads themselves, where the work is short
    most_waiting: int  # before they get there


# One dear page at a time: two would only share the processor, and take it from who reads.
SIZES = {
    Name.STATIC: Size(threads=1, ahead=8, most_waiting=4_096),
    Name.HEALTH: Size(threads=1, ahead=0, most_waiting=16),
    Name.READING: Size(threads=2, ahead=6, most_waiting=2_048),
    Name.DEAR: Size(threads=1, ahead=0, most_waiting=64),
    Name.EDITING: Size(threads=2, ahead=0, most_waiting=64),
    Name.WRITING: Size(threads=1, ahead=0, most_waiting=64),
    Name.SIGNING_IN: Size(threads=1, ahead=0, most_waiting=64),
}

# names in the URL map -> lane; all others are read as pages are, and the admin's edited
LANES = {
    "sensitivity": Name.DEAR,
    "freshness": Name.DEAR,
    "samples": Name.DEAR,
    "source": Name.DEAR,
    "search": Name.DEAR,
    "changes_between": Name.DEAR,
    "picture": Name.DEAR,
    "code": Name.DEAR,
    "copies": Name.DEAR,
    "release_file": Name.DEAR,
    "view_csv": Name.DEAR,
    "view_json": Name.DEAR,
    "view_md": Name.DEAR,
    "api:release": Name.DEAR,
    "robots": Name.STATIC,
    "alive": Name.STATIC,
    "ready": Name.HEALTH,
    # what is sent there; the forms themselves are pages
    "suggest": Name.WRITING,
    "login": Name.SIGNING_IN,
    "first_administrator": Name.SIGNING_IN,
    "password_change": Name.SIGNING_IN,
    "second_factor_set_up": Name.SIGNING_IN,
    "second_factor_remove": Name.SIGNING_IN,
}
# names -> keys of the query that make them dear
SEARCHED = {"hub": b"q", "hub_region": b"q"}
# these make a reading of a release of their own: all its evidence is weighed anew
NEW_READING = re.compile(rb"(?:^|[?&;])((?:options|distrust|basis)=[^&;]*)")


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a path."""

    name: str  # in the URL map, with the API's "api:" before it; empty where it has none
    lane: Name
    takes_forms: bool


def place_of(path: str) -> Place:
    """Return what is known of a path."""
    return _kept(path) if len(path) <= LONGEST else Place("", Name.READING, False)


def lane_of(place: Place, method: str, query: bytes) -> Name:
    """Return the lane of a request, whatever readings are there."""
    if place.lane is Name.WRITING:
        return Name.READING if method in READING else Name.WRITING
    if place.lane is Name.SIGNING_IN:
        return Name.EDITING if method in READING else Name.SIGNING_IN
    key = SEARCHED.get(place.name)
    if key and re.search(rb"(?:^|&)" + key + rb"=[^&]", query):
        return Name.DEAR
    return place.lane


def reading_of(path: str, query: bytes) -> tuple[str, ...]:
    """Return what tells the reading of a release that an address asks for from others; empty for
    the one that everybody has.
    """
    if b"=" not in query:
        return ()
    plain = unquote_to_bytes(query) if b"%" in query else query
    asked = sorted(set(NEW_READING.findall(plain)))
    if not asked:
        return ()
    slug, release = [*path.split("/", 3), "", ""][1:3]
    return (slug, release * release.startswith("@"), *(part.decode("latin-1") for part in asked))


@lru_cache(maxsize=KEPT)
def _kept(path: str) -> Place:
    if path.startswith(settings.STATIC_URL):
        return Place("", Name.STATIC, False)
    try:
        match = resolve(path)
    except Resolver404:
        return Place("", Name.READING, False)
    name = _name_of(match)
    lane = LANES.get(name, Name.EDITING if ADMIN in match.app_names else Name.READING)
    return Place(name, lane, takes_forms(match))


def _name_of(match: ResolverMatch) -> str:
    name = match.url_name or ""
    return f"api:{name}" if "api" in match.app_names else name
