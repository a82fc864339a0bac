"""What a reader chose, as a value, and its one spelling in an address.

    parse(document, "w=performance:5&off=orm&colour=red")
        -> Selection(off={"orm"}, importances={"performance": 5}), notes: "colour" is not a key
    spell(document, selection)
        -> "off=orm&w=performance:5"

Only what differs from the layer below stands in the query, in one fixed order: comparison default,
then use case, then reader. A form that needs no script sends one parameter per control instead
(`form=1&on=orm&w-orm=3&must=orm`); it parses to the same value. Nothing here fails on strange input
or sees a request: what cannot be used is dropped and noted.

`selection.py` is the value, what it is decided under and its query; `reading.py` the selection of a
query.
"""

from comparison.core.document.slugs import NO_USE_CASE
from comparison.core.query import KEYS
from comparison.core.selection.reading import NAMED_BY, Note, is_form, parse
from comparison.core.selection.selection import (
    ALL,
    CLAIMS,
    COUNTED,
    DIFFERENCES,
    DISPUTED,
    FEW_CRITERIA,
    MOST_TEXT,
    SHOWN,
    Selection,
    Settings,
    SpelledAt,
    canonical,
    is_short,
    joined,
    layer_below,
    settings,
    spell,
    use_case_of,
    words_of,
)

__all__ = [
    "ALL",
    "CLAIMS",
    "COUNTED",
    "DIFFERENCES",
    "DISPUTED",
    "FEW_CRITERIA",
    "KEYS",
    "MOST_TEXT",
    "NAMED_BY",
    "NO_USE_CASE",
    "SHOWN",
    "Note",
    "Selection",
    "Settings",
    "SpelledAt",
    "canonical",
    "is_form",
    "is_short",
    "joined",
    "layer_below",
    "parse",
    "settings",
    "spell",
    "use_case_of",
    "words_of",
]
