"""A change in words: things by name instead of by slug, and each value as one text.

What editors and readers are told of a change is made of these. The sentences around them are the
pages' own.
"""

from typing import Any

from comparison.core.document.diff import KINDS, Change
from comparison.core.document.schema import Document

# A kind of thing that is part of another -> the kind of that other.
HOME_OF = {
    "cell": "criterion",
    "claim": "source",
    "advice": "source",
    "verdict": "source",
    "figure": "run",
    "answer": "question",
}
NAMED_IN = ("name", "title", "text", "question", "topic")  # the first that is there is the name


class Called:
    """What the things of two documents are called: as in the newer one, else as in the older."""

    def __init__(self, before: Document | None, after: Document) -> None:
        self.names: dict[tuple[str, str], str] = {}
        for document in (before, after) if before else (after,):
            for field, kind in KINDS.items():
                for thing in getattr(document, field):
                    if not isinstance(thing, str):
                        words = (getattr(thing, name, None) for name in NAMED_IN)
                        name = next((word for word in words if word), thing.slug)
                        self.names[kind, thing.slug] = name

    def home(self, change: Change) -> str:
        """Return the name of the criterion, source or run that a change belongs to; empty where it
        belongs to none.
        """
        if not change.path or change.kind == "derived-figure":
            return ""
        kind = HOME_OF.get(change.kind, change.kind)
        return self.names.get((kind, change.path[0]), change.path[0])

    def of(self, change: Change) -> str:
        """Return the name of the thing that changed, without the name of its home."""
        if not change.path:
            return ""
        slug = change.path[-1]
        kind = "option" if change.kind == "cell" else change.kind
        return self.names.get((kind, slug), slug)


def as_text(value: Any) -> str:
    """Return a plain value as one text: a list's items after one another, a value object by what it
    says.
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(as_text(item) for item in value)
        case dict():
            return ", ".join(as_text(item) for item in value.values())
        case _:
            return str(value)
