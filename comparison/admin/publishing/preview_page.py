"""The page from which a draft is looked at: as a reader's link has it, and by a link for people
without an account.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve

from comparison.admin.forms.scope import opened_comparison
from comparison.admin.frame import in_frame
from comparison.models import Comparison
from comparison.publishing import releases
from comparison.publishing.preview_links import preview_link, why_not_shown
from comparison.rendering.addresses import Home
from comparison.web.comparison_request import DRAFT, called_by, origin_of
from comparison.web.routing.nearly_right import meant

HELP = "The address of any page of this comparison, as a reader sent it: with all that they chose."
NO_ADDRESS = "That is no address of a page here. Copy all of it, from https:// on."
ANOTHER_SITE = "That link leads to another site. Paste one of this site."
ANOTHER = "That link is of another comparison, or of none. Paste one of this comparison."


class LinkForm(forms.Form):
    """A reader's link."""

    link = forms.CharField(
        label="Reader’s link",
        max_length=8_000,
        help_text=HELP,
        error_messages={"required": "Paste a link first."},
        widget=forms.TextInput(attrs={"class": "vLargeTextField", "inputmode": "url"}),
    )


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """All that the page reads."""

    comparison: Comparison  # whose draft it is
    draft: str  # the address of its own preview
    form: LinkForm  # for a reader's link
    may_share: bool  # the person
    why_not: str  # why no link is made, whoever asks; nothing where one can be
    link: str  # for people without an account, just made; empty before
    until: datetime | None  # when it ends


def preview_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """The ways to look at a draft; a reader's link opens the preview in its state, and one press
    makes a link for people without an account.
    """
    comparison = opened_comparison(model_admin, request, pk)
    may_share = model_admin.has_change_permission(request, comparison)
    why_not = why_not_shown(comparison)
    form, link, until = LinkForm(), "", None
    if request.method == "POST" and "share" in request.POST:
        if not may_share:
            raise PermissionDenied
        if not why_not:
            named, until = preview_link(comparison, request.user)
            link = Home(comparison.slug, named).address_of("comparison", origin=origin_of(request))
            model_admin.log_change(request, comparison, "Made a preview link for 24 hours.")
    elif request.method == "POST":
        form = LinkForm(request.POST)
        if form.is_valid():
            address, refusal = _in_the_preview(comparison, request, form.cleaned_data["link"])
            if not refusal:
                return HttpResponseRedirect(address)
            form.add_error("link", refusal)
    draft = Home(comparison.slug, DRAFT).path
    page = PreviewPage(comparison, draft, form, may_share, why_not, link, until)
    return in_frame(model_admin, request, "comparison/preview.html", f"Preview {comparison}", page)


def _in_the_preview(comparison: Comparison, request: HttpRequest, link: str) -> tuple[str, str]:
    """Return the address in the preview of what a link shows, and "" or what is wrong with it."""
    text = link.strip()
    try:
        parts = urlsplit(text)
        own = {
            urlsplit(origin).netloc.lower() for origin in (origin_of(request), called_by(request))
        }
        if parts.netloc and (
            parts.netloc.lower() not in own or parts.scheme not in ("http", "https")
        ):
            return "", ANOTHER_SITE
        path, query = meant(parts.path, parts.query) or (parts.path, parts.query)
        match = resolve(path)
    except (Resolver404, ValueError):
        return "", NO_ADDRESS
    named = dict(match.kwargs)
    slug = named.pop("slug", "")
    named.pop("release", None)
    newest = releases.current(slug) if slug else None
    if slug != comparison.slug and (newest is None or newest.slug != comparison.address):
        return "", ANOTHER
    home, name = (
        Home(comparison.slug, DRAFT),
        (match.url_name or "").replace("pinned", "comparison"),
    )
    if name not in PAGES:
        name, named = "comparison", {}
    return home.address_of(name, query=query, **named), ""


# those that are whole pages of a comparison, and show drafts
PAGES = frozenset(
    {
        "comparison",
        "parts",
        "cell",
        "criterion",
        "use_case",
        "sources",
        "source",
        "options",
        "figures",
        "tree",
        "samples",
        "search",
        "why",
        "sensitivity",
        "freshness",
        "section",
    }
)
