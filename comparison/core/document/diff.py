"""(Document, Document) -> what was added, removed, changed or renamed between them, as plain
records.

    diff(before, after)
        -> Change("cell", "changed", ("speed", "ada"), (FieldChange("score", 9, 6),
        FieldChange("text", ..., ...)))

Things are matched by slug, not by place: another order is no change. A thing whose slug was renamed
stays the same thing, and whatever names it is compared under its new name. What only moves
addresses is a record of its own (`readdressings`), for those who look after them. Refuses to word,
to count votes, or to say what a change means.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args, get_origin

from comparison.core.document.schema import Document, Node, Ref
from comparison.core.document.slugs import LIST_OF, NameKind

How = Literal["added", "removed", "changed", "renamed"]

# Lists of the document whose items hold lists of their own, which are compared item by item: list
# -> field -> kind.
PARTS: dict[str, dict[str, str]] = {
    "criteria": {"cells": "cell"},
    "sources": {"claims": "claim", "advice": "advice", "verdicts": "verdict"},
    "runs": {"figures": "figure"},
    "questions": {"answers": "answer"},
}
KINDS: dict[str, str] = {
    "prose": "prose",
    "options": "option",
    "components": "component",
    "groups": "group",
    "criteria": "criterion",
    "use_cases": "use-case",
    "sources": "source",
    "workloads": "workload",
    "runs": "run",
    "derived_figures": "derived-figure",
    "questions": "question",
    "costs": "cost",
    "migrations": "migration",
    "stories": "story",
    "popularity": "popularity",
    "points": "point",
    "hybrids": "hybrid",
    "answered_questions": "answered-question",
    "samples": "sample",
}
WHOLE = "comparison"  # the kind of the fields that stand at the top of the document itself
UNSAID = frozenset({"renamed"})  # said by the changes themselves, and by `readdressings`
RENAMED = "renamed-slug"  # the kind of a record that an old slug leads to a new one
_NONE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs. Plain values: text, number, list, dict; None = it is absent. Fields
    of a value object and
    keys of a mapping have a dot: "quantity.low", "importances.speed".
    """

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: what kind of thing, how, where (slugs from the outside in), and which
    of its fields.
    """

    kind: str
    how: How
    path: tuple[str, ...]
    fields: tuple[FieldChange, ...]


def diff(before: Document | None, after: Document) -> tuple[Change, ...]:
    """Return every difference in the order of the schema; within a list in the new document's
    order, then what is gone. None = there was nothing before: everything is added.

    The slugs in a path are those of the newer document; of a thing that is gone, its last. The same
    documents: empty.
    """
    if before is None:
        return tuple(_differences(None, after))
    renames = _renames(before, after)
    if any(renames.values()):
        before = _under_new_names(before, renames)
    return (*_renamed(renames), *_differences(before, after))


def readdressings(before: Document | None, after: Document) -> tuple[Change, ...]:
    """Return what differs in addresses alone, and stands in no other change: the comparison's own
    slug, and the records of renamed slugs, each at (kind of thing, old slug).
    """
    slug = before.slug if before else None
    leads, led = (_leads(document) for document in (after, before))
    own = Change(WHOLE, _how(slug, after.slug), (), (FieldChange("slug", slug, after.slug),))
    return (
        *((own,) if slug != after.slug else ()),
        *(
            Change(
                RENAMED,
                _how(led.get(step), leads.get(step)),
                step,
                (FieldChange("new", led.get(step), leads.get(step)),),
            )
            for step in dict.fromkeys((*leads, *led))
            if leads.get(step) != led.get(step)
        ),
    )


def _leads(document: Document | None) -> dict[tuple[str, ...], str]:
    records = document.renamed if document else ()
    return {(record.kind.value, record.old): record.new for record in records}


def _how(was: object, now: object) -> How:
    return "added" if was is None else "removed" if now is None else "changed"


def count(changes: Iterable[Change]) -> dict[str, dict[str, int]]:
    """Return how many things of each kind were added, removed, changed, renamed: kind -> how ->
    number, none of them 0.
    """
    counts: dict[str, dict[str, int]] = {}
    for (kind, how), number in Counter((change.kind, change.how) for change in changes).items():
        counts.setdefault(kind, {})[how] = number
    return counts


def _differences(before: Document | None, after: Document) -> Iterator[Change]:
    own = tuple(_fields(before, after, {*KINDS, *UNSAID}))
    if own:
        yield Change(WHOLE, _how(before, after), (), own)
    for name, kind in KINDS.items():
        old = _by_slug(getattr(before, name)) if before else {}
        new = _by_slug(getattr(after, name))
        yield from _of_list(kind, (), old, new, PARTS.get(name, _NONE))


def _of_list(
    kind: str,
    path: tuple[str, ...],
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    parts: Mapping[str, str],
) -> Iterator[Change]:
    for slug in (*new, *(slug for slug in old if slug not in new)):
        was, now = old.get(slug), new.get(slug)
        here = (*path, slug)
        fields = tuple(_fields(was, now, parts))
        if fields or was is None or now is None:
            yield Change(kind, _how(was, now), here, fields)
        for part, its_kind in parts.items():
            inner_old, inner_new = (
                _by_slug(getattr(thing, part)) if thing else {} for thing in (was, now)
            )
            yield from _of_list(its_kind, here, inner_old, inner_new, _NONE)


def _by_slug(things: Any) -> Mapping[str, Any]:
    return things if isinstance(things, dict) else {thing.slug: thing for thing in things}


def _fields(was: Any, now: Any, leave_out: Iterable[str] = ()) -> Iterator[FieldChange]:
    """Yield the fields in which two things differ; of a thing that stands alone, all that
    it says.
    """
    if isinstance(was, str) or isinstance(now, str):  # prose is its own text
        if was != now:
            yield FieldChange("text", was, now)
        return
    if not leave_out and was is not None and now is not None and was.__dict__ == now.__dict__:
        return  # nearly always, and the fields one by one would take several times as long
    for name, field in type(now if was is None else was).model_fields.items():
        if name not in leave_out and name != "slug":
            old = field.default if was is None else getattr(was, name)
            new = field.default if now is None else getattr(now, name)
            if old != new:
                yield from _values(
                    name, old if was is not None else None, new if now is not None else None
                )


def _values(name: str, old: Any, new: Any) -> Iterator[FieldChange]:
    """Yield what differs in one field: part by part where it is a value object or a mapping."""
    if isinstance(old, Node) or isinstance(new, Node):
        for inner in _fields(old, new):
            yield FieldChange(f"{name}.{inner.name}", inner.before, inner.after)
    elif isinstance(old, dict) or isinstance(new, dict):
        old, new = old or {}, new or {}
        for key in (*new, *(key for key in old if key not in new)):
            if old.get(key) != new.get(key):
                yield FieldChange(f"{name}.{key}", _plain(old.get(key)), _plain(new.get(key)))
    else:
        yield FieldChange(name, _plain(old), _plain(new))


def _plain(value: Any) -> Any:
    match value:
        case Node():
            return {
                key: _plain(item)
                for key, item in value.__dict__.items()
                if item not in (None, (), {})
            }
        case tuple():
            return [_plain(item) for item in value]
        case StrEnum():
            return value.value
        case date():
            return value.isoformat()
        case float() if value.is_integer() and abs(value) < 2**53:
            return int(value)
        case _:
            return value


# --- renamed things -------------------------------------------------------------------------------

Renames = dict[str, dict[str, str]]  # list of the document -> old slug -> new slug


def _renames(before: Document, after: Document) -> Renames:
    """Return what was renamed between the two. What was merged into something that was there
    already counts as gone.
    """
    renames: Renames = {}
    for kind, name in LIST_OF.items():
        had = {thing.slug for thing in getattr(before, name)}
        leads = after.names.renamed[kind]
        renames[name] = {old: new for old, new in leads.items() if old in had and new not in had}
    return renames


def _renamed(renames: Renames) -> Iterator[Change]:
    for kind, name in LIST_OF.items():
        for old, new in renames[name].items():
            yield Change(NameKind(kind).value, "renamed", (new,), (FieldChange("slug", old, new),))


def _under_new_names(document: Document, renames: Renames) -> Document:
    """Return the document with every renamed thing, and every reference to it, under the
    new slug.
    """
    updates: dict[str, Any] = {}
    for name, slugs in renames.items():
        if slugs:
            things = getattr(document, name)
            updates[name] = tuple(
                thing.model_copy(update={"slug": slugs.get(thing.slug, thing.slug)})
                for thing in things
            )
    document = document.model_copy(update=updates)
    moved: Document = _follow(Document, document, renames)
    return moved


def _follow(annotation: Any, value: Any, renames: Renames) -> Any:
    """Return the value with every reference that the schema marks in it followed; the very same
    value where there is none.
    """
    origin, arguments = get_origin(annotation), get_args(annotation)
    if value is None:
        return None
    if origin is Annotated:
        marks = [mark for mark in arguments[1:] if isinstance(mark, Ref)]
        return _called(value, marks, renames) if marks else _follow(arguments[0], value, renames)
    if isinstance(value, Node):
        updates = {}
        for name, field in type(value).model_fields.items():
            old = getattr(value, name)
            marks = [mark for mark in field.metadata if isinstance(mark, Ref)]
            new = _called(old, marks, renames) if marks else _follow(field.annotation, old, renames)
            if new is not old:
                updates[name] = new
        return value.model_copy(update=updates) if updates else value
    if isinstance(value, tuple) and arguments:
        items = tuple(_follow(arguments[0], item, renames) for item in value)
        return (
            items if any(new is not old for new, old in zip(items, value, strict=True)) else value
        )
    if isinstance(value, dict) and arguments:
        pairs = {
            _follow(arguments[0], key, renames): _follow(arguments[1], item, renames)
            for key, item in value.items()
        }
        same = all(new is old for new, old in zip(pairs.values(), value.values(), strict=False))
        return value if same and list(pairs) == list(value) else pairs
    for argument in arguments:  # Optional
        followed = _follow(argument, value, renames)
        if followed is not value:
            return followed
    return value


def _called(slug: Any, marks: list[Ref], renames: Renames) -> Any:
    return next((renames[mark][slug] for mark in marks if slug in renames.get(mark, _NONE)), slug)
