"""What a template may read is a promise: every name that it reads is there, and nothing is made
that nobody reads.
"""

import ast
from importlib import import_module
from inspect import get_annotations
from pathlib import Path

import pytest

from comparison.admin.discarding.delete_page import DeletePage
from comparison.admin.discarding.discard_page import DiscardPage
from comparison.admin.forms.deleting import GoesAlong
from comparison.admin.forms.ways import FormWays
from comparison.admin.grid.files import FilePage
from comparison.admin.grid.pages import Grid, GridPage, RowPage
from comparison.admin.grid.panel import CellPanel
from comparison.admin.grid.table import Edit, GridTable, Saved
from comparison.admin.history.history_page import HistoryPage
from comparison.admin.history.which import Which
from comparison.admin.home.home_page import DraftLine, HomePage
from comparison.admin.home.rows_of import RowsOfComparison
from comparison.admin.home.subjects import Subject
from comparison.admin.new_comparison.beginnings import BeginningsPage
from comparison.admin.new_comparison.content_upload import UploadPage
from comparison.admin.new_comparison.copying import CopyPage
from comparison.admin.new_comparison.from_table import FromTablePage
from comparison.admin.new_comparison.guided_rows import NewRow
from comparison.admin.new_comparison.guided_start import GuidedPage
from comparison.admin.new_comparison.guided_steps import RowStep
from comparison.admin.publishing.changes import Changes
from comparison.admin.publishing.effect import EffectPart
from comparison.admin.publishing.past_releases import AgainPage
from comparison.admin.publishing.past_releases import ReleasesPage as ReleasesOfEditors
from comparison.admin.publishing.preview_page import PreviewPage
from comparison.admin.publishing.publish_page import PublishPage
from comparison.admin.publishing.review_page import ReviewPage
from comparison.admin.publishing.schedule_page import SchedulePage
from comparison.admin.publishing.withhold_page import WithholdPage
from comparison.admin.sign_in.asking import CodePage, SetUpPage
from comparison.admin.sign_in.first_administrator import FirstAdministratorPage
from comparison.admin.sign_in.second_factor import SecondFactorPage
from comparison.admin.sign_in.second_step import CodesPage
from comparison.admin.suggestions import InTheDraft
from comparison.api.openapi import ApiPage
from comparison.core.alterations import Alterations
from comparison.models import Comparison
from comparison.pages.analysis.method import MethodPage
from comparison.pages.analysis.sensitivity import CaseLine, SensitivityPage
from comparison.pages.analysis.why_not import WhyNotPage
from comparison.pages.comparison.cell import CellPage
from comparison.pages.comparison.criterion_page import CriterionPage
from comparison.pages.comparison.figures.entries import FigureEntry
from comparison.pages.comparison.head import Head, NoteLine
from comparison.pages.comparison.matrix.fragments import CellLine, Fragments
from comparison.pages.comparison.matrix.parts import LargestParts
from comparison.pages.comparison.page import (
    ComparisonPage,
    FlipsPage,
    PartsPage,
    ResultPage,
    ResultRegion,
)
from comparison.pages.comparison.use_case_page import UseCasePage
from comparison.pages.comparison.use_cases.leaders import UseCaseRow
from comparison.pages.comparison.use_cases.places import Scale
from comparison.pages.comparison.use_cases.plot import UseCasePlot
from comparison.pages.comparison.wording import InWords
from comparison.pages.evidence.decision_tree import TreePage
from comparison.pages.evidence.figures import FigurePage, FiguresPage
from comparison.pages.evidence.findable import Entry
from comparison.pages.evidence.freshness import Ages, FreshnessPage
from comparison.pages.evidence.options import OptionsPage
from comparison.pages.evidence.samples import SamplesPage
from comparison.pages.evidence.search import Found, Hit, SearchPage
from comparison.pages.evidence.section import SectionPage, StatementsPage
from comparison.pages.evidence.sections import Section
from comparison.pages.evidence.sources import CellLink, SourcePage, SourcesPage
from comparison.pages.history.changes import ChangesPage, ReleaseLine, ReleasesPage
from comparison.pages.history.publishing_effect import NearCriterion, Selected, SharedLink
from comparison.pages.hub import HubEntry, HubPage
from comparison.pages.message import MessagePage
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import ScoredRelease
from comparison.pages.standing import Standing
from comparison.pages.statements import ClaimLine
from comparison.pages.view import Link, View
from comparison.rendering.addresses import Home
from comparison.sharing import exports
from comparison.sharing.embed import EmbedPage
from comparison.sharing.share_page import SharePage
from comparison.sharing.social_card import SocialCard
from comparison.web.comparison_request import ComparisonRequest
from comparison.web.limits.rate_limit import Limit
from comparison.web.refusals import Refusal, Typed
from comparison.web.regions import REGIONS
from comparison.web.views.suggestions import SuggestPage
from comparison.web.withheld import Words
from tests.editors_template_reads import EditorsReads
from tests.template_reads import Reads, is_explained, is_record

