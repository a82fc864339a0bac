"""Draft rows as the tree that is published: what a browser sends is what was meant."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comparison.models import Option, Prose
from comparison.publishing.draft.draft_rows import tree_of
from tests import worlds

pytestmark = pytest.mark.django_db


def test_a_line_that_ends_as_browsers_send_it_ends_as_in_a_file():
    """So the same text is no change, wherever it was typed."""
    draft = worlds.draft()
    Option.objects.filter(slug="ada").update(line=" Small. ")
    Prose.objects.filter(comparison=draft).update(body="One.\r\n\r\nTwo.\r\n")
    tree, _ = tree_of(draft)
    assert tree["prose"]["matrix"] == "One.\n\nTwo."
    assert [option["line"] for option in tree["options"] if option["slug"] == "ada"] == ["Small."]


def test_a_larger_draft_is_read_with_no_more_queries():
    counts = []
    for options, criteria in ((3, 4), (6, 16)):
        tree = worlds.large_tree(options, criteria, claims_per_cell=1)
        draft = worlds.draft(tree | {"slug": f"of-{options}"})
        with CaptureQueriesContext(connection) as captured:
            tree_of(draft)
        counts.append(len(captured))
    assert counts[0] == counts[1]
