"""A reader's choice as a value, and the words that it may hold beside the document's names."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
