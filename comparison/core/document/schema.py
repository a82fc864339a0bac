"""The typed, frozen tree of one comparison. The only schema: content files, draft rows, releases
and exports all use it.

Scalars may arrive as text (content files send nothing else, so that `1.10` stays `1.10` and `no`
stays `no`); each field says what it is and converts. Unknown is absent: never 0, never "no", never
an empty text. `problems.py` says everything that is wrong with a tree; this module refuses to open
files, to know a database, or to decide anything.
"""

import re
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from comparison.core.document.slugs import NameKind, Names, collect


class Ref(str):
    """Marks a field that names an item of another list of the document: `Annotated[Slug,
    Ref("options")]`.
    """


def _plain(text: str) -> str:
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", text):
        raise ValueError("holds a control character")
    return text


def _one_line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise ValueError("has to stand on one line")
    return _plain(text)


def _partial_date(text: str) -> str:
    if not re.fullmatch(r"undated|\d{4}(-\d{2}(-\d{2})?)?", text):
        raise ValueError('is not a date: write 2024-01-05, 2024-01, 2024 or "undated"')
    if len(text) == 10:
        date.fromisoformat(text)
    return text


def _address(text: str) -> str:
    if not re.match(r"https?://[^\s/]", text):
        raise ValueError("is not an address: it has to begin with http:// or https://")
    return text


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_one_line)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000), AfterValidator(_plain)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=50_000), AfterValidator(_plain)]
PARTLY_DATED = AfterValidator(_partial_date)
PartialDate = Annotated[str, PARTLY_DATED]
Address = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_address)]
Score = Annotated[float, Field(ge=0, le=10)]
Importance = Annotated[int, Field(ge=0, le=5)]

OptionSlug = Annotated[Slug, Ref("options")]
ComponentSlug = Annotated[Slug, Ref("components")]
CriterionSlug = Annotated[Slug, Ref("criteria")]
SourceSlug = Annotated[Slug, Ref("sources")]
UseCaseSlug = Annotated[Slug, Ref("use_cases")]


class Node(BaseModel):
    """One noun of the document: frozen, every key known, texts trimmed, no infinities."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False
    )


# --- value objects --------------------------------------------------------------------------------


class QuantityForm(StrEnum):
    POINT = "point"
    RANGE = "range"
    LOWER_BOUND = "at-least"
    UPPER_BOUND = "at-most"
    VERBAL = "verbal"


class Quantity(Node):
    """A number as somebody stated it. Ranges stay ranges; `spelling` is the source's own and is
    what readers see.
    """

    spelling: Line
    form: QuantityForm = QuantityForm.POINT
    low: float | None = None
    high: float | None = None
    unit: Line | None = None
    approximate: bool = False
    open_ended: bool = False

    @model_validator(mode="after")
    def _bounds_fit_the_form(self) -> Self:
        form, low, high = self.form, self.low, self.high
        if form is QuantityForm.RANGE and (low is None or high is None or low >= high):
            raise ValueError("a range needs a low and a higher high")
        if form in (QuantityForm.POINT, QuantityForm.LOWER_BOUND) and (
            low is None or high is not None
        ):
            raise ValueError(f'"{form.value}" needs low alone')
        if form is QuantityForm.UPPER_BOUND and (high is None or low is not None):
            raise ValueError('"at-most" needs high alone')
        if form is not QuantityForm.VERBAL and self.unit is None:
            raise ValueError("unit is missing")
        return self


class Reference(Node):
    """Primary documentation, and the day somebody read it."""

    title: Line
    address: Address | None = None
    version: Line | None = None
    read_on: date


class Check(Reference):
    """What an editor found in the primary documentation for a cell."""

    text: Text


# --- what is compared -----------------------------------------------------------------------------


class Part(Node):
    """One option's role within a combination."""

    option: OptionSlug
    role: Line


class Option(Node):
    """One of the things compared. With parts it is a combination: scored like any other, never
    computed from them.
    """

    slug: Slug
    name: Line
    line: Line
    parts: tuple[Part, ...] = ()


class Component(Node):
    """A part or add-on that claims and advice can name. Without an option it is third-party."""

    slug: Slug
    name: Line
    line: Line | None = None
    option: OptionSlug | None = None


# --- points of view -------------------------------------------------------------------------------


class Kind(StrEnum):
    RATING = "rating"
    SUPPORT = "support"
    QUANTITY = "quantity"


