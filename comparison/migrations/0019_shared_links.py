"""How often links that were passed on were opened is counted, of nobody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comparison", "0018_suggested_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="SharedLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80)),
                ("day", models.DateField(db_index=True)),
                ("query", models.CharField(max_length=1000)),
                ("opened", models.PositiveIntegerField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("slug", "day", "query"), name="shared_link_once_a_day"
                    )
                ],
            },
        ),
    ]
