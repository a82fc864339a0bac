"""The list of each kind of row: within one comparison, which is remembered for the session until
the editor leaves it; names first, and no more columns than a page has room for.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import truncatechars

from comparison.admin.addresses import admin_address
from comparison.admin.forms.django_classes import AnyPages
from comparison.admin.forms.scope import REMEMBERED, is_key, only_comparison, remember
from comparison.models import Comparison
from comparison.models.rows import Row
from comparison.rendering.addresses import with_query

EVERYWHERE = "everywhere"  # in the address of a list: leave it
MOST_COLUMNS = 6
MOST_WORDS, LONGEST_SEARCH = 20, 300  # of a search: words, characters
TOO_MANY = (
    f"Only the first {MOST_WORDS} words, or {LONGEST_SEARCH} characters, of what you typed were "
    "looked for. A few words find more."
)
LONGEST = 120  # characters of a text in a list


def beginning(column: str, words: str = "") -> Callable[[Any], str]:
    """Return a list's column that shows how a text begins."""

    @admin.display(description=words or column, ordering=column, empty_value="–")
    def shown(row: Any) -> str:
        return truncatechars(" ".join(getattr(row, column).split()), LONGEST)

    return shown


class BriefSearch(AnyPages):
    """Looks for the first words of a search: a database takes thousands for a fault of its own."""

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        words = search_term[:LONGEST_SEARCH].split()[:MOST_WORDS]
        match = request.resolver_match
        if words != search_term.split() and match and str(match.url_name).endswith("_changelist"):
            self.message_user(request, TOO_MANY, messages.WARNING)
        return super().get_search_results(request, queryset, " ".join(words))


class ListWithin(BriefSearch):
    """A list of draft rows, within one comparison or across all."""

    show_full_result_count = False  # the rows of all comparisons, counted in each list of one

    def way_to_comparison(self) -> str:
        """Return how a query leads from a row to its comparison; nothing of what is no draft
        row.
        """
        return self.model.way_to_comparison() if issubclass(self.model, Row) else ""

    def _within(self, request: HttpRequest) -> str:
        return request.GET.get(f"{self.way_to_comparison()}__id__exact", "")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the rows of the comparison that the address names, else of the one that the editor
        is in, else of all.
        """
        way = self.way_to_comparison()
        if not way or not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        if EVERYWHERE in request.GET:
            request.session.pop(REMEMBERED, None)
            return HttpResponseRedirect(request.path)
        named = self._within(request)
        key = named if is_key(named) else str(request.session.get(REMEMBERED, ""))
        others = Comparison.objects.exclude(pk=OuterRef("pk"))
        rows: Any = Comparison.objects.annotate(has_others=Exists(others))
        within = rows.filter(pk=key).first() if is_key(key) else None
        if within is None and not named and (only := only_comparison()):
            within = rows.get(pk=only.pk)
        if within is not None and not named and request.method == "GET":
            query = request.GET.copy()
            query[f"{way}__id__exact"] = str(within.pk)
            return HttpResponseRedirect(with_query(request.path, query.urlencode()))
        if within is not None:
            remember(request, within)
        more = {
            "within": within,
            "within_address": admin_address(Comparison, "change", within.pk) if within else "",
            "leave": admin_address(self.model, "changelist", **{EVERYWHERE: 1})
            if within and within.has_others
            else "",
        }
        return super().changelist_view(request, {**more, **(extra_context or {})})

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Offer what rows of one comparison differ in; across all, only which comparison."""
        way = self.way_to_comparison()
        if not way:
            return super().get_list_filter(request)
        return self.list_filter if self._within(request) else (way,)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        way = self.way_to_comparison()
        is_within = bool(way) and lookup == f"{way}__id__exact"
        return is_within or super().lookup_allowed(lookup, value, request)

    def get_list_display(self, request: HttpRequest) -> Any:
        """Name the comparison of each row where there are several."""
        columns = super().get_list_display(request)
        if not self.way_to_comparison() or self._within(request):
            return columns
        return (*columns[: MOST_COLUMNS - 1], "of_comparison")

    def get_list_select_related(self, request: HttpRequest) -> Any:
        related = super().get_list_select_related(request)
        way = self.way_to_comparison()
        if not way or self._within(request) or isinstance(related, bool):
            return related
        return (*related, way)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Let places be changed within one comparison alone: each has an order of its own."""
        changelist = super().get_changelist_instance(request)
        if self.way_to_comparison() and not self._within(request):
            changelist.list_editable = ()
        return changelist

    @admin.display(description="comparison")
    def of_comparison(self, row: Row) -> str:
        return str(row.comparison_of())
