"""publish: a draft -> the next release."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comparison.models import Comparison, Release
from comparison.publishing import publish
from comparison.publishing.drafts import Unpublishable
from comparison.publishing.inspection import listed


class Command(BaseCommand):
    help = (
        "Publishes drafts: checks each whole draft, names every problem, and if there is "
        "none makes it the next release. "
        "Only what you name is published; a draft that says what readers see already makes "
        "no release, and that is no error. "
        "One that cannot be published does not keep the others back. Editors do the same "
        "in the admin; this is for scripts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "slugs",
            nargs="*",
            metavar="SLUG",
            help="which comparisons, for example fastapi-vs-django",
        )
        parser.add_argument(
            "--all",
            action="store_true",
            help="every draft that there is, editors' unfinished ones too",
        )
        parser.add_argument(
            "--note", help="what is different now; readers see it. Only a first release needs none"
        )
        parser.add_argument(
            "--without-review",
            action="store_true",
            help="also what needs review and was not approved; it is told in the log",
        )
        parser.add_argument("--editor", default="the editors", help="who publishes; readers see it")

    def handle(self, *args: Any, **options: Any) -> None:
        refused = [
            words
            for draft in _wanted(options["slugs"], options["all"])
            if (words := self._publish(draft, options))
        ]
        if refused:
            raise CommandError("\n".join(refused))

    def _publish(self, draft: Comparison, options: dict[str, Any]) -> str:
        """Publish one draft and say so; return why it cannot be, or nothing."""
        note = options["note"]
        if note is None:
            note = "" if Release.objects.ever_of(draft.address).exists() else "First release."
        try:
            release = publish.publish(
                draft, options["editor"], note, is_past_review=options["without_review"]
            )
        except publish.Unchanged as unchanged:
            self.stdout.write(f"{draft.slug}: {unchanged}")
        except Unpublishable as refusal:
            return _words_of(refusal, draft.slug, note)
        else:
            self.stdout.write(f"{draft.slug}: release {release.number} is published")
        return ""


def _words_of(refusal: Unpublishable, slug: str, note: str) -> str:
    """Return why a draft was not published: every problem on a line of its own where it
    has some.
    """
    if refusal.problems:
        problems = [f"  {problem}" for problem in refusal.problems]
        return "\n".join(listed([f"{slug} cannot be published yet:", *problems]))
    hint = "" if note.strip() else ' For example: --note "Prices of this year."'
    return f"{slug} was not published. {refusal}{hint}"


def _wanted(slugs: list[str], every: bool) -> list[Comparison]:
    """Return the drafts that are to be published, in the order in which they were named."""
    drafts = {draft.slug: draft for draft in Comparison.objects.order_by("slug")}
    if every and not slugs:
        return list(drafts.values())
    if every or not slugs:
        there = (
            f" There are drafts of {', '.join(drafts)}."
            if drafts
            else " There is no draft yet: import one first."
        )
        raise CommandError(f"Name what to publish, or say --all for every draft, not both.{there}")
    if unknown := [slug for slug in slugs if slug not in drafts]:
        raise CommandError(f"There is no draft of {', '.join(unknown)}. Nothing was published.")
    return [drafts[slug] for slug in dict.fromkeys(slugs)]
