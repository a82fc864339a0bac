"""A quantity's score may follow the logarithm of its number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comparison", "0013_facts_of_options"),
    ]

    operations = [
        migrations.AddField(
            model_name="criterion",
            name="scale",
            field=models.CharField(
                choices=[("linear", "linear"), ("logarithmic", "logarithmic")],
                default="linear",
                help_text=(
                    "Quantities only. Logarithmic: each doubling counts alike; both anchors are "
                    "above 0."
                ),
                max_length=40,
            ),
        ),
    ]
