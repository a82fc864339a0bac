"""Every form of the admin can be saved: rows of the shipped comparisons come back unchanged, and no
form grows past bearing.
"""

import os
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comparison.models import Claim, Comparison, Option, Source
from comparison.models.rows import Row
from comparison.publishing import publish
from comparison.publishing.draft.draft_rows import tree_of
from tests import worlds
from tests.admin.filled_form import FilledForm, send

pytestmark = pytest.mark.django_db

ALL_ROWS = os.environ.get("ALL_ROWS") == "1"  # `make soak`: every row, which takes minutes
CLAIMS = 5 if ALL_ROWS else 1  # on each cell
ROWS_OF_A_KIND = 3  # the first, the last, one between; all in a soak
MOST_BYTES, MOST_FIELDS, MOST_QUERIES = 150_000, 160, 30
KINDS = [model for model in admin.site._registry if issubclass(model, Row | Comparison)]


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


def _rows_of(kind: type[Model]) -> list[Any]:
    return list(kind._default_manager.order_by("pk"))


def _some(rows: list[Any]) -> list[Any]:
    """Return the first row, the last, and some between them."""
    step = max(1, len(rows) // (ROWS_OF_A_KIND - 1))
    return rows if ALL_ROWS else [*rows[:-1][::step], *rows[-1:]]


def _page_of(kind: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:comparison_{kind._meta.model_name}_{page}", args=args)


def _saved_as_it_is(client: Client, row: Model) -> None:
    """Send a row's form as a browser would whose editor only presses Save; assert that it is small,
    and taken.
    """
    address = _page_of(type(row), "change", row.pk)
    with CaptureQueriesContext(connection) as seen:
        html = client.get(address).content
    sent = FilledForm(html.decode(), f"{row._meta.model_name}_form").sent
    assert len(html) < MOST_BYTES, address
    assert 3 < len(sent) <= MOST_FIELDS, address
    assert len(seen) <= MOST_QUERIES, address
    answer = send(client, address, sent | {"_save": "Save"})
    assert answer.status_code == 302, (address, answer.context and answer.context.get("errors"))


@pytest.mark.parametrize("slug", ["fastapi-vs-django", *["python-app-servers"] * ALL_ROWS])
def test_every_row_of_what_is_shipped_is_saved_unchanged_through_its_form(
    slug: str, client: Client
) -> None:
    comparison = worlds.draft(publish.plain(worlds.content(slug)))
    before = tree_of(comparison)[0]
    for kind in KINDS:
        for row in _some(_rows_of(kind)):
            _saved_as_it_is(client, row)
    assert tree_of(comparison)[0] == before


def _large_tree() -> dict[str, Any]:
    """Return 30 options by 120 criteria with claims on every cell, 40 use cases, and something of
    every kind for every option.
    """
    tree = worlds.large_tree(30, 120, claims_per_cell=CLAIMS)
    options = [option["slug"] for option in tree["options"]]
    sources = [source["slug"] for source in tree["sources"]]
    quantity = {"spelling": "1 ms", "low": 1, "unit": "ms"}
    tree["use_cases"] = [
        {
            **tree["use_cases"][number % 8],
            "slug": f"case-{number}",
            "importances": {c["slug"]: number % 6 for c in tree["criteria"]},
        }
        for number in range(40)
    ]
    for source in tree["sources"]:
        source["advice"] = [
            {
                "slug": case["slug"],
                "use_case": case["slug"],
                "choices": [{"option": option} for option in options[:3]],
            }
            for case in tree["use_cases"]
        ]
        source["verdicts"] = [{"slug": option, "option": option} for option in options]
    stated = [
        (option, {"slug": option, "source": sources[0], "place": "Nowhere"}) for option in options
    ]
    figures = [
        {"slug": option, "option": option, "metric": "latency", "quantity": quantity}
        for option in options
    ]
    return tree | {
        "prose": {"matrix": "Read *across*."},
        "renamed": [
            {"kind": "option", "old": f"was-{option}", "new": option} for option in options[:3]
        ],
        "components": [
            {"slug": f"{option}-part", "name": option, "option": option} for option in options
        ],
        "workloads": [{"slug": option, "name": option} for option in options],
        "runs": [
            {"slug": o, "name": o, "source": sources[0], "workload": o, "figures": figures}
            for o in options
        ],
        "derived_figures": [
            common | {"kind": "ratio", "figures": [f"{o}/{o}"], "stated": quantity}
            for o, common in stated
        ],
        "questions": [
            {
                "slug": o,
                "text": o,
                "answers": [
                    {"slug": "yes", "text": "Yes", "options": options},
                    {"slug": "no", "text": "No"},
                ],
            }
            for o in options
        ],
        "costs": [
            common | {"option": o, "item": "A month", "amount": quantity} for o, common in stated
        ],
        "migrations": [
            common | {"start": options[0], "target": o, "time": quantity} for o, common in stated
        ],
        "stories": [
            common
            | {"option": o, "figures": [{"name": "Saved", "kind": "gain", "quantity": quantity}]}
            for o, common in stated
        ],
        "popularity": [
            common | {"option": o, "metric": "Stars", "quantity": quantity} for o, common in stated
        ],
        "points": [
            common | {"option": o, "topic": "pro", "text": "It is there."} for o, common in stated
        ],
        "hybrids": [
            common | {"name": o, "roles": [{"option": other} for other in options[:9]]}
            for o, common in stated
        ],
        "answered_questions": [
            common | {"question": "Why?", "answer": "So."} for _, common in stated
        ],
        "samples": [
            {
                "slug": o,
                "topic": "Hello",
                "option": o,
                "files": [{"path": "a.py", "text": "print()"}],
            }
            for o in options
        ],
    }


def test_every_form_of_a_large_comparison_is_small_and_can_be_saved(client: Client) -> None:
    comparison = worlds.draft(_large_tree())
    before = tree_of(comparison)[0]
    for kind in KINDS:
        rows = _rows_of(kind)
        for row in (rows[0], rows[-1]):
            _saved_as_it_is(client, row)
        assert len(client.get(_page_of(kind, "add")).content) < MOST_BYTES, kind
    assert tree_of(comparison)[0] == before
    worlds.draft(worlds.tiny_tree())
    for kind in KINDS:
        assert len(client.get(_page_of(kind, "add")).content) < MOST_BYTES, (
            f"{kind}, of two comparisons"
        )


def test_deleting_names_what_is_chosen_and_counts_what_goes_along(client: Client) -> None:
    comparison = worlds.draft(worlds.large_tree(4, 12, claims_per_cell=3))
    source, claim = Source.objects.order_by("pk")[0], Claim.objects.order_by("pk")[0]
    count = source.claims.count()
    page = client.get(_page_of(Source, "delete", source.pk))
    assert dict(page.context["model_count"]) == {"sources": 1, "claims": count}
    assert _page_of(Claim, "change", claim.pk) not in page.content.decode()
    option = comparison.options.all()[0]
    page = client.get(_page_of(Option, "delete", option.pk))
    # they keep the option
    assert f"… and {option.claims.count() - 20} more claims" in page.content.decode()
    client.post(_page_of(Comparison, "delete", comparison.pk), {"post": "yes"})
    client.post(_page_of(Source, "delete", source.pk), {"post": "yes"})
    assert Comparison.objects.get() == comparison
    assert not Claim.objects.filter(source=source.pk).exists()


def test_who_may_not_delete_what_goes_along_deletes_nothing() -> None:
    worlds.draft(worlds.large_tree(2, 2, claims_per_cell=1))
    source = Claim.objects.order_by("pk")[0].source
    user = User.objects.create_user("ada", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["view_source", "delete_source"])
    )
    client = Client()
    client.force_login(user)
    assert client.get(_page_of(Source, "delete", source.pk)).context["perms_lacking"] == {"claim"}
    assert client.post(_page_of(Source, "delete", source.pk), {"post": "yes"}).status_code == 403
    assert Source.objects.filter(pk=source.pk).exists()


def test_no_more_rows_are_chosen_at_once_than_a_form_carries(client: Client) -> None:
    worlds.draft(worlds.large_tree(10, 12, claims_per_cell=1))
    page = client.get(_page_of(Claim, "changelist"), follow=True)
    chosen = [row.pk for row in page.context["cl"].result_list]
    assert 0 < len(chosen) < Claim.objects.count()
    assert "across all pages" not in page.content.decode()
    page = send(
        client,
        _page_of(Claim, "changelist"),
        {"action": "delete_selected", "_selected_action": chosen},
    )
    assert page.status_code == 200
    assert dict(page.context["model_count"]) == {"claims": len(chosen)}
