"""A release as one reader's trust leaves it: evidence weighed, matrix compiled, and everything
rendered that does not depend on importances. Made once for each (release, sources left out, basis,
options shown), then kept in memory.

Never sees a request; never ranks (the engine does) or words (templates do).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache

from markupsafe import Markup, escape

from comparison.core import decision, evidence
from comparison.core.decision import Backing
from comparison.core.document.schema import Choice, Criterion, Document, Option, Source, Strength
from comparison.core.evidence import AGAINST, SUPPORTS, stance_of
from comparison.core.rounding import number, span
from comparison.core.selection import CLAIMS, Selection, canonical, settings, spell
from comparison.pages import option_marks, statements
from comparison.pages.comparison import use_cases
from comparison.pages.comparison.figures import derived_lines, figure_tables
from comparison.pages.comparison.fragments import PLACE
from comparison.pages.evidence import search
from comparison.pages.evidence.samples import SampleTopic, sample_topics
from comparison.pages.evidence.sections import Section, objection_lines, sections_of
from comparison.pages.heading import Heading
from comparison.pages.standing import standing
from comparison.publishing.releases import Published
from comparison.rendering.jinja import render

WIDE_FROM = 5  # options; from here on the matrix shows marks and digits only
LONG_TITLE = 40  # characters
KEPT = 64


@dataclass(frozen=True)
class ScoredRelease:
    """One release under one choice of sources, basis and options shown. Compared by its key, so
    that it can be kept.
    """

    slug: str
    number: int
    digest: str
    distrust: frozenset[str]
    claims_only: bool
    shown: frozenset[str]
    # path of the page that the rendered links lead to: links on a pinned page stay pinned
    base: str
    release: Published = field(compare=False, repr=False)

    @property
    def document(self) -> Document:
        return self.release.document

    @cached_property
    def query(self) -> str:
        """The part of the canonical query that this scored release stands for; links into the evidence
        carry it.
        """
        return self.query_of(None)

    def query_of(self, use: str | None) -> str:
        """Return the canonical query of this scored release with one use case and nothing else."""
        basis = CLAIMS if self.claims_only else None
        selection = Selection(use=use, distrust=self.distrust, options=self.shown, basis=basis)
        return spell(self.document, canonical(self.document, selection))

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """The options shown, in editorial order."""
        return tuple(
            option
            for option in self.document.options
            if not self.shown or option.slug in self.shown
        )

    @cached_property
    def named(self) -> dict[str, option_marks.OptionName]:
        """The options shown by slug, with their marks."""
        return option_marks.names_of(
            self.document.options, {option.slug for option in self.options}
        )

    @cached_property
    def part_forms(self) -> dict[tuple[str, str, bool], str]:
        """Every row that "What decides it" can have, by criterion, option it speaks for, and
        whether a score is assumed.

        Rendered once; a request only puts the bar's place, its width and the points into the three
        places left for them.
        """
        return {
            (slug, option.slug, assumed): str(
                render(
                    "comparison/part.html",
                    slug=slug,
                    name=criterion.name,
                    disputed=slug in self.evidence.disputes,
                    option=option,
                    assumed=assumed,
                    place=PLACE,
                )
            )
            .replace("%", "%%")
            .replace(PLACE, "%s")
            for slug, criterion in self.criteria.items()
            for option in self.option_names
            for assumed in (False, True)
        }

    @cached_property
    def must_names(self) -> dict[str, str]:
        return {slug: name for slug, name, _ in self.musts}

    @cached_property
    def situations(self) -> dict[str, str]:
        """What completes "for ...", by use case."""
        return {use.slug: use.situation for use in self.document.use_cases}

    @cached_property
    def option_names(self) -> tuple[option_marks.OptionName, ...]:
        return tuple(self.named.values())

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        return {criterion.slug: criterion for criterion in self.document.criteria}

    @cached_property
    def wide(self) -> bool:
        return len(self.options) >= WIDE_FROM

    # --- evidence and engine ---------------------------------------------------------------------------------------

    @cached_property
    def evidence(self) -> evidence.Evidence:
        return evidence.weigh(self.document, self.distrust, claims_only=self.claims_only)

    @cached_property
    def matrix(self) -> decision.Matrix:
        return self.matrix_of(self.named)

    def matrix_of(self, options: Iterable[str]) -> decision.Matrix:
        """Return the table of some of the options, in the order given."""
        names = list(options)
        return decision.build(
            names,
            list(self.criteria),
            {slug: self.evidence.scores[slug] for slug in names},
            groups={criterion.slug: criterion.group for criterion in self.document.criteria},
            neutral=self.document.neutral,
            spread={slug: self.evidence.spreads[slug] for slug in names},
            bounds={slug: self.evidence.bounds[slug] for slug in names},
        )

    @cached_property
    def backing(self) -> dict[tuple[str, str], Backing]:
        return backing_of(self)

    @cached_property
    def agreeing(self) -> frozenset[str]:
        """The criteria on which all options shown have the same known score."""
        same = set()
        for slug in self.criteria:
            scores = {self.evidence.scores[option][slug] for option in self.named}
            if len(scores) == 1 and None not in scores:
                same.add(slug)
        return frozenset(same)

    @cached_property
    def texts(self) -> dict[str, str]:
        """What a search looks through, by criterion: its names, its question, its cells, in small
        letters.
        """
        return {
            slug: " ".join(
                [
                    c.name,
                    slug,
                    c.question,
                    *(c.cells[option].text for option in self.named if option in c.cells),
                ]
            ).casefold()
            for slug, c in self.criteria.items()
        }

    @cached_property
    def musts(self) -> tuple[tuple[str, str, str], ...]:
        """Every must-have on offer: criterion, name, and whom it would exclude."""
        offered = []
        for slug, criterion in self.criteria.items():
            if criterion.must:
                below = [
                    o
                    for o in self.named
                    if (s := self.evidence.scores[o][slug]) is not None
                    and s < criterion.must.minimum
                ]
                words = (
                    " and ".join(self.named[o].name for o in below)
                    if len(below) <= 2
                    else f"{len(below)} options"
                )
                offered.append((slug, criterion.must.name, words))
        return tuple(offered)

    @cached_property
    def all_named(self) -> tuple[option_marks.OptionName, ...]:
        """Every option by name, also those that are not compared at the moment."""
        others = (o for o in self.document.options if o.slug not in self.named)
        hidden = {
            o.slug: option_marks.OptionName(o.slug, o.name, o.line, "n", 0, escape(o.name))
            for o in others
        }
        return tuple((self.named | hidden)[option.slug] for option in self.document.options)

    @cached_property
    def use_case_names(self) -> dict[str, str]:
        return {use.slug: use.name for use in self.document.use_cases}

    @cached_property
    def sections(self) -> dict[str, Section]:
        return sections_of(self)

    @cached_property
    def entries(self) -> tuple[search.Entry, ...]:
        """Everything that a search can find."""
        return search.entries_of(self)

    @cached_property
    def samples(self) -> tuple[SampleTopic, ...]:
        return sample_topics(self)

    @cached_property
    def section_names(self) -> tuple[tuple[str, str], ...]:
        return tuple((section.slug, section.title) for section in self.sections.values())

    # --- rendered once ---------------------------------------------------------------------------------------------

    @cached_property
    def sources(self) -> tuple[statements.SourceLine, ...]:
        return tuple(
            statements.SourceLine(
                number=at,
                slug=source.slug,
                title=source.title,
                publisher=source.publisher,
                published=source.published,
                interest=source.interest,
                note=source.note or "",
                address=source.address or "",
                trusted=source.slug not in self.distrust,
                claims=len(source.claims),
            )
            for at, source in enumerate(self.document.sources, start=1)
        )

    @cached_property
    def source_by_slug(self) -> dict[str, statements.SourceLine]:
        return {source.slug: source for source in self.sources}

    @cached_property
    def cells(self) -> dict[str, Markup]:
        """The cells of every criterion's row, as markup, with a place for the reader's query in
        each link.
        """
        return {slug: self._cells_of(criterion) for slug, criterion in self.criteria.items()}

    def _cells_of(self, criterion: Criterion) -> Markup:
        known = [self.evidence.scores[option][criterion.slug] for option in self.named]
        best = max((score for score in known if score is not None), default=None)
        bounds = [self.evidence.cells[criterion.slug, option].bounds for option in self.named]
        beaten = best is not None and any(
            bound is not None and bound.high > best for bound in bounds
        )
        alone = known.count(best) == 1 and len(known) > 1 and not beaten
        cells = []
        for option, score in zip(self.option_names, known, strict=True):
            behind = self.evidence.cells[criterion.slug, option.slug]
            cell = criterion.cells.get(option.slug)
            cells.append(
                {
                    "option": option,
                    "text": cell.text if cell else "",
                    "applies": cell is None or cell.applies,
                    "score": number(score),
                    "span": span(behind.bounds),
                    "mark": None if score is None else round(score),
                    "lead": alone and score == best,
                    "stances": behind.stances,
                    "sources": sum(stance != evidence.SILENT for stance in behind.stances),
                    "agreement": behind.agreement,
                    "support": behind.support,
                    "against": behind.against,
                    "origins": behind.origins,
                    "rests_on": behind.rests_on,
                }
            )
        return render(
            "comparison/cells.html",
            criterion=criterion,
            cells=cells,
            scored=self,
            wide=self.wide,
            place=PLACE,
        )

    def ruler(self, slug: str, importance: int) -> Markup:
        """The six radio buttons of a criterion, one of them chosen."""
        return self._rulers[slug, importance]

    @cached_property
    def _rulers(self) -> dict[tuple[str, int], Markup]:
        return {
            (slug, chosen): render(
                "comparison/ruler.html", slug=slug, name=criterion.name, chosen=chosen
            )
            for slug, criterion in self.criteria.items()
            for chosen in range(6)
        }

    @cached_property
    def heading(self) -> Heading:
        document = self.document
        checks = [
            cell.checked.read_on
            for c in document.criteria
            for cell in c.cells.values()
            if cell.checked
        ]
        return Heading(
            title=document.title,
            topic=document.topic,
            question=document.question,
            summary=self._marked(document.summary),
            licence=document.licence,
            long=len(document.title) > LONG_TITLE,
            options=len(document.options),
            criteria=len(document.criteria),
            sources=sum(source.trusted for source in self.sources),
            of_sources=len(self.sources),
            claims=sum(source.claims for source in self.sources if source.trusted),
            of_claims=sum(source.claims for source in self.sources),
            disputed=len(self.evidence.disputes),
            checked=max(checks, default=None),
        )

    def _marked(self, text: str) -> Markup:
        """Return the text with the names of the two head-to-head options in their colours."""
        html = str(escape(text))
        for option in self.option_names:
            if option.slug not in {first.slug for first in self.document.options[:2]}:
                continue
            name = re.escape(str(escape(option.name)))
            html = re.sub(
                rf"\b{name}\b", f'<b class="w{option.slot}">{escape(option.name)}</b>', html
            )
        return Markup(html)  # noqa: S704  (escaped above)

    @cached_property
    def prose(self) -> dict[str, Markup]:
        return {slug: Markup(html) for slug, html in self.release.prose.items()}  # noqa: S704  (sanitised by markup.py)

    @cached_property
    def cases(self) -> Markup:
        return render("comparison/cases.html", rows=self.case_rows, scored=self)

    @cached_property
    def case_rows(self) -> tuple[use_cases.UseCaseRow, ...]:
        return tuple(
            self._case_row(use.slug, use.name, use.description) for use in self.document.use_cases
        )

    def _case_row(self, slug: str, name: str, description: str) -> use_cases.UseCaseRow:
        asked = settings(self.document, Selection(use=slug))
        verdict = decision.decide(
            self.matrix, asked.weights, requirements=asked.requirements, changes=False
        )
        advice = tuple(
            line
            for source in self.document.sources
            if source.slug not in self.distrust
            for line in self._advice_of(source, slug)
        )
        return use_cases.UseCaseRow(
            slug=slug,
            name=name,
            description=description,
            standing=standing(self.named, verdict),
            query=self.query_of(slug),
            advice=advice,
            silent=len(self.document.sources) - len({line.source.slug for line in advice}),
        )

    def _advice_of(self, source: Source, use_case: str) -> list[use_cases.AdviceLine]:
        """Return what a source advises for a case; advice that differs only in its condition is one
        line.
        """
        lines: dict[tuple[tuple[str, ...], bool], use_cases.AdviceLine] = {}
        for given in source.advice:
            if given.use_case == use_case:
                against = given.strength is Strength.ADVISED_AGAINST
                choices = tuple(self._in_words(choice) for choice in given.choices)
                line = lines.get((choices, against)) or use_cases.AdviceLine(
                    source=self.source_by_slug[source.slug],
                    choices=choices,
                    slots=tuple(
                        self.named[c.option].slot if c.option in self.named else "n"
                        for c in given.choices
                    ),
                    against=against,
                    conditions=(),
                )
                conditions = (
                    (*line.conditions, given.condition) if given.condition else line.conditions
                )
                lines[choices, against] = replace(line, conditions=conditions)
        return list(lines.values())

    def _in_words(self, choice: Choice) -> str:
        return " + ".join(
            ([self._names[choice.option]] if choice.option else [])
            + [self._names[c] for c in choice.components]
        )

    @cached_property
    def _names(self) -> dict[str, str]:
        components = {component.slug: component.name for component in self.document.components}
        return components | {option.slug: option.name for option in self.document.options}

    @cached_property
    def more(self) -> Markup:
        """The sections below the figures, closed; each brings its statements when it is opened."""
        return render(
            "comparison/more.html", sections=self.sections.values(), scored=self, place=PLACE
        )

    @cached_property
    def figures(self) -> Markup:
        tables = figure_tables(self.document, self.option_names, self.source_by_slug)
        derived = derived_lines(self.document, self.source_by_slug)
        objections = [line for line in objection_lines(self) if line.section == "figures"]
        return render(
            "comparison/figures.html",
            tables=tables,
            derived=derived,
            objections=objections,
            scored=self,
        )


def score(release: Published, selection: Selection, base: str = "") -> ScoredRelease:
    """Return the scored release of a release that a selection asks for, from memory where it was asked for
    before.

    base: path of the page that its links lead to; the page that follows the newest release, unless
    said otherwise.
    """
    known = release.document.names
    scored = ScoredRelease(
        slug=release.slug,
        number=release.number,
        digest=release.digest,
        distrust=selection.distrust & frozenset(known.sources),
        claims_only=selection.basis == CLAIMS,
        shown=selection.options,
        base=base or f"/{release.slug}/",
        release=release,
    )
    return _kept(scored)


@lru_cache(maxsize=KEPT)
def _kept(scored: ScoredRelease) -> ScoredRelease:
    return scored


def backing_of(scored: "ScoredRelease") -> dict[tuple[str, str], Backing]:
    """Return the backing of every cell whose score is known, by criterion and option."""
    last = max((source.read_on for source in scored.document.sources), default=None)
    found = {}
    for at, cell in scored.evidence.cells.items():
        if cell.score is None:
            continue
        criterion = scored.criteria[at[0]]
        own = criterion.cells.get(at[1])
        check = own.checked if own and cell.basis == "editor" else None
        backers = [
            source
            for source, claim in cell.claims
            if stance_of(criterion, [claim], cell.reach) == SUPPORTS
        ]
        dates = (
            [check.read_on.isoformat()]
            if check
            else [s.published for s in backers if s.published != "undated"]
        )
        found[at] = Backing(
            checked=check is not None,
            support=cell.support,
            against=cell.against,
            harsh=sum(claim.finding in AGAINST for _, claim in cell.claims),
            age=_months_between(max(dates), last) if dates and last else None,
            interested=bool(backers) and all(source.is_commercial for source in backers),
        )
    return found


def _months_between(published: str, last: date) -> int:
    """Return the whole months from a day, month or year to a day; what is only known to the year
    began with it.
    """
    year, month = int(published[:4]), int(published[5:7] or 1)
    return max(0, 12 * (last.year - year) + last.month - month)
