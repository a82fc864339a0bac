"""An option may have a home page, a version, a licence, a status and tags."""

from django.db import migrations, models

LINES = {
    "compared_version": "Which version is compared, as its makers write it.",
    "licence": 'Under which licence it comes: "MIT".',
    "status": 'In a few words: "maintained", "security fixes until 2027".',
}


class Migration(migrations.Migration):
    dependencies = [
        ("comparison", "0012_importances_with_a_decimal"),
    ]

    operations = [
        migrations.AddField(
            model_name="option",
            name="home_page",
            field=models.CharField(
                blank=True, help_text="Where its makers tell of it.", max_length=1000
            ),
        ),
        *(
            migrations.AddField(
                model_name="option",
                name=name,
                field=models.CharField(blank=True, help_text=words, max_length=300),
            )
            for name, words in LINES.items()
        ),
        migrations.AddField(
            model_name="option",
            name="tags",
            field=models.TextField(
                blank=True,
                help_text=(
                    'Short words, one a line: "open source". Of five options and more readers '
                    "choose by those that several have."
                ),
            ),
        ),
    ]
