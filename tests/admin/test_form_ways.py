"""The ways out of a row's form: the rows beside it, the pages of readers, and back to where one
came from, also when it is saved.
"""

import pytest

from comparison.models import Cell, Claim, Comparison, Criterion, Option, Run, Source, UseCase
from tests.admin.drinks import admin_page, change_page, opens, publish_page
from tests.admin.filled_form import send, sent_by

pytestmark = pytest.mark.django_db


def ways(client, address):
    return client.get(address).context["page"]


def saved(client, address, **changes):
    """Return where an editor is led who saves a form as it is, but for these changes."""
    sent = sent_by(client, address) | {name: [value] for name, value in changes.items()}
    return send(client, address, sent)["Location"]


def test_a_form_leads_to_the_rows_beside_it_in_the_order_of_the_list(drinks, root):
    tea, coffee, both = Option.objects.filter(comparison=drinks)
    page = ways(root, change_page(coffee))
    assert (page.before[0], page.after[0]) == ("Tea", "Both")
    assert (page.before[1], page.after[1]) == (change_page(tea), change_page(both))
    assert (page.place, page.rows) == (2, 3)
    assert ways(root, change_page(tea)).before is None
    assert ways(root, change_page(both)).after is None


def test_a_row_without_a_name_is_called_by_what_it_says(drinks, root):
    first = Claim.objects.get()
    second = Claim.objects.create(
        source=first.source, option=first.option, slug="two", statement="Tea is hot.", position=9
    )
    assert ways(root, change_page(first)).after[0] == "Tea is hot."
    assert ways(root, change_page(second)).before[0] == "Coffee is strong."
    figure = Run.objects.get().figures.first()
    figure.pk, figure.slug, figure.position = None, "other", 9
    figure.save()
    assert ways(root, change_page(figure)).before[0].startswith("Tea, ")


def test_the_rows_beside_it_are_those_of_the_list_that_it_was_opened_from(drinks, root):
    coffee = Option.objects.get(slug="coffee")
    filters = f"_changelist_filters=comparison__id__exact%3D{drinks.pk}%26o%3D-1"
    page = ways(root, f"{change_page(coffee)}?{filters}")
    assert (page.before[0], page.after[0]) == ("Tea", "Both")
    assert page.after[1].endswith(f"?{filters}")
    searched = "_changelist_filters=q%3Dbeans"
    assert ways(root, f"{change_page(coffee)}?{searched}").rows == 1
    assert ways(root, f"{change_page(coffee)}?_changelist_filters=nonsense__x%3D1").rows == 0


@pytest.mark.parametrize(
    ("model", "page"),
    [
        (Criterion, "cell/strength/"),
        (UseCase, "case/morning/"),
        (Source, "sources/blog/"),
        (Cell, "cell/strength/tea/"),
        (Claim, "cell/strength/coffee/"),
    ],
)
def test_a_form_leads_to_where_readers_see_the_row(model, page, released, root):
    addresses = [address for _, address in ways(root, change_page(model.objects.first())).readers]
    assert addresses == [f"/tea-or-coffee/@draft/{page}", f"/tea-or-coffee/{page}"]


def test_what_readers_do_not_have_yet_leads_to_the_whole_page(released, root):
    new = Criterion.objects.get(slug="strength")
    Criterion.objects.filter(pk=new.pk).update(slug="power")
    (_, preview), (_, seen) = ways(root, change_page(new)).readers
    assert (preview, seen) == ("/tea-or-coffee/@draft/cell/power/", "/tea-or-coffee/")


def test_a_row_opened_from_a_list_of_problems_leads_back_there_when_it_is_saved(drinks, root):
    Option.objects.filter(slug="tea").update(name="")
    (problem,) = root.get(publish_page(drinks)).context["page"].problems
    address = problem.address.split("#")[0]
    assert ways(root, address).back == ("Problems", publish_page(drinks))
    assert saved(root, address, name="Tea") == publish_page(drinks)
    on = saved(root, address, _continue="Save and continue editing")
    assert on.endswith("_back=problems")


def test_the_problem_of_the_comparison_itself_leads_back_too(drinks, root):
    Comparison.objects.update(title="")
    (problem,) = root.get(publish_page(drinks)).context["page"].problems
    assert saved(root, problem.address.split("#")[0], title="Tea?") == publish_page(drinks)


def test_a_row_opened_from_a_table_leads_back_there(drinks, root):
    for kind, row in (("importances", UseCase.objects.get()), ("figures", Run.objects.get())):
        address = f"{change_page(row)}?_back={kind}"
        table = admin_page(drinks, "grid", drinks.pk, kind)
        assert f'href="{address}"' in opens(root, table)
        assert saved(root, address) == table
    row = admin_page(drinks, "matrix_row", drinks.pk, Criterion.objects.first().pk)
    assert f'href="{change_page(Criterion.objects.first())}?_back=matrix"' in opens(root, row)


def test_another_word_leads_to_the_list_as_ever(drinks, root):
    tea = Option.objects.get(slug="tea")
    address = f"{change_page(tea)}?_back=https://elsewhere.example/"
    of = f"?comparison__id__exact={drinks.pk}"
    assert saved(root, address) == admin_page(Option, "changelist") + of


def test_every_field_of_a_table_in_a_form_is_named(drinks, root):
    html = opens(root, change_page(Option.objects.get(slug="both")))
    assert 'aria-label="Role, line 1"' in html
    assert 'aria-label="Option, line 1"' in html
    assert 'aria-label="Delete, line 1"' in html
