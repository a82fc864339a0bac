"""Records of what somebody decided: written once, never changed or deleted, neither here nor in the
database. They name a comparison by slug and key instead of by a reference, and outlive it.
"""

from typing import TypeVar

from django.db import models

One = TypeVar("One", bound=models.Model, covariant=True)
NEVER = "A record of what was decided is never changed or deleted. Add another one."


class AppendOnlyQuerySet(models.QuerySet[One]):
    def update(self, **values: object) -> int:
        raise TypeError(NEVER)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError(NEVER)


class AppendOnly(models.Model):
    """A row that refuses to change; the database refuses as well."""

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None and not self._state.adding:
            raise TypeError(NEVER)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise TypeError(NEVER)
