"""What the templates of the evidence may read: sections, sources, samples, search, tree, freshness. Frozen, nothing computed."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from comparison.pages import ClaimLine, Found, OptionName, SourceLine
from comparison.standing import Standing


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    """One contradiction within one source, with its numbers as they are shown."""

    rule: str
    source: SourceLine
    place: str
    stated: str
    numbers: tuple[str, ...]
    unit: str
    options: tuple[str, ...]  # names
    section: str  # where its subject stands


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of a source, whatever its kind."""

    slug: str
    source: SourceLine
    place: str
    title: str
    value: str  # the number in it, as the source prints it
    text: str
    items: tuple[str, ...]  # steps, means, figures: one a line
    found: Found


@dataclass(frozen=True, slots=True)
class Group:
    """Statements about one option, or one topic."""

    title: str
    option: OptionName | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Everything that the sources state on one subject."""

    slug: str
    title: str
    about: str
    groups: tuple[Group, ...]
    objections: tuple[ObjectionLine, ...]
    count: int  # of statements
    sources: int  # that make them


@dataclass(frozen=True, slots=True)
class CellLink:
    """A cell, named and linked."""

    criterion_slug: str
    criterion: str
    option: OptionName
    mine: str  # what this source's claims imply, in points; empty where they imply nothing
    others: str  # what the other sources' claims imply
    shown: str  # what the matrix shows


@dataclass(frozen=True, slots=True)
class CriterionClaims:
    """One source's claims on one criterion."""

    slug: str
    name: str
    claims: tuple[tuple[OptionName | None, ClaimLine], ...]


@dataclass(frozen=True, slots=True)
class VerdictLine:
    option: OptionName | None
    statement: str
    condition: str
    place: str


@dataclass(frozen=True, slots=True)
class StandingPart:
    """How many of a source's claims stand in one way, as a piece of one bar."""

    kind: str  # documentation, differ, alone, agree
    count: int
    x: str  # percent
    width: str


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One source, whole: who speaks, what it claims, and how that holds."""

    line: SourceLine
    kind: str
    read_on: date
    measured: bool
    commercial: bool
    copies: tuple[SourceLine, ...]  # other sources of the same origin
    findings: tuple[tuple[str, int], ...]
    disputed: int  # claims that documentation or other sources contradict
    standing: tuple[StandingPart, ...]
    criteria: tuple[CriterionClaims, ...]
    alone: tuple[CellLink, ...]
    contradicts: tuple[CellLink, ...]
    itself: tuple[CellLink, ...]
    objections: tuple[ObjectionLine, ...]
    verdicts: tuple[VerdictLine, ...]
    alone_standing: Standing  # ours, if only this source's claims counted
    alone_query: str  # the selection under which that is our verdict
    advice: tuple[tuple[str, str, str, str, str], ...]  # use case, its name, what is advised, condition, place
    sections: tuple[tuple[str, str, int], ...]  # slug, title, how many statements of this source


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One source in the list of all."""

    line: SourceLine
    kind: str
    read_on: date
    measured: bool
    commercial: bool
    findings: tuple[tuple[str, int], ...]
    objections: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words that were looked for stand."""

    kind: str
    title: str
    text: str
    place: str  # in the source
    source: SourceLine | None
    address: str  # within the comparison: a path, and a place on that page


@dataclass(frozen=True, slots=True)
class SearchPage:
    words: str
    total: int
    hits: tuple[tuple[str, tuple[Hit, ...]], ...]  # by kind


@dataclass(frozen=True, slots=True)
class AnswerLink:
    text: str
    query: str  # the selection with this answer given
    options: tuple[OptionName, ...]  # that can still come out after it


@dataclass(frozen=True, slots=True)
class StepLine:
    question: str
    answer: str
    query: str  # the selection with this answer taken back


@dataclass(frozen=True, slots=True)
class RuleLine:
    question: str
    answer: str
    options: tuple[OptionName, ...]
    together: bool
    standing: str  # chosen, open, ruled-out


@dataclass(frozen=True, slots=True)
class TreePage:
    """The decision tree, as far as it is answered."""

    path: tuple[StepLine, ...]
    question: str  # the open one; empty at the end
    number: int  # of the open question on this way
    source: SourceLine | None
    place: str
    answers: tuple[AnswerLink, ...]
    reachable: tuple[OptionName, ...]
    leaf: tuple[OptionName, ...]  # what it ends at
    together: bool
    reason: str
    rules: tuple[RuleLine, ...]
    agreement: str  # none, blocked, same, overlap, different
    blocked: tuple[str, ...]  # must-haves that stand against the leaf
    dropped: int
    restart: str  # the selection without answers


@dataclass(frozen=True, slots=True)
class CellAge:
    criterion_slug: str
    criterion: str
    option: OptionName
    changed_on: date | None
    checked_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class FreshnessPage:
    """How fresh and how well founded everything is, counted."""

    today: date
    claims: int
    statements: int  # claims and everything else that an editor judges
    findings: tuple[tuple[str, int], ...]
    cells: int
    checked: int
    overdue: tuple[CellAge, ...]
    single: tuple[CellAge, ...]
    silent: tuple[CellAge, ...]
    all: tuple[CellAge, ...]


@dataclass(frozen=True, slots=True)
class SampleFileText:
    path: str
    html: Markup  # highlighted


@dataclass(frozen=True, slots=True)
class SampleSide:
    slug: str
    option: OptionName
    differs: str
    answers: str  # which excerpt of a source
    source: SourceLine | None
    place: str
    files: tuple[SampleFileText, ...]


@dataclass(frozen=True, slots=True)
class SampleTopic:
    title: str
    slug: str
    sides: tuple[SampleSide, ...]
