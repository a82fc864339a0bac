"""Where readers see what a draft row says: in the preview, and in the newest release where that has
it, too.
"""

from typing import Any

from comparison.core.document.schema import Document
from comparison.models import (
    Advice,
    Cell,
    Claim,
    Comparison,
    Criterion,
    DerivedFigure,
    Figure,
    Option,
    Question,
    Run,
    Sample,
    Source,
    UseCase,
    Verdict,
    Workload,
)
from comparison.models.statements import Stated
from comparison.publishing import releases
from comparison.rendering.addresses import Home

Page = tuple[str, dict[str, str]]  # the name of an address, and the slugs that it names
Way = tuple[str, str]  # words and address
WHOLE: Page = ("comparison", {})


def readers_pages(row: Any, comparison: Comparison) -> tuple[Way, ...]:
    """Return the ways to the page on which readers see a row."""
    name, named = _page_of(row)
    ways = [("In the preview", Home(comparison.slug, "draft").address_of(name, **named))]
    newest = releases.current(comparison.address)
    if newest is not None:
        if not all(slug in _known(newest.document, kind) for kind, slug in named.items()):
            name, named = WHOLE
        ways.append(("As readers see it", Home(newest.slug).address_of(name, **named)))
    return tuple(ways)


def _page_of(row: Any) -> Page:
    match row:
        case Cell():
            return "cell", {"criterion": row.criterion.slug, "option": row.option.slug}
        case Claim() if row.criterion and row.option:
            return "cell", {"criterion": row.criterion.slug, "option": row.option.slug}
        case Criterion():
            return "criterion", {"criterion": row.slug}
        case UseCase():
            return "use_case", {"use_case": row.slug}
        case Source():
            return "source", {"source": row.slug}
        case Claim() | Advice() | Verdict() | Stated():
            return "source", {"source": row.source.slug}
        case Workload() | Run() | Figure() | DerivedFigure():
            return "figures", {}
        case Question():
            return "tree", {}
        case Sample():
            return "samples", {}
        case Option():
            return "options", {}
        case _:
            return WHOLE


def _known(document: Document, kind: str) -> frozenset[str]:
    names = document.names
    known = {
        "criterion": (*names.criteria, *names.texts),
        "option": names.options,
        "source": names.sources,
        "use_case": tuple(names.use_cases),
    }
    return frozenset(known[kind])
