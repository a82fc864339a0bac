"""What each template may read: frozen values, next to nothing computed. A name that is not here is not on the page.

The few records of which a request makes many are tuples: as frozen, and several times as quick to make.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from comparison.core.charts import Tick

if TYPE_CHECKING:
    from comparison import since, verdicts
    from comparison.standing import Standing

# What pages say to search engines: nothing of the page itself, which is found.
VIEW = "noindex, nofollow"  # one of the many views of a page
PART = "noindex"  # a part of a page at an address of its own, or another form of it


@dataclass(frozen=True, slots=True)
class OptionName:
    """An option as it is named everywhere, with a mark that no other one has: a shape for the first eight, then its number."""

    slug: str
    name: str
    line: str
    slot: str  # a letter of marks.SLOTS, for the colour and the shape; "n" is ink, of nobody in particular
    number: int  # its place in editorial order, from 1; the mark itself from the ninth on
    label: Markup  # its mark and name


@dataclass(frozen=True, slots=True)
class MustChip:
    """A must-have as it can be switched on."""

    slug: str
    name: str
    checked: bool
    preset: bool  # the use case sets it
    excludes: str  # "FastAPI", "2 options", or empty


class Total(NamedTuple):
    """One option's overall score under the matrix."""

    option: OptionName
    score: str  # "–" where there is none
    excluded: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A criterion's row. What does not depend on the selection comes as markup, rendered once a release."""

    slug: str
    name: str
    dispute: str  # the kind of disagreement; empty without one
    on: bool
    hidden: bool  # by a filter
    preset: int  # importance before the reader's own settings
    ruler: Markup
    cells: Markup


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    """A group of rows under its heading."""

    slug: str
    name: str
    counted: int  # rows that count towards the result
    on: bool
    hidden: bool
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    groups: tuple[MatrixGroup, ...]
    shown: int  # rows not hidden by a filter
    of: int
    wide: bool
    unfiltered: str  # the page's address without search and filter


@dataclass(frozen=True, slots=True)
class UseCaseChip:
    slug: str  # "none" where no use case is chosen
    name: str
    checked: bool


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as it is listed, with the number that references show."""

    number: int
    slug: str
    title: str
    publisher: str
    published: str
    interest: str
    note: str
    address: str
    trusted: bool
    claims: int


@dataclass(frozen=True, slots=True)
class Settings:
    """What the form's controls show."""

    use: str
    default_use: str  # what an address without a use case means
    use_cases: tuple[UseCaseChip, ...]
    musts: tuple[MustChip, ...]
    sources: tuple[SourceLine, ...]
    distrusting: bool
    options: tuple[tuple[str, str, bool], ...]  # slug, name, whether it is compared
    differences: bool
    q: str
    claims_only: bool
    mutes: tuple[tuple[str, str], ...]  # groups of sources that one button leaves out: name, slugs
    made_on: int | None
    tree: str


@dataclass(frozen=True, slots=True)
class Found:
    """What an editor found about a statement."""

    kind: str  # not-checked, supported, outdated, misleading, wrong, opinion, unverifiable
    reason: str
    title: str  # of the primary documentation; empty without one
    address: str
    version: str
    read_on: date | None


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim as the evidence lists it."""

    source: SourceLine
    slug: str
    statement: str
    disagrees: bool
    score: str
    place: str
    audience: str
    modality: str
    found: Found


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything behind one cell."""

    criterion_slug: str
    criterion: str
    question: str
    option: OptionName
    text: str
    score: str
    mark: int | None
    span: str  # between which points an unknown score lies; empty where nothing says so
    counted: str  # what the score counts as
    basis: str  # editor, claims or empty
    rests_on: tuple[str, ...]  # sources, check; or editors, or nothing
    applies: bool
    note: str
    scale_low: str
    scale_high: str
    claims: tuple[ClaimLine, ...]
    agreement: str  # agreed, split, single, mentioned, silent
    support: int  # origins that support the score
    against: int  # origins that speak against it
    origins: int  # that speak of the cell at all
    copies: bool  # several sources of one origin are among them
    changed_on: date | None
    due_on: date | None  # when the check is to be done again
    silent: tuple[SourceLine, ...]
    checked_text: str
    checked_title: str
    checked_address: str
    checked_version: str
    checked_on: date | None
    release: int
    published: date


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """What one source advises for a use case; advice that differs only in its condition is one line."""

    source: SourceLine
    choices: tuple[str, ...]
    slots: tuple[str, ...]
    against: bool
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UseCaseRow:
    slug: str
    name: str
    description: str
    standing: "Standing"
    query: str  # the selection whose result that is
    advice: tuple[AdviceLine, ...]
    silent: int


