"""What differs between two documents, a line a thing, each with the way to its row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin

from comparison.admin.addresses import admin_address
from comparison.admin.forms.way_back import BACK, CHANGES
from comparison.core.document.changed_things import ChangedField, ChangedThing, changed_things
from comparison.core.document.diff import KINDS, PARTS, RENAMED, WHOLE
from comparison.core.document.schema import Document
from comparison.core.document.things import Difference, in_words
from comparison.models import Comparison

MOST_LINES = 200
MOST_PARTS = 50  # of one line
MOST_UNTOLD = 10


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing that differs."""

    what: str  # "Cell", "New cell", "Cell removed"
    name: str  # empty for the comparison itself
    essence: str  # what it is now, and was
    address: str  # of its row; empty where there is none
    fields: tuple[ChangedField, ...]  # all that differs
    parts: tuple[str, ...]  # what came or went with it, the first of it
    parts_left_out: int  # how many more there are


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Things that belong together."""

    heading: str  # what they are
    lines: tuple[ChangeLine, ...]  # a thing each


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs, as far as it is shown."""

    groups: tuple[ChangeGroup, ...] = ()  # those without a line are left out
    count: int = 0  # things, a line each
    left_out: int = 0  # how many of them are not shown
    # what is broken, so that nothing can be told of it yet, the first of it
    untold: tuple[str, ...] = ()
    untold_left_out: int = 0  # how much more there is


def changes_between(
    before: Document | None,
    after: Document | None,
    comparison: Comparison | None = None,
    broken: Sequence[Difference] = (),
) -> Changes:
    """Return the things in which one document differs from another.

    comparison: in whose draft the rows of the newer one stand; None where it has none yet. broken:
    what of that draft the newer one leaves out.
    """
    if after is None:
        return Changes()
    things = changed_things(before, after, broken)
    count = sum(len(lines) for lines in things.values())
    room = MOST_LINES
    shown: dict[str, tuple[ChangedThing, ...]] = {}
    for heading, lines in things.items():
        shown[heading] = lines[:room]
        room -= len(shown[heading])
    addresses = _addresses(comparison, [one for lines in shown.values() for one in lines])
    groups = tuple(
        ChangeGroup(heading, tuple(_line(one, addresses) for one in lines))
        for heading, lines in shown.items()
        if lines
    )
    untold = tuple(_untold(one) for one in broken[:MOST_UNTOLD])
    more = max(0, len(broken) - MOST_UNTOLD)
    return Changes(groups, count, max(0, count - MOST_LINES), untold, more)


def _untold(broken: Difference) -> str:
    fields = ", ".join(dict.fromkeys(field.name.partition(".")[0] for field in broken.fields))
    words = in_words(broken.kind, broken.name)
    return f"{words}: {fields.replace('_', ' ')}" if fields else words


def _line(thing: ChangedThing, addresses: dict[tuple[str, tuple[str, ...]], str]) -> ChangeLine:
    kind = thing.kind.replace("-", " ")
    what = {
        "added": f"New {kind}",
        "removed": f"{kind} removed",
        "renamed": f"{kind} with another address",
        "changed": kind,
    }[thing.how]
    parts = tuple(
        f"{part.kind.replace('-', ' ')}: {part.name}{': ' if part.essence else ''}{part.essence}"
        for part in thing.parts[:MOST_PARTS]
    )
    return ChangeLine(
        what="" if thing.kind in (WHOLE, RENAMED) else what[:1].upper() + what[1:],
        name=thing.name,
        essence=thing.essence,
        address=addresses.get((thing.kind, thing.path), ""),
        fields=thing.fields,
        parts=parts,
        parts_left_out=max(0, len(thing.parts) - MOST_PARTS),
    )


def _addresses(
    comparison: Comparison | None, things: Iterable[ChangedThing]
) -> dict[tuple[str, tuple[str, ...]], str]:
    """Return where the rows of things that are there open, by kind and path: a query for each
    kind.
    """
    if comparison is None:
        return {}
    addresses: dict[tuple[str, tuple[str, ...]], str] = {}
    own = admin_address(Comparison, "change", comparison.pk)
    by_kind: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for thing in things:
        if thing.how != "removed":
            by_kind[thing.kind].append(thing.path)
    for kind, paths in by_kind.items():
        if kind not in MODELS or not admin.site.is_registered(MODELS[kind][0]):
            addresses |= {(kind, path): own for path in paths}
            continue
        model, keys = MODELS[kind]
        rows = model._default_manager.filter(
            **{f"{model.way_to_comparison()}": comparison.pk},
            **{f"{keys[0]}__in": {path[0] for path in paths}},
        )
        known = {
            path: pk for *path_, pk in rows.values_list(*keys, "pk") for path in [tuple(path_)]
        }
        addresses |= {
            (kind, path): admin_address(model, "change", known[path], **{BACK: CHANGES})
            for path in paths
            if path in known
        }
    return addresses


def _models() -> dict[str, tuple[Any, tuple[str, ...]]]:
    """Return the model of each kind of thing, and the columns that hold its path."""
    models: dict[str, tuple[Any, tuple[str, ...]]] = {}
    for name, kind in KINDS.items():
        model: Any = Comparison._meta.get_field(name).related_model
        models[kind] = model, ("slug",)
        for part, its_kind in PARTS.get(name, {}).items():
            inner: Any = model._meta.get_field(part).related_model
            key = f"{inner.key}__slug" if inner.key else "slug"
            models[its_kind] = inner, (f"{inner.parent}__slug", key)
    return models


MODELS = _models()
