"""What readers send: sources that are missing, errors that they found. No part of any document; an
editor's list of work.
"""

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone

from comparison.models.comparisons import named_within_reach
from comparison.models.releases import FormerAddress
from comparison.models.rows import SHORT

SHORTEST, LONGEST = 10, 2_000  # characters of what is said
LONGEST_ADDRESS = 500
LONGEST_CONTACT = 200
MOST_OF_ONE, MOST = 200, 2_000  # suggestions that wait to be read: about one comparison, and in all


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def new(self) -> "SuggestionQuerySet":
        """Return those that no editor has decided on."""
        return self.filter(state=Suggestion.State.NEW)

    def of(self, slug: str) -> "SuggestionQuerySet":
        """Return those about a comparison, under its former addresses too."""
        former = FormerAddress.objects.filter(successor=slug).values("slug")
        return self.filter(models.Q(comparison=slug) | models.Q(comparison__in=former))

    def has_room(self, slug: str) -> bool:
        """Say whether one more about a comparison is kept: there are no more new ones than editors
        can read.
        """
        return self.new().count() < MOST and self.new().of(slug).count() < MOST_OF_ONE


class SuggestionManager(models.Manager["Suggestion"]):
    """Reads what was sent about the comparisons that who asks edits."""

    def get_queryset(self) -> SuggestionQuerySet:
        rows = SuggestionQuerySet(self.model, using=self._db)
        return rows.filter(named_within_reach("comparison"))


def at_most(column: str, most: int, *more: GreaterThanOrEqual) -> models.CheckConstraint:
    """Return the constraint that a text has no more characters than it may have, and what else is
    asked of it.
    """
    within = models.Q(LessThanOrEqual(Length(column), most), *more)
    return models.CheckConstraint(condition=within, name=f"suggestion_{column}_length")


class Suggestion(models.Model):
    """What one reader sent. It names its comparison and its cell by slug, so that it outlives both.

    Neither the sender's network address nor their browser is kept.
    """

    class State(models.TextChoices):
        NEW = "new", "New"
        TAKEN_UP = "taken-up", "Taken up"
        DECLINED = "declined", "Declined"

    comparison = models.SlugField(max_length=SHORT, db_index=False)
    release = models.PositiveIntegerField(help_text="The release that the reader looked at.")
    criterion = models.SlugField(max_length=SHORT, blank=True, db_index=False)
    option = models.SlugField(max_length=SHORT, blank=True, db_index=False)
    text = models.TextField(help_text="What the reader says.")
    address = models.CharField(
        "source",
        max_length=LONGEST_ADDRESS,
        blank=True,
        help_text="Where the source is to be read.",
    )
    contact = models.CharField(
        max_length=LONGEST_CONTACT, blank=True, help_text="Whom to thank or ask back."
    )
    sent_at = models.DateTimeField("sent", default=timezone.now)
    state = models.CharField(max_length=20, choices=State, default=State.NEW)
    remark = models.TextField(
        blank=True,
        help_text="For other editors: what was found, what was done. Readers never see it.",
    )

    objects = SuggestionManager.from_queryset(SuggestionQuerySet)()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["-sent_at"], name="suggestion_by_time"),
            models.Index(fields=["state", "comparison"], name="suggestion_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["new", "taken-up", "declined"]),
                name="suggestion_state_is_one_of_three",
            ),
            models.CheckConstraint(
                condition=models.Q(release__gte=1), name="suggestion_release_from_one"
            ),
            models.CheckConstraint(
                condition=models.Q(address="")
                | models.Q(address__startswith="http://")
                | models.Q(address__startswith="https://"),
                name="suggestion_address_is_of_the_web",
            ),
            at_most("text", LONGEST, GreaterThanOrEqual(Length("text"), SHORTEST)),
            at_most("address", LONGEST_ADDRESS),
            at_most("contact", LONGEST_CONTACT),
        ]

    def __str__(self) -> str:
        return f"{self.comparison}: {self.about}"

    @property
    def about(self) -> str:
        """What it is about, as its address named it."""
        return (
            " of ".join(slug for slug in (self.criterion, self.option) if slug)
            or "the whole comparison"
        )
