"""A draft deleted with everything in it: nothing of it is left, and nothing of others is gone."""

import copy

import pytest
from django.apps import apps
from django.contrib.auth.models import User

from comparison.models import Comparison, Confinement, DiscardedDraft, Presence, Release, Source
from comparison.models.rows import Row
from comparison.publishing import publish
from comparison.publishing.draft.deleting import delete_draft
from comparison.publishing.draft.discarding import set_draft
from comparison.publishing.draft.draft_rows import tree_of
from comparison.publishing.draft.draft_writing import write_tree
from tests import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Comparison:
    """The full world, published twice, and changed since."""
    draft = worlds.draft(worlds.full_tree())
    for title in ("One", "Two", "Half a thought"):
        write_tree(draft, copy.deepcopy(tree_of(draft)[0]) | {"title": title})
        if title != "Half a thought":
            publish.publish(draft, "ada", f"{title}.")
    return draft


def test_a_draft_goes_with_everything_in_it_and_its_releases_stay(draft, django_user_model):
    eve = django_user_model.objects.create_user("eve")
    other = worlds.draft(worlds.tiny_tree())
    others = {kind: kind.objects.count() for kind in Row.kinds()}
    set_draft(draft, 1, "eve")
    Presence.objects.create(comparison=draft, user=eve, tab="a", seen_at="2026-12-01T10:00Z")
    draft.refresh_from_db()
    confined = Confinement.objects.create(user=eve)
    confined.comparisons.set([draft, other])
    key = draft.pk
    rows = delete_draft(draft, "eve")
    assert rows > 60
    assert list(Comparison.objects.all()) == [other]
    assert list(confined.comparisons.all()) == [other]
    tiny = {kind: kind.objects.count() for kind in Row.kinds()}
    assert all(tiny[kind] <= others[kind] for kind in tiny)
    assert Source.objects.filter(comparison=key).count() == DiscardedDraft.objects.count() == 0
    assert Release.objects.count() == 2
    left = [
        line
        for model in apps.get_app_config("comparison").get_models()
        if hasattr(model, "history_draft")
        for line in model.objects.filter(history_draft=key)
    ]
    assert [(one.history_type, one.history_called) for one in left] == [("-", str(draft))]
    assert User.objects.count() == 1


def test_a_large_draft_goes_in_a_bounded_number_of_statements(django_assert_max_num_queries):
    draft = worlds.draft(worlds.large_tree(6, 20, claims_per_cell=5))
    with django_assert_max_num_queries(150):
        delete_draft(draft, "eve")
