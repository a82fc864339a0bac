"""How editors see drafts, through a real client: every page opens, permissions hold, and publishing
says what it does.
"""

from dataclasses import astuple
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comparison.models import (
    Advice,
    Cell,
    Claim,
    Comparison,
    Criterion,
    Figure,
    FormerAddress,
    Option,
    OptionPart,
    Release,
    Run,
    Source,
    Suggestion,
    UseCase,
    UseCaseImportance,
    Verdict,
)
from comparison.publishing import drafts, publish
from comparison.publishing.draft_rows import write_tree
from tests.admin.filled_form import FilledForm, sent_by
from tests.tools import words_of

pytestmark = pytest.mark.django_db

QUANTITY = {"spelling": "~35 ms", "low": 35, "unit": "ms", "approximate": True}
STATED = {"source": "blog", "place": "Section 2"}
TREE = {
    "slug": "tea-or-coffee",
    "title": "Tea or coffee?",
    "topic": "Hot drinks",
    "question": "Which one, and when?",
    "summary": "Both are hot.",
    "licence": "CC BY 4.0",
    "default_use_case": "morning",
    "prose": {"matrix": "Read *this* first."},
    "options": [
        {"slug": "tea", "name": "Tea", "line": "Leaves."},
        {"slug": "coffee", "name": "Coffee", "line": "Beans."},
        {
            "slug": "both",
            "name": "Both",
            "line": "In turn.",
            "parts": [{"option": "tea", "role": "evenings"}],
        },
    ],
    "components": [{"slug": "milk", "name": "Milk", "option": "tea"}],
    "groups": [{"slug": "taste", "name": "Taste"}],
    "criteria": [
        {
            "slug": "strength",
            "name": "Strength",
            "group": "taste",
            "question": "How strong?",
            "why": "To wake up.",
            "scale_low": "Water",
            "scale_high": "Espresso",
            "shelf_life_days": 30,
            "must": {"name": "Strong", "minimum": 7},
            "cells": {
                "tea": {"text": "Mild", "score": 4, "note": "Tasted."},
                "coffee": {
                    "text": "Strong",
                    "score": 9,
                    "note": "Tasted.",
                    "checked": {
                        "title": "Manual",
                        "read_on": date(2020, 1, 1),
                        "text": "It is strong.",
                    },
                },
            },
        },
        {
            "slug": "decaf",
            "name": "Decaf",
            "group": "taste",
            "question": "Without caffeine?",
            "why": "To sleep.",
            "kind": "support",
            "scale_low": "No",
            "scale_high": "Yes",
            "cells": {
                "tea": {"text": "Partly", "support": "partly"},
                "coffee": {"text": "Nobody knows"},
            },
        },
    ],
    "use_cases": [
        {
            "slug": "morning",
            "name": "Morning",
            "situation": "an early start",
            "description": "Early.",
            "importances": {"strength": 5},
            "must": ["strength"],
        }
    ],
    "sources": [
        {
            "slug": "blog",
            "title": "On drinks",
            "publisher": "A blog",
            "publisher_kind": "practitioner",
            "interest": "None stated",
            "published": "2024",
            "read_on": date(2025, 1, 1),
            "claims": [
                {
                    "slug": "strong",
                    "option": "coffee",
                    "criterion": "strength",
                    "statement": "Coffee is strong.",
                    "score": 8,
                    "place": "Section 1",
                    "form": "prose",
                }
            ],
            "advice": [
                {
                    "slug": "early",
                    "use_case": "morning",
                    "choices": [{"option": "coffee", "components": ["milk"]}],
                    "statement": "Drink coffee.",
                    "place": "Section 1",
                }
            ],
            "verdicts": [
                {"slug": "end", "option": "coffee", "statement": "Coffee wins.", "place": "End"}
            ],
        }
    ],
    "workloads": [{"slug": "brewing", "name": "Brewing", "description": "One cup."}],
    "runs": [
        {
            "slug": "kitchen",
            "source": "blog",
            "workload": "brewing",
            "name": "In a kitchen",
            "figures": [
                {
                    "slug": "time",
                    "option": "tea",
                    "metric": "latency",
                    "quantity": QUANTITY,
                    "place": "Table 1",
                }
            ],
        }
    ],
    "derived_figures": [
        {
            "slug": "twice",
            **STATED,
            "kind": "ratio",
            "statement": "Twice as fast.",
            "stated": {"spelling": "2x", "low": 2, "unit": "x"},
            "figures": ["kitchen/time"],
        }
    ],
    "questions": [
        {
            "slug": "awake",
            "text": "Awake?",
            "answers": [
                {"slug": "yes", "text": "Yes", "options": ["tea"], "reason": "Tea will do."},
                {"slug": "no", "text": "No", "options": ["coffee"], "reason": "Coffee helps."},
            ],
        }
    ],
    "costs": [
        {
            "slug": "cup",
            **STATED,
            "option": "tea",
            "item": "A cup",
            "amount": QUANTITY,
            "currency": "EUR",
            "period": "once",
        }
    ],
    "migrations": [
        {
            "slug": "switch",
            **STATED,
            "start": "tea",
            "target": "coffee",
            "time": QUANTITY,
            "scope": "One person",
        }
    ],
    "stories": [
        {
            "slug": "office",
            **STATED,
            "organisation": "An office",
            "option": "tea",
            "statement": "It drinks tea.",
            "figures": [{"name": "Saved", "kind": "gain", "quantity": QUANTITY}],
        }
    ],
    "popularity": [
        {
            "slug": "cups",
            **STATED,
            "option": "tea",
            "metric": "Cups",
            "quantity": QUANTITY,
            "as_of": "2023",
        }
    ],
    "points": [{"slug": "warm", **STATED, "topic": "pro", "option": "tea", "text": "It is warm."}],
    "hybrids": [
        {
            "slug": "turns",
            **STATED,
            "name": "In turn",
            "roles": [{"option": "tea", "role": "evenings"}],
        }
    ],
    "answered_questions": [{"slug": "why", **STATED, "question": "Why?", "answer": "Because."}],
    "samples": [
        {
            "slug": "brew",
            "topic": "Brewing",
            "option": "tea",
            "files": [{"path": "brew.py", "text": "print()"}],
        }
    ],
}
EDITABLE = [
    model._meta.label for model in admin.site._registry if model not in (Release, Suggestion)
]
DRAFTS = [label for label in EDITABLE if label.startswith("comparison.")]


