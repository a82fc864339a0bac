"""Who asked for a draft to be looked at, and what somebody else said of it."""

from django.db import models

from comparison.models.append_only import AppendOnly, AppendOnlyQuerySet


class ReviewQuerySet(AppendOnlyQuerySet["Review"]):
    pass


class Review(AppendOnly):
    """One step of a review. It is about a draft as it was, which its digest names: of another
    digest nothing is said.
    """

    class Step(models.TextChoices):
        ASKED = "asked", "asked for review"
        APPROVED = "approved", "approved"
        SENT_BACK = "sent-back", "sent back"

    comparison = models.PositiveBigIntegerField(
        db_index=True, help_text="The key of the comparison, whose draft may be deleted later."
    )
    slug = models.CharField(max_length=80, help_text="The slug that the draft had.")
    digest = models.CharField(max_length=64, help_text="Of the draft as it was looked at.")
    step = models.CharField(max_length=20, choices=Step.choices)
    editor = models.CharField(max_length=150, help_text="Who asked, or answered.")
    changed_by = models.CharField(
        max_length=150, blank=True, help_text="Who had changed the draft last; empty: not known."
    )
    comment = models.TextField(blank=True, help_text="What they said with it.")
    at = models.DateTimeField()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.slug}: {self.editor} {self.get_step_display()}"
