"""What each cell's score rests on: the editor's value or the claims, who supports it, who
disagrees, how far it may be off.

The first basis that exists: (1) the editor's value; (2) the mean of what the trusted sources'
claims imply, one vote per origin; (3) unknown. Readers may leave sources out and may ask for claims
only. Disagreement is counted, never averaged away, and only what implies a score speaks for one or
against it. Nothing here words a finding or ranks an option.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from comparison.core.document.schema import (
    Cell,
    Claim,
    Criterion,
    Document,
    Finding,
    Kind,
    Modality,
    Source,
)
from comparison.core.scale import Reach, reach_of

NEAR = 2.0  # points; an origin that implies a score no further off says about the same
FAR_APART = 3.0  # points; two readings this far apart do not describe the same thing
SPREAD_FIRM, SPREAD_USUAL, SPREAD_WIDE = 0.5, 1.0, 2.0
AGAINST = frozenset({Finding.WRONG, Finding.MISLEADING})  # what is found so backs no score

# what a cell rests on
BY_SOURCES, BY_CHECK, BY_EDITORS, BY_NOBODY = "sources", "check", "editors", "nothing"
SUPPORTS, DISAGREES, MENTIONS, SILENT = "supports", "disagrees", "mentions", "silent"
# of a cell as a whole; or SILENT
AGREED, SPLIT, SINGLE, MENTIONED = "agreed", "split", "single", "mentioned"
FIGURES_DIFFER, SOURCES_DISAGREE, CONTRADICTS_DOCUMENTATION = (
    "figures-differ",
    "sources-disagree",
    "contradicts-documentation",
)


@dataclass(frozen=True, slots=True)
class CellEvidence:
    """What stands behind one cell."""

    score: float | None  # 0..10 points, or unknown
    reach: Reach | None  # between which points it lies; None where nothing is known of it
    basis: str | None  # "editor", "claims", or None where neither a score nor a reach is known
    rests_on: tuple[str, ...]  # sources, check or both; else editors or nothing
    spread: float  # how far the score may be off, in points
    # one per source, in the document's order: supports, disagrees, mentions, silent
    stances: tuple[str, ...]
    # of trusted sources first to last, as the document has them
    claims: tuple[tuple[Source, Claim], ...]
    dispute: str | None  # the kind of disagreement, or None
    agreement: str  # agreed, split, single, mentioned or silent
    support: int  # origins whose claims support the score; copies of one origin count once
    against: int  # origins whose claims speak against it
    mentions: int  # origins that speak of it, neither for the score nor against it

    @property
    def origins(self) -> int:
        """How many origins speak of the cell."""
        return self.support + self.against + self.mentions

    @property
    def bounds(self) -> Reach | None:
        """Between which points an unknown score lies, where a range or a bound says so."""
        return self.reach if self.score is None else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence of every cell, by (criterion, option), and what the engine needs of it."""

    cells: Mapping[tuple[str, str], CellEvidence]
    # of the criteria that can count: option -> criterion -> points
    scores: Mapping[str, Mapping[str, float | None]]
    spreads: Mapping[str, Mapping[str, float]]
    bounds: Mapping[str, Mapping[str, Reach | None]]  # of unknown scores
    disputes: Mapping[str, str]  # criterion -> kind of its first dispute


def weigh(
    document: Document, distrust: Collection[str] = (), *, claims_only: bool = False
) -> Evidence:
    """Return the evidence of every cell, with some sources left out, or with the editors' values
    left out.

    A distrusted source is silent. Who counts no source at all is left without evidence: every score
    is unknown then, the editors' too, because they weigh these sources.
    """
    claims_only = claims_only or (
        bool(document.sources) and all(source.slug in distrust for source in document.sources)
    )
    claims_of: dict[tuple[str, str], list[tuple[Source, Claim]]] = defaultdict(list)
    for source in document.sources:
        if source.slug not in distrust:
            for claim in source.claims:
                if claim.criterion and claim.option:
                    claims_of[claim.criterion, claim.option].append((source, claim))
    cells = {
        (criterion.slug, option.slug): _weigh_cell(
            document,
            criterion,
            criterion.cells.get(option.slug),
            claims_of[criterion.slug, option.slug],
            claims_only,
        )
        for criterion in document.criteria
        for option in document.options
    }
    options = [o.slug for o in document.options]
    criteria = document.names.criteria
    disputes: dict[str, str] = {}
    for (criterion_slug, _), cell in cells.items():
        if cell.dispute and criterion_slug not in document.names.texts:
            disputes.setdefault(criterion_slug, cell.dispute)
    return Evidence(
        cells=cells,
        scores={
            option: {criterion: cells[criterion, option].score for criterion in criteria}
            for option in options
        },
        spreads={
            option: {criterion: cells[criterion, option].spread for criterion in criteria}
            for option in options
        },
        bounds={
            option: {criterion: cells[criterion, option].bounds for criterion in criteria}
            for option in options
        },
        disputes=disputes,
    )


