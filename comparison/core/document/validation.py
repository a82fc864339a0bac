"""Everything that is wrong with a comparison's tree, said at once, each with a path that an editor
understands.

Takes the plain tree (dicts, lists, texts) before it is a Document, so that a broken part does not
hide the others. It repairs nothing and stops at nothing. Asked of drafts and files, never of what
is published: a release of former days is read as the schema alone has it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from comparison.core.document import readers_words
from comparison.core.document.places import Path, Place, items_of, places, slug_of
from comparison.core.document.references import (
    REQUIRED,
    home_of,
    names_of_nothing,
    repeated_slugs,
    unknown_names,
    wrong_renamings,
)
from comparison.core.document.schema import (
    PARTLY_DATED,
    Document,
    Kind,
    ProsePlace,
    Quantity,
    Scale,
)
from comparison.core.document.shape import CONTROL_CHARACTER, read_by_the_schema
from comparison.core.spelling import characters, contradiction, days

VALUE_OF_KIND = {
    "rating": "score",
    "support": "support",
    "quantity": "quantity",
    "text": "words alone",
}
# what only a criterion with scores has
OF_A_SCALE = ("scale_low", "scale_high", "unit", "direction", "anchor_low", "anchor_high", "must")


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
    """Return every problem of the tree, as `examine` finds them; an empty list means it is a valid
    Document.
    """
    return examine(tree, today)[1]


def examine(tree: Any, today: date | None = None) -> tuple[Document | None, list[Problem]]:
    """Return the document that the tree holds, None where the schema refuses it; and every problem
    of the tree, in the order of its fields. The document is one to publish only where there is no
    problem.

    today: no day may be later; None = that is not judged.
    """
    if not isinstance(tree, dict):
        return None, [Problem((), "", "is not a comparison: a mapping of fields is expected")]
    faults: dict[tuple[Path, str], None] = {}
    document, shape = read_by_the_schema(tree)
    whole = list(places(Document, tree))
    unknown = list(unknown_names(tree, whole))
    # said once is enough
    controls = {path for path, message in shape if message == CONTROL_CHARACTER}
    wrong_days = dict(_days(whole, today))
    for path, message in [
        *((path, wrong_days.get(path, message)) for path, message in shape),
        *names_of_nothing(tree, unknown),
        *(
            problem
            for check in (
                repeated_slugs,
                _values,
                _scales,
                _texts_without_a_scale,
                _tags,
                _musts,
                _questions,
                wrong_renamings,
                _prose,
            )
            for problem in check(tree)
        ),
        *(problem for problem in _texts(whole) if problem[0] not in controls),
        *_spellings(whole),
        *wrong_days.items(),
    ]:
        faults[path, message] = None
    names = {slug_of(o): o.get("name") for o in items_of(tree, "options")}
    faulty = {path[0] for path, _ in faults if len(path) > 1 and path[-1] == "slug"}
    # with its file, more may be missing
    if any(not items_of(tree, required) for required in REQUIRED):
        faulty |= {
            home_of(target) for _, target, _ in unknown if not items_of(tree, home_of(target))
        }
    targets = {path: home_of(target) for path, target, _ in unknown}
    return document, [
        Problem(
            path,
            _in_words(tree, path, names),
            message,
            path in targets,
            targets.get(path) in faulty,
        )
        for path, message in faults
    ]


def causes_first(problems: list[Problem]) -> list[Problem]:
    """Return the problems with those last that may vanish when the others are mended, otherwise in
    their order.
    """
    return sorted(problems, key=lambda problem: problem.follows)


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


# --- values: each criterion's kind says what a score is made of -----------------------------------


def _values(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    kinds: dict[str | None, str] = {}
    for index, criterion in enumerate(items_of(tree, "criteria")):
        kind = str(criterion.get("kind", "rating"))
        kinds[slug_of(criterion)] = kind
        cells = criterion.get("cells")
        for option, cell in cells.items() if isinstance(cells, dict) else ():
            yield from _one_value(kind, cell, ("criteria", index, "cells", option))
            quantity = cell.get("quantity") if isinstance(cell, dict) else None
            unit = quantity.get("unit") if isinstance(quantity, dict) else None
            if kind == "quantity" and unit is not None and unit != criterion.get("unit"):
                words = (
                    f"{unit} is not the criterion's unit, which is {criterion.get('unit')}: "
                    "units are never converted"
                )
                yield ("criteria", index, "cells", option, "quantity", "unit"), words
    for index, source in enumerate(items_of(tree, "sources")):
        for place, claim in enumerate(items_of(source, "claims")):
            kind_of_claim = kinds.get(slug_of(claim, "criterion"), "")
            if kind_of_claim in VALUE_OF_KIND:
                yield from _one_value(kind_of_claim, claim, ("sources", index, "claims", place))


def _one_value(kind: str, holder: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(holder, dict) and kind in VALUE_OF_KIND:
        for key in ("score", "support", "quantity"):
            if key in holder and key != VALUE_OF_KIND[kind]:
                yield (
                    (*path, key),
                    f"does not fit: the criterion is a {kind} and takes {VALUE_OF_KIND[kind]}",
                )


def _scales(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    for index, criterion in enumerate(items_of(tree, "criteria")):
        if criterion.get("scale") == Scale.LOGARITHMIC and criterion.get("kind") != Kind.QUANTITY:
            words = "does not fit: only a quantity has a logarithmic scale"
            yield ("criteria", index, "scale"), words
        low, high = (_number(criterion.get(key)) for key in ("anchor_low", "anchor_high"))
        if low is not None and low == high:
            words = "is what means 0, too: two numbers that differ make a scale"
            yield ("criteria", index, "anchor_high"), words


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _texts_without_a_scale(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield whatever would be of a scale, or of a weight, on a criterion that has neither."""
    texts = set()
    for index, criterion in enumerate(items_of(tree, "criteria")):
        if criterion.get("kind") == "text":
            texts.add(slug_of(criterion))
            for key in OF_A_SCALE:
                if key in criterion:
                    yield ("criteria", index, key), "does not fit: a text is shown and never scored"
    for index, use in enumerate(items_of(tree, "use_cases")):
        named = use.get("importances")
        for slug in named if isinstance(named, dict) else ():
            if slug in texts:
                words = "does not fit: the criterion is a text, which never counts"
                yield ("use_cases", index, "importances", slug), words


