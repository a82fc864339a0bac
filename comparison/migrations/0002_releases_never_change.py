"""The database itself refuses to change or delete a release."""

from typing import Any

from django.db import migrations

SQLITE = [
    f"""
    CREATE TRIGGER release_no_{action} BEFORE {action.upper()} ON comparison_release
    BEGIN SELECT RAISE(ABORT, 'A release is never changed or deleted.'); END
    """
    for action in ("update", "delete")
] + [
    # INSERT OR REPLACE deletes without firing the trigger above
    """
    CREATE TRIGGER release_no_replace BEFORE INSERT ON comparison_release
    WHEN EXISTS (
        SELECT 1 FROM comparison_release
        WHERE id = NEW.id OR (slug = NEW.slug AND number = NEW.number)
    )
    BEGIN
        SELECT RAISE(ABORT, 'A release is never changed or deleted: UNIQUE constraint failed');
    END
    """
]
POSTGRESQL = [
    """
    CREATE FUNCTION release_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'A release is never changed or deleted.'; END $$
    """,
    """
    CREATE TRIGGER release_no_change BEFORE UPDATE OR DELETE ON comparison_release
    FOR EACH ROW EXECUTE FUNCTION release_refuse()
    """,
]
BACK = {
    "sqlite": [f"DROP TRIGGER release_no_{action}" for action in ("update", "delete", "replace")],
    "postgresql": [
        "DROP TRIGGER release_no_change ON comparison_release",
        "DROP FUNCTION release_refuse()",
    ],
}


def forward(apps: Any, schema_editor: Any) -> None:
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backward(apps: Any, schema_editor: Any) -> None:
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("comparison", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
