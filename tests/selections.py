"""Documents that are selected from, and selections as links and the plain form spell them."""

from urllib.parse import urlencode

from comparison.core.document.schema import Document
from comparison.core.selection import NO_USE_CASE, parse, settings, spell, use_case_of
from tests import worlds

TINY = worlds.tiny()
PRESET = worlds.tiny(default_use_case="race", slug="preset")
LARGE = Document.model_validate(worlds.large_tree(6, 24, claims_per_cell=2))
WORLDS = {"tiny": TINY, "preset": PRESET, "full": worlds.full(), "large": LARGE}


def read(query, document=TINY):
    return parse(document, query)[0]


def notes(query, document=TINY):
    return [(note.kind, note.key, note.value) for note in parse(document, query)[1]]


def respelled(query, document=TINY):
    return spell(document, read(query, document))


def picked(document, selection):
    """Return what the picker of use cases says: nothing until one is chosen, where the editors
    start from one.
    """
    return selection.use or ("" if document.names.default_use else NO_USE_CASE)


def form_of(document, drawn, state=None, **more):
    """Return what the plain form sends: drawn under one selection, its controls then set to another
    state.
    """
    state = state or drawn
    under = use_case_of(document, drawn) or NO_USE_CASE
    shown = settings(document, state)
    must_haves = {must_have.id for must_have in shown.must_haves}
    names = document.names
    pairs = [("form", "1")]
    pairs += [("from", str(state.made_on))] if state.made_on else []
    pairs += [("tree", ",".join(":".join(pair) for pair in state.tree))] if state.tree else []
    pairs += [("under", under)]
    pairs += [("use", picked(document, state))] if names.use_cases else []
    pairs += [("must", slug) for slug in names.must_haves if slug in must_haves]
    pairs += [("trust", slug) for slug in names.sources if slug not in state.distrust]
    pairs += [("basis", "claims")] if state.basis else []
    pairs += [
        ("option", slug) for slug in names.options if slug in (state.options or names.compared)
    ]
    pairs += [("against", state.against or ""), ("by", state.by or ""), ("q", state.q)]
    pairs += [("show", state.show)] if state.show else []
    for slug in names.criteria:
        pairs += [("on", slug)] if slug not in state.off else []
        pairs += [(f"w-{slug}", str(shown.dormant.get(slug, shown.importances[slug])))]
    return urlencode(pairs + [(key, value) for key, value in more.items() if value is not None])
