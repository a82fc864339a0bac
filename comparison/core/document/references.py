"""Whether every name in a plain tree names something, and each slug one thing: references, repeated
slugs, and old slugs that lead to new ones.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from comparison.core.document.places import Path, Place, items_of, slug_of
from comparison.core.document.schema import Document, Ref
from comparison.core.document.slugs import LIST_OF, NameKind, end_of

REQUIRED = frozenset({"options", "groups", "criteria"})  # lists that no document is without
Unknown = tuple[Path, str, str]  # where a name stands, the list that it should be of, and the name


def names_of_nothing(tree: dict[str, Any], unknown: list[Unknown]) -> Iterator[tuple[Path, str]]:
    """Yield every name of nothing. Where a whole list is absent that is one problem, and not one
    for each of its names.
    """
    absent = {target for _, target, _ in unknown if not items_of(tree, home_of(target))}
    times = Counter(target for _, target, _ in unknown)
    for path, target, slug in unknown:
        words = f'there is no "{slug}" among the {target.replace("_", " ")}'
        if target not in absent:
            yield path, words
        # of those the schema says that they are missing
        elif times[target] and target not in REQUIRED:
            others = times.pop(target) - 1
            yield (
                path,
                words
                + (
                    f": there are none at all, and {others} more places name some" if others else ""
                ),
            )


def home_of(target: str) -> str:
    """Return the document's list that holds what a reference names: figures stand in the runs."""
    return "runs" if target == "figures" else target


def unknown_names(tree: dict[str, Any], whole: list[Place]) -> Iterator[Unknown]:
    """Yield every reference of the schema that names nothing."""
    known = {key: {slug_of(item) for item in items_of(tree, key)} for key in Document.model_fields}
    known["figures"] = {
        f"{slug_of(run)}/{slug_of(figure)}"
        for run in items_of(tree, "runs")
        for figure in items_of(run, "figures")
    }
    for place in whole:
        for target in place.marks:
            if (
                isinstance(target, Ref)
                and isinstance(place.value, str)
                and place.value not in known[target]
            ):
                yield place.path, str(target), place.value


def repeated_slugs(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield every slug that stands twice in one list: in the document's lists, and in the lists
    within their items.
    """
    lists: list[tuple[Path, list[dict[str, Any]]]] = [
        ((key,), items_of(tree, key)) for key in Document.model_fields
    ]
    for key, child in (
        ("sources", "claims"),
        ("sources", "advice"),
        ("sources", "verdicts"),
        ("runs", "figures"),
    ):
        lists += [
            ((key, index, child), items_of(item, child))
            for index, item in enumerate(items_of(tree, key))
        ]
    for index, question in enumerate(items_of(tree, "questions")):
        lists.append((("questions", index, "answers"), items_of(question, "answers")))
    for path, items in lists:
        times = Counter(slug for item in items if (slug := slug_of(item)))
        for slug, count in times.items():
            if count > 1:
                last = max(index for index, item in enumerate(items) if slug_of(item) == slug)
                yield (
                    (*path, last, "slug"),
                    f'"{slug}" stands {count} times: a slug names one thing',
                )


def wrong_renamings(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield every record of a renamed slug that hides something, is there twice or leads
    nowhere.
    """
    items = [item for item in items_of(tree, "renamed") if item.get("kind") in list(NameKind)]
    for kind in NameKind:
        there = (
            {slug_of(tree)}
            if kind is NameKind.COMPARISON
            else {slug_of(item) for item in items_of(tree, LIST_OF[kind])}
        )
        if not there and LIST_OF.get(kind) in REQUIRED:
            continue  # the whole list is missing, and that is said
        pairs = [
            (index, slug_of(item, "old"), slug_of(item, "new"))
            for index, item in enumerate(items)
            if item["kind"] == kind
        ]
        leads = {old: new for _, old, new in pairs if old and new}
        times = Counter(old for _, old, _ in pairs)
        for index, old, new in pairs:
            if old in there:
                yield (
                    ("renamed", index, "old"),
                    f'"{old}" is in use: what has that slug now would be hidden',
                )
            elif times[old] > 1:
                yield (
                    ("renamed", index, "old"),
                    f'"{old}" stands {times[old]} times: a slug leads to one thing',
                )
            elif new and end_of(new, leads) not in there:
                yield (
                    ("renamed", index, "new"),
                    (
                        f'there is no {kind.value.replace("-", " ")} "{end_of(new, leads)}" '
                        "that it leads to"
                    ),
                )
