"""The API's description as OpenAPI 3.1, and as a page to read. Never answers a request.

The addresses and their parameters are written by hand here: they are few, and their words are what
a reader needs. The bodies are made from the very types that the answers are made of: pydantic gives
the schema of a document, `schema_of` that of a decision. So a description cannot say something else
than the code; a test holds every answer to it all the same.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from comparison.core.decision import Certainty, Decision
from comparison.core.document.schema import Document
from comparison.core.query import KEYS

SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
PROBLEMS: dict[str, tuple[int, str]] = {
    "bad-request": (400, "The request could not be read"),
    "not-permitted": (403, "Your account may not see this"),
    "no-such-comparison": (404, "There is no such comparison"),
    "no-such-release": (404, "There is no such release"),
    "no-such-address": (404, "There is no such address"),
    "wrong-method": (405, "The API is only read"),
    "unfinished-draft": (409, "The draft is not whole yet"),
    "wrong-parameter": (422, "A parameter is not what it has to be"),
    "broken": (500, "Something broke on our side"),
    "no-database": (503, "The site cannot look that up at the moment"),
}
ANY_ADDRESS = ("bad-request", "wrong-parameter", "broken", "no-database")
REF = "#/components/schemas/"

Tree = dict[str, Any]


# --- types -> schemas -----------------------------------------------------------------------------


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
            named[name] = _object(
                {key: schema_of(part, named) for key, part in get_type_hints(kind).items()},
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


def _object(properties: Tree, words: str = "", sometimes: tuple[str, ...] = ()) -> Tree:
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


def _list(items: Tree) -> Tree:
    return {"type": "array", "items": items}


def _maybe(schema: Tree) -> Tree:
    return {"anyOf": [schema, {"type": "null"}]}


def _ref(name: str) -> Tree:
    return {"$ref": REF + name}


TEXT: Tree = {"type": "string"}
NUMBER: Tree = {"type": "integer", "minimum": 1}
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
CREDIT: Tree = {"licence": TEXT, "sources": _list(_ref("Credit"))}


def _schemas() -> Tree:
    whole = Document.model_json_schema(ref_template=REF + "{model}")
    named: Tree = whole.pop("$defs")
    for described in (whole, *named.values()):  # a docstring's lines are no lines of a text
        if "description" in described:
            described["description"] = _unfolded(described["description"])
    schema_of(Decision, named)
    certain = _maybe(schema_of(Certainty, named))
    noted = {"notes": _list(_ref("Note"))}
    credit = {
        "slug": NAME,
        "title": TEXT,
        "publisher": TEXT,
        "published": TEXT,
        "address": _maybe(TEXT),
        "counted": YES,
    }
    option = _object({"slug": NAME, "name": TEXT, "line": TEXT})
    importance = {"type": "integer", "minimum": 0, "maximum": 5}
    criterion = _object(
        {"slug": NAME, "name": TEXT, "group": NAME, "importance": importance, "must_have": YES}
    )
    case = _object({"slug": NAME, "name": TEXT})
    listed = {
        "slug": NAME,
        "title": TEXT,
        "release": NUMBER,
        "published_at": MOMENT,
        "comparison": ADDRESS,
    }
    addresses = {"releases": ADDRESS, "decision": ADDRESS}
    names = {
        "options": _list(option),
        "criteria": _list(criterion),
        "use_cases": _list(case),
        "default_use_case": _maybe(NAME),
    }
    head = {
        "slug": NAME,
        "title": TEXT,
        "topic": TEXT,
        "question": TEXT,
        "summary": TEXT,
        "release": _ref("Release"),
    }
    of_release = _object(RECORD | {"newest": NUMBER}, sometimes=("newest",))
    note = {"kind": TEXT, "key": TEXT, "value": TEXT, "name": TEXT, "release": NUMBER}
    asked = {
        "comparison": NAME,
        "release": NUMBER,
        "newest": NUMBER,
        "digest": TEXT,
        "selection": TEXT,
    }
    moved = _object({"criterion": NAME, "usual": importance, "now": importance})
    fault = _object({"parameter": TEXT, "detail": TEXT})
    return {
        "Comparisons": _object(
            {"comparisons": _list(_ref("Listed")), "next": _maybe(ADDRESS)},
            "One page of all comparisons.",
        ),
        "Listed": _object(listed, "A comparison in the list."),
        "Comparison": _object(
            head | addresses | names | CREDIT, "What a query to a comparison may name."
        ),
        "Releases": _object(
            {
                "comparison": NAME,
                "newest": NUMBER,
                "releases": _list(_ref("Release")),
                "next": _maybe(ADDRESS),
            },
            "One page of a comparison's releases, newest first.",
        ),
        "Release": _object(
            RECORD | PLACES, "A release. Its digest is the SHA-256 of the document's one JSON text."
        ),
        "WholeRelease": _object(
            {
                "comparison": NAME,
                "release": of_release,
                **noted,
                **CREDIT,
                "document": _ref("Document"),
            },
            (
                "A release with its document. What is absent is unknown, or at the default "
                "that the schema says."
            )
            + ONLY_FOLLOWING,
        ),
        "DecisionAnswer": _object(
            asked
            | noted
            | {"altered": _ref("Altered"), "decision": _ref("Decision"), "certainty": certain}
            | CREDIT,
            (
                "The decision for a query, and how good the evidence is behind its margin: "
                "null where there is none."
            )
            + ONLY_FOLLOWING,
            sometimes=("newest",),
        ),
        "Note": _object(
            note,
            "Something of the query that was dropped or bent. Where kind is “withdrawn”, "
            "value is the slug, name what it was "
            "called, and release the last that had it.",
            sometimes=("name", "release"),
        ),
        "Credit": _object(
            credit,
            (
                "A source, as whoever uses the numbers has to name it. counted: not left out "
                "by the query."
            ),
        ),
        "Altered": _object(
            {"sentence": TEXT, "editors_scores_left_out": YES, "importances": _list(moved)}
            | dict.fromkeys(
                ("options_left_out", "sources_not_counted", "criteria_off"), _list(NAME)
            )
            | dict.fromkeys(("must_haves_added", "must_haves_set_aside"), _list(NAME)),
            (
                "What the query leaves out and changes of the comparison as published; the "
                "sentence is empty where it is nothing."
            ),
        ),
        "Problem": _object(
            {
                "type": TEXT,
                "title": TEXT,
                "status": {"type": "integer"},
                "detail": TEXT,
                "errors": _list(fault),
            },
            "An error (RFC 9457).",
            sometimes=("errors",),
        ),
        "Document": whole,
        **named,
    }


# --- addresses ------------------------------------------------------------------------------------


def _parameter(name: str, place: str, words: str, schema: Tree, example: Any) -> Tree:
    return {
        "name": name,
        "in": place,
        "required": place == "path",
        "description": words,
        "schema": schema,
        "example": example,
    }


COMPARISON = _parameter(
    "slug", "path", "The comparison, as its page's address names it.", NAME, "fastapi-vs-django"
)
RELEASE = _parameter(
    "number", "path", "The release. One that was never published is a 404.", NUMBER, 1
)
LIMIT = _parameter(
    "limit", "query", "How many at most; 50 where it is not given.", NUMBER | {"maximum": 100}, 50
)
AFTER = _parameter(
    "after",
    "query",
    "Begin after this slug. “next” in the answer says it for you.",
    NAME,
    "fastapi-vs-django",
)
BEFORE = _parameter(
    "before", "query", "Begin below this release.", NUMBER | {"maximum": 999_999_999}, 8
)
QUERY_WORDS: dict[str, tuple[str, str]] = {
    "use": ("A use case; “none” for none.", "none"),
    "off": ("Criteria switched off, by commas.", "performance"),
    "w": (
        "Importance 0 to 5 by criterion, where it differs from the use case.",
        "performance:5,learning-curve:1",
    ),
    "must": ("Must-haves added, by criterion.", "async-support"),
    "waive": ("Must-haves of the use case set aside.", "async-support"),
    "distrust": ("Sources left out.", "vendor-blog"),
    "options": ("Options compared, where not all.", "fastapi,django"),
    "tree": ("Answers given to the questions; they change no decision.", "full-product:no"),
    "show": ("Rows shown on the page; changes no decision.", "differences"),
    "q": ("Text looked for on the page; changes no decision.", "async"),
    "basis": ("Scores from claims only.", "claims"),
    "from": ("The release that a link was made on; changes no decision.", "1"),
}
STRICT: dict[str, Tree] = {
    "show": {"enum": ["", "differences"]},
    "basis": {"enum": ["", "claims"]},
    "from": {"type": "string", "pattern": "^([1-9][0-9]{0,8})?$"},
}
QUERY = [
    _parameter(key, "query", QUERY_WORDS[key][0], STRICT.get(key, TEXT), QUERY_WORDS[key][1])
    for key in KEYS
]


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the API."""

    path: str
    name: str
    summary: str
    words: str
    parameters: tuple[Tree, ...]
    answers: str  # the schema of what it answers
    problems: tuple[str, ...]


