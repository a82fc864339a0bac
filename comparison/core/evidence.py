"""What each cell's score rests on: the editor's value or the claims, who supports it, who disagrees, how far it may be off.

The first basis that exists: (1) the editor's value; (2) the mean of what the trusted sources' claims imply, one vote per
origin; (3) unknown. Readers may leave sources out and may ask for claims only. Disagreement is counted, never averaged
away. Nothing here words a finding or ranks an option.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from comparison.core.document import Cell, Claim, Criterion, Document, Finding, Kind, Quantity, QuantityForm, Source, Support

POINTS_OF_SUPPORT = {Support.YES: 10.0, Support.PARTLY: 5.0, Support.NO: 0.0}
FAR_APART = 3.0  # points; two readings this far apart do not describe the same thing
SPREAD_FIRM, SPREAD_USUAL, SPREAD_WIDE = 0.5, 1.0, 2.0
AGAINST = frozenset({Finding.WRONG, Finding.MISLEADING})

SUPPORTS, DISAGREES, SILENT = "supports", "disagrees", "silent"
AGREED, SPLIT, SINGLE = "agreed", "split", "single"  # of a cell as a whole; or SILENT
FIGURES_DIFFER, SOURCES_DISAGREE, CONTRADICTS_DOCUMENTATION = "figures-differ", "sources-disagree", "contradicts-documentation"


@dataclass(frozen=True, slots=True)
class CellEvidence:
    """What stands behind one cell."""

    score: float | None  # 0..10 points, or unknown
    basis: str | None  # "editor", "claims", or None where unknown
    spread: float  # how far the score may be off, in points
    stances: tuple[str, ...]  # one per source, in the document's order: supports, disagrees, silent
    claims: tuple[tuple[Source, Claim], ...]  # of trusted sources first to last, as the document has them
    dispute: str | None  # the kind of disagreement, or None
    agreement: str  # agreed, split, single or silent
    support: int  # origins whose claims support the score
    against: int  # origins whose claims speak against it; copies of one origin count once


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence of every cell, by (criterion, option), and what the engine needs of it."""

    cells: Mapping[tuple[str, str], CellEvidence]
    scores: Mapping[str, Mapping[str, float | None]]  # option -> criterion -> points
    spreads: Mapping[str, Mapping[str, float]]
    disputes: Mapping[str, str]  # criterion -> kind of its first dispute


def weigh(document: Document, distrust: Collection[str] = (), *, claims_only: bool = False) -> Evidence:
    """Return the evidence of every cell, with some sources left out, or with the editors' values left out.

    A distrusted source is silent. Who counts no source at all is left without evidence: every score is unknown then, the
    editors' too, because they weigh these sources.
    """
    claims_only = claims_only or (bool(document.sources) and all(source.slug in distrust for source in document.sources))
    said: dict[tuple[str, str], list[tuple[Source, Claim]]] = defaultdict(list)
    for source in document.sources:
        if source.slug not in distrust:
            for claim in source.claims:
                if claim.criterion and claim.option:
                    said[claim.criterion, claim.option].append((source, claim))
    cells = {
        (criterion.slug, option.slug): _weigh_cell(
            document, criterion, criterion.cells.get(option.slug), said[criterion.slug, option.slug], claims_only
        )
        for criterion in document.criteria
        for option in document.options
    }
    options, criteria = [o.slug for o in document.options], [c.slug for c in document.criteria]
    disputes: dict[str, str] = {}
    for (criterion_slug, _), cell in cells.items():
        if cell.dispute:
            disputes.setdefault(criterion_slug, cell.dispute)
    return Evidence(
        cells=cells,
        scores={option: {criterion: cells[criterion, option].score for criterion in criteria} for option in options},
        spreads={option: {criterion: cells[criterion, option].spread for criterion in criteria} for option in options},
        disputes=disputes,
    )


