"""Everything that is wrong with a comparison's tree, said at once, each with a path that an editor
understands.

Takes the plain tree (dicts, lists, texts) before it is a Document, so that a broken part does not
hide the others. It repairs nothing and stops at nothing. Asked of drafts and files, never of what
is published: a release of former days is read as the schema alone has it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from comparison.core.document.places import Path, Place, places
from comparison.core.document.schema import PARTLY_DATED, Document, ProsePlace, Quantity, Ref
from comparison.core.document.slugs import LIST_OF, NameKind, end_of
from comparison.core.spelling import characters, contradiction, days

RESERVED_SLUGS = frozenset(
    {"admin", "api", "oembed", "static", "healthz", "readyz", "robots", "favicon", "method", "none"}
)
NO_USE_CASE = "none"  # what an address calls the absence of one
REQUIRED = frozenset({"options", "groups", "criteria"})
CONTROL_CHARACTER = "holds a control character"  # in the schema's words
VALUE_OF_KIND = {"rating": "score", "support": "support", "quantity": "quantity"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it is in the tree, the same in words, and what is wrong."""

    path: Path
    where: str
    message: str
    is_reference: bool = False  # a name of something that is not there
    # it may vanish when another is mended: a name of something that is itself at fault
    follows: bool = False

    def __str__(self) -> str:
        return characters.shown(f"{self.where}: {self.message}" if self.where else self.message)


def problems(tree: Any, today: date | None = None) -> list[Problem]:
    """Return every problem of the tree in the order of its fields; an empty list means it is a
    valid Document.

    today: no day may be later; None = that is not judged.
    """
    if not isinstance(tree, dict):
        return [Problem((), "", "is not a comparison: a mapping of fields is expected")]
    found: dict[tuple[Path, str], None] = {}
    whole = list(places(Document, tree))
    unknown = list(_unknown(tree, whole))
    shape = list(_shape(tree))
    # said once is enough
    controls = {path for path, message in shape if message == CONTROL_CHARACTER}
    wrong_days = dict(_days(whole, today))
    for path, message in [
        *((path, wrong_days.get(path, message)) for path, message in shape),
        *_references(tree, unknown),
        *(
            problem
            for check in (_repeats, _values, _musts, _questions, _renamed, _prose)
            for problem in check(tree)
        ),
        *(problem for problem in _texts(whole) if problem[0] not in controls),
        *_spellings(whole),
        *wrong_days.items(),
    ]:
        found[path, message] = None
    names = {_slug(o): o.get("name") for o in _items(tree, "options")}
    faulty = {path[0] for path, _ in found if len(path) > 1 and path[-1] == "slug"}
    # with its file, more may be missing
    if any(not _items(tree, required) for required in REQUIRED):
        faulty |= {_home(target) for _, target, _ in unknown if not _items(tree, _home(target))}
    targets = {path: _home(target) for path, target, _ in unknown}
    return [
        Problem(
            path,
            _in_words(tree, path, names),
            message,
            path in targets,
            targets.get(path) in faulty,
        )
        for path, message in found
    ]


def causes_first(found: list[Problem]) -> list[Problem]:
    """Return the problems with those last that may vanish when the others are mended, otherwise in
    their order.
    """
    return sorted(found, key=lambda problem: problem.follows)


def _in_words(tree: Any, path: Path, names: dict[str | None, Any]) -> str:
    """Return the path with slugs instead of positions and options by name: criteria › async-support
    › FastAPI › score.
    """
    words: list[str] = []
    here: Any = tree
    for step in path:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            here = None
        if isinstance(step, int):
            slug = (
                here.get("slug") or here.get("option") or here.get("old")
                if isinstance(here, dict)
                else None
            )
            words.append(str(slug or f"number {step + 1}"))
        elif step == "cells":
            continue
        else:
            words.append(
                str(names.get(step) or step) if len(path) > 1 and "cells" in path else str(step)
            )
    return " › ".join(words)


