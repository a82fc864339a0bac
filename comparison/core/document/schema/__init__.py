"""The typed, frozen tree of one comparison. The only schema: content files, draft rows, releases
and exports all use it.

This is the door to all its nouns, which are made in the modules beside it: `values.py` what they
consist of, `criteria.py` what is compared and how, `sources.py` who says so, `figures.py` what was
measured, `statements.py` what else sources tell, `questions.py` the decision tree. Unknown is
absent: never 0, never "no", never an empty text. `validation.py` says everything that is wrong with
a tree; this module refuses to open files, to know a database, or to decide anything.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field

from comparison.core.document.schema.criteria import (
    Cell,
    Check,
    Component,
    Criterion,
    Direction,
    Group,
    Kind,
    MustHave,
    Option,
    Part,
    Scale,
    Support,
    UseCase,
)
from comparison.core.document.schema.figures import (
    DerivedFigure,
    DerivedKind,
    Figure,
    Metric,
    Run,
    Statistic,
    Workload,
)
from comparison.core.document.schema.questions import Answer, Question
from comparison.core.document.schema.sources import (
    Advice,
    Choice,
    Claim,
    Finding,
    Form,
    Judged,
    Modality,
    PublisherKind,
    Source,
    Strength,
    Verdict,
    left_out_at_once,
)
from comparison.core.document.schema.statements import (
    AnsweredQuestion,
    CostLine,
    Gain,
    Hybrid,
    Migration,
    Period,
    Point,
    Popularity,
    Sample,
    SampleFile,
    Stated,
    Story,
    StoryFigure,
    Topic,
)
from comparison.core.document.schema.values import (
    PARTLY_DATED,
    Address,
    Importance,
    Line,
    Node,
    Prose,
    Quantity,
    QuantityForm,
    Ref,
    Reference,
    Score,
    Slug,
    Text,
    UseCaseSlug,
    to_a_tenth,
)
from comparison.core.document.slugs import NameKind, Names, end_of

__all__ = [
    "PARTLY_DATED",
    "Address",
    "Advice",
    "Answer",
    "AnsweredQuestion",
    "Cell",
    "Check",
    "Choice",
    "Claim",
    "Component",
    "CostLine",
    "Criterion",
    "DerivedFigure",
    "DerivedKind",
    "Direction",
    "Document",
    "Figure",
    "Finding",
    "Form",
    "Gain",
    "Group",
    "Hybrid",
    "Importance",
    "Judged",
    "Kind",
    "Metric",
    "Migration",
    "Modality",
    "MustHave",
    "Node",
    "Option",
    "Part",
    "Period",
    "Point",
    "Popularity",
    "ProsePlace",
    "PublisherKind",
    "Quantity",
    "QuantityForm",
    "Question",
    "Ref",
    "Reference",
    "Renamed",
    "Run",
    "Sample",
    "SampleFile",
    "Scale",
    "Source",
    "Stated",
    "Statistic",
    "Story",
    "StoryFigure",
    "Strength",
    "Support",
    "Topic",
    "UseCase",
    "Verdict",
    "Workload",
    "plain",
    "to_a_tenth",
]


class ProsePlace(StrEnum):
    """Where prose can stand: above the criteria, above the use cases, above the figures."""

    MATRIX = "matrix"
    USE_CASES = "use-cases"
    FIGURES = "figures"


class Renamed(Node):
    """A slug that old links still hold, and the one that took its place: they go on working.
    `comparison`: its own address.
    """

    kind: NameKind
    old: Slug
    new: Slug


class Document(Node):
    """One comparison, whole."""

    slug: Slug
    title: Line
    topic: Line
    question: Line | None = None
    summary: Text | None = None
    licence: Line | None = None
    default_use_case: UseCaseSlug | None = None
    neutral: Score = 5.0
    renamed: tuple[Renamed, ...] = ()
    prose: dict[Slug, Prose] = {}
    options: Annotated[tuple[Option, ...], Field(min_length=2)]
    components: tuple[Component, ...] = ()
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    use_cases: tuple[UseCase, ...] = ()
    sources: tuple[Source, ...] = ()
    workloads: tuple[Workload, ...] = ()
    runs: tuple[Run, ...] = ()
    derived_figures: tuple[DerivedFigure, ...] = ()
    questions: tuple[Question, ...] = ()
    costs: tuple[CostLine, ...] = ()
    migrations: tuple[Migration, ...] = ()
    stories: tuple[Story, ...] = ()
    popularity: tuple[Popularity, ...] = ()
    points: tuple[Point, ...] = ()
    hybrids: tuple[Hybrid, ...] = ()
    answered_questions: tuple[AnsweredQuestion, ...] = ()
    samples: tuple[Sample, ...] = ()

    @cached_property
    def scored_criteria(self) -> tuple[Criterion, ...]:
        """The criteria that can count, in editorial order: all but the texts."""
        return tuple(criterion for criterion in self.criteria if criterion.is_scored)

    @cached_property
    def names(self) -> Names:
        """What an address may name in this document."""
        return _names_of(self)


def _names_of(document: Document) -> Names:
    scored = document.scored_criteria
    defaults = {criterion.slug: criterion.importance for criterion in scored}
    must_haves = {c.slug: c.must.minimum for c in scored if c.must}
    return Names(
        criteria=tuple(defaults),
        texts=frozenset(c.slug for c in document.criteria if not c.is_scored),
        groups={
            g.slug: tuple(c.slug for c in scored if c.group == g.slug) for g in document.groups
        },
        defaults=defaults,
        must_haves=must_haves,
        use_cases={
            use.slug: defaults
            | {slug: use.otherwise for slug in defaults if use.otherwise is not None}
            | {slug: one for slug, one in use.importances.items() if slug in defaults}
            for use in document.use_cases
        },
        must={use.slug: frozenset(use.must) & must_haves.keys() for use in document.use_cases},
        options=tuple(option.slug for option in document.options),
        compared=_compared(document.options),
        sources=tuple(source.slug for source in document.sources),
        questions={
            q.slug: frozenset(answer.slug for answer in q.answers) for q in document.questions
        },
        default_use=document.default_use_case,
        mutes=left_out_at_once(document.sources),
        renamed=_now_called(document.renamed),
    )


def _compared(options: Sequence[Option]) -> tuple[str, ...]:
    """Return the options that are rivals: those without parts. An arrangement is a way to use some
    of them together; where fewer than two stand for themselves, all are compared.
    """
    rivals = tuple(option.slug for option in options if not option.parts)
    return rivals if len(rivals) >= 2 else tuple(option.slug for option in options)


def _now_called(renamed: Iterable[Renamed]) -> dict[NameKind, dict[str, str]]:
    """Return for every old slug of a kind the one that the thing has now."""
    steps: dict[NameKind, dict[str, str]] = {kind: {} for kind in NameKind}
    for step in renamed:
        steps[step.kind][step.old] = step.new
    return {kind: {old: end_of(old, leads) for old in leads} for kind, leads in steps.items()}


def plain(document: Document) -> dict[str, Any]:
    """Return the document as dicts, lists, texts and numbers; what is absent or at its default is
    left out.

    Whole numbers come out as int, so that a score of 9 is written `9` everywhere.
    `Document.model_validate` reads it back.
    """
    tree: dict[str, Any] = _whole_numbers(document.model_dump(mode="json", exclude_defaults=True))
    return tree


def _whole_numbers(value: Any) -> Any:
    match value:
        case dict():
            # what an editor found stands after what is said
            said_first = sorted(value, key=Judged.model_fields.__contains__)
            return {key: _whole_numbers(value[key]) for key in said_first}
        case list():
            return [_whole_numbers(item) for item in value]
        case float() if value.is_integer() and abs(value) < 2**53:
            return int(value)
        case _:
            return value
