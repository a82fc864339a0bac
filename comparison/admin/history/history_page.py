"""The page of a draft's history: who changed what, when, how, from what to what; of all of it, of
one person, of one kind of thing, or of one row.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from comparison.admin.addresses import admin_address
from comparison.admin.forms.scope import is_key, opened_comparison
from comparison.admin.frame import in_frame
from comparison.admin.history.lines import (
    NOBODY,
    HistoryLine,
    began_at,
    count_of,
    first_whole,
    lines_of,
    people_in,
)
from comparison.admin.history.which import OF_NOBODY, Which, kinds_by_name
from comparison.models import Comparison
from comparison.models.rows import Row
from comparison.rendering.addresses import with_query

ON_A_PAGE = 50
LONGEST_PAGE = 6  # digits of a page's number
Choice = tuple[str, str, bool]  # what is sent, what is read, whether it is chosen


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """All that the page of a history reads."""

    comparison: Comparison  # whose it is
    row: str  # what the one row is called that it is of; "" = of all
    form: str  # the address of that row's form; "" where it is gone
    lines: tuple[HistoryLine, ...]  # newest first
    count: int  # how many there are in all
    people: tuple[Choice, ...]  # to see one person's
    kinds: tuple[Choice, ...]  # to see those of one kind of row
    newer: str  # the address of the page before
    older: str  # the address of the page after
    whole: str  # the address of the whole history, where only some of it is shown
    began: datetime | None  # what was done before is not known; None: all is
    came: HistoryLine | None  # how the whole comparison came in, of a row that came with it


def history_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what in a draft, newest first."""
    comparison = opened_comparison(model_admin, request, pk)
    which = _which(request, pk)
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isdecimal() and 0 < len(asked) < LONGEST_PAGE else 1
    count = count_of(which)
    number = max(1, min(number, -(-count // ON_A_PAGE)))
    lines = lines_of(which, (number - 1) * ON_A_PAGE, number * ON_A_PAGE)
    row, form = _row_of(which, lines)
    came = first_whole(pk) if number * ON_A_PAGE >= count else None
    page = HistoryPage(
        comparison,
        row,
        form,
        tuple(lines),
        count,
        _people(which) if which.row is None else (),
        _kinds(which) if which.row is None else (),
        _address(request, number - 1) if number > 1 else "",
        _address(request, number + 1) if number * ON_A_PAGE < count else "",
        admin_address(Comparison, "history_of", pk) if request.GET else "",
        began_at() if came is None and number * ON_A_PAGE >= count else None,
        came if which.row is not None and not any(one.what == "added" for one in lines) else None,
    )
    title = f"History of {row or comparison}"
    return in_frame(model_admin, request, "comparison/history.html", title, page)


def address_of_history(row: Any, comparison: Comparison) -> str:
    """Return where the history of one row stands; of a comparison all of it."""
    own = {"kind": row._meta.model_name, "row": row.pk} if isinstance(row, Row) else {}
    return admin_address(Comparison, "history_of", comparison.pk, **own)


def _which(request: HttpRequest, pk: int) -> Which:
    kind, row = request.GET.get("kind", ""), request.GET.get("row", "")
    kind = kind if kind in kinds_by_name() else ""
    key = int(row) if kind and is_key(row) else None
    return Which(pk, request.GET.get("by", "").replace("\0", "")[:150], kind, key)


def _row_of(which: Which, lines: list[HistoryLine]) -> tuple[str, str]:
    """Return what the row is called that a page is of, and where its form is."""
    if which.row is None:
        return "", ""
    kind = kinds_by_name()[which.kind]
    row = kind._default_manager.filter(pk=which.row).first()
    if row is not None and (row.comparison_of() if isinstance(row, Row) else row).pk == which.draft:
        return _called(row), _form_of(row)
    return (lines[0].called if lines else "a row that is gone"), ""


def _called(row: Any) -> str:
    return str(row.in_words() if isinstance(row, Row) else row)


def _form_of(row: Any) -> str:
    """Return where a row is edited: on its own page, or on that of what it is part of."""
    from django.contrib import admin

    while isinstance(row, Row) and not admin.site.is_registered(type(row)):
        row = getattr(row, row.parent)
    return admin_address(type(row), "change", row.pk)


def _people(which: Which) -> tuple[Choice, ...]:
    names = people_in(which.draft)
    choices = [(name or OF_NOBODY, name or NOBODY) for name in names]
    return (
        ("", "Everybody", not which.by),
        *((value, name, value == which.by) for value, name in choices),
    )


def _kinds(which: Which) -> tuple[Choice, ...]:
    kinds = ((name, str(kind._meta.verbose_name_plural)) for name, kind in kinds_by_name().items())
    return (
        ("", "Everything", not which.kind),
        *(
            (name, words, name == which.kind)
            for name, words in sorted(kinds, key=lambda one: one[1])
        ),
    )


def _address(request: HttpRequest, number: int) -> str:
    query = {name: str(value) for name, value in request.GET.items() if name != "page"}
    query |= {"page": str(number)} if number > 1 else {}
    return with_query(request.path, urlencode(query))
