"""What the schema itself refuses in a plain tree, in words that an editor understands, and the
slugs that are kept for the site.
"""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from comparison.core.document.places import Path, items_of, slug_of
from comparison.core.document.schema import Document
from comparison.core.document.slugs import NO_USE_CASE

RESERVED_SLUGS = frozenset(
    {"admin", "api", "oembed", "static", "healthz", "readyz", "robots", "favicon", "method", "none"}
)
CONTROL_CHARACTER = "holds a control character"  # in the schema's words


def read_by_the_schema(tree: dict[str, Any]) -> tuple[Document | None, list[tuple[Path, str]]]:
    """Return the document that the schema reads in the tree, None where it refuses it; and where
    something is refused, and why.
    """
    try:
        return Document.model_validate(tree), list(_reserved(tree))
    except ValidationError as refusal:
        return None, [*_refused(refusal), *_reserved(tree)]


def _refused(refusal: ValidationError) -> Iterator[tuple[Path, str]]:
    for detail in refusal.errors(include_url=False):
        path = tuple(step for step in detail["loc"] if step != "[key]")
        if detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]:
            # pydantic counts only the items without a problem; theirs are already in the list
            continue
        yield (
            path,
            _kindly(detail["type"], detail.get("ctx", {}), detail.get("input"), detail["msg"]),
        )


def _reserved(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    if slug_of(tree) in RESERVED_SLUGS:
        yield ("slug",), f'"{slug_of(tree)}" is kept for the site itself: choose another'
    for index, use in enumerate(items_of(tree, "use_cases")):
        if slug_of(use) == NO_USE_CASE:
            yield (
                ("use_cases", index, "slug"),
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
        case "too_long" if isinstance(given, str):
            return f"is longer than {ctx['max_length']} characters"
        case "too_long":
            return f"has more than {ctx['max_length']}"
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
