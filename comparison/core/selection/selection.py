"""A reader's choice as a value, and the words that it may hold beside the document's names; what it
is decided under; and its one query, which says what differs from the layer below, in one fixed
order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from comparison.core.decision import Requirement
from comparison.core.document.schema import Document
from comparison.core.document.slugs import Names
from comparison.core.query import KEYS

MOST_TEXT = 80  # characters of what a reader typed
NO_USE_CASE = "none"
DIFFERENCES = "differences"
CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class Selection:
    """A reader's choice. Collections hold only what differs from the layer below; the empty
    Selection is the default.
    """

    # a use case; None = the comparison's default; NO_USE_CASE = none although there is a default
    use: str | None = None
    off: frozenset[str] = frozenset()
    importances: Mapping[str, int] = field(default_factory=dict)
    must: frozenset[str] = frozenset()
    waive: frozenset[str] = frozenset()
    distrust: frozenset[str] = frozenset()
    options: frozenset[str] = frozenset()  # the options shown; empty = all
    tree: tuple[tuple[str, str], ...] = ()
    show: str | None = None
    q: str = ""
    basis: str | None = None
    made_on: int | None = None  # `from`: the release that a following link was made on


@dataclass(frozen=True, slots=True)
class Settings:
    """What a selection is decided under: an importance for every criterion (0 where off), what is
    kept while off, musts.
    """

    importances: Mapping[str, int]
    dormant: Mapping[str, int]
    requirements: tuple[Requirement, ...]


def use_case_of(document: Document, selection: Selection) -> str | None:
    """Return the slug of the use case in force, or None."""
    use = selection.use or document.names.default_use
    return None if use == NO_USE_CASE else use


def layer_below(document: Document, use: str | None) -> Mapping[str, int]:
    """Return every criterion's importance before the reader's own settings."""
    names = document.names
    return names.use_cases[use] if use else names.defaults


def settings(document: Document, selection: Selection) -> Settings:
    """Return what a selection is decided under: the layers put together, switches and must-haves
    applied.
    """
    names = document.names
    use = use_case_of(document, selection)
    kept = {**layer_below(document, use), **selection.importances}
    musts = _musts(names, use, selection)
    return Settings(
        importances={
            slug: 0 if slug in selection.off else importance for slug, importance in kept.items()
        },
        dormant={slug: kept[slug] for slug in selection.off},
        requirements=tuple(
            Requirement(slug, slug, names.minimums[slug])
            for slug in names.criteria
            if slug in musts
        ),
    )


def musts_of(document: Document, selection: Selection) -> frozenset[str]:
    """Return the criteria that are must-haves under this selection: the use case's, less the
    waived, and the added.
    """
    return _musts(document.names, use_case_of(document, selection), selection)


def _musts(names: Names, use: str | None, selection: Selection) -> frozenset[str]:
    preset = names.must[use] if use else frozenset()
    return (preset - selection.waive) | selection.must


def spell(document: Document, selection: Selection) -> str:
    """Return the one canonical query of a selection: without a leading "?", empty for the default.

    Equal selections give the same text. Commas and colons stand as they are; everything that is not
    a slug is quoted.
    """
    names = document.names
    parts = {
        "use": selection.use or "",
        "off": ",".join(slug for slug in names.criteria if slug in selection.off),
        "w": ",".join(
            f"{s}:{selection.importances[s]}" for s in names.criteria if s in selection.importances
        ),
        "must": ",".join(slug for slug in names.criteria if slug in selection.must),
        "waive": ",".join(slug for slug in names.criteria if slug in selection.waive),
        "distrust": ",".join(slug for slug in names.sources if slug in selection.distrust),
        "options": ",".join(slug for slug in names.options if slug in selection.options),
        "tree": ",".join(f"{question}:{answer}" for question, answer in selection.tree),
        "show": selection.show or "",
        "q": quote(selection.q, safe=""),
        "basis": selection.basis or "",
        "from": str(selection.made_on) if selection.made_on else "",
    }
    return "&".join(f"{key}={value}" for key in KEYS if (value := parts[key]))


def canonical(document: Document, selection: Selection) -> Selection:
    """Return the selection less everything that the layer below says already."""
    names = document.names
    use = None if selection.use == (names.default_use or NO_USE_CASE) else selection.use
    selection = replace(selection, use=use)
    in_force = use_case_of(document, selection)
    below = layer_below(document, in_force)
    preset = names.must[in_force] if in_force else frozenset()
    return replace(
        selection,
        importances={
            slug: value for slug, value in selection.importances.items() if below[slug] != value
        },
        must=selection.must - preset,
        waive=selection.waive & preset,
        options=frozenset() if selection.options == frozenset(names.options) else selection.options,
        tree=tuple(sorted(selection.tree, key=lambda pair: list(names.questions).index(pair[0]))),
    )
