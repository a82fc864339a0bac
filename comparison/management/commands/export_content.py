"""export_content: a release -> a folder of content files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from comparison.publishing import releases
from comparison.publishing.content_files.content_export import export_folder


class Command(BaseCommand):
    help = (
        "Writes a release as a folder of content files: the same release always gives the "
        "same bytes. Without --into it goes "
        "to content/, where it replaces the folder of that name as a whole."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the comparison, for example fastapi-vs-django")
        parser.add_argument(
            "--release", type=int, metavar="N", help="which release; without it the newest"
        )
        parser.add_argument(
            "--into",
            type=Path,
            default=settings.CONTENT_DIR,
            metavar="FOLDER",
            help="where to write it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        slug, number = options["slug"], options["release"]
        newest = releases.current(slug)
        release = releases.several(newest, (number,)).get(number) if newest and number else newest
        if release is None:
            raise CommandError(
                f"There is no release {number or ''} of {slug}. Publish one first.".replace(
                    "  ", " "
                )
            )
        folder = export_folder(release.document, options["into"])
        self.stdout.write(f"{slug} @{release.number}: written to {folder}")
