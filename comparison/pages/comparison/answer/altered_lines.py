"""Single things that a view leaves out or changes, each with the selection that it would be without
it: what "undo" leads to. Sources are left out together: they are one line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from comparison.core.alterations import Named
from comparison.core.document.schema import Document
from comparison.core.selection import CLAIMS, Selection, canonical, joined, spell, words_of
from comparison.pages.statements import SourceLine
from comparison.pages.view import View
from comparison.rendering.jinja import listed


class AlteredLine(NamedTuple):
    """One thing that a view leaves out or changes, or all sources that it leaves out."""

    # only, options, arrangements, sources, scores, alone, off, importances, added, set-aside
    kind: str
    # of the option, criterion or must-have; of the few options that are compared all, in words;
    # empty for other kinds
    name: str
    usual: str  # the importance that the use case or the comparison gives; empty for other kinds
    now: str  # the importance that the reader gives; empty for other kinds
    query: str  # the selection without it
    # what in the form undoes it when it is pressed: its name and value; empty where no single one
    # does
    control: str
    sources: tuple[SourceLine, ...] = ()  # those that are left out; empty for other kinds

    @property
    def things(self) -> int:
        """How many things it tells of."""
        return len(self.sources) or 1


# under which key of the query a single thing stands, as one word
KEYS = {
    "scores": "basis",
    "off": "off",
    "importances": "w",
    "added": "must",
    "set-aside": "waive",
}
# what is marked in rows of its own, too
IN_ROWS = ("off", "importances")
# of those: each line has a link as long as the selection itself
MOST_IN_ROWS = 12
MOST_NAMED = 3  # options of a few


def altered_lines_of(view: View) -> tuple[AlteredLine, ...]:
    """Return the things that a view leaves out or changes, in the order in which all are told; of
    what is marked in its row, too, the first ones.
    """
    lines = tuple(_altered_lines(view))
    in_rows = [line for line in lines if line.kind in IN_ROWS]
    return tuple([line for line in lines if line not in in_rows[MOST_IN_ROWS:]])


def _altered_lines(view: View) -> Iterator[AlteredLine]:
    document = view.scored.document
    altered, words = view.altered, words_of(document, view.selection)

    def line(
        kind: str, slug: str = "", name: str = "", usual: str = "", now: str = ""
    ) -> AlteredLine:
        control = f"{_control_of(kind, slug)}={usual or slug or CLAIMS}"
        if kind == "only":
            shown = view.selection.options.union(document.names.compared)
            query, control = _spelled(document, replace(view.selection, options=shown)), ""
        elif kind == "alone":
            query, control = joined(words | {"off": []}), ""
        elif key := KEYS.get(kind):
            word = f"{slug}:{now}" if now else slug or CLAIMS
            query = joined(words | {key: [other for other in words[key] if other != word]})
        else:
            query = _spelled(document, _with_or_without(view.selection, slug))
        return AlteredLine(kind, name, usual, now, query, control)

    for kind, things in altered.parts:
        if kind == "scores":
            yield line(kind)
        elif kind == "options" and altered.only:
            yield line("only", name=_names(altered.only))
        elif kind == "sources":
            query = joined(words | {"distrust": []})
            left_out = tuple(source for source in view.scored.sources if not source.trusted)
            yield AlteredLine(kind, "", "", "", query, "", left_out)
        elif kind == "importances":
            for move in altered.importances:
                yield line(kind, move.slug, move.name, str(move.usual), str(move.now))
        else:
            for thing in things:
                yield line(kind, thing.slug, thing.name)


def _names(options: Sequence[Named]) -> str:
    names = [option.name for option in options]
    rest = len(names) - MOST_NAMED
    return listed(names if rest < 2 else [*names[:MOST_NAMED], f"{rest} more"])


def _spelled(document: Document, selection: Selection) -> str:
    return spell(document, canonical(document, selection))


def preset_of(view: View) -> str:
    """Return the query of a view's use case, as its editors publish it."""
    return spell(view.scored.document, Selection(use=view.selection.use))


def _control_of(kind: str, slug: str) -> str:
    """Return the name of the control that sets one thing."""
    match kind:
        case "options" | "arrangements":
            return "option"
        case "scores":
            return "basis"
        case "off":
            return "on"
        case "importances":
            return f"w-{slug}"
    return "must"


def _with_or_without(selection: Selection, option: str) -> Selection:
    """Return a selection with an option that it leaves out, or without one that it adds."""
    return replace(selection, options=selection.options ^ {option})
