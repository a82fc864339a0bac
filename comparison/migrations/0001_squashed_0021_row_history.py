"""A new database gets its tables as they are after the last of these migrations, at once.

For each operation Django renders every related model anew: one after the other they take a new
database ten seconds, at once they take one. An older database goes on with those it has not had.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, ClassVar

from django.conf import settings
from django.db import migrations
from django.db.migrations.operations.base import Operation

NAMES = (
    "0001_initial",
    "0002_releases_never_change",
    "0003_findings_and_samples",
    "0004_renamed_and_changed",
    "0005_suggestions",
    "0006_published_as",
    "0007_family_of_use_cases",
    "0008_parent_question_of_answers",
    "0009_what_a_draft_may_lack",
    "0010_row_versions",
    "0011_criteria_of_words_alone",
    "0012_importances_with_a_decimal",
    "0013_facts_of_options",
    "0014_logarithmic_scales",
    "0015_counts",
    "0016_confinement",
    "0017_sign_in",
    "0018_suggested_changes",
    "0019_shared_links",
    "0020_reviews_schedules_withholdings",
    "0021_row_history",
)
OPERATIONS: Sequence[Operation] = [
    operation
    for name in NAMES
    for operation in import_module(f"comparison.migrations.{name}").Migration.operations
]


class AtOnce(Operation):
    """Several operations on an app that has no table yet: all of them are done to the models, and
    each table is made once, as its model is in the end. What is Python is run when they are there.
    """

    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def describe(self) -> str:
        return "Make the tables"

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)  # rendered once, when all is done
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for model in to_state.apps.get_app_config(app_label).get_models():
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)
        for operation in self.operations:
            if isinstance(operation, migrations.RunPython):
                operation.database_forwards(app_label, schema_editor, to_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for operation in reversed(self.operations):
            if isinstance(operation, migrations.RunPython):
                operation.database_backwards(app_label, schema_editor, from_state, from_state)
        for model in reversed(list(from_state.apps.get_app_config(app_label).get_models())):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)


class Migration(migrations.Migration):
    initial = True
    replaces: ClassVar = [("comparison", name) for name in NAMES]
    dependencies: ClassVar = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations: ClassVar = [AtOnce(OPERATIONS)]
