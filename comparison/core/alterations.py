"""What a view leaves out and changes of a comparison as its editors published it: (document,
selection) -> names, no words.

    alterations(document, options=ada,cyd and off=cost) -> options: Bob; off: Cost

Every place that passes a view on says this of it, so that no decision travels without the options,
sources and scores that it was reached without. A use case is no alteration: it is named beside the
decision. Neither are filters, which hide rows alone.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from comparison.core.document.schema import Document
from comparison.core.selection import CLAIMS, Selection, layer_below, use_case_of


class Named(NamedTuple):
    """One thing by slug and name."""

    slug: str  # as addresses name it
    name: str  # as readers are told it


class Reweighed(NamedTuple):
    """A criterion whose importance is not that of the use case, or of the comparison where none is
    chosen.
    """

    slug: str  # of the criterion
    name: str  # of the criterion
    usual: float  # 0..5
    now: float  # importance 0 to 5 that the reader set


@dataclass(frozen=True)
class Alterations:
    """What a view leaves out and changes, in editorial order."""

    options: tuple[Named, ...]  # not compared
    only: tuple[Named, ...]  # compared, where more are not and no arrangement is; empty elsewhere
    arrangements: tuple[Named, ...]  # compared although they are made of others
    sources: tuple[Named, ...]  # not counted
    of_sources: int  # how many there are
    claims_only: bool  # the editors' own scores are left out
    off: tuple[Named, ...]  # criteria switched off
    alone: Named | None  # the one criterion that counts, where all others are switched off
    importances: tuple[Reweighed, ...]  # of criteria that are on
    added: tuple[Named, ...]  # must-haves
    set_aside: tuple[Named, ...]  # must-haves of the use case

    @cached_property
    def parts(self) -> tuple[tuple[str, tuple[Named | Reweighed, ...]], ...]:
        """Each kind of alteration that there is, and what it is about; nothing is named for the
        editors' own scores. One criterion alone is one thing, not all the others.
        """
        kinds: dict[str, tuple[Named | Reweighed, ...]] = {
            "options": self.options,
            "arrangements": self.arrangements,
            "sources": self.sources,
            "scores": (),
            "alone": (self.alone,) if self.alone else (),
            "off": () if self.alone else self.off,
            "importances": self.importances,
            "added": self.added,
            "set-aside": self.set_aside,
        }
        return tuple(
            (kind, things)
            for kind, things in kinds.items()
            if things or (kind == "scores" and self.claims_only)
        )

    @property
    def count(self) -> int:
        """How many things are left out or changed. Which few options are compared is one."""
        return sum(
            1 if kind == "options" and self.only else len(things) or 1
            for kind, things in self.parts
        )


def alterations(document: Document, selection: Selection) -> Alterations:
    """Return what a canonical selection leaves out and changes of a document."""
    usual = layer_below(document, use_case_of(document, selection)).importances
    criteria, compared = document.scored_criteria, document.names.compared
    must_haves = [(criterion.slug, criterion.must.name) for criterion in criteria if criterion.must]
    on = [criterion for criterion in criteria if criterion.slug not in selection.off]
    is_alone = len(on) == 1 and len(selection.off) > 1
    chosen = [o for o in document.options if o.slug in selection.options]
    is_few = bool(chosen) and all(o.slug in compared for o in chosen)
    left_out = [
        o
        for o in document.options
        if selection.options and o.slug in compared and o.slug not in selection.options
    ]
    return Alterations(
        options=tuple(Named(o.slug, o.name) for o in left_out),
        only=tuple(Named(o.slug, o.name) for o in chosen if is_few and len(chosen) < len(left_out)),
        arrangements=tuple(
            Named(o.slug, o.name)
            for o in document.options
            if o.slug in selection.options and o.slug not in compared
        ),
        sources=tuple(
            Named(s.slug, s.title) for s in document.sources if s.slug in selection.distrust
        ),
        of_sources=len(document.sources),
        claims_only=selection.basis == CLAIMS,
        off=tuple(Named(c.slug, c.name) for c in criteria if c.slug in selection.off),
        alone=Named(on[0].slug, on[0].name) if is_alone else None,
        importances=tuple(
            Reweighed(c.slug, c.name, usual[c.slug], selection.importances[c.slug])
            for c in criteria
            if c.slug in selection.importances and c.slug not in selection.off
        ),
        added=tuple(Named(slug, name) for slug, name in must_haves if slug in selection.must),
        set_aside=tuple(Named(slug, name) for slug, name in must_haves if slug in selection.waive),
    )
