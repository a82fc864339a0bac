"""A release as one reader's trust leaves it: evidence weighed, matrix compiled, everything named.
Made once for each (release, sources left out, basis, options shown), then kept in memory, and with
it what other modules make of it: records, and what `matrix/fragments.py` renders. It goes with its
release, and nothing that is kept with it refers to it: once dropped, all of it is free.

Never sees a request; never ranks (the engine does), renders or words (templates do).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from markupsafe import escape

from comparison.core import decision
from comparison.core.decision import Backing
from comparison.core.document.schema import Criterion, Document, Kind, Option, Strength
from comparison.core.evidence import AGAINST, SUPPORTS, Evidence, near_origins, stance_of
from comparison.core.selection import CLAIMS, Selection, canonical, settings, spell
from comparison.pages import option_marks, statements
from comparison.pages.shared_evidence import evidence_of
from comparison.publishing import releases
from comparison.publishing.garbage_collection import made_to_stay
from comparison.publishing.releases import Published
from comparison.rendering.addresses import Home

WIDE_FROM = 5  # options; from here on the matrix shows marks and digits only
# bytes that a scored release takes with what a page makes of it, roughly
AT_LEAST, A_CRITERION, A_CELL = 20_000, 12_000, 1_700
P = ParamSpec("P")
Made = TypeVar("Made")


@dataclass(frozen=True)
class ScoredRelease:
    """One release under one choice of sources, basis and options shown. Compared by its key, so
    that it can be kept.
    """

    slug: str
    number: int
    digest: str
    distrust: frozenset[str]
    claims_only: bool
    shown: frozenset[str]
    home: Home  # where the links lead that are made of it: on a pinned page they stay pinned
    release: Published = field(compare=False, repr=False)
    # what other modules made of it, by function and what else that was given
    made: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False, init=False)

    @property
    def document(self) -> Document:
        return self.release.document

    @cached_property
    def base(self) -> str:
        """The path of the page that its links lead to."""
        return self.home.path

    @cached_property
    def query(self) -> str:
        """The part of the canonical query that this scored release stands for; links into the
        evidence carry it.
        """
        return spell(self.document, self.selection_of(None))

    def selection_of(self, use: str | None) -> Selection:
        """Return the selection that is this scored release with one use case and nothing else."""
        basis = CLAIMS if self.claims_only else None
        selection = Selection(use=use, distrust=self.distrust, options=self.shown, basis=basis)
        return canonical(self.document, selection)

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """The options compared, in editorial order."""
        compared = self.shown or self.document.names.compared
        return tuple(option for option in self.document.options if option.slug in compared)

    @cached_property
    def named(self) -> dict[str, option_marks.OptionName]:
        """The options compared by slug, with their marks."""
        return {option.slug: self.described[option.slug] for option in self.options}

    @cached_property
    def arrangements(self) -> tuple[Option, ...]:
        """The arrangements of options that are compared, without being compared themselves."""
        compared = {option.slug for option in self.options}
        return tuple(
            option
            for option in self.document.options
            if option.slug not in self.document.names.compared
            and option.slug not in compared
            and all(part.option in compared for part in option.parts)
        )

    @cached_property
    def described(self) -> dict[str, option_marks.OptionName]:
        """The options whose evidence is shown, by slug: those compared, and their arrangements."""
        shown = {option.slug for option in (*self.options, *self.arrangements)}
        return option_marks.names_of(self.document.options, shown, self._best_first())

    def _best_first(self) -> list[str]:
        """Return the options of few that are compared of many, in the order in which they keep
        their colours: by the sum of their scores in the comparison's own weighing, which no change
        of a reader moves. Nothing elsewhere.
        """
        few = len(option_marks.SLOTS)
        if len(self.options) > few or len(self.document.names.compared) <= few:
            return []
        usual = settings(self.document, canonical(self.document, Selection())).importances

        def weighed(option: str) -> float:
            scores = self.evidence.scores[option]
            known = {slug: scores.get(slug) for slug in usual}
            neutral = self.document.neutral
            return sum(
                usual[slug] * (neutral if score is None else score) for slug, score in known.items()
            )

        return sorted((option.slug for option in self.options), key=weighed, reverse=True)

    @cached_property
    def advisers(self) -> dict[tuple[str, str | None], tuple[str, ...]]:
        """The counted sources that advise an option for a use case, or (None) for any at all."""
        found: dict[tuple[str, str | None], list[str]] = {}
        for source in self.document.sources:
            if source.slug in self.distrust:
                continue
            advised: set[tuple[str, str | None]] = {
                (verdict.option, None) for verdict in source.verdicts if verdict.option
            }
            for advice in source.advice:
                if advice.strength is not Strength.ADVISED_AGAINST:
                    for choice in advice.choices:
                        if choice.option:
                            advised |= {(choice.option, advice.use_case), (choice.option, None)}
            for pair in advised:
                found.setdefault(pair, []).append(source.slug)
        return {pair: tuple(sources) for pair, sources in found.items()}

    @cached_property
    def left_out(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The sources that the reader leaves out and that speak of a cell, by criterion and
        option.
        """
        found: dict[tuple[str, str], dict[str, None]] = {}
        for source in self.document.sources:
            for claim in source.claims if source.slug in self.distrust else ():
                if claim.criterion and claim.option:
                    found.setdefault((claim.criterion, claim.option), {})[source.slug] = None
        return {cell: tuple(sources) for cell, sources in found.items()}

    @cached_property
    def must_have_names(self) -> dict[str, str]:
        return {slug: name for slug, name, _ in self.must_haves}

    @cached_property
    def situations(self) -> dict[str, str]:
        """What completes "for ...", by use case."""
        return {
            use.slug: use.situation or f"the case “{use.name}”" for use in self.document.use_cases
        }

    @cached_property
    def option_names(self) -> tuple[option_marks.OptionName, ...]:
        return tuple(self.named.values())

    @cached_property
    def tells_of_options(self) -> bool:
        """Something is known of an option beside its line."""
        return any(option.facts for option in self.document.options)

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """Every criterion, those that are words alone among them; `names.criteria` can count."""
        return {criterion.slug: criterion for criterion in self.document.criteria}

    @cached_property
    def wide(self) -> bool:
        return len(self.options) >= WIDE_FROM

    # --- evidence and engine ------------------------------------------------------------------

    @cached_property
    def evidence(self) -> Evidence:
        return evidence_of(self.release, self.distrust, claims_only=self.claims_only)

    @cached_property
    def matrix(self) -> decision.Matrix:
        return self._build(list(self.named))

    @cached_property
    def described_matrix(self) -> decision.Matrix:
        """The table of all options whose evidence is shown; decisions are made on `matrix`."""
        return self._build(list(self.described)) if self.arrangements else self.matrix

    def matrix_of(self, options: Collection[str]) -> decision.Matrix:
        """Return the table of some of the options compared, in editorial order."""
        names = [slug for slug in self.named if slug in options]
        whole = len(names) == len(self.named)
        return self.matrix if whole else decision.part_of(self.matrix, names)

    def _build(self, names: list[str]) -> decision.Matrix:
        return made_to_stay(
            decision.build,
            names,
            self.document.names.criteria,
            {slug: self.evidence.scores[slug] for slug in names},
            groups={criterion.slug: criterion.group for criterion in self.document.scored_criteria},
            neutral=self.document.neutral,
            spread={slug: self.evidence.spreads[slug] for slug in names},
            bounds={slug: self.evidence.bounds[slug] for slug in names},
        )

    @cached_property
    def backing(self) -> dict[tuple[str, str], Backing]:
        return made_to_stay(backing_of, self)

    @cached_property
    def agreeing(self) -> frozenset[str]:
        """The criteria on which all options shown have the same known score, or the same words
        where there are no scores.
        """
        same = set()
        for slug, criterion in self.criteria.items():
            known: set[float | str | None] = {
                self.evidence.scores[option][slug]
                if criterion.is_scored
                else text_of(criterion, option)
                for option in self.named
            }
            if len(known) == 1 and None not in known:
                same.add(slug)
        return frozenset(same)

    @cached_property
    def must_haves(self) -> tuple[tuple[str, str, str], ...]:
        """Every must-have on offer: criterion, name, and whom it would exclude."""
        offered = []
        for criterion in self.document.scored_criteria:
            slug = criterion.slug
            if criterion.must:
                below = [
                    option.name
                    for option in self.option_names
                    if (score := self.evidence.scores[option.slug][slug]) is not None
                    and score < criterion.must.minimum
                ]
                words = " and ".join(below) if len(below) <= 2 else f"{len(below)} options"
                offered.append((slug, criterion.must.name, words))
        return tuple(offered)

    @cached_property
    def all_named(self) -> tuple[option_marks.OptionName, ...]:
        """Every option by name, also those that are not compared at the moment."""
        hidden = {
            option.slug: option_marks.OptionName(
                option.slug,
                option.name,
                option_marks.INK,
                option_marks.INK,
                0,
                "",
                escape(option.name),
            )
            for option in self.document.options
            if option.slug not in self.described
        }
        return tuple((self.described | hidden)[option.slug] for option in self.document.options)

    @cached_property
    def use_case_names(self) -> dict[str, str]:
        return {use.slug: use.name for use in self.document.use_cases}

    @cached_property
    def sources(self) -> tuple[statements.SourceLine, ...]:
        return tuple(
            statements.SourceLine(
                number=number,
                slug=source.slug,
                title=source.title,
                publisher=source.publisher,
                published=source.published,
                interest=source.interest,
                note=source.note or "",
                address=source.address or "",
                trusted=source.slug not in self.distrust,
                claims=len(source.claims),
            )
            for number, source in enumerate(self.document.sources, start=1)
        )

    @cached_property
    def source_by_slug(self) -> dict[str, statements.SourceLine]:
        return {source.slug: source for source in self.sources}


