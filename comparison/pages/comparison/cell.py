"""Everything behind one cell: its score, what it rests on, every claim, the check."""

from dataclasses import dataclass
from datetime import date, timedelta

from comparison.core.document.schema import Criterion, Kind
from comparison.core.evidence import DISAGREES, SILENT, CellEvidence
from comparison.core.rounding import number, span
from comparison.core.scale import ends_in_words
from comparison.pages.comparison.head import Head, head_of
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import ScoredRelease
from comparison.pages.statements import ClaimLine, SourceLine, claim_line
from comparison.pages.view import View

# of a source's claims the one that it stands by best: what was found true goes before what was not
BY_FINDING = ("supported", "", "opinion", "unverifiable", "outdated", "misleading", "wrong")


@dataclass(frozen=True, slots=True)
class SourceClaims:
    """What one source says of a cell."""

    source: SourceLine  # who says it
    stance: str  # supports, disagrees, mentions
    strongest: ClaimLine  # the claim that stands for the others
    others: tuple[ClaimLine, ...]  # in the document's order


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything behind one cell."""

    criterion_slug: str  # with the option it names the cell
    criterion: str  # its name
    option: OptionName  # that the cell is of
    text: str  # what stands in the matrix
    is_text: bool  # it is words alone, of a criterion that is never scored
    score: str  # as shown; empty where unknown
    mark: int | None  # of the score in the matrix, 0 to 10; None where unknown
    span: str  # between which points an unknown score lies; empty where nothing says so
    counted: str  # what the score counts as; empty of words alone
    basis: str  # editor, claims or empty
    rests_on: tuple[str, ...]  # sources, check; or editors, or nothing
    applies: bool  # False where the criterion means nothing for the option
    note: str  # what the editors say of the cell; empty without one
    lacks_reason: bool  # the editors rate it without saying why
    scale_low: str  # what 0 points mean; empty where nobody has written it
    scale_high: str  # what 10 points mean; the same
    is_logarithmic: bool  # between them the score follows the logarithm
    by_source: tuple[SourceClaims, ...]  # one for each source that speaks of the cell
    agreement: str  # agreed, split, single, mentioned, silent
    support: int  # origins that support the score
    against: int  # origins that speak against it
    origins: int  # that speak of the cell at all
    copies: bool  # several sources of one origin are among them
    changed_on: date | None  # when the score was last changed; None where nobody recorded it
    due_on: date | None  # when the check is to be done again
    silent: tuple[SourceLine, ...]  # sources that say nothing of the cell
    left_out: tuple[SourceLine, ...]  # that speak of it and that the reader leaves out
    is_checked: bool  # in the documentation, also where the editors' own is left out
    checked_text: str  # what the documentation says; empty where nobody checked
    checked_title: str  # of the documentation
    checked_address: str  # of the documentation
    checked_version: str  # that the documentation is of; empty where none is named
    checked_on: date | None  # the day somebody read it; None where nobody has
    release: int  # number of the release that is shown
    published: date  # the day it came out


@dataclass(frozen=True, kw_only=True)
class CellPage(Head):
    """One cell, as a page of its own and as a panel beside the matrix."""

    evidence: Evidence  # all that is behind the cell
    sources: tuple[SourceLine, ...]  # of the whole comparison, for their numbers


def cell_page(view: View, criterion: str, option: str) -> CellPage | None:
    """Return everything behind one cell, or None where there is no such criterion or option."""
    evidence = evidence_of(view.scored, criterion, option)
    if evidence is None:
        return None
    return CellPage(**vars(head_of(view)), evidence=evidence, sources=view.scored.sources)


def evidence_of(scored: ScoredRelease, criterion_slug: str, option_slug: str) -> Evidence | None:
    """Return everything behind one cell, or None where there is no such criterion or option."""
    criterion, option = scored.criteria.get(criterion_slug), scored.described.get(option_slug)
    if criterion is None or option is None:
        return None
    behind = scored.evidence.cells[criterion_slug, option_slug]
    cell = criterion.cells.get(option_slug)
    check = cell.checked if cell else None
    origins = {source.slug: source.origin or source.slug for source, _ in behind.claims}
    left_out = scored.left_out.get((criterion_slug, option_slug), ())
    life, ends = criterion.shelf_life_days, ends_in_words(criterion)
    return Evidence(
        criterion_slug=criterion.slug,
        criterion=criterion.name,
        option=option,
        text=cell.text if cell else "",
        is_text=not criterion.is_scored,
        score=number(behind.score),
        mark=None if behind.score is None else round(behind.score),
        span=span(behind.bounds),
        counted=_counted(scored, criterion, option_slug),
        basis=behind.basis or "",
        rests_on=behind.rests_on,
        applies=cell is None or cell.applies,
        note=(cell.note or "") if cell else "",
        lacks_reason=criterion.kind is Kind.RATING
        and behind.basis == "editor"
        and not (cell and cell.note),
        scale_low=ends.low,
        scale_high=ends.high,
        is_logarithmic=criterion.is_logarithmic,
        by_source=_by_source(scored, criterion, behind),
        agreement=behind.agreement,
        support=behind.support,
        against=behind.against,
        origins=behind.origins,
        copies=len(set(origins.values())) < len(origins),
        changed_on=cell.changed_on if cell else None,
        due_on=check.read_on + timedelta(days=life) if check and life else None,
        silent=tuple(
            s
            for s, stance in zip(scored.sources, behind.stances, strict=True)
            if stance == SILENT and s.slug not in left_out
        ),
        left_out=tuple(scored.source_by_slug[slug] for slug in left_out),
        is_checked=check is not None,
        checked_text=check.text if check else "",
        checked_title=check.title if check else "",
        checked_address=(check.address or "") if check else "",
        checked_version=(check.version or "") if check else "",
        checked_on=check.read_on if check else None,
        release=scored.release.number,
        published=scored.release.published_at.date(),
    )


def _counted(scored: ScoredRelease, criterion: Criterion, option: str) -> str:
    if not criterion.is_scored:
        return ""
    matrix = scored.described_matrix
    row = matrix.rows[matrix.option_at[option]]
    return number(row.counted[matrix.criterion_at[criterion.slug]])


def _by_source(
    scored: ScoredRelease, criterion: Criterion, behind: CellEvidence
) -> tuple[SourceClaims, ...]:
    stances = dict(zip(scored.source_by_slug, behind.stances, strict=True))
    by_source: dict[str, list[ClaimLine]] = {}
    for source, claim in behind.claims:
        line = claim_line(criterion, claim, behind.reach)
        by_source.setdefault(source.slug, []).append(line)
    return tuple(
        _of_source(scored.source_by_slug[slug], stances[slug], lines)
        for slug, lines in by_source.items()
    )


def _of_source(source: SourceLine, stance: str, lines: list[ClaimLine]) -> SourceClaims:
    strongest = min(
        lines,
        key=lambda line: (
            line.disagrees != (stance == DISAGREES),
            not line.score,
            BY_FINDING.index(line.finding.kind),
            line.modality != "states",
        ),
    )
    others = tuple(line for line in lines if line is not strongest)
    return SourceClaims(source, stance, strongest, others)