def _weigh_cell(
    document: Document,
    criterion: Criterion,
    cell: Cell | None,
    claims_made: list[tuple[Source, Claim]],
    claims_only: bool,
) -> CellEvidence:
    votes = _votes(criterion, claims_made)
    exact = [vote.low for vote in votes if vote.low == vote.high]
    edited = None if cell is None or claims_only else reach_of(criterion, cell)
    mean = _mean(votes) if cell is None or cell.applies else None
    claimed = mean and Reach(round(mean.low, 1), round(mean.high, 1))
    # An editor's bound leaves room for what the claims imply, as far as that keeps within it.
    by_claims = claimed is not None and (edited is None or _refines(claimed, edited))
    reach = claimed if by_claims else edited
    score = reach.low if reach and reach.low == reach.high else None
    # The editors' score against every source is as far from settled as sources against each other.
    opposed = score is not None and any(abs(vote - score) >= FAR_APART for vote in exact)
    split = opposed or (
        bool(votes)
        and max(vote.low for vote in votes) - min(vote.high for vote in votes) >= FAR_APART
    )
    by_source: dict[str, list[Claim]] = defaultdict(list)
    for source, claim in claims_made:
        by_source[source.slug].append(claim)
    stance_by_source = {
        slug: stance_of(criterion, claims, reach) for slug, claims in by_source.items()
    }
    stances = tuple(stance_by_source.get(source.slug, SILENT) for source in document.sources)
    by_origin = _by_origin(claims_made)
    counted = Counter(
        # nearly always each source is an origin of its own, and nothing has to be asked twice
        stance_by_source.values()
        if by_origin.keys() == by_source.keys()
        else (stance_of(criterion, claims, reach) for claims in by_origin.values())
    )
    return CellEvidence(
        score=score,
        reach=reach,
        basis=None if reach is None else "claims" if by_claims else "editor",
        rests_on=rests_on(
            None if claims_only else cell,
            has_sources=(by_claims or counted[SUPPORTS] > 0) if reach else bool(claims_made),
            has_value=reach is not None,
        ),
        spread=_spread(reach is not None and not by_claims, cell, exact, split),
        stances=stances,
        claims=tuple(claims_made),
        dispute=_dispute(criterion, claims_made, split or DISAGREES in stances),
        agreement=_agreement(counted),
        support=counted[SUPPORTS],
        against=counted[DISAGREES],
        mentions=counted[MENTIONS],
    )


def rests_on(cell: Cell | None, *, has_sources: bool, has_value: bool) -> tuple[str, ...]:
    """Return what a cell rests on: sources that are counted, our check in the documentation, or
    both; else who says it at all.

    cell: as the editors have it; None where there is none, or where the reader leaves the editors'
    own out. has_sources: some imply its score, or speak of what has none; to mention a score, or to
    speak against it, is not to state it. has_value: it has a score or bounds of one. Without a
    source and a check that is the editors' own estimate, as is that the question does not apply;
    words without a value rest on nothing.
    """
    if cell and not cell.applies:
        has_sources = False
    grounds = ((BY_SOURCES,) if has_sources else ()) + (
        (BY_CHECK,) if cell and cell.checked else ()
    )
    return grounds or ((BY_EDITORS,) if cell and (has_value or not cell.applies) else (BY_NOBODY,))


def _by_origin(claims_made: list[tuple[Source, Claim]]) -> dict[str, list[Claim]]:
    by_origin: dict[str, list[Claim]] = defaultdict(list)
    for source, claim in claims_made:
        by_origin[source.origin or source.slug].append(claim)
    return by_origin


