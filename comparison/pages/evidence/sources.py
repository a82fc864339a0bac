"""Who is quoted, what each sells, and how their statements held."""

import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import fsum

from markupsafe import Markup

from comparison.core.consistency import objections
from comparison.core.document.schema import Claim, Criterion, Document, Finding, Judged, Source
from comparison.core.evidence import FAR_APART, CellEvidence, contradicts_itself, implied_by
from comparison.core.rounding import number, span
from comparison.core.selection import CLAIMS, Selection
from comparison.pages import option_marks
from comparison.pages.comparison.head import Head, head_of
from comparison.pages.comparison.matrix.fragments import PLACE, fill_in
from comparison.pages.evidence.sections import ObjectionLine, objection_lines, sections_of
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import ScoredRelease, kept_with_release, score
from comparison.pages.shared_evidence import evidence_of
from comparison.pages.standing import Standing
from comparison.pages.statements import ClaimLine, SourceLine, claim_line
from comparison.pages.view import View, view_of
from comparison.publishing import releases
from comparison.rendering.jinja import render

LISTS = ("costs", "migrations", "stories", "popularity", "points", "hybrids", "answered_questions")
# what documentation was found to contradict
CONTRADICTED = (Finding.WRONG, Finding.MISLEADING, Finding.OUTDATED)
Cell = tuple[str, str]  # criterion, option
CLAIMS_OF_IT = "evidence/claims_of_source.html"


@dataclass(frozen=True, slots=True)
class CellLink:
    """A cell, named and linked."""

    criterion_slug: str  # with the option it names the cell
    criterion: str  # its name
    option: OptionName  # that the cell is of
    mine: str  # what this source's claims imply, in points; empty where they imply nothing
    others: str  # what the other sources' claims imply
    shown: str  # what the matrix shows


@dataclass(frozen=True, slots=True)
class CriterionClaims:
    """One source's claims on one criterion."""

    slug: str  # empty for claims on no single criterion
    name: str  # of the criterion, or "In general"
    count: int  # of claims
    claims: Markup  # each with its option, if it is about one that is compared


@dataclass(frozen=True, slots=True)
class ImpliedTable:
    """What a source's claims imply of some cells, beside what others do."""

    count: int  # of cells
    table: Markup  # rendered, a row for each


@dataclass(frozen=True, slots=True)
class VerdictLine:
    option: OptionName | None  # None where it is for none, or for one that is not compared
    statement: str  # as the source concludes
    condition: str  # under which it holds; empty where there is none
    place: str  # in the source


@dataclass(frozen=True, slots=True)
class HeldPart:
    """How many of a source's claims stand in one way, as a piece of one bar."""

    kind: str  # documentation, differ, alone, agree
    count: int  # of claims
    x: str  # percent
    width: str  # percent


@dataclass(frozen=True, kw_only=True)
class SourceParts:
    """One source: who speaks, what it claims, and how that holds."""

    line: SourceLine  # the source itself
    kind: str  # of publisher, in words; empty where its name says it
    read_on: date  # the day an editor read it
    measured: bool  # it measured something itself
    copies: tuple[SourceLine, ...]  # other sources of the same origin
    # how many of its statements have each; those that none has are left out
    findings: tuple[tuple[str, int], ...]
    # how its claims hold against others; their widths add up to 100 percent
    held: tuple[HeldPart, ...]
    others: int  # statements of it besides its claims, which editors judged as well
    contradicted: int  # claims that documentation was found to contradict
    documentation: Markup  # these, each with its criterion's name
    # its claims, in editorial order, those on no single criterion last
    criteria: tuple[CriterionClaims, ...]
    alone: ImpliedTable  # cells to which only its origin speaks
    contradicts: ImpliedTable  # cells on which it lies far from what others imply
    itself: ImpliedTable  # cells on which its own claims lie far apart
    objections: tuple[ObjectionLine, ...]  # contradictions within its own numbers
    verdicts: tuple[VerdictLine, ...]  # what it concludes itself
    alone_standing: Standing  # ours, if only this source's claims counted
    alone_query: str  # the selection under which that is how we decide
    # use case, its name, what is advised, condition, place
    advice: tuple[tuple[str, str, str, str, str], ...]
    # sections in which it speaks: slug, title, how many of its statements stand there
    elsewhere: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, kw_only=True)
