"""What readers see: numbered, immutable releases."""

from django.db import models

from comparison.rendering.addresses import Home


class ReleaseQuerySet(models.QuerySet["Release"]):
    def of(self, slug: str) -> "ReleaseQuerySet":
        return self.filter(slug=slug)

    def ever_of(self, slug: str) -> "ReleaseQuerySet":
        """Return every release of a comparison, newest first: those too that came out under an
        address that it had before.
        """
        former = FormerAddress.objects.filter(successor=slug).values("slug")
        return self.filter(models.Q(slug=slug) | models.Q(slug__in=former)).order_by("-number")

    def latest_number(self, slug: str) -> int | None:
        """Return the number of a comparison's newest release, or None: one look into one index."""
        return self.of(slug).order_by("-number").values_list("number", flat=True).first()

    def update(self, **values: object) -> int:
        raise TypeError("A release is never changed. Publish a new one.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("A release is never deleted. Publish a new one.")


class Release(models.Model):
    """A published copy of a whole comparison. It refuses to change; the database refuses as well.

    It names its comparison by slug, not by key: no reader's request ever joins a table, and a
    release outlives its draft.
    """

    slug = models.SlugField(max_length=80, db_index=False)
    number = models.PositiveIntegerField(help_text="1, 2, 3 ... within its comparison.")
    title = models.CharField(
        max_length=300, help_text="The title at the time, so that the hub reads no documents."
    )
    document = models.TextField(help_text="The whole document as JSON.")
    prose = models.JSONField(
        default=dict, help_text="Its Markdown as HTML, rendered and sanitised once."
    )
    digest = models.CharField(max_length=64, help_text="SHA-256 of the document.")
    editor = models.CharField(max_length=150, help_text="Who published it.")
    note = models.TextField(help_text="What changed, and why.")
    published_at = models.DateTimeField()
    # Worked out on publishing, so that no reader has to wait for it. Null = published before these
    # were kept.
    changed = models.JSONField(
        null=True, help_text="How many things of each kind changed since the release before."
    )
    withdrawn = models.JSONField(
        null=True, help_text="What earlier releases had and this one has not, by kind and slug."
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["slug", "-number"]
        permissions = [("withhold_release", "Can withhold a release from readers")]
        indexes = [models.Index(fields=["-published_at"], name="release_by_time")]
        constraints = [
            models.UniqueConstraint(fields=["slug", "number"], name="release_number_once"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="release_number_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} @{self.number}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None and not self._state.adding:
            raise TypeError("A release is never changed. Publish a new one.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return Home(self.slug, str(self.number)).path

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise TypeError("A release is never deleted. Publish a new one.")


class FormerAddress(models.Model):
    """An address that a comparison had, and the one that it has now. Written when a release says
    so, never by hand.
    """

    slug = models.SlugField(max_length=80, unique=True)
    successor = models.SlugField(max_length=80)

    class Meta:
        verbose_name_plural = "former addresses"

    def __str__(self) -> str:
        return f"{self.slug} → {self.successor}"
