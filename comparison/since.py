"""What the templates of changes and of the ageing notice may read. Frozen, nothing computed."""

from dataclasses import dataclass
from datetime import date

from comparison.pages import OptionName
from comparison.standing import Standing


@dataclass(frozen=True, slots=True)
class CellMove:
    """A cell that counts, and differs."""

    criterion_slug: str
    criterion: str
    option: OptionName
    text_before: str
    text_after: str
    score_before: str
    score_after: str
    only_firmness: bool  # the same text and score, better or worse founded


@dataclass(frozen=True, slots=True)
class ImportanceMove:
    criterion: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Ageing:
    """What has moved, for one selection, since the release that its link was made on."""

    made_on: int
    shown: int
    before: Standing
    after: Standing
    verdict_moved: bool
    cells: tuple[CellMove, ...]
    criteria_added: tuple[str, ...]
    criteria_gone: tuple[str, ...]
    options_added: tuple[str, ...]
    options_gone: tuple[str, ...]
    importances: tuple[ImportanceMove, ...]
    must_haves: tuple[str, ...]
    as_was: str  # address of the page as it was
    changes: str  # address of everything that changed between the two releases

    @property
    def anything(self) -> bool:
        """Something that the selection depends on differs, whether the verdict does or not."""
        lists = (self.cells, self.criteria_added, self.criteria_gone, self.options_added, self.options_gone)
        return any((*lists, self.importances, self.must_haves))


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release in the list of changes."""

    number: int
    published: date
    editor: str
    note: str
    counts: tuple[tuple[str, str, int], ...]  # kind of thing, how it changed, how many
    first: bool
    address: str  # of what changed since the release before; empty for the first


@dataclass(frozen=True, slots=True)
class ReleasesPage:
    lines: tuple[ReleaseLine, ...]  # newest first
    older: str  # address of those before the last line; empty where there are none
    newest: bool  # the list begins at the newest release that this page knows


@dataclass(frozen=True, slots=True)
class FieldLine:
    name: str
    before: str  # empty: not said
    after: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing that differs between two releases."""

    kind: str
    how: str  # added, removed, changed, renamed
    name: str
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Changes that belong together: those of one criterion, one source, one run, or one kind of thing."""

    part: str  # criteria, sources, figures, cases, other
    name: str
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class CaseEffect:
    """A use case's verdict in the older and the newer release; None where that release has no such case."""

    name: str
    slugs: tuple[str, str]  # in the older and the newer release; empty where that has no such case
    before: Standing | None
    after: Standing | None
    moved: bool


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """What changed between two releases."""

    before: ReleaseLine
    after: ReleaseLine
    between: int  # releases that lie between the two
    counts: tuple[tuple[str, str, int], ...]
    cases: tuple[CaseEffect, ...]
    groups: tuple[ChangeGroup, ...]
    left_out: int  # changes beyond the first ones, which are counted only
