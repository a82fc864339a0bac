"""prepare: a fresh clone -> a site that can be served."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = (
        "Gets the site ready: migrates the database, imports content/ where there is no such draft, publishes what has no "
        "release yet, collects static files. Running it again changes nothing that editors have written."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        _check_folder()
        call_command("migrate", verbosity=0, stdout=self.stdout)
        call_command("import_content", missing=True, stdout=self.stdout)
        call_command("publish", missing=True, stdout=self.stdout)
        call_command("collectstatic", interactive=False, verbosity=0, stdout=self.stdout)


def _check_folder() -> None:
    try:
        settings.VAR.mkdir(parents=True, exist_ok=True)
        probe = settings.VAR / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CommandError(
            f"{settings.VAR} cannot be written ({error.strerror}). Make it writable, or set VAR_DIR to a folder that is."
        ) from error
