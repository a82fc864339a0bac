"""The rivals' addresses. Each shows the draft of a comparison, options that are ranked alone."""

from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import Context, Engine
from django.views.decorators.gzip import gzip_page

from comparison.models import Comparison, Criterion

FOLDER = Path(__file__).parent
ENGINE = Engine(
    dirs=[FOLDER],
    libraries={"static": "django.templatetags.static"},
    builtins=["django.templatetags.static"],
)
NEUTRAL = 5.0


def computed_script(request: HttpRequest) -> FileResponse:
    return FileResponse((FOLDER / "computed.js").open("rb"), content_type="text/javascript")


@gzip_page
def computed(request: HttpRequest, slug: str) -> HttpResponse:
    """A page that brings every score and computes in the browser."""
    context = _comparison(slug)
    data = {
        "options": [option.name for option in context["options"]],
        "criteria": [
            {
                "importance": row["criterion"].importance,
                "scores": [cell and cell.score for cell in row["cells"]],
            }
            for row in context["rows"]
        ],
    }
    return _page("computed.html", context | {"data": data})


@gzip_page
def plain(request: HttpRequest, slug: str) -> HttpResponse:
    """A page that asks the server after each change, and puts the whole table in place anew."""
    context = _comparison(slug)
    counted = request.GET.getlist("on") if "sent" in request.GET else None
    for row in context["rows"]:
        row["counts"] = counted is None or row["criterion"].slug in counted
    context |= _result(context["options"], context["rows"])
    is_change = request.headers.get("HX-Request") == "true"
    return _page("plain_table.html" if is_change else "plain.html", context)


def _page(template: str, context: dict[str, Any]) -> HttpResponse:
    return HttpResponse(ENGINE.get_template(template).render(Context(context)))


def _comparison(slug: str) -> dict[str, Any]:
    comparison = get_object_or_404(Comparison, slug=slug)
    options = list(comparison.options.filter(parts=None))
    criteria = Criterion.objects.filter(comparison=comparison)
    rows = []
    for criterion in criteria.select_related("group").prefetch_related("cells"):
        cells = {cell.option_id: cell for cell in criterion.cells.all()}
        rows.append({"criterion": criterion, "cells": [cells.get(option.pk) for option in options]})
    return {"comparison": comparison, "options": options, "rows": rows}


def _result(options: list[Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    counted = [row for row in rows if row["counts"]]
    weight = sum(row["criterion"].importance for row in counted) or 1
    totals = []
    for place in range(len(options)):
        points = 0.0
        for row in counted:
            cell = row["cells"][place]
            score = NEUTRAL if cell is None or cell.score is None else cell.score
            points += row["criterion"].importance * score
        totals.append(points / weight)
    ranking = sorted(zip(totals, (option.name for option in options), strict=True), reverse=True)
    return {"totals": totals, "ranking": ranking, "counted": len(counted)}
