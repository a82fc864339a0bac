"""(Reading, Selection, Decision) -> the page that templates show. Arithmetic is the engine's, words are the templates'."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from markupsafe import Markup, escape

from comparison import pages
from comparison.core.decision import RECOMMENDING, Decision, decide
from comparison.core.evidence import SILENT
from comparison.core.rounding import number, span
from comparison.core.selection import (
    DIFFERENCES,
    NO_USE_CASE,
    Note,
    Selection,
    layer_below,
    musts_of,
    settings,
    spell,
    use_case_of,
)
from comparison.core.selection import Settings as Asked
from comparison.panel import results_of
from comparison.reading import PLACE, Reading
from comparison.sections import claim_line
from comparison.standing import scores_shown


def page_of(
    reading: Reading,
    selection: Selection,
    notes: tuple[Note, ...] = (),
    *,
    newest: int,
    pinned: bool = False,
    draft: bool = False,
    origin: str = "",
    with_controls: bool = True,
    with_matrix: bool = True,
    every_part: bool = False,
    with_flips: bool = False,
) -> pages.ComparisonPage:
    """Return the page of a reading under a selection.

    origin: scheme and host, for links that leave the site.
    with_controls, with_matrix, every_part, with_flips: work that not every region needs.
    """
    document = reading.document
    asked = settings(document, selection)
    verdict = decide(reading.matrix, asked.weights, requirements=asked.requirements, dormant=asked.dormant)
    query = spell(document, selection)
    release = reading.release
    totals = _totals(reading, verdict)
    below = layer_below(document, use_case_of(document, selection))
    return pages.ComparisonPage(
        slug=release.slug,
        base=reading.base,
        canonical=reading.base + ("?" + query if query else ""),
        query=query,
        evidence_query=reading.query,
        release=release.number,
        newest=newest,
        pinned=pinned,
        draft=draft,
        published=release.published_at.date(),
        editor=release.editor,
        note=release.note,
        notes=tuple(_note(reading, note) for note in notes),
        heading=reading.heading,
        settings=_settings(reading, selection) if with_controls else None,
        options=reading.option_names,
        results=results_of(reading, selection, asked, verdict, every_part, with_flips),
        counted=len(verdict.weights),
        totals=totals,
        excluded=" ".join(str(at) for at, total in enumerate(totals, start=1) if total.excluded),
        share=_share(reading, selection, query, origin),
        matrix=_matrix(reading, selection, asked, below) if with_matrix else None,
        prose=reading.prose,
        cases=reading.cases if with_matrix else Markup(),
        figures=reading.figures if with_matrix else Markup(),
        more=_with_query(reading.more, query) if with_matrix else Markup(),
        sections=reading.section_names,
        has_tree=bool(document.questions),
        has_samples=bool(document.samples),
    )


def _with_query(rendered: Markup, query: str) -> Markup:
    """Put the reader's query where a link was rendered with a place for it."""
    return Markup(rendered.replace(PLACE, escape("?" + query) if query else ""))  # noqa: S704  (escaped here)


def _note(reading: Reading, note: Note) -> pages.NoteLine:
    criterion = reading.criteria.get(note.value)
    if gone := reading.release.gone(note):
        return pages.NoteLine("withdrawn", note.key, gone[0], gone[1])
    return pages.NoteLine(note.kind, note.key, criterion.name if criterion else note.value)


# --- controls --------------------------------------------------------------------------------------------------------


def _settings(reading: Reading, selection: Selection) -> pages.Settings:
    document = reading.document
    use = use_case_of(document, selection)
    preset = document.names.must[use] if use else frozenset()
    musts = musts_of(document, selection)
    chips = [pages.UseCaseChip(case.slug, case.name, case.slug == use) for case in document.use_cases]
    return pages.Settings(
        use=use or NO_USE_CASE,
        default_use=document.default_use_case or NO_USE_CASE,
        use_cases=(pages.UseCaseChip(NO_USE_CASE, "", use is None), *chips),
        musts=tuple(
            pages.MustChip(slug, name, slug in musts, slug in preset, excludes) for slug, name, excludes in reading.musts
        ),
        sources=reading.sources,
        distrusting=bool(selection.distrust),
        options=tuple((o.slug, o.name, not selection.options or o.slug in selection.options) for o in document.options),
        differences=selection.show == DIFFERENCES,
        q=selection.q,
        claims_only=reading.claims_only,
        mutes=tuple((name, " ".join(sorted(slugs))) for name, slugs in document.names.mutes.items()),
        made_on=selection.made_on,
        tree=",".join(f"{question}:{answer}" for question, answer in selection.tree),
    )


def _share(reading: Reading, selection: Selection, query: str, origin: str) -> pages.Share:
    """Return both links. `from` is the last key of a query: the following link only adds it."""
    release = reading.release
    if selection.made_on:
        query = spell(reading.document, replace(selection, made_on=None))
    return pages.Share(
        following=f"{origin}/{release.slug}/?{query}{'&' if query else ''}from={release.number}",
        pinned=f"{origin}/{release.slug}/@{release.number}/" + ("?" + query if query else ""),
        release=release.number,
        origin=origin,
        query=query,
    )


