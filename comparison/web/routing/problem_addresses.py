"""Where an editor mends a problem of a draft: the field, on the form of its row or of the row that
holds it. Refuses nobody: who may open the form is for the form to say.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from comparison.pages.view import Broken
from comparison.publishing.drafts import DraftProblem
from comparison.publishing.inspection import MOST_LINES
from comparison.rendering.addresses import address_of, with_query

BACK, PROBLEMS = "_back", "problems"  # in the address of a form: saved, it leads to the problems


def address_of_problem(wrong: DraftProblem) -> str:
    """Return the address of the field where a problem can be mended."""
    row = _row_with_a_form(wrong)
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    address = with_query(address_of(name, object_id=row.pk), f"{BACK}={PROBLEMS}")
    return f"{address}#id_{wrong.column}" if wrong.column and row is wrong.row else address


def may_mend(request: HttpRequest, wrong: DraftProblem) -> bool:
    """Return whether somebody may change the row of a problem."""
    row = _row_with_a_form(wrong)
    user: Any = request.user
    return bool(user.has_perm(f"{row._meta.app_label}.change_{row._meta.model_name}"))


def broken_lines(request: HttpRequest, problems: Sequence[DraftProblem]) -> tuple[Broken, ...]:
    """Return the first problems of a draft in words, each with the address of the field where it is
    mended, for who may.
    """
    return tuple(
        Broken(one.in_words, address_of_problem(one) if may_mend(request, one) else "")
        for one in problems[:MOST_LINES]
    )


def _row_with_a_form(wrong: DraftProblem) -> models.Model:
    row: Any = wrong.row
    while not admin.site.is_registered(type(row)):
        row = getattr(row, row.parent)
    found: models.Model = row
    return found
