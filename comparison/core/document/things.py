"""What differs between two plain trees, thing by thing, and one thing put back as it was. A draft
with problems is no document, and yet an editor has to hear what would be lost of it.

Things are matched by slug, so one that was renamed counts as gone and another as added. `diff.py`
compares documents, and knows better.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_args

from comparison.core.document.change_words import HOME_OF, NAMED_IN, as_text
from comparison.core.document.diff import KINDS, PARTS, UNSAID, WHOLE, FieldChange, How
from comparison.core.document.schema import Document, Node

Tree = Mapping[str, Any]
Path = tuple[str, ...]  # slugs from the outside in
LISTS = {kind: name for name, kind in KINDS.items()}
OF_LIST = {kind: (name, part) for name, parts in PARTS.items() for part, kind in parts.items()}
OWN = [name for name in Document.model_fields if name not in {*KINDS, *UNSAID}]
SAYS = (*NAMED_IN, "statement", "item")  # what has no name is known by what it says
ABOUT = ("option", "start", "target")  # or by the options that it is about
LONGEST = 80  # characters of a name
ITSELF = "What the comparison says of itself"


class NoPlace(Exception):
    """What a thing is part of is gone: it has no place to be put back to. The message names it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the draft has otherwise than a release: what the draft would lose."""

    kind: str
    how: How  # what was done in the draft
    path: Path  # empty: what the comparison says of itself
    name: str  # after the name of what it is part of
    fields: tuple[FieldChange, ...]  # before: as released; after: in the draft


def in_words(kind: str, name: str) -> str:
    """Return what a thing is called at the beginning of a sentence. name: as `name_of` returns."""
    return f"{kind.replace('-', ' ').capitalize()} “{name}”" if name else ITSELF


def differences(draft: Tree, released: Tree) -> Iterator[Difference]:
    """Yield every thing that differs, in the order of the schema; what was added or is gone without
    its parts.
    """
    own = tuple(_fields(Document, draft, released, {*KINDS, *UNSAID}, keep_slug=True))
    if own:
        yield Difference(WHOLE, "changed", (), "", own)
    options = _options(draft, released)
    for name, kind in KINDS.items():
        noun, parts = _noun(Document, name), PARTS.get(name, {})
        now, was = _by_slug(draft.get(name)), _by_slug(released.get(name))
        for slug in (*now, *(slug for slug in was if slug not in now)):
            one, other = now.get(slug), was.get(slug)
            called = _name(one or other, slug, options)
            yield from _of_thing(kind, (slug,), noun, one, other, parts, called)
            if slug not in now or slug not in was:
                continue
            home = _name(now[slug], slug, options)
            for part, its_kind in parts.items():
                mine, theirs = (_by_slug(thing.get(part)) for thing in (now[slug], was[slug]))
                inner = _noun(noun, part) if noun else None
                for own_slug in (*mine, *(one for one in theirs if one not in mine)):
                    one, other = mine.get(own_slug), theirs.get(own_slug)
                    called = f"{home} › {_own_name(its_kind, one or other, own_slug, options)}"
                    path = (slug, own_slug)
                    yield from _of_thing(its_kind, path, inner, one, other, {}, called)


def difference_of(draft: Tree, released: Tree, kind: str, path: Path) -> tuple[Difference, ...]:
    """Return what differs of one thing; of one that came or went whole, that alone."""
    return tuple(
        one for one in differences(draft, released) if (one.kind, one.path) == (kind, path)
    )


def name_of(kind: str, path: Path, draft: Tree, released: Tree) -> str:
    """Return what a thing is called in the draft, or else in the release, after the name of what it
    is part of; by its slug where neither has it. Empty for what the comparison says of itself.
    """
    if kind == WHOLE:
        return ""
    options = _options(draft, released)
    name = LISTS.get(kind) or OF_LIST[kind][0]
    homes = [_by_slug(tree.get(name)).get(path[0]) for tree in (draft, released)]
    home = _name(homes[0] or homes[1], path[0], options)
    if kind in LISTS:
        return home
    parts = [_by_slug((one or {}).get(OF_LIST[kind][1])).get(path[1]) for one in homes]
    return f"{home} › {_own_name(kind, parts[0] or parts[1], path[1], options)}"


def put_back(draft: Tree, released: Tree, kind: str, path: Path) -> dict[str, Any]:
    """Return the draft with one thing as a release has it: changed, brought back with its parts, or
    taken out. Its parts stay as they are where both have it. Raises NoPlace.
    """
    if kind == WHOLE:
        kept = {name: value for name, value in draft.items() if name not in OWN}
        return {name: released[name] for name in OWN if name in released} | kept
    if kind in LISTS:
        name, parts = LISTS[kind], PARTS.get(LISTS[kind], {})
        things = _with_one(draft.get(name), released.get(name), path[0], parts)
        return {**draft, name: things}
    name, part = OF_LIST[kind]
    home = _by_slug(draft.get(name)).get(path[0])
    was = _by_slug(released.get(name)).get(path[0])
    if home is None:
        raise NoPlace(f"{_name(was or {}, path[0])} ({HOME_OF[kind]})")
    things = _with_one(home.get(part), (was or {}).get(part), path[1], ())
    homes = draft[name]
    return {**draft, name: [{**one, part: things} if one is home else one for one in homes]}


def _with_one(things: Any, released: Any, slug: str, parts: Iterable[str]) -> Any:
    """Return a list or mapping of things in which one is as released."""
    now, was = dict(_by_slug(things)), _by_slug(released)
    if slug not in was:
        now.pop(slug, None)
    elif slug in now:
        mine, theirs = now[slug], was[slug]
        if isinstance(mine, dict):
            own_parts = {part: mine[part] for part in parts if part in mine}
            theirs = {name: value for name, value in theirs.items() if name not in parts}
            now[slug] = theirs | own_parts
        else:
            now[slug] = theirs
    else:  # after the one that it stood behind
        before = list(was)[: list(was).index(slug)]
        place = max((list(now).index(one) + 1 for one in before if one in now), default=0)
        items = list(now.items())
        now = dict([*items[:place], (slug, was[slug]), *items[place:]])
    is_mapping = isinstance(things if things is not None else released, dict)
    return now if is_mapping else list(now.values())


def _of_thing(
    kind: str,
    path: Path,
    noun: type[Node] | None,
    now: Any,
    was: Any,
    parts: Iterable[str],
    called: str,
) -> Iterator[Difference]:
    if now is None or was is None:
        yield Difference(kind, "removed" if now is None else "added", path, called, ())
    elif noun is None:
        if now != was:
            yield Difference(kind, "changed", path, called, (FieldChange("text", was, now),))
    elif fields := tuple(_fields(noun, now, was, parts)):
        yield Difference(kind, "changed", path, called, fields)


def _fields(
    noun: type[Node], now: Tree, was: Tree, leave_out: Iterable[str], *, keep_slug: bool = False
) -> Iterator[FieldChange]:
    if now is was or now == was:
        return
    mine, theirs = (_said(noun, values, leave_out) for values in (now, was))
    for name in (*mine, *(name for name in theirs if name not in mine)):
        before, after = theirs.get(name), mine.get(name)
        if before != after and (keep_slug or name != "slug"):
            yield FieldChange(name, before, after)


def _said(noun: type[Node], values: Tree, leave_out: Iterable[str] = ()) -> dict[str, Any]:
    """Return what a thing says, flat: the fields of a value object and the keys of a mapping have a
    dot. What is absent is at its default.
    """
    said: dict[str, Any] = {}
    for name, field in noun.model_fields.items():
        if name in leave_out:
            continue
        value, inner = values.get(name), _noun(noun, name)
        if value is None:
            default = None if field.is_required() else field.default
            if default not in (None, (), {}):
                said[name] = default.value if isinstance(default, StrEnum) else default
        elif isinstance(value, dict):
            parts = _said(inner, value) if inner else value
            said |= {f"{name}.{key}": part for key, part in parts.items()}
        elif isinstance(value, list) and inner:
            said[name] = [_said(inner, one) for one in value]
        else:
            said[name] = value
    return said


def _noun(noun: type[Node], name: str) -> type[Node] | None:
    """Return the noun of a field, of its items or of its values; None where it has none."""
    waiting: list[Any] = [noun.model_fields[name].annotation]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, Node):
            return kind
        waiting += get_args(kind)
    return None


def _by_slug(things: Any) -> Mapping[str, Any]:
    if isinstance(things, dict):
        return things
    return {thing["slug"]: thing for thing in things or () if thing.get("slug")}


def _options(draft: Tree, released: Tree) -> Mapping[str, Any]:
    return {**_by_slug(released.get("options")), **_by_slug(draft.get("options"))}


def _own_name(kind: str, thing: Any, slug: str, options: Mapping[str, Any]) -> str:
    """Return what a part of another thing is called; a cell is called as its option."""
    return _name(options.get(slug) if kind == "cell" else thing, slug, options)


def _name(thing: Any, slug: str, options: Mapping[str, Any] | None = None) -> str:
    if not isinstance(thing, dict):
        return slug
    words = next((as_text(thing[name]) for name in SAYS if thing.get(name)), "")
    if not words:
        about = [thing[name] for name in ABOUT if thing.get(name)]
        named = [_name((options or {}).get(one), one) for one in about]
        words = ", ".join([*named, *filter(None, [thing.get("metric")])])
    words = " ".join(words.split()) or slug
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
