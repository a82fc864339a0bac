"""Where a form leads when it is saved: to the page that opened it, which its address names by a
word of its own. What else stands there leads nowhere.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from comparison.admin.addresses import admin_address
from comparison.models import Comparison
from comparison.rendering.addresses import address_of, joined, with_query
from comparison.web.routing import problem_addresses

BACK = problem_addresses.BACK  # in the address of a form
HOME, PROBLEMS, CHANGES = "home", problem_addresses.PROBLEMS, "changes"
MATRIX, IMPORTANCES, FIGURES = "matrix", "importances", "figures"
# what each word means: where it leads from a comparison, and what the way there is called
WAYS: dict[str, tuple[str, Callable[[Any], str]]] = {
    HOME: ("Home", lambda _: address_of("admin:index")),
    PROBLEMS: ("Problems", lambda pk: admin_address(Comparison, "publish", pk)),
    CHANGES: ("Changes", lambda pk: admin_address(Comparison, "publish", pk)),
    MATRIX: ("Matrix", lambda pk: admin_address(Comparison, "grid", pk, MATRIX)),
    IMPORTANCES: ("Importances", lambda pk: admin_address(Comparison, "grid", pk, IMPORTANCES)),
    FIGURES: ("Figures", lambda pk: admin_address(Comparison, "grid", pk, FIGURES)),
}


def way_back(request: HttpRequest, comparison: Comparison | None) -> tuple[str, str] | None:
    """Return what the page is called that a form was opened from, and its address; None where it
    was a list, or the form was opened by itself.
    """
    word = request.GET.get(BACK, "")
    if word not in WAYS or (comparison is None and word != HOME):
        return None
    name, address = WAYS[word]
    return name, address(comparison and comparison.pk)


def keep(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Let a form that is saved and goes on lead to the same page later."""
    word = request.GET.get(BACK, "")
    if word in WAYS and "_continue" in request.POST and "Location" in answer.headers:
        path, _, query = answer["Location"].partition("?")
        answer["Location"] = with_query(path, joined(query, f"{BACK}={word}"))
    return answer
