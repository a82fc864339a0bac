"""What stands above a comparison, and stands for it on the hub."""

import re
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from comparison.pages.scored_release import ScoredRelease, kept_with_release

LONG_TITLE = 40  # characters


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a comparison."""

    title: str  # of the comparison
    topic: str  # what kind of thing is compared
    question: str  # that the comparison answers; empty where none is written
    summary: Markup  # the options' names in it are marked; empty where there is none
    licence: str  # of the content; empty where none is stated
    long: bool  # the title is long, and set smaller
    options: int  # that are compared, less arrangements of others
    of_options: int  # how many there are
    tells_of_options: bool  # a page says more of them
    arrangements: int  # of options that are compared
    criteria: int  # that can count
    texts: int  # rows that are shown beside them and never count
    sources: int  # that count
    of_sources: int  # how many there are
    claims: int  # of the sources that count
    of_claims: int  # how many there are
    disputed: int  # how many cells the sources disagree on
    checked: date | None  # the day of the newest check; None where nothing was checked


@kept_with_release
def heading_of(scored: ScoredRelease) -> Heading:
    """Return what stands above a comparison. Kept with the scored release."""
    document, names = scored.document, scored.document.names
    checks = [
        cell.checked.read_on
        for criterion in document.criteria
        for cell in criterion.cells.values()
        if cell.checked
    ]
    return Heading(
        title=document.title,
        topic=document.topic,
        question=document.question or "",
        summary=_marked(scored, document.summary or ""),
        licence=document.licence or "",
        long=len(document.title) > LONG_TITLE,
        options=sum(slug in names.compared for slug in scored.named),
        of_options=len(names.compared),
        tells_of_options=scored.tells_of_options,
        arrangements=sum(slug not in names.compared for slug in scored.described),
        criteria=len(document.scored_criteria),
        texts=len(document.names.texts),
        sources=sum(source.trusted for source in scored.sources),
        of_sources=len(scored.sources),
        claims=sum(source.claims for source in scored.sources if source.trusted),
        of_claims=sum(source.claims for source in scored.sources),
        disputed=len(scored.evidence.disputes),
        checked=max(checks, default=None),
    )


def _marked(scored: ScoredRelease, text: str) -> Markup:
    """Return the text with the names of the two head-to-head options in their colours."""
    html = str(escape(text))
    for option in scored.option_names:
        if option.slug not in {first.slug for first in scored.document.options[:2]}:
            continue
        name = re.escape(str(escape(option.name)))
        html = re.sub(
            rf"\b{name}\b", f'<b class="name-{option.slot}">{escape(option.name)}</b>', html
        )
    return Markup(html)  # noqa: S704  (escaped above)
