"""The one query of a selection: what differs from the layer below, in one fixed order."""

from dataclasses import replace
from urllib.parse import quote

from comparison.core.document.schema import Document
from comparison.core.query import KEYS
from comparison.core.selection.layers import layer_below, use_case_of
from comparison.core.selection.selection import NO_USE_CASE, Selection


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
