"""What is rendered once for a scored release, with places for what each request puts there, and
kept with it: the cells and rulers of the matrix, the parts of a margin, the sections below it.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from weakref import ReferenceType, ref

from markupsafe import Markup, escape

from comparison.core.document.schema import Criterion
from comparison.core.evidence import SILENT
from comparison.core.rounding import number, span
from comparison.pages.comparison.figures.entries import excerpt, figures_of
from comparison.pages.comparison.matrix.columns import MOST_WITH_WORDS
from comparison.pages.comparison.use_cases.plot import use_case_plot
from comparison.pages.evidence.sections import sections_of
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import ScoredRelease, kept_with_release
from comparison.rendering.addresses import with_query
from comparison.rendering.jinja import render

# left in a template for what each request puts there: no text of a release may hold a control
# character, and this one does not double what every other sign takes in memory
PLACE = "\x1a"
STEPS = (0, 1, 2, 3, 4, 5)  # of every ruler
AFTER_CELL = Markup("</td>")
# what is said of a dispute of which only what the reader leaves out is a part
LEFT_OUT = "left-out"


class CellLine(NamedTuple):
    """One cell of the matrix, as it is rendered."""

    option: OptionName  # that the cell is of
    text: str  # empty where the editors give none
    is_text: bool  # it is words alone, of a criterion that is never scored
    applies: bool  # False where the criterion means nothing for the option
    score: str  # as shown; empty where unknown
    span: str  # between which points an unknown score lies; empty where nothing says so
    mark: int | None  # the score in whole points, for its picture
    lead: bool  # alone ahead on this criterion
    place: int  # in this row by score, from 1; equal scores share one, unknown ones are last
    stances: tuple[str, ...]  # of every source
    sources: int  # that speak of it
    claims: int  # of all sources on it
    agreement: str  # agreed, split, single, mentioned, silent
    support: int  # origins that support the score
    against: int  # origins that speak against it
    origins: int  # that speak of it at all
    rests_on: tuple[str, ...]  # sources, check; or editors, or nothing
    left_out: int  # sources that the reader leaves out and that speak of it
    is_checked: bool  # in the documentation, also where the editors' own is left out


@dataclass(frozen=True)
class Fragments:
    """Everything rendered of one scored release, each when it is first asked for."""

    # It is kept with the scored release, and must not keep it in its turn.
    _scored: ReferenceType[ScoredRelease]

    @property
    def scored(self) -> ScoredRelease:
        scored = self._scored()
        assert scored is not None, "whoever asks for a fragment holds the scored release"
        return scored

    @cached_property
    def prose(self) -> Mapping[str, Markup]:
        """What the editors wrote, by the section of the page that it opens."""
        prose = self.scored.release.prose
        # sanitised by markdown.py
        return {slug: Markup(html) for slug, html in prose.items()}  # noqa: S704

    @cached_property
    def _made(self) -> dict[Hashable, Any]:
        """What was rendered so far of that of which a page shows a part, by what it is."""
        return {}

    def part(self, criterion: str, option: OptionName, *, assumed: bool, disputed: bool) -> str:
        """Return a row of "What decides it": the criterion, the option it speaks for, whether a
        score is assumed, and whether a dispute about it could move the result.

        A request only puts the page with that row, the bar's place, its width and the points into
        the places left for them. Of all that there could be a page shows a few, mostly the same.
        """
        key = (criterion, option.slug, assumed, disputed)
        if key not in self._made:
            row = render(
                "comparison/contribution.html",
                slug=criterion,
                name=self.scored.criteria[criterion].name,
                disputed=disputed,
                option=option,
                assumed=assumed,
                place=PLACE,
            )
            self._made[key] = str(row).replace("%", "%%").replace(PLACE, "%s")
        part: str = self._made[key]
        return part

    def cells(self, criterion: str) -> dict[str, Markup]:
        """Return the cells of a criterion's row, by option in editorial order, with a place for the
        reader's query in each link.
        """
        if criterion not in self._made:
            self._made[criterion] = _cells_of(self.scored, self.scored.criteria[criterion])
        cells: dict[str, Markup] = self._made[criterion]
        return cells

    def toggle(self, slug: str, dispute: str, *, on: bool) -> Markup:
        """Return the name and the box of a criterion, with what is said of a dispute about it."""
        key = (slug, dispute, on)
        if key not in self._made:
            self._made[key] = render(
                "comparison/criterion_toggle.html",
                slug=slug,
                name=self.scored.criteria[slug].name,
                dispute=dispute,
                on=on,
            )
        toggle: Markup = self._made[key]
        return toggle

    def ruler(self, slug: str, chosen: float, preset: float) -> Markup:
        """Return the radio buttons of a criterion: 0 to 5, and what stands between them where it is
        chosen or preset. None is ticked but what is chosen.
        """
        if chosen not in STEPS or preset not in STEPS:
            return self._ruler(slug, chosen, sorted({*STEPS, chosen, preset}))
        key = (slug, chosen)
        if key not in self._made:
            self._made[key] = self._ruler(slug, chosen, STEPS)
        ruler: Markup = self._made[key]
        return ruler

    def _ruler(self, slug: str, chosen: float, values: Sequence[float]) -> Markup:
        name = self.scored.criteria[slug].name
        return render(
            "comparison/ruler.html", slug=slug, name=name, chosen=chosen, values=values, steps=STEPS
        )

    @cached_property
    def use_cases(self) -> Markup:
        """The use cases as a plot, with a place for the reader's query in each link."""
        return render(
            "comparison/use_cases.html",
            plot=use_case_plot(self.scored),
            prose=self.prose.get("use-cases", ""),
            home=self.scored.home,
            query=self.scored.query,
            place=PLACE,
        )

    @cached_property
    def figures(self) -> Markup:
        """The first figure, and the others closed; each brings its plot when it is opened."""
        figures = figures_of(self.scored)
        return render(
            "comparison/figures.html",
            figures=(*(excerpt(figure) for figure in figures[:1]), *figures[1:]),
            home=self.scored.home,
            query=self.scored.query,
            place=PLACE,
        )

    @cached_property
    def section_list(self) -> Markup:
        """The sections below the figures, closed; each brings its statements when it is opened."""
        return render(
            "comparison/section_list.html",
            sections=sections_of(self.scored).values(),
            home=self.scored.home,
            query=self.scored.query,
            place=PLACE,
        )


