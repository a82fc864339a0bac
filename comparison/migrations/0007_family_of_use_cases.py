"""A use case may belong to a family, with which readers see it together."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comparison", "0006_published_as"),
    ]

    operations = [
        migrations.AddField(
            model_name="usecase",
            name="family",
            field=models.CharField(
                blank=True,
                help_text=(
                    'Cases of one family are shown together: "APIs and services". Empty: no family.'
                ),
                max_length=300,
            ),
        ),
    ]
