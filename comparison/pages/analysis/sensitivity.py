"""View -> who would lead if one thing were otherwise: an importance, the use case,
an option left out.

Nothing here is estimated: every strip, row and line is the engine's own answer to that other
question.
"""

from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter

from comparison.core.decision import Leading
from comparison.core.rounding import points
from comparison.core.selection import canonical, settings, spell
from comparison.pages.comparison.matrix.columns import excluded_in
from comparison.pages.comparison.page import FlipsPage, flips_page
from comparison.pages.comparison.use_cases.leaders import use_case_rows
from comparison.pages.comparison.use_cases.plot import in_order, sides_of
from comparison.pages.option_marks import OptionName
from comparison.pages.standing import Standing, scores_shown
from comparison.pages.view import View


@dataclass(frozen=True, slots=True)
class Step:
    """One importance of one criterion, and who leads then."""

    importance: int  # 0 to 5
    leaders: tuple[OptionName, ...]  # several tie; empty where nobody leads
    current: bool  # it is the importance that counts now; 0 where the criterion is switched off
    query: str  # the selection with this importance


@dataclass(frozen=True, slots=True)
class Strip:
    """One criterion over its importances 0 to 5."""

    slug: str  # of the criterion
    name: str  # of the criterion
    steps: tuple[Step, ...]  # at 0, 1, 2, 3, 4 and 5
    firm: bool  # the same leader at every importance
    between: str  # the importance that counts now, where it is none of these; else empty


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
    cases: tuple[CaseLine, ...]  # in the order of the plot of them
    is_by_leader: bool  # that order is by leader first; else by the lead alone
    # one for each option that is not excluded; empty where only two are compared
    without: tuple[WithoutLine, ...]
    # each of those options' overall score as shown, the highest first; those without one are left
    # out
    scores: tuple[tuple[OptionName, str], ...]


def sensitivity_page(view: View) -> SensitivityPage:
    """Return what would be otherwise. Each criterion is asked six times, each option once."""
    scored = view.scored
    rows = use_case_rows(scored)
    leading = Leading(view.matrix, view.settings.importances, view.settings.must_haves)
    strips = tuple(
        _strip(view, leading, criterion.slug, criterion.name)
        for criterion in scored.document.scored_criteria
    )
    leaders = [step.leaders for strip in strips for step in strip.steps]
    sides = sides_of(rows, scored.option_names)
    excluded = excluded_in(view)
    ranked = [option for option in scored.option_names if option.slug not in excluded]
    scores = scores_shown(view.decision)
    return SensitivityPage(
        **vars(flips_page(view)),
        strips=strips,
        marked=tuple(sorted({*chain.from_iterable(leaders)}, key=attrgetter("number"))),
        has_ties=any(len(together) > 1 for together in leaders),
        cases=tuple(
            CaseLine(
                row.name,
                row.standing,
                points(row.lead) if row.standing.margin else "",
                row.query,
            )
            for row in in_order(rows, sides)
        ),
        is_by_leader=not sides,
        without=tuple(_without(view, option) for option in ranked)
        if len(scored.option_names) > 2
        else (),
        scores=tuple(
            (scored.named[option.option], scores[option.option])
            for option in view.decision.options
            if option.option not in excluded and scores[option.option]
        ),
    )


def _strip(view: View, leading: Leading, slug: str, name: str) -> Strip:
    steps = tuple(_step(view, leading, slug, importance) for importance in range(6))
    now = view.settings.importances[slug]
    is_firm = len({step.leaders for step in steps}) == 1
    return Strip(slug, name, steps, is_firm, "" if now in range(6) else f"{now:g}")


def _step(view: View, leading: Leading, slug: str, importance: int) -> Step:
    document, selection = view.scored.document, view.selection
    then = canonical(
        document,
        replace(
            selection,
            importances={**selection.importances, slug: importance},
            off=selection.off - {slug},
        ),
    )
    # no importance moves a must-have
    leaders = leading.leaders(settings(document, then).importances)
    return Step(
        importance=importance,
        leaders=tuple([view.scored.named[option] for option in leaders]),
        current=view.settings.importances[slug] == importance,  # switched off is 0, too
        query=spell(document, then),
    )


def _without(view: View, option: OptionName) -> WithoutLine:
    """Return who leads when an option is left out: the scores of the others stay, so only the first
    place can move.
    """
    others = frozenset(other for other in view.scored.named if other != option.slug)
    then = view.under(replace(view.selection, options=others))
    return WithoutLine(option, then.standing, then.query)
