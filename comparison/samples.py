"""Reading -> the complete programs, topic by topic and side by side, highlighted once."""

from typing import TYPE_CHECKING

from comparison import said

if TYPE_CHECKING:
    from comparison.reading import Reading
from comparison.rendering.syntax import highlighted


def sample_topics(reading: "Reading") -> tuple[said.SampleTopic, ...]:
    """Return the samples of the options shown, grouped by topic, in the document's order."""
    topics: dict[str, list[said.SampleSide]] = {}
    for sample in reading.document.samples:
        if sample.option in reading.named:
            side = said.SampleSide(
                slug=sample.slug,
                option=reading.named[sample.option],
                differs=sample.differs or "",
                answers=sample.answers or "",
                source=reading.source_by_slug[sample.source] if sample.source else None,
                place=sample.place or "",
                files=tuple(said.SampleFileText(file.path, highlighted(file.path, file.text)) for file in sample.files),
            )
            topics.setdefault(sample.topic, []).append(side)
    return tuple(said.SampleTopic(topic, sides[0].slug, tuple(sides)) for topic, sides in topics.items())
