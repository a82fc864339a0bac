"""Everything else that sources tell: costs, migrations, stories, popularity, points, hybrids and
answered questions. And the sample programs that answer a source's excerpt.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from comparison.core.document.schema.criteria import Part
from comparison.core.document.schema.sources import Judged
from comparison.core.document.schema.values import (
    Line,
    Node,
    OptionSlug,
    PartialDate,
    Prose,
    Quantity,
    Slug,
    SourceSlug,
    Text,
)


class Stated(Judged):
    """What every statement carries: a name of its own, the source, the place in it, and what an
    editor found.
    """

    slug: Slug
    source: SourceSlug
    place: Line


class Period(StrEnum):
    MONTH = "month"
    YEAR = "year"
    ONCE = "once"
    NONE = "none"


class CostLine(Stated):
    option: OptionSlug
    item: Line
    amount: Quantity
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    period: Period
    audience: Line | None = None
    is_total: bool = False


class Migration(Stated):
    start: OptionSlug
    target: OptionSlug
    steps: tuple[Line, ...] = ()
    time: Quantity
    scope: Line


class Gain(StrEnum):
    GAIN = "gain"
    SIZE = "size"


class StoryFigure(Node):
    """A number in a story: a gain from the option, or merely how large the organisation is."""

    name: Line
    kind: Gain
    quantity: Quantity


class Story(Stated):
    organisation: Line
    option: OptionSlug
    statement: Text
    figures: tuple[StoryFigure, ...] = ()


class Popularity(Stated):
    option: OptionSlug
    metric: Line
    quantity: Quantity
    as_of: PartialDate


class Topic(StrEnum):
    PRO = "pro"
    CON = "con"
    SECURITY = "security"
    DEPLOYMENT = "deployment"
    TREND = "trend"
    PRACTICE = "practice"
    CHOOSE_WHEN = "choose-when"


class Point(Stated):
    """One line of advice or judgement about an option, or about all of them where none is named."""

    topic: Topic
    option: OptionSlug | None = None
    text: Text


class Hybrid(Stated):
    """Options used together: who does what, and what joins them."""

    name: Line
    roles: tuple[Part, ...]
    means: tuple[Line, ...] = ()


class AnsweredQuestion(Stated):
    question: Line
    answer: Text


class SampleFile(Node):
    """One file of a program, whole. In content files only its path stands in the list; the file
    stands beside it.
    """

    path: Annotated[str, StringConstraints(pattern=r"^[\w-]+(/[\w-]+)*\.\w+$", max_length=200)]
    text: Prose


class Sample(Node):
    """A complete small program for one topic and one option, and the excerpt of a source that it
    answers.
    """

    slug: Slug
    topic: Line
    option: OptionSlug
    files: Annotated[tuple[SampleFile, ...], Field(min_length=1)]
    differs: Text | None = None  # what is different from the other option's program
    answers: Line | None = None
    source: SourceSlug | None = None
    place: Line | None = None
