"""forget_contacts: whom to thank for a suggestion is deleted some time after the decision."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from comparison.models import Suggestion
from comparison.models.suggestions import CONTACT_KEPT


class Command(BaseCommand):
    help = (
        f"Deletes the contacts of readers whose suggestion was decided on more than "
        f"{CONTACT_KEPT.days} days ago; what they said stays. For a timer, once a day; each start "
        "of the site does the same."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = Suggestion.objects.forget_contacts(timezone.now())
        self.stdout.write(f"{count} contacts deleted.")
