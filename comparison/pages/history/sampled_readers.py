"""Readers that there might be: the same ones each time, so that two releases can be held against
each other.

Each takes one of the use cases, or, one in six, none; sets one to four importances to a whole
number from 0 to 5; and, one in six, asks for one must-have. All choices are equally likely. None of
them leaves out a source or an option: for each such choice all evidence would be weighed anew.
"""

from random import Random

from comparison.core.document.schema import Document
from comparison.core.selection import NO_USE_CASE, Selection, canonical, spell

SEED = 20_261_201  # any number does, as long as it stays the same
MOST = 200
ONE_IN = 6  # readers who choose no use case; and who ask for a must-have


def sampled_queries(document: Document) -> tuple[str, ...]:
    """Return the canonical queries of the readers, in the names of this document."""
    random = Random(SEED)  # noqa: S311 - a sample, no secret
    return tuple(spell(document, _selection(document, random)) for _ in range(MOST))


def _selection(document: Document, random: Random) -> Selection:
    names = document.names
    uses, criteria, musts = list(names.use_cases), list(names.criteria), list(names.must_haves)
    takes_one = bool(uses) and random.randrange(ONE_IN) > 0
    use = random.choice(uses) if takes_one else NO_USE_CASE
    chosen = random.sample(criteria, min(random.randint(1, 4), len(criteria)))
    importances = {slug: random.randint(0, 5) for slug in chosen}
    asks = bool(musts) and random.randrange(ONE_IN) == 0
    must = frozenset([random.choice(musts)] if asks else [])
    return canonical(document, Selection(use=use, importances=importances, must=must))
