"""What tells one state of a draft from another, without reading it: of each kind of row how many
there are, how often they were changed, and the newest of them. One query for all drafts.

Every way of writing a draft counts a changed row's version up, adds a row or deletes one; a list of
rows that a row names is rows of a table of its own.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, F, Max, QuerySet, Sum, Value

from comparison.models import Comparison
from comparison.models.rows import Row

Counts = dict[str, tuple[int, int, int]]  # by kind of row: how many, their versions, the newest


def kinds_of_rows() -> dict[type[models.Model], str]:
    """Return every kind of draft row, and how a query leads from it to its comparison."""
    rows = (kind for kind in apps.get_models() if issubclass(kind, Row))
    return {kind: kind.way_to_comparison() for kind in rows}


def counts_of_drafts(of: int | None = None) -> Mapping[int, Counts]:
    """Return what is counted of every draft, or of one, by the comparison's key."""
    first, *others = (query if of is None else query.filter(of_draft=of) for query in _queries())
    counted: dict[int, Counts] = defaultdict(dict)
    for comparison, kind, *numbers in first.union(*others, all=True):
        counted[comparison][kind] = tuple(numbers)
    return counted


def stamp_of(counts: Counts, newest: int | None, today: date) -> str:
    """Return a text that is another one as soon as the draft's state may be another one."""
    return repr((sorted(counts.items()), newest, today))


def _queries() -> Iterator[QuerySet[Any, Any]]:
    yield _counted(Comparison, "pk", Sum("version"))
    for kind, way in kinds_of_rows().items():
        yield _counted(kind, way, Sum("version"))
        for field in kind._meta.many_to_many:
            # `must` of use cases: a row for each that is named
            through: Any = field.remote_field.through
            yield _counted(through, f"{field.m2m_field_name()}__{way}", Value(0))


def _counted(kind: type[models.Model], way: str, versions: Any) -> Any:
    rows = kind._default_manager.order_by()
    named = rows.annotate(of_draft=F(way), of_kind=Value(kind._meta.label))
    return named.values_list("of_draft", "of_kind").annotate(
        row_count=Count("pk"), version_sum=versions, last_key=Max("pk")
    )