@kept_with_release
def fragments_of(scored: ScoredRelease) -> Fragments:
    """Return what is rendered of a scored release, from memory where it was asked for before."""
    return Fragments(ref(scored))


def fill_in(rendered: str, query: str) -> Markup:
    """Put the reader's query where a link was rendered with a place for it."""
    # as plain text: Markup would copy all of it once more
    html = str.replace(rendered, with_query("", PLACE), escape(with_query("", query)))
    return Markup(html)  # noqa: S704  (the query is escaped)


def with_use_case(rendered: Markup, use_case: str | None) -> Markup:
    """Mark in the plot of use cases the one that is in force, and open its family; the page's
    script does the same after a change.
    """
    before, button, after = str(rendered).partition(f'value="{use_case}"><b>Use</b>')
    if not button:
        return rendered
    above, family, lines = before.rpartition('<details class="family"')
    is_folded = bool(family) and not lines.startswith(" open")
    in_force = f'value="{use_case}" aria-current="true"><b>In use</b>'
    return Markup(  # noqa: S704  (of what was rendered, and a slug)
        "".join((above, family, " open" if is_folded else "", lines, in_force, after))
    )


def cell_lines_of(scored: ScoredRelease, criterion: Criterion) -> tuple[CellLine, ...]:
    """Return the cells of a criterion's row, in editorial order."""
    evidence = scored.evidence
    scores = [evidence.cells[criterion.slug, option].score for option in scored.named]
    known = [score for score in scores if score is not None]
    best = max(known, default=None)
    bounds = [evidence.cells[criterion.slug, option].bounds for option in scored.named]
    is_beaten = best is not None and any(
        bound is not None and bound.high > best for bound in bounds
    )
    is_alone = scores.count(best) == 1 and len(scores) > 1 and not is_beaten
    return tuple(
        _cell(
            scored,
            criterion,
            option,
            is_lead=is_alone and score == best,
            place=1
            + sum(other is not None and (score is None or other > score) for other in scores),
        )
        for option, score in zip(scored.option_names, scores, strict=True)
    )


def _cells_of(scored: ScoredRelease, criterion: Criterion) -> dict[str, Markup]:
    cells = cell_lines_of(scored, criterion)
    row = render(
        "comparison/wide_row_cells.html" if scored.wide else "comparison/row_cells.html",
        criterion=criterion.slug,
        name=criterion.name,
        is_text=not criterion.is_scored,
        cells=cells,
        with_words=len(cells) <= MOST_WITH_WORDS,
        home=scored.home,
        place=PLACE,
    )
    # one call for a row, not for a cell: a wide table has thousands
    *each, _ = row.split(AFTER_CELL)
    return dict(zip(scored.named, [cell + AFTER_CELL for cell in each], strict=True))


def _cell(
    scored: ScoredRelease, criterion: Criterion, option: OptionName, *, is_lead: bool, place: int
) -> CellLine:
    evidence = scored.evidence.cells[criterion.slug, option.slug]
    score, cell = evidence.score, criterion.cells.get(option.slug)
    return CellLine(
        option=option,
        text=cell.text if cell else "",
        is_text=not criterion.is_scored,
        applies=cell is None or cell.applies,
        score=number(score),
        span=span(evidence.bounds),
        mark=None if score is None else round(score),
        lead=is_lead,
        place=place,
        stances=evidence.stances,
        sources=sum(stance != SILENT for stance in evidence.stances),
        claims=len(evidence.claims),
        agreement=evidence.agreement,
        support=evidence.support,
        against=evidence.against,
        origins=evidence.origins,
        rests_on=evidence.rests_on,
        left_out=len(scored.left_out.get((criterion.slug, option.slug), ())),
        is_checked=bool(cell and cell.checked),
    )
