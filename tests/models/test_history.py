"""The history of draft rows: every way of writing has its lines, with from and to, and rows keep
their keys.
"""

import copy

import pytest
from django.apps import apps
from django.contrib.auth.models import User

from comparison.core.document.schema import Document
from comparison.models import (
    Answer,
    Cell,
    Claim,
    Comparison,
    Criterion,
    Option,
    Source,
    Suggestion,
    UseCase,
    history,
)
from comparison.models.rows import Row
from comparison.publishing.content_files.content_import import import_document
from comparison.publishing.draft.draft_writing import write_tree
from tests import worlds

pytestmark = pytest.mark.django_db


def lines(kind, **which):
    """Return the lines of a kind of row, the oldest first, as how, who, what and changes."""
    found = history.lines_of(kind).filter(**which).order_by("history_id")
    return [
        (one.history_change_reason, one.history_by, one.history_type, one.history_changes)
        for one in found
    ]


def test_every_kind_of_row_has_a_history_and_nobody_else():
    kept = {
        model.instance_type
        for model in apps.get_app_config("comparison").get_models()
        if hasattr(model, "history_id")
    }
    assert kept == {Comparison, *Row.kinds()}
    assert not {Suggestion, User} & kept


def test_a_draft_that_comes_in_whole_is_one_line_and_each_change_after_it_one_more():
    tree = worlds.tiny_tree()
    draft = worlds.draft(tree)
    assert sum(history.lines_of(kind).count() for kind in Row.kinds()) == 0
    (*_, whole) = lines(Comparison)
    assert ["rows", "", f"{sum(kind.objects.count() for kind in Row.kinds()):,}"] in whole[3]
    cell = Cell.objects.get(criterion__slug=tree["criteria"][0]["slug"], position=0)
    changed = copy.deepcopy(tree)
    name, first = next(iter(changed["criteria"][0]["cells"].items()))
    before, first["score"] = first["score"], 1
    keys = {kind: set(kind.objects.values_list("pk", flat=True)) for kind in Row.kinds()}
    with history.written_by("eve", history.FILES):
        write_tree(draft, changed)
    assert keys == {kind: set(kind.objects.values_list("pk", flat=True)) for kind in Row.kinds()}
    assert cell.option.slug == name
    expected = [(history.FILES, "eve", "~", [["score", str(before), "1"]])]
    assert lines(Cell) == lines(Cell, id=cell.pk, history_draft=draft.pk) == expected


def test_what_comes_and_goes_is_told_with_its_name():
    draft = worlds.draft(worlds.tiny_tree())
    without = worlds.tiny_tree()
    gone = without["criteria"].pop()
    for case in without["use_cases"]:
        case["importances"].pop(gone["slug"], None)
    for source in without["sources"]:
        source["claims"] = [one for one in source["claims"] if one["criterion"] != gone["slug"]]
    write_tree(draft, without)
    line = history.last_of(Criterion)
    assert (line.history_type, line.history_called) == ("-", gone["name"])
    of_cells = history.lines_of(Cell).values_list("history_called", flat=True)
    assert sorted(of_cells)[0].startswith(f"{gone['name']}, ")
    write_tree(draft, worlds.tiny_tree())
    assert history.last_of(Criterion).history_type == "+"
    # what is part of a new row is told with it
    assert history.lines_of(Cell).filter(history_type="+").count() == 0


def test_an_import_says_that_it_was_one_and_keeps_every_key():
    tree = worlds.full_tree()
    import_document(Document.model_validate(tree))
    keys = {kind: set(kind.objects.values_list("pk", flat=True)) for kind in Row.kinds()}
    tree["options"][0]["line"] = "Another line."
    with history.doing(history.FILES):
        import_document(Document.model_validate(tree), replace=True)
    assert keys == {kind: set(kind.objects.values_list("pk", flat=True)) for kind in Row.kinds()}
    ((how, by, _, changes),) = lines(Option)
    assert (how, by) == (history.FILES, "")
    assert changes[0][0] == "line"
    assert sum(history.lines_of(kind).count() for kind in Row.kinds()) == 1


def test_a_list_of_other_rows_is_told_with_the_saving_that_changes_it():
    worlds.draft(worlds.full_tree())
    answer = Answer.objects.filter(options__isnull=False).first()
    before = ", ".join(map(str, answer.options.all()))
    other = Option.objects.exclude(pk__in=answer.options.all()).first()
    answer.reason = "Another reason."
    answer.save()
    answer.options.set([other])
    ((_, _, _, changes),) = lines(Answer)
    assert [one[0] for one in changes] == ["reason", "options"]
    assert changes[1] == ["options", before, str(other)]


def test_a_name_stays_when_its_account_goes(django_user_model):
    worlds.draft()
    eve = django_user_model.objects.create_user("eve")
    case = UseCase.objects.first()
    with history.written_by(eve):
        case.name = "Another"
        case.save()
    eve.delete()
    line = history.last_of(UseCase)
    assert (line.history_user_id, line.history_by) == (None, "eve")


def test_what_was_saved_and_says_the_same_leaves_no_line():
    worlds.draft()
    option = Option.objects.first()
    option.name += " "
    option.version += 1
    option.save()
    assert lines(Option) == []


def test_rows_deleted_along_with_another_are_told_in_few_queries(django_assert_max_num_queries):
    worlds.draft(worlds.large_tree(4, 12, claims_per_cell=3))
    source = Source.objects.first()
    claims = source.claims.count()
    with django_assert_max_num_queries(25), history.batch():
        source.delete()
    assert history.lines_of(Claim).filter(history_type="-").count() == claims
