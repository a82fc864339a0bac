"""What differs between two documents, one line a thing, as a person would tell it: "Admin panel,
FastAPI: 1 → 3". What comes or goes with a thing is told with it: a new option with its cells, a new
source with its claims, a new criterion with its importance in the use cases.

Refuses to say what a change means, or where it is mended.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from comparison.core.document.change_words import HOME_OF, Called, as_text
from comparison.core.document.diff import (
    RENAMED,
    WHOLE,
    Change,
    FieldChange,
    How,
    diff,
    readdressings,
)
from comparison.core.document.schema import Document
from comparison.core.document.things import Difference

LONGEST = 60  # characters of a value in a line; the whole of it stands with the fields
MOST_NAMED = 3  # of what came or went with a thing
# fields that say when, or where a thing is found, not what: no line tells of them beside others
ASIDE = frozenset({"changed_on", "slug", "place", "checked.read_on", "read_on"})
# fields whose values are understood without a name, and what says most of a thing that came or went
PLAIN = frozenset({"score", "support", "text", "quantity.spelling", "name"})
SAY_MOST = ("score", "support", "quantity.spelling", "statement")
# what else a quantity or a check consists of; its spelling and its text say the same
PARTS_OF_VALUES = ("quantity.", "amount.", "stated.", "time.", "checked.", "reference.")
TOLD_PARTS = ("spelling", "text")

# fields that name other things, by slug -> the kind of those
REFER_TO = {
    "choices": "option",
    "component": "component",
    "criterion": "criterion",
    "group": "group",
    "must": "criterion",
    "option": "option",
    "options": "option",
    "use_case": "use-case",
}

# heading -> kinds of things under it, in the order in which they are told
GROUPS: dict[str, tuple[str, ...]] = {
    "The comparison itself": (WHOLE, RENAMED, "prose"),
    "Options": ("option", "component"),
    "Criteria and cells": ("group", "criterion", "cell"),
    "Use cases": ("use-case",),
    "Sources and what they say": ("source", "claim", "advice", "verdict"),
    "Figures": ("workload", "run", "figure", "derived-figure"),
    "Decision tree": ("question", "answer"),
    "All else": (),
}


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field in which a thing differs, in words; an empty text is nothing."""

    name: str  # of the field
    before: str  # what it said; empty: nothing
    after: str  # what it says; empty: nothing


@dataclass(frozen=True, slots=True)
class ChangedThing:
    """One thing that differs, as one line."""

    kind: str  # "cell", "use-case"
    how: How  # added, removed, changed, renamed
    path: tuple[str, ...]  # slugs from the outside in; of a thing that is gone, its last
    name: str  # "Admin panel, FastAPI"
    essence: str  # "1 → 3", "with 3 cells: FastAPI 3, ..."; empty where the name says it all
    fields: tuple[ChangedField, ...]  # every field in which it differs
    parts: tuple["ChangedThing", ...] = ()  # what came or went with it


def changed_things(
    before: Document | None, after: Document, left_out: Collection[Difference] = ()
) -> dict[str, tuple[ChangedThing, ...]]:
    """Return the things in which one document differs from another, by the headings of `GROUPS`;
    headings without any are left out. Empty: they differ in nothing but the order of their rows.

    before: None = there was nothing, so that everything is added. left_out: what the newer document
    says otherwise than the draft that it was made of, because it is broken there. Nothing is told
    of that: it is neither gone nor what it was.
    """
    words = _Words(before, after)
    changes = _known(diff(before, after), left_out)
    things = list(_joined([*readdressings(before, after), *changes]))
    lines = _with_what_they_are_part_of(things)
    told: dict[str, list[ChangedThing]] = {heading: [] for heading in GROUPS}
    for change, parts in lines:
        line = words.line(change)
        of_it = tuple(words.line(part) for part in parts)
        if of_it:
            line = replace(line, essence=_with_parts(line, of_it), parts=of_it)
        told[_heading_of(change.kind)].append(line)
    return {heading: tuple(lines) for heading, lines in told.items() if lines}


def _known(changes: Iterable[Change], left_out: Collection[Difference]) -> Iterator[Change]:
    """Yield what is known to differ: nothing of what was left out."""
    whole = {(one.kind, one.path) for one in left_out if one.how == "added"}
    fields = {(one.kind, one.path): {field.name for field in one.fields} for one in left_out}
    for change in changes:
        home = HOME_OF.get(change.kind, ""), change.path[:1]
        key = change.kind, change.path
        if change.how == "removed" and (key in whole or home in whole):
            continue
        known = tuple(field for field in change.fields if field.name not in fields.get(key, ()))
        if known or change.how != "changed":
            yield replace(change, fields=known)


def _heading_of(kind: str) -> str:
    return next((heading for heading, kinds in GROUPS.items() if kind in kinds), "All else")


