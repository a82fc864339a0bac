"""One comparison under one selection, decided. Made once for a request; every page and region is a
function of it that builds its own record.

    view = view_of(scored_release, selection)
    view.decision, view.query          what is decided, and its canonical spelling
    view.under(another_selection)      what the same release would say otherwise
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from comparison.core.alterations import Alterations, alterations
from comparison.core.decision import (
    Certainty,
    Decision,
    Margin,
    Matrix,
    certainty_of,
    decide,
    margin_over,
    unsettled,
)
from comparison.core.selection import (
    NO_USE_CASE,
    Note,
    Selection,
    Settings,
    canonical,
    settings,
    spell,
)
from comparison.pages.scored_release import ScoredRelease, kept_with_release, score
from comparison.pages.standing import Standing, standing
from comparison.rendering.addresses import with_query


class Broken(NamedTuple):
    """One thing that keeps a draft from being published, and is left out where it is shown."""

    words: str  # what is wrong, and where
    address: str  # of the field where it is mended; empty where nobody here may


@dataclass(frozen=True, slots=True)
class Link:
    """How an address came to a release: on which host, whether it names the release, and what of
    the address could not be used.
    """

    origin: str = ""  # scheme and host, for links that leave the site
    newest: int = 0  # number of the newest release
    pinned: bool = False  # the address names the release that is shown
    draft: bool = False
    notes: tuple[Note, ...] = ()
    until: datetime | None = None  # of a draft that is seen by a link: when that ends
    broken: tuple[Broken, ...] = ()  # what is left out of a draft, the first of it
    broken_count: int = 0  # all of it
    # number of the newest release where that is withheld and an older one shown; 0 elsewhere
    newest_withheld: int = 0


@dataclass(frozen=True)
class View:
    """One comparison under one selection, and what follows from it."""

    scored: ScoredRelease
    selection: Selection
    settings: Settings  # what the selection is decided under
    decision: Decision
    query: str  # the canonical spelling of the selection
    link: Link = Link()

    @cached_property
    def matrix(self) -> Matrix:
        """The table that is decided on."""
        return _matrix_under(self.scored, self.selection)

    @cached_property
    def standing(self) -> Standing:
        """Who leads, in as few words as it takes."""
        return standing(self.scored.named, self.decision)

    @cached_property
    def unsettled(self) -> tuple[str, ...]:
        """The disputed criteria on which the leader could lose its lead."""
        return unsettled(self.matrix, self.decision, self.scored.evidence.disputes)

    @cached_property
    def margin(self) -> Margin | None:
        """What is taken apart by criterion: the lead over the option that the reader set against
        the leader, else over the runner-up. None without a sole leader that has a rival.
        """
        against, runner_up = self.selection.against, self.decision.margin
        if runner_up is None or against is None or against == runner_up.rival:
            return runner_up
        states = {option.option: option.state for option in self.decision.options}
        if states[against] != states[runner_up.leader]:
            return runner_up  # it failed a must-have, or is not known to meet it
        return margin_over(self.matrix, self.decision, against) or runner_up

    @cached_property
    def with_all_sources(self) -> "View | None":
        """The same with every source and the editors' own scores counted; None where all are."""
        if not self.selection.distrust and not self.scored.claims_only:
            return None
        everything = replace(self.selection, distrust=frozenset(), basis=None)
        scored = score(self.scored.release, everything, self.scored.home)
        return view_of(scored, everything, flips=False)

    @cached_property
    def certainty(self) -> Certainty | None:
        """How good the evidence is; None if nobody leads, or nothing is counted."""
        whole = self.with_all_sources
        most = whole.certainty.level if whole and whole.certainty else "high"
        return certainty_of(self.decision, self.scored.backing, most)

    @cached_property
    def muted_disputes(self) -> frozenset[str]:
        """The criteria whose dispute could move the result, were it not that the reader leaves out
        who disputes them.
        """
        whole = self.with_all_sources
        return frozenset(whole.unsettled if whole else ()) - self.scored.evidence.disputes.keys()

    @cached_property
    def altered(self) -> Alterations:
        """What the selection leaves out and changes of the comparison as it is published."""
        return alterations(self.scored.document, self.selection)

    @property
    def chosen_use_case(self) -> str | None:
        """The use case that the reader chose; None where none is, although the editors may start
        from one.
        """
        return None if self.selection.use == NO_USE_CASE else self.selection.use

    @property
    def address(self) -> str:
        """The page's path with the canonical query."""
        return with_query(self.scored.base, self.query)

    def ranking(self, arrangement: str) -> "View":
        """Return the same with an arrangement ranked beside the options that are compared."""
        document = self.scored.document
        selection = canonical(
            document, replace(self.selection, options=frozenset({*self.scored.named, arrangement}))
        )
        scored = score(self.scored.release, selection, self.scored.home)
        return view_of(scored, selection, self.link)

    def under(self, selection: Selection, *, detail: bool = True) -> "View":
        """Return what the same release says under another selection of the same evidence; options
        may be left out.

        What would change that decision in its turn is not asked. detail: False if only the leaders
        and their scores matter.
        """
        selection = canonical(self.scored.document, selection)
        if selection == self.selection:
            return self
        return view_of(self.scored, selection, detail=detail, flips=False)


def view_of(
    scored: ScoredRelease,
    selection: Selection,
    link: Link = Link(),
    *,
    detail: bool = True,
    flips: bool = True,
) -> View:
    """Return a release under a canonical selection: the one place where a reader's decision is
    asked for.

    detail, flips: as `decide` takes them.
    """
    document = scored.document
    decided_under = settings(document, selection)
    decision = decide(
        _matrix_under(scored, selection),
        decided_under.importances,
        must_haves=decided_under.must_haves,
        dormant=decided_under.dormant if flips else None,
        detail=detail,
        flips=flips,
    )
    return View(scored, selection, decided_under, decision, spell(document, selection), link)


def _matrix_under(scored: ScoredRelease, selection: Selection) -> Matrix:
    options = selection.options or frozenset(scored.document.names.compared)
    left_out = scored.named.keys() - options
    return _without(scored, *left_out) if len(left_out) == 1 else scored.matrix_of(options)


@kept_with_release
def _without(scored: ScoredRelease, option: str) -> Matrix:
    """Return the table of all options compared but one: asked of each under every selection."""
    return scored.matrix_of(scored.named.keys() - {option})
