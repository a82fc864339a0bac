"""The evidence of a release under one choice of sources, weighed once: it is the same whatever
options are shown, and all choices of options share it. Kept in memory as long as its release is.
"""

from comparison.core.document.schema import Document
from comparison.core.evidence import Evidence, weigh
from comparison.publishing import releases
from comparison.publishing.garbage_collection import made_to_stay
from comparison.publishing.releases import Published

OF_A_CELL, OF_A_CLAIM = 600, 150  # bytes, roughly


def evidence_of(
    release: Published, distrust: frozenset[str] = frozenset(), *, claims_only: bool = False
) -> Evidence:
    """Return the evidence of every cell, from memory where it was asked for before."""
    memory, key = releases.memory.kept, (weigh, release.digest, distrust, claims_only)
    kept: Evidence | None = memory.get(key)
    if kept is None:
        made = made_to_stay(weigh, release.document, distrust, claims_only=claims_only)
        kept = memory.put(key, made, _size(release.document), owner=release.kept_as)
    return kept


def _size(document: Document) -> int:
    cells = len(document.criteria) * len(document.options)
    claims = sum(len(source.claims) for source in document.sources)
    return cells * OF_A_CELL + claims * OF_A_CLAIM
