"""What a selection is decided under: the comparison's importances, then the use case's, then the
reader's.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from comparison.core.decision import Requirement
from comparison.core.document.schema import Document
from comparison.core.document.slugs import Names
from comparison.core.selection.selection import NO_USE_CASE, Selection


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
