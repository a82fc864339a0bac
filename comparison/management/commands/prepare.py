"""prepare: a fresh clone -> a site that can be served."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from comparison.management.start import refuse_to_start
from comparison.publishing.content_files.first_release import first_releases
from comparison.publishing.database_lock import one_at_a_time
from comparison.publishing.store import follower


class Command(BaseCommand):
    help = (
        "Gets the site ready: migrates the database, imports and publishes each folder of "
        "content/ whose comparison has never "
        "been there, collects static files. What editors have written, and drafts, are "
        "left as they are. What cannot be "
        "imported is a warning. Several processes may do this at once: they take turns."
    )

    requires_system_checks = []  # those of the code are for its developers

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_to_start()
        _check_folder()
        call_command("migrate", verbosity=0, stdout=self.stdout, stderr=self.stderr)
        with one_at_a_time(self.stderr.write):
            first_releases(settings.CONTENT_DIR, self.stdout.write, self._warn)
            follower.look()  # what was published before releases had files
            call_command("collectstatic", interactive=False, verbosity=0, stdout=self.stdout)

    def _warn(self, words: str) -> None:
        self.stderr.write(f"Warning: {words}", self.style.WARNING)


def _check_folder() -> None:
    try:
        settings.VAR.mkdir(parents=True, exist_ok=True)
        probe = settings.VAR / ".writable"
        probe.touch()
        probe.unlink(missing_ok=True)  # another process that starts may have been quicker
    except OSError as error:
        raise CommandError(
            f"{settings.VAR} cannot be written ({error.strerror}). Make it writable, or "
            "set VAR_DIR to a folder that is."
        ) from error
