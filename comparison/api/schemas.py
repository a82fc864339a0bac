"""The types that the API's answers are made of -> JSON schemas, so that a description cannot say
something else than the code.

pydantic gives the schema of a document, `schema_of` that of a decision.
"""

import re
from collections.abc import Mapping
from dataclasses import is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from comparison.core.decision import Certainty, Decision, key_of
from comparison.core.document.schema import Document, Kind

SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
REF = "#/components/schemas/"

Tree = dict[str, Any]


def schema_of(kind: Any, named: Tree) -> Tree:
    """Return the JSON Schema of what `as_json` makes of a type; records are put into `named` and
    referred to.

    TypeError for a type that it does not know: a new kind of field in a decision is to be described
    before it is sent.
    """
    plain = {str: "string", bool: "boolean", int: "integer", float: "number", NoneType: "null"}
    if kind in plain:
        return {"type": plain[kind]}
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(parts)}
    if origin in (Union, UnionType):
        return {"anyOf": [schema_of(part, named) for part in parts]}
    if origin is tuple:
        if len(parts) == 2 and parts[1] is Ellipsis:
            return {"type": "array", "items": schema_of(parts[0], named)}
        of_parts = [schema_of(part, named) for part in parts]
        return {
            "type": "array",
            "prefixItems": of_parts,
            "minItems": len(parts),
            "maxItems": len(parts),
        }
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema_of(parts[1], named)}
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        # a document has parts and verdicts too
        name = kind.__name__ if kind is Decision else f"Decision{kind.__name__}"
        if name not in named:
            named[name] = {}  # a record may hold its like
            named[name] = object_of(
                {
                    key_of(kind, field): schema_of(part, named)
                    for field, part in get_type_hints(kind).items()
                },
                _first_paragraph(kind),
            )
        return {"$ref": REF + name}
    raise TypeError(f"{kind} has no schema yet")


def _first_paragraph(kind: Any) -> str:
    """Return the first paragraph of what a type says of itself, as JSON spells it: there None is
    null.
    """
    return re.sub(r"\bNone\b", "null", _unfolded((kind.__doc__ or "").partition("\n\n")[0]))


def _unfolded(text: str) -> str:
    return " ".join(text.split())


def object_of(properties: Tree, words: str = "", sometimes: tuple[str, ...] = ()) -> Tree:
    """Return the schema of an object that has all of these properties and no other. sometimes:
    those that may be absent.
    """
    return {
        **({"description": words} if words else {}),
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in sometimes],
        "additionalProperties": False,
    }


def list_of(items: Tree) -> Tree:
    return {"type": "array", "items": items}


def maybe(schema: Tree) -> Tree:
    return {"anyOf": [schema, {"type": "null"}]}


def reference_to(name: str) -> Tree:
    return {"$ref": REF + name}


TEXT: Tree = {"type": "string"}
NUMBER: Tree = {"type": "integer", "minimum": 1}
COUNT: Tree = {"type": "integer", "minimum": 0}
MOMENT: Tree = {"type": "string", "format": "date-time"}
ADDRESS: Tree = {"type": "string", "format": "uri"}
YES: Tree = {"type": "boolean"}
NAME: Tree = {"type": "string", "pattern": f"^{SLUG}$"}
RECORD: Tree = {
    "number": NUMBER,
    "digest": TEXT,
    "editor": TEXT,
    "note": TEXT,
    "published_at": MOMENT,
}
PLACES: Tree = {"document": ADDRESS, "decision": ADDRESS, "page": ADDRESS}
ONLY_FOLLOWING = (
    " newest is absent where the address names its release: such an answer never changes."
)
CREDIT: Tree = {"licence": maybe(TEXT), "sources": list_of(reference_to("Credit"))}