# --- a small world --------------------------------------------------------------------------------


@pytest.fixture
def drinks() -> Comparison:
    return _drafted(TREE)


@pytest.fixture
def released(drinks) -> Comparison:
    publish.publish(drinks, "ada", "The first release.")
    return drinks


@pytest.fixture
def root() -> Client:
    return _logged_in(User.objects.create_superuser("root"))


@pytest.fixture
def editor() -> Client:
    return _logged_in(_member("eve", "Editor"))


@pytest.fixture
def writer() -> Client:
    return _logged_in(_member("wim", "Writer"))


def _drafted(tree) -> Comparison:
    comparison = Comparison.objects.create(slug=tree["slug"])
    write_tree(comparison, tree)
    return comparison


def _member(name: str, group: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def _logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _address(row_or_model, page: str, *args) -> str:
    meta = row_or_model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def _change(row) -> str:
    return _address(row, "change", row.pk)


def _publish(comparison) -> str:
    return _address(comparison, "publish", comparison.pk)


def _row_of(label: str):
    return apps.get_model(label)._default_manager.first()


# --- every page opens, under the strict policy ----------------------------------------------------


class _Inline(HTMLParser):
    """Collects what a strict policy would block."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "style" or "style" in given:
            self.found.append(self.get_starttag_text())
        if (
            tag == "script"
            and "src" not in given
            and given.get("type") not in ("application/json", "text/html-template")
        ):
            self.found.append(self.get_starttag_text())
        self.found += [name for name in given if name.startswith("on")]


def _opens(client: Client, address: str) -> str:
    """Assert that a page opens and holds nothing that the policy blocks; return its HTML."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    html = response.content.decode()
    assert _Inline(html).found == []
    return html


@pytest.mark.parametrize("label", EDITABLE)
def test_every_list_opens(label, drinks, root):
    model = apps.get_model(label)
    html = _opens(root, _address(model, "changelist"))
    row = _row_of(label)
    assert _change(row) in html
    _opens(root, _address(model, "changelist") + "?q=tea")


@pytest.mark.parametrize("label", EDITABLE)
def test_every_add_page_opens(label, drinks, root):
    _opens(root, _address(apps.get_model(label), "add"))


@pytest.mark.parametrize("label", EDITABLE)
def test_every_change_page_opens(label, drinks, root):
    _opens(root, _change(_row_of(label)))


@pytest.mark.parametrize("label", DRAFTS)
def test_a_change_page_saved_as_it_is_changes_nothing(label, drinks, root):
    row = _row_of(label)
    before = drafts.read_draft(drinks).digest
    response = root.post(_change(row), sent_by(root, _change(row)))
    assert response.status_code == 302, response.context["errors"]
    assert drafts.read_draft(drinks).digest == before


@pytest.mark.parametrize("label", DRAFTS)
def test_an_add_page_opens_while_it_is_not_known_for_which_comparison(label, drinks, root):
    _drafted({**TREE, "slug": "another"})
    _opens(root, _address(apps.get_model(label), "add"))


@pytest.mark.parametrize("name", ["publish", "releases"])
def test_the_pages_of_a_comparison_open(name, released, root):
    _opens(root, _address(released, name, released.pk))


def test_view_on_site_leads_to_the_readers_page(released, root):
    for row in (released, Release.objects.get()):
        kind = ContentType.objects.get_for_model(row)
        response = root.get(reverse("admin:view_on_site", args=[kind.pk, row.pk]))
        assert response.url == f"http://testserver{row.get_absolute_url()}"
        assert f'href="{response.wsgi_request.path}"' in _opens(root, _change(row))


def test_the_question_before_publishing_again_opens(released, root):
    _opens(root, _address(released, "again", released.pk, 1))


def test_the_front_and_the_history_open_under_our_name(released, root):
    assert "Evenhand" in _opens(root, reverse("admin:index"))
    _opens(root, _address(released, "history", released.pk))
    _opens(Client(), reverse("admin:login"))


@pytest.mark.parametrize("name", ["publish", "releases"])
def test_a_page_of_no_comparison_is_not_found(name, root):
    assert root.get(_address(Comparison, name, 999)).status_code == 404


def test_every_draft_noun_has_a_page_or_stands_on_its_parents():
    inlines = {
        inline.model
        for model_admin in admin.site._registry.values()
        for inline in model_admin.inlines
    }
    inlines.add(UseCaseImportance)  # a table of numbers on its use case's page
    # written by publishing alone
    nouns = set(apps.get_app_config("comparison").get_models()) - {FormerAddress}
    assert nouns == inlines | {
        model for model in admin.site._registry if model._meta.app_label == "comparison"
    }


def test_lists_do_not_ask_more_for_more_rows(drinks, root, django_assert_max_num_queries):
    source = Source.objects.get()
    for number in range(40):
        Claim.objects.create(
            source=source,
            slug=f"claim-{number}",
            option=Option.objects.first(),
            position=number + 1,
        )
    with django_assert_max_num_queries(25):
        root.get(_address(Claim, "changelist"))
    with django_assert_max_num_queries(25):
        root.get(_change(source))


# --- choices stay within one comparison -----------------------------------------------------------


def test_choices_are_those_of_the_rows_own_comparison(drinks, root):
    other = _drafted({**TREE, "slug": "another"})
    mine, theirs = (
        Option.objects.get(comparison=drinks, slug="tea"),
        Option.objects.get(comparison=other, slug="tea"),
    )
    for row in (Claim, Cell, Criterion, UseCase):
        html = _opens(root, _change(row._default_manager.first()))
        assert f'<option value="{theirs.pk}"' not in html or row is UseCase
    form = root.get(_change(Claim.objects.first())).context["adminform"].form
    assert mine in form.fields["option"].queryset
    assert theirs not in form.fields["option"].queryset


def test_a_row_of_another_comparison_is_refused(drinks, root):
    other = _drafted({**TREE, "slug": "another"})
    claim = Claim.objects.get(source__comparison=drinks)
    sent = sent_by(root, _change(claim)) | {
        "option": Option.objects.get(comparison=other, slug="tea").pk
    }
    response = root.post(_change(claim), sent)
    assert "Select a valid choice" in response.content.decode()


def test_a_new_row_is_limited_to_the_comparison_that_it_names(drinks, root):
    other = _drafted({**TREE, "slug": "another"})
    form = (
        root.get(_address(Criterion, "add") + f"?comparison={other.pk}").context["adminform"].form
    )
    assert {group.comparison for group in form.fields["group"].queryset} == {other}


def test_a_search_for_a_criterion_stays_within_the_comparison(drinks, root):
    other = _drafted({**TREE, "slug": "another"})
    assert f"autocomplete/?of={drinks.pk}" in _opens(
        root, _change(Claim.objects.get(source__comparison=drinks))
    )
    asked = {
        "app_label": "comparison",
        "model_name": "claim",
        "field_name": "criterion",
        "of": other.pk,
    }
    found = root.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert {int(result["id"]) for result in found} == set(
        other.criteria.values_list("pk", flat=True)
    )


def test_a_row_does_not_move_to_another_comparison(drinks, root):
    other = _drafted({**TREE, "slug": "another"})
    criterion = Criterion.objects.filter(comparison=drinks).first()
    root.post(_change(criterion), sent_by(root, _change(criterion)) | {"comparison": other.pk})
    criterion.refresh_from_db()
    assert criterion.comparison == drinks


def test_a_slug_that_is_taken_is_refused_in_words(drinks, root):
    criterion = Criterion.objects.get(slug="decaf")
    response = root.post(
        _change(criterion), sent_by(root, _change(criterion)) | {"slug": "strength"}
    )
    assert response.status_code == 200
    assert response.context["errors"]


def test_a_new_row_without_a_place_goes_to_the_end(drinks, root):
    sent = {
        "comparison": drinks.pk,
        "position": "",
        "name": "Cocoa",
        "slug": "cocoa",
        "line": "Beans too.",
    }
    counts = {"parts-TOTAL_FORMS": 0, "parts-INITIAL_FORMS": 0}
    assert root.post(_address(Option, "add"), sent | counts).status_code == 302
    assert Option.objects.last().slug == "cocoa"


def test_new_rows_on_their_parents_page_go_to_the_end(drinks, root):
    option = Option.objects.get(slug="both")
    sent = sent_by(root, _change(option)) | {
        "parts-TOTAL_FORMS": "2",
        "parts-1-id": "",
        "parts-1-whole": option.pk,
        "parts-1-option": Option.objects.get(slug="coffee").pk,
        "parts-1-role": "mornings",
        "parts-1-position": "",
    }
    assert root.post(_change(option), sent).status_code == 302
    assert list(OptionPart.objects.values_list("role", "position")) == [
        ("evenings", 0),
        ("mornings", 1),
    ]


# --- the importances of a use case ----------------------------------------------------------------


def _importance(slug: str) -> str:
    return f"importances-{Criterion.objects.get(slug=slug).pk}"


def _stored() -> list[tuple[str, int, int]]:
    return list(UseCaseImportance.objects.values_list("criterion__slug", "importance", "position"))


def test_every_criterion_has_one_labelled_number_and_an_unnamed_one_is_empty(drinks, root):
    html = _opens(root, _change(UseCase.objects.get()))
    sent = FilledForm(html, "usecase_form").sent
    assert (sent[_importance("strength")], sent[_importance("decaf")]) == (["5"], [""])
    for slug in ("strength", "decaf"):
        assert html.count(f'<label for="id_{_importance(slug)}">') == 1


@pytest.mark.parametrize(("otherwise", "meant"), [(None, 3), (1, 1), (0, 0)])
def test_an_empty_number_shows_what_it_means(otherwise, meant, drinks, root):
    UseCase.objects.update(otherwise=otherwise)
    html = _opens(root, _change(UseCase.objects.get()))
    assert (
        f'placeholder="{meant}"' in html.split(f'id="id_{_importance("decaf")}"')[1].split(">")[0]
    )


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ({"decaf": "1"}, [("strength", 5, 0), ("decaf", 1, 1)]),
        ({"strength": "0"}, [("strength", 0, 0)]),
        ({"strength": ""}, []),
        ({"strength": "", "decaf": "5"}, [("decaf", 5, 1)]),
    ],
)
def test_numbers_are_set_changed_and_taken_back(sent, stored, drinks, root):
    address = _change(UseCase.objects.get())
    written = {_importance(slug): number for slug, number in sent.items()}
    assert root.post(address, sent_by(root, address) | written).status_code == 302
    assert _stored() == stored