class SourcePage(SourceParts, Head):
    """One source, whole, on a page of its own."""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One source in the list of all."""

    line: SourceLine  # the source itself
    kind: str  # of publisher, in words; empty where its name says it
    read_on: date  # the day an editor read it
    measured: bool  # it measured something itself
    # how many of its statements have each; those that none has are left out
    findings: tuple[tuple[str, int], ...]
    others: int  # statements of it besides its claims, which editors judged as well
    objections: int  # how many contradictions its own numbers hold


@dataclass(frozen=True, kw_only=True)
class SourcesPage(Head):
    """All sources."""

    entries: tuple[SourceEntry, ...]  # in the document's order


def sources_page(view: View) -> SourcesPage:
    """Return who is quoted."""
    return SourcesPage(**vars(head_of(view)), entries=source_entries(view.scored))


def _kind(source: Source) -> str:
    kind = source.publisher_kind.value.replace("-", " ")
    return "" if kind in source.publisher.casefold() else kind


def source_entries(scored: ScoredRelease) -> tuple[SourceEntry, ...]:
    """Return every source with what an editor found about its statements."""
    against = Counter(objection.source for objection in objections(scored.document))
    return tuple(
        SourceEntry(
            line=scored.source_by_slug[source.slug],
            kind=_kind(source),
            read_on=source.read_on,
            measured=source.measured,
            findings=findings_of(statements_of(scored.document, source.slug)),
            others=len(statements_of(scored.document, source.slug)) - len(source.claims),
            objections=against[source.slug],
        )
        for source in scored.document.sources
    )


def statements_of(document: Document, source: str | None = None) -> list[Judged]:
    """Return everything of one source, or of all, that an editor can have found something about."""
    claims = [claim for s in document.sources if source in (None, s.slug) for claim in s.claims]
    others = [
        item for name in LISTS for item in getattr(document, name) if source in (None, item.source)
    ]
    return [*claims, *others]


def findings_of(statements: list[Judged]) -> tuple[tuple[str, int], ...]:
    """Return how many statements have each finding; findings that none has are left out."""
    counted = Counter(statement.finding for statement in statements)
    return tuple((finding.value, counted[finding]) for finding in Finding if counted[finding])


def source_page(view: View, slug: str) -> SourcePage | None:
    """Return everything about one source, or None where there is no such source."""
    if slug not in view.scored.source_by_slug:
        return None
    kept = _of_source(view.scored, slug)
    tables = {
        name: replace(table, table=fill_in(table.table, view.query))
        for name, table in vars(kept).items()
        if isinstance(table, ImpliedTable)
    }
    return SourcePage(**vars(head_of(view)) | vars(kept) | tables)


@kept_with_release
def _of_source(scored: ScoredRelease, slug: str) -> SourceParts:
    """Return all of a source's page that no selection moves, with places for the reader's query in
    the tables.
    """
    document = scored.document
    source = next(s for s in document.sources if s.slug == slug)
    # of all sources: what one says is held against every other
    cells = evidence_of(scored.release).cells
    links = {
        place: _link(scored, cells[place], source, place)
        for place in _cells_of(source)
        if place[1] in scored.described
    }
    claims_on: dict[Cell, list[Claim]] = defaultdict(list)
    for claim in source.claims:
        claims_on[claim.criterion or "", claim.option or ""].append(claim)
    own = Selection(
        distrust=frozenset(s.slug for s in document.sources if s is not source),
        basis=CLAIMS,
        options=scored.shown,
    )
    alone = view_of(score(scored.release, own, scored.home), own, flips=False)
    origin = source.origin or source.slug
    criteria = _claims_by_criterion(scored, source, cells)
    contradicted = [
        (name, option, claim)
        for name, claims in criteria.values()
        for option, claim in claims
        if claim.finding.kind in CONTRADICTED
    ]
    parts = SourceParts(
        line=scored.source_by_slug[slug],
        kind=_kind(source),
        read_on=source.read_on,
        measured=source.measured,
        copies=tuple(
            scored.source_by_slug[s.slug]
            for s in document.sources
            if s is not source and (s.origin or s.slug) == origin
        ),
        findings=findings_of(statements_of(document, slug)),
        held=_held(source, links, cells),
        others=len(statements_of(document, slug)) - len(source.claims),
        contradicted=len(contradicted),
        documentation=render("evidence/contradicted.html", claims=contradicted),
        criteria=tuple(
            CriterionClaims(at, name, len(claims), render(CLAIMS_OF_IT, claims=claims))
            for at, (name, claims) in criteria.items()
        ),
        alone=_table(scored, [one for at, one in links.items() if cells[at].origins == 1]),
        contradicts=_table(scored, [link for link in links.values() if _apart(link)]),
        itself=_table(
            scored,
            [
                link
                for place, link in links.items()
                if contradicts_itself(scored.criteria[place[0]], claims_on[place])
            ],
        ),
        objections=tuple(
            line for line in objection_lines(scored, everyone=True) if line.source.slug == slug
        ),
        verdicts=tuple(
            VerdictLine(
                scored.described.get(v.option or ""), v.statement, v.condition or "", v.place
            )
            for v in source.verdicts
        ),
        alone_standing=alone.standing,
        alone_query=alone.query,
        advice=tuple(
            (
                a.use_case,
                scored.use_case_names[a.use_case],
                a.statement,
                a.condition or "",
                a.place,
            )
            for a in source.advice
        ),
        elsewhere=tuple(
            (section.slug, section.title, count)
            for section in sections_of(scored).values()
            if (
                count := sum(
                    line.source.slug == slug for group in section.groups for line in group.lines
                )
            )
        ),
    )
    tables = [table.table for table in (parts.alone, parts.contradicts, parts.itself)]
    rendered = (parts.documentation, *tables, *(criterion.claims for criterion in parts.criteria))
    releases.memory.kept.grow(scored, sum(map(sys.getsizeof, rendered)))
    return parts


def _table(scored: ScoredRelease, links: list[CellLink]) -> ImpliedTable:
    table = render("evidence/implied.html", links=links, home=scored.home, place=PLACE)
    return ImpliedTable(len(links), table if links else Markup())


def _held(
    source: Source, links: Mapping[Cell, CellLink], cells: Mapping[Cell, CellEvidence]
) -> tuple[HeldPart, ...]:
    """Return each claim once, by the first that holds of documentation, others, alone, agreeing."""
    counted = {"documentation": 0, "differ": 0, "alone": 0, "agree": 0}
    for claim in source.claims:
        place = (claim.criterion or "", claim.option or "")
        if claim.finding in CONTRADICTED:
            counted["documentation"] += 1
        elif place in links and _apart(links[place]):
            counted["differ"] += 1
        else:
            counted["alone" if place in cells and cells[place].origins == 1 else "agree"] += 1
    parts, begun, whole = [], 0, max(1, len(source.claims))
    for kind, count in counted.items():
        if count:
            parts.append(
                HeldPart(kind, count, f"{100 * begun / whole:.2f}", f"{100 * count / whole:.2f}")
            )
        begun += count
    return tuple(parts)


def _cells_of(source: Source) -> list[Cell]:
    return list(
        dict.fromkeys(
            (claim.criterion, claim.option)
            for claim in source.claims
            if claim.criterion and claim.option
        )
    )


def _link(scored: ScoredRelease, cell: CellEvidence, source: Source, place: Cell) -> CellLink:
    criterion = scored.criteria[place[0]]
    by_source: dict[str, list[Claim]] = defaultdict(list)
    for other, claim in cell.claims:
        by_source[other.slug].append(claim)
    mine = _points(criterion, by_source.pop(source.slug, []))
    others = [
        fsum(implied) / len(implied)
        for claims in by_source.values()
        if (implied := _points(criterion, claims))
    ]
    return CellLink(
        criterion_slug=criterion.slug,
        criterion=criterion.name,
        option=scored.described[place[1]],
        mine=_mean(mine),
        others=_mean(others),
        shown=number(cell.score) or span(cell.bounds),
    )


def _points(criterion: Criterion, claims: list[Claim]) -> list[float]:
    return [reach.low for reach in implied_by(criterion, claims) if reach.low == reach.high]


def _mean(points: list[float]) -> str:
    return number(round(fsum(points) / len(points), 1)) if points else ""


def _apart(link: CellLink) -> bool:
    return (
        bool(link.mine and link.others) and abs(float(link.mine) - float(link.others)) >= FAR_APART
    )


def _claims_by_criterion(
    scored: ScoredRelease, source: Source, cells: Mapping[Cell, CellEvidence]
) -> dict[str, tuple[str, list[tuple[OptionName | None, ClaimLine]]]]:
    """Return its claims by criterion, with the criterion's name; those on none come last."""
    by_criterion: dict[str, list[tuple[option_marks.OptionName | None, ClaimLine]]] = defaultdict(
        list
    )
    for claim in source.claims:
        criterion = scored.criteria.get(claim.criterion or "")
        shown = cells[criterion.slug, claim.option].reach if criterion and claim.option else None
        line = claim_line(criterion, claim, shown)
        by_criterion[claim.criterion or ""].append((scored.described.get(claim.option or ""), line))
    names = {slug: criterion.name for slug, criterion in scored.criteria.items()} | {
        "": "In general"
    }
    return {
        slug: (name, by_criterion[slug]) for slug, name in names.items() if slug in by_criterion
    }
