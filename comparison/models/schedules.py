"""What is to be published later by itself, and when that was last looked at."""

from django.db import models
from django.utils import timezone

from comparison.models.accounts import comparisons_within_reach


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def open(self) -> "ScheduleQuerySet":
        """Return those that somebody still has to hear of: they wait, or could not be done."""
        return self.filter(state__in=Schedule.OPEN)

    def within_reach(self) -> "ScheduleQuerySet":
        """Return those of the comparisons that who asks edits."""
        within = comparisons_within_reach()
        return self if within is None else self.filter(comparison__in=within)

    def waiting(self) -> "ScheduleQuerySet":
        return self.filter(state=Schedule.State.WAITING)


class Schedule(models.Model):
    """A draft as it was, which its digest names, is to be published at a moment. It is published
    once or not at all, and never as another one.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waits"
        STOPPED = "stopped", "was not published"
        PUBLISHED = "published", "was published"
        WITHDRAWN = "withdrawn", "was withdrawn"

    OPEN = (State.WAITING, State.STOPPED)

    comparison = models.PositiveBigIntegerField(
        help_text="The key of the comparison, whose draft may be deleted meanwhile."
    )
    slug = models.CharField(max_length=80, help_text="The slug that the draft had.")
    digest = models.CharField(max_length=64, help_text="Of the draft that is to be published.")
    due = models.DateTimeField(help_text="When.")
    note = models.TextField(help_text="Its change note.")
    editor = models.CharField(max_length=150, help_text="Who publishes it.")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    why = models.TextField(blank=True, help_text="Why it was not published.")
    release = models.PositiveIntegerField(null=True, help_text="The number that it got.")
    closed_by = models.CharField(max_length=150, blank=True, help_text="Who withdrew it.")

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["comparison"],
                condition=models.Q(state__in=["waiting", "stopped"]),
                name="schedule_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.slug}, {self.due:%Y-%m-%d %H:%M}"

    @property
    def due_by_clock(self) -> str:
        """Return the moment by the site's clock, with what its zone is called then: in the night
        in which an hour comes twice, that alone tells one from the other.
        """
        return f"{timezone.localtime(self.due):%Y-%m-%d %H:%M %Z}"


class LastLook(models.Model):
    """When something that runs by the clock ran last. One row for each, no history."""

    command = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.command}, {self.at:%Y-%m-%d %H:%M}"