def _tags(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    for index, option in enumerate(items_of(tree, "options")):
        seen: set[str] = set()
        named = option.get("tags")
        for place, tag in enumerate(named if isinstance(named, list | tuple) else ()):
            word = str(tag).strip().casefold()
            if word in seen:
                yield ("options", index, "tags", place), f"{tag} stands twice"
            seen.add(word)


def _musts(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield every must-have that a use case sets on a criterion which offers none: it would
    silently do nothing.
    """
    without = {slug_of(c) for c in items_of(tree, "criteria") if c.get("must") is None}
    for index, use in enumerate(items_of(tree, "use_cases")):
        named = use.get("must")
        for place, slug in enumerate(named if isinstance(named, list | tuple) else ()):
            if isinstance(slug, str) and slug in without:
                yield (
                    ("use_cases", index, "must", place),
                    f'"{slug}" offers no must-have: give the criterion one first',
                )


# --- texts, numbers and days: the schema takes what older releases hold, a draft may not ---------


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
            if wrong := readers_words.fault_of(place.value):
                yield place.path, wrong


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


# --- the decision tree: one root, no cycle, no dead end -------------------------------------------


def _questions(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    questions = items_of(tree, "questions")
    leads = {
        slug_of(q): [slug for a in items_of(q, "answers") if (slug := slug_of(a, "question"))]
        for q in questions
    }
    if not questions:
        return
    reached: set[Any] = set()
    waiting: list[str | None] = [slug_of(questions[0])]
    while waiting:
        slug = waiting.pop()
        if slug not in reached:
            reached.add(slug)
            waiting += leads.get(slug, [])
    for index, question in enumerate(questions):
        slug = slug_of(question)
        if slug not in reached:
            yield ("questions", index), "no answer leads here"
        if _leads_back(leads, slug):
            yield ("questions", index), "its answers lead back to it: a reader would never arrive"


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