_OF_ONE = ("no-such-comparison", *ANY_ADDRESS)
_QUERY_WORDS = (
    "Takes the query of a comparison's page as it stands in the address bar. Names that "
    "have gone are left out and noted, "
    "so that an old address still answers; a value of the wrong kind is refused."
)
ADDRESSES = (
    Address(
        "/comparisons",
        "comparisons",
        "Every comparison",
        "By slug.",
        (AFTER, LIMIT),
        "Comparisons",
        ANY_ADDRESS,
    ),
    Address(
        "/comparisons/{slug}",
        "comparison",
        "One comparison",
        "What its newest release holds by name: all that a query may name.",
        (COMPARISON,),
        "Comparison",
        _OF_ONE,
    ),
    Address(
        "/comparisons/{slug}/releases",
        "releases",
        "Its releases",
        "Newest first. A release never changes.",
        (COMPARISON, BEFORE, LIMIT),
        "Releases",
        _OF_ONE,
    ),
    Address(
        "/comparisons/{slug}/releases/{number}",
        "release",
        "One release, whole",
        "Everything that the comparison holds: cells, claims, sources, figures, prose.",
        (COMPARISON, RELEASE),
        "WholeRelease",
        ("no-such-release", *_OF_ONE),
    ),
    Address(
        "/comparisons/{slug}/decision",
        "decision",
        "The decision for a query",
        _QUERY_WORDS,
        (COMPARISON, *QUERY),
        "DecisionAnswer",
        _OF_ONE,
    ),
    Address(
        "/comparisons/{slug}/releases/{number}/decision",
        "decision_of_release",
        "The decision for a query, on one release",
        _QUERY_WORDS,
        (COMPARISON, RELEASE, *QUERY),
        "DecisionAnswer",
        ("no-such-release", *_OF_ONE),
    ),
)


