"""Which editor is at which row, for about a minute: what is kept where no shared cache is. Nobody
edits it, no backup holds it.
"""

from django.conf import settings
from django.db import models

from comparison.models.comparisons import Comparison


class Presence(models.Model):
    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    tab = models.CharField(max_length=60)  # one page that is open
    place = models.CharField(max_length=60, blank=True)  # the row: "cell-51 criterion-12"
    seen_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["comparison", "user", "tab"], name="presence_once_a_page"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.place}"
