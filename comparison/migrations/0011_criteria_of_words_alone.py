"""A criterion may be words alone, without scores and importance."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comparison", "0010_row_versions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="criterion",
            name="kind",
            field=models.CharField(
                choices=[
                    ("rating", "rating"),
                    ("support", "support"),
                    ("quantity", "quantity"),
                    ("text", "text"),
                ],
                default="rating",
                help_text=(
                    "How a cell is scored: by an editor, yes / partly / no, or by a number. A text "
                    "is shown and searched, and never scored or counted."
                ),
                max_length=40,
            ),
        ),
        migrations.AlterField(
            model_name="criterion",
            name="importance",
            field=models.PositiveSmallIntegerField(
                default=3,
                help_text="0 to 5, before a use case or reader changes it. A text has none.",
            ),
        ),
    ]
