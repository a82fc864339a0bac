"""A reader tells the editors of a source or an error: one page with one form, which works without a
script.

What is sent is no part of a comparison: it waits in a list until an editor has looked at it. Of the
sender nothing is kept but what they write. How much waits, and how much one sender sends, is
bounded; a text that cannot be kept is given back.
"""

import logging
import re
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

from django import forms
from django.core.validators import URLValidator
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
)
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from comparison.core.document.slugs import NameKind
from comparison.core.query import name_of, split
from comparison.models import Suggestion
from comparison.models.suggestions import (
    LONGEST,
    LONGEST_ADDRESS,
    LONGEST_CONTACT,
    LONGEST_PROPOSED,
    LONGEST_QUOTE,
    SHORTEST,
)
from comparison.pages.comparison.head import Head, head_of
from comparison.pages.robots import PART
from comparison.publishing.releases import AWAY
from comparison.publishing.store import follower
from comparison.rendering.addresses import address_of, joined
from comparison.rendering.jinja import render
from comparison.web.caches.http_cache import PRIVATE, page_response
from comparison.web.comparison_address import of_form
from comparison.web.comparison_request import ComparisonRequest, is_of_draft, value_of
from comparison.web.limits.patient_writing import TookTooLong, written
from comparison.web.limits.rate_limit import Limit, neighbours_of, sender_of
from comparison.web.own_forms import is_from_another_site
from comparison.web.routing.renamed import within

# keys of this page alone; all others are the reader's selection
OWN = frozenset({"criterion", "option", "release", "sent"})
# of one sender
OFTEN = Limit("suggestions", most=5, seconds=3_600)
IN_A_DAY = Limit("suggestions of a day", most=20, seconds=86_400)
# of the networks that one organisation has, each of which counts as a sender of its own
OF_NEIGHBOURS = Limit("suggestions of neighbours", most=20, seconds=3_600)
# of the page that says why nothing can be kept
log = logging.getLogger(__name__)
STATUS = {"": 200, "full": 503, "away": 503, "often": 429, "elsewhere": 403}
# Controls but for tab and line end, and what turns the direction of writing round: it would
# disguise a text in the list.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


class WebAddress(forms.URLField):
    """An address that begins with http or https; where neither is written, https is meant."""

    default_validators = [URLValidator(schemes=["http", "https"])]


class SuggestionForm(forms.Form):
    """What a reader may send. What is wrong with it is a code; the words are the template's."""

    text = forms.CharField(min_length=SHORTEST, max_length=LONGEST)
    proposed = forms.CharField(required=False, max_length=LONGEST_PROPOSED)
    address = WebAddress(required=False, max_length=LONGEST_ADDRESS, assume_scheme="https")
    quote = forms.CharField(required=False, max_length=LONGEST_QUOTE)
    contact = forms.CharField(required=False, max_length=LONGEST_CONTACT)
    more = forms.CharField(required=False)  # hidden on the page: only a program fills it in


class Field(NamedTuple):
    """One field as it is shown again."""

    value: str  # as it was written
    problem: str  # a code, or empty: required, min_length, max_length, invalid


@dataclass(frozen=True, kw_only=True)
class SuggestPage(Head):
    """The form, or thanks for what was sent with it."""

    criterion: str  # names; empty where it is about no single one
    option: str  # as criterion
    # "criterion", "option": what the address named and the comparison has not
    unknown: tuple[str, ...]
    address: str  # of this page, with what it is about and the reader's selection
    cell: str  # the address of the cell it is about, or empty
    fields: dict[str, Field]  # by name; none on the page that only thanks
    refused: str  # why nothing can be kept: "full", "away", "often", "elsewhere"
    minutes: int  # until as much as that is taken again from the same sender; 0 = does not matter


@dataclass(frozen=True, slots=True)
class _About:
    """What a suggestion is about, and how one came there."""

    request: ComparisonRequest
    head: Head
    criterion: str  # slugs as they are now; empty where it is about no single one
    option: str
    unknown: tuple[str, ...]

    @property
    def address(self) -> str:
        """The address of the form."""
        return self.address_with("")

    def address_with(self, more: str) -> str:
        """Return the address of the form with more in its query."""
        release = str(self.request.number) if self.request.pinned else ""
        return _address(
            self.request.slug,
            joined(self.head.query, more),
            criterion=self.criterion,
            option=self.option,
            release=release,
        )

    @property
    def cell(self) -> str:
        if not (self.criterion and self.option):
            return ""
        return self.head.address_of("cell", criterion=self.criterion, option=self.option)


