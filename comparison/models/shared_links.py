"""How often links with a selection were opened that somebody passed on, day by day: a comparison, a
canonical query and a number. Nothing of whoever opened them. Rows go after some weeks; no backup
holds them.
"""

from collections.abc import Mapping
from datetime import date

from django.db import connection, models

LONGEST = 1_000  # characters of a query: PostgreSQL indexes no text that is much longer


class SharedLinkQuerySet(models.QuerySet["SharedLink"]):
    def add(self, slug: str, day: date, opened: Mapping[str, int]) -> None:
        """Count queries of one comparison on: one statement each, so that several processes may do
        so at once.
        """
        # the ORM has no such statement
        with connection.cursor() as cursor:
            for query, number in opened.items():
                cursor.execute(
                    "INSERT INTO comparison_sharedlink (slug, day, query, opened) "
                    "VALUES (%s, %s, %s, %s) ON CONFLICT (slug, day, query) "
                    "DO UPDATE SET opened = comparison_sharedlink.opened + EXCLUDED.opened",
                    [slug, connection.ops.adapt_datefield_value(day), query, number],
                )


class SharedLink(models.Model):
    slug = models.SlugField(max_length=80)
    day = models.DateField(db_index=True)
    query = models.CharField(max_length=LONGEST)
    opened = models.PositiveIntegerField()

    objects = SharedLinkQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["slug", "day", "query"], name="shared_link_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.slug}?{self.query} on {self.day}: {self.opened}"
