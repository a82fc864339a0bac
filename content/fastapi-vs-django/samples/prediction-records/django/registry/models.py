"""Models that predict, and their predictions. What must hold is a constraint of the database."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class TrainedModel(models.Model):
    name = models.CharField(max_length=100)
    version = models.CharField(max_length=20)
    accuracy = models.FloatField(
        validators=[MinValueValidator(0), MaxValueValidator(1)], help_text="Share of right answers in the last test, 0 to 1."
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "version"]
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="one_row_per_version"),
            models.CheckConstraint(condition=models.Q(accuracy__gte=0, accuracy__lte=1), name="accuracy_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.name}:{self.version}"

    def shown(self) -> dict[str, Any]:
        return {"id": self.pk, "name": self.name, "version": self.version, "accuracy": self.accuracy}


class Prediction(models.Model):
    model = models.ForeignKey(TrainedModel, on_delete=models.PROTECT, related_name="predictions")
    given = models.JSONField()
    outcome = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.model} on {self.made_at:%Y-%m-%d %H:%M}"

    def shown(self) -> dict[str, Any]:
        return {"id": self.pk, "given": self.given, "outcome": self.outcome, "made_at": self.made_at}
