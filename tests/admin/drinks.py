"""A small comparison of hot drinks with a row of every kind, the people who edit it, and their
pages.
"""

from datetime import date
from html.parser import HTMLParser

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import F
from django.test import Client
from django.urls import reverse

from comparison.models import Comparison, Criterion, Release, Suggestion, UseCaseImportance
from comparison.publishing.draft.draft_writing import write_tree

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


def drafted(tree) -> Comparison:
    comparison = Comparison.objects.create(slug=tree["slug"])
    write_tree(comparison, tree)
    return comparison


def member(name: str, group: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def admin_page(row_or_model, page: str, *args) -> str:
    meta = row_or_model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def change_page(row) -> str:
    return admin_page(row, "change", row.pk)


def publish_page(comparison) -> str:
    return admin_page(comparison, "publish", comparison.pk)


def row_of(label: str):
    return apps.get_model(label)._default_manager.first()


class _Inline(HTMLParser):
    """Collects what a strict policy would block."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.violations: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "style" or "style" in given:
            self.violations.append(self.get_starttag_text())
        if (
            tag == "script"
            and "src" not in given
            and given.get("type") not in ("application/json", "text/html-template")
        ):
            self.violations.append(self.get_starttag_text())
        self.violations += [name for name in given if name.startswith("on")]


def opens(client: Client, address: str) -> str:
    """Assert that a page opens and holds nothing that the policy blocks; return its HTML."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    html = response.content.decode()
    assert _Inline(html).violations == []
    return html


def digest_seen(client: Client, comparison: Comparison) -> str:
    return client.get(publish_page(comparison)).context["page"].seen


def reword(comparison: Comparison, title: str) -> None:
    rows = Comparison.objects.filter(pk=comparison.pk)
    rows.update(title=title, version=F("version") + 1)


def importance_field(slug: str) -> str:
    return f"importances-{Criterion.objects.get(slug=slug).pk}"


def stored_importances() -> list[tuple[str, int, int]]:
    return list(UseCaseImportance.objects.values_list("criterion__slug", "importance", "position"))