@pytest.mark.parametrize("wrong", ["6", "-1", "2.5", "much", "05", "\u0663"])
def test_what_is_no_importance_is_refused_by_name_and_stays_in_the_form(wrong, drinks, root):
    address = _change(UseCase.objects.get())
    answer = root.post(address, sent_by(root, address) | {_importance("decaf"): wrong})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f"Decaf: “{wrong}” is no importance." in html
    assert FilledForm(html, "usecase_form").sent[_importance("decaf")] == [wrong]
    assert _stored() == [("strength", 5, 0)]


def test_a_number_that_the_page_did_not_show_stays(drinks, root):
    address = _change(UseCase.objects.get())
    sent = sent_by(root, address)
    del sent[_importance("strength")]
    assert root.post(address, sent).status_code == 302
    assert _stored() == [("strength", 5, 0)]


def test_a_new_use_case_takes_its_importances_along(drinks, root):
    sent = sent_by(root, _address(UseCase, "add"), "usecase_form")
    written = {"name": "Night", "slug": "night", _importance("decaf"): "4"}
    assert root.post(_address(UseCase, "add"), sent | written).status_code == 302
    assert ("decaf", 4, 0) in _stored()


# --- rows with a page of their own ----------------------------------------------------------------

BELOW = [
    (Source, Claim, "source"),
    (Source, Advice, "source"),
    (Source, Verdict, "source"),
    (Criterion, Cell, "criterion"),
    (Criterion, Claim, "criterion"),
    (Run, Figure, "run"),
]