def _joined(changes: list[Change]) -> Iterator[Change]:
    """Yield each thing once: what was renamed, and changed besides, is one; a record of a rename
    that another line tells of is none.
    """
    merged: dict[tuple[str, tuple[str, ...]], Change] = {}
    told = {
        (change.kind, field.before)  # as records of renames have it
        for change in changes
        if change.how == "renamed" or not change.path
        for field in change.fields
        if field.name == "slug"
    }
    for change in changes:
        if change.kind == RENAMED and change.how == "added" and change.path in told:
            continue
        key = change.kind, change.path
        if key in merged:
            fields = (*merged[key].fields, *change.fields)
            how = change.how if merged[key].how == "renamed" else merged[key].how
            merged[key] = replace(merged[key], how=how, fields=fields)
        else:
            merged[key] = change
    yield from merged.values()


def _with_what_they_are_part_of(
    things: list[Change],
) -> list[tuple[Change, list[Change]]]:
    """Return each thing with those that came or went with it, which are no lines of their own."""
    whole = {
        (change.kind, change.path[0]): change.how
        for change in things
        if change.how in ("added", "removed") and len(change.path) == 1
    }
    parts: dict[tuple[str, str], list[Change]] = {}
    own = []
    for change in things:
        home = _came_with(change, whole)
        if home:
            parts.setdefault(home, []).append(change)
        else:
            own.append(change)
    return [
        (change, parts.get((change.kind, change.path[0]), []) if len(change.path) == 1 else [])
        for change in own
    ]


def _came_with(change: Change, whole: Mapping[tuple[str, str], str]) -> tuple[str, str] | None:
    """Return the new or vanished thing that a change is told with; None where it stands alone."""
    home = HOME_OF.get(change.kind)
    if home and len(change.path) > 1:
        if whole.get((home, change.path[0])) == change.how:
            return home, change.path[0]
        if change.kind == "cell" and whole.get(("option", change.path[1])) == change.how:
            return "option", change.path[1]
    if change.kind == "use-case" and change.how == "changed":
        criteria = {_criterion_of(field) for field in change.fields}
        (one,) = criteria if len(criteria) == 1 else (None,)
        if one and ("criterion", one) in whole:
            return "criterion", one
    return None


def _criterion_of(field: FieldChange) -> str | None:
    head, _, criterion = field.name.partition(".")
    return criterion if head == "importances" else None


Key = tuple[str, tuple[str, ...]]  # a kind of thing, and slugs from the outside in


def _told_apart(named: Mapping[Key, tuple[str, ...]]) -> dict[Key, str]:
    """Return a name for each thing: what it speaks of; of those with one home that speak of the
    same, more words of each, cut short, until they differ.
    """
    names: dict[Key, str] = {}
    alike: dict[tuple[Any, ...], list[Key]] = defaultdict(list)
    for key, words in named.items():
        alike[key[0], key[1][0], words[0]].append(key)
    for keys in alike.values():
        more = [named[key][1:] if len(keys) > 1 or not named[key][0] else () for key in keys]
        apart: list[str] = [""] * len(keys)
        for place in range(max(map(len, more))):
            longer = zip(apart, more, strict=True)
            apart = [f"{one} “{_short(words[place])}”" for one, words in longer]
            if len(set(apart)) == len(keys):
                break
        names |= {
            key: f"{named[key][0]}{one}".strip() for key, one in zip(keys, apart, strict=True)
        }
    return names


