"""The schema: what a tree may hold, how it converts texts, and that a document survives being
written and read again.
"""

import copy
import json
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError

from comparison.core.document import schema
from comparison.core.document.schema import Document, Quantity, plain
from tests import worlds


def as_text(value: Any) -> Any:
    """Return the tree as content files send it: every scalar a text."""
    match value:
        case dict():
            return {key: as_text(item) for key, item in value.items()}
        case list():
            return [as_text(item) for item in value]
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def nodes(value: Any) -> Iterator[schema.Node]:
    """Yield every noun within a document."""
    match value:
        case schema.Node():
            yield value
            for name in type(value).model_fields:
                yield from nodes(getattr(value, name))
        case tuple() | list():
            for item in value:
                yield from nodes(item)
        case dict():
            for item in value.values():
                yield from nodes(item)


TREES = [
    pytest.param(worlds.tiny_tree(), id="tiny"),
    pytest.param(worlds.full_tree(), id="full"),
    pytest.param(worlds.large_tree(5, 20, claims_per_cell=2), id="generated"),
]


@pytest.mark.parametrize("tree", TREES)
def test_a_tree_comes_back_as_it_was(tree):
    assert plain(Document.model_validate(tree)) == plain(
        Document.model_validate(plain(Document.model_validate(tree)))
    )


def test_what_an_editor_found_stands_after_what_is_said():
    found = ["finding", "reason", "reference"]
    sources = plain(worlds.full())["sources"]
    judged = [
        claim
        for source in sources
        for claim in source.get("claims", ())
        if "reference" in claim and "reason" in claim
    ]
    assert judged
    for claim in judged:
        said = [name for name in schema.Claim.model_fields if name in claim and name not in found]
        assert list(claim) == [*said, *found]


def test_the_full_world_is_already_plain():
    assert plain(worlds.full()) == worlds.full_tree()


@pytest.mark.parametrize("tree", TREES)
def test_a_document_survives_json_unchanged(tree):
    whole = Document.model_validate(tree)
    assert Document.model_validate_json(json.dumps(plain(whole))) == whole


@pytest.mark.parametrize("tree", TREES)
def test_texts_are_converted_to_what_each_field_is(tree):
    assert Document.model_validate(as_text(tree)) == Document.model_validate(tree)


def test_the_full_world_uses_every_noun_and_every_field():
    used: dict[type[schema.Node], set[str]] = {}
    for node in nodes(worlds.full()):
        filled = {
            name
            for name in type(node).model_fields
            if getattr(node, name) not in (None, "", (), {})
        }
        used.setdefault(type(node), set()).update(filled)
    nouns = {
        noun
        for noun in vars(schema).values()
        if isinstance(noun, type)
        and issubclass(noun, BaseModel)
        and noun not in (BaseModel, schema.Node, schema.Judged, schema.Stated)
    }
    assert nouns == set(used)
    unused = {
        f"{noun.__name__}.{name}" for noun in nouns for name in set(noun.model_fields) - used[noun]
    }
    assert unused == set()


def test_the_full_world_uses_every_word_of_every_enumeration():
    text = json.dumps(worlds.full_tree())
    text += json.dumps(
        [
            field.default
            for noun in map(type, nodes(worlds.full()))
            for field in noun.model_fields.values()
        ],
        default=str,
    )
    words = {
        str(word)
        for noun in map(type, nodes(worlds.full()))
        for field in noun.model_fields.values()
        for kind in (field.annotation, *get_args(field.annotation))
        if isinstance(kind, type) and issubclass(kind, schema.StrEnum)
        for word in kind
        if kind
        not in (
            schema.PublisherKind,
            schema.Statistic,
            schema.Period,
            schema.Direction,
            schema.Scale,
        )
    }
    assert {word for word in words if f'"{word}"' not in text} == set()


def test_a_document_cannot_be_changed():
    with pytest.raises(ValidationError):
        worlds.tiny().title = "Other"


def test_whole_numbers_are_written_without_a_point():
    tree = worlds.tiny_tree(neutral=6.0)
    assert json.dumps(plain(Document.model_validate(tree))["neutral"]) == "6"


def test_defaults_are_left_out():
    tree = worlds.tiny_tree(neutral=5)
    tree["criteria"][0]["importance"] = 3
    written = plain(Document.model_validate(tree))
    assert "neutral" not in written
    assert "importance" not in written["criteria"][0]