def test_no_form_carries_rows_that_have_a_page_of_their_own():
    carried = {
        inline.model
        for model_admin in admin.site._registry.values()
        for inline in model_admin.inlines
    }
    assert not carried & set(admin.site._registry)


@pytest.mark.parametrize(("parent", "model", "column"), BELOW)
def test_a_page_leads_to_its_rows_and_a_new_one_leads_back_there(
    parent, model, column, drinks, root
):
    holder = parent.objects.first()
    html = _opens(root, _change(holder))
    rows = _address(model, "changelist") + f"?{column}__id__exact={holder.pk}"
    assert f'href="{rows}"' in html
    add = unescape(html.split(_address(model, "add") + "?", 1)[1].split('"')[0])
    page = root.get(_address(model, "add") + "?" + add)
    assert page.context["adminform"].form[column].value() in (holder.pk, str(holder.pk))
    assert f"_changelist_filters={column}__id__exact%3D{holder.pk}" in page.content.decode()


@pytest.mark.parametrize("filters", ["", "?_changelist_filters=option__id__exact%3D1"])
def test_saving_a_row_leads_to_the_rows_beside_it_or_to_the_list_that_was_left(
    filters, drinks, root
):
    claim = Claim.objects.get()
    answer = root.post(_change(claim) + filters, sent_by(root, _change(claim)))
    beside = "option__id__exact=1" if filters else f"source__id__exact={claim.source_id}"
    assert answer.url == _address(Claim, "changelist") + "?" + beside