def kept_with_release(
    make: Callable[Concatenate[ScoredRelease, P], Made],
) -> Callable[Concatenate[ScoredRelease, P], Made]:
    """Make something of a scored release once, and keep it with it."""

    @wraps(make)
    def kept(scored: ScoredRelease, /, *given: P.args, **named: P.kwargs) -> Made:
        key = (make, given, *named.items())
        if key not in scored.made:
            scored.made.setdefault(key, made_to_stay(make, scored, *given, **named))
        made: Made = scored.made[key]
        return made

    return kept


def _size(scored: ScoredRelease) -> int:
    """Return how many bytes a scored release takes with what a page makes of it, less evidence."""
    criteria = len(scored.document.criteria)
    cells = criteria * len(scored.options)
    return AT_LEAST + criteria * A_CRITERION + cells * A_CELL


def text_of(criterion: Criterion, option: str) -> str | None:
    """Return an option's words on a criterion; None where there are none."""
    cell = criterion.cells.get(option)
    return cell.text if cell else None


def score(release: Published, selection: Selection, home: Home | None = None) -> ScoredRelease:
    """Return a release as a selection leaves it, from memory where it was asked for before.

    home: where its links lead; the page that follows the newest release, unless
    said otherwise.
    """
    scored = scored_of(release, selection, home)
    memory = releases.memory.kept
    kept: ScoredRelease | None = memory.get(scored)
    if kept is None:
        releases.memory.put(release)
        kept = memory.put(scored, scored, _size(scored), owner=release.kept_as)
    return kept


