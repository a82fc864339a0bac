# What a reader proposes and quotes, when it was decided on, and what it became in the draft.

from typing import Any

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models
from django.utils import timezone


def decided_now(apps: Any, schema_editor: Any) -> None:
    """Nobody wrote down when these were decided on: their contacts are kept from today."""
    Suggestion = apps.get_model("comparison", "Suggestion")
    Suggestion.objects.exclude(state="new").update(decided_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("comparison", "0017_sign_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="suggestion",
            name="decided_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="decided"),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="has_made_row",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="into_cell",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="comparison.cell",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="into_claim",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="comparison.claim",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="into_source",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="comparison.source",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="proposed",
            field=models.CharField(
                blank=True, db_default="", help_text="What it should say instead.", max_length=300
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="quote",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="What the source says, word for word.",
                max_length=500,
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("proposed"), 300
                    )
                ),
                name="suggestion_proposed_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("quote"), 500
                    )
                ),
                name="suggestion_quote_length",
            ),
        ),
        migrations.RunPython(decided_now, migrations.RunPython.noop),
    ]
