"""The API's description as OpenAPI 3.1, and as a page to read. Never answers a request.

The addresses' words and parameters are written by hand here: they are few, and what a reader needs.
Their paths are those of the URL map, by name. The bodies are described by `schemas.py`; a test
holds every answer to it.
"""

from dataclasses import dataclass
from functools import cache
from posixpath import dirname
from typing import Any

from comparison.api.schemas import (
    NAME,
    NUMBER,
    REF,
    TEXT,
    Tree,
    reference_to,
    schemas_of_answers,
)
from comparison.core.query import KEYS
from comparison.core.selection import SHOWN
from comparison.rendering.addresses import address_of, form_of

PROBLEMS: dict[str, tuple[int, str]] = {
    "bad-request": (400, "The request could not be read"),
    "not-permitted": (403, "Your account may not see this"),
    "no-such-comparison": (404, "There is no such comparison"),
    "no-such-release": (404, "There is no such release"),
    "no-such-address": (404, "There is no such address"),
    "wrong-method": (405, "The API is only read"),
    "unfinished-draft": (409, "The draft is not whole yet"),
    "wrong-parameter": (422, "A parameter is not what it has to be"),
    "withheld": (451, "It is withheld for legal reasons"),
    "broken": (500, "Something broke on our side"),
    "no-database": (503, "The site cannot look that up at the moment"),
}
ANY_ADDRESS = ("bad-request", "wrong-parameter", "broken", "no-database")


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
    "against": (
        "The option set against the leader, where not the runner-up; changes no decision.",
        "django",
    ),
    "by": ("The criterion that the page sorts options by; changes no decision.", "performance"),
    "tree": ("Answers given to the questions; they change no decision.", "full-product:no"),
    "show": ("Rows shown on the page; changes no decision.", "all"),
    "q": ("Text looked for on the page; changes no decision.", "async"),
    "basis": ("Scores from claims only.", "claims"),
    "from": ("The release that a link was made on; changes no decision.", "1"),
}
STRICT: dict[str, Tree] = {
    "show": {"enum": ["", *SHOWN]},
    "basis": {"enum": ["", "claims"]},
    "from": {"type": "string", "pattern": "^([1-9][0-9]{0,8})?$"},
}
QUERY = [
    _parameter(key, "query", QUERY_WORDS[key][0], STRICT.get(key, TEXT), QUERY_WORDS[key][1])
    for key in KEYS
]


PART_OF_PATH = {"slug": "slug", "number": "release"}  # as the URL map calls what we describe


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the API."""

    # in the URL map, and of the operation for programs that are made from the description
    name: str
    summary: str  # in a few words
    words: str  # what it answers, in a sentence or two
    parameters: tuple[Tree, ...]  # as OpenAPI describes them
    answers: str  # the schema of what it answers
    problems: tuple[str, ...]  # kinds that it may answer with beside those of every address

    @property
    def path(self) -> str:
        """The path below `root()`, with a {name} for each part that is named."""
        names = [one["name"] for one in self.parameters if one["in"] == "path"]
        named = {PART_OF_PATH[name]: f"{{{name}}}" for name in names}
        return form_of(f"api:{self.name}", **named).removeprefix(root())


def root() -> str:
    """Return what every described address begins with."""
    return dirname(address_of("api:comparisons"))


_OF_ONE = ("no-such-comparison", "withheld", *ANY_ADDRESS)
_QUERY_WORDS = (
    "Takes the query of a comparison's page as it stands in the address bar. Names that "
    "have gone are left out and noted, "
    "so that an old address still answers; a value of the wrong kind is refused."
)
ADDRESSES = (
    Address(
        "comparisons",
        "Every comparison",
        "By slug.",
        (AFTER, LIMIT),
        "Comparisons",
        ANY_ADDRESS,
    ),
    Address(
        "comparison",
        "One comparison",
        "What its newest release holds by name: all that a query may name.",
        (COMPARISON,),
        "Comparison",
        _OF_ONE,
    ),
    Address(
        "releases",
        "Its releases",
        "Newest first. A release never changes.",
        (COMPARISON, BEFORE, LIMIT),
        "Releases",
        _OF_ONE,
    ),
    Address(
        "release",
        "One release, whole",
        "Everything that the comparison holds: cells, claims, sources, figures, prose.",
        (COMPARISON, RELEASE),
        "WholeRelease",
        ("no-such-release", *_OF_ONE),
    ),
    Address(
        "decision",
        "The decision for a query",
        _QUERY_WORDS,
        (COMPARISON, *QUERY),
        "DecisionAnswer",
        _OF_ONE,
    ),
    Address(
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
            "content": {"application/json": {"schema": reference_to(address.answers)}},
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
            "content": {"application/problem+json": {"schema": reference_to("Problem")}},
        }
    return answers


def type_of(kind: str) -> str:
    """Return what a problem is called for ever: a place on the API's page, which keeps its
    address.
    """
    return f"{address_of('api:about')}#{kind}"


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
        "servers": [{"url": root()}],
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
        "components": {"schemas": schemas_of_answers()},
    }


# --- the page -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of an answer."""

    name: str  # as it stands in the JSON
    kind: str  # in words
    refers: str  # the schema that it leads to; empty without one
    always: bool  # False where an answer may lack it


@dataclass(frozen=True, slots=True)
class SchemaLine:
    """One kind of answer, or of thing in it."""

    name: str  # as other schemas refer to it
    words: str  # what it is, in one sentence
    fields: tuple[FieldLine, ...]  # empty where it is one of a few texts
    values: tuple[str, ...]  # where it is one of a few texts


@dataclass(frozen=True, slots=True)
class ApiPage:
    """What the API's page may read."""

    root: str  # what all addresses begin with
    addresses: tuple[Address, ...]  # in the order of the description
    problems: tuple[tuple[str, str, int, str], ...]  # name, type, status, title
    schemas: tuple[SchemaLine, ...]  # of the answers, and of the things in them


@cache
def page() -> ApiPage:
    """Return the page, from the description itself."""
    schemas = description()["components"]["schemas"]
    return ApiPage(
        root=root(),
        addresses=ADDRESSES,
        problems=tuple((kind, type_of(kind), *PROBLEMS[kind]) for kind in PROBLEMS),
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