def test_texts_are_trimmed_and_dates_read():
    tree = worlds.tiny_tree(title="  Ada  ")
    whole = Document.model_validate(tree)
    assert whole.title == "Ada"
    assert whole.sources[0].read_on == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        pytest.param(
            {"form": "range", "low": 3, "unit": "ms"},
            "a range needs a low and a higher high",
            id="range without high",
        ),
        pytest.param(
            {"form": "range", "low": 5, "high": 3, "unit": "ms"},
            "a higher high",
            id="range upside down",
        ),
        pytest.param(
            {"low": 3, "high": 5, "unit": "ms"}, '"point" needs low alone', id="point with two ends"
        ),
        pytest.param({"unit": "ms"}, '"point" needs low alone', id="point without a number"),
        pytest.param(
            {"form": "at-least", "high": 5, "unit": "ms"},
            '"at-least" needs low alone',
            id="lower bound",
        ),
        pytest.param(
            {"form": "at-most", "low": 5, "unit": "ms"},
            '"at-most" needs high alone',
            id="upper bound",
        ),
        pytest.param({"low": 5}, "unit is missing", id="no unit"),
        pytest.param({"low": float("inf"), "unit": "ms"}, "finite", id="endless"),
        pytest.param({"low": "1e999", "unit": "ms"}, "finite", id="endless as text"),
        pytest.param({"low": "nan", "unit": "ms"}, "finite", id="not a number"),
    ],
)
def test_a_quantity_is_refused_where_its_form_and_numbers_do_not_fit(given, problem):
    with pytest.raises(ValidationError, match=problem):
        Quantity.model_validate({"spelling": "some", **given})


def test_a_verbal_quantity_needs_no_unit():
    assert Quantity.model_validate({"spelling": "thousands", "form": "verbal"}).unit is None


@pytest.mark.parametrize("published", ["2024-01-05", "2024-01", "2024", "undated"])
def test_a_partial_date_keeps_its_precision(published):
    tree = worlds.tiny_tree()
    tree["sources"][0]["published"] = published
    assert Document.model_validate(tree).sources[0].published == published


@pytest.mark.parametrize(
    "published", ["2024-13-45", "2024-1", "January", "20240105", "", "2023-02-29"]
)
def test_a_partial_date_has_to_be_one(published):
    tree = worlds.tiny_tree()
    tree["sources"][0]["published"] = published
    with pytest.raises(ValidationError):
        Document.model_validate(tree)


@pytest.mark.parametrize(
    "title",
    ["", "   ", "a\x00b", "a\x1bb", "a\u2028b", "a\x85b", "a\nb", "a\tb", "x" * 301],
    ids=[
        "empty",
        "blank",
        "nul",
        "escape",
        "line separator",
        "next line",
        "two lines",
        "tab",
        "too long",
    ],
)
def test_a_line_is_one_line_of_visible_characters(title):
    with pytest.raises(ValidationError):
        worlds.tiny(title=title)


def test_a_text_may_run_over_several_lines():
    assert worlds.tiny(summary="One.\n\n\tTwo.").summary == "One.\n\n\tTwo."


@pytest.mark.parametrize(
    "slug", ["Ada", "a_b", "a--b", "-a", "a-", "a b", "ä", "", "a" * 81, "a\n"]
)
def test_a_slug_is_small_letters_digits_and_single_hyphens(slug):
    with pytest.raises(ValidationError):
        schema.Group.model_validate(
            {"slug": slug, "name": "X"}
            if slug.strip() == slug
            else {"slug": f"{slug}x", "name": "X"}
        )


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://x", "//x", "http://", "https:///x", "example.org"]
)
def test_an_address_is_a_web_address(address):
    tree = worlds.tiny_tree()
    tree["sources"][0]["address"] = address
    with pytest.raises(ValidationError, match="http"):
        Document.model_validate(tree)


def test_unknown_keys_are_refused_everywhere():
    def spoil(value: Any) -> Iterator[Any]:
        if isinstance(value, dict):
            yield value
            for item in value.values():
                yield from spoil(item)
        elif isinstance(value, list):
            for item in value:
                yield from spoil(item)

    fields = {name for node in nodes(worlds.full()) for name in type(node).model_fields}
    by_slug = {"figures", "matrix"}  # also names of prose
    tree = worlds.full_tree()
    # the others are named by slugs
    spoiled = [holder for holder in spoil(tree) if holder.keys() & (fields - by_slug)]
    for holder in spoiled:
        holder["colour"] = "red"
    with pytest.raises(ValidationError) as refusal:
        Document.model_validate(tree)
    assert (
        sum(error["type"] == "extra_forbidden" for error in refusal.value.errors())
        == len(spoiled)
        > 100
    )


def test_names_are_not_part_of_what_a_document_is():
    one, two = worlds.full(), worlds.full()
    assert one.names.options == ("swift", "whole", "both")
    assert one == two
    assert "names" not in plain(one)
    assert copy.deepcopy(one) == two


def test_no_noun_keeps_which_of_its_fields_were_given():
    whole = worlds.full()
    assert len({id(node.model_fields_set) for node in nodes(whole)}) == 1
    other = whole.model_copy(update={"title": "Another"})
    assert (whole.model_fields_set, other.title, other.slug) == (set(), "Another", whole.slug)


@pytest.mark.parametrize("bounds", [{"low": 1, "high": 2}, {"low": 1}, {}], ids=repr)
def test_an_upper_bound_has_a_high_alone(bounds):
    with pytest.raises(ValidationError, match="needs high alone"):
        Quantity.model_validate({"spelling": "x", "form": "at-most", "unit": "s"} | bounds)


def test_a_use_case_without_a_family_is_written_as_before_there_were_any():
    assert [set(use) for use in plain(worlds.tiny())["use_cases"]] == [
        {"slug", "name", "situation", "description", "otherwise", "importances", "must"},
        {"slug", "name", "situation", "description", "otherwise", "importances"},
    ]
