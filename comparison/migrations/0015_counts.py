"""How often something happened lately is counted in a table where no shared cache is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comparison", "0014_logarithmic_scales"),
    ]

    operations = [
        migrations.CreateModel(
            name="Count",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
    ]