@csrf_exempt  # own_forms.py says why there is no token
@of_form
def suggest(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor writes to the editors about one cell or the whole comparison, and is thanked."""
    about = _about(request, comparison_request)
    if request.method != "POST":
        is_thanks = "sent=1" in request.META["QUERY_STRING"].split("&")
        html = _html(about, None if is_thanks else SuggestionForm())
        return page_response(request, html, comparison_request, PART)
    form = SuggestionForm(_as_written(request.POST))
    if not form.data["more"]:
        if not form.is_valid():
            return _given_back(about, form)
        if is_from_another_site(request):
            return _given_back(about, form, "elsewhere")
        sent_today, wait = _counted(request)
        if wait:
            return _given_back(about, form, "often", wait)
        if refused := _keep(about, form.cleaned_data, is_first=sent_today == 1):
            return _given_back(about, form, refused)
    return HttpResponseRedirect(
        about.address_with("sent=1"), status=303, headers={"Cache-Control": PRIVATE}
    )


@require_safe
def lead(
    request: HttpRequest, slug: str, criterion: str = "", option: str = "", release: str = ""
) -> HttpResponse:
    """A visitor who comes from a cell, or from a pinned page, is led to the page with the form.

    Links to it name the cell by their path, so that a script may put any selection into their
    query.
    """
    release = "" if is_of_draft(release) else release
    selection = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(
        within(_address(slug, selection, criterion=criterion, option=option, release=release))
    )


def _about(request: HttpRequest, comparison_request: ComparisonRequest) -> _About:
    """Return what an address is about. A name that the comparison has not is left out, and told."""
    given = {key: name_of(value_of(request, key)) for key in ("criterion", "option")}
    pairs = split(comparison_request.query)
    selection = "&".join(pair for pair in pairs if pair.partition("=")[0] not in OWN)
    comparison_request = replace(comparison_request, query=selection)
    names, scored = comparison_request.release.document.names, comparison_request.scored
    criterion = names.present(NameKind.CRITERION, given["criterion"])
    option = names.present(NameKind.OPTION, given["option"])
    known = {"criterion": criterion in scored.criteria, "option": option in scored.described}
    return _About(
        comparison_request,
        head_of(comparison_request.view),
        criterion if known["criterion"] else "",
        option if known["option"] else "",
        unknown=tuple(key for key in known if given[key] and not known[key]),
    )


def _address(slug: str, selection: str, **own: str) -> str:
    """Return the address of the form: what it is about, then the reader's selection as it is
    spelled.
    """
    about = urlencode({key: value for key, value in own.items() if value})
    return address_of("suggest", slug=slug, query=joined(about, selection))


def _as_written(sent: QueryDict) -> dict[str, str]:
    """Return every field that was sent, without what is not seen: a line end is one character, as
    browsers count it.
    """
    return {name: UNSEEN.sub("", sent.get(name, "")) for name in SuggestionForm.base_fields}


def _counted(request: HttpRequest) -> tuple[int, int]:
    """Count one more of a sender; return how many it is today, and the seconds until one is
    taken, 0 = it is taken now.
    """
    sender, neighbours = sender_of(request), neighbours_of(request)
    today, day = IN_A_DAY.count(sender)
    return today, OFTEN.wait(sender) or day or OF_NEIGHBOURS.wait(neighbours)


def _keep(about: _About, sent: dict[str, str], *, is_first: bool) -> str:
    """Keep a suggestion; return why it cannot be kept, or nothing. is_first: of its sender
    today.
    """
    slug = about.request.slug

    def write() -> str:
        if not Suggestion.objects.has_room(slug, is_first=is_first):
            return "full"
        Suggestion.objects.create(
            comparison=slug,
            release=about.request.number,
            criterion=about.criterion,
            option=about.option,
            text=sent["text"],
            proposed=" ".join(sent["proposed"].split()),
            address=sent["address"],
            quote=" ".join(sent["quote"].split()),
            contact=" ".join(sent["contact"].split()),
        )
        return ""

    try:
        return written(write)
    except (*AWAY, TookTooLong) as error:
        follower.note_away(error)
        return "away"


def _given_back(
    about: _About, form: SuggestionForm, refused: str = "", wait: int = 0
) -> HttpResponse:
    """Return the page with what was written and why it was not taken. wait: seconds until the
    sender may send again.
    """
    html = _html(about, form, refused, -(-wait // 60))
    later = {"Retry-After": str(wait)} if wait else {}
    response = HttpResponse(
        html, status=STATUS[refused], headers={"Cache-Control": PRIVATE, **later}
    )
    if refused == "full":
        log.warning("The box of suggestions of %s is full.", about.request.slug)
        vars(response)["_has_been_logged"] = True  # nothing of the site broke
    return response


def _html(about: _About, form: SuggestionForm | None, refused: str = "", minutes: int = 0) -> str:
    """Return the page; without a form it only thanks."""
    scored = about.request.scored
    page = SuggestPage(
        **vars(about.head),
        criterion=scored.criteria[about.criterion].name if about.criterion else "",
        option=scored.described[about.option].name if about.option else "",
        unknown=about.unknown,
        address=about.address,
        cell=about.cell,
        fields=_fields(form) if form else {},
        refused=refused,
        minutes=minutes,
    )
    return render("evidence/suggest.html", page=page)


def _fields(form: SuggestionForm) -> dict[str, Field]:
    """Return every field as it was written, with the code of what is wrong with it."""
    wrong = {name: str(errors[0].code) for name, errors in form.errors.as_data().items()}
    return {name: Field(form.data.get(name, ""), wrong.get(name, "")) for name in form.fields}