class _Words:
    """Names and values of the things of two documents."""

    def __init__(self, before: Document | None, after: Document) -> None:
        self.called = Called(before, after)
        named: dict[Key, tuple[str, ...]] = {}
        for document in (before, after) if before else (after,):
            named |= dict(self._names_in(document))
        self.named = _told_apart(named)

    def _names_in(self, document: Document) -> Iterator[tuple[Key, tuple[str, ...]]]:
        """Yield what a thing without a name of its own is known by: what it speaks of, then what
        tells it from others that speak of the same.
        """

        def named(*about: tuple[str, str | None]) -> str:
            names = self.called.names
            return ", ".join(names.get((kind, slug), slug) for kind, slug in about if slug)

        for source in document.sources:
            for claim in source.claims:
                about = ("criterion", claim.criterion), ("option", claim.option)
                words = named(*about, ("component", claim.component))
                yield ("claim", (source.slug, claim.slug)), (words, claim.statement, claim.place)
            for advice in source.advice:
                words = named(("use-case", advice.use_case))
                yield ("advice", (source.slug, advice.slug)), (words, advice.statement)
            for verdict in source.verdicts:
                words = named(("option", verdict.option))
                yield ("verdict", (source.slug, verdict.slug)), (words, verdict.statement)
        for run in document.runs:
            for figure in run.figures:
                words = named(("option", figure.option), ("component", figure.component))
                words = f"{words}, {figure.metric.value}"
                apart = figure.statistic.value.replace("-", " "), figure.subject or figure.place
                yield ("figure", (run.slug, figure.slug)), (words, *apart)
        for question in document.questions:
            for answer in question.answers:
                yield ("answer", (question.slug, answer.slug)), (answer.text,)

    def line(self, change: Change) -> ChangedThing:
        fields = tuple(
            ChangedField(self._field(field.name), as_text(before), as_text(after))
            for field in change.fields
            for before, after in [self._by_name(field)]
        )
        return ChangedThing(
            change.kind, change.how, change.path, self._name(change), self._essence(change), fields
        )

    def _name(self, change: Change) -> str:
        if change.kind == RENAMED:
            return f"Links to {change.path[-1]}"
        if not change.path:
            return ""
        own = self.named.get((change.kind, change.path)) or self.called.of(change)
        home = self.called.home(change) if len(change.path) > 1 else ""
        return f"{home}, {own}" if home else own

    def _by_name(self, field: FieldChange) -> tuple[Any, Any]:
        """Return what a field said and says, with things by name; by slug where that alone
        differs.
        """
        kind = REFER_TO.get(field.name, "")

        def named(value: Any) -> Any:
            if isinstance(value, list):
                return [named(one) for one in value]
            return self.called.names.get((kind, value), value) if isinstance(value, str) else value

        before, after = named(field.before), named(field.after)
        return (field.before, field.after) if before == after else (before, after)

    def _field(self, name: str) -> str:
        head, _, part = name.partition(".")
        if head == "importances":
            return f"importance of {self.called.names.get(('criterion', part), part)}"
        return "address" if name == "slug" else name.replace("_", " ").replace(".", ": ")

    def _essence(self, change: Change) -> str:
        """Return what a thing is now, and was: the fields that say so, each in a few words."""
        if change.kind == RENAMED and change.how == "added":
            return f"lead to {change.fields[0].after} now"
        if change.how in ("added", "removed"):
            said = {
                field.name: field.after if change.how == "added" else field.before
                for field in change.fields
            }
            fields = (*SAY_MOST, "text") if change.kind in ("cell", "prose") else SAY_MOST
            most = next((said[name] for name in fields if said.get(name) is not None), None)
            # which its name may say already
            return "" if f"“{_short(most)}”" in self._name(change) else _short(most)
        told = [field for field in change.fields if _is_told(change, field)]
        told.sort(key=lambda field: field.name not in SAY_MOST)
        return "; ".join(self._values(change, field) for field in told or change.fields)

    def _values(self, change: Change, field: FieldChange) -> str:
        was, now = self._by_name(field)
        before, after = _short(was), _short(now)
        if before == after:  # longer than is shown, and another further on
            before, after = _where_they_part(as_text(was), as_text(now))
        words = f"{before or '—'} → {after or '—'}"
        is_plain = field.name in PLAIN and change.kind != WHOLE
        return words if is_plain else f"{self._field(field.name)} {words}"


def _is_told(change: Change, field: FieldChange) -> bool:
    names = {one.name for one in change.fields}
    for prefix in PARTS_OF_VALUES:
        part = field.name.removeprefix(prefix)
        if part != field.name and part not in TOLD_PARTS:
            return not names & {prefix + told for told in TOLD_PARTS}
    return field.name not in ASIDE or (field.name == "slug" and change.kind == WHOLE)


def _short(value: Any) -> str:
    text = " ".join(as_text(value).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _where_they_part(before: str, after: str) -> tuple[str, str]:
    """Return two long texts from shortly before the place where they begin to differ."""
    pairs = zip(before, after, strict=False)
    shorter = min(len(before), len(after))
    same = next((at for at, (one, other) in enumerate(pairs) if one != other), shorter)
    start = max(0, same - LONGEST // 3)
    return (f"…{_short(before[start:])}", f"…{_short(after[start:])}")


def _with_parts(line: ChangedThing, parts: tuple[ChangedThing, ...]) -> str:
    """Return a line's essence with what came or went with it: "with 3 cells: FastAPI 3, ..."."""
    kinds: dict[str, list[ChangedThing]] = {}
    for part in parts:
        kinds.setdefault(part.kind, []).append(part)
    words = [line.essence] if line.essence else []
    for kind, some in kinds.items():
        if kind == "use-case":
            words.append(f"with an importance in {_counted(len(some), 'use case')}")
            continue
        named = [_part(line, part) for part in some[:MOST_NAMED]]
        more = ["…"] if len(some) > MOST_NAMED else []
        count = _counted(len(some), kind.replace("-", " "))
        between = ", " if kind == "cell" else "; "
        words.append(f"with {count}: {between.join([*named, *more])}")
    return "; ".join(words)


def _part(line: ChangedThing, part: ChangedThing) -> str:
    name = part.name.removeprefix(f"{line.name}, ").removesuffix(f", {line.name}")
    return f"{name} {part.essence}" if part.kind == "cell" and part.essence else name


def _counted(number: int, noun: str) -> str:
    plural = {"criterion": "criteria", "advice": "pieces of advice"}.get(noun, f"{noun}s")
    one = {"advice": "piece of advice"}.get(noun, noun)
    return f"{number} {one if number == 1 else plural}"
