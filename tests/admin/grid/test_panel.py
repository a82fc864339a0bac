"""What stands beside a cell of the matrix: all that is kept of it, saved as one goes."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from comparison.models import Cell, Comparison, Criterion, Option
from tests.admin.drinks import admin_page, opens

pytestmark = pytest.mark.django_db


def panel_of(draft: Comparison, criterion: str, option: str) -> str:
    row, column = Criterion.objects.get(slug=criterion), Option.objects.get(slug=option)
    return admin_page(draft, "matrix_cell", draft.pk, row.pk, column.pk)


def fields_of(client: Client, address: str) -> dict[str, Any]:
    """Return what a browser would send of the form that nobody touched."""
    form = client.get(address).context["page"].form
    fields = {name: value for name, value in form.as_stored().items() if value is not False}
    return fields | {"shown": form["shown"].value()}


def send(client: Client, address: str, fields: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(address, fields)
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def cell_of(criterion: str, option: str) -> Cell:
    return Cell.objects.get(criterion__slug=criterion, option__slug=option)


def test_what_stands_beside_a_cell_is_its_scale_its_fields_and_its_sources(drinks, root):
    html = opens(root, panel_of(drinks, "strength", "coffee"))
    assert "Coffee is strong." in html
    assert "How strong?" in html
    for name in ("text", "score", "note", "applies", "quantity_spelling", "checked_read_on"):
        assert f'name="{name}"' in html


def test_what_is_typed_there_is_saved_and_told_to_the_grid(drinks, root):
    address = panel_of(drinks, "strength", "tea")
    fields = fields_of(root, address) | {"note": "It steeps.", "score": "6.5"}
    told = send(root, address, fields)
    cell = cell_of("strength", "tea")
    assert (told["problems"], cell.note, cell.score) == ({}, "It steeps.", 6.5)
    assert told["texts"]["value"] == "6.5"
    assert cell.changed_on
    assert cell.version == 2


def test_a_cell_that_nobody_filled_yet_is_made(drinks, root):
    Cell.objects.filter(criterion__slug="strength", option__slug="tea").delete()
    address = panel_of(drinks, "strength", "tea")
    send(root, address, fields_of(root, address))
    assert not Cell.objects.filter(criterion__slug="strength", option__slug="tea")
    send(root, address, fields_of(root, address) | {"note": "Nobody knows."})
    assert cell_of("strength", "tea").note == "Nobody knows."


def test_what_cannot_be_saved_is_said_at_its_field_and_nothing_is_saved(drinks, root):
    address = panel_of(drinks, "strength", "tea")
    told = send(root, address, fields_of(root, address) | {"note": "New", "score": "11"})
    assert told["problems"] == {"": "score runs from 0 to 10."}
    assert cell_of("strength", "tea").note != "New"


def test_who_changed_another_field_meanwhile_keeps_it(drinks, root):
    address = panel_of(drinks, "strength", "tea")
    fields = fields_of(root, address) | {"note": "Mine"}
    Cell.objects.filter(criterion__slug="strength", option__slug="tea").update(text="Theirs")
    told = send(root, address, fields)
    cell = cell_of("strength", "tea")
    assert (cell.note, cell.text) == ("Mine", "Theirs")
    assert (told["problems"], told["values"]["text"]) == ({}, "Theirs")


def test_of_one_field_that_two_changed_the_second_chooses(drinks, root):
    address = panel_of(drinks, "strength", "tea")
    fields = fields_of(root, address) | {"note": "Mine"}
    Cell.objects.filter(criterion__slug="strength", option__slug="tea").update(note="Theirs")
    told = send(root, address, fields)
    assert "changed this meanwhile to “Theirs”" in told["problems"]["note"]
    assert told["theirs"] == {"note": "Theirs"}
    # sent again as it was, it is refused again; sent with what is stored now, it is a choice
    assert send(root, address, fields)["theirs"] == {"note": "Theirs"}
    assert send(root, address, fields | {"shown": told["shown"]})["problems"] == {}
    assert cell_of("strength", "tea").note == "Mine"


def test_who_may_only_look_reads_the_panel_and_saves_nothing(drinks):
    person = User.objects.create_user("reader", is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_cell"))
    client = Client()
    client.force_login(person)
    address = panel_of(drinks, "strength", "tea")
    assert "<fieldset disabled>" in opens(client, address)
    assert client.post(address, {"note": "x"}).status_code == 403
