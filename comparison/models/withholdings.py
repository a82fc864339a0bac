"""What is withheld from readers for legal reasons. Releases themselves never change: this is a
record beside them.
"""

from django.db import models

from comparison.models.append_only import AppendOnly, AppendOnlyQuerySet


class WithholdingQuerySet(AppendOnlyQuerySet["Withholding"]):
    pass


class Withholding(AppendOnly):
    """One act: a release, or a whole comparison, is withheld from readers, or shown again. Of each
    the last act holds.
    """

    slug = models.SlugField(
        max_length=80,
        db_index=False,
        help_text="Under which the release came out, or the comparison's.",
    )
    number = models.PositiveIntegerField(help_text="Of the release; 0 is the whole comparison.")
    # acts are counted, because clocks are set back and two servers' differ
    step = models.PositiveIntegerField(help_text="1, 2, 3 ... of the same release or comparison.")
    is_withheld = models.BooleanField(help_text="From now on; otherwise readers see it again.")
    reason = models.TextField(help_text="Readers read it in the place of what is withheld.")
    editor = models.CharField(max_length=150, help_text="Who decided it.")
    at = models.DateTimeField()

    objects = WithholdingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "number", "step"], name="withholding_step_once"
            ),
            models.CheckConstraint(
                condition=models.Q(step__gte=1), name="withholding_step_from_one"
            ),
        ]

    def __str__(self) -> str:
        what = f"release {self.number} of {self.slug}" if self.number else self.slug
        return f"{what} {'is withheld' if self.is_withheld else 'is shown again'}"
