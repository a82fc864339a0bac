"""During an upgrade the version before still writes into tables that the new one has changed."""

import pytest
from django.db import migrations
from django.db.migrations.loader import MigrationLoader

from comparison.models import Comparison, Suggestion

FIRST = "0016"  # from here on two versions have run side by side
LEAVES_OLD_CODE_ALONE = (
    migrations.AddConstraint,
    migrations.AddField,
    migrations.AddIndex,
    migrations.AlterField,
    migrations.AlterModelManagers,
    migrations.AlterModelOptions,
    migrations.CreateModel,
    migrations.RemoveConstraint,
    migrations.RemoveIndex,
    migrations.RunPython,
    migrations.RunSQL,
)
LOADER = MigrationLoader(None, replace_migrations=False)
NOW = LOADER.project_state()
OURS = [
    pytest.param(migration, id=name)
    for (app, name), migration in sorted(LOADER.disk_migrations.items())
    if app == "comparison" and name >= FIRST
]


@pytest.mark.parametrize("migration", OURS)
def test_a_column_that_is_new_in_an_old_table_fills_itself(migration):
    """A row that is inserted without it is taken: it may be NULL, or the database has a default."""
    made_here = {
        one.name.lower() for one in migration.operations if isinstance(one, migrations.CreateModel)
    }
    for one in migration.operations:
        if isinstance(one, migrations.AddField) and one.model_name.lower() not in made_here:
            field = NOW.models["comparison", one.model_name.lower()].fields.get(one.name)
            assert field is None or field.null or field.many_to_many or field.has_db_default(), (
                f"{one.model_name}.{one.name}: give it a db_default, or null=True"
            )


@pytest.mark.parametrize("migration", OURS)
def test_nothing_is_taken_away_that_the_version_before_reads(migration):
    """Stop using it in one version, and take it away in the next; then allow it here by name."""
    for one in migration.operations:
        assert isinstance(one, LEAVES_OLD_CODE_ALONE), one.describe()


@pytest.mark.django_db
def test_rows_of_the_version_before_are_taken():
    before = LOADER.project_state(("comparison", "0015_counts")).apps
    made = before.get_model("comparison", "Comparison").objects.create(slug="old", title="Old")
    assert Comparison.objects.get(pk=made.pk).needs_review is False
    before.get_model("comparison", "Suggestion").objects.create(
        comparison="old", release=1, text="It is another."
    )
    assert Suggestion.objects.get(comparison="old").proposed == ""
