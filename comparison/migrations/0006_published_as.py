"""A draft knows the slug of its newest release, so that a change of its slug can be recorded as a
rename.
"""

from typing import Any

from django.db import migrations, models


def look_up(apps: Any, schema_editor: Any) -> None:
    """Write down of every draft whose slug has releases that it is published so."""
    comparisons = apps.get_model("comparison", "Comparison").objects.all()
    published = set(
        apps.get_model("comparison", "Release").objects.values_list("slug", flat=True).distinct()
    )
    former = set(
        apps.get_model("comparison", "FormerAddress").objects.values_list("slug", flat=True)
    )
    for comparison in comparisons:
        if comparison.slug in published - former:
            comparison.published_as = comparison.slug
            comparison.save(update_fields=["published_as"])


class Migration(migrations.Migration):
    dependencies = [("comparison", "0005_suggestions")]
    operations = [
        migrations.AddField(
            model_name="comparison",
            name="published_as",
            field=models.SlugField(
                blank=True,
                db_index=False,
                default="",
                editable=False,
                help_text="The slug of its newest release; publishing writes it.",
                max_length=80,
            ),
        ),
        migrations.AddConstraint(
            model_name="comparison",
            constraint=models.UniqueConstraint(
                condition=~models.Q(published_as=""),
                fields=["published_as"],
                name="comparison_published_as_once",
            ),
        ),
        migrations.AlterField(
            model_name="comparison",
            name="slug",
            field=models.SlugField(
                help_text=(
                    "The address readers use. If it changes later, the old one leads here for ever."
                ),
                max_length=80,
                unique=True,
            ),
        ),
        migrations.RunPython(look_up, migrations.RunPython.noop),
    ]
