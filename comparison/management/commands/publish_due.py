"""publish_due: what is to be published by now -> the next releases."""

from typing import Any

from django.core.management.base import BaseCommand

from comparison.publishing.editorial.schedules import publish_due


class Command(BaseCommand):
    help = (
        "Publishes the drafts whose time has come, as publishers set it in the admin, and says "
        "what it did. A draft that was changed since, has problems or lacks an approval is not "
        "published: why stands on the admin's first page until somebody decides. For a timer: "
        "every minute, on one server or on several."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for outcome in publish_due():
            schedule = outcome.schedule
            if outcome.release:
                self.stdout.write(f"{schedule.slug}: release {outcome.release} is published")
            else:
                self.stderr.write(f"{schedule.slug} was not published. {outcome.why}")
