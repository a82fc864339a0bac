"""How often something happened lately: what limits count in, where no shared cache is.

A row is a keyed hash and a number, and goes soon after its stretch of time is over. Nobody edits
it, no backup holds it.
"""

from datetime import datetime

from django.db import connection, models


class CountQuerySet(models.QuerySet["Count"]):
    def one_more(self, key: str, until: datetime) -> int:
        """Count one more, and return how many there are: one statement, so that of several
        processes each gets a number of its own.
        """
        # the ORM has no such statement
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO comparison_count (key, number, until) VALUES (%s, 1, %s) "
                "ON CONFLICT (key) DO UPDATE SET number = comparison_count.number + 1 "
                "RETURNING number",
                [key, connection.ops.adapt_datetimefield_value(until)],
            )
            return int(cursor.fetchone()[0])

    def one_less(self, key: str) -> None:
        self.filter(key=key, number__gt=0).update(number=models.F("number") - 1)

    def over(self, now: datetime) -> "CountQuerySet":
        """Return those whose stretch of time has ended."""
        return self.filter(until__lt=now)


class Count(models.Model):
    key = models.CharField(max_length=64, primary_key=True)
    number = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    objects = CountQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number} until {self.until:%Y-%m-%d %H:%M}"