@pytest.mark.parametrize("model", [Option, Claim])
def test_where_it_is_not_known_for_which_comparison_a_new_row_is_that_is_asked_first(
    model, drinks, root
):
    other = _drafted({**TREE, "slug": "another", "title": "Another?"})
    html = _opens(root, _address(model, "add"))
    link = _address(model, "add") + f"?comparison={other.pk}"
    assert f'href="{link}"' in html
    offered = _opens(root, link)
    column = "comparison" if model is Option else "source"
    assert f'name="{column}"' in offered
    assert "tea-or-coffee:" not in offered  # the rows of one comparison alone
    filters = f"?_changelist_filters={'' if model is Option else 'source__'}comparison__id__exact%3D{other.pk}"
    assert f'name="{column}"' in _opens(root, _address(model, "add") + filters)


# --- cells ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value", "is_dated"),
    [
        ("text", "Rather mild", True),
        ("score", "5", True),
        ("quantity_spelling", "5 of 10", True),
        ("score", "4.0", False),
        ("text", "Mild ", False),
        ("note", "Tasted twice.", False),
        ("checked_title", "A manual", False),
    ],
)
def test_a_cell_is_dated_when_its_value_changes_and_only_then(
    column, value, is_dated, drinks, root
):
    cell = Cell.objects.get(criterion__slug="strength", option__slug="tea")
    assert (
        root.post(_change(cell), sent_by(root, _change(cell)) | {column: value}).status_code == 302
    )
    cell.refresh_from_db()
    assert cell.changed_on == (timezone.localdate() if is_dated else None)
    assert cell.checked_read_on is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("value=unknown", {("decaf", "coffee")}),
        ("value=does-not-apply", set()),
        ("value=known", {("strength", "tea"), ("strength", "coffee"), ("decaf", "tea")}),
        ("check=never", {("strength", "tea"), ("decaf", "tea"), ("decaf", "coffee")}),
        ("check=overdue", {("strength", "coffee")}),
        ("check=in-date", set()),
    ],
)
def test_the_list_of_cells_is_a_work_list(query, expected, drinks, root):
    response = root.get(_address(Cell, "changelist") + "?" + query)
    found = response.context["cl"].queryset
    assert {(cell.criterion.slug, cell.option.slug) for cell in found} == expected


def test_filters_offer_the_rows_of_the_comparison_that_is_filtered_by(drinks, root):
    other = _drafted({**TREE, "slug": "another", "title": "Another"})
    html = _opens(
        root, _address(Cell, "changelist") + f"?criterion__comparison__id__exact={drinks.pk}"
    )
    ours, theirs = (
        Option.objects.filter(comparison=drinks).first(),
        Option.objects.filter(comparison=other).first(),
    )
    assert f"option__id__exact={ours.pk}" in html
    assert f"option__id__exact={theirs.pk}" not in html


# --- publishing -----------------------------------------------------------------------------------


def _seen(client: Client, comparison: Comparison) -> str:
    return client.get(_publish(comparison)).context["page"].seen


def _reword(comparison: Comparison, title: str) -> None:
    Comparison.objects.filter(pk=comparison.pk).update(title=title)


def test_the_change_page_leads_to_preview_publishing_releases_and_rows(released, root):
    html = _opens(root, _change(released))
    for address in (
        f"/{released.slug}/@draft/",
        _publish(released),
        _address(released, "releases", released.pk),
    ):
        assert f'href="{address}"' in html
    assert f"?comparison__id__exact={released.pk}" in html


