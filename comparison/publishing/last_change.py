"""Who changed a draft last, as far as the history of the admin knows."""

import re
from collections import defaultdict
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models

from comparison.models import Comparison
from comparison.publishing.draft_stamps import kinds_of_rows

ENTRIES_READ = 300  # of the history
OF_PUBLISHING = "Published release"  # how the history begins to tell of what changes no draft


def last_change(comparison: Comparison) -> tuple[str, datetime | None]:
    """Return who changed a draft last and when, as far as the history of the admin knows."""
    ways: dict[type[models.Model], str] = {Comparison: "pk", **kinds_of_rows()}
    kinds = {ContentType.objects.get_for_model(kind).pk: kind for kind in ways}
    entries = LogEntry.objects.filter(content_type__in=kinds).exclude(
        change_message__startswith=OF_PUBLISHING
    )
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
