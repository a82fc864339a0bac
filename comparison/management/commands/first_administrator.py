"""first_administrator: a new link for the first administrator of a site."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from comparison.web.sign_in.first_link import is_needed, new_link


class Command(BaseCommand):
    help = (
        "Prints a link by which somebody chooses name and password of the site's first "
        "administrator: good for a day, once, and only while there is none."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--origin",
            default=settings.SITE_URL or f"http://{settings.HOST}:{settings.PORT}",
            help="scheme and host with which the link begins (SITE_URL, else HOST and PORT)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_needed():
            raise CommandError(
                "There is an administrator already, who lets others in. For another account on "
                "the command line: manage.py account"
            )
        self.stdout.write(new_link(options["origin"].rstrip("/")))
