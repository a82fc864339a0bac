"""View -> who would lead if one thing were otherwise: an importance, the use case,
an option left out.

Nothing here is estimated: every strip, row and line is the engine's own answer to that other
question.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from markupsafe import Markup, escape

from comparison.core.decision import Leading, LeadWithout, leads_without
from comparison.core.rounding import points
from comparison.core.selection import SpelledAt, canonical, spell
from comparison.pages.comparison.head import Head
from comparison.pages.comparison.matrix.columns import excluded_in
from comparison.pages.comparison.matrix.fragments import PLACE, STEPS
from comparison.pages.comparison.page import FlipsPage, flips_page
from comparison.pages.comparison.use_cases.leaders import use_case_rows
from comparison.pages.comparison.use_cases.plot import in_order, sides_of
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import ScoredRelease, kept_with_release
from comparison.pages.standing import Standing, scores_shown, standing
from comparison.pages.view import View
from comparison.publishing import releases
from comparison.rendering.addresses import with_query
from comparison.rendering.jinja import listed, render


class Strip(NamedTuple):
    """One criterion over its importances 0 to 5."""

    row: Markup  # of the table; each box leads to the selection with that importance
    firm: bool  # the same leader at every importance
    leaders: tuple[tuple[str, ...], ...]  # at 0, 1, 2, 3, 4 and 5; several tie


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One use case with its own presets alone."""

    name: str  # of the use case
    standing: Standing  # who leads then
    lead: str  # points, with one decimal as all in the list have; empty where there is no rival
    query: str  # the selection of that use case alone


@dataclass(frozen=True, slots=True)
class WithoutLine:
    """One option taken away: who leads then. No other score moves."""

    option: OptionName  # that is taken away
    standing: Standing  # who leads then
    query: str  # the selection without it


@dataclass(frozen=True, kw_only=True)
class SensitivityPage(FlipsPage):
    """Who would lead otherwise."""

    strips: tuple[Strip, ...]  # one for each criterion, in editorial order
    marked: tuple[OptionName, ...]  # the options that lead in some box of them, in editorial order
    has_ties: bool  # in some box several do
    cases: Markup  # who leads in each use case; empty where there is none
    # one for each option that is not excluded; empty where only two are compared
    without: tuple[WithoutLine, ...]
    # each of those options' overall score as shown, the highest first; those without one are left
    # out
    scores: tuple[tuple[OptionName, str], ...]


def sensitivity_page(view: View) -> SensitivityPage:
    """Return what would be otherwise. Each criterion is asked six times, each option once."""
    scored = view.scored
    page = flips_page(view)
    strips = tuple(_strips(view, page))
    leaders = {together for strip in strips for together in strip.leaders}
    excluded = excluded_in(view)
    ranked = [option for option in scored.option_names if option.slug not in excluded]
    scores = scores_shown(view.decision)
    marked = {scored.named[option] for option in chain.from_iterable(leaders)}
    return SensitivityPage(
        **vars(page),
        strips=strips,
        marked=tuple(sorted(marked, key=attrgetter("number"))),
        has_ties=any(len(together) > 1 for together in leaders),
        cases=_cases(scored),
        without=tuple(_without(view, ranked)) if len(scored.option_names) > 2 else (),
        scores=tuple(
            (scored.named[option.option], scores[option.option])
            for option in view.decision.options
            if option.option not in excluded and scores[option.option]
        ),
    )


def _strips(view: View, head: Head) -> Iterator[Strip]:
    """Say who leads at each importance of each criterion. No importance moves a must-have."""
    scored, now = view.scored, view.settings.importances
    leading = Leading(view.matrix, now, view.settings.must_haves)
    spelled = SpelledAt(scored.document, view.selection)
    to_rows = [escape(head.canonical), escape(head.every)]
    here = scored.home.address_of("sensitivity")

    def address_in_box(query: str) -> str:
        return str(escape(with_query(here, query)))

    in_box: dict[tuple[str, ...], tuple[Markup, Markup]] = {}
    for criterion in scored.document.scored_criteria:
        slug = criterion.slug
        leaders = tuple(leading.leaders_over(slug, STEPS))
        is_firm = len({*leaders}) == 1
        # that counts now; 0 where the criterion is switched off
        current = int(now[slug]) if now[slug] in STEPS else None
        between = "" if current is not None else f"<small>now {now[slug]:g}</small>"
        places = [to_rows[slug in head.hidden], between]
        for address, together in zip(spelled.at(slug, STEPS, address_in_box), leaders, strict=True):
            if together not in in_box:
                in_box[together] = _in_box(scored, together)
            places += (address, *in_box[together])
        row = _row(scored, slug, current, is_firm=is_firm) % tuple(places)
        yield Strip(Markup(row), is_firm, leaders)  # noqa: S704  (rendered, and escaped)


@kept_with_release
def _row(scored: ScoredRelease, slug: str, current: int | None, *, is_firm: bool) -> str:
    """Return the row of a strip, with places for the rest of what `_strips` says."""
    row = render(
        "analysis/strip.html",
        slug=slug,
        name=scored.criteria[slug].name,
        current=current,
        firm=is_firm,
        steps=STEPS,
        place=PLACE,
    )
    text = str(row).replace("%", "%%").replace(PLACE, "%s")
    releases.memory.kept.grow(scored, sys.getsizeof(text))
    return text


@kept_with_release
def _in_box(scored: ScoredRelease, leaders: tuple[str, ...]) -> tuple[Markup, Markup]:
    """Return the names of who leads in a box of a strip, and their marks."""
    options = [scored.named[option] for option in leaders]
    return escape(listed(options) or "no leader"), render("analysis/leaders.html", leaders=options)


@kept_with_release
def _cases(scored: ScoredRelease) -> Markup:
    """Return who leads in each use case, in the order of the plot of them."""
    rows = use_case_rows(scored)
    sides = sides_of(rows, scored.option_names)
    cases = tuple(
        CaseLine(
            row.name,
            row.standing,
            points(row.lead) if row.standing.margin else "",
            row.query,
        )
        for row in in_order(rows, sides)
    )
    html = render("analysis/cases.html", cases=cases, is_by_leader=not sides, home=scored.home)
    releases.memory.kept.grow(scored, sys.getsizeof(html))
    return html


def _without(view: View, options: Sequence[OptionName]) -> Iterator[WithoutLine]:
    """Say who leads when each of some options is left out: the scores of the others stay, so only
    the first place can move.
    """
    leads = leads_without(view.matrix, view.decision)
    for option in options:
        others = frozenset(other for other in view.scored.named if other != option.slug)
        selection = replace(view.selection, options=others)
        if lead := leads.get(option.slug):
            standing_then = _standing_with(view, lead)
            query = spell(view.scored.document, canonical(view.scored.document, selection))
        else:
            then = view.under(selection)
            standing_then, query = then.standing, then.query
        yield WithoutLine(option, standing_then, query)


def _standing_with(view: View, lead: LeadWithout) -> Standing:
    """Return the standing of a view whose leader leads as surely as that."""
    sure = view.decision.confidence
    decision = view.decision._replace(
        label=lead.label, confidence=sure and sure._replace(contenders=lead.contenders)
    )
    return standing(view.scored.named, decision)
