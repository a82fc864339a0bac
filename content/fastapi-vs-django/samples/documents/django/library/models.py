"""The one table of our own. Users are Django's."""

from typing import Any

from django.conf import settings
from django.db import models


class Document(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="documents")
    body = models.TextField()
    embedding = models.JSONField(null=True, blank=True, help_text="Numbers; absent until they have been computed.")
    written_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-written_at", "-id"]

    def __str__(self) -> str:
        return self.body[:40]

    def shown(self) -> dict[str, Any]:
        return {"id": self.pk, "body": self.body, "embedding": self.embedding, "written_at": self.written_at}