def points_of(criterion: Criterion, holder: Cell | Claim) -> float | None:
    """Return the score that a cell's or claim's value means on the criterion, 0..10 points, or None where it has none.

    A rating is its own score; yes, partly and no are 10, 5 and 0; a quantity runs straight between the two anchors and
    stays at the nearer end outside them. A range or a bound has no score: averaging its ends would invent one. Nor has a
    number in another unit than the criterion's: it is never converted.
    """
    match criterion.kind:
        case Kind.RATING:
            return holder.score
        case Kind.SUPPORT:
            return POINTS_OF_SUPPORT[holder.support] if holder.support else None
        case Kind.QUANTITY:
            return _between_anchors(criterion, holder.quantity) if holder.quantity else None


def _between_anchors(criterion: Criterion, quantity: Quantity) -> float | None:
    low, high = criterion.anchor_low, criterion.anchor_high
    if quantity.form is not QuantityForm.POINT or quantity.low is None or low is None or high is None:
        return None
    if quantity.unit != criterion.unit:
        return None
    return round(min(10.0, max(0.0, 10 * (quantity.low - low) / (high - low))), 1)


def _weigh_cell(
    document: Document, criterion: Criterion, cell: Cell | None, said: list[tuple[Source, Claim]], claims_only: bool
) -> CellEvidence:
    votes = _votes(criterion, said)
    edited = None if cell is None or claims_only else points_of(criterion, cell)
    claimed = round(fsum(votes) / len(votes), 1) if votes and (cell is None or cell.applies) else None
    score = claimed if edited is None else edited
    split = bool(votes) and max(votes) - min(votes) >= FAR_APART
    stances = tuple(
        _stance(criterion, score, [claim for s, claim in said if s.slug == source.slug]) for source in document.sources
    )
    against = sum(disagrees(criterion, claims, score) for claims in _by_origin(said).values())
    support = len(_by_origin(said)) - against
    return CellEvidence(
        score=score,
        basis=None if score is None else "claims" if edited is None else "editor",
        spread=_spread(edited is not None, cell, votes, split),
        stances=stances,
        claims=tuple(said),
        dispute=_dispute(criterion, said, split or DISAGREES in stances),
        agreement=_agreement(support, against),
        support=support,
        against=against,
    )


def _by_origin(said: list[tuple[Source, Claim]]) -> dict[str, list[Claim]]:
    by_origin: dict[str, list[Claim]] = defaultdict(list)
    for source, claim in said:
        by_origin[source.origin or source.slug].append(claim)
    return by_origin


def _agreement(support: int, against: int) -> str:
    if support + against < 2:
        return SINGLE if support + against else SILENT
    return SPLIT if against else AGREED


def _votes(criterion: Criterion, said: list[tuple[Source, Claim]]) -> list[float]:
    """Return one score per origin: the mean of what its sources' claims imply."""
    means = ([p for claim in claims if (p := points_of(criterion, claim)) is not None] for claims in _by_origin(said).values())
    return [fsum(points) / len(points) for points in means if points]


def disagrees(criterion: Criterion, claims: Sequence[Claim], score: float | None) -> bool:
    """Say whether what one source claims speaks against a cell's score: on the whole far from it, or wrong or misleading."""
    implied = [points for claim in claims if (points := points_of(criterion, claim)) is not None]
    far = bool(implied) and score is not None and abs(fsum(implied) / len(implied) - score) >= FAR_APART
    return far or any(claim.finding in AGAINST for claim in claims)


def _stance(criterion: Criterion, score: float | None, claims: list[Claim]) -> str:
    if not claims:
        return SILENT
    return DISAGREES if disagrees(criterion, claims, score) else SUPPORTS


def _spread(edited: bool, cell: Cell | None, votes: list[float], split: bool) -> float:
    if edited and cell and cell.checked:
        return SPREAD_FIRM
    if split:
        return SPREAD_WIDE
    if len(votes) >= 2:
        return SPREAD_FIRM
    return SPREAD_USUAL if votes else SPREAD_WIDE


def _dispute(criterion: Criterion, said: list[tuple[Source, Claim]], disputed: bool) -> str | None:
    if not disputed:
        return None
    if any(claim.finding in AGAINST for _, claim in said):
        return CONTRADICTS_DOCUMENTATION
    return FIGURES_DIFFER if criterion.kind is Kind.QUANTITY else SOURCES_DISAGREE