def schemas_of_answers() -> Tree:
    whole = Document.model_json_schema(ref_template=REF + "{model}")
    named: Tree = whole.pop("$defs")
    for described in (whole, *named.values()):  # a docstring's lines are no lines of a text
        if "description" in described:
            described["description"] = _unfolded(described["description"])
    schema_of(Decision, named)
    certain = maybe(schema_of(Certainty, named))
    noted = {"notes": list_of(reference_to("Note"))}
    credit = {
        "slug": NAME,
        "title": TEXT,
        "publisher": TEXT,
        "published": TEXT,
        "address": maybe(TEXT),
        "counted": YES,
    }
    option = object_of(
        {
            "slug": NAME,
            "name": TEXT,
            "line": maybe(TEXT),
            **dict.fromkeys(("home_page", "compared_version", "licence", "status"), maybe(TEXT)),
            "tags": list_of(TEXT),
            "parts": list_of(NAME),
            "compared": YES,
        }
    )
    importance = {"type": "number", "minimum": 0, "maximum": 5}
    criterion = object_of(
        {
            "slug": NAME,
            "name": TEXT,
            "group": NAME,
            "kind": {"enum": list(Kind)},
            "importance": maybe(importance),
            "must_have": YES,
        },
        "A criterion. One of kind text is there to be read: it has no importance and no scores.",
    )
    case = object_of({"slug": NAME, "name": TEXT, "family": maybe(TEXT)})
    listed = {
        "slug": NAME,
        "title": TEXT,
        "release": NUMBER,
        "published_at": MOMENT,
        "comparison": ADDRESS,
    }
    addresses = {"releases": ADDRESS, "decision": ADDRESS}
    names = {
        "options": list_of(option),
        "criteria": list_of(criterion),
        "use_cases": list_of(case),
        "default_use_case": maybe(NAME),
    }
    head = {
        "slug": NAME,
        "title": TEXT,
        "topic": TEXT,
        "question": maybe(TEXT),
        "summary": maybe(TEXT),
        "release": reference_to("Release"),
    }
    of_release = object_of(RECORD | {"newest": NUMBER}, sometimes=("newest",))
    note = {"kind": TEXT, "key": TEXT, "value": TEXT, "name": TEXT, "release": NUMBER}
    questions = {
        "comparison": NAME,
        "release": NUMBER,
        "newest": NUMBER,
        "digest": TEXT,
        "selection": TEXT,
    }
    moved = object_of({"criterion": NAME, "usual": importance, "now": importance})
    fault = object_of({"parameter": TEXT, "detail": TEXT})
    return {
        "Comparisons": object_of(
            {"comparisons": list_of(reference_to("Listed")), "next": maybe(ADDRESS)},
            "One page of all comparisons.",
        ),
        "Listed": object_of(listed, "A comparison in the list."),
        "Comparison": object_of(
            head | addresses | names | CREDIT, "What a query to a comparison may name."
        ),
        "Releases": object_of(
            {
                "comparison": NAME,
                "newest": NUMBER,
                "releases": list_of(reference_to("Release")),
                "next": maybe(ADDRESS),
            },
            "One page of a comparison's releases, newest first.",
        ),
        "Release": object_of(
            RECORD | PLACES, "A release. Its digest is the SHA-256 of the document's one JSON text."
        ),
        "WholeRelease": object_of(
            {
                "comparison": NAME,
                "release": of_release,
                **noted,
                **CREDIT,
                "document": reference_to("Document"),
            },
            (
                "A release with its document. What is absent is unknown, or at the default "
                "that the schema says."
            )
            + ONLY_FOLLOWING,
        ),
        "DecisionAnswer": object_of(
            questions
            | noted
            | {
                "altered": reference_to("Altered"),
                "decision": reference_to("Decision"),
                "depends": maybe(reference_to("Depends")),
                "certainty": certain,
            }
            | CREDIT,
            (
                "The decision for a query, and how good the evidence is behind its margin: "
                "null where there is none."
            )
            + ONLY_FOLLOWING,
            sometimes=("newest",),
        ),
        "Note": object_of(
            note,
            "Something of the query that was dropped or bent. Where kind is “withdrawn”, "
            "value is the slug, name what it was "
            "called, and release the last that had it.",
            sometimes=("name", "release"),
        ),
        "Credit": object_of(
            credit,
            (
                "A source, as whoever uses the numbers has to name it. counted: not left out "
                "by the query."
            ),
        ),
        "Altered": object_of(
            {"sentence": TEXT, "editors_scores_left_out": YES, "importances": list_of(moved)}
            | dict.fromkeys(
                ("options_left_out", "arrangements_ranked", "sources_not_counted", "criteria_off"),
                list_of(NAME),
            )
            | dict.fromkeys(("must_haves_added", "must_haves_set_aside"), list_of(NAME)),
            (
                "What the query leaves out and changes of the comparison as published; the "
                "sentence is empty where it is nothing."
            ),
        ),
        "Depends": object_of(
            {
                "leads": list_of(reference_to("LedCases")),
                "toss_ups": COUNT,
                "ties": COUNT,
                "undecided": COUNT,
                "counted_until_chosen": maybe(NAME),
            },
            (
                "In how many use cases each option leads, most first, and which use case the "
                "decision starts from until one is chosen. Null where they do not go to "
                "several options, or where the query chooses or changes something: else no option "
                "is the answer before a use case is chosen."
            ),
        ),
        "LedCases": object_of(
            {"option": NAME, "use_cases": COUNT}, "An option, and in how many use cases it leads."
        ),
        "Problem": object_of(
            {
                "type": TEXT,
                "title": TEXT,
                "status": {"type": "integer"},
                "detail": TEXT,
                "errors": list_of(fault),
            },
            "An error (RFC 9457).",
            sometimes=("errors",),
        ),
        "Document": whole,
        **named,
    }
