"""Places that are typed into a list of rows while somebody else gives the same rows others, or
deletes one. Saves nothing: who typed sees theirs, their own and the list as it is now.
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from comparison.admin.forms import saved_meanwhile
from comparison.admin.forms.scope import is_key
from comparison.models import Comparison, history

PREFIX, COLUMN = "form", "position"


def refusal_of_places(model: Any, request: HttpRequest) -> str:
    """Return why the places that were sent cannot be saved: somebody gave one of these rows another
    meanwhile, or deleted one. Nothing where they can be.
    """
    sent = list(_sent(request))
    rows = model._default_manager.in_bulk([key for key, _, _ in sent])
    refused, typed_here = [], []
    for key, typed, shown in sent:
        row = rows.get(key)
        line = None if row else _last_of(model, key)
        called = str(row) if row else line.history_called if line else ""
        name = f"“{called}”" if called else "a row"
        if _mark(typed) != shown:
            typed_here.append(f"{name} {typed or 'nothing'}")
        if row is None:
            who = saved_meanwhile.who_saved(model(), id=key) if line else "Somebody"
            refused.append(f"{who} deleted {name} meanwhile.")
        elif _mark(typed) != shown and _mark(row.position) not in (shown, _mark(typed)):
            refused.append(
                f"{saved_meanwhile.who_saved(row)} gave {name} place {row.position} meanwhile."
            )
    if not refused:
        return ""
    own = f" You had typed: {', '.join(typed_here)}." if typed_here else ""
    # a name at its beginning would get a capital letter
    return f"Nothing was saved: {' '.join(refused)}{own} This is the list as it is now."


def _sent(request: HttpRequest) -> Iterator[tuple[int, str, str]]:
    """Yield the key of each row of a list, the place that was sent, and the mark of the one that
    was shown.
    """
    for name, key in request.POST.items():
        start, _, end = name.rpartition("-")
        if start.startswith(f"{PREFIX}-") and end == "id" and is_key(str(key)):
            shown = saved_meanwhile.read(request.POST.get(f"{start}-{saved_meanwhile.FIELD}", ""))
            typed = request.POST.get(f"{start}-{COLUMN}", "")
            yield int(str(key)), typed, shown.get(COLUMN, "")


def _mark(place: Any) -> str:
    return saved_meanwhile.marks_of({COLUMN: place})[COLUMN]


def _last_of(model: Any, key: int) -> Any:
    """Return the last line of a row's history; None where it is of a comparison out of reach."""
    line = history.last_of(model, id=key)
    is_near = line and Comparison.objects.filter(pk=line.history_draft).exists()
    return line if is_near else None
