"""A release refuses to change, by code and in the database; and releases are asked for by name."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from comparison.models import Option, Release
from comparison.publishing import publish
from tests import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def release():
    return publish.publish(worlds.draft(), "eve", "First.")


CODE = {
    "save": lambda release: release.save(),
    "save some fields": lambda release: release.save(update_fields=["note"]),
    "delete": lambda release: release.delete(),
    "update a queryset": lambda release: Release.objects.all().update(note="x"),
    "update one": lambda release: Release.objects.filter(pk=release.pk).update(note="x"),
    "delete a queryset": lambda release: Release.objects.all().delete(),
    "update in bulk": lambda release: Release.objects.bulk_update([release], ["note"]),
    "update or create": lambda release: Release.objects.update_or_create(
        slug="tiny", number=1, defaults={"note": "x"}
    ),
    "through a queryset of it": lambda release: Release.objects.of("tiny").update(note="x"),
}


@pytest.mark.parametrize("act", CODE.values(), ids=list(CODE))
def test_code_cannot_change_or_delete_a_release(release, act):
    release.note = "Changed"
    with pytest.raises(TypeError, match=r"never (changed|deleted)"), transaction.atomic():
        act(release)
    assert Release.objects.get().note == "First."


def raw(statement, *values):
    def act(release):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return act


DATABASE = {
    "update in SQL": raw("UPDATE comparison_release SET note = 'x'"),
    "update nothing really": raw("UPDATE comparison_release SET note = note"),
    "renumber": raw("UPDATE comparison_release SET number = 9"),
    "delete in SQL": raw("DELETE FROM comparison_release WHERE slug = %s", "tiny"),
    "the base manager": lambda release: Release._base_manager.update(note="x"),
    "delete past the collector": lambda release: models.QuerySet(Release).delete(),
    "a new object of the same key": lambda release: models.Model.save(
        Release(pk=release.pk, slug="tiny", number=1, published_at=release.published_at)
    ),
    "insert over it": lambda release: Release.objects.bulk_create(
        [Release(slug="tiny", number=1, note="x", published_at=release.published_at)],
        update_conflicts=True,
        unique_fields=["slug", "number"],
        update_fields=["note"],
    ),
}


@pytest.mark.parametrize("act", DATABASE.values(), ids=list(DATABASE))
def test_the_database_itself_refuses_to_change_or_delete_a_release(release, act):
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        act(release)
    assert Release.objects.get().note == "First."


def test_a_number_is_given_once_and_from_one(release):
    for number in (1, 0):
        with pytest.raises(IntegrityError), transaction.atomic():
            Release(slug="tiny", number=number, published_at=release.published_at).save()


def test_releases_are_asked_for_by_name():
    draft = worlds.draft()
    publish.publish(draft, "eve", "First.")
    Option.objects.update(line="Imaginary.")
    publish.publish(draft, "eve", "Second.")
    assert Release.objects.latest_number("tiny") == 2
    assert Release.objects.latest_number("nowhere") is None
    assert str(Release.objects.of("tiny").first()) == "tiny @2"
    assert Release.objects.of("tiny").first().get_absolute_url() == "/tiny/@2/"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces rows on insert")
def test_a_release_cannot_be_replaced_on_insert(release):
    replace = raw(
        "INSERT OR REPLACE INTO comparison_release SELECT id, slug, number, title, "
        "document, prose, digest, editor, 'x', "
        "published_at, changed, withdrawn FROM comparison_release"
    )
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        replace(release)
    assert Release.objects.get().note == "First."
