"""A form of the admin says at the field what publishing would refuse, of what was changed just now
and of nothing else.
"""

import pytest
from django.contrib.admin import site
from django.forms.models import model_to_dict, modelform_factory

from comparison.admin.forms.draft_form import DraftForm
from comparison.models import (
    Claim,
    Comparison,
    Criterion,
    Figure,
    Option,
    Prose,
    Source,
    UseCase,
)
from tests import worlds

pytestmark = pytest.mark.django_db


def filled(row, **changes):
    """Return the row's form as the admin makes it, sent with these changes."""
    form = modelform_factory(
        type(row),
        form=DraftForm,
        exclude=["option", "run", "source", "component", "comparison", "criterion"],
    )
    sent = {name: value for name, value in model_to_dict(row).items() if value is not None}
    return form(sent | changes, instance=row)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        (
            {"quantity_spelling": "14,999"},
            "quantity_low",
            "1,000 is not what the spelling says, which is 14,999",
        ),
        (
            {"quantity_low": "3000"},
            "quantity_low",
            "3,000 is not what the spelling says, which is 1,000",
        ),
        (
            {"quantity_spelling": "1,000-2,000"},
            "quantity_form",
            "which is a range, 1,000 to 2,000: choose range",
        ),
        ({"quantity_spelling": "1,000+"}, "quantity_form", "choose at-least"),
        (
            {"place": "Line\u202e 3"},
            "place",
            "an invisible character, U+202E RIGHT-TO-LEFT OVERRIDE",
        ),
        ({"place": "\u200d"}, "place", "shows nothing"),
    ],
    ids=["spelling", "number", "range", "bound", "override", "blank"],
)
def test_what_does_not_fit_is_said_at_its_field_and_what_was_typed_stays(changes, field, words):
    worlds.draft()
    form = filled(Figure.objects.get(quantity_low=1000), **changes)
    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert words in form.errors[field][0]
    name, typed = next(iter(changes.items()))
    assert form[name].value() == typed


@pytest.mark.parametrize(
    "changes",
    [
        {"quantity_spelling": "1.0k"},
        {"quantity_spelling": "1,000-2,000", "quantity_form": "range", "quantity_high": "2000"},
        {"quantity_spelling": "1,000+", "quantity_form": "at-least"},
        {"quantity_spelling": "a lot", "quantity_form": "verbal", "quantity_low": ""},
        {"place": "שורה\u200f 3"},
    ],
)
def test_what_fits_is_saved(changes):
    worlds.draft()
    form = filled(Figure.objects.get(quantity_low=1000), **changes)
    assert form.is_valid(), form.errors


def test_a_fault_that_was_there_before_keeps_nobody_from_saving_another_word():
    worlds.draft()
    Figure.objects.filter(quantity_low=1000).update(quantity_spelling="14,999")
    assert filled(Figure.objects.get(quantity_low=1000), place="Line 4").is_valid()


@pytest.mark.parametrize(
    ("column", "day"), [("read_on", "2099-01-01"), ("published", "2099"), ("published", "2099-01")]
)
def test_a_day_to_come_is_said_at_its_field(column, day):
    worlds.draft()
    form = filled(Source.objects.first(), **{column: day})
    assert list(form.errors) == [column]
    assert f"{day} is in the future" in form.errors[column][0]


@pytest.mark.parametrize("day", ["2024-13", "yesterday", "2024-1-5", "0", "5/2024"])
def test_what_is_no_day_is_said_at_its_field(day):
    worlds.draft()
    form = filled(Source.objects.first(), published=day)
    assert list(form.errors) == ["published"]
    assert form.errors["published"][0].startswith(f"{day} is not a date: write ")


@pytest.fixture
def root(admin_client):
    return admin_client


def sent_by(page):
    """Return what a browser would send of the fields of a page's form."""
    form = page.context["adminform"].form
    sent = {name: form[name].value() for name in form.fields}
    for formset in (inline.formset for inline in page.context["inline_admin_formsets"]):
        for part in (formset.management_form, *formset.forms):
            sent |= {part.add_prefix(name): part[name].value() for name in part.fields}
    return {name: value for name, value in sent.items() if value not in (None, False)}


def test_the_page_of_a_figure_says_it_and_keeps_the_draft(root):
    worlds.draft()
    figure = Figure.objects.get(quantity_low=1000)
    address = f"/admin/comparison/figure/{figure.pk}/change/"
    answer = root.post(address, sent_by(root.get(address)) | {"quantity_spelling": "14,999"})
    assert answer.status_code == 200
    assert "1,000 is not what the spelling says, which is 14,999" in answer.content.decode()
    figure.refresh_from_db()
    assert figure.quantity_spelling == "1,000"


def test_prose_is_offered_the_places_that_pages_have_and_keeps_another_until_it_is_mended(root):
    comparison = worlds.draft()
    Prose.objects.create(comparison=comparison, slug="matrx", body="Lost.")
    page = root.get(f"/admin/comparison/comparison/{comparison.pk}/change/")
    (prose,) = [
        inline.formset
        for inline in page.context["inline_admin_formsets"]
        if inline.formset.model is Prose
    ]
    by_slug = {
        form.instance.slug: [value for value, _ in form.fields["slug"].choices]
        for form in prose.forms
    }
    assert by_slug["matrix"] == ["", "matrix", "use-cases", "figures"]
    assert by_slug["matrx"] == ["", "matrix", "use-cases", "figures", "matrx"]
    sent = sent_by(page) | {"prose-0-slug": "figurs"}
    answer = root.post(page.request["PATH_INFO"], sent)
    assert answer.status_code == 200
    assert "figurs" in str(answer.context["inline_admin_formsets"][0].formset.errors)


def test_every_form_of_a_draft_row_asks_these_questions():
    forms = {
        model.__name__: page.form
        for model, page in site._registry.items()
        if model in (Claim, Figure, Option, Source)
    }
    assert all(issubclass(form, DraftForm) for form in forms.values())
    assert len(forms) == 4


@pytest.mark.parametrize(
    ("model", "slug", "words"),
    [
        (Option, "Bad_Slug", "small letters, digits and single hyphens"),
        (Option, "two--hyphens", "small letters, digits and single hyphens"),
        (Comparison, "admin", "kept for the site itself"),
        (UseCase, "none", "no use case is chosen"),
    ],
)
def test_a_slug_that_publishing_would_refuse_is_refused_at_once(model, slug, words):
    worlds.draft()
    form = filled(model.objects.first(), slug=slug)
    assert words in form.errors["slug"][0]


def test_a_slug_from_before_keeps_nobody_from_saving_another_word():
    worlds.draft()
    Option.objects.filter(slug="ada").update(slug="Ada_1")
    assert filled(Option.objects.get(slug="Ada_1"), line="Another.").is_valid()


@pytest.mark.parametrize(
    ("model", "column"),
    [(Comparison, "title"), (Option, "name"), (Criterion, "unit"), (Criterion, "name")],
)
def test_no_name_title_or_unit_takes_what_turns_the_writing_round(model, column):
    worlds.draft()
    form = filled(model.objects.first(), **{column: "ab\u202ecd"})
    assert "U+202E" in form.errors[column][0]
