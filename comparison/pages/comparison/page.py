"""The comparison's page, and the smaller records of its regions: each beside the function of a View
that builds it.
"""

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from comparison.pages.comparison import structured_data
from comparison.pages.comparison.answer.recommendation import Results, results_of
from comparison.pages.comparison.answer.trials import Flips, flips_of
from comparison.pages.comparison.controls import Controls, controls_of
from comparison.pages.comparison.head import Head, RegionHead, head_of, region_head_of
from comparison.pages.comparison.matrix.columns import OverallScore, overall_scores_of, ranks_of
from comparison.pages.comparison.matrix.fragments import fill_in, fragments_of, with_use_case
from comparison.pages.comparison.matrix.parts import AllParts, GroupSum, all_parts_of, group_sums
from comparison.pages.comparison.matrix.rows import Matrix, matrix_of
from comparison.pages.history.link_age import Ageing
from comparison.pages.view import View
from comparison.rendering.jinja import render


@dataclass(frozen=True, kw_only=True)
class ResultRegion(RegionHead):
    """The recommendation, and what follows from it elsewhere on the page."""

    results: Results  # the panel
    overall_scores: tuple[OverallScore, ...]  # every option's overall score, in editorial order
    excluded: str  # the places of the excluded options, counted from 1: "1 3"
    ranks: tuple[str, ...]  # every option's rank as it is shown, in editorial order
    # the place of whom the leader is set against, counted from 1; None where there is none
    rival: int | None
    sums: tuple[GroupSum, ...]  # what each group of criteria gives to the margin
    unsettled: tuple[str, ...]  # criteria whose dispute could move the result

    @cached_property
    def sentence(self) -> Markup:
        """The recommendation with comparison and release, in the words of the templates."""
        return render("comparison/sentence.html", page=self)

    @property
    def ranking(self) -> Markup:
        """The ranked options as search engines read them."""
        return structured_data.ranking(self.heading, self.results, self.sentence)


@dataclass(frozen=True, kw_only=True)
class ResultPage(ResultRegion, Head):
    """The same on a page of its own, or with more that reads its head."""


@dataclass(frozen=True, kw_only=True)
class PartsPage(ResultPage):
    """Every part of the margin, to add up again."""

    all_parts: AllParts | None  # None where there is no margin


@dataclass(frozen=True, kw_only=True)
class FlipsPage(ResultPage):
    """All that would change the leader, and why the others do not lead."""

    flips: Flips | None  # None where there is no sole leader with a rival


@dataclass(frozen=True, kw_only=True)
class ComparisonPage(ResultPage):
    """One comparison under one selection, whole."""

    editor: str  # who published the release
    note: str  # the editor's, on the release
    settings: Controls  # what the form's controls show
    counted: int  # criteria that count towards the result
    matrix: Matrix  # the criteria's rows
    prose: dict[str, Markup]  # what the editors wrote, by the section that it opens
    use_cases: Markup  # the use cases as a plot
    figures: Markup  # the first figure, the others closed; empty where there are none
    section_list: Markup  # the sections below, closed; empty where there are none
    # the comparison and its files as search engines read them; None where the address leads to none
    dataset: Markup | None


def result_region(view: View) -> ResultRegion:
    """Return the recommendation of a view."""
    scores, margin = overall_scores_of(view), view.margin
    return ResultRegion(
        **vars(region_head_of(view)),
        results=results_of(view),
        overall_scores=scores,
        sums=group_sums(view),
        unsettled=view.unsettled,
        excluded=" ".join(
            [str(place) for place, overall in enumerate(scores, start=1) if overall.excluded]
        ),
        ranks=ranks_of(view),
        rival=list(view.scored.named).index(margin.rival) + 1 if margin else None,
    )


def result_page(view: View) -> ResultPage:
    """Return the recommendation of a view, and the head of its page."""
    return ResultPage(**vars(head_of(view)) | vars(result_region(view)))


def parts_page(view: View) -> PartsPage:
    """Return every part of a view's margin."""
    page = result_page(view)
    pair = {option.slug: option for option in page.results.pair}
    return PartsPage(**vars(page), all_parts=all_parts_of(view, pair))


def flips_page(view: View) -> FlipsPage:
    """Return all that would change a view's leader."""
    return FlipsPage(**vars(result_page(view)), flips=flips_of(view))


def _is_made_on_newest(view: View) -> bool:
    link = view.link
    names_release = link.pinned or link.draft
    return not names_release and view.selection.made_on == link.newest == view.scored.release.number


def comparison_page(view: View, ageing: Ageing | None = None) -> ComparisonPage:
    """Return the whole page of a view. ageing: what has moved since its link was made."""
    release, fragments = view.scored.release, fragments_of(view.scored)
    return ComparisonPage(
        **vars(result_page(view))
        | {"ageing": ageing, "is_made_on_newest": _is_made_on_newest(view)},
        editor=release.editor,
        note=release.note,
        settings=controls_of(view),
        counted=len(view.decision.importances),
        matrix=matrix_of(view),
        prose=dict(fragments.prose),
        use_cases=with_use_case(fill_in(fragments.use_cases, view.query), view.chosen_use_case),
        figures=fill_in(fragments.figures, view.query),
        section_list=fill_in(fragments.section_list, view.query),
        dataset=structured_data.dataset(view.scored, view.link.origin),
    )
