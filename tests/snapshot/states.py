"""Every kind of address, in the states in which readers and programs meet it. What can be named is
asked of the API.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.snapshot import addresses
from tests.snapshot.site import HOST

# Who asks. A strict one is asked for the token of a form, as every browser is.
READER, EDITOR, STRICT = "reader", "editor", "strict"


@dataclass(frozen=True, eq=False)
class State:
    """One request: an address with whatever is sent along, and by whom."""

    address: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    sent: dict[str, str] | None = None
    by: str = READER

    def __eq__(self, other: object) -> bool:
        return isinstance(other, State) and self.told == other.told

    def __hash__(self) -> int:
        return hash(self.told)

    @property
    def told(self) -> str:
        """The request in one line."""
        words = [self.method, self.address]
        words += [f"({name}: {value})" for name, value in self.headers.items()]
        words += [f"(form: {urlencode(self.sent)[:60]})"] if self.sent else []
        return " ".join(words if self.by == READER else [*words, f"by {self.by}"])


def states_of_readers(reader: Client) -> Iterator[State]:
    """Yield every state but those of editors. The client looks up what there is, and changes
    nothing.
    """
    yield from map(State, addresses.OF_THE_SITE)
    yield from _of_a_shipped_comparison(reader, "fastapi-vs-django", addresses.FRAMEWORKS, cells=6)
    yield from _of_a_shipped_comparison(reader, "python-app-servers", addresses.SERVERS, cells=3)
    yield from _of_worlds()
    yield from _of_old_and_mangled_addresses()
    yield from _of_programs()
    yield from _of_other_methods()
    yield from _of_suggestions()


def _of_a_shipped_comparison(
    reader: Client, slug: str, queries: tuple[str, ...], cells: int
) -> Iterator[State]:
    document = _document(reader, slug)
    options, criteria, sources, use_cases = (
        [row["slug"] for row in document[kind]]
        for kind in ("options", "criteria", "sources", "use_cases")
    )
    preset, altered = queries[1], queries[3]
    places = ["", *addresses.PAGES, *addresses.OF_A_SELECTION]
    places += [f"{place}?{altered}" for place in addresses.OF_A_SELECTION]
    for region in _regions():
        places += [f"-/{region}/", f"-/{region}/?{preset}", f"-/{region}/?{altered}"]
    for query in queries:
        places += [f"?{query}", f"-/results/?{query}"]
    for option in (*options, "no-such-option"):
        places += [f"why/{option}/", f"why/{option}/?{preset}"]
    for number in range(cells):
        criterion = criteria[number * len(criteria) // cells]
        cell = f"{criterion}/{options[number % len(options)]}"
        places += [f"cell/{cell}/", f"-/claims/{cell}/?{altered}"]
    places += [f"sources/{source}/" for source in sources[:5]]
    for section in addresses.SECTIONS:
        places += [f"{section}/", f"-/section/{section}/"]
    for use_case in use_cases[::8]:
        places += [f"?use={use_case}", f"-/case/?use={use_case}"]
    places += [f"tree/?tree={answers}" for answers in _along_the_tree(document)]
    places += ["@1/", f"@1/?{preset}", f"@1/-/results/?{preset}"]
    yield from (State(f"/{slug}/{place}") for place in places)


def _of_worlds() -> Iterator[State]:
    for slug, queries in addresses.WORLDS.items():
        for query in ("", *(f"?{query}" for query in queries)):
            for place in ("", "-/results/", "-/data.json"):
                yield State(f"/{slug}/{place}{query}")
    regions = [f"-/{region}/" for region in _regions()]
    sections = [f"{section}/" for section in addresses.SECTIONS]
    for place in (*addresses.PAGES, *addresses.OF_A_SELECTION, *sections, *regions):
        yield State(f"/full/{place}")
        yield State(f"/tiny/@1/{place}")
    for slug in ("ties", "gappy", "wide"):
        yield from (State(f"/{slug}/{place}") for place in addresses.OF_A_SELECTION)
    yield from map(State, addresses.OF_RELEASES)


def _of_old_and_mangled_addresses() -> Iterator[State]:
    long = (f"q={'long' * 40}", f"off={'x,' * 17_000}")
    yield from (State(f"/tiny/?{query}") for query in (*addresses.MANGLED, *long))
    for place in ("-/results/", "-/data.json", "-/view.csv", "sources/", "embed/", "share/"):
        yield State(f"/tiny/{place}?USE=Race&w=ease:9&colour=red")
        yield State(f"/tiny/{place}?form=1&on=speed&trust=first")
    yield from map(State, addresses.OF_FORMER_NAMES)


def _of_programs() -> Iterator[State]:
    yield from map(State, addresses.OF_THE_API)
    for place in ("", *addresses.OF_A_COMPARISON_IN_THE_API):
        yield State(f"/api/v1/comparisons/tiny{place}")
    for link in addresses.EMBEDDED:
        yield State(f"/oembed?url={quote(f'http://{HOST}{link}', safe='')}")
    here = quote(f"http://{HOST}/tiny/", safe="")
    for more in ("&format=xml", "&maxwidth=300&maxheight=200", "&maxwidth=x&format=json"):
        yield State(f"/oembed?url={here}{more}")
    yield from map(State, ("/oembed", "/oembed?url=x", "/oembed?url=https://other.example/tiny/"))


def _of_other_methods() -> Iterator[State]:
    """Yield what asks for heads alone, what is refused, and what is compressed."""
    for address in addresses.BY_OTHER_METHODS:
        yield State(address, "HEAD")
        yield State(address, "DELETE")
        if address not in ("/tiny/suggest/", "/admin/login/"):
            yield State(address, "POST")
    for address in ("/tiny/", "/api/v1/comparisons", "/tiny/-/view.json", "/tiny/-/card.png"):
        yield State(address, "OPTIONS")
        yield State(address, "PUT")
    for accepted in ("br", "gzip", "gzip, br;q=0", "br;q=0, gzip;q=0, identity"):
        for address in ("/tiny/", "/wide/-/case/", "/tiny/-/results/"):
            yield State(address, headers={"Accept-Encoding": accepted})
    yield State("/tiny/", headers={"Host": "other.example"})
    yield State("/tiny/", headers={"Host": f"{HOST}:8000"})
    yield State("/tiny/", headers={"HX-Request": "true"})
    yield State("/tiny/-/results/?use=race", headers={"HX-Request": "true"})


def _of_suggestions() -> Iterator[State]:
    """Yield forms that are sent: refused, not whole, and kept."""
    form = {
        "text": "Ada has become slower since last year.",
        "address": "https://ada.example/notes",
        "contact": "",
    }
    about = "/tiny/suggest/?criterion=speed&option=ada&use=race"
    yield State(about, "POST", sent=form, by=STRICT)
    yield State(about, "POST", sent={"text": "short", "address": "no address at all"})
    yield State(about, "POST", sent=form | {"text": "long " * 2_000})
    yield State(about, "POST", sent=form)
    yield State(f"{about}&sent=1")


# --- what there is --------------------------------------------------------------------------------


def _document(reader: Client, slug: str) -> dict[str, Any]:
    document: dict[str, Any] = reader.get(f"/{slug}/release.json").json()["document"]
    return document


def _along_the_tree(document: dict[str, Any]) -> Iterator[str]:
    """Yield the last answer of each question of the tree, one more each time."""
    given: list[str] = []
    for question in document["questions"]:
        given.append(f"{question['slug']}:{question['answers'][-1]['slug']}")
        yield ",".join(given)


def routes() -> dict[str, URLPattern]:
    """Return every pattern of the URL map by its route, but those of the admin."""
    patterns = _below(get_resolver())
    return {route: pattern for route, pattern in patterns if not route.startswith("admin/")}


def _below(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _below(pattern, route)
        else:
            yield route, pattern


def _regions() -> list[str]:
    """Return the regions of a comparison that have an address, as the URL map names them."""
    converters = (pattern.pattern.converters.get("region") for pattern in routes().values())
    return next(converter.regex.split("|") for converter in converters if converter)
