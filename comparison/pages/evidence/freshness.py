"""How old the checks are, and what rests on one source or on none."""

import sys
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from comparison.pages.comparison.head import Head, head_of
from comparison.pages.comparison.matrix.fragments import PLACE, fill_in
from comparison.pages.evidence.sources import findings_of, statements_of
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import ScoredRelease, kept_with_release
from comparison.pages.view import View
from comparison.publishing import releases
from comparison.rendering.jinja import render


@dataclass(frozen=True, slots=True)
class CellAge:
    criterion_slug: str  # with the option it names the cell
    criterion: str  # its name
    option: OptionName  # that the cell is of
    changed_on: date | None  # when the score was last changed; None where nobody recorded it
    checked_on: date | None  # when somebody last read the documentation; None = never
    due_on: date | None  # when that is to be done again; None where nothing says so


@dataclass(frozen=True, slots=True)
class Ages:
    """How fresh and how well founded everything is, counted."""

    today: date  # the day that the counts are of
    claims: int  # how many there are of all sources
    statements: int  # claims and everything else that an editor judges
    # how many statements have each; those that none has are left out
    findings: tuple[tuple[str, int], ...]
    cells: int  # how many there are of the options that are compared
    checked: int  # how many cells somebody has read documentation for
    overdue: tuple[CellAge, ...]  # their check was due before today
    single: tuple[CellAge, ...]  # only one origin speaks to these
    silent: tuple[CellAge, ...]  # no source that counts mentions these
    all: tuple[CellAge, ...]  # in editorial order


@dataclass(frozen=True, kw_only=True)
class FreshnessPage(Head):
    """How fresh and how well founded everything is."""

    today: date  # the day that it is told of
    ages: Markup  # that is told, and every cell


def freshness_page(view: View, today: date) -> FreshnessPage:
    """Return the counts and the cells behind them. A check is overdue once the criterion's shelf
    life has passed.
    """
    ages = fill_in(_told(view.scored, today), view.query)
    return FreshnessPage(**vars(head_of(view)), today=today, ages=ages)


def _told(scored: ScoredRelease, today: date) -> Markup:
    """Return all of the page that depends on no selection, with places for the reader's query; of
    the day before nothing is kept.
    """
    of_day = _of_day(scored)
    told = of_day.get(today)
    if told is None:
        told = render(
            "evidence/ages.html", ages=_ages(scored, today), home=scored.home, place=PLACE
        )
        if not of_day:
            releases.memory.kept.grow(scored, sys.getsizeof(told))
        of_day.clear()
        of_day[today] = told
    return told


@kept_with_release
def _of_day(scored: ScoredRelease) -> dict[date, Markup]:
    """Return where `_told` keeps what it returns."""
    return {}


def _ages(scored: ScoredRelease, today: date) -> Ages:
    document, cells = scored.document, scored.evidence.cells
    ages = {
        (criterion.slug, option.slug): _age(scored, criterion.slug, option.slug)
        for criterion in document.criteria
        for option in scored.described.values()
    }
    statements = statements_of(document)
    return Ages(
        today=today,
        claims=sum(len(source.claims) for source in document.sources),
        statements=len(statements),
        findings=findings_of(statements),
        cells=len(ages),
        checked=sum(age.checked_on is not None for age in ages.values()),
        overdue=tuple(age for age in ages.values() if age.due_on and age.due_on < today),
        single=tuple(age for place, age in ages.items() if cells[place].origins == 1),
        silent=tuple(age for place, age in ages.items() if not cells[place].origins),
        all=tuple(ages.values()),
    )


def _age(scored: ScoredRelease, criterion_slug: str, option_slug: str) -> CellAge:
    criterion = scored.criteria[criterion_slug]
    cell = criterion.cells.get(option_slug)
    check = cell.checked if cell else None
    life = criterion.shelf_life_days
    return CellAge(
        criterion_slug=criterion_slug,
        criterion=criterion.name,
        option=scored.described[option_slug],
        changed_on=cell.changed_on if cell else None,
        checked_on=check.read_on if check else None,
        due_on=check.read_on + timedelta(days=life) if check and life else None,
    )
