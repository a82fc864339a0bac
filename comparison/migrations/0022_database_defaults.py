"""A server of the version before, which knows nothing of reviews, can still add comparisons."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comparison", "0021_row_history"),
    ]

    operations = [
        migrations.AlterField(
            model_name="comparison",
            name="needs_review",
            field=models.BooleanField(
                db_default=False,
                default=False,
                editable=False,
                help_text="Nothing is published that somebody else has not approved.",
            ),
        ),
        migrations.AlterField(
            model_name="historicalcomparison",
            name="needs_review",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
    ]