ROOT = Path(__file__).resolve().parents[2]
# What is rendered once a release is given more than a record (in `matrix/fragments.py`).
AT_HOME = {"home": Home, "query": str, "place": str}
OF_A_ROW = {
    "criterion": str,
    "name": str,
    "is_text": bool,
    "cells": list[CellLine],
    "with_words": bool,
    "home": Home,
    "place": str,
}
# What each template that is rendered by itself is given.
GIVEN = {
    "comparison/page.html": {"page": ComparisonPage},
    "comparison/parts_page.html": {"page": PartsPage},
    "comparison/newest.html": {"page": Head},
    "comparison/cell_page.html": {"page": CellPage},
    "comparison/criterion_page.html": {"page": CriterionPage},
    "comparison/criterion.html": {"page": CriterionPage},
    "comparison/head_after_change.html": {"page": ResultRegion},
    "comparison/sentence.html": {"page": ResultRegion},
    "comparison/contribution.html": {
        "slug": str,
        "name": str,
        "disputed": bool,
        "option": OptionName,
        "assumed": bool,
        "place": str,
    },
    "comparison/option_label.html": {"option": OptionName},
    "comparison/criterion_toggle.html": {"slug": str, "name": str, "dispute": str, "on": bool},
    "comparison/ruler.html": {
        "slug": str,
        "name": str,
        "chosen": float,
        "values": list[float],
        "steps": list[float],
    },
    "comparison/row_cells.html": OF_A_ROW,
    "comparison/wide_row_cells.html": OF_A_ROW,
    "comparison/use_cases.html": AT_HOME | {"plot": UseCasePlot, "prose": str},
    "comparison/use_case.html": {"page": UseCasePage},
    "comparison/use_case_page.html": {"page": UseCasePage},
    "comparison/figures.html": AT_HOME | {"figures": list[FigureEntry]},
    "comparison/figure.html": {"page": FigurePage},
    "comparison/section_list.html": AT_HOME | {"sections": list[Section]},
    "comparison/regions/claims.html": {"page": CellPage},
    "evidence/statements.html": {"page": StatementsPage},
    "evidence/sources.html": {"page": SourcesPage},
    "evidence/source.html": {"page": SourcePage},
    "evidence/implied.html": {"links": list[CellLink], "home": Home, "place": str},
    "evidence/claims_of_source.html": {"claims": list[tuple[OptionName, ClaimLine]]},
    "evidence/contradicted.html": {"claims": list[tuple[str, OptionName, ClaimLine]]},
    "evidence/section.html": {"page": SectionPage},
    "evidence/options.html": {"page": OptionsPage},
    "evidence/figures.html": {"page": FiguresPage},
    "evidence/tree.html": {"page": TreePage},
    "evidence/samples.html": {"page": SamplesPage},
    "evidence/hits.html": {"hits": dict[str, list[Hit]], "home": Home, "place": str},
    "evidence/search.html": {"page": SearchPage},
    "evidence/ages.html": {"ages": Ages, "home": Home, "place": str},
    "evidence/freshness.html": {"page": FreshnessPage},
    "evidence/suggest.html": {"page": SuggestPage},
    "analysis/sensitivity.html": {"page": SensitivityPage},
    "analysis/strip.html": {
        "slug": str,
        "name": str,
        "current": int,
        "firm": bool,
        "steps": list[int],
        "address": str,
        "place": str,
    },
    "analysis/leaders.html": {"leaders": list[OptionName]},
    "analysis/cases.html": {"cases": list[CaseLine], "is_by_leader": bool, "home": Home},
    "analysis/why.html": {"page": WhyNotPage},
    "analysis/method.html": {"page": MethodPage},
    "history/changes.html": {"page": ReleasesPage},
    "history/changes_between.html": {"page": ChangesPage},
    "history/standing.txt": {"standing": Standing},
    "history/selected.txt": {"selected": Selected},
    "history/changes_entry.html": {"page": ReleaseLine},
    "sharing/share.html": {"page": SharePage},
    "sharing/copies.html": {"page": SharePage},
    "sharing/embed.html": {"page": EmbedPage},
    "sharing/embed_withheld.html": {"page": Words},
    "sharing/card.svg": {"page": SocialCard},
    "sharing/card_words.txt": {"page": ResultPage},
    "api/page.html": {"page": ApiPage},
    "api/recommendation.txt": {"page": ResultPage},
    "api/altered.txt": {"page": Alterations},
    "api/note.txt": {"page": NoteLine},
    "hub/entry.html": {"entry": HubEntry},
    "hub/page.html": {"page": HubPage},
    "hub/regions/comparisons.html": {"page": HubPage},
    "message.html": {"page": MessagePage},
} | {
    f"comparison/regions/{name}.html": {
        "page": {"results": ResultRegion, "parts": PartsPage, "flips": FlipsPage}.get(
            name, ComparisonPage
        )
    }
    for name in {*REGIONS, *(one for companions in REGIONS.values() for one in companions)}
}


