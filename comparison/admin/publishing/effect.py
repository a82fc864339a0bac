"""What publishing a draft would do to what readers see, for an editor: told by
`pages/history/publishing_effect.py`, kept for as long as the draft and the newest release are
these.
"""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from comparison.admin.addresses import admin_address
from comparison.admin.forms.scope import opened_comparison
from comparison.admin.forms.way_back import BACK, CHANGES
from comparison.models import Claim, Comparison
from comparison.pages.history.publishing_effect import (
    Effect,
    NearCriterion,
    SilentCells,
    effect,
    in_short,
    near_criteria,
    silent_cells,
)
from comparison.publishing import releases, shared_links
from comparison.publishing.draft.kept_drafts import kept_draft
from comparison.publishing.releases import Published
from comparison.rendering.addresses import Home

KEPT_AS, KEPT_FOR = "publishing-effect-2", 3_600  # seconds: links are shared meanwhile


@dataclass(frozen=True, slots=True)
class FlipLine:
    """A use case whose verdict will be another one."""

    name: str  # of the use case
    address: str  # of its page, as readers see it now
    before: str  # who leads now, and how firmly
    after: str  # who will


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link that will say that something has moved."""

    words: str  # what it selects
    address: str  # of the page under it, as readers see it now
    opened: int  # times, lately
    before: str  # who leads now, and how firmly
    after: str  # who will; empty where that stays the same


@dataclass(frozen=True, slots=True)
class NearLine:
    """Claims that may stand under the wrong criterion."""

    criterion: str  # its name
    near: tuple[str, ...]  # the names of those it may be taken for
    claims: tuple[tuple[str, str], ...]  # name and address of each


@dataclass(frozen=True, slots=True)
class EffectPart:
    """All that the part of the page reads that tells the effect."""

    effect: Effect | None  # None: nothing was published before
    flips: tuple[FlipLine, ...]  # in the order of the use cases
    links: tuple[LinkLine, ...]  # those opened most often first
    silent: tuple[SilentCells, ...]  # those that will be, and were not
    near: tuple[NearLine, ...]  # in the order in which their claims stand


def effect_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """What publishing would do to what readers see, as a part of the publish page."""
    comparison = opened_comparison(model_admin, request, pk)
    part = effect_of(comparison)
    return TemplateResponse(request, "admin/comparison/comparison/effect.html", {"part": part})


def effect_of(comparison: Comparison) -> EffectPart | None:
    """Return what publishing a draft would do; None where it has problems, or nothing new."""
    kept, newest = kept_draft(comparison), releases.current(comparison.address)
    draft = kept.draft.document
    if draft is None or kept.shown is None or (newest and newest.document == draft):
        return None
    key = f"{KEPT_AS}-{newest.digest if newest else ''}-{kept.draft.digest}"
    part: EffectPart | None = cache.get(key)
    if part is None:
        part = _part(comparison, newest, kept.shown)
        cache.set(key, part, timeout=KEPT_FOR)
    return part


def flips_of(comparison: Comparison) -> tuple[str, ...]:
    """Return the names of the use cases whose verdict a draft changes."""
    part = effect_of(comparison)
    return tuple(line.name for line in part.flips) if part else ()


def _part(comparison: Comparison, newest: Published | None, shown: Published) -> EffectPart:
    silent = silent_cells(newest, shown)
    if newest is None:
        return EffectPart(None, (), (), silent, ())
    slugs = (newest.slug, *newest.document.names.former)
    told = effect(newest, shown, shared_links.opened_lately(slugs))
    home = Home(newest.slug)
    flips = tuple(
        FlipLine(
            case.name,
            home.address_of("use_case", use_case=case.slugs[0]) if case.slugs[0] else home.path,
            in_short(case.before) if case.before else "",
            in_short(case.after) if case.after else "",
        )
        for case in told.flips
    )
    links = tuple(
        LinkLine(
            link.words,
            link.address,
            link.opened,
            in_short(link.before),
            in_short(link.after) if link.moved else "",
        )
        for link in told.links
    )
    near = _near(comparison, near_criteria(newest.document, shown.document))
    return EffectPart(told, flips, links, silent, near)


def _near(comparison: Comparison, criteria: tuple[NearCriterion, ...]) -> tuple[NearLine, ...]:
    rows: QuerySet[Claim] = Claim.objects.filter(source__comparison=comparison)
    places = {place for one in criteria for place in one.claims}
    found = rows.filter(slug__in={slug for _, slug in places}).select_related("source")
    known = {(row.source.slug, row.slug): row for row in found}
    return tuple(
        NearLine(
            one.criterion,
            one.near,
            tuple(
                (
                    known[place].in_words(),
                    admin_address(Claim, "change", known[place].pk, **{BACK: CHANGES}),
                )
                for place in one.claims
                if place in known
            ),
        )
        for one in criteria
    )
