"""The pages of the grid: what it shows, and the form of one row that needs no script."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparison.models import Cell, Comparison, Criterion, Option
from tests import worlds
from tests.admin.drinks import admin_page, opens
from tests.admin.filled_form import sent_by

pytestmark = pytest.mark.django_db


def names_of_rows(client: Client, draft: Comparison, query: str) -> list[str]:
    page = client.get(f"{admin_page(draft, 'grid', draft.pk, 'matrix')}?{query}").context["page"]
    return [row.name for group in page.groups for row in group.rows]


def test_the_grid_shows_words_values_and_what_readers_see_instead(released, root):
    Cell.objects.filter(criterion__slug="strength", option__slug="tea").update(text="Weak", score=2)
    html = " ".join(opens(root, admin_page(released, "grid", released.pk, "matrix")).split())
    assert "> Weak <del>Mild</del>" in html
    assert "> 2 <del>4</del>" in html


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", ["Strength", "Decaf"]),
        ("only=changed", ["Decaf"]),
        ("only=silent", ["Strength", "Decaf"]),
        ("group=no-such", []),
        ("group=taste", ["Strength", "Decaf"]),
        ("q=stren", ["Strength"]),
        ("only=nonsense", ["Strength", "Decaf"]),
    ],
)
def test_rows_are_filtered_by_group_words_and_what_needs_work(query, rows, released, root):
    Cell.objects.filter(criterion__slug="decaf").update(text="Something else")
    assert names_of_rows(root, released, query) == rows


@pytest.mark.parametrize(
    ("kind", "first"),
    [("matrix", "criterion"), ("importances", "usecase"), ("figures", "run")],
)
def test_a_grid_without_rows_leads_to_the_form_of_the_first(kind, first, root):
    empty = Comparison.objects.create(slug="empty", title="Empty")
    html = opens(root, admin_page(empty, "grid", empty.pk, kind))
    way = f"/admin/comparison/{first}/add/?comparison={empty.pk}&amp;_back={kind}"
    assert f'href="{way}"' in html
    assert ">Content</a>" in html  # once in the path, not twice "Comparisons"
    opens(root, way.replace("&amp;", "&"))


def test_a_larger_matrix_is_read_with_no_more_queries(root):
    counts = []
    for options, criteria in ((3, 4), (6, 16)):
        tree = worlds.large_tree(options, criteria, claims_per_cell=1)
        draft = worlds.draft(tree | {"slug": f"of-{options}"})
        with CaptureQueriesContext(connection) as asked:
            opens(root, admin_page(draft, "grid", draft.pk, "matrix"))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 14


def test_a_row_is_saved_without_a_script(drinks, root):
    row, tea = Criterion.objects.get(slug="strength"), Option.objects.get(slug="tea")
    address = admin_page(drinks, "matrix_row", drinks.pk, row.pk)
    form = sent_by(root, address) | {f"value-{tea.pk}": "7.5", f"words-{tea.pk}": "Milder"}
    assert root.post(address, form).status_code == 302
    cell = Cell.objects.get(criterion=row, option=tea)
    assert (cell.text, cell.score) == ("Milder", 7.5)


def test_what_cannot_be_saved_of_a_row_is_said_at_its_field_and_given_back(drinks, root):
    row, tea = Criterion.objects.get(slug="strength"), Option.objects.get(slug="tea")
    address = admin_page(drinks, "matrix_row", drinks.pk, row.pk)
    answer = root.post(address, sent_by(root, address) | {f"value-{tea.pk}": "lots"})
    html = answer.content.decode()
    assert 'value="lots"' in html
    assert f'id="why-{tea.pk}"' in html


def test_who_may_only_look_sees_the_grid_and_changes_nothing(drinks):
    looker = User.objects.create_user("lea", is_staff=True)
    looker.user_permissions.add(
        *Permission.objects.filter(codename__in=["view_cell", "view_comparison"])
    )
    client = Client()
    address = admin_page(drinks, "grid", drinks.pk, "matrix")
    client.force_login(looker)
    assert "data-saves-at" not in opens(client, address)
    assert client.post(address, "{}", content_type="application/json").status_code == 403
    stranger = Client()
    stranger.force_login(User.objects.create_user("sam", is_staff=True))
    assert stranger.get(address).status_code == 403
