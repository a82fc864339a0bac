"""Two editors at one row: nobody's words are put back, and nobody's are lost."""

import pytest
from django.test import Client

from comparison.models import Answer, Cell, Comparison, Criterion, Question, UseCase
from tests.admin.drinks import change_page, importance_field, opens, stored_importances
from tests.admin.filled_form import FilledForm, sent_by

pytestmark = pytest.mark.django_db


def saved(client: Client, address: str, form: dict[str, list[str]], **changes: str) -> bool:
    """Send a form as it was opened, with some fields typed anew; return whether it was taken."""
    return client.post(address, form | changes).status_code == 302


def test_two_who_change_two_fields_of_a_row_are_both_kept(drinks, root, editor):
    criterion = Criterion.objects.get(slug="strength")
    address = change_page(criterion)
    opened = sent_by(root, address)
    assert saved(editor, address, sent_by(editor, address), why="To stay awake.")
    response = root.post(address, opened | {"question": "How strong is it?"}, follow=True)
    criterion.refresh_from_db()
    assert (criterion.why, criterion.question) == ("To stay awake.", "How strong is it?")
    assert "kept what somebody else saved meanwhile (Why)" in response.content.decode()
    assert criterion.version == 3


def test_two_who_change_the_same_field_see_both_and_choose(drinks, root, editor):
    cell = Cell.objects.filter(option__slug="tea").first()
    address = change_page(cell)
    opened = sent_by(root, address)
    assert saved(editor, address, sent_by(editor, address), text="Theirs.", note="A reason.")
    answer = root.post(address, opened | {"text": "Mine."})
    html = answer.content.decode()
    assert "eve, at " in html
    assert "Theirs." in html
    cell.refresh_from_db()
    assert cell.text == "Theirs."
    again = FilledForm(html, "cell_form").sent
    assert (again["text"], again["note"]) == (["Mine."], ["A reason."])
    assert saved(root, address, again)
    cell.refresh_from_db()
    assert (cell.text, cell.note) == ("Mine.", "A reason.")


def test_who_saved_the_same_words_is_told_nothing(drinks, root, editor):
    address = change_page(Cell.objects.first())
    opened = sent_by(root, address)
    assert saved(editor, address, sent_by(editor, address), text="Both.")
    assert saved(root, address, opened, text="Both.")
    assert Cell.objects.first().version == 2


def test_a_choice_that_both_changed_is_told_by_its_name(drinks, root, editor):
    address = change_page(Comparison.objects.get())
    UseCase.objects.create(comparison=drinks, slug="noon", name="Noon")
    opened = sent_by(root, address)
    noon = str(UseCase.objects.get(slug="noon").pk)
    assert saved(editor, address, sent_by(editor, address), default_use_case=noon)
    answer = root.post(address, opened | {"default_use_case": ""})
    assert "“Noon”" in answer.content.decode()


def test_a_row_on_its_parents_page_is_left_as_somebody_else_saved_it(drinks, root, editor):
    question = Question.objects.get()
    address = change_page(question)
    opened = sent_by(root, address)
    number = next(name for name, value in opened.items() if value == ["Yes"]).removesuffix("text")
    theirs = sent_by(editor, address)
    assert saved(editor, address, theirs, **{f"{number}text": "Of course"})
    assert saved(root, address, opened, text="Are you awake?")
    question.refresh_from_db()
    assert question.text == "Are you awake?"
    assert Answer.objects.get(slug="yes").text == "Of course"


def test_importances_are_compared_one_by_one(drinks, root, editor):
    address = change_page(UseCase.objects.get())
    opened = sent_by(root, address)
    strength, decaf = importance_field("strength"), importance_field("decaf")
    assert saved(editor, address, sent_by(editor, address), **{strength: "2"})
    assert saved(root, address, opened, **{decaf: "4"})
    assert stored_importances() == [("strength", 2, 0), ("decaf", 4, 1)]
    answer = root.post(address, opened | {strength: "1"})
    assert "Strength: " in answer.content.decode()
    assert stored_importances()[0] == ("strength", 2, 0)


def test_what_a_form_showed_that_cannot_be_read_is_no_obstacle(drinks, root):
    address = change_page(Cell.objects.first())
    for broken in ("", "{", "[]", '{"text": 3}'):
        opened = opens(root, address)
        form = FilledForm(opened, "cell_form").sent
        assert saved(root, address, form, shown=broken, text="Mine.")
