"""What somebody decided of a draft or a release is recorded, and the database refuses to change it;
what is to be published later is kept.
"""

from typing import Any

from django.db import migrations, models

NEVER = "A record of what was decided is never changed or deleted."
TABLES = ("review", "withholding")
SQLITE = [
    f"""
    CREATE TRIGGER {table}_no_{action} BEFORE {action.upper()} ON comparison_{table}
    BEGIN SELECT RAISE(ABORT, '{NEVER}'); END
    """
    for table in TABLES
    for action in ("update", "delete")
] + [
    # INSERT OR REPLACE deletes without firing the trigger above
    f"""
    CREATE TRIGGER {table}_no_replace BEFORE INSERT ON comparison_{table}
    WHEN EXISTS (SELECT 1 FROM comparison_{table} WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, '{NEVER} UNIQUE constraint failed'); END
    """  # noqa: S608
    for table in TABLES
]
POSTGRESQL = [
    f"""
    CREATE FUNCTION decided_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{NEVER}'; END $$
    """,
    *(
        f"""
        CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON comparison_{table}
        FOR EACH ROW EXECUTE FUNCTION decided_refuse()
        """
        for table in TABLES
    ),
]
BACK = {
    "sqlite": [
        f"DROP TRIGGER {table}_no_{action}"
        for table in TABLES
        for action in ("update", "delete", "replace")
    ],
    "postgresql": [
        *(f"DROP TRIGGER {table}_no_change ON comparison_{table}" for table in TABLES),
        "DROP FUNCTION decided_refuse()",
    ],
}


def forward(apps: Any, schema_editor: Any) -> None:
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backward(apps: Any, schema_editor: Any) -> None:
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("comparison", "0019_shared_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="LastLook",
            fields=[
                ("command", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "comparison",
                    models.PositiveBigIntegerField(
                        db_index=True,
                        help_text="The key of the comparison, whose draft may be deleted later.",
                    ),
                ),
                ("slug", models.CharField(help_text="The slug that the draft had.", max_length=80)),
                (
                    "digest",
                    models.CharField(help_text="Of the draft as it was looked at.", max_length=64),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("asked", "asked for review"),
                            ("approved", "approved"),
                            ("sent-back", "sent back"),
                        ],
                        max_length=20,
                    ),
                ),
                ("editor", models.CharField(help_text="Who asked, or answered.", max_length=150)),
                (
                    "changed_by",
                    models.CharField(
                        blank=True,
                        help_text="Who had changed the draft last; empty: not known.",
                        max_length=150,
                    ),
                ),
                ("comment", models.TextField(blank=True, help_text="What they said with it.")),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.AlterModelOptions(
            name="comparison",
            options={
                "ordering": ["title"],
                "permissions": [
                    ("publish_comparison", "Can publish a comparison"),
                    ("demand_review", "Can say whether a comparison needs review"),
                ],
            },
        ),
        migrations.AlterModelOptions(
            name="release",
            options={
                "ordering": ["slug", "-number"],
                "permissions": [("withhold_release", "Can withhold a release from readers")],
            },
        ),
        migrations.AddField(
            model_name="comparison",
            name="needs_review",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Nothing is published that somebody else has not approved.",
            ),
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "comparison",
                    models.PositiveBigIntegerField(
                        help_text="The key of the comparison, whose draft may be deleted meanwhile."
                    ),
                ),
                ("slug", models.CharField(help_text="The slug that the draft had.", max_length=80)),
                (
                    "digest",
                    models.CharField(
                        help_text="Of the draft that is to be published.", max_length=64
                    ),
                ),
                ("due", models.DateTimeField(help_text="When.")),
                ("note", models.TextField(help_text="Its change note.")),
                ("editor", models.CharField(help_text="Who publishes it.", max_length=150)),
                ("made_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits"),
                            ("stopped", "was not published"),
                            ("published", "was published"),
                            ("withdrawn", "was withdrawn"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                ("why", models.TextField(blank=True, help_text="Why it was not published.")),
                (
                    "release",
                    models.PositiveIntegerField(help_text="The number that it got.", null=True),
                ),
                (
                    "closed_by",
                    models.CharField(blank=True, help_text="Who withdrew it.", max_length=150),
                ),
            ],
            options={
                "ordering": ["due", "pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "stopped"])),
                        fields=("comparison",),
                        name="schedule_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Withholding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        db_index=False,
                        help_text="Under which the release came out, or the comparison's.",
                        max_length=80,
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="Of the release; 0 is the whole comparison."
                    ),
                ),
                (
                    "step",
                    models.PositiveIntegerField(
                        help_text="1, 2, 3 ... of the same release or comparison."
                    ),
                ),
                (
                    "is_withheld",
                    models.BooleanField(help_text="From now on; otherwise readers see it again."),
                ),
                (
                    "reason",
                    models.TextField(help_text="Readers read it in the place of what is withheld."),
                ),
                ("editor", models.CharField(help_text="Who decided it.", max_length=150)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("slug", "number", "step"), name="withholding_step_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("step__gte", 1)), name="withholding_step_from_one"
                    ),
                ],
            },
        ),
        migrations.RunPython(forward, backward),
    ]
