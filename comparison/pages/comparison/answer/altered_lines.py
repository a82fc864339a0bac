"""Single things that a view leaves out or changes, each with the selection that it would be without
it: what "undo" leads to.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from comparison.core.alterations import alterations
from comparison.core.selection import CLAIMS, Selection, canonical, spell
from comparison.pages.view import View


class AlteredLine(NamedTuple):
    """One thing that a view leaves out or changes."""

    kind: str  # options, arrangements, sources, scores, off, importances, added, set-aside
    name: str  # of the option, source, criterion or must-have; empty for the editors' own scores
    usual: str  # the importance that the use case or the comparison gives; empty for other kinds
    now: str  # the importance that the reader gives; empty for other kinds
    query: str  # the selection without it
    control: str  # what in the form undoes it when it is pressed: its name and value


# each has a link as long as the selection itself; all others are marked in their rows
MOST_LINES = 12


def altered_lines_of(view: View) -> tuple[AlteredLine, ...]:
    """Return the first things that a view leaves out or changes, in the order in which all are
    told.
    """
    return tuple(islice(_altered_lines(view), MOST_LINES))


def _altered_lines(view: View) -> Iterator[AlteredLine]:
    document = view.scored.document
    altered = alterations(document, view.selection)

    def line(
        kind: str, slug: str = "", name: str = "", usual: str = "", now: str = ""
    ) -> AlteredLine:
        without = canonical(document, _without(view.selection, kind, slug))
        control = f"{_control_of(kind, slug)}={usual or slug or CLAIMS}"
        return AlteredLine(kind, name, usual, now, spell(document, without), control)

    for kind, things in altered.parts:
        if kind == "scores":
            yield line(kind)
        elif kind == "importances":
            for move in altered.importances:
                yield line(kind, move.slug, move.name, str(move.usual), str(move.now))
        else:
            for thing in things:
                yield line(kind, thing.slug, thing.name)


def preset_of(view: View) -> str:
    """Return the query of a view's use case, as its editors publish it."""
    return spell(view.scored.document, Selection(use=view.selection.use))


def _control_of(kind: str, slug: str) -> str:
    """Return the name of the control that sets one thing."""
    match kind:
        case "options" | "arrangements":
            return "option"
        case "sources":
            return "trust"
        case "scores":
            return "basis"
        case "off":
            return "on"
        case "importances":
            return f"w-{slug}"
    return "must"


def _without(selection: Selection, kind: str, slug: str) -> Selection:
    """Return a selection less one thing that it leaves out or changes."""
    one = frozenset({slug})
    match kind:
        case "options":
            return replace(selection, options=selection.options | one)
        case "arrangements":
            return replace(selection, options=selection.options - one)
        case "sources":
            return replace(selection, distrust=selection.distrust - one)
        case "scores":
            return replace(selection, basis=None)
        case "off":
            return replace(selection, off=selection.off - one)
        case "importances":
            kept = {s: value for s, value in selection.importances.items() if s != slug}
            return replace(selection, importances=kept)
        case "added":
            return replace(selection, must=selection.must - one)
    return replace(selection, waive=selection.waive - one)
