"""Every address of the admin, with something that exists in the place of each name in it."""

import os
import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.urls import URLPattern, URLResolver

from comparison.models import Comparison, Release, Suggestion
from comparison.models.rows import Row

# what stands in the place of each name of a path, where it is no key of a row
NAMED = {
    "app_label": "comparison",
    "ending": "csv",
    "kept": "1",
    "kind": "matrix",
    "number": "1",
    "step": "question",
    "url": "nothing-of-ours/",
}

# of the kinds of rows, whose pages are all of one class, these are tried; all of them in a soak
SOME_KINDS = {"cell", "source", "usecase", "figure"}


def _addresses(patterns: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or "no-name", route


# the name of every address, and its route
ALL = list(_addresses(admin.site.get_urls()))


def is_tried(kind: Any) -> bool:
    """Return whether the pages of a kind are tried in this run. kind: a model, or None."""
    is_row = kind is not None and issubclass(kind, Row)
    return not is_row or kind._meta.model_name in SOME_KINDS or "SOAK" in os.environ


def kind_of(route: str) -> Any:
    """Return the model whose rows an address of the admin shows, or None."""
    model = re.match(r"(\w+)/(\w+)/", route)
    return apps.all_models.get(model[1], {}).get(model[2]) if model else None


# the addresses that tests of all of them ask in this run
LOOKED_AT = [(name, route) for name, route in ALL if is_tried(kind_of(route))]


def row_of(kind: Any, comparison: Comparison) -> Any:
    """Return the first row of a kind that belongs to a comparison; of other kinds any."""
    rows = kind._base_manager.order_by("pk")
    if kind is Comparison:
        return comparison
    if kind in (Release, Suggestion):
        column = "slug" if kind is Release else "comparison"
        return rows.filter(**{column: comparison.slug}).first()
    if issubclass(kind, Row):
        return rows.filter(**{kind.way_to_comparison(): comparison}).first()
    return rows.first()


def filled(route: str, comparison: Comparison) -> str:
    """Return the path of a route, with rows of a comparison in it."""
    route = re.sub(r"\^?\(\?P<(\w+)>[^)]*\)/?\$?", r"<\1>", route)
    kind = kind_of(route)
    row = row_of(kind, comparison) if kind else comparison
    key = str(row.pk) if row else "0"
    own = {
        "pk": key,
        "object_id": key,
        "id": key,
        "criterion": str(row_of(apps.get_model("comparison.criterion"), comparison).pk),
        "option": str(row_of(apps.get_model("comparison.option"), comparison).pk),
    }
    for name, value in (NAMED | own).items():
        route = re.sub(rf"<(\w+:)?{name}>", value, route)
    assert "<" not in route, f"{route}: say in NAMED what stands there"
    return f"/admin/{route}"
