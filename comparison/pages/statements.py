"""One statement of a source as pages list it: who says it, where, and what the editors found about
it.
"""

from dataclasses import dataclass
from datetime import date

from comparison.core.document.schema import Claim, Criterion, Finding, Judged
from comparison.core.evidence import DISAGREES, stance_of
from comparison.core.rounding import number, span
from comparison.core.scale import Reach, reach_of


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as it is listed, with the number that references show."""

    number: int
    slug: str
    title: str
    publisher: str
    published: str
    interest: str
    note: str
    address: str
    trusted: bool
    claims: int


@dataclass(frozen=True, slots=True)
class Found:
    """What an editor found about a statement."""

    kind: str  # not-checked, supported, outdated, misleading, wrong, opinion, unverifiable
    reason: str
    title: str  # of the primary documentation; empty without one
    address: str
    version: str
    read_on: date | None


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim as the evidence lists it."""

    source: SourceLine
    slug: str
    statement: str
    disagrees: bool
    score: str
    place: str
    audience: str
    modality: str
    found: Found


def found_of(judged: Judged) -> Found:
    """Return an editor's finding as it is shown."""
    reference = judged.reference
    return Found(
        kind=judged.finding.value if judged.finding is not Finding.NOT_CHECKED else "",
        reason=judged.reason or "",
        title=reference.title if reference else "",
        address=(reference.address or "") if reference else "",
        version=(reference.version or "") if reference else "",
        read_on=reference.read_on if reference else None,
    )


def claim_line(
    source: SourceLine, criterion: Criterion | None, claim: Claim, shown: Reach | None
) -> ClaimLine:
    """Return a claim as it is listed. shown: the cell's points, which the claim may speak against;
    None: unknown.
    """
    reach = reach_of(criterion, claim) if criterion else None
    return ClaimLine(
        source=source,
        slug=claim.slug,
        statement=claim.statement,
        disagrees=criterion is not None and stance_of(criterion, [claim], shown) == DISAGREES,
        score=(number(reach.low) if reach.low == reach.high else span(reach)) if reach else "",
        place=claim.place,
        audience=claim.audience or "",
        modality=claim.modality.value,
        found=found_of(claim),
    )
