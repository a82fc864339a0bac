"""Everything that can be found in a comparison: its texts, and the page that each stands on."""

from collections.abc import Iterator
from typing import NamedTuple

from comparison.pages import statements
from comparison.pages.evidence.sections import sections_of, spelled
from comparison.pages.scored_release import ScoredRelease, kept_with_release
from comparison.publishing import releases

ROW = "#c-"  # the place of a criterion on the page
AN_ENTRY = 300  # bytes besides its texts


class Entry(NamedTuple):
    """Something that can be found."""

    kind: str
    title: str
    text: str
    place: str  # in the source
    source: statements.SourceLine | None
    page: str  # path of the page that holds it
    anchor: str  # the place on that page, with its "#"; may be empty
    folded: str  # what is searched, in small letters


@kept_with_release
def entries_of(scored: ScoredRelease) -> tuple[Entry, ...]:
    """Return everything that can be found in a scored release; kept with it."""
    made = (
        *_criteria(scored),
        *_claims(scored),
        *_cases(scored),
        *_figures(scored),
        *_sections(scored),
        *_rest(scored),
    )
    texts = sum(len(entry.text) + len(entry.folded) for entry in made)
    releases.memory.kept.grow(scored, texts + AN_ENTRY * len(made))
    return made


def _entry(
    kind: str,
    title: str,
    text: str,
    page: str,
    anchor: str,
    *also: str,
    source: statements.SourceLine | None = None,
    place: str = "",
) -> Entry:
    folded = " ".join((title, text, place, *also)).casefold()
    return Entry(kind, title, text, place, source, page, anchor, folded)


def _criteria(scored: ScoredRelease) -> Iterator[Entry]:
    for slug, criterion in scored.criteria.items():
        yield _entry(
            "Criteria",
            criterion.name,
            " ".join(text for text in (criterion.question, criterion.why) if text),
            scored.home.path,
            f"{ROW}{slug}",
            slug,
        )
        for option in scored.described.values():
            if cell := criterion.cells.get(option.slug):
                check = cell.checked.text if cell.checked else ""
                words = " ".join(text for text in (cell.text + ".", cell.note, check) if text)
                yield _entry(
                    "Cells",
                    f"{criterion.name}, {option.name}",
                    words,
                    scored.home.address_of("cell", criterion=slug, option=option.slug),
                    "",
                    option.slug,
                )


def _claims(scored: ScoredRelease) -> Iterator[Entry]:
    for source in scored.document.sources:
        line = scored.source_by_slug[source.slug]
        page = scored.home.address_of("source", source=source.slug)
        yield _entry(
            "Sources",
            source.title,
            f"{source.publisher}. {source.interest}",
            page,
            "",
            source.slug,
        )
        if not line.trusted:
            continue
        for claim in source.claims:
            criterion = scored.criteria.get(claim.criterion or "")
            title = criterion.name if criterion else "In general"
            yield _entry(
                "Claims",
                title,
                claim.statement,
                page,
                f"#claim-{claim.slug}",
                claim.slug,
                claim.reason or "",
                source=line,
                place=claim.place,
            )
        for verdict in source.verdicts:
            yield _entry(
                "Verdicts",
                line.publisher,
                verdict.statement,
                page,
                "#verdicts",
                source=line,
                place=verdict.place,
            )


def _cases(scored: ScoredRelease) -> Iterator[Entry]:
    for use in scored.document.use_cases:
        yield _entry(
            "Use cases",
            use.name,
            use.description or "",
            scored.home.path,
            f"#case-{use.slug}",
            use.slug,
            use.situation or "",
        )
    for source in scored.document.sources:
        if source.slug not in scored.distrust:
            for advice in source.advice:
                line = scored.source_by_slug[source.slug]
                title = scored.use_case_names[advice.use_case]
                yield _entry(
                    "Advice",
                    title,
                    advice.statement,
                    scored.home.path,
                    f"#case-{advice.use_case}",
                    advice.condition or "",
                    source=line,
                    place=advice.place,
                )


def _figures(scored: ScoredRelease) -> Iterator[Entry]:
    document = scored.document
    for run in document.runs:
        figures = [figure for figure in run.figures if figure.option in scored.described]
        if figures and run.source not in scored.distrust:
            line = scored.source_by_slug[run.source]
            values = ", ".join(spelled(figure.quantity) for figure in figures)
            yield _entry(
                "Figures",
                run.name,
                values,
                scored.home.address_of("figures"),
                f"#fig-{figures[0].metric.value}",
                run.slug,
                run.machine or "",
                run.note or "",
                source=line,
            )
    for derived in document.derived_figures:
        if derived.source not in scored.distrust:
            line = scored.source_by_slug[derived.source]
            yield _entry(
                "Figures",
                derived.stated.spelling,
                derived.statement,
                scored.home.address_of("figures"),
                "#fig-derived",
                derived.slug,
                source=line,
                place=derived.place,
            )


def _sections(scored: ScoredRelease) -> Iterator[Entry]:
    for section in sections_of(scored).values():
        page = scored.home.address_of("section", section=section.slug)
        for group in section.groups:
            for line in group.lines:
                text = " ".join(part for part in (line.value, line.text, *line.items) if part)
                yield _entry(
                    section.title,
                    line.title or line.place,
                    text,
                    page,
                    f"#{section.slug}-{line.slug}",
                    line.slug,
                    line.finding.reason,
                    source=line.source,
                    place=line.place,
                )


def _rest(scored: ScoredRelease) -> Iterator[Entry]:
    document = scored.document
    for question in document.questions:
        yield _entry(
            "Questions of the tree",
            question.text,
            " / ".join(a.text for a in question.answers),
            scored.home.address_of("tree"),
            "",
            question.slug,
        )
    for option in scored.described.values():
        of = next(one for one in document.options if one.slug == option.slug)
        if of.facts:
            facts = ". ".join(f"{name}: {value}" for name, value in of.facts)
            yield _entry(
                "Options",
                of.name,
                f"{of.line or ''} {facts.capitalize()}".strip(),
                scored.home.address_of("options"),
                f"#option-{of.slug}",
                of.slug,
            )
    for component in document.components:
        yield _entry(
            "Parts and add-ons",
            component.name,
            component.line or "",
            scored.home.path,
            "#matrix",
            component.slug,
        )
    for sample in (sample for sample in document.samples if sample.option in scored.described):
        code = " ".join(f"{file.path}\n{file.text}" for file in sample.files)
        folded = " ".join((sample.topic, sample.slug, sample.differs or "", code)).casefold()
        yield Entry(
            "Samples",
            sample.topic,
            sample.differs or "",
            sample.place or "",
            None,
            scored.home.address_of("samples"),
            f"#{sample.slug}",
            folded,
        )
