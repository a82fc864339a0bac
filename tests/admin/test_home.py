"""The home of the admin: how far each draft is, what is to be looked at first, and all kinds of
rows; cheap, however large the drafts are.
"""

from collections import Counter
from datetime import date
from unittest.mock import patch

import pytest
from django.contrib import admin
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import F

from comparison.admin.home import draft_state
from comparison.admin.home.subjects import SUBJECTS
from comparison.admin.home.work import work_of
from comparison.models import Cell, Claim, Option, UseCase
from comparison.publishing.draft.draft_stamps import counts_of_drafts
from comparison.publishing.draft.draft_writing import write_tree
from comparison.publishing.drafts import as_release, read_draft
from tests import worlds
from tests.admin.drinks import TREE, admin_page, drafted, logged_in, opens
from tests.suggesting import suggestion
from tests.tools import words_of

pytestmark = pytest.mark.django_db
HOME = "/admin/"
DAY = date(2026, 12, 1)


def state_page(comparison):
    return admin_page(comparison, "state", comparison.pk)


def test_the_home_has_each_comparison_and_asks_for_the_state_of_its_draft(editor, released):
    html = opens(editor, HOME)
    assert f'data-state-at="{state_page(released)}"' in html
    assert admin_page(released, "grid", released.pk, "matrix") in html


def test_a_state_that_is_known_stands_on_the_home(editor, released):
    Option.objects.filter(slug="tea").update(name="Green tea", version=F("version") + 1)
    words = words_of(opens(editor, state_page(released)))
    assert "1 change since release 1" in words
    assert "1 change since release 1" in words_of(opens(editor, HOME))


def test_the_home_reads_no_draft(editor, released, django_assert_max_num_queries):
    with (
        patch.object(draft_state.drafts, "read_draft", side_effect=AssertionError),
        django_assert_max_num_queries(14),
    ):
        opens(editor, HOME)


def test_a_draft_is_read_again_only_when_something_in_it_is_another(released):
    with patch.object(draft_state.drafts, "read_draft", wraps=read_draft) as reading:
        for _ in range(2):
            draft_state.state_of(released)
        assert reading.call_count == 1
        Claim.objects.update(version=F("version") + 1)
        draft_state.state_of(released)
        assert reading.call_count == 2


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda drinks: Cell.objects.first().delete(), id="a row deleted"),
        pytest.param(lambda drinks: UseCase.objects.get().must.clear(), id="a name taken back"),
        pytest.param(
            lambda drinks: Option.objects.create(comparison=drinks, slug="cocoa"), id="a row added"
        ),
        pytest.param(
            lambda drinks: write_tree(drinks, TREE | {"title": "Coffee or tea?"}), id="a file"
        ),
        pytest.param(
            lambda drinks: write_tree(
                drinks, TREE | {"use_cases": [{**TREE["use_cases"][0], "must": []}]}
            ),
            id="a file that names less",
        ),
    ],
)
def test_every_change_of_a_draft_is_seen_without_reading_it(change, drinks):
    before = counts_of_drafts()
    assert counts_of_drafts(drinks.pk) == before
    change(drinks)
    assert counts_of_drafts() != before


def test_problems_and_who_changed_it_last_are_told(editor, released):
    option = Option.objects.get(slug="tea")
    editor.post(
        admin_page(option, "change", option.pk),
        {
            "comparison": released.pk,
            "position": 0,
            "name": "",
            "slug": "tea",
            "line": "Leaves.",
            "parts-TOTAL_FORMS": 0,
            "parts-INITIAL_FORMS": 0,
        },
    )
    words = words_of(opens(editor, state_page(released)))
    assert "1 problem to mend before publishing" in words
    assert "Last changed by eve" in words


def test_a_line_of_the_history_that_names_no_row_is_passed_over(editor, drinks):
    kind = ContentType.objects.get_for_model(Option)
    for key in ("None", "", None):
        LogEntry.objects.create(
            user_id=User.objects.get().pk, content_type=kind, object_id=key, action_flag=DELETION
        )
    assert "Never published" in words_of(opens(editor, state_page(drinks)))


def test_what_could_change_a_verdict_comes_first():
    """Half the draft's weight is on speed; no source speaks of anything."""
    draft = worlds.draft()
    read = read_draft(draft)
    work = work_of(draft, as_release(draft.slug, read.document, read.digest), DAY)
    cases = [line.cases for line in work.lines]
    assert cases == sorted(cases, reverse=True)
    assert cases[0] > 0
    assert max(cases) <= work.cases


def test_what_is_to_be_looked_at_leads_to_its_very_row(root):
    tree = worlds.large_tree(options=3, criteria=9)
    draft = drafted(tree)
    read = read_draft(draft)
    work = work_of(draft, as_release(draft.slug, read.document, read.digest), DAY)
    shown = [
        [row.name for group in page.groups for row in group.rows]
        for address in (work.lines[0].reasons[0].address, work.rest)
        for page in [root.get(address).context["page"]]
    ]
    assert shown[0] == [work.lines[0].criterion]
    assert len(shown[1]) == work.left_out == 3


def test_a_draft_that_needs_an_editor_stands_before_one_that_does_not(editor, released):
    draft_state.state_of(released)  # nothing has changed
    drafted(TREE | {"slug": "a", "title": "A draft that nobody has read yet"})
    draft_state.state_of(drafted(TREE | {"slug": "z", "title": "Zebra or horse?"}))  # unpublished
    names = [line.name for line in editor.get(HOME).context["page"].drafts]
    assert names == ["Zebra or horse?", "A draft that nobody has read yet", "Tea or coffee?"]


def test_an_overdue_check_leads_to_the_cell_and_back_home(editor, released):
    cell = Cell.objects.get(criterion__slug="strength", option__slug="coffee")
    html = opens(editor, state_page(released))
    assert f"{admin_page(cell, 'change', cell.pk)}?_back=home" in html


def test_new_suggestions_stand_on_the_home(editor, released):
    suggestion(text="The scale is upside down.")
    assert "The scale is upside down." in words_of(opens(editor, HOME))


def test_who_is_in_no_group_sees_no_row_and_hears_whom_to_ask(released):
    words = words_of(opens(logged_in(User.objects.create_user("new", is_staff=True)), HOME))
    assert "ask an administrator" in words
    assert "Tea or coffee?" not in words


def test_every_kind_of_row_stands_under_one_subject():
    placed = Counter(model for subject in SUBJECTS for model in subject.models)
    assert set(placed.values()) == {1}
    own = {model for model in admin.site._registry if model._meta.app_label == "comparison"}
    assert placed.keys() == own


def test_a_draft_that_was_never_published_says_so(editor):
    draft = drafted(TREE)
    assert "Never published." in words_of(opens(editor, state_page(draft)))
