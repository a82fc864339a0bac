"""Importances take one decimal."""

from django.db import migrations

import comparison.models.rows


class Migration(migrations.Migration):
    dependencies = [
        ("comparison", "0011_criteria_of_words_alone"),
    ]

    operations = [
        migrations.AlterField(
            model_name="criterion",
            name="importance",
            field=comparison.models.rows.ImportanceField(
                default=3,
                help_text=(
                    "0 to 5, one decimal at most, before a use case or reader changes it. A text "
                    "has none."
                ),
            ),
        ),
        migrations.AlterField(
            model_name="usecase",
            name="otherwise",
            field=comparison.models.rows.ImportanceField(
                blank=True,
                help_text=(
                    "Importance of the criteria not named below. Empty: their own defaults."
                ),
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="usecaseimportance",
            name="importance",
            field=comparison.models.rows.ImportanceField(
                default=3, help_text="0 to 5, one decimal at most."
            ),
        ),
    ]
