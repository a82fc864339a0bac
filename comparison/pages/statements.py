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

    number: int  # as references show it, from 1
    slug: str  # as addresses name it
    title: str  # of what was published
    publisher: str  # who published it
    published: str  # the date as it was read, or "undated"
    interest: str  # what the publisher sells, or has from it
    note: str  # on the source as a whole; empty without one
    address: str  # where to read it; empty where it is not on the web
    trusted: bool  # the reader counts it
    claims: int  # how many it makes


@dataclass(frozen=True, slots=True)
class FindingLine:
    """What an editor found about a statement."""

    kind: str  # not-checked, supported, outdated, misleading, wrong, opinion, unverifiable
    reason: str  # why; empty where nothing is to be said
    title: str  # of the primary documentation; empty without one
    address: str  # of that documentation; empty without one
    version: str  # that it is about; empty where none is named
    read_on: date | None  # the day somebody read it; None where nobody has


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim as the evidence lists it."""

    slug: str  # the place on the page
    statement: str  # what is said
    disagrees: bool  # it lies far from the score that is shown
    score: str  # points that it implies, or between which; empty where it implies none
    place: str  # in the source
    audience: str  # whom it is said to; empty where to everybody
    modality: str  # how firmly it is said: "states" and weaker
    finding: FindingLine  # what an editor found of it


def finding_line(judged: Judged) -> FindingLine:
    """Return an editor's finding as it is shown."""
    reference = judged.reference
    return FindingLine(
        kind=judged.finding.value if judged.finding is not Finding.NOT_CHECKED else "",
        reason=judged.reason or "",
        title=reference.title if reference else "",
        address=(reference.address or "") if reference else "",
        version=(reference.version or "") if reference else "",
        read_on=reference.read_on if reference else None,
    )


def claim_line(criterion: Criterion | None, claim: Claim, shown: Reach | None) -> ClaimLine:
    """Return a claim as it is listed. shown: the cell's points, which the claim may speak against;
    None: unknown.
    """
    reach = reach_of(criterion, claim) if criterion else None
    return ClaimLine(
        slug=claim.slug,
        statement=claim.statement,
        disagrees=criterion is not None and stance_of(criterion, [claim], shown) == DISAGREES,
        score=(number(reach.low) if reach.low == reach.high else span(reach)) if reach else "",
        place=claim.place,
        audience=claim.audience or "",
        modality=claim.modality.value,
        finding=finding_line(claim),
    )
