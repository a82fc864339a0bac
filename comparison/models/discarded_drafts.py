"""Drafts as they were before all of them was set to something else, to be taken again. As trees: a
draft with problems is kept as well as one without.
"""

import json
import zlib
from typing import Any

from django.db import models
from django.utils import timezone

from comparison.models.comparisons import Comparison
from comparison.models.rows import LINE

MOST = 10  # of one comparison; the oldest go


class DiscardedDraft(models.Model):
    comparison = models.ForeignKey(
        Comparison, on_delete=models.CASCADE, related_name="discarded_drafts"
    )
    kept_at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=150)
    why = models.CharField(max_length=LINE, help_text="What was done to the draft then.")
    digest = models.CharField(max_length=64, help_text="Of the draft, as publishing knows it.")
    packed = models.BinaryField(help_text="Its tree, as compressed JSON.")

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.comparison}, {timezone.localtime(self.kept_at):%Y-%m-%d %H:%M}"

    @property
    def tree(self) -> dict[str, Any]:
        """The draft as it was."""
        tree: dict[str, Any] = json.loads(zlib.decompress(bytes(self.packed)))
        return tree

    @tree.setter
    def tree(self, tree: dict[str, Any]) -> None:
        self.packed = zlib.compress(json.dumps(tree, ensure_ascii=False).encode(), 4)
