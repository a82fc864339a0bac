"""publish: a draft -> the next release."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comparison import publishing
from comparison.models import Comparison, Release


class Command(BaseCommand):
    help = (
        "Publishes drafts: checks the whole draft, names every problem, and if there is none makes it the next release. "
        "Editors do the same in the admin; this is for the first release and for scripts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="which comparisons; without one, every draft")
        parser.add_argument("--note", default="First release.", help="what is different now; readers see it")
        parser.add_argument("--editor", default="command line", help="who publishes; readers see it")
        parser.add_argument("--missing", action="store_true", help="only comparisons that have no release yet")

    def handle(self, *args: Any, **options: Any) -> None:
        drafts = Comparison.objects.filter(slug__in=options["slugs"]) if options["slugs"] else Comparison.objects.all()
        unknown = set(options["slugs"]) - {draft.slug for draft in drafts}
        if unknown:
            raise CommandError(f"There is no draft of {', '.join(sorted(unknown))}.")
        for draft in drafts:
            if options["missing"] and Release.objects.of(draft.slug).exists():
                continue
            found = publishing.read_draft(draft).problems
            if found:
                listed = "\n".join(f"  {problem.problem}" for problem in found)
                raise CommandError(f"{draft.slug} cannot be published yet:\n{listed}")
            try:
                release = publishing.publish(draft, options["editor"], options["note"])
            except publishing.Unpublishable as error:
                raise CommandError(f"{draft.slug} was not published. {error}") from error
            self.stdout.write(f"{draft.slug}: release {release.number} is published")
