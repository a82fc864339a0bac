"""The first page of the admin: each draft with its state and what is to be looked at, and what
readers sent. What is not known of a draft without reading it whole is asked for by the page, one
draft after another.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.defaultfilters import truncatechars
from django.template.response import TemplateResponse

from comparison.admin.addresses import admin_address
from comparison.admin.forms.way_back import BACK, HOME
from comparison.admin.home.draft_state import DraftState, kept_state, state_of
from comparison.admin.publishing.gate import AtTheGate, at_the_gate
from comparison.models import Comparison, Suggestion
from comparison.publishing.draft.draft_stamps import counts_of_drafts
from comparison.publishing.store import differences
from comparison.rendering.addresses import Home

MOST_DRAFTS = 20
MOST_SUGGESTIONS = 5
Way = tuple[str, str]  # words and address


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One draft."""

    name: str  # of its comparison
    address: str  # of the page with all that belongs to it
    ways: tuple[Way, ...]  # to what is done most
    publish: str  # where its problems and changes stand
    state: DraftState | None  # how far it is; None: it has to be read first
    state_at: str  # where that is asked for


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """One thing that a reader sent."""

    about: str  # which comparison, and what of it
    beginning: str  # of what they say
    address: str  # where it is decided on


@dataclass(frozen=True, slots=True)
class HomePage:
    """All that the first page reads beside Django's own lists."""

    may_see: bool  # the person: anything at all
    begin: str  # the address where a comparison is begun; "" for who may not
    drafts: tuple[DraftLine, ...]  # those that need an editor first
    drafts_left_out: int  # how many more there are
    all_drafts: str  # the address of their list
    suggestions: tuple[SuggestionLine, ...]  # the newest of those that nobody has decided on
    suggestions_left_out: int  # how many more there are
    all_suggestions: str  # the address of their list
    gate: AtTheGate | None  # drafts that wait for somebody, or for a time; None: not for them
    lost: int  # releases that readers have seen and the database does not know


def home_page(request: HttpRequest, *, may_see: bool) -> HomePage:
    """Return what an editor sees first, in a handful of queries, however large the drafts are."""
    drafts: tuple[DraftLine, ...] = ()
    drafts_left_out = suggestions_left_out = 0
    suggestions: tuple[SuggestionLine, ...] = ()
    if may_look_at_drafts(request):
        drafts, drafts_left_out = _drafts()
    if request.user.has_perm("comparison.view_suggestion"):
        suggestions, suggestions_left_out = _suggestions()
    may_begin = request.user.has_perm("comparison.add_comparison")
    return HomePage(
        may_see,
        admin_address(Comparison, "new") if may_begin else "",
        drafts,
        drafts_left_out,
        admin_address(Comparison, "changelist"),
        suggestions,
        suggestions_left_out,
        admin_address(Suggestion, "changelist", state__exact=Suggestion.State.NEW),
        at_the_gate(request) if may_look_at_drafts(request) else None,
        len(differences.lost()) if may_see else 0,
    )


def may_look_at_drafts(request: HttpRequest) -> bool:
    """Return whether a person may look at comparisons as their drafts have them."""
    names = ("comparison.view_comparison", "comparison.change_comparison")
    return any(request.user.has_perm(name) for name in names)


def state_part(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """How far one draft is, as a part of the home."""
    if not may_look_at_drafts(request):
        raise PermissionDenied
    comparison = Comparison.objects.filter(pk=pk).first()
    if comparison is None:
        raise Http404
    state = state_of(comparison)
    line = draft_line(comparison, state, state.newest)
    return TemplateResponse(request, "admin/comparison/comparison/state.html", {"line": line})


def draft_line(comparison: Comparison, state: DraftState | None, newest: int | None) -> DraftLine:
    """Return a draft with the ways to what is done most."""
    pk = comparison.pk
    ways = [
        (title, admin_address(Comparison, "grid", pk, kind))
        for title, kind in (
            ("Matrix", "matrix"),
            ("Importances", "importances"),
            ("Figures", "figures"),
        )
    ]
    ways.append(("Preview the draft", Home(comparison.slug, "draft").path))
    if newest:
        ways.append(("As readers see it", Home(comparison.address).path))
    publish = admin_address(Comparison, "publish", pk)
    return DraftLine(
        str(comparison),
        admin_address(Comparison, "change", pk),
        (*ways, ("Publish…", publish)),
        publish,
        state,
        admin_address(Comparison, "state", pk),
    )


def _drafts() -> tuple[tuple[DraftLine, ...], int]:
    rows: list[Any] = list(Comparison.objects.with_newest_release().order_by("title", "pk"))
    counts = counts_of_drafts()
    known = [(row, kept_state(row, counts[row.pk], row.newest_release)) for row in rows]
    known.sort(key=lambda one: _place(one[1]))  # those that stand alike stay in order of title
    lines = tuple(draft_line(row, state, row.newest_release) for row, state in known[:MOST_DRAFTS])
    return lines, len(rows) - len(lines)


def _place(state: DraftState | None) -> tuple[int, int]:
    """Return what puts a draft that needs an editor before others. One whose state is not known
    stands between those that do and those that do not, so that it is shown, and read, in its turn.
    """
    if state is None:
        return 1, 0
    needs_editor = state.problems or state.changes or not state.newest
    lines = state.work.lines if state.work else ()
    return (0 if needs_editor else 2), -(lines[0].cases if lines else 0)


def _suggestions() -> tuple[tuple[SuggestionLine, ...], int]:
    new = Suggestion.objects.new()
    lines = tuple(
        SuggestionLine(
            str(one),
            truncatechars(" ".join(one.text.split()), 100),
            admin_address(Suggestion, "change", one.pk, **{BACK: HOME}),
        )
        for one in new[:MOST_SUGGESTIONS]
    )
    full = len(lines) == MOST_SUGGESTIONS
    return lines, new.count() - len(lines) if full else 0