# --- the matrix ------------------------------------------------------------------------------------------------------


def _totals(reading: Reading, verdict: Decision) -> tuple[pages.Total, ...]:
    shown = scores_shown(verdict)
    excluded = {option.option for option in verdict.options if option.state == "excluded"}
    return tuple(pages.Total(option, shown[option.slug] or "–", option.slug in excluded) for option in reading.option_names)


def _matrix(reading: Reading, selection: Selection, asked: Asked, below: Mapping[str, int]) -> pages.Matrix:
    words = selection.q.casefold().split()
    query = spell(reading.document, selection)
    hidden = {
        slug
        for slug in reading.criteria
        if (selection.show == DIFFERENCES and slug in reading.agreeing) or not all(word in reading.texts[slug] for word in words)
    }
    groups = []
    for group in reading.document.groups:
        members = [c for c in reading.document.criteria if c.group == group.slug]
        rows = tuple(
            pages.MatrixRow(
                slug=c.slug,
                name=c.name,
                dispute=reading.evidence.disputes.get(c.slug, ""),
                on=c.slug not in selection.off,
                hidden=c.slug in hidden,
                preset=below[c.slug],
                ruler=reading.ruler(c.slug, asked.dormant.get(c.slug, asked.weights[c.slug])),
                cells=_with_query(reading.cells[c.slug], query),
            )
            for c in members
        )
        if rows:
            groups.append(
                pages.MatrixGroup(
                    slug=group.slug,
                    name=group.name,
                    counted=sum(asked.weights[c.slug] > 0 for c in members),
                    on=any(row.on for row in rows),
                    hidden=all(row.hidden for row in rows),
                    rows=rows,
                )
            )
    total = len(reading.criteria)
    unfiltered = spell(reading.document, replace(selection, q="", show=None))
    return pages.Matrix(
        groups=tuple(groups),
        shown=total - len(hidden),
        of=total,
        wide=reading.wide,
        unfiltered=reading.base + ("?" + unfiltered if unfiltered else ""),
    )


# --- one cell --------------------------------------------------------------------------------------------------------


def evidence_of(reading: Reading, criterion_slug: str, option_slug: str) -> pages.Evidence | None:
    """Return everything behind one cell, or None where there is no such criterion or option."""
    criterion, option = reading.criteria.get(criterion_slug), reading.named.get(option_slug)
    if criterion is None or option is None:
        return None
    behind = reading.evidence.cells[criterion_slug, option_slug]
    cell = criterion.cells.get(option_slug)
    check = cell.checked if cell else None
    lines = tuple(
        claim_line(reading.source_by_slug[source.slug], criterion, claim, behind.reach) for source, claim in behind.claims
    )
    origins = {source.slug: source.origin or source.slug for source, _ in behind.claims}
    life = criterion.shelf_life_days
    return pages.Evidence(
        criterion_slug=criterion.slug,
        criterion=criterion.name,
        question=criterion.question,
        option=option,
        text=cell.text if cell else "",
        score=number(behind.score),
        mark=None if behind.score is None else round(behind.score),
        span=span(behind.bounds),
        counted=number(
            reading.matrix.rows[reading.matrix.option_at[option_slug]].counted[reading.matrix.criterion_at[criterion_slug]]
        ),
        basis=behind.basis or "",
        rests_on=behind.rests_on,
        applies=cell is None or cell.applies,
        note=(cell.note or "") if cell else "",
        scale_low=criterion.scale_low,
        scale_high=criterion.scale_high,
        claims=lines,
        agreement=behind.agreement,
        support=behind.support,
        against=behind.against,
        origins=behind.origins,
        copies=len(set(origins.values())) < len(origins),
        changed_on=cell.changed_on if cell else None,
        due_on=check.read_on + timedelta(days=life) if check and life else None,
        silent=tuple(s for s, stance in zip(reading.sources, behind.stances, strict=True) if stance == SILENT),
        checked_text=check.text if check else "",
        checked_title=check.title if check else "",
        checked_address=(check.address or "") if check else "",
        checked_version=(check.version or "") if check else "",
        checked_on=check.read_on if check else None,
        release=reading.release.number,
        published=reading.release.published_at.date(),
    )


# --- the hub ---------------------------------------------------------------------------------------------------------


def hub_entry(reading: Reading) -> pages.HubEntry:
    """Return a comparison as the hub lists it: one mark per use case that an option is recommended for, grouped by option."""
    won = [row.standing.leaders[0] for row in reading.case_rows if row.standing.label in RECOMMENDING]
    order = [option for option in reading.option_names if option in won]
    return pages.HubEntry(
        slug=reading.slug,
        heading=reading.heading,
        marks=tuple(option for option in order for _ in range(won.count(option))),
        counts=tuple((option.name, won.count(option)) for option in order),
        undecided=len(reading.case_rows) - len(won),
    )
