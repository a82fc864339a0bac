"""Two editors at one row: nobody's words are put back, and nobody's are lost."""

import pytest
from django.test import Client

from comparison.models import Answer, Cell, Comparison, Criterion, Option, Question, UseCase
from tests.admin.drinks import (
    admin_page,
    change_page,
    importance_field,
    opens,
    stored_importances,
)
from tests.admin.filled_form import FilledForm, sent_by
from tests.tools import words_of

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


# --- part rows on the page of the row that they are part of


def answer_fields(form: dict[str, list[str]], slug: str = "yes") -> str:
    """Return how the names of the fields of an answer begin."""
    return next(
        name.removesuffix("slug")
        for name, value in form.items()
        if name.endswith("-slug") and value == [slug]
    )


def test_of_a_part_row_that_both_changed_the_second_chooses(drinks, root, editor):
    question = Question.objects.get()
    address = change_page(question)
    opened = sent_by(root, address)
    text = f"{answer_fields(opened)}text"
    assert saved(editor, address, sent_by(editor, address), **{text: "Of course"})
    html = root.post(address, opened | {text: "Indeed"}).content.decode()
    assert "eve, at " in html
    assert "changed this meanwhile to “Of course”" in html
    assert Answer.objects.get(slug="yes").text == "Of course"
    again = FilledForm(html, "question_form").sent
    assert again[text] == ["Indeed"]
    assert saved(root, address, again)
    assert Answer.objects.get(slug="yes").text == "Indeed"


def test_a_part_row_that_was_changed_meanwhile_is_not_deleted_unseen(drinks, root, editor):
    address = change_page(Question.objects.get())
    opened = sent_by(root, address)
    at = answer_fields(opened)
    assert saved(editor, address, sent_by(editor, address), **{f"{at}text": "Of course"})
    html = root.post(address, opened | {f"{at}DELETE": "on"}).content.decode()
    assert "eve, at " in html
    assert "changed this meanwhile (Text: “Of course”)" in html
    again = FilledForm(html, "question_form").sent
    assert (again[f"{at}text"], again[f"{at}DELETE"]) == (["Of course"], ["on"])
    assert saved(root, address, again)
    assert not Answer.objects.filter(slug="yes").exists()


def test_a_part_row_that_is_gone_and_was_not_changed_here_goes(drinks, root, editor):
    question = Question.objects.get()
    address = change_page(question)
    opened, theirs = sent_by(root, address), sent_by(editor, address)
    assert saved(editor, address, theirs, **{f"{answer_fields(theirs)}DELETE": "on"})
    no = answer_fields(opened, "no")
    html = root.post(address, opened | {"slug": "no slug", f"{no}text": "Never"}).content.decode()
    again = FilledForm(html, "question_form").sent
    assert ["yes"] not in again.values()
    assert again[f"{no}text"] == ["Never"]
    assert saved(root, address, again, slug="awake")
    assert list(Answer.objects.values_list("slug", "text")) == [("no", "Never")]


def test_a_part_row_that_is_gone_and_was_changed_here_is_kept_and_added_anew(drinks, root, editor):
    address = change_page(Question.objects.get())
    opened, theirs = sent_by(root, address), sent_by(editor, address)
    at = answer_fields(opened)
    assert saved(editor, address, theirs, **{f"{at}DELETE": "on"})
    html = root.post(address, opened | {f"{at}text": "Indeed"}).content.decode()
    assert "eve, at " in html
    assert "deleted this meanwhile" in html
    again = FilledForm(html, "question_form").sent
    assert again[f"{at}text"] == ["Indeed"]
    assert not Answer.objects.filter(slug="yes").exists()
    dropped = again | {f"{at}DELETE": ["on"]}
    assert saved(root, address, dropped)
    # the script's button takes its fields off the page, and numbers the others anew
    no = answer_fields(again, "no")
    rest = {name: sent for name, sent in again.items() if not name.startswith(at)}
    removed = {name.replace(no, at): sent for name, sent in rest.items()}
    assert saved(root, address, removed, **{"answers-TOTAL_FORMS": "1"})
    assert list(Answer.objects.values_list("slug", flat=True)) == ["no"]
    assert saved(root, address, again)
    assert Answer.objects.get(slug="yes").text == "Indeed"
    assert Answer.objects.count() == 2


# --- importances, and places in a list


def test_of_an_importance_that_both_changed_the_second_chooses(drinks, root, editor):
    address = change_page(UseCase.objects.get())
    opened, strength = sent_by(root, address), importance_field("strength")
    assert saved(editor, address, sent_by(editor, address), **{strength: "2"})
    # somebody else changed another field of the same row since
    assert saved(root, address, sent_by(root, address), situation="a late start")
    html = root.post(address, opened | {strength: "1"}).content.decode()
    assert "Strength: eve, at " in html
    assert "changed this meanwhile to 2" in html
    again = FilledForm(html, "usecase_form").sent
    assert again[strength] == ["1"]
    assert saved(root, address, again)
    assert stored_importances() == [("strength", 1, 0)]
    assert UseCase.objects.get().situation == "a late start"


def test_an_importance_that_was_emptied_meanwhile_is_one_to_choose(drinks, root, editor):
    address = change_page(UseCase.objects.get())
    opened, strength = sent_by(root, address), importance_field("strength")
    assert saved(editor, address, sent_by(editor, address), **{strength: ""})
    html = root.post(address, opened | {strength: "1"}).content.decode()
    assert "Strength: eve, at " in html
    assert "changed this meanwhile to nothing" in html
    assert saved(root, address, FilledForm(html, "usecase_form").sent)
    assert stored_importances() == [("strength", 1, 0)]


def place_field(form: dict[str, list[str]], slug: str) -> str:
    """Return the name of the field of a list that holds the place of an option."""
    key = str(Option.objects.get(slug=slug).pk)
    return next(name.replace("-id", "-position") for name, sent in form.items() if sent == [key])


def test_places_in_a_list_that_somebody_else_set_are_not_put_back(drinks, root, editor):
    address = f"{admin_page(Option, 'changelist')}?comparison__id__exact={drinks.pk}"

    def listed(client):
        return sent_by(client, address, "changelist-form") | {"_save": ["Save"]}

    def places():
        return dict(Option.objects.values_list("slug", "position"))

    opened, theirs = listed(root), listed(editor)
    assert saved(editor, address, theirs, **{place_field(theirs, "tea"): "7"})
    assert saved(root, address, opened, **{place_field(opened, "coffee"): "8"})
    assert (places()["tea"], places()["coffee"]) == (7, 8)
    mine = opened | {place_field(opened, "tea"): "9"}
    said = words_of(root.post(address, mine, follow=True).content.decode())
    assert "eve, at " in said
    assert "gave “Tea” place 7 meanwhile. You had typed: “Tea” 9." in said
    mine = listed(root)
    mine[place_field(mine, "tea")] = ["9"]
    editor.post(admin_page(Option, "delete", Option.objects.get(slug="both").pk), {"post": "yes"})
    said = words_of(root.post(address, mine, follow=True).content.decode())
    assert "deleted “Both” meanwhile. You had typed: “Tea” 9." in said
    mine = listed(root)
    assert saved(root, address, mine, **{place_field(mine, "tea"): "9"})
    assert places() == {"tea": 9, "coffee": 8}
