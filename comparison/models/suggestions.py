"""What readers send: sources that are missing, errors that they found. No part of any document; an
editor's list of work, until an editor takes one into the draft.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone

from comparison.models.comparisons import named_within_reach
from comparison.models.criteria import Cell
from comparison.models.releases import FormerAddress
from comparison.models.rows import SHORT
from comparison.models.sources import Claim, Source

SHORTEST, LONGEST = 10, 2_000  # characters of what is said
LONGEST_ADDRESS = 500
LONGEST_CONTACT = 200
LONGEST_PROPOSED, LONGEST_QUOTE = 300, 500
CONTACT_KEPT = timedelta(days=90)  # after the decision
MOST_OF_ONE, MOST = 200, 2_000  # suggestions that wait to be read: about one comparison, and in all
FOR_FIRST = 2  # times as many, where it is the first of its sender that day


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def new(self) -> "SuggestionQuerySet":
        """Return those that no editor has decided on."""
        return self.filter(state=Suggestion.State.NEW)

    def of(self, slug: str) -> "SuggestionQuerySet":
        """Return those about a comparison, under its former addresses too."""
        former = FormerAddress.objects.filter(successor=slug).values("slug")
        return self.filter(models.Q(comparison=slug) | models.Q(comparison__in=former))

    def mark(self, state: str) -> int:
        """Set what was decided; return of how many it was something else. The day of the decision
        is the day from which a contact is kept.
        """
        decided_at = None if state == Suggestion.State.NEW else timezone.now()
        return self.exclude(state=state).update(state=state, decided_at=decided_at)

    def to_forget(self, now: datetime) -> "SuggestionQuerySet":
        """Return those decided on so long ago that their contact is deleted."""
        decided = self.exclude(state=Suggestion.State.NEW).exclude(contact="")
        return decided.filter(decided_at__lt=now - CONTACT_KEPT)

    def forget_contacts(self, now: datetime) -> int:
        """Delete the contacts that are kept no longer; return how many."""
        return self.to_forget(now).update(contact="")

    def has_room(self, slug: str, *, is_first: bool = False) -> bool:
        """Say whether one more about a comparison is kept: there are no more new ones than editors
        can read. When those of a few senders fill it, there is room for others still. is_first: of
        its sender that day.
        """
        times = FOR_FIRST if is_first else 1
        new = self.new()
        return new.count() < times * MOST and new.of(slug).count() < times * MOST_OF_ONE


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


def drafted(kind: type[models.Model]) -> Any:
    """Return the column that names the draft row that a suggestion became, while it is there."""
    return models.ForeignKey(
        kind,
        null=True,
        editable=False,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )


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
    proposed = models.CharField(
        max_length=LONGEST_PROPOSED,
        blank=True,
        db_default="",  # a server of the version before writes into the same table
        help_text="What it should say instead.",
    )
    quote = models.CharField(
        max_length=LONGEST_QUOTE,
        blank=True,
        db_default="",
        help_text="What the source says, word for word.",
    )
    contact = models.CharField(
        max_length=LONGEST_CONTACT, blank=True, help_text="Whom to thank or ask back."
    )
    sent_at = models.DateTimeField("sent", default=timezone.now)
    state = models.CharField(max_length=20, choices=State, default=State.NEW)
    decided_at = models.DateTimeField("decided", null=True, editable=False)
    # What it became in the draft. Rows come and go without asking here: one that is gone is none.
    into_source = drafted(Source)
    into_claim = drafted(Claim)
    into_cell = drafted(Cell)
    has_made_row = models.BooleanField(default=False, db_default=False, editable=False)
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
            at_most("proposed", LONGEST_PROPOSED),
            at_most("quote", LONGEST_QUOTE),
        ]

    def __str__(self) -> str:
        return f"{self.comparison}: {self.about}"

    @property
    def is_taken(self) -> bool:
        """It became something in the draft."""
        return any((self.into_source_id, self.into_claim_id, self.into_cell_id))

    @property
    def about(self) -> str:
        """What it is about, as its address named it."""
        return (
            " of ".join(slug for slug in (self.criterion, self.option) if slug)
            or "the whole comparison"
        )
