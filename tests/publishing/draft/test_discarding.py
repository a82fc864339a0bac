"""A draft back to a release, whole or one thing of it, and back again; byte for byte."""

import copy
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comparison.core.document.schema import plain
from comparison.core.document.things import differences
from comparison.models import (
    Cell,
    Claim,
    Comparison,
    Criterion,
    DiscardedDraft,
    Option,
    Release,
    history,
)
from comparison.models.discarded_drafts import MOST
from comparison.models.rows import Row
from comparison.publishing import publish
from comparison.publishing.draft import draft_writing
from comparison.publishing.draft.deleting import delete_draft
from comparison.publishing.draft.discarding import (
    Refused,
    set_draft,
    set_thing,
    take_again,
)
from comparison.publishing.draft.draft_rows import tree_of
from comparison.publishing.draft.draft_writing import write_tree
from comparison.publishing.drafts import read_draft, tree_and_digest
from tests import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Comparison:
    """The full world, published twice, and changed since in many places."""
    draft = worlds.draft(worlds.full_tree())
    publish.publish(draft, "ada", "One.")
    Option.objects.filter(comparison=draft).update(line="Another line.")
    publish.publish(draft, "ada", "Two.")
    tree = copy.deepcopy(tree_of(draft)[0])
    tree["title"] = "Half a thought"
    tree["criteria"][0]["cells"].popitem()
    tree["criteria"].reverse()
    tree["sources"][0]["claims"].pop()
    tree["costs"] = []
    tree["prose"]["figures"] = "New."
    write_tree(draft, tree)
    return draft


def digest_of(draft: Comparison) -> str:
    return tree_and_digest(draft)[1]


def released(number: int) -> str:
    return Release.objects.get(number=number).document


@pytest.mark.parametrize("number", [1, 2])
def test_a_draft_set_to_a_release_is_that_release_byte_for_byte(draft, number):
    set_draft(draft, number, "eve")
    document = read_draft(draft).document
    assert publish.to_json(document) == released(number)
    assert not list(differences(tree_of(draft)[0], plain(document)))
    if number == 2:
        with pytest.raises(publish.Unchanged):
            publish.publish(draft, "eve", "Again.")
    else:
        assert publish.publish(draft, "eve", "Again.").document == released(number)


def test_what_is_the_same_keeps_its_key_and_what_is_not_has_a_line(draft):
    keys = set(Cell.objects.values_list("pk", flat=True))
    with history.written_by("eve"):
        set_draft(draft, None, "eve")
    assert keys < set(Cell.objects.values_list("pk", flat=True))
    line = history.last_of(Comparison)
    assert (line.history_by, line.history_change_reason) == ("eve", history.DISCARDING)
    assert ["title", "Half a thought"] in [change[:2] for change in line.history_changes]
    assert history.last_of(Claim).history_type == "+"


def test_a_discarded_draft_can_be_taken_again_even_one_with_problems(draft):
    Criterion.objects.update(name="", question="")
    assert read_draft(draft).document is None
    before, digest = tree_of(draft)[0], digest_of(draft)
    set_draft(draft, None, "eve")
    assert digest_of(draft) != digest
    kept = DiscardedDraft.objects.get()
    assert (kept.by, kept.digest) == ("eve", digest)
    take_again(kept, "eve")
    assert tree_of(draft)[0] == before
    assert DiscardedDraft.objects.count() == 2
    assert history.last_of(Criterion).history_change_reason == history.KEPT


def test_so_many_drafts_are_kept_and_no_more(draft):
    for number in range(MOST + 3):
        Comparison.objects.update(title=f"Title {number}")
        set_draft(draft, None, "eve")
    assert DiscardedDraft.objects.count() == MOST


def test_one_thing_goes_back_and_the_rest_stays(draft):
    found = list(differences(tree_of(draft)[0], plain(publish.newest_of(whole(draft)).document)))
    for one in [one for one in found if one.kind in ("cell", "claim", "cost", "prose")]:
        set_thing(draft, None, one.kind, one.path, "eve", digest_of(draft))
    left = list(differences(tree_of(draft)[0], plain(publish.newest_of(whole(draft)).document)))
    assert [one.kind for one in left] == ["comparison"]
    set_thing(draft, None, "comparison", (), "eve", digest_of(draft))
    draft.refresh_from_db()
    assert draft.title == worlds.full_tree()["title"]


def whole(draft):
    document = read_draft(draft).document
    assert document
    return document


