"""Scales, and the reasons of scores, may be missing: what editors are told of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comparison", "0008_parent_question_of_answers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="criterion",
            name="scale_low",
            field=models.CharField(
                blank=True,
                help_text=(
                    "What a score of 0 means, in words. Empty: readers hear that nobody wrote it."
                ),
                max_length=300,
            ),
        ),
        migrations.AlterField(
            model_name="criterion",
            name="scale_high",
            field=models.CharField(
                blank=True,
                help_text="What a score of 10 means, in words. The same.",
                max_length=300,
            ),
        ),
        migrations.AlterField(
            model_name="cell",
            name="note",
            field=models.TextField(
                blank=True,
                help_text="Why this value. A score without it is shown to have no reason.",
            ),
        ),
    ]