def test_an_editor_publishes_with_a_change_note(released, editor):
    _reword(released, "Coffee or tea?")
    html = _opens(editor, _publish(released))
    assert "Tea or coffee?" in html
    assert "Coffee or tea?" in html
    response = editor.post(
        _publish(released), {"note": "Turned round.", "seen": _seen(editor, released)}, follow=True
    )
    release = Release.objects.of(released.slug).first()
    assert (release.number, release.editor, release.note, release.title) == (
        2,
        "eve",
        "Turned round.",
        "Coffee or tea?",
    )
    assert response.request["PATH_INFO"] == _change(released)
    assert f'href="/{released.slug}/@2/"' in response.content.decode()


def _changes(client: Client, comparison: Comparison) -> list[tuple[str, ...]]:
    """Return what the publish page says has changed: kind, how, thing, field, before, after."""
    return [astuple(change) for change in client.get(_publish(comparison)).context["page"].changes]


def test_a_first_release_shows_everything_as_new(drinks, editor):
    page = editor.get(_publish(drinks)).context["page"]
    assert page.newest is None
    assert {(change.how, change.before) for change in page.changes} == {("added", "")}


def test_what_has_changed_is_told_by_name_field_by_field(released, editor):
    Option.objects.filter(slug="tea").update(name="Black tea")
    Cell.objects.filter(score=4).update(score=5)
    Verdict.objects.all().delete()
    assert _changes(editor, released) == [
        ("option", "changed", "Black tea", "name", "Tea", "Black tea"),
        ("cell", "changed", "Strength › Black tea", "score", "4", "5"),
        ("verdict", "removed", "On drinks › end", "option", "coffee", ""),
        ("verdict", "removed", "On drinks › end", "statement", "Coffee wins.", ""),
        ("verdict", "removed", "On drinks › end", "place", "End", ""),
    ]
    html = _opens(editor, _publish(released))
    assert "Cell changed: Strength › Black tea" in html
    assert "Verdict removed: On drinks › end" in html


def test_another_address_is_told_with_the_record_that_keeps_the_old_one(released, editor):
    Comparison.objects.filter(pk=released.pk).update(slug="hot-drinks")
    assert _changes(editor, released) == [
        ("comparison", "changed", "", "slug", released.slug, "hot-drinks"),
        ("renamed slug", "added", f"comparison › {released.slug}", "new", "", "hot-drinks"),
    ]


def test_long_lists_of_changes_are_cut_and_counted(drinks, editor, monkeypatch):
    monkeypatch.setattr("comparison.admin.publish.CHANGES_SHOWN", 10)
    response = editor.get(_publish(drinks))
    page = response.context["page"]
    assert len(page.changes) == 10
    assert f"… and {page.changes_left_out} more." in response.content.decode()


@pytest.mark.parametrize("note", ["", "   "])
def test_publishing_needs_a_change_note(note, drinks, editor):
    response = editor.post(_publish(drinks), {"note": note, "seen": _seen(editor, drinks)})
    assert "Say in the change note what is different now." in response.content.decode()
    assert not Release.objects.exists()


@pytest.mark.parametrize("seen", [None, "", "0" * 64])
def test_a_draft_that_moved_is_not_published_and_the_note_is_kept(seen, drinks, editor):
    seen = _seen(editor, drinks) if seen is None else seen
    _reword(drinks, "Something else")
    response = editor.post(_publish(drinks), {"note": "My careful words.", "seen": seen})
    html = response.content.decode()
    assert "Somebody changed the draft while you were looking at it." in html
    assert "My careful words." in html
    assert not Release.objects.exists()
    again = FilledForm(html).sent
    assert again["seen"] == [drafts.read_draft(drinks).digest]
    assert (
        editor.post(_publish(drinks), {"note": again["note"], "seen": again["seen"]}).status_code
        == 302
    )


def test_problems_are_listed_each_with_a_link_that_opens_its_row(drinks, editor):
    _reword(drinks, "")
    Cell.objects.filter(score=4).update(note="")
    Claim.objects.update(statement="")
    UseCase.objects.update(situation="")
    Option.objects.get(slug="both").parts.update(role="")
    page = editor.get(_publish(drinks)).context["page"]
    addresses = {problem.address.split("#")[0] for problem in page.problems}
    rows = [
        drinks,
        Cell.objects.get(score=4),
        Claim.objects.get(),
        UseCase.objects.get(),
        Option.objects.get(slug="both"),
    ]
    assert addresses == {_change(row) for row in rows}
    assert f"{_change(rows[1])}#id_note" in {problem.address for problem in page.problems}
    html = _opens(editor, _publish(drinks))
    for problem in page.problems:
        assert f'<a href="{problem.address}">' in html
        _opens(editor, problem.address)
    assert '<form method="post" id="publish_form"' not in html