def _items(tree: Any, key: str) -> list[dict[str, Any]]:
    """Return the dicts of the list under a key, and nothing where there is no such list."""
    found = tree.get(key) if isinstance(tree, dict) else None
    return (
        [item for item in found if isinstance(item, dict)]
        if isinstance(found, list | tuple)
        else []
    )


def _slug(item: dict[str, Any], key: str = "slug") -> str | None:
    """Return the slug under a key, or None where there is none or something that cannot be one."""
    found = item.get(key)
    return found if isinstance(found, str) else None


# --- shape: what the schema itself refuses --------------------------------------------------------


def _shape(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    try:
        Document.model_validate(tree)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            path = tuple(step for step in detail["loc"] if step != "[key]")
            if (
                detail["type"] == "too_short"
                and len(detail["input"]) >= detail["ctx"]["min_length"]
            ):
                # pydantic counts only the items without a problem; theirs are already in the list
                continue
            yield (
                path,
                _kindly(detail["type"], detail.get("ctx", {}), detail.get("input"), detail["msg"]),
            )
    if _slug(tree) in RESERVED_SLUGS:
        yield ("slug",), f'"{_slug(tree)}" is kept for the site itself: choose another'
    for at, use in enumerate(_items(tree, "use_cases")):
        if _slug(use) == NO_USE_CASE:
            yield (
                ("use_cases", at, "slug"),
                f'"{NO_USE_CASE}" means that no use case is chosen: choose another',
            )


def _kindly(kind: str, ctx: dict[str, Any], given: Any, message: str) -> str:
    shown = repr(given) if isinstance(given, str) and len(given) <= 40 else str(given)[:40]
    shown = shown.strip("'") if isinstance(given, str) else shown
    match kind:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not a known key here: check its spelling"
        case "less_than_equal":
            return f"{shown} is above {ctx['le']:g}"
        case "greater_than_equal":
            return f"{shown} is below {ctx['ge']:g}"
        case "greater_than":
            return f"{shown} has to be above {ctx['gt']:g}"
        case "float_parsing" | "float_type" | "finite_number":
            return f"{shown} is not a number"
        case "int_parsing" | "int_type" | "int_from_float" | "int_parsing_size":
            return f"{shown} is not a whole number"
        case "enum":
            return f"{shown} is not one of {ctx['expected']}"
        case "bool_parsing" | "bool_type":
            return f"{shown} is not true or false"
        case "string_pattern_mismatch" if "a-z" in ctx["pattern"]:
            return f"{shown} is not a slug: use small letters, digits and single hyphens"
        case "string_pattern_mismatch":
            return f"{shown} does not have the form {ctx['pattern']}"
        case "string_too_short":
            return "is empty: leave the key out when nothing is known"
        case "string_too_long":
            return f"is longer than {ctx['max_length']} characters"
        case "string_unicode":
            return "holds half a character: write the text again"
        case "string_type":
            return f"{shown} is not a text"
        case "too_short":
            return f"needs at least {ctx['min_length']}"
        case "tuple_type" | "list_type":
            return "is not a list"
        case "dict_type" | "model_type" | "model_attributes_type":
            return "is not a mapping of keys"
        case "value_error":
            return message.removeprefix("Value error, ")
        case _ if kind.startswith("date"):  # no text at all: of texts days.py speaks
            return "is not a date: write 2026-11-20"
        case _:
            return message


# --- references: every name names something -------------------------------------------------------


Unknown = tuple[Path, str, str]  # where a name stands, the list that it should be of, and the name


def _references(tree: dict[str, Any], unknown: list[Unknown]) -> Iterator[tuple[Path, str]]:
    """Yield every name of nothing. Where a whole list is absent that is one problem, and not one
    for each of its names.
    """
    absent = {target for _, target, _ in unknown if not _items(tree, _home(target))}
    times = Counter(target for _, target, _ in unknown)
    for path, target, slug in unknown:
        words = f'there is no "{slug}" among the {target.replace("_", " ")}'
        if target not in absent:
            yield path, words
        # of those `_shape` says that they are missing
        elif times[target] and target not in REQUIRED:
            others = times.pop(target) - 1
            yield (
                path,
                words
                + (
                    f": there are none at all, and {others} more places name some" if others else ""
                ),
            )


def _home(target: str) -> str:
    """Return the document's list that holds what a reference names: figures stand in the runs."""
    return "runs" if target == "figures" else target


def _unknown(tree: dict[str, Any], whole: list[Place]) -> Iterator[Unknown]:
    """Yield every reference of the schema that names nothing."""
    known = {key: {_slug(item) for item in _items(tree, key)} for key in Document.model_fields}
    known["figures"] = {
        f"{_slug(run)}/{_slug(figure)}"
        for run in _items(tree, "runs")
        for figure in _items(run, "figures")
    }
    for place in whole:
        for target in place.marks:
            if (
                isinstance(target, Ref)
                and isinstance(place.value, str)
                and place.value not in known[target]
            ):
                yield place.path, str(target), place.value


def _repeats(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield every slug that stands twice in one list: in the document's lists, and in the lists
    within their items.
    """
    lists: list[tuple[Path, list[dict[str, Any]]]] = [
        ((key,), _items(tree, key)) for key in Document.model_fields
    ]
    for key, child in (
        ("sources", "claims"),
        ("sources", "advice"),
        ("sources", "verdicts"),
        ("runs", "figures"),
    ):
        lists += [
            ((key, at, child), _items(item, child)) for at, item in enumerate(_items(tree, key))
        ]
    for at, question in enumerate(_items(tree, "questions")):
        lists.append((("questions", at, "answers"), _items(question, "answers")))
    for path, items in lists:
        times = Counter(slug for item in items if (slug := _slug(item)))
        for slug, count in times.items():
            if count > 1:
                last = max(at for at, item in enumerate(items) if _slug(item) == slug)
                yield (
                    (*path, last, "slug"),
                    f'"{slug}" stands {count} times: a slug names one thing',
                )


# --- values: each criterion's kind says what a score is made of -----------------------------------


def _values(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    kinds: dict[str | None, str] = {}
    for at, criterion in enumerate(_items(tree, "criteria")):
        kind = str(criterion.get("kind", "rating"))
        kinds[_slug(criterion)] = kind
        cells = criterion.get("cells")
        for option, cell in cells.items() if isinstance(cells, dict) else ():
            yield from _one_value(kind, cell, ("criteria", at, "cells", option))
            if isinstance(cell, dict) and cell.get("score") is not None and not cell.get("note"):
                yield (
                    ("criteria", at, "cells", option, "note"),
                    "is missing: a score needs its reason",
                )
            quantity = cell.get("quantity") if isinstance(cell, dict) else None
            unit = quantity.get("unit") if isinstance(quantity, dict) else None
            if kind == "quantity" and unit is not None and unit != criterion.get("unit"):
                words = f"{unit} is not the criterion's unit, which is {criterion.get('unit')}: units are never converted"
                yield ("criteria", at, "cells", option, "quantity", "unit"), words
    for at, source in enumerate(_items(tree, "sources")):
        for place, claim in enumerate(_items(source, "claims")):
            kind_of_claim = kinds.get(_slug(claim, "criterion"), "")
            if kind_of_claim in VALUE_OF_KIND:
                yield from _one_value(kind_of_claim, claim, ("sources", at, "claims", place))


def _one_value(kind: str, holder: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(holder, dict) and kind in VALUE_OF_KIND:
        for key in ("score", "support", "quantity"):
            if key in holder and key != VALUE_OF_KIND[kind]:
                yield (
                    (*path, key),
                    f"does not fit: the criterion is a {kind} and takes {VALUE_OF_KIND[kind]}",
                )


def _musts(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield every must-have that a use case sets on a criterion which offers none: it would
    silently do nothing.
    """
    without = {_slug(c) for c in _items(tree, "criteria") if c.get("must") is None}
    for at, use in enumerate(_items(tree, "use_cases")):
        named = use.get("must")
        for place, slug in enumerate(named if isinstance(named, list | tuple) else ()):
            if isinstance(slug, str) and slug in without:
                yield (
                    ("use_cases", at, "must", place),
                    f'"{slug}" offers no must-have: give the criterion one first',
                )


# --- texts, numbers and days: what the schema takes, because older releases hold it, and no draft m


def _prose(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    prose = tree.get("prose")
    for slug in prose if isinstance(prose, dict) else ():
        if slug not in list(ProsePlace):
            near = get_close_matches(str(slug).casefold(), list(ProsePlace), n=1)
            meant = f"did you mean {near[0]}? " if near else ""
            yield ("prose", slug), f"no page shows it: {meant}There are {', '.join(ProsePlace)}"


def _texts(whole: list[Place]) -> Iterator[tuple[Path, str]]:
    for place in whole:
        if isinstance(place.value, str):
            if hidden := characters.hidden_in(place.value):
                yield place.path, hidden[1]
            elif characters.is_blank(place.value) and place.value.strip():
                yield place.path, "shows nothing: leave it out when nothing is known"


def _spellings(whole: list[Place]) -> Iterator[tuple[Path, str]]:
    for place in whole:
        if place.expected is Quantity and (wrong := contradiction.of_plain(place.value)):
            yield (*place.path, wrong[0]), wrong[1]


def _days(whole: list[Place], today: date | None) -> Iterator[tuple[Path, str]]:
    for place in whole:
        partly = PARTLY_DATED in place.marks
        is_day = (partly or place.expected is date) and isinstance(place.value, str)
        if is_day and (wrong := days.fault_of(place.value, today, partly=partly)):
            yield place.path, wrong


# --- renamed slugs: an old one leads to something that is there -----------------------------------


def _renamed(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    items = [item for item in _items(tree, "renamed") if item.get("kind") in list(NameKind)]
    for kind in NameKind:
        there = (
            {_slug(tree)}
            if kind is NameKind.COMPARISON
            else {_slug(item) for item in _items(tree, LIST_OF[kind])}
        )
        if not there and LIST_OF.get(kind) in REQUIRED:
            continue  # the whole list is missing, and that is said
        pairs = [
            (at, _slug(item, "old"), _slug(item, "new"))
            for at, item in enumerate(items)
            if item["kind"] == kind
        ]
        leads = {old: new for _, old, new in pairs if old and new}
        times = Counter(old for _, old, _ in pairs)
        for at, old, new in pairs:
            if old in there:
                yield (
                    ("renamed", at, "old"),
                    f'"{old}" is in use: what has that slug now would be hidden',
                )
            elif times[old] > 1:
                yield (
                    ("renamed", at, "old"),
                    f'"{old}" stands {times[old]} times: a slug leads to one thing',
                )
            elif new and end_of(new, leads) not in there:
                yield (
                    ("renamed", at, "new"),
                    f'there is no {kind.value.replace("-", " ")} "{end_of(new, leads)}" that it leads to',
                )


# --- the decision tree: one root, no cycle, no dead end -------------------------------------------


def _questions(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    questions = _items(tree, "questions")
    leads = {
        _slug(q): [slug for a in _items(q, "answers") if (slug := _slug(a, "question"))]
        for q in questions
    }
    if not questions:
        return
    reached: set[Any] = set()
    waiting: list[str | None] = [_slug(questions[0])]
    while waiting:
        slug = waiting.pop()
        if slug not in reached:
            reached.add(slug)
            waiting += leads.get(slug, [])
    for at, question in enumerate(questions):
        slug = _slug(question)
        if slug not in reached:
            yield ("questions", at), "no answer leads here"
        if _leads_back(leads, slug):
            yield ("questions", at), "its answers lead back to it: a reader would never arrive"


def _leads_back(leads: dict[str | None, list[str]], start: str | None) -> bool:
    seen: set[str] = set()
    waiting = list(leads.get(start, []))
    while waiting:
        slug = waiting.pop()
        if slug == start:
            return True
        if slug not in seen:
            seen.add(slug)
            waiting += leads.get(slug, [])
    return False