class Support(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Direction(StrEnum):
    HIGHER = "higher-is-better"
    LOWER = "lower-is-better"


class Group(Node):
    slug: Slug
    name: Line


class Cell(Node):
    """What one option is on one criterion, in the editor's words. Exactly the value that the
    criterion's kind asks for.
    """

    text: Line
    score: Score | None = None
    support: Support | None = None
    quantity: Quantity | None = None
    applies: bool = True
    note: Text | None = None
    changed_on: date | None = None
    checked: Check | None = None

    @model_validator(mode="after")
    def _nothing_to_score_where_it_does_not_apply(self) -> Self:
        if not self.applies and (self.score, self.support, self.quantity) != (None, None, None):
            raise ValueError("a cell that does not apply cannot have a value")
        return self


class MustHave(Node):
    """The condition that a reader may set on a criterion: what to call it, and the least score that
    meets it.
    """

    name: Line
    minimum: Score


class Criterion(Node):
    """One point of view, with the words that 0 and 10 stand for, and a cell for every option that
    is known.
    """

    slug: Slug
    name: Line
    group: Annotated[Slug, Ref("groups")]
    question: Line
    why: Text
    kind: Kind = Kind.RATING
    importance: Importance = 3
    shelf_life_days: Annotated[int, Field(gt=0, le=36_500)] | None = None
    scale_low: Line
    scale_high: Line
    unit: Annotated[Line, Field(max_length=40)] | None = None
    direction: Direction | None = None
    anchor_low: float | None = None
    anchor_high: float | None = None
    must: MustHave | None = None
    cells: dict[OptionSlug, Cell] = {}

    @model_validator(mode="after")
    def _a_quantity_has_its_anchors(self) -> Self:
        if self.kind is Kind.QUANTITY:
            if (
                self.unit is None
                or self.direction is None
                or self.anchor_low is None
                or self.anchor_high is None
            ):
                raise ValueError(
                    "a quantity needs unit, direction, anchor_low (means 0) and anchor_high (means 10)"
                )
            if (self.anchor_low < self.anchor_high) is not (self.direction is Direction.HIGHER):
                raise ValueError(f"the anchors run against {self.direction.value}")
        return self


# --- who says so ----------------------------------------------------------------------------------


class PublisherKind(StrEnum):
    AGENCY = "agency"
    VENDOR = "vendor"
    PRACTITIONER = "practitioner"
    COMPARISON_SITE = "comparison-site"
    CONSULTANCY = "consultancy"
    DOCUMENTATION = "documentation"
    OWN_MEASUREMENT = "own-measurement"


class Form(StrEnum):
    TABLE = "table"
    LIST = "list"
    PROSE = "prose"


class Modality(StrEnum):
    STATES = "states"
    POSSIBLE = "possible"
    TYPICAL = "typical"
    OFTEN = "often"


class Finding(StrEnum):
    NOT_CHECKED = "not-checked"
    SUPPORTED = "supported"
    OUTDATED = "outdated"
    MISLEADING = "misleading"
    WRONG = "wrong"
    OPINION = "opinion"
    UNVERIFIABLE = "unverifiable"


class Judged(Node):
    """What an editor found about a statement, beside it. The harsh findings need a reason and a
    reference.
    """

    finding: Finding = Finding.NOT_CHECKED
    reason: Text | None = None
    reference: Reference | None = None

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if self.finding in (Finding.OUTDATED, Finding.MISLEADING, Finding.WRONG) and not (
            self.reason and self.reference
        ):
            raise ValueError(f'the finding "{self.finding.value}" needs a reason and a reference')
        return self


class Claim(Judged):
    """What a source says, in our words, where it says it, what value it implies, and what the
    editor found.
    """

    slug: Slug
    option: OptionSlug | None = None
    component: ComponentSlug | None = None
    criterion: CriterionSlug | None = None
    statement: Text
    score: Score | None = None
    support: Support | None = None
    quantity: Quantity | None = None
    place: Line
    form: Form
    audience: Line | None = None
    modality: Modality = Modality.STATES

    @model_validator(mode="after")
    def _says_of_what(self) -> Self:
        if self.option is None and self.component is None:
            raise ValueError("a claim names an option or a component")
        return self


class Strength(StrEnum):
    ONLY = "only"
    PREFERRED = "preferred"
    ADVISED_AGAINST = "advised-against"


class Choice(Node):
    """One thing that advice names: an option, a component, or an option together with components."""

    option: OptionSlug | None = None
    components: tuple[ComponentSlug, ...] = ()

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if self.option is None and not self.components:
            raise ValueError("a choice names an option or a component")
        return self


class Advice(Node):
    """What a source recommends for a use case: the first choice, then its alternatives in the
    source's order.
    """

    slug: Slug
    use_case: UseCaseSlug
    choices: Annotated[tuple[Choice, ...], Field(min_length=1)]
    condition: Line | None = None
    strength: Strength = Strength.ONLY
    statement: Text
    place: Line


class Verdict(Node):
    """A source's own overall verdict, at one level (headline, conclusion ...). Without an option it
    names none.
    """

    slug: Slug
    option: OptionSlug | None = None
    condition: Line | None = None
    statement: Text
    place: Line


SELLERS = frozenset(
    {
        PublisherKind.AGENCY,
        PublisherKind.VENDOR,
        PublisherKind.CONSULTANCY,
        PublisherKind.PRACTITIONER,
    }
)


class Source(Node):
    slug: Slug
    title: Line
    publisher: Line
    publisher_kind: PublisherKind
    interest: Line
    published: PartialDate
    read_on: date
    address: Address | None = None
    measured: bool = False
    origin: Slug | None = None  # sources of one origin have one vote; absent means its own
    note: Text | None = None
    claims: tuple[Claim, ...] = ()
    advice: tuple[Advice, ...] = ()
    verdicts: tuple[Verdict, ...] = ()

    @property
    def is_commercial(self) -> bool:
        """It sells something: an agency, a vendor, a consultancy or somebody for hire, unless its
        interest says otherwise.
        """
        return self.publisher_kind in SELLERS and not self.interest.casefold().startswith("none")


# --- cases, figures, tree -------------------------------------------------------------------------


class UseCase(Node):
    """A preset: importances for the criteria it names, `otherwise` for the rest (absent: their
    defaults), must-haves.
    """

    slug: Slug
    name: Line
    situation: Line
    description: Text
    otherwise: Importance | None = None
    importances: dict[CriterionSlug, Importance] = {}
    must: tuple[CriterionSlug, ...] = ()


class Workload(Node):
    """What was done in a test."""

    slug: Slug
    name: Line
    description: Text


class Metric(StrEnum):
    THROUGHPUT = "throughput"
    LATENCY = "latency"
    MEMORY = "memory"


class Statistic(StrEnum):
    MEAN = "mean"
    P50 = "p50"
    P95 = "p95"
    P99 = "p99"
    NOT_GIVEN = "not-given"


class Figure(Node):
    """One measured value, or what a source gives as one. `subject` where it is not the option
    itself that was measured.

    `filed_under` where the source prints it under a heading that promises another metric.
    """

    slug: Slug
    option: OptionSlug
    component: ComponentSlug | None = None
    metric: Metric
    statistic: Statistic = Statistic.NOT_GIVEN
    quantity: Quantity
    subject: Line | None = None
    filed_under: Metric | None = None
    place: Line


class Run(Node):
    """One source's test of one workload, with whatever it says about the circumstances. Absent
    means not given.
    """

    slug: Slug
    source: SourceSlug
    workload: Annotated[Slug, Ref("workloads")]
    name: Line
    machine: Line | None = None
    cores: Line | None = None
    memory: Line | None = None
    database: Line | None = None
    records: Line | None = None
    load_tool: Line | None = None
    concurrency: Line | None = None
    requests: Line | None = None
    versions: Line | None = None
    server: Line | None = None
    date: PartialDate | None = None
    note: Text | None = None
    figures: tuple[Figure, ...] = ()


class DerivedKind(StrEnum):
    RATIO = "ratio"
    PERCENT_LESS = "percent-less"
    RATIO_RANGE = "ratio-range"
    TOTAL = "total"
    COUNT = "count"
    OVERTAKING = "overtaking"


class DerivedFigure(Node):
    """What a source says it computed, counted or compared, and from what. The site does it again
    and shows both.

    From figures (`run/figure`, larger first); a count from the points that the source really gives;
    an overtaking from two lines of popularity, the one that is said to be ahead first.
    """

    slug: Slug
    source: SourceSlug
    kind: DerivedKind
    statement: Text
    stated: Quantity
    figures: tuple[Annotated[str, Ref("figures")], ...] = ()
    points: tuple[Annotated[Slug, Ref("points")], ...] = ()
    popularity: tuple[Annotated[Slug, Ref("popularity")], ...] = ()
    place: Line


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


# --- everything else that sources tell ------------------------------------------------------------


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


# --- the whole ------------------------------------------------------------------------------------


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
    question: Line
    summary: Text
    licence: Line
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
    def names(self) -> Names:
        """What an address may name in this document."""
        return collect(self)


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
