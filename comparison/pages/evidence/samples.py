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
    path: str
    html: Markup  # highlighted


@dataclass(frozen=True, slots=True)
class SampleSide:
    slug: str
    option: OptionName
    differs: str
    answers: str  # which excerpt of a source
    source: SourceLine | None
    place: str
    files: tuple[SampleFileText, ...]


@dataclass(frozen=True, slots=True)
class SampleTopic:
    title: str
    slug: str
    sides: tuple[SampleSide, ...]


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
        if sample.option in scored.named:
            side = SampleSide(
                slug=sample.slug,
                option=scored.named[sample.option],
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
