"""The ways out of a row's form: to the row before and after it in the list that it was opened from,
to where readers see it, and back to where the editor came from.
"""

import copy
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import HttpRequest, QueryDict
from django.template.defaultfilters import truncatechars
from django.utils.http import urlencode

from comparison.admin.addresses import admin_address
from comparison.admin.discarding.discard_page import address_of_discarding
from comparison.admin.forms.readers_page import readers_pages
from comparison.admin.forms.way_back import BACK, way_back
from comparison.admin.history.presence import Here, here, place_of
from comparison.models import Cell, Claim, Source, Suggestion
from comparison.models.rows import Row
from comparison.rendering.addresses import with_query

FILTERS = "_changelist_filters"  # Django's own: the query of the list that a form was opened from
LONGEST = 40  # characters of a row's name
# the rows that a suggestion may become
BECAME: dict[type[Row], str] = {Source: "into_source", Claim: "into_claim", Cell: "into_cell"}
Way = tuple[str, str]  # words and address


@dataclass(frozen=True, slots=True)
class FormWays:
    """The ways out of a form."""

    back: Way  # to where the editor came from
    before: Way | None  # to the row before; None of the first
    after: Way | None  # to the row after; None of the last
    place: int  # of the row in its list, from 1; 0 = it is not there any more
    rows: int  # how many the list has
    readers: tuple[Way, ...]  # to the pages of readers, and to what they sent
    discard: str  # the address where what was changed of it is discarded; "" = it cannot be
    here: Here  # who else is at this row


def ways_of(model_admin: Any, request: HttpRequest, row: Row) -> FormWays:
    """Return the ways out of a row's form."""
    comparison = row.comparison_of()
    query = request.GET.get(FILTERS) or urlencode(
        {f"{row.way_to_comparison()}__id__exact": comparison.pk}
    )
    listed = _listed(model_admin, request, query)
    keys = list(listed.values_list("pk", flat=True)) if listed is not None else []
    at = keys.index(row.pk) if row.pk in keys else -1
    before = keys[at - 1] if at > 0 else None
    after = keys[at + 1] if 0 <= at < len(keys) - 1 else None
    beside = {one.pk: one for one in listed.filter(pk__in=[before, after])} if at >= 0 else {}
    kept = {name: request.GET[name] for name in (FILTERS, BACK) if name in request.GET}
    the_list = (
        f"{model_admin.opts.verbose_name_plural}".capitalize(),
        with_query(admin_address(model_admin.model, "changelist"), query),
    )
    return FormWays(
        way_back(request, comparison) or the_list,
        _way_to(beside.get(before), kept),
        _way_to(beside.get(after), kept),
        at + 1,
        len(keys),
        (*readers_pages(row, comparison), *_suggested(request, row)),
        address_of_discarding(row, comparison),
        here(request, comparison, place_of(row)),
    )


def _suggested(request: HttpRequest, row: Row) -> tuple[Way, ...]:
    """Return the ways to what readers sent that became this row, or stands in it."""
    column = BECAME.get(type(row))
    user: Any = request.user
    if column is None or not user.has_perm("comparison.view_suggestion"):
        return ()
    return tuple(
        (f"From a reader: suggestion {key}", admin_address(Suggestion, "change", key))
        for key in Suggestion.objects.filter(**{column: row.pk}).values_list("pk", flat=True)
    )


def _listed(model_admin: Any, request: HttpRequest, query: str) -> Any:
    """Return the rows of a list in its order; None where its address means nothing any more."""
    of_list = copy.copy(request)
    of_list.GET = QueryDict(query)
    try:
        return model_admin.get_changelist_instance(of_list).queryset
    except (IncorrectLookupParameters, SuspiciousOperation, ValidationError, ValueError):
        return None


def _way_to(row: Row | None, kept: dict[str, str]) -> Way | None:
    if row is None:
        return None
    return truncatechars(row.in_words(), LONGEST), admin_address(
        type(row), "change", row.pk, **kept
    )
