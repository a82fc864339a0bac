"""A reader's choice as a value, and the words that it may hold beside the document's names; what it
is decided under; and its one query, which says what differs from the layer below, in one fixed
order.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from urllib.parse import quote

from comparison.core.decision import MustHave
from comparison.core.document.schema import Document
from comparison.core.document.slugs import NO_USE_CASE
from comparison.core.query import KEYS

MOST_TEXT = 80  # characters of what a reader typed
# the rows that a reader asks for; without one those that decide
ALL, COUNTED, DISPUTED, DIFFERENCES = "all", "counted", "disputed", "differences"
SHOWN = (ALL, COUNTED, DISPUTED, DIFFERENCES)
FEW_CRITERIA = 15  # up to here all rows are shown at first
CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class Selection:
    """A reader's choice. Collections hold only what differs from the layer below; the empty
    Selection is the default.
    """

    # a use case; None = the comparison's default; NO_USE_CASE = none although there is a default
    use: str | None = None
    off: frozenset[str] = frozenset()
    importances: Mapping[str, float] = field(default_factory=dict)
    must: frozenset[str] = frozenset()
    waive: frozenset[str] = frozenset()
    distrust: frozenset[str] = frozenset()
    # the options compared; empty = all but the arrangements, which have to be named
    options: frozenset[str] = frozenset()
    against: str | None = None  # the option that the leader is compared with; None = the runner-up
    by: str | None = None  # the criterion that options are ordered by; None = the overall score
    tree: tuple[tuple[str, str], ...] = ()
    show: str | None = None  # one of SHOWN; None = the rows that decide
    q: str = ""
    basis: str | None = None
    made_on: int | None = None  # `from`: the release that a following link was made on


class Layer(NamedTuple):
    """What a comparison, or one of its use cases, sets before the reader's own choices."""

    importances: Mapping[str, float]  # of every criterion
    must_haves: frozenset[str]  # criteria that are must-haves


@dataclass(frozen=True, slots=True)
class Settings:
    """What a selection is decided under: an importance for every criterion (0 where off), what is
    kept while off, must_haves.
    """

    use_case: str | None  # the one in force
    importances: Mapping[str, float]
    dormant: Mapping[str, float]
    must_haves: tuple[MustHave, ...]


def use_case_of(document: Document, selection: Selection) -> str | None:
    """Return the slug of the use case in force, or None."""
    use = selection.use or document.names.default_use
    return None if use == NO_USE_CASE else use


def layer_below(document: Document, use: str | None) -> Layer:
    """Return what holds before the reader's own settings, under a use case or none."""
    names = document.names
    if use is None:
        return Layer(names.defaults, frozenset())
    return Layer(names.use_cases[use], names.must[use])


def is_short(document: Document) -> bool:
    """Say whether a comparison has so few criteria that their rows are all shown at first."""
    return len(document.criteria) <= FEW_CRITERIA


def settings(document: Document, selection: Selection) -> Settings:
    """Return what a selection is decided under: the layers put together, switches and must-haves
    applied.
    """
    names = document.names
    use = use_case_of(document, selection)
    below = layer_below(document, use)
    kept = {**below.importances, **selection.importances}
    must_haves = (below.must_haves - selection.waive) | selection.must
    return Settings(
        use_case=use,
        importances={
            slug: 0 if slug in selection.off else importance for slug, importance in kept.items()
        },
        dormant={slug: kept[slug] for slug in selection.off},
        must_haves=tuple(
            MustHave(slug, slug, names.must_haves[slug])
            for slug in names.criteria
            if slug in must_haves
        ),
    )


def spell(document: Document, selection: Selection) -> str:
    """Return the one canonical query of a selection: without a leading "?", empty for the default.

    Equal selections give the same text. Commas and colons stand as they are; everything that is not
    a slug is quoted.
    """
    return joined(words_of(document, selection))


def words_of(document: Document, selection: Selection) -> dict[str, list[str]]:
    """Return what the query of a selection says, word for word under each of its keys; a key may
    have none.
    """
    names = document.names
    return {
        "use": _single(selection.use),
        "off": _in_order(names.criteria, selection.off),
        "w": [
            f"{slug}:{selection.importances[slug]}"
            for slug in _in_order(names.criteria, selection.importances)
        ],
        "must": _in_order(names.criteria, selection.must),
        "waive": _in_order(names.criteria, selection.waive),
        "distrust": _in_order(names.sources, selection.distrust),
        "options": _in_order(names.options, selection.options),
        "against": _single(selection.against),
        "by": _single(selection.by),
        "tree": [f"{question}:{answer}" for question, answer in selection.tree],
        "show": _single(selection.show),
        "q": _single(quote(selection.q, safe="")),
        "basis": _single(selection.basis),
        "from": _single(str(selection.made_on) if selection.made_on else ""),
    }


class SpelledAt:
    """The queries of a canonical selection with one criterion switched on, at other importances."""

    def __init__(self, document: Document, selection: Selection) -> None:
        self.places = {slug: place for place, slug in enumerate(document.names.criteria)}
        self.below = layer_below(document, use_case_of(document, selection)).importances
        self.words = words_of(document, selection)
        self.chosen = _in_order(self.places, selection.importances)
        self.places_chosen = [self.places[slug] for slug in self.chosen]

    def at(
        self,
        criterion: str,
        importances: Iterable[float],
        shown: Callable[[str], str] = lambda query: query,
    ) -> list[str]:
        """Return the query at each of the importances: as `spell` has it.

        shown: what a query is made into, such as an address; it is asked for two of them, and
        leaves numbers and the sign for nothing as they are.
        """
        place, words = self.places[criterion], self.words["w"]
        before = bisect_left(self.places_chosen, place)
        after = bisect_right(self.places_chosen, place)
        off = [slug for slug in self.words["off"] if slug != criterion]
        others = self.words | {"off": off, "w": words[:before] + words[after:]}
        as_below = shown(joined(others))
        chosen = [*words[:before], f"{criterion}:\0", *words[after:]]
        otherwise = shown(joined(others | {"w": chosen}))
        below = self.below[criterion]
        return [
            as_below if importance == below else otherwise.replace("\0", f"{importance}")
            for importance in importances
        ]


def joined(words: Mapping[str, Sequence[str]]) -> str:
    """Return the query that says these words, without a leading "?"."""
    return "&".join([f"{key}={','.join(words[key])}" for key in KEYS if words[key]])


def _in_order(slugs: Iterable[str], chosen: Collection[str]) -> list[str]:
    return [slug for slug in slugs if slug in chosen] if chosen else []


def _single(word: str | None) -> list[str]:
    return [word] if word else []


def canonical(document: Document, selection: Selection) -> Selection:
    """Return the selection less everything that the layer below says already."""
    names = document.names
    # the default use case says more where it was chosen: the page gives its result, and not that it
    # depends on the case
    if selection.use == NO_USE_CASE and not names.default_use:
        selection = replace(selection, use=None)
    below = layer_below(document, use_case_of(document, selection))
    return replace(
        selection,
        importances={
            slug: importance
            for slug, importance in selection.importances.items()
            if below.importances[slug] != importance
        },
        must=selection.must - below.must_haves,
        waive=selection.waive & below.must_haves,
        options=frozenset()
        if selection.options == frozenset(names.compared)
        else selection.options,
        against=selection.against
        if selection.against in (selection.options or names.compared)
        else None,
        show=None if selection.show == ALL and is_short(document) else selection.show,
        tree=tuple(sorted(selection.tree, key=lambda pair: list(names.questions).index(pair[0]))),
    )
