"""What goes along where draft rows are deleted, or keeps them from it: counted by kind, and only
the first of a kind named.

Django's own page names every row: a comparison of 30 options by 120 criteria fills 2 MB with them,
in more than a minute.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from django.contrib.admin import AdminSite
from django.db import models, router
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import capfirst

from comparison.admin.addresses import admin_address

# one click for a whole kind of rows is for who answers for what is published
MAY_DELETE_MANY = "comparison.publish_comparison"
CHOSEN_NAMED = 100  # as many as a list shows on one page
IN_THE_WAY_NAMED = 20  # of each kind


class GoesAlong(NamedTuple):
    """What Django's pages for deleting show, in the order in which they expect it."""

    chosen: list[str]
    counts: dict[str, int]  # by the kind's plural
    forbidden: set[str]  # kinds that the editor may not delete
    in_the_way: list[str]  # rows without which others would say something else


def goes_along(chosen: Any, request: HttpRequest, site: AdminSite) -> GoesAlong:
    """Return what is deleted together with some rows of one kind, a list or a queryset of them."""
    rows = list(chosen)
    collector = Collector(using=router.db_for_write(type(rows[0])))
    protected: Collection[models.Model] = ()
    try:
        collector.collect(rows)
    except (ProtectedError, RestrictedError) as error:
        protected = getattr(error, "protected_objects", ()) or getattr(
            error, "restricted_objects", ()
        )
    keys = _keys_of(collector)
    forbidden = {
        str(kind._meta.verbose_name)
        for kind in keys
        if site.is_registered(kind)
        and not site.get_model_admin(kind).has_delete_permission(request)
    }
    counts = {str(kind._meta.verbose_name_plural): len(pks) for kind, pks in keys.items()}
    return GoesAlong(
        list(_names(rows, site, CHOSEN_NAMED)),
        counts,
        forbidden,
        list(_names_by_kind(protected, site)),
    )


def _keys_of(collector: Collector) -> dict[type[models.Model], set[Any]]:
    """Return the keys of all rows that go, by kind. Two ways may lead to the same row: from its
    criterion, from its option.
    """
    keys: dict[type[models.Model], set[Any]] = defaultdict(set)
    for kind, rows in collector.data.items():
        keys[kind] |= {row.pk for row in rows}
    for deleted in collector.fast_deletes:
        if not deleted.model._meta.auto_created and (
            pks := set(deleted.values_list("pk", flat=True))
        ):
            keys[deleted.model] |= pks
    return keys


def _names_by_kind(rows: Iterable[models.Model], site: AdminSite) -> Iterator[str]:
    by_kind: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in rows:
        by_kind[type(row)].append(row)
    for rows in by_kind.values():
        yield from _names(sorted(rows, key=lambda row: row.pk), site, IN_THE_WAY_NAMED)


def _names(rows: list[models.Model], site: AdminSite, most: int) -> Iterator[str]:
    """Yield the kind and name of the first rows, each with a link to its page, then how many more
    there are.
    """
    for row in rows[:most]:
        kind = capfirst(str(row._meta.verbose_name))
        if site.is_registered(type(row)):
            page = admin_address(type(row), "change", row.pk)
            yield format_html('{}: <a href="{}">{}</a>', kind, page, row)
        else:
            yield format_html("{}: {}", kind, row)
    if len(rows) > most:
        yield f"… and {len(rows) - most:,} more {rows[0]._meta.verbose_name_plural}"
