"""The question that an answer belongs to has a name of its own beside the one that it leads to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comparison", "0007_family_of_use_cases"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="answer", name="answer_slug_once"),
        migrations.RenameField(model_name="answer", old_name="asked", new_name="parent_question"),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                fields=("parent_question", "slug"), name="answer_slug_once"
            ),
        ),
    ]
