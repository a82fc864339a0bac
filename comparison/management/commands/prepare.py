"""prepare: a fresh clone -> a site that can be served."""

import hashlib
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from comparison.management.start import refuse_to_start
from comparison.models import Suggestion
from comparison.publishing import releases
from comparison.publishing.content_files.first_release import first_releases
from comparison.publishing.database_lock import one_at_a_time
from comparison.publishing.store import folder, follower
from comparison.web.caches.hub_entries import make_all

FIRST = 40  # comparisons: of which it is known what the hub shows before anybody asks
MADE_OF = ".made-of"  # beside the collected files: what they were collected from


class Command(BaseCommand):
    help = (
        "Gets the site ready: migrates the database, imports and publishes each folder of "
        "content/ whose comparison has never "
        "been there, collects static files. What editors have written, and drafts, are "
        "left as they are. What cannot be "
        "imported is a warning. Several processes may do this at once: they take turns."
    )

    requires_system_checks = []  # those of the code are for its developers

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--serve-what-is-there",
            action="store_true",
            help="where something has been published, a database or a folder that cannot be used "
            "is a warning",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_to_start()
        self.is_lenient, faults = options["serve_what_is_there"], []
        for step in (_check_folder, self._prepare_database, self._collect):
            faults += self._do(step)
        if faults:
            self._warn("\n".join([*faults, "What is published is served; nothing can be edited."]))
        make_all(FIRST)

    def _do(self, step: Callable[[], object]) -> list[str]:
        """Do a step; where it cannot be done, and readers have something to read, return why."""
        try:
            step()
        except (CommandError, OSError, *releases.AWAY) as error:
            if not (self.is_lenient and releases.are_there()):
                raise
            return [str(error).strip().partition("\n")[0]]
        return []

    def _prepare_database(self) -> None:
        call_command("migrate", verbosity=0, stdout=self.stdout, stderr=self.stderr)
        with one_at_a_time(self.stderr.write):
            first_releases(settings.CONTENT_DIR, self.stdout.write, self._warn)
            follower.look()  # what was published before releases had files
            Suggestion.objects.forget_contacts(timezone.now())
        if follower.is_away():  # damaged in a place where nothing else has looked
            raise CommandError("The database cannot be read.")

    def _collect(self) -> None:
        with folder.alone_in_turn(settings.VAR / ".static.lock"):
            made_of, kept = collected_from(), Path(settings.STATIC_ROOT) / MADE_OF
            if kept.exists() and kept.read_text(encoding="utf-8") == made_of:
                return
            call_command("collectstatic", interactive=False, verbosity=0, stdout=self.stdout)
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(made_of, encoding="utf-8")

    def _warn(self, words: str) -> None:
        self.stderr.write(f"Warning: {words}", self.style.WARNING)


def collected_from() -> str:
    """Return what tells one state of the static files from another: ours by their bytes, those of
    packages by the packages' versions.
    """
    whole = hashlib.sha256(sys.version.encode())
    for package in sorted(f"{one.name}=={one.version}" for one in distributions()):
        whole.update(package.encode())
    code = (settings.ROOT / "comparison").rglob("*.py")
    for path in sorted([*(settings.ROOT / "static").rglob("*"), *code]):
        if path.is_file():
            whole.update(f"{path.relative_to(settings.ROOT)}\n".encode())
            whole.update(path.read_bytes())
    return f"{whole.hexdigest()} {settings.STORAGES['staticfiles']['BACKEND']}"


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
