"""What readers sent: read, decided on, remarked upon. Never added or reworded here, and never part
of a draft by itself.
"""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.template.defaultfilters import truncatechars
from django.utils.html import format_html

from comparison.admin.addresses import admin_address
from comparison.admin.forms.django_classes import AnyPages
from comparison.admin.forms.way_back import way_back
from comparison.core.document.slugs import NameKind
from comparison.models import Criterion, FormerAddress, Suggestion
from comparison.publishing import releases
from comparison.rendering.addresses import Home

State = Suggestion.State


@admin.register(Suggestion)
class SuggestionAdmin(AnyPages):
    list_display = ("beginning", "comparison", "about", "state", "sent_at")
    list_filter = ("state", "comparison")
    search_fields = ("text", "address", "contact", "criterion", "option", "remark")
    ordering = ("-sent_at", "-pk")
    list_per_page = 100
    fields = (
        "about",
        "text",
        "source",
        "contact",
        "sent_at",
        "release",
        "readers_page",
        "draft_row",
        "state",
        "remark",
    )
    readonly_fields = (
        "about",
        "text",
        "source",
        "contact",
        "sent_at",
        "release",
        "readers_page",
        "draft_row",
    )
    actions = ("mark_taken_up", "mark_declined")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        if back := way_back(request, None):
            return HttpResponseRedirect(back[1])
        return super().response_post_save_change(request, obj)

    @admin.display(description="text")
    def beginning(self, suggestion: Suggestion) -> str:
        return truncatechars(" ".join(suggestion.text.split()), 100)

    @admin.display(description="source")
    def source(self, suggestion: Suggestion) -> str:
        """Show the address as it is written; a link only where it is one of the web."""
        address = suggestion.address
        if not address.startswith(("http://", "https://")):
            return address or "–"
        return format_html(
            '<a href="{}" rel="noopener noreferrer nofollow">{}</a>', address, address
        )

    @admin.display(description="on the reader's page")
    def readers_page(self, suggestion: Suggestion) -> str:
        """Link to what it is about: as it is now, and as it was when it was sent."""
        slug, release = suggestion.comparison, str(suggestion.release)
        criterion, option = suggestion.criterion, suggestion.option
        now, then = (
            home.address_of("cell", criterion=criterion, option=option)
            if criterion and option
            else home.path
            for home in (Home(slug), Home(slug, release))
        )
        return format_html(
            '<a href="{}">As it is now</a> · <a href="{}">In release {}</a>', now, then, release
        )

    @admin.display(description="in the draft")
    def draft_row(self, suggestion: Suggestion) -> str:
        """Link to the draft's criterion, under the slugs that comparison and criterion have now."""
        current = releases.current(suggestion.comparison)
        if current is None or not suggestion.criterion:
            return "–"
        slug = current.document.names.present(NameKind.CRITERION, suggestion.criterion)
        row = Criterion.objects.filter(comparison__slug=current.slug, slug=slug).first()
        return (
            format_html('<a href="{}">{}</a>', admin_address(Criterion, "change", row.pk), row)
            if row
            else "–"
        )

    @admin.action(description="Mark as taken up", permissions=["change"])
    def mark_taken_up(self, request: HttpRequest, chosen: QuerySet[Suggestion]) -> None:
        self._mark(request, chosen, State.TAKEN_UP)

    @admin.action(description="Mark as declined", permissions=["change"])
    def mark_declined(self, request: HttpRequest, chosen: QuerySet[Suggestion]) -> None:
        self._mark(request, chosen, State.DECLINED)

    def _mark(self, request: HttpRequest, chosen: QuerySet[Suggestion], state: Any) -> None:
        self.message_user(
            request,
            f"{chosen.update(state=state)} marked as {state.label.lower()}.",
            messages.SUCCESS,
        )


def link_to_suggestions(slug: str) -> tuple[str, str]:
    """Return the name and address of the list of what readers sent about a comparison, with how
    many are new.
    """
    slugs = [slug, *FormerAddress.objects.filter(successor=slug).values_list("slug", flat=True)]
    count = Suggestion.objects.new().of(slug).count()
    return f"Suggestions of readers ({count} new)", admin_address(
        Suggestion, "changelist", comparison__in=",".join(slugs)
    )