@dataclass(frozen=True, slots=True)
class PlotMark:
    """One mark in a plot row, in percent of its width."""

    slot: str
    number: int
    kind: str  # point, range, lower-bound, upper-bound
    x: str
    end: str
    width: str
    open: bool
    whisker: str  # percent where it ends; empty without one
    y: int
    measured: bool


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One run's figures of one metric."""

    source: SourceLine
    name: str
    conditions: tuple[str, ...]
    missing: tuple[str, ...]
    note: str
    marks: tuple[PlotMark, ...]
    cells: tuple[str, ...]  # one text per option, as the source prints it
    ratio: str  # within this run; empty where none can be given
    height: int


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One metric's figures of one kind of workload: a table with a plot column, one axis for all rows."""

    slug: str
    title: str
    description: str
    unit: str
    logarithmic: bool
    ticks: tuple[Tick, ...]
    options: tuple[OptionName, ...]
    workloads: tuple[tuple[str, str, tuple[FigureRow, ...]], ...]  # name, description, one row per run
    has_ratio: bool


@dataclass(frozen=True, slots=True)
class DerivedLine:
    """A figure that a source says it computed, and what its own figures give."""

    source: SourceLine
    slug: str
    statement: str
    stated: str
    recomputed: str
    agrees: bool | None
    place: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """Something the reader should know about the link: a kind that chooses the sentence, and what it is about."""

    kind: str
    key: str
    value: str
    release: int = 0  # the last release that had what the note names; 0 where the note is about something else
    place: str = ""  # the page of that release which was asked for, as the rest of its path; empty where none was


@dataclass(frozen=True, slots=True)
class Share:
    following: str
    pinned: str
    release: int
    origin: str  # scheme and host, for links that leave the site
    query: str  # canonical, less the release that a link was made on


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a comparison."""

    title: str
    topic: str
    question: str
    summary: Markup  # the options' names in it are marked
    licence: str
    long: bool
    options: int
    criteria: int
    sources: int  # that count
    of_sources: int  # how many there are
    claims: int  # of the sources that count
    of_claims: int
    disputed: int
    checked: date | None


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """One comparison under one selection: all that its page and every one of its regions may read."""

    slug: str
    base: str  # the page's own path, with its release where the link names one
    canonical: str  # the page's address with the canonical query
    query: str  # the canonical query
    evidence_query: str  # the part of it that evidence depends on: short, for links into it
    release: int
    newest: int
    pinned: bool
    draft: bool
    published: date
    editor: str
    note: str
    notes: tuple[NoteLine, ...]
    heading: Heading
    settings: Settings | None  # only where controls are asked for
    options: tuple[OptionName, ...]
    results: "verdicts.Results"
    counted: int  # criteria that count towards the result
    totals: tuple[Total, ...]
    excluded: str  # the places of the excluded options, counted from 1: "1 3"
    share: Share
    matrix: Matrix | None  # only where rows are asked for
    prose: dict[str, Markup]
    cases: Markup
    figures: Markup
    more: Markup
    sections: tuple[tuple[str, str], ...]  # slug and title of each section that has something to say
    has_tree: bool
    has_samples: bool
    evidence: Evidence | None = None
    ageing: "since.Ageing | None" = None  # what has moved since the link was made; only on the whole page

    @property
    def robots(self) -> str:
        """What search engines are told: a selection, an older release and a draft are views of the page that they find."""
        return VIEW if self.draft or self.pinned or self.query or self.notes else ""


@dataclass(frozen=True, slots=True)
class HubEntry:
    """One comparison on the hub."""

    slug: str
    heading: Heading
    marks: tuple[OptionName, ...]  # one per use case, grouped by the option it goes to
    counts: tuple[tuple[str, int], ...]  # option, in how many use cases it is recommended
    undecided: int  # use cases in which none is


@dataclass(frozen=True, slots=True)
class HubPage:
    q: str
    entries: tuple[HubEntry, ...]
    total: int
    number: int
    previous: str
    following: str


@dataclass(frozen=True, slots=True)
class MessagePage:
    """A page that has only something to say: what happened, and what to do."""

    title: str
    text: str
    links: tuple[tuple[str, str], ...] = ()