def scored_of(release: Published, selection: Selection, home: Home | None = None) -> ScoredRelease:
    """Return the same without keeping it: of a draft, which is another one after every change."""
    known = release.document.names
    return ScoredRelease(
        slug=release.slug,
        number=release.number,
        digest=release.digest,
        distrust=selection.distrust & frozenset(known.sources),
        claims_only=selection.basis == CLAIMS,
        shown=selection.options,
        home=home or Home(release.slug),
        release=release,
    )


def backing_of(scored: ScoredRelease) -> dict[tuple[str, str], Backing]:
    """Return the backing of every cell whose score is known, by criterion and option."""
    last_read = max((source.read_on for source in scored.document.sources), default=None)
    backing = {}
    for (criterion_slug, option), cell in scored.evidence.cells.items():
        if cell.score is None:
            continue
        criterion = scored.criteria[criterion_slug]
        editors_cell = criterion.cells.get(option)
        check = editors_cell.checked if editors_cell and cell.basis == "editor" else None
        backers = [
            source
            for source, claim in cell.claims
            if stance_of(criterion, [claim], cell.reach) == SUPPORTS
        ]
        dates = (
            [check.read_on.isoformat()]
            if check
            else [source.published for source in backers if source.published != "undated"]
        )
        # a written rule gives the score of a fact; a rating needs two origins that say the same
        follows = criterion.kind is not Kind.RATING or near_origins(criterion, cell) >= 2
        backing[criterion_slug, option] = Backing(
            checked=check is not None and follows,
            derived=check is not None and not follows,
            support=cell.support,
            against=cell.against,
            harsh=sum(claim.finding in AGAINST for _, claim in cell.claims),
            age=_months_between(max(dates), last_read) if dates and last_read else None,
            interested=bool(backers) and all(source.is_commercial for source in backers),
        )
    return backing


def _months_between(published: str, last: date) -> int:
    """Return the whole months from a day, month or year to a day; what is only known to the year
    began with it.
    """
    year, month = int(published[:4]), int(published[5:7] or 1)
    return max(0, 12 * (last.year - year) + last.month - month)
