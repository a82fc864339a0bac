"""prepare: a fresh clone -> a site that can be served."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Gets the site ready: migrates the database, imports content/ where there is no such draft, publishes what has no "
        "release yet, collects static files. Running it again changes nothing that editors have written."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, stdout=self.stdout)
        call_command("import_content", missing=True, stdout=self.stdout)
        call_command("publish", missing=True, stdout=self.stdout)
        call_command("collectstatic", interactive=False, verbosity=0, stdout=self.stdout)