# The same of the editors' templates.
GIVEN_TO_EDITORS = {
    "admin/comparison/comparison/beginnings.html": {"page": BeginningsPage},
    "admin/comparison/comparison/guided.html": {"page": GuidedPage},
    "admin/comparison/comparison/from_table.html": {"page": FromTablePage},
    "admin/comparison/comparison/publish.html": {"page": PublishPage},
    "admin/comparison/comparison/changes.html": {"changes": Changes},
    "admin/comparison/comparison/effect.html": {"part": EffectPart},
    "admin/comparison/comparison/preview.html": {"page": PreviewPage},
    "admin/comparison/comparison/publish_again.html": {"page": AgainPage},
    "admin/comparison/comparison/releases.html": {"page": ReleasesOfEditors},
    "admin/comparison/comparison/review.html": {"page": ReviewPage},
    "admin/comparison/comparison/schedule.html": {"page": SchedulePage},
    "admin/comparison/release/withhold.html": {"page": WithholdPage},
    "admin/comparison/comparison/copy.html": {"page": CopyPage},
    "admin/comparison/comparison/delete.html": {"page": DeletePage},
    "admin/comparison/comparison/discard.html": {"page": DiscardPage},
    "admin/comparison/comparison/history.html": {"page": HistoryPage},
    "admin/comparison/comparison/upload.html": {"page": UploadPage},
    "admin/comparison/change_form.html": {"page": FormWays},
    "admin/comparison/change_list.html": {
        "within": Comparison,
        "within_address": str,
        "leave": str,
    },
    "admin/comparison/comparison/change_form.html": {"page": RowsOfComparison},
    "admin/comparison/comparison/state.html": {"line": DraftLine},
    "admin/comparison/grid/grid.html": {"page": GridPage},
    "admin/comparison/grid/panel.html": {"page": CellPanel},
    "admin/comparison/grid/row.html": {"page": RowPage},
    "admin/comparison/grid/upload.html": {"page": FilePage},
    "admin/comparison/suggestion/change_form.html": {"page": InTheDraft},
    "admin/index.html": {"page": HomePage},
    "admin/refusal.html": {"page": Refusal},
    "admin/sign_in.html": {"typed": Typed, "minutes_to_wait": int, "is_of_draft": bool},
    "admin/sign_in/code.html": {"page": CodePage},
    "admin/sign_in/first_administrator.html": {"page": FirstAdministratorPage},
    "admin/sign_in/recovery_codes.html": {"page": CodesPage},
    "admin/sign_in/second_factor.html": {"page": SecondFactorPage},
    "admin/sign_in/set_up.html": {"page": SetUpPage},
}
# What no template is given: values that records are made of, and what files are made of.
FOR_PYTHON = (
    Which,
    UseCaseRow,
    Scale,
    ScoredRelease,
    Fragments,
    View,
    Link,
    LargestParts,
    InWords,
    Entry,
    Found,
    exports.Cell,
    NearCriterion,
    SharedLink,
    exports.Row,
    exports.ViewTable,
    ComparisonRequest,
    Limit,
    GoesAlong,
    Subject,
    Edit,
    Saved,
    Grid,
    GridTable,
    RowStep,
    NewRow,
)
# Fields of templates' records that only what leaves the page is made of, the API's description, an
# order, or the title that Django's own frame reads.
READ_BY_PYTHON = {
    "GridColumn.slug",
    "GridGroup.key",
    "GridRow.slug",
    "GridRow.marks",
    "Heading.question",
    "OptionName.number",
    "Results.ranking",
    "Standing.rival",
    "Strip.leaders",
    "Address.problems",
    "Effect.flips",
    "Effect.links",
    "Refusal.title",
    "NewKey.link",
}


