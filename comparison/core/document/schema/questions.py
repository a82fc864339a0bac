"""The decision tree's nouns: questions, and answers that lead to another question or to options."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from comparison.core.document.schema.values import (
    Line,
    Node,
    OptionSlug,
    Ref,
    Slug,
    SourceSlug,
    Text,
)


class Answer(Node):
    """An answer leads to another question, or to options with a reason."""

    slug: Slug
    text: Line
    question: Annotated[Slug, Ref("questions")] | None = None
    options: tuple[OptionSlug, ...] = ()
    together: bool = False
    reason: Text | None = None

    @model_validator(mode="after")
    def _leads_somewhere_once(self) -> Self:
        if (self.question is None) is not bool(self.options):
            raise ValueError("an answer leads to a question or to options: one of the two")
        if self.options and not self.reason:
            raise ValueError("an answer that ends at options needs a reason")
        return self


class Question(Node):
    """A question of the decision tree. The first in the list is the root."""

    slug: Slug
    text: Line
    source: SourceSlug | None = None
    place: Line | None = None
    answers: Annotated[tuple[Answer, ...], Field(min_length=2)]
