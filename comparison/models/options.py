"""What is compared: options, the roles within a combination, and the parts and add-ons that claims
name.
"""

from django.db import models

from comparison.core.document import schema
from comparison.models.comparisons import Comparison
from comparison.models.rows import LINE, Row, of, slug_field


class Option(Row):
    node = schema.Option
    lines = ("tags",)

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="options")
    slug = slug_field()
    name = models.CharField(max_length=LINE, blank=True, help_text="As its makers write it.")
    line = models.CharField(max_length=LINE, blank=True, help_text="What it is, in one line.")
    home_page = models.CharField(
        max_length=1000, blank=True, help_text="Where its makers tell of it."
    )
    compared_version = models.CharField(
        max_length=LINE, blank=True, help_text="Which version is compared, as its makers write it."
    )
    licence = models.CharField(
        max_length=LINE, blank=True, help_text='Under which licence it comes: "MIT".'
    )
    status = models.CharField(
        max_length=LINE,
        blank=True,
        help_text='In a few words: "maintained", "security fixes until 2027".',
    )
    tags = models.TextField(
        blank=True,
        help_text=(
            'Short words, one a line: "open source". Of five options and more readers choose '
            "by those that several have."
        ),
    )

    class Meta(Row.Meta):
        constraints = [of("option")]

    def __str__(self) -> str:
        return self.name or self.slug


class OptionPart(Row):
    """An option's role within a combination."""

    node = schema.Part
    parent = "whole"

    whole = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="parts")
    option = models.ForeignKey(
        Option, on_delete=models.PROTECT, related_name="+", help_text="Which option plays the role."
    )
    role = models.CharField(
        max_length=LINE, blank=True, help_text='What it does there: "accounts, admin and content".'
    )

    class Meta(Row.Meta):
        verbose_name = "part"

    def __str__(self) -> str:
        return f"{self.option}: {self.role}"


class Component(Row):
    node = schema.Component

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="components")
    slug = slug_field()
    name = models.CharField(max_length=LINE, blank=True, help_text="As its makers write it.")
    line = models.CharField(max_length=LINE, blank=True, help_text="What it is, in one line.")
    option = models.ForeignKey(
        Option,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="components",
        help_text="The option that it ships with. Empty: it is third-party.",
    )

    class Meta(Row.Meta):
        constraints = [of("component")]

    def __str__(self) -> str:
        return self.name or self.slug
