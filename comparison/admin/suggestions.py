"""What readers sent: read, decided on, remarked upon, and taken into the draft by one button, which
says before what it changes. Never added or reworded here, and never part of a draft by itself.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import truncatechars
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from comparison.admin.addresses import admin_address
from comparison.admin.forms.gone import GivesBack
from comparison.admin.forms.lists import BriefSearch
from comparison.admin.forms.way_back import way_back
from comparison.core.document.slugs import NameKind
from comparison.models import Cell, Claim, Criterion, FormerAddress, Source, Suggestion
from comparison.models.rows import Row
from comparison.models.suggestions import CONTACT_KEPT
from comparison.publishing import releases
from comparison.publishing.suggested_changes import (
    ChangedText,
    NotTaken,
    change_of,
    take,
    take_back,
)
from comparison.rendering.addresses import Home

State = Suggestion.State
# what of the draft a suggestion writes; whoever takes one may write it by hand
MAY_TAKE = tuple(
    f"comparison.{action}_{kind}"
    for kind in ("source", "claim", "cell")
    for action in ("add", "change")
)
MAY_TAKE_BACK = ("comparison.delete_source", "comparison.delete_claim", "comparison.delete_cell")


@dataclass(frozen=True, slots=True)
class InTheDraft:
    """What a suggestion is, or would be, in the draft."""

    texts: tuple[ChangedText, ...]  # that it would change; none where it is taken, or cannot be
    rows: tuple[tuple[str, str], ...]  # the name and address of each that it became
    is_taken: bool  # it became something
    take: str  # where the button sends to, "" where it cannot be taken or by somebody else alone
    take_back: str  # the same for undoing it


@admin.register(Suggestion)
class SuggestionAdmin(GivesBack, BriefSearch):
    list_display = ("beginning", "comparison", "about", "state", "sent_at")
    list_filter = ("state", "comparison")
    search_fields = ("text", "address", "contact", "criterion", "option", "remark")
    ordering = ("-sent_at", "-pk")
    list_per_page = 100
    readonly_fields = (
        "about",
        "text",
        "proposed",
        "source",
        "quote",
        "contact_kept",
        "sent_at",
        "release",
        "readers_page",
        "draft_row",
        "decided_at",
    )
    fields = (*readonly_fields, "state", "remark")
    actions = ("mark_taken_up", "mark_declined")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Any, name: str) -> URLPattern:
            answer = self.admin_site.admin_view(partial(view, self))
            return path(route, answer, name=f"comparison_suggestion_{name}")

        own = [
            page("<int:pk>/take/", take_page, "take"),
            page("<int:pk>/take-back/", take_back_page, "take_back"),
        ]
        return own + super().get_urls()

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        suggestion = self.get_object(request, object_id)
        page = None
        if suggestion and self.has_view_or_change_permission(request, suggestion):
            page = _in_the_draft(request, suggestion)
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "page": page}
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if "state" in form.changed_data:
            obj.decided_at = None if obj.state == State.NEW else timezone.now()
        super().save_model(request, obj, form, change)

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

    @admin.display(description="contact")
    def contact_kept(self, suggestion: Suggestion) -> str:
        """Show whom to thank, and until when that is known."""
        decided = suggestion.decided_at
        if decided is None:
            days = CONTACT_KEPT.days
            return f"{suggestion.contact or '–'} (deleted {days} days after the decision)"
        day = timezone.localdate(decided + CONTACT_KEPT)
        return f"{suggestion.contact or '–'} (kept until {day:%Y-%m-%d})"

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

    def _mark(self, request: HttpRequest, chosen: Any, state: Any) -> None:
        words = f"{chosen.mark(state)} marked as {state.label.lower()}."
        self.message_user(request, words, messages.SUCCESS)


def take_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """One press of a button: a suggestion becomes a change of the draft."""

    def act(suggestion: Suggestion) -> None:
        rows = take(suggestion)
        for row in rows:
            flag = ADDITION if row.version == 1 else CHANGE
            _write_down(request, row, flag, f"Taken from suggestion {pk} of a reader.")
        links = format_html_join(" · ", '<a href="{}">{}</a>', map(_way_to, rows))
        words = (
            "It is in the draft: {}. Check it and reword it there; until then the draft cannot be "
            "published."
        )
        messages.success(request, format_html(words, links))

    return _pressed(model_admin, request, pk, MAY_TAKE, act)


def take_back_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """One press of a button: the draft is without a suggestion again, which is new again."""

    def act(suggestion: Suggestion) -> None:
        for row in take_back(suggestion):
            if row.pk is not None:
                _write_down(request, row, CHANGE, f"Without suggestion {pk} of a reader again.")
        messages.success(request, "It is out of the draft, and new again.")

    return _pressed(model_admin, request, pk, (*MAY_TAKE, *MAY_TAKE_BACK), act)


def _pressed(
    model_admin: Any, request: HttpRequest, pk: int, needs: tuple[str, ...], act: Any
) -> HttpResponse:
    """Answer a button of a suggestion's page: do it, and lead back there."""
    suggestion = model_admin.get_object(request, str(pk))
    if suggestion is None:
        raise Http404
    user: Any = request.user
    if not model_admin.has_change_permission(request, suggestion) or not user.has_perms(needs):
        raise PermissionDenied
    if request.method == "POST":
        try:
            act(suggestion)
        except NotTaken as refusal:
            messages.error(request, str(refusal))
    return HttpResponseRedirect(admin_address(Suggestion, "change", pk))


def _in_the_draft(request: HttpRequest, suggestion: Suggestion) -> InTheDraft:
    user: Any = request.user
    may_change = user.has_perm("comparison.change_suggestion") and user.has_perms(MAY_TAKE)
    if suggestion.is_taken:
        may_undo = may_change and user.has_perms(MAY_TAKE_BACK)
        undo = admin_address(Suggestion, "take_back", suggestion.pk) if may_undo else ""
        ways = [(name, address) for address, name in map(_way_to, _rows_of(suggestion))]
        return InTheDraft((), tuple(ways), is_taken=True, take="", take_back=undo)
    change = change_of(suggestion)
    may_take = change is not None and may_change
    address = admin_address(Suggestion, "take", suggestion.pk) if may_take else ""
    texts = change.texts if change else ()
    return InTheDraft(texts, (), is_taken=False, take=address, take_back="")


def _rows_of(suggestion: Suggestion) -> list[Row]:
    """Return the draft rows that a suggestion became and that are still there."""
    named = (
        (Source, suggestion.into_source_id),
        (Claim, suggestion.into_claim_id),
        (Cell, suggestion.into_cell_id),
    )
    rows = [kind.objects.filter(pk=key).first() for kind, key in named if key]
    return [row for row in rows if row is not None]


def _way_to(row: Row) -> tuple[str, str]:
    name = f"{row._meta.verbose_name} “{truncatechars(row.in_words(), 60)}”"
    return admin_address(type(row), "change", row.pk), name


def _write_down(request: HttpRequest, row: Row, flag: int, words: str) -> None:
    """Keep in the history of a row who did it."""
    user: Any = request.user
    LogEntry.objects.log_actions(user.pk, [row], flag, words, single_object=True)


def link_to_suggestions(slug: str) -> tuple[str, str]:
    """Return the name and address of the list of what readers sent about a comparison, with how
    many are new.
    """
    slugs = [slug, *FormerAddress.objects.filter(successor=slug).values_list("slug", flat=True)]
    count = Suggestion.objects.new().of(slug).count()
    return f"Suggestions of readers ({count} new)", admin_address(
        Suggestion, "changelist", comparison__in=",".join(slugs)
    )
