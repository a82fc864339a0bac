"""Draft rows and releases: what the database itself refuses, and that a tree comes back from its
rows as it was.
"""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from comparison.core.document.schema import Document, plain
from comparison.models import (
    Cell,
    Claim,
    Comparison,
    Component,
    Criterion,
    Option,
    Prose,
    Release,
    Source,
    UseCase,
    UseCaseImportance,
)
from comparison.models.rows import Row
from comparison.publishing import drafts, publish, releases
from comparison.publishing.draft.draft_rows import tree_of
from comparison.publishing.draft.draft_writing import clear, write_tree
from tests import worlds

pytestmark = pytest.mark.django_db

ROWS = [model for model in apps.get_app_config("comparison").get_models() if issubclass(model, Row)]


def refused(act):
    """Say whether the database refuses."""
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


# --- trees ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tree",
    [worlds.tiny_tree(), worlds.full_tree(), worlds.large_tree(4, 12, claims_per_cell=2)],
    ids=len,
)
def test_a_tree_comes_back_from_its_rows_as_it_was(tree):
    whole = Document.model_validate(tree)
    stored, _ = tree_of(worlds.draft(plain(whole)))
    assert plain(Document.model_validate(stored)) == plain(whole)


def test_every_place_of_the_tree_has_its_row():
    _, rows = tree_of(worlds.draft(worlds.full_tree()))
    assert rows[()].slug == "full"
    assert rows["criteria", 0].slug == "throughput"
    assert rows["criteria", 0, "cells", "swift"].text == "About 3,000"
    assert rows["sources", 0, "claims", 7].slug == "built-in-with-add-on"
    assert rows["sources", 0, "advice", 0, "choices", 1].option.slug == "swift"
    assert rows["use_cases", 0, "importances", "learning-curve"].importance == 5
    assert rows["options", 2, "parts", 0].role == "users and admin"
    assert rows["questions", 1, "answers", 1].together is True
    assert rows["stories", 0, "figures", 1].name == "Users"
    assert rows["prose", "matrix"].body.startswith("Read *across*")


def test_every_kind_of_row_belongs_to_its_comparison():
    draft = worlds.draft(worlds.full_tree())
    for model in ROWS:
        row = model._default_manager.first()
        assert row is not None, model
        assert row.comparison_of() == draft
        assert str(row)


def test_reading_a_draft_takes_a_few_queries_for_each_kind_of_row_however_large_it_is():
    def queries_for(tree):
        draft = worlds.draft(tree)
        with CaptureQueriesContext(connection) as asked:
            tree_of(draft)
        return len(asked)

    large = worlds.large_tree(8, 40, claims_per_cell=2)
    assert queries_for(large) <= queries_for(worlds.full_tree()) < 3 * len(ROWS)


def test_writing_replaces_everything_that_was_there():
    draft = worlds.draft(worlds.full_tree())
    write_tree(draft, worlds.tiny_tree(slug="full"))
    assert drafts.read_draft(draft).document == worlds.tiny(slug="full")


def test_what_the_new_tree_leaves_at_its_default_is_reset():
    draft = worlds.draft(worlds.full_tree(neutral=7))
    tree = worlds.full_tree()
    del tree["neutral"], tree["default_use_case"]
    write_tree(draft, tree)
    assert plain(drafts.read_draft(draft).document) == tree


def rows_of_all():
    """Return every draft row by its model and key."""
    return {
        (model, row.pk): row.__dict__ | {"_state": None}
        for model in ROWS
        for row in model._default_manager.all()
    }


def altered(before):
    """Return the names of the models of rows that differ from before, are new or are gone."""
    now = rows_of_all()
    return sorted(
        model.__name__
        for model, pk in before | now
        if before.get((model, pk)) != now.get((model, pk))
    )


def test_writing_the_same_again_touches_no_row():
    tree = worlds.full_tree()
    draft = worlds.draft(tree)
    before = rows_of_all()
    with CaptureQueriesContext(connection) as asked:
        write_tree(draft, tree)
    assert altered(before) == []
    assert [q["sql"] for q in asked if not q["sql"].startswith("SELECT")] == []


def test_writing_touches_the_row_that_differs_and_no_other():
    tree = worlds.full_tree()
    draft = worlds.draft(tree)
    before = rows_of_all()
    next(iter(tree["criteria"][0]["cells"].values()))["text"] = "Another text."
    write_tree(draft, tree)
    assert altered(before) == ["Cell"]


