"""What is to be looked at in a comparison, a line for each criterion, in the order of what it could
do to a verdict.

What is contested, silent or contradictory is what readers are told is so: the evidence says it, not
this page. Which criterion could change who leads is the engine's answer (`unsettled`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from comparison.admin.addresses import admin_address
from comparison.admin.forms.way_back import BACK, HOME
from comparison.core.decision import unsettled
from comparison.core.document.schema import Cell as CellOfDocument
from comparison.core.document.schema import Claim, Source
from comparison.core.document.schema import Criterion as CriterionOfDocument
from comparison.core.evidence import contradicts_itself
from comparison.core.selection import NO_USE_CASE, Selection, canonical
from comparison.models import Cell, Comparison, Criterion
from comparison.pages.scored_release import ScoredRelease, scored_of
from comparison.pages.view import view_of
from comparison.publishing.releases import Published

MOST_LINES = 6  # of one comparison
MOST_NAMED = 3  # options in one line


class Kind(StrEnum):
    """Why something is to be looked at."""

    CONTRADICTORY = "contradictory"
    DISPUTED = "disputed"
    OVERDUE = "overdue"
    SILENT = "silent"


IN_WORDS = {
    Kind.CONTRADICTORY: "a source contradicts itself",
    Kind.DISPUTED: "sources disagree, or the documentation does",
    Kind.OVERDUE: "the check is overdue",
    Kind.SILENT: "no source speaks of it",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to look at a criterion."""

    why: str  # in words
    options: str  # which of them, by name
    address: str  # where it can be mended


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One criterion that is to be looked at."""

    criterion: str  # by name
    cases: int  # in how many use cases it could put another option first
    reasons: tuple[Reason, ...]  # the gravest first


@dataclass(frozen=True, slots=True)
class Work:
    """All that is to be looked at in a comparison."""

    lines: tuple[WorkLine, ...]  # the first of them
    left_out: int  # how many more there are
    rest: str  # the address of the rows of the matrix that are left out
    cases: int  # how many use cases there are, no use case at all among them


Place = tuple[str, str]  # of a cell: criterion and option
Options = dict[Kind, list[str]]  # of one criterion


def work_of(comparison: Comparison, release: Published, today: date) -> Work:
    """Return what is to be looked at: first what could put another option first in most use cases,
    then what counts most in them.
    """
    scored = scored_of(release, Selection())
    found: dict[str, Options] = defaultdict(lambda: defaultdict(list))
    for kind, (criterion, option) in _places(scored, today):
        found[criterion][kind].append(option)
    turns, weights, cases = _sway(scored)
    # those that stand alike stay in editorial order
    order = sorted(found, key=lambda slug: (-turns[slug], -weights[slug]))
    addresses = _Addresses(comparison)
    lines = tuple(
        WorkLine(
            scored.criteria[slug].name,
            turns[slug],
            tuple(
                Reason(
                    IN_WORDS[kind],
                    _listed([scored.named[option].name for option in found[slug][kind]]),
                    addresses.of(kind, scored.criteria[slug], found[slug][kind]),
                )
                for kind in Kind
                if kind in found[slug]
            ),
        )
        for slug in order[:MOST_LINES]
    )
    rest = addresses.rows(order[MOST_LINES:])
    return Work(lines, len(found) - len(lines), rest, cases)


def _places(scored: ScoredRelease, today: date) -> Iterator[tuple[Kind, Place]]:
    for place, evidence in scored.evidence.cells.items():
        criterion, option = scored.criteria[place[0]], place[1]
        if option not in scored.named or not criterion.is_scored:
            continue
        cell = criterion.cells.get(option)
        if any(contradicts_itself(criterion, claims) for claims in _by_source(evidence.claims)):
            yield Kind.CONTRADICTORY, place
        if evidence.dispute:
            yield Kind.DISPUTED, place
        if _is_overdue(cell, criterion.shelf_life_days, today):
            yield Kind.OVERDUE, place
        if not evidence.origins and (cell is None or cell.applies):
            yield Kind.SILENT, place


def _is_overdue(cell: CellOfDocument | None, days: int | None, today: date) -> bool:
    return bool(
        cell and cell.checked and days and cell.checked.read_on + timedelta(days=days) < today
    )


def _by_source(claims: tuple[tuple[Source, Claim], ...]) -> list[list[Claim]]:
    by_source: dict[str, list[Claim]] = defaultdict(list)
    for source, claim in claims:
        by_source[source.slug].append(claim)
    return [several for several in by_source.values() if len(several) > 1]


def _sway(scored: ScoredRelease) -> tuple[Counter[str], dict[str, float], int]:
    """Return of each criterion in how many use cases the leader could lose its lead on it, and the
    sum of its weights in them; and how many use cases there are.
    """
    document, matrix = scored.document, scored.matrix
    turns: Counter[str] = Counter()
    weights: dict[str, float] = defaultdict(float)
    uses = [NO_USE_CASE, *document.names.use_cases]
    for use in uses:
        selection = canonical(document, Selection(use=use))
        decision = view_of(scored, selection, detail=False, flips=False).decision
        turns.update(unsettled(matrix, decision, document.names.criteria))
        for criterion, importance in decision.importances:
            if decision.total_importance:
                weights[criterion] += importance / decision.total_importance
    return turns, weights, len(uses)


def _listed(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


class _Addresses:
    """Where each line leads: to the form of one cell, to a row of the matrix, or to a list."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        rows = Criterion.objects.filter(comparison=comparison)
        self.criteria = dict(rows.values_list("slug", "pk"))

    def rows(self, slugs: Sequence[str]) -> str:
        """Return where these rows of the matrix stand alone."""
        # by key: the slugs of a large matrix make an address that servers refuse
        keys = ".".join(str(self.criteria[slug]) for slug in slugs if slug in self.criteria)
        return admin_address(Comparison, "grid", self.comparison.pk, "matrix", row=keys)

    def of(self, kind: Kind, criterion: CriterionOfDocument, options: list[str]) -> str:
        key = self.criteria.get(criterion.slug)
        if key is None:  # of a release, and deleted in the draft
            return admin_address(Comparison, "publish", self.comparison.pk)
        if kind is not Kind.OVERDUE:
            return self.rows([criterion.slug])
        cells = Cell.objects.filter(criterion=key, option__slug__in=options)
        first, *others = cells.values_list("pk", flat=True)[:2] or [None]
        if first is not None and not others:
            return admin_address(Cell, "change", first, **{BACK: HOME})
        of = {"criterion__comparison__id__exact": self.comparison.pk}
        return admin_address(Cell, "changelist", criterion__id__exact=key, check="overdue", **of)