def test_a_thing_that_others_name_is_not_taken_out_from_under_them(draft):
    tree = tree_of(draft)[0]
    tree["options"].append({"slug": "fresh", "name": "Fresh", "line": "New."})
    tree["sources"][0]["claims"][0]["option"] = "fresh"
    write_tree(draft, tree)
    with pytest.raises(Refused, match="fresh"):
        set_thing(draft, None, "option", ("fresh",), "eve", digest_of(draft))
    assert Option.objects.filter(slug="fresh").exists()
    assert DiscardedDraft.objects.count() == 0


def test_what_a_thing_is_part_of_has_to_be_there(draft):
    run = worlds.full_tree()["runs"][0]
    write_tree(draft, {**tree_of(draft)[0], "runs": [], "derived_figures": []})
    path = (run["slug"], run["figures"][0]["slug"])
    with pytest.raises(Refused, match="Bring that back first"):
        set_thing(draft, None, "figure", path, "eve", digest_of(draft))


def test_a_draft_that_moved_meanwhile_is_left_alone(draft):
    seen = digest_of(draft)
    Comparison.objects.update(title="Typed just now")
    with pytest.raises(Refused, match="Somebody changed the draft"):
        set_draft(draft, None, "eve", seen)
    draft.refresh_from_db()
    assert draft.title == "Typed just now"


def test_a_release_that_cannot_be_read_any_more_is_refused_in_words(draft, monkeypatch):
    monkeypatch.setattr(
        "comparison.publishing.draft.discarding.tree_of_release",
        lambda *_: (1, {"of": "other days"}),
    )
    before = digest_of(draft)
    with pytest.raises(Refused, match="cannot read any more"):
        set_draft(draft, 1, "eve")
    monkeypatch.undo()
    with pytest.raises(Refused, match="There is no release 7"):
        set_draft(draft, 7, "eve")
    assert digest_of(draft) == before


def test_a_new_address_that_is_not_published_goes_back_too(draft):
    Comparison.objects.update(slug="elsewhere")
    draft.refresh_from_db()
    set_draft(draft, None, "eve")
    draft.refresh_from_db()
    assert draft.slug == "full"
    assert publish.to_json(whole(draft)) == released(2)


# --- large drafts ---------------------------------------------------------------------------------


def statements_of_a_discard(options: int, criteria: int, changed: int) -> list[str]:
    """Return what is asked of the database when so many cells of a draft are discarded."""
    slug = f"large-{options}-{changed}"
    draft = worlds.draft(worlds.large_tree(options, criteria, claims_per_cell=2, slug=slug))
    publish.publish(draft, "ada", "One.")
    keys = list(Cell.objects.values_list("pk", flat=True)[:changed])
    Cell.objects.filter(pk__in=keys).update(text="Half a thought")
    versions = {kind: dict(kind.objects.values_list("pk", "version")) for kind in Row.kinds()}
    looking = patch.object(draft_writing, "_set_columns", wraps=draft_writing._set_columns)
    with CaptureQueriesContext(connection) as asked, looking as looked:
        set_draft(draft, None, "eve")
    assert looked.call_count == 1 + changed  # the comparison itself, and nothing that is the same
    for kind, before in versions.items():
        touched = {pk for pk, was in kind.objects.values_list("pk", "version") if was != before[pk]}
        assert touched == (set(keys) if kind is Cell else set()), kind
    lines = history.lines_of(Cell).filter(history_change_reason=history.DISCARDING)
    assert {line.id for line in lines} == set(keys)
    assert not Cell.objects.filter(text="Half a thought").exists()
    delete_draft(draft, "eve")
    return [query["sql"] for query in asked]


def test_what_is_the_same_is_asked_for_no_statement_however_much_it_is():
    small, large = (statements_of_a_discard(*size, changed=1) for size in ((3, 8), (6, 24)))
    assert len(small) == len(large)
    written = [one for one in large if one.startswith(("UPDATE", "INSERT", "DELETE"))]
    assert len(written) <= 6  # the kept draft, the cell, its line


def test_rows_that_differ_are_saved_together_and_read_once():
    one, many = (statements_of_a_discard(6, 24, changed=number) for number in (1, 100))
    assert len(many) < len(one) + 12  # SQLite takes no more than so much at a time
    (reading,) = {many.count(sql) for sql in many if 'FROM "comparison_claim"' in sql}
    assert reading == 1
