"""A table becomes a draft: paste or upload, then a page that shows what was guessed and lets each
guess be corrected, then the draft's own page.

Works without scripts. Between the two pages nothing is kept on the server: the table travels in
the form. Nothing is written until "Make the draft" is pressed, and then all of it or nothing.

Of a table with many lines the doubtful ones alone are open for correction, so that the page stays
light; a button opens any other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from comparison.admin.addresses import admin_address
from comparison.admin.frame import in_frame
from comparison.admin.new_comparison.table_forms import (
    AboutForm,
    LineForm,
    ShownLine,
    TableForm,
    shown_line,
)
from comparison.core.table.draft_tree import TableDraft
from comparison.core.table.kinds import LineGuess, LineKind
from comparison.core.table.source import About
from comparison.models import Comparison, history
from comparison.publishing.draft.new_draft import AddressRefused, create_draft
from comparison.publishing.inspection import MOST_LINES, inspect, today
from comparison.publishing.tables.carried_table import from_text, to_text
from comparison.publishing.tables.limits import TableRefused
from comparison.publishing.tables.table_import import (
    BrokenTable,
    proposed,
)

MOST_LINES_OF_A_FORM = 140  # of seven fields each; a form has at most a thousand
MOST_OPEN = 40  # of a page's lines; each is some 2 kB


@dataclass(frozen=True, slots=True)
class FromTablePage:
    """All that the page reads: first for the table, then for what was guessed of it."""

    form: TableForm | None  # for the table; None once it is read
    about: AboutForm | None  # what the table does not say; None until it is read
    lines: tuple[ShownLine, ...]  # the criteria, each to be corrected
    opened: str  # the slugs of those that are open, to be sent again
    guesses: tuple[str, ...]  # all that was guessed, in words
    missing: tuple[str, ...]  # what publishing will ask for, the first of it
    carried: str  # the table that was read, to be sent again
    size: str  # of the table: how many options and criteria
    problems: tuple[str, ...]  # why it was refused just now, or nothing


def from_table_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """The page where a table becomes a draft."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return _show(model_admin, request, _begin(TableForm()))
    if "carried" not in request.POST:
        return _show(model_admin, request, _read(TableForm(request.POST, request.FILES)))
    try:
        page, made = _corrected(request.POST.dict())
    except (TableRefused, BrokenTable) as refusal:
        page, made = _begin(TableForm(), (f"The table {refusal}.",)), None
    if made is None:
        return _show(model_admin, request, page)
    model_admin.log_addition(request, made, "Made from a table.")
    messages.success(
        request,
        f'The draft of "{made}" was made: {page.size}. Readers see nothing of it yet.',
    )
    return HttpResponseRedirect(admin_address(Comparison, "change", made.pk))


def _begin(form: TableForm, problems: tuple[str, ...] = ()) -> FromTablePage:
    return FromTablePage(form, None, (), "", (), (), "", "", problems)


def _read(form: TableForm) -> FromTablePage:
    """Return the page of what was guessed, or the form again with why the table was refused."""
    if not form.is_valid():
        return _begin(form)
    try:
        table = form.table()
        carried = to_text(table)
        draft = proposed(table, About("table", today()))
    except BrokenTable as broken:
        return _begin(form, tuple(broken.problems[:MOST_LINES]))
    except TableRefused as refusal:
        return _begin(form, (f"The table {refusal}.",))
    if len(draft.lines) > MOST_LINES_OF_A_FORM:
        words = (
            f"The table has {len(draft.lines)} criteria, and a form takes {MOST_LINES_OF_A_FORM}: "
            "take it in parts, or use the command new_comparison."
        )
        return _begin(form, (words,))
    return _guessed(draft, draft.lines, AboutForm(), carried)


def _corrected(sent: Mapping[str, Any]) -> tuple[FromTablePage, Comparison | None]:
    """Return the page after a correction, and the draft where it was to be made and could be."""
    carried = sent["carried"]
    table, about = from_text(carried), AboutForm(sent)
    is_whole = about.is_valid()
    said = about.about() if is_whole else About("table", today())
    turned = bool(sent.get("turned"))
    try:
        first = proposed(table, said, turned=turned)
    except BrokenTable as broken:
        if not turned:
            raise
        unturned = {name: sent[name] for name in sent if name not in ("turned", "_make")}
        page, _ = _corrected(unturned)
        return replace(page, problems=("It cannot be turned.", *broken.problems)), None
    # a table that was turned has other lines: what was sent is of the ones before
    is_same = sent.get("shown_turned", "") == ("1" if turned else "")
    lines = first.lines
    if not is_same:
        return _guessed(first, lines, about, carried), None
    forms = {line.slug: LineForm(line, sent) for line in lines}
    opened = [slug for slug in sent.get("opened", "").split(",") if slug in forms]
    if sent.get("_open") in forms:
        opened.append(sent["_open"])
    if wrong := {slug: form for slug, form in forms.items() if not form.is_valid()}:
        return _guessed(first, lines, about, carried, [*opened, *wrong], forms), None
    corrections = {slug: form.correction() for slug, form in forms.items()}
    try:
        draft = proposed(table, said, corrections, turned=turned)
    except BrokenTable as broken:  # nothing is left of it
        page = _guessed(first, lines, about, carried, opened, forms)
        return replace(page, problems=tuple(broken.problems)), None
    page = _guessed(draft, lines, about, carried, opened)
    if not is_whole or "_make" not in sent:
        return page, None
    try:
        with history.doing(history.TABLE):
            return page, create_draft(draft.tree)
    except AddressRefused as refusal:
        about.add_error("slug", f"{refusal}.")
        return page, None


def _guessed(
    draft: TableDraft,
    first: Sequence[LineGuess],
    about: AboutForm,
    carried: str,
    opened: Sequence[str] | None = None,
    sent: Mapping[str, LineForm] | None = None,
) -> FromTablePage:
    """Return the page of what was guessed.

    first: the lines before any correction. opened: the slugs of those to be shown as fields, the
    latest last; None: as the page begins. sent: the forms as they were sent, where one is wrong.
    """
    if opened is None:
        opened = _open_at_first(first)
    opened = list(dict.fromkeys(reversed(opened)))[:MOST_OPEN]
    shown = []
    for was, line in zip(first, draft.lines, strict=True):
        form = sent[line.slug] if sent else LineForm(line)
        shown.append(shown_line(was, form, is_open=line.slug in opened))
    problems = inspect(dict(draft.tree)).problems if about.is_bound else ()
    options, criteria = len(draft.tree["options"]), len(draft.tree["criteria"])
    return FromTablePage(
        form=None,
        about=about,
        lines=tuple(shown),
        opened=",".join(reversed(opened)),
        guesses=draft.guesses,
        missing=tuple(str(problem) for problem in problems[:MOST_LINES]),
        carried=carried,
        size=f"{options} options and {criteria} criteria",
        problems=(),
    )


def _open_at_first(lines: Sequence[LineGuess]) -> list[str]:
    """Return the slugs of the lines that are fields at first: all where they are few, else those
    in doubt, and then those of words, which somebody may want to score.
    """
    if len(lines) <= MOST_OPEN:
        return [line.slug for line in lines]
    doubtful = [line.slug for line in lines if line.is_doubtful]
    words = [line.slug for line in lines if line.guess.kind is LineKind.TEXT]
    return list(dict.fromkeys((*doubtful, *words)))[:MOST_OPEN]


def _show(model_admin: Any, request: HttpRequest, page: FromTablePage) -> HttpResponse:
    title = "New comparison from a table"
    return in_frame(model_admin, request, "comparison/from_table.html", title, page)
