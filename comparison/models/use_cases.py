"""What readers come for: use cases with their importances, and the questions of the
decision tree.
"""

from django.db import models

from comparison.core.document import schema
from comparison.models.comparisons import Comparison
from comparison.models.criteria import Criterion
from comparison.models.options import Option
from comparison.models.rows import LINE, ImportanceField, Row, between, of, slug_field
from comparison.models.sources import PLACE, Source


class UseCase(Row):
    """A preset of importances and must-haves."""

    node = schema.UseCase

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="use_cases")
    slug = slug_field()
    name = models.CharField(max_length=LINE, blank=True, help_text="The label that readers pick.")
    family = models.CharField(
        max_length=LINE,
        blank=True,
        help_text='Cases of one family are shown together: "APIs and services". Empty: no family.',
    )
    situation = models.CharField(
        max_length=LINE,
        blank=True,
        help_text='Completes "FastAPI for ...": "an API behind a mobile client".',
    )
    description = models.TextField(blank=True, help_text="What the case is like.")
    otherwise = ImportanceField(
        null=True,
        blank=True,
        help_text="Importance of the criteria not named below. Empty: their own defaults.",
    )
    must = models.ManyToManyField(
        Criterion,
        blank=True,
        related_name="+",
        help_text="Criteria whose must-have this case sets. They need a must-have of their own.",
    )

    class Meta(Row.Meta):
        constraints = [of("use_case"), between("use_case", "otherwise", 0, 5)]

    def __str__(self) -> str:
        return self.name or self.slug


class UseCaseImportance(Row):
    key = "criterion"
    bare = "importance"
    parent = "use_case"

    use_case = models.ForeignKey(UseCase, on_delete=models.CASCADE, related_name="importances")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    importance = ImportanceField(default=3, help_text="0 to 5, one decimal at most.")

    class Meta(Row.Meta):
        verbose_name = "importance"
        constraints = [
            models.UniqueConstraint(
                fields=["use_case", "criterion"], name="use_case_importance_once"
            ),
            between("use_case_importance", "importance", 0, 5),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.importance}"


class Question(Row):
    """A question of the decision tree. The first is where readers begin."""

    node = schema.Question

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="questions")
    slug = slug_field()
    text = models.CharField(
        max_length=LINE, blank=True, help_text="The question, ending in a question mark."
    )
    source = models.ForeignKey(
        Source,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions",
        help_text="Whose question it is.",
    )
    place = models.CharField(max_length=LINE, blank=True, help_text=PLACE)

    class Meta(Row.Meta):
        constraints = [of("question")]

    def __str__(self) -> str:
        return self.text or self.slug


class Answer(Row):
    node = schema.Answer
    parent = "parent_question"

    parent_question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    slug = slug_field("Names the answer within its question.")
    text = models.CharField(max_length=LINE, blank=True, help_text="For example Yes or No.")
    question = models.ForeignKey(
        Question,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The question it leads to.",
    )
    options = models.ManyToManyField(
        Option, blank=True, related_name="+", help_text="Or the options it ends at."
    )
    together = models.BooleanField(
        default=False, help_text="The options are meant together, not as alternatives."
    )
    reason = models.TextField(blank=True, help_text="Why it ends there.")

    class Meta(Row.Meta):
        constraints = [of("answer", "parent_question")]

    def __str__(self) -> str:
        return self.text or self.slug
