"""import_content: folders of content files -> drafts."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from comparison.core.document.unwritten import unwritten
from comparison.models import Comparison
from comparison.publishing.content_files.content_import import (
    BrokenContent,
    content_folders,
    import_folder,
    read_folder,
)
from comparison.publishing.inspection import MOST_LINES, listed


class Command(BaseCommand):
    help = (
        "Reads folders of content files into drafts. A folder is taken whole or refused "
        "whole, and every problem is named "
        "with its file and line. Readers see nothing of it until somebody publishes. "
        "Without a folder, every folder under "
        "content/ is read. An existing draft is never overwritten unless you say --replace."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folders",
            nargs="*",
            type=Path,
            metavar="FOLDER",
            help="for example content/fastapi-vs-django",
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="only say what is wrong; write nothing, need no database",
        )
        parser.add_argument(
            "--missing", action="store_true", help="pass over comparisons that have a draft already"
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help="overwrite existing drafts, and what editors changed in them",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folders: list[Path] = options["folders"] or _all_folders()
        broken: list[str] = []
        for folder in folders:
            if not folder.is_dir() and not folder.is_symlink():  # a link is refused below, in words
                raise CommandError(f"{folder} is not a folder.")
            if (
                options["missing"]
                and Comparison.objects.filter(slug=folder.resolve().name).exists()
            ):
                continue
            missing: tuple[str, ...] = ()
            try:
                if options["check"]:
                    missing = unwritten(read_folder(folder))
                else:
                    import_folder(folder, replace=options["replace"])
            except BrokenContent as error:
                broken += map(str, error.problems)
            except FileExistsError as error:
                if options["missing"]:  # under the slug that it had before
                    continue
                broken.append(
                    f"{error} Add --replace to overwrite it, or --missing to pass over it."
                )
            else:
                self.stdout.write(
                    f"{folder.name}: "
                    f"{'nothing is wrong' if options['check'] else 'imported as a draft'}"
                )
                for line in missing:
                    self.stdout.write(f"  {line}")
        if broken:
            raise CommandError(
                "\n".join(
                    [*listed(broken, MOST_LINES - 1), "Nothing of these folders was imported."]
                )
            )


def _all_folders() -> list[Path]:
    try:
        return content_folders(settings.CONTENT_DIR)
    except BrokenContent as broken:
        raise CommandError(str(broken)) from broken