def test_a_problem_that_came_up_meanwhile_is_said_and_the_note_is_kept(drinks, editor):
    seen = _seen(editor, drinks)
    Claim.objects.update(statement="")
    html = editor.post(
        _publish(drinks), {"note": "My careful words.", "seen": seen}
    ).content.decode()
    assert "statement: is missing" in html
    assert "My careful words." in html
    assert not Release.objects.exists()


def test_nothing_new_is_not_published(released, editor):
    html = _opens(editor, _publish(released))
    assert "Nothing has changed since release 1" in html
    assert 'id="publish_form"' not in html
    seen = drafts.read_draft(released).digest
    html = editor.post(_publish(released), {"note": "Again.", "seen": seen}).content.decode()
    assert "Nothing has changed since release 1" in html
    assert Release.objects.count() == 1


def test_what_editors_write_is_shown_as_text(released, editor):
    _reword(released, "<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in _opens(editor, _publish(released))


# --- releases -------------------------------------------------------------------------------------


def test_the_releases_are_listed_with_their_pinned_pages(released, editor):
    html = _opens(editor, _address(released, "releases", released.pk))
    assert f'href="/{released.slug}/@1/"' in html
    assert "The first release." in html


def test_an_old_release_is_published_again_after_a_question(released, editor):
    _reword(released, "Coffee or tea?")
    publish.publish(released, "ada", "Turned round.")
    again = _address(released, "again", released.pk, 1)
    assert again in _opens(editor, _address(released, "releases", released.pk))
    _opens(editor, again)
    assert Release.objects.count() == 2
    response = editor.post(again)
    assert response.url == _address(released, "releases", released.pk)
    newest = Release.objects.of(released.slug).first()
    assert (newest.number, newest.title, newest.editor) == (3, "Tea or coffee?", "eve")
    released.refresh_from_db()
    assert released.title == "Coffee or tea?"


def test_a_second_press_publishes_nothing_and_keeps_the_note(released, editor):
    _reword(released, "Coffee or tea?")
    sent = {"note": "Turned round.", "seen": _seen(editor, released)}
    assert editor.post(_publish(released), sent).status_code == 302
    again = editor.post(_publish(released), sent)
    assert again.status_code == 200
    html = again.content.decode()
    assert "Nothing has changed since release 2, which eve published on " in html
    assert "Turned round." in html
    assert Release.objects.count() == 2


def test_the_newest_release_is_not_published_again(released, editor):
    answer = editor.post(_address(released, "again", released.pk, 1), follow=True)
    assert "Nothing has changed since release 1, which ada published on " in answer.content.decode()
    assert Release.objects.count() == 1


def test_rows_in_another_order_can_be_published(released, editor):
    Option.objects.filter(pk=released.options.first().pk).update(position=99)
    assert "The same rows stand in another order" in _opens(editor, _publish(released))
    sent = {"note": "Sorted by name.", "seen": _seen(editor, released)}
    assert editor.post(_publish(released), sent).status_code == 302
    assert Release.objects.count() == 2


def test_a_release_that_is_not_there_cannot_be_published_again(released, editor):
    assert editor.post(_address(released, "again", released.pk, 9)).status_code == 404


def test_a_release_is_only_looked_at(released, root):
    release = Release.objects.get()
    assert root.get(_address(Release, "add")).status_code == 403
    assert root.post(_change(release), {"note": "Forged."}).status_code == 403
    assert root.get(_address(release, "delete", release.pk)).status_code == 403
    assert root.post(_address(release, "delete", release.pk), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in _opens(root, _address(Release, "changelist"))
    _opens(root, _change(release))
    response = root.post(
        _address(Release, "changelist"),
        {"action": "delete_selected", "_selected_action": [release.pk]},
    )
    assert response.status_code == 200  # no such action: the list again
    assert Release.objects.get().note == "The first release."


def test_lists_of_releases_leave_the_documents_in_the_database(
    released, root, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20) as asked:
        root.get(_address(Release, "changelist"))
        root.get(_address(released, "releases", released.pk))
    assert not any('"document"' in query["sql"] for query in asked.captured_queries)


# --- a slug that was changed without a record of it -----------------------------------------------


RECORD = {"kind": "criterion", "old": "strength", "new": "power"}
WARNING = "Strength had the address strength until now and has power. Links to the old address will be told that it was withdrawn."


@pytest.fixture
def readdressed(released) -> Comparison:
    """A draft in which the criterion Strength, published as `strength`, has the slug `power`."""
    Criterion.objects.filter(slug="strength").update(slug="power")
    return released


def _record(comparison) -> str:
    return _address(comparison, "record", comparison.pk)


def test_a_slug_changed_without_a_record_is_warned_of_and_not_refused(readdressed, editor):
    html = _opens(editor, _publish(readdressed))
    assert WARNING in words_of(html)
    assert f'href="{_change(readdressed)}#renamed-group"' in html
    assert 'id="renamed-group"' in _opens(editor, _change(readdressed))
    editor.post(
        _publish(readdressed), {"note": "All the same.", "seen": _seen(editor, readdressed)}
    )
    assert Release.objects.count() == 2
    assert WARNING not in words_of(_opens(editor, _publish(readdressed)))


def test_one_press_records_the_old_slug_and_its_links_go_on_working(readdressed, writer, editor):
    answer = writer.post(_record(readdressed), RECORD, follow=True)
    assert answer.request["PATH_INFO"] == _publish(readdressed)
    html = answer.content.decode()
    assert "Links to strength will lead to power." in html
    assert WARNING not in words_of(html)
    (row,) = readdressed.renamed.all()
    assert (row.kind, row.old, row.new) == ("criterion", "strength", "power")
    editor.post(_publish(readdressed), {"note": "Renamed.", "seen": _seen(editor, readdressed)})
    assert Release.objects.of(readdressed.slug).first().withdrawn["criterion"] == {}


@pytest.mark.parametrize(
    "changed",
    [{"new": "decaf"}, {"old": "decaf"}, {"kind": "option"}, {"kind": ""}, {"old": "<b>"}],
)
def test_only_what_is_warned_of_is_recorded(changed, readdressed, writer):
    answer = writer.post(_record(readdressed), RECORD | changed, follow=True)
    assert "The draft has changed meanwhile." in answer.content.decode()
    assert not readdressed.renamed.exists()


def test_recording_needs_permission_the_forms_token_and_a_press(readdressed, writer):
    assert writer.get(_record(readdressed)).url == _publish(readdressed)
    looker = User.objects.create_user("lou", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_comparison"))
    client = _logged_in(looker)
    html = _opens(client, _publish(readdressed))
    assert WARNING in words_of(html)
    assert _record(readdressed) not in html
    assert client.post(_record(readdressed), RECORD).status_code == 403
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(User.objects.get(username="wim"))
    assert forger.post(_record(readdressed), RECORD).status_code == 403
    assert Client().post(_record(readdressed), RECORD).status_code == 302
    assert not readdressed.renamed.exists()


@pytest.mark.parametrize("model", [Option, Source, UseCase])
def test_every_kind_of_slug_is_looked_at_and_capitals_make_no_other_name(model, released, editor):
    row = model.objects.first()
    column = "title" if model is Source else "name"
    name = getattr(row, column).upper()
    model.objects.filter(pk=row.pk).update(**{"slug": "new-slug", column: name})
    assert f"{name} had the address {row.slug} until now and has new-slug." in _opens(
        editor, _publish(released)
    )


def test_another_name_or_a_recorded_rename_is_no_warning(readdressed, editor):
    Criterion.objects.filter(slug="power").update(name="Power")
    assert 'id="readdressed"' not in _opens(editor, _publish(readdressed))
    Criterion.objects.filter(slug="power").update(name="Strength")
    readdressed.renamed.create(kind="criterion", old="strength", new="power")
    assert 'id="readdressed"' not in _opens(editor, _publish(readdressed))


# --- who may what ---------------------------------------------------------------------------------


def test_a_writer_sees_problems_and_changes_but_cannot_publish(released, writer):
    _reword(released, "Coffee or tea?")
    html = _opens(writer, _publish(released))
    assert "Coffee or tea?" in html
    assert 'id="publish_form"' not in html
    seen = drafts.read_draft(released).digest
    assert writer.post(_publish(released), {"note": "Mine.", "seen": seen}).status_code == 403
    again = _address(released, "again", released.pk, 1)
    assert writer.get(again).status_code == writer.post(again).status_code == 403
    assert again not in _opens(writer, _address(released, "releases", released.pk))
    assert Release.objects.count() == 1


@pytest.mark.parametrize("label", DRAFTS)
def test_writers_edit_every_draft(label, drinks, writer):
    html = _opens(writer, _change(_row_of(label)))
    assert 'name="_save"' in html


def test_strangers_are_sent_to_the_login(released):
    for address in (
        _change(released),
        _publish(released),
        _address(released, "again", released.pk, 1),
    ):
        response = Client().post(address)
        assert response.status_code == 302
        assert reverse("admin:login") in response.url


def test_a_member_of_staff_without_a_group_sees_nothing(released):
    client = _logged_in(User.objects.create_user("zed", is_staff=True))
    for address in (
        _change(released),
        _publish(released),
        _address(released, "releases", released.pk),
    ):
        assert client.get(address).status_code == 403


def test_publishing_is_refused_without_the_forms_token(released):
    client = Client(enforce_csrf_checks=True)
    client.force_login(_member("eve", "Editor"))
    assert client.post(_publish(released), {"note": "Forged.", "seen": "x"}).status_code == 403
    assert client.post(_address(released, "again", released.pk, 1)).status_code == 403
