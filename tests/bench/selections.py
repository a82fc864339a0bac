"""Selections as readers ask for them, as queries."""

import random
from collections.abc import Iterator

from comparison.core.selection import Selection, canonical, spell
from comparison.publishing import releases


def of_readers(slug: str, changes: int) -> Iterator[str]:
    """Yield the queries of one reader after another: a use case, then some changes, one request for
    each.
    """
    release = releases.current(slug)
    assert release
    document, chance = release.document, random.Random(3)
    names = document.names
    while True:
        use = chance.choice([None, *names.use_cases])
        off: set[str] = set()
        importances: dict[str, int] = {}
        must: set[str] = set()
        for _ in range(changes):
            criterion = chance.choice(names.criteria)
            match chance.choice(("switch", "switch", "importance", "importance", "must")):
                case "switch":
                    off ^= {criterion}
                case "importance":
                    importances[criterion] = chance.randrange(6)
                case "must" if names.must_haves:
                    must ^= {chance.choice(list(names.must_haves))}
            selection = Selection(
                use=use, off=frozenset(off), importances=dict(importances), must=frozenset(must)
            )
            yield spell(document, canonical(document, selection))


def never_twice(slug: str, seed: int = 3) -> Iterator[str]:
    """Yield queries of ever new selections: a fifth of the criteria off, a fifth with another
    importance.
    """
    release = releases.current(slug)
    assert release
    criteria, chance = list(release.document.names.criteria), random.Random(seed)
    while True:
        off = [c for c in criteria if chance.random() < 0.2]
        importances = [f"{c}:{chance.randrange(6)}" for c in criteria if chance.random() < 0.2]
        yield f"off={','.join(off)}&w={','.join(importances)}"
