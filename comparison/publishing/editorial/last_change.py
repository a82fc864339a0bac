"""Who changed a draft last: as the history of its rows knows, rows that are gone included."""

import re
from collections import defaultdict
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Max, Q, Value

from comparison.models import Comparison, history
from comparison.models.rows import Row
from comparison.publishing.draft.draft_stamps import kinds_of_rows

ENTRIES_READ = 300  # of the admin's own log
# how that begins to tell of what changes no draft
OF_NO_CHANGE = ("Published release", "Made a preview link")


def last_change(comparison: Comparison) -> tuple[str, datetime | None]:
    """Return who changed a draft last and when; nobody where that was a command, or where neither
    the history nor the admin's own log knows.
    """
    kinds: list[type[models.Model]] = [Comparison, *Row.kinds()]
    first, *others = (_newest_of(kind, at, comparison) for at, kind in enumerate(kinds))
    found = first.union(*others, all=True).order_by("-newest", "of_kind").first()
    if found is None:
        return _before_there_was_a_history(comparison)
    of_kind, on = found
    line = history.last_of(kinds[of_kind], history_draft=comparison.pk, history_date=on)
    return line.history_by, line.history_date


def _newest_of(kind: type[models.Model], at: int, comparison: Comparison) -> Any:
    lines = history.lines_of(kind).filter(history_draft=comparison.pk)
    # what a draft says is not changed by publishing it
    lines = lines.exclude(history_change_reason=history.PUBLISHING)
    newest = lines.values("history_draft").annotate(newest=Max("history_date"), of_kind=Value(at))
    return newest.values_list("of_kind", "newest")


def _before_there_was_a_history(comparison: Comparison) -> tuple[str, datetime | None]:
    ways: dict[type[models.Model], str] = {Comparison: "pk", **kinds_of_rows()}
    kinds = {ContentType.objects.get_for_model(kind).pk: kind for kind in ways}
    of_no_change = Q()
    for words in OF_NO_CHANGE:
        of_no_change |= Q(change_message__startswith=words)
    entries = LogEntry.objects.filter(content_type__in=kinds).exclude(of_no_change)
    latest = list(entries.select_related("user")[:ENTRIES_READ])
    keys: dict[Any, set[str]] = defaultdict(set)
    for entry in latest:
        if re.fullmatch("[0-9]{1,18}", entry.object_id or ""):  # any program may write any text
            keys[entry.content_type_id].add(entry.object_id or "")
    own = {
        (content_type, str(key))
        for content_type, of_kind in keys.items()
        for key in kinds[content_type]
        ._default_manager.filter(**{ways[kinds[content_type]]: comparison.pk}, pk__in=of_kind)
        .values_list("pk", flat=True)
    }
    for entry in latest:
        if (entry.content_type_id, entry.object_id) in own:
            return entry.user.get_username(), entry.action_time
    return "", None