def _responses(address: Address) -> Tree:
    headers = {
        "ETag": {
            "description": "Send it as If-None-Match: 304 means that nothing has changed.",
            "schema": TEXT,
        }
    }
    if RELEASE in address.parameters:
        headers["Link"] = {
            "description": "rel=latest-version leads to the same of the newest release.",
            "schema": TEXT,
        }
    answers: Tree = {
        "200": {
            "description": address.summary,
            "headers": headers,
            "content": {"application/json": {"schema": _ref(address.answers)}},
        },
        "301": {
            "description": "The comparison was renamed; Location says how it is asked for now."
        },
        "304": {"description": "Nothing has changed."},
    }
    for kind in sorted(address.problems, key=lambda kind: PROBLEMS[kind]):
        status, title = PROBLEMS[kind]
        # one status may have several reasons
        known = answers.get(str(status), {"description": title})["description"]
        words = known if known == title else f"{known}, or {title[0].lower()}{title[1:]}"
        answers[str(status)] = {
            "description": words,
            "content": {"application/problem+json": {"schema": _ref("Problem")}},
        }
    return answers


@cache
def description() -> Tree:
    """Return the OpenAPI document. Made once: it follows from the code alone."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Evenhand",
            "version": "1",
            "summary": "Comparisons that show who says what, for programs.",
            "description": (
                "Read-only. Errors are `application/problem+json`. Any site may read it. Name the "
                "licence and the sources that come with every answer."
            ),
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {
            address.path: {
                "get": {
                    "operationId": address.name,
                    "summary": address.summary,
                    "description": address.words,
                    "parameters": list(address.parameters),
                    "responses": _responses(address),
                }
            }
            for address in ADDRESSES
        },
        "components": {"schemas": _schemas()},
    }


# --- the page -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of an answer."""

    name: str
    kind: str  # in words
    refers: str  # the schema that it leads to; empty without one
    always: bool


@dataclass(frozen=True, slots=True)
class SchemaLine:
    """One kind of answer, or of thing in it."""

    name: str
    words: str
    fields: tuple[FieldLine, ...]
    values: tuple[str, ...]  # where it is one of a few texts


@dataclass(frozen=True, slots=True)
class ApiPage:
    """What the API's page may read."""

    addresses: tuple[Address, ...]
    problems: tuple[tuple[str, int, str], ...]  # name, status, title
    schemas: tuple[SchemaLine, ...]


@cache
def page() -> ApiPage:
    """Return the page, from the description itself."""
    schemas = description()["components"]["schemas"]
    return ApiPage(
        addresses=ADDRESSES,
        problems=tuple((kind, *PROBLEMS[kind]) for kind in PROBLEMS),
        schemas=tuple(_schema_line(name, schema) for name, schema in schemas.items()),
    )


def _schema_line(name: str, schema: Tree) -> SchemaLine:
    fields = tuple(
        FieldLine(key, *_in_words(field), key in schema.get("required", ()))
        for key, field in schema.get("properties", {}).items()
    )
    words = schema.get("description", "").partition("\n")[0]
    return SchemaLine(name, words, fields, tuple(str(value) for value in schema.get("enum", ())))


def _in_words(schema: Tree) -> tuple[str, str]:
    """Return what a field holds in words, and the schema that it leads to."""
    if "$ref" in schema:
        return "", schema["$ref"].removeprefix(REF)
    if "anyOf" in schema:
        kinds = [_in_words(part) for part in schema["anyOf"]]
        return " or ".join(words or "one" for words, _ in kinds), next(
            (refers for _, refers in kinds if refers), ""
        )
    if schema.get("type") == "array":
        words, refers = (
            _in_words(schema["items"]) if "items" in schema else ("each with its value", "")
        )
        return f"list of {words}".removesuffix(" of "), refers
    if "enum" in schema:
        return " or ".join(str(value) for value in schema["enum"]), ""
    if "additionalProperties" in schema and isinstance(schema["additionalProperties"], dict):
        words, refers = _in_words(schema["additionalProperties"])
        return f"by name: {words}".removesuffix(": "), refers
    return str(schema.get("format", schema.get("type", "any"))), ""
