"""One comparison under one selection: all that its page and every one of its regions may read."""

from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from comparison.core.decision import decide
from comparison.core.selection import (
    Note,
    Selection,
    layer_below,
    settings,
    spell,
    use_case_of,
)
from comparison.pages.comparison.cell import Evidence
from comparison.pages.comparison.controls import Settings, _settings
from comparison.pages.comparison.fragments import _with_query
from comparison.pages.comparison.matrix import Matrix, Total, _matrix, _totals
from comparison.pages.comparison.recommendation import Results, results_of
from comparison.pages.heading import Heading
from comparison.pages.history.link_age import Ageing
from comparison.pages.option_marks import OptionName
from comparison.pages.robots import VIEW
from comparison.pages.scored_release import ScoredRelease


@dataclass(frozen=True, slots=True)
class NoteLine:
    """Something the reader should know about the link: a kind that chooses the sentence, and what
    it is about.
    """

    kind: str
    key: str
    value: str
    # the last release that had what the note names; 0 where the note is about something else
    release: int = 0
    # the page of that release which was asked for, as the rest of its path; empty where none was
    place: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    following: str
    pinned: str
    release: int
    origin: str  # scheme and host, for links that leave the site
    query: str  # canonical, less the release that a link was made on


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """One comparison under one selection: all that its page and every one of its regions may read."""

    slug: str
    base: str  # the page's own path, with its release where the link names one
    canonical: str  # the page's address with the canonical query
    query: str  # the canonical query
    evidence_query: str  # the part of it that evidence depends on: short, for links into it
    release: int
    newest: int
    pinned: bool
    draft: bool
    published: date
    editor: str
    note: str
    notes: tuple[NoteLine, ...]
    heading: Heading
    settings: Settings | None  # only where controls are asked for
    options: tuple[OptionName, ...]
    results: Results
    counted: int  # criteria that count towards the result
    totals: tuple[Total, ...]
    excluded: str  # the places of the excluded options, counted from 1: "1 3"
    share: Share
    matrix: Matrix | None  # only where rows are asked for
    prose: dict[str, Markup]
    cases: Markup
    figures: Markup
    more: Markup
    # slug and title of each section that has something to say
    sections: tuple[tuple[str, str], ...]
    has_tree: bool
    has_samples: bool
    evidence: Evidence | None = None
    ageing: Ageing | None = None  # what has moved since the link was made; only on the whole page

    @property
    def robots(self) -> str:
        """What search engines are told: a selection, an older release and a draft are views of the
        page that they find.
        """
        return VIEW if self.draft or self.pinned or self.query or self.notes else ""


def page_of(
    scored: ScoredRelease,
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
) -> ComparisonPage:
    """Return the page of a scored release under a selection.

    origin: scheme and host, for links that leave the site.
    with_controls, with_matrix, every_part, with_flips: work that not every region needs.
    """
    document = scored.document
    asked = settings(document, selection)
    verdict = decide(
        scored.matrix, asked.weights, requirements=asked.requirements, dormant=asked.dormant
    )
    query = spell(document, selection)
    release = scored.release
    totals = _totals(scored, verdict)
    below = layer_below(document, use_case_of(document, selection))
    return ComparisonPage(
        slug=release.slug,
        base=scored.base,
        canonical=scored.base + ("?" + query if query else ""),
        query=query,
        evidence_query=scored.query,
        release=release.number,
        newest=newest,
        pinned=pinned,
        draft=draft,
        published=release.published_at.date(),
        editor=release.editor,
        note=release.note,
        notes=tuple(_note(scored, note) for note in notes),
        heading=scored.heading,
        settings=_settings(scored, selection) if with_controls else None,
        options=scored.option_names,
        results=results_of(scored, selection, asked, verdict, every_part, with_flips),
        counted=len(verdict.weights),
        totals=totals,
        excluded=" ".join(str(at) for at, total in enumerate(totals, start=1) if total.excluded),
        share=_share(scored, selection, query, origin),
        matrix=_matrix(scored, selection, asked, below) if with_matrix else None,
        prose=scored.prose,
        cases=scored.cases if with_matrix else Markup(),
        figures=scored.figures if with_matrix else Markup(),
        more=_with_query(scored.more, query) if with_matrix else Markup(),
        sections=scored.section_names,
        has_tree=bool(document.questions),
        has_samples=bool(document.samples),
    )


def _note(scored: ScoredRelease, note: Note) -> NoteLine:
    criterion = scored.criteria.get(note.value)
    if gone := scored.release.gone(note):
        return NoteLine("withdrawn", note.key, gone[0], gone[1])
    return NoteLine(note.kind, note.key, criterion.name if criterion else note.value)


def _share(scored: ScoredRelease, selection: Selection, query: str, origin: str) -> Share:
    """Return both links. `from` is the last key of a query: the following link only adds it."""
    release = scored.release
    if selection.made_on:
        query = spell(scored.document, replace(selection, made_on=None))
    return Share(
        following=f"{origin}/{release.slug}/?{query}{'&' if query else ''}from={release.number}",
        pinned=f"{origin}/{release.slug}/@{release.number}/" + ("?" + query if query else ""),
        release=release.number,
        origin=origin,
        query=query,
    )