def _agreement(counted: Mapping[str, int]) -> str:
    scored = counted[SUPPORTS] + counted[DISAGREES]
    if scored >= 2:
        return SPLIT if counted[DISAGREES] else AGREED
    return SINGLE if scored else MENTIONED if counted[MENTIONS] else SILENT


def _votes(criterion: Criterion, claims_made: list[tuple[Source, Claim]]) -> list[Reach]:
    """Return what each origin implies: the mean of its sources' claims."""
    means = (_mean(implied_by(criterion, claims)) for claims in _by_origin(claims_made).values())
    return [mean for mean in means if mean is not None]


def implied_by(criterion: Criterion, claims: Iterable[Claim]) -> list[Reach]:
    """Return between which scores claims imply one lies. What is said twice in one place counts
    once, what implies none not.
    """
    stated = (
        (claim.place, reach)
        for claim in claims
        if (reach := reach_of(criterion, claim)) is not None
    )
    return [reach for _, reach in dict.fromkeys(stated)]


def near_origins(criterion: Criterion, cell: CellEvidence) -> int:
    """Return how many origins imply a score at most NEAR points from the cell's."""
    votes = _votes(criterion, list(cell.claims)) if cell.score is not None else []
    return sum(
        vote.low == vote.high and abs(vote.low - (cell.score or 0)) <= NEAR for vote in votes
    )


def _mean(reaches: Sequence[Reach]) -> Reach | None:
    """Return the mean of all that are a score, or, where none is, the mean of their lowest and of
    their highest points.

    So a bound never makes a known score unknown.
    """
    if len(reaches) == 1:  # nearly always
        (only,) = reaches
        return Reach(only.low + 0.0, only.high + 0.0)
    counted = [reach for reach in reaches if reach.low == reach.high] or reaches
    if not counted:
        return None
    return Reach(*(fsum(ends) / len(counted) for ends in zip(*counted, strict=True)))


def _refines(claimed: Reach, edited: Reach) -> bool:
    """Say whether what the claims imply keeps within an editor's bounds and narrows them."""
    return edited.low <= claimed.low and claimed.high <= edited.high and claimed != edited


def stance_of(criterion: Criterion, claims: Sequence[Claim], shown: Reach | None) -> str:
    """Return how what one source or origin claims of a cell stands to its score or bounds.

    It disagrees where what it implies lies, on the whole, FAR_APART or more from them, and supports
    them where it lies nearer. What an editor found wrong or misleading supports nothing. Whoever
    implies no score only mentions the matter.
    """
    if not claims:
        return SILENT
    implied = _mean(implied_by(criterion, claims))
    if implied is None or shown is None:
        return MENTIONS
    if max(implied.low - shown.high, shown.low - implied.high) >= FAR_APART:
        return DISAGREES
    sound = [claim for claim in claims if claim.finding not in AGAINST]
    is_sound = len(sound) == len(claims) or bool(implied_by(criterion, sound))
    return SUPPORTS if is_sound else MENTIONS


def contradicts_itself(criterion: Criterion, claims: Iterable[Claim]) -> bool:
    """Say whether claims of one source on one cell cannot all hold: they imply scores FAR_APART or
    more apart.

    Only what is said to one audience, of one thing, can contradict itself; what is merely called
    possible rules nothing out.
    """
    alike: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.modality is not Modality.POSSIBLE:
            alike[(claim.audience or "").casefold(), claim.component or ""].append(claim)
    implied = (implied_by(criterion, those) for those in alike.values())
    return any(
        max(r.low for r in reaches) - min(r.high for r in reaches) >= FAR_APART
        for reaches in implied
        if reaches
    )


def _spread(edited: bool, cell: Cell | None, votes: list[float], split: bool) -> float:
    if edited and cell and cell.checked:
        return SPREAD_FIRM
    if split:
        return SPREAD_WIDE
    if len(votes) >= 2:
        return SPREAD_FIRM
    return SPREAD_USUAL if votes else SPREAD_WIDE


def _dispute(
    criterion: Criterion, claims_made: list[tuple[Source, Claim]], disputed: bool
) -> str | None:
    if any(claim.finding in AGAINST for _, claim in claims_made):
        return CONTRADICTS_DOCUMENTATION
    if not disputed:
        return None
    return FIGURES_DIFFER if criterion.kind is Kind.QUANTITY else SOURCES_DISAGREE
