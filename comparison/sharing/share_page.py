"""A view as it is passed on: every form of it that can be copied, and its pinned link as a code for
cameras.

The page itself holds the two links alone, which follow every change. All else is fetched when
somebody wants it, so that it is of the very result on the screen and costs the others nothing.
Words are the templates'.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from comparison.pages import robots
from comparison.pages.comparison.head import head_of
from comparison.pages.comparison.page import ResultPage, result_page
from comparison.pages.comparison.wording import in_words
from comparison.pages.view import View
from comparison.rendering.jinja import render
from comparison.rendering.qr_code import code_of
from comparison.sharing.copied_table import CopiedTable, as_markdown, copied_table
from comparison.sharing.embed import frame
from comparison.sharing.markdown_file import as_text
from comparison.web.caches.http_cache import region_response
from comparison.web.comparison_address import of_comparison
from comparison.web.comparison_pages import show
from comparison.web.comparison_request import ComparisonRequest

NO_CODE = '<svg class="qr-code" viewBox="0 0 1 1"></svg>'


@dataclass(frozen=True, slots=True)
class CopiedForms:
    """A view in each form that can be copied."""

    sentence: str  # the result, in plain words
    table: CopiedTable  # what counts
    markdown: str  # the same as text, with the sentence and the link
    live: str  # HTML that shows the view on another page and follows the newest release
    pinned: str  # the same, which stays as it is
    code: Markup  # SVG; empty where the link is too long for one


@dataclass(frozen=True, kw_only=True)
class SharePage(ResultPage):
    """A view as it is passed on."""

    copied_forms: CopiedForms  # each form that can be copied


def share_page(view: View) -> SharePage:
    """Return every form of a view that can be copied."""
    page = result_page(view)
    return SharePage(**vars(page), copied_forms=_copied_forms_of(page, copied_table(view)))


def _copied_forms_of(page: ResultPage, table: CopiedTable) -> CopiedForms:
    sentence = in_words(page).sentence
    return CopiedForms(
        sentence=sentence,
        table=table,
        markdown=_in_markdown(page, table, sentence),
        live=frame(page, pinned=False),
        pinned=frame(page, pinned=True),
        code=code_of(page.share.pinned),
    )


def _in_markdown(page: ResultPage, table: CopiedTable, sentence: str) -> str:
    """Return the table in Markdown, with the recommendation above it and the link below."""
    count = len(table.options)
    left_out = f"; the first {count} of {table.of} options" if count < table.of else ""
    licence = f", {as_text(page.heading.licence)}" if page.heading.licence else ""
    source = f"From <{page.share.pinned}>{licence}"
    about = f"Scores from 0 to 10, importance from 0 to 5{left_out}. {source}"
    return f"{as_text(sentence)}\n\n{as_markdown(table)}\n{about}\n"


@of_comparison(shows_drafts=False, is_passed_on=bool)
def share(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor sees every form in which this view can be passed on, ready to select. Of a draft,
    the newest release's.
    """
    page = share_page(comparison_request.view)
    return show(request, comparison_request, "sharing/share.html", page, robots.PART)


@of_comparison(whole=False, shows_drafts=False, is_passed_on=bool)
def copies(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor's page gets the forms of its view, when they are asked for."""
    html = render("sharing/copies.html", page=share_page(comparison_request.view))
    return region_response(request, html, comparison_request, {})


@of_comparison(whole=False, shows_drafts=False)
def code(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor's printed page carries its pinned link as a code; an empty picture where the link
    is too long for one.
    """
    pinned = head_of(comparison_request.view).share.pinned
    drawn = str(code_of(pinned) or NO_CODE)
    drawn = drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return region_response(request, drawn, comparison_request, {"Content-Type": "image/svg+xml"})