def test_a_row_that_is_new_stands_in_its_place_and_moves_as_few_as_can_be():
    tree = worlds.full_tree()
    draft = worlds.draft(tree)
    before = rows_of_all()
    tree["options"].insert(1, {"slug": "zig", "name": "Zig", "line": "New."})
    write_tree(draft, tree)
    assert drafts.read_draft(draft).document == Document.model_validate(tree)
    assert set(altered(before)) == {"Option"}
    before = rows_of_all()
    tree["options"].pop(1)
    write_tree(draft, tree)
    assert altered(before) == ["Option"]


def test_clearing_takes_every_row_and_leaves_other_comparisons():
    draft, other = worlds.draft(worlds.full_tree()), worlds.draft()
    clear(draft)
    assert drafts.read_draft(other).document == worlds.tiny()
    clear(other)
    assert {model.__name__: model._default_manager.count() for model in ROWS} == {
        model.__name__: 0 for model in ROWS
    }


def test_a_deleted_comparison_takes_its_rows_and_leaves_its_releases():
    draft = worlds.draft()
    publish.publish(draft, "eve", "First.")
    clear(draft)
    draft.delete()
    assert Release.objects.count() == 1
    assert releases.current("tiny")


def test_a_half_finished_draft_is_stored_and_read():
    draft = Comparison.objects.create(slug="begun")
    option = draft.options.create(slug="ada")
    group = draft.groups.create(slug="use")
    criterion = draft.criteria.create(slug="speed", group=group)
    criterion.cells.create(option=option)
    source = draft.sources.create(slug="blog")
    source.claims.create(slug="x")
    draft.questions.create(slug="why")
    draft.prose.create(slug="matrix")
    tree, _ = tree_of(draft)
    assert tree["criteria"][0]["cells"] == {"ada": {"applies": True}}
    assert "score" not in tree["criteria"][0]["cells"]["ada"]
    assert "title" not in tree
    draft_read = drafts.read_draft(draft)
    assert draft_read.document is None
    assert {str(problem.row._meta.model_name) for problem in draft_read.problems} >= {
        "comparison",
        "criterion",
        "cell",
        "source",
        "claim",
    }


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("text", "a\r\nb", "a\nb"),
        ("score", 8.0, 8),
        ("score", 8.5, 8.5),
        ("note", "  x  ", "x"),
        ("note", "", None),
        ("score", None, None),
    ],
)
def test_a_column_is_read_as_the_document_writes_it(column, value, expected):
    draft = worlds.draft()
    Cell.objects.filter(criterion__slug="speed", option__slug="ada").update(**{column: value})
    assert tree_of(draft)[0]["criteria"][0]["cells"]["ada"].get(column) == expected


def test_nought_is_not_nothing():
    draft = worlds.draft()
    Cell.objects.filter(criterion__slug="speed", option__slug="ada").update(score=0)
    Criterion.objects.filter(slug="ease").update(importance=0)
    UseCaseImportance.objects.filter(use_case__slug="race").update(importance=0)
    tree = tree_of(draft)[0]
    assert tree["criteria"][0]["cells"]["ada"]["score"] == 0
    assert tree["criteria"][1]["importance"] == 0
    assert tree["use_cases"][0]["importances"] == {"speed": 0}


def test_empty_lines_of_a_list_are_no_items():
    draft = worlds.draft(worlds.full_tree())
    draft.migrations.filter(slug="there").update(steps="One\r\n\r\n  Two \n")
    assert tree_of(draft)[0]["migrations"][0]["steps"] == ["One", "Two"]


def test_a_value_of_nothing_but_choices_is_no_value():
    draft = worlds.draft(worlds.full_tree())
    Cell.objects.filter(criterion__slug="throughput", option__slug="swift").update(
        quantity_spelling="",
        quantity_low=None,
        quantity_unit="",
        quantity_form="range",
        quantity_approximate=False,
    )
    assert "quantity" not in tree_of(draft)[0]["criteria"][0]["cells"]["swift"]


def test_lists_keep_the_editors_order():
    draft = worlds.draft()
    for position, slug in enumerate(("cyd", "ada", "bob")):
        Option.objects.filter(slug=slug).update(position=position)
    assert [option["slug"] for option in tree_of(draft)[0]["options"]] == ["cyd", "ada", "bob"]


