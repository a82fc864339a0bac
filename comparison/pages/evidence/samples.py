"""The complete programs, topic by topic and side by side."""

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from comparison.pages.comparison.head import Head, head_of
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import KEPT, ScoredRelease
from comparison.pages.statements import SourceLine
from comparison.pages.view import View
from comparison.rendering.syntax import highlighted


@dataclass(frozen=True, slots=True)
class SampleFileText:
    path: str  # within the program
    html: Markup  # highlighted


@dataclass(frozen=True, slots=True)
class SampleSide:
    slug: str  # the place on the page
    option: OptionName  # that the program is written with
    differs: str  # how it does otherwise than the others; empty where nothing is to be said
    answers: str  # which excerpt of a source
    source: SourceLine | None  # of that excerpt; None where it answers none
    place: str  # in that source; empty where none is named
    files: tuple[SampleFileText, ...]  # in the document's order


@dataclass(frozen=True, slots=True)
class SampleTopic:
    title: str  # what all its programs do
    slug: str  # the place on the page
    sides: tuple[SampleSide, ...]  # one for each program


@dataclass(frozen=True, kw_only=True)
class SamplesPage(Head):
    """All programs."""

    topics: tuple[SampleTopic, ...]  # in the document's order


def samples_page(view: View) -> SamplesPage | None:
    """Return the programs of the options shown, or None where there is none."""
    topics = sample_topics(view.scored)
    return SamplesPage(**vars(head_of(view)), topics=topics) if topics else None


@lru_cache(maxsize=KEPT)
def sample_topics(scored: ScoredRelease) -> tuple[SampleTopic, ...]:
    """Return the samples of the options shown, grouped by topic, in the document's order."""
    topics: dict[str, list[SampleSide]] = {}
    for sample in scored.document.samples:
        if sample.option in scored.described:
            side = SampleSide(
                slug=sample.slug,
                option=scored.described[sample.option],
                differs=sample.differs or "",
                answers=sample.answers or "",
                source=scored.source_by_slug[sample.source] if sample.source else None,
                place=sample.place or "",
                files=tuple(
                    SampleFileText(file.path, highlighted(file.path, file.text))
                    for file in sample.files
                ),
            )
            topics.setdefault(sample.topic, []).append(side)
    return tuple(SampleTopic(topic, sides[0].slug, tuple(sides)) for topic, sides in topics.items())
