"""How often a draft is read and judged on its way to readers: once, whoever publishes it."""

from collections import Counter

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.urls import reverse

from comparison.core.document.schema import Document
from comparison.models import Comparison, Release
from comparison.publishing import drafts, inspection, publish, releases
from comparison.publishing.content_files.content_export import export_folder
from comparison.publishing.content_files.content_import import read_folder
from tests import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    """A draft with something new in it since its first release."""
    draft = worlds.draft()
    publish.publish(draft, "eve", "First.")
    Comparison.objects.filter(pk=draft.pk).update(title="Cyd, Bob or Ada?")
    return draft


@pytest.fixture
def effort(monkeypatch):
    """What is done, by the function's name: rows read, a tree judged, a tree read by the schema, a
    release read.
    """
    done = Counter()

    def count(holder, name):
        real = getattr(holder, name)

        def counting(*args, **options):
            done[name] += 1
            return real(*args, **options)

        monkeypatch.setattr(holder, name, counting)

    count(drafts, "stored_draft")
    count(inspection, "examine")
    count(Document, "model_validate")
    count(Document, "model_validate_json")
    return done


def by_hand(draft, seen, client):
    publish.publish(draft, "ann", "Turned round.", seen)


def by_command(draft, seen, client):
    call_command("publish", draft.slug, note="Turned round.")


def in_the_admin(draft, seen, client):
    client.force_login(User.objects.create_superuser("root"))
    address = reverse("admin:comparison_comparison_publish", args=[draft.pk])
    client.post(address, {"note": "Turned round.", "seen": seen})


@pytest.mark.parametrize("way", [by_hand, by_command, in_the_admin])
def test_a_draft_is_read_once_and_judged_once_on_publishing(way, draft, effort, client):
    seen = drafts.read_draft(draft).digest
    releases.memory.forget()
    effort.clear()
    way(draft, seen, client)
    assert Release.objects.count() == 2
    assert effort == {
        "stored_draft": 1,
        "examine": 1,
        "model_validate": 1,
        "model_validate_json": 1,  # the newest release, which it is held against
    }


def test_content_is_judged_once_on_reading(effort, tmp_path):
    folder = export_folder(worlds.tiny(), tmp_path)
    effort.clear()
    read_folder(folder)
    assert effort == {"examine": 1, "model_validate": 1}