# Which regions travel with another one is no part of the page; nor is the hub's, of which each
# entry is rendered alone, and kept.
BESIDES = {"'comparison/further_regions.html': companions, page", "'hub/entry.html': entry"}


def test_a_template_is_given_its_record_alone():
    besides = set()
    for room in ("web", "sharing", "api"):
        for path in sorted((ROOT / "comparison" / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "render":
                    given = sorted(str(keyword.arg) for keyword in node.keywords)
                    if given and given != ["page"]:
                        besides.add(f"{ast.unparse(node.args[0])}: {', '.join(given)}")
    assert besides == BESIDES


# nothing is given to the first; the second includes the regions that are named to it
WITHOUT_A_RECORD = {"sharing/embed_missing.html", "comparison/further_regions.html"}


def test_every_template_that_is_rendered_is_in_the_contract():
    files = {
        path.relative_to(ROOT / "templates").as_posix()
        for path in (ROOT / "templates").rglob("*.*")
    }
    named = files & {
        node.value
        for room in ("pages", "web", "sharing", "api")
        for path in sorted((ROOT / "comparison" / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert len(named) > 40
    assert named - GIVEN.keys() - GIVEN_TO_EDITORS.keys() - WITHOUT_A_RECORD == set()


@pytest.fixture(scope="module")
def reads():
    followed = Reads()
    for template, given in GIVEN.items():
        followed.template(template, {name: {kind} for name, kind in given.items()})
    of_editors = EditorsReads()
    for template, given in GIVEN_TO_EDITORS.items():
        of_editors.template(template, {name: {kind} for name, kind in given.items()})
    followed.fields |= of_editors.fields
    followed.missing |= of_editors.missing
    return followed


def test_every_name_that_a_template_reads_is_a_field(reads):
    assert sorted(reads.missing) == []


def records():
    """Return every record of the rooms that show something."""
    for folder in ("pages", "web", "sharing", "api", "admin"):
        for path in sorted((ROOT / "comparison" / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix().removesuffix(".py").replace("/", ".")
            module = import_module(name.removesuffix(".__init__"))
            for kind in vars(module).values():
                is_own = is_record(kind) and kind.__module__ == module.__name__
                if is_own and not kind.__name__.startswith("_"):
                    yield kind


def test_every_field_of_a_record_is_read_by_a_template(reads):
    unread = {
        f"{kind.__name__}.{name}"
        for kind in records()
        if kind not in FOR_PYTHON
        for name in get_annotations(kind)
        if (kind, name) not in reads.fields
    }
    assert unread == READ_BY_PYTHON


def test_every_field_that_a_template_reads_says_what_it_is(reads):
    unexplained = {
        f"{kind.__name__}.{name}" for kind, name in reads.fields if not is_explained(kind, name)
    }
    assert unexplained == set()
