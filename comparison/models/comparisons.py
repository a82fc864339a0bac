"""The comparison itself, as a draft, and the prose around it."""

from django.core.exceptions import ValidationError
from django.db import models

from comparison.core.document import schema
from comparison.core.document.slugs import NameKind
from comparison.models.accounts import DraftManager, comparisons_within_reach
from comparison.models.releases import FormerAddress, Release
from comparison.models.rows import LINE, Row, between, enum_field, of, slug_field, version_field
from comparison.rendering.addresses import Home


def named_within_reach(column: str) -> models.Q:
    """Return the condition that a column names a comparison of who asks, by any slug that it has or
    had; no condition where that is every comparison.
    """
    if comparisons_within_reach() is None:
        return models.Q()
    own = Comparison.objects.order_by()
    addresses = own.exclude(published_as="").values("published_as")
    former = FormerAddress.objects.filter(successor__in=addresses).values("slug")
    ways = (own.values("slug"), addresses, former)
    condition = models.Q(pk__in=[])
    for slugs in ways:
        condition |= models.Q(**{f"{column}__in": slugs})
    return condition


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    def with_newest_release(self) -> "ComparisonQuerySet":
        """Return the comparisons with the number of each one's newest release, `newest_release`;
        None where it was never published.
        """
        known = models.Q(slug=models.OuterRef("slug")) | models.Q(
            slug=models.OuterRef("published_as")
        )
        newest = Release.objects.filter(known).order_by("-number").values("number")[:1]
        return self.annotate(newest_release=models.Subquery(newest))


class Comparison(models.Model):
    """The draft of one comparison. Readers never see it: they see its releases."""

    node = schema.Document
    key = ""
    bare = ""
    lines = ()

    slug = models.SlugField(
        max_length=80,
        unique=True,
        help_text="The address readers use. If it changes later, the old one leads here for ever.",
    )
    published_as = models.SlugField(
        max_length=80,
        blank=True,
        default="",
        db_index=False,
        editable=False,
        help_text="The slug of its newest release; publishing writes it.",
    )
    title = models.CharField(
        max_length=LINE, blank=True, help_text='The heading, for example "FastAPI or Django?".'
    )
    topic = models.CharField(
        max_length=LINE,
        blank=True,
        help_text='What is compared, in two or three words: "Python web frameworks".',
    )
    question = models.CharField(
        max_length=LINE, blank=True, help_text="The question that the comparison answers."
    )
    summary = models.TextField(blank=True, help_text="Two or three sentences under the heading.")
    licence = models.CharField(
        max_length=LINE, blank=True, help_text="Under which licence others may use the content."
    )
    default_use_case = models.ForeignKey(
        "UseCase",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=(
            "Set before a reader chooses one. Empty: every criterion has its default importance."
        ),
    )
    neutral = models.FloatField(
        default=5.0,
        help_text=(
            "What an unknown score counts as, 0 to 10: the typical known score, rounded to a "
            "half point."
        ),
    )

    needs_review = models.BooleanField(
        default=False,
        db_default=False,  # a server of the version before writes into the same table
        editable=False,
        help_text="Nothing is published that somebody else has not approved.",
    )

    version = version_field()

    objects = DraftManager.from_queryset(ComparisonQuerySet)()

    class Meta:
        ordering = ["title"]
        constraints = [
            between("comparison", "neutral", 0, 10),
            models.UniqueConstraint(
                fields=["published_as"],
                condition=~models.Q(published_as=""),
                name="comparison_published_as_once",
            ),
        ]
        permissions = [
            ("publish_comparison", "Can publish a comparison"),
            ("demand_review", "Can say whether a comparison needs review"),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return Home(self.address).path

    def clean(self) -> None:
        """Refuse an address by which readers know another comparison."""
        former = (
            FormerAddress.objects.filter(slug=self.slug).exclude(successor=self.address).first()
        )
        owner = former.successor if former else self.others_published_as(self.slug)
        if owner:
            words = (
                f'Links to "{self.slug}" lead to the comparison "{owner}", and always will. '
                "Choose another slug."
            )
            raise ValidationError({"slug": words})

    @property
    def address(self) -> str:
        """The slug by which readers know it: that of its newest release, else the draft's own."""
        return self.published_as or self.slug

    def others_published_as(self, slug: str) -> str:
        """Return the slug of another draft that readers know by this one, or an empty text."""
        others = (  # those, too, that who asks does not edit
            Comparison._base_manager.filter(published_as=slug)
            .exclude(published_as="")
            .exclude(pk=self.pk)
        )
        return others.values_list("slug", flat=True).first() or ""


class Prose(Row):
    """One piece of Markdown beside the tables; its slug says where it stands."""

    key = "slug"
    bare = "body"

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="prose")
    slug = slug_field(
        'Where it stands: "matrix" above the criteria, "use-cases" above the cases, '
        '"figures" above the figures.'
    )
    body = models.TextField(blank=True, help_text="Markdown. Raw HTML is shown as text.")

    class Meta(Row.Meta):
        verbose_name_plural = "prose"
        constraints = [of("prose")]

    def __str__(self) -> str:
        return self.slug


class Renamed(Row):
    """A slug that old links still hold, and the one that took its place. Kept for ever: without it
    those links lose a part.
    """

    node = schema.Renamed

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="renamed")
    kind = enum_field(NameKind, None, "What was renamed. The comparison itself: its own address.")
    old = slug_field("The slug that links made before still hold.")
    new = slug_field("The slug that it has now.")

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "renamed slugs"
        constraints = [
            models.UniqueConstraint(fields=["comparison", "kind", "old"], name="renamed_old_once")
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