def test_no_column_is_shorter_than_what_the_schema_lets_in():
    """SQLite stores any length; PostgreSQL would refuse a document that is valid."""

    def longest(noun, name):
        field = noun.model_json_schema()["properties"][name]
        lengths = [
            part["maxLength"] for part in (field, *field.get("anyOf", ())) if "maxLength" in part
        ]
        return min(lengths) if lengths else None

    short = []
    for model in [Comparison, *ROWS]:
        if getattr(model, "node", None) is None:
            continue
        for column in model._meta.get_fields():
            if not isinstance(column, models.CharField) or column.choices:
                continue
            noun, name = model.node, column.name
            for prefix in model.node.model_fields:
                if (
                    column.name.startswith(f"{prefix}_")
                    and column.name not in model.node.model_fields
                ):
                    noun, name = _embedded(model, prefix), column.name.removeprefix(f"{prefix}_")
            if name in noun.model_fields:
                most = longest(noun, name)
                if most is not None and most > column.max_length:
                    short.append(f"{model.__name__}.{column.name}: {most} > {column.max_length}")
    assert short == []


def _embedded(model, prefix):
    from comparison.publishing.draft.draft_rows import embedded_noun

    return embedded_noun(model, prefix)


# --- what the database refuses --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "change"),
    [
        pytest.param(Cell, {"score": 10.5}, id="score above 10"),
        pytest.param(Cell, {"score": -0.5}, id="score below 0"),
        pytest.param(Claim, {"score": 11}, id="claimed score above 10"),
        pytest.param(Criterion, {"importance": 6}, id="importance 6"),
        pytest.param(Criterion, {"importance": -1}, id="importance -1"),
        pytest.param(UseCase, {"otherwise": 6}, id="otherwise 6"),
        pytest.param(UseCaseImportance, {"importance": 6}, id="importance of a use case"),
        pytest.param(Comparison, {"neutral": 11}, id="neutral value 11"),
    ],
)
def test_a_value_outside_its_scale_is_refused(model, change):
    worlds.draft()
    assert refused(lambda: model._default_manager.update(**change))


def test_a_comparison_is_there_once():
    worlds.draft()
    assert refused(lambda: Comparison.objects.create(slug="tiny"))


@pytest.mark.parametrize(
    "model",
    [model for model in ROWS if any(f.name == "slug" for f in model._meta.fields)],
    ids=lambda m: m.__name__,
)
def test_a_slug_names_one_row_within_its_parent(model):
    worlds.draft(worlds.full_tree())
    row = model._default_manager.first()
    row.pk = None
    row.position += 100
    row._state.adding = True
    assert refused(row.save)


def test_a_cell_and_an_importance_are_there_once():
    worlds.draft()
    for model in (Cell, UseCaseImportance):
        row = model._default_manager.first()
        row.pk = None
        row._state.adding = True
        assert refused(row.save)


def test_the_same_slug_may_stand_in_two_comparisons():
    worlds.draft()
    worlds.draft(worlds.tiny_tree(slug="other"))
    assert Option.objects.filter(slug="ada").count() == 2


def test_an_option_that_something_names_is_not_deleted_silently():
    worlds.draft(worlds.full_tree())
    with pytest.raises(models.ProtectedError):
        Option.objects.get(slug="swift").delete()
    Component.objects.get(slug="auth0")


def test_a_cell_is_clean_only_where_its_parts_fit():
    draft, other = worlds.draft(), worlds.draft(worlds.tiny_tree(slug="other"))
    cell = Cell.objects.filter(criterion__comparison=draft).first()
    cell.option = other.options.first()
    with pytest.raises(ValidationError, match="another comparison"):
        cell.clean()
    cell.option = draft.options.first()
    cell.applies = False
    with pytest.raises(ValidationError, match="does not apply"):
        cell.clean()
    cell.score = None
    cell.clean()


def test_a_claim_is_clean_only_with_something_it_is_about_and_a_reason_for_a_serious_finding():
    worlds.draft()
    claim = Claim.objects.first()
    claim.finding = "wrong"
    with pytest.raises(ValidationError, match="needs a reason"):
        claim.clean()
    claim.reason = "Look it up."
    claim.clean()
    claim.option = None
    with pytest.raises(ValidationError, match="names an option or a component"):
        claim.clean()


def test_what_a_cleared_comparison_leaves_is_ready_for_the_next():
    draft = worlds.draft()
    clear(draft)
    assert (Source.objects.count(), Prose.objects.count(), Comparison.objects.count()) == (0, 0, 1)


def test_no_noun_has_a_field_with_the_name_of_a_column_that_every_row_has():
    own = {field.name for field in Row._meta.fields}
    nouns = {
        model.node for model in apps.get_models() if issubclass(model, Row) and model.key == ""
    }
    assert [noun for noun in nouns if own & set(noun.model_fields)] == []
