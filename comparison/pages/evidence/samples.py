"""The complete programs, topic by topic and side by side: of each the file that does the work, with
the lines that no other program of the topic has, and the others folded.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from comparison.core.document.schema import Sample, SampleFile
from comparison.pages.comparison.head import Head, head_of
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import ScoredRelease, kept_with_release
from comparison.pages.statements import SourceLine
from comparison.pages.view import View
from comparison.rendering.syntax import highlighted, parted


@dataclass(frozen=True, slots=True)
class SampleFileText:
    path: str  # within the program
    html: Markup  # highlighted
    lines: int  # how many there are


@dataclass(frozen=True, slots=True)
class SampleSide:
    slug: str  # the place on the page
    option: OptionName  # that the program is written with
    differs: str  # how it does otherwise than the others; empty where nothing is to be said
    answers: str  # which excerpt of a source
    source: SourceLine | None  # of that excerpt; None where it answers none
    place: str  # in that source; empty where none is named
    main: SampleFileText  # the file that does the work, less its opening
    opening: SampleFileText | None  # what that file says of itself and imports; None without any
    own: int  # lines of it that no other program of the topic has
    files: tuple[SampleFileText, ...]  # the others, in the document's order
    shared: tuple[str, ...]  # paths of those that several programs have


@dataclass(frozen=True, slots=True)
class SampleTopic:
    title: str  # what all its programs do
    slug: str  # the place on the page
    sides: tuple[SampleSide, ...]  # one for each program


@dataclass(frozen=True, kw_only=True)
class SamplesPage(Head):
    """All programs."""

    topics: tuple[SampleTopic, ...]  # in the document's order
    shared: tuple[SampleFileText, ...]  # files that several programs have


def samples_page(view: View) -> SamplesPage | None:
    """Return the programs of the options shown, or None where there is none."""
    topics = sample_topics(view.scored)
    shared = tuple([_whole(file) for file in sorted(_shared(view.scored), key=_path)])
    return SamplesPage(**vars(head_of(view)), topics=topics, shared=shared) if topics else None


@kept_with_release
def sample_topics(scored: ScoredRelease) -> tuple[SampleTopic, ...]:
    """Return the samples of the options shown, grouped by topic, in the document's order."""
    topics: dict[str, list[Sample]] = {}
    for sample in scored.document.samples:
        if sample.option in scored.described:
            topics.setdefault(sample.topic, []).append(sample)
    shared = _shared(scored)
    return tuple(
        SampleTopic(
            topic,
            samples[0].slug,
            tuple(
                _side(scored, sample, [one for one in samples if one is not sample], shared)
                for sample in samples
            ),
        )
        for topic, samples in topics.items()
    )


def _side(
    scored: ScoredRelease, sample: Sample, others: Sequence[Sample], shared: frozenset[SampleFile]
) -> SampleSide:
    own = [file for file in sample.files if file not in shared] or list(sample.files)
    main = max(own, key=lambda file: file.text.count("\n"))
    opening, code = parted(main.path, main.text)
    known = {line.strip() for other in others for file in other.files for line in _lines(file.text)}
    marked = {
        index
        for index, line in enumerate(_lines(code))
        if others and line.strip() and line.strip() not in known
    }
    written = [line for line in _lines(code) if line.strip()]
    # where most lines are its own, shading them would say nothing
    shaded = marked if 2 * len(marked) <= len(written) else set()
    return SampleSide(
        slug=sample.slug,
        option=scored.described[sample.option],
        differs=sample.differs or "",
        answers=sample.answers or "",
        source=scored.source_by_slug[sample.source] if sample.source else None,
        place=sample.place or "",
        main=SampleFileText(
            main.path, highlighted(main.path, code, _joined(shaded, code)), len(_lines(code))
        ),
        opening=_text(main.path, opening) if opening else None,
        own=len(marked),
        files=tuple(
            [_whole(file) for file in own if file is not main and _lines(file.text.strip())]
        ),
        shared=tuple([file.path for file in sample.files if file in shared and file not in own]),
    )


def _joined(marked: Iterable[int], code: str) -> set[int]:
    """Return the marked lines, and the blank ones between two of them."""
    lines, joined = _lines(code), set(marked)
    for index, line in enumerate(lines):
        if not line.strip() and index - 1 in joined and index + 1 in joined:
            joined.add(index)
    return joined


def _shared(scored: ScoredRelease) -> frozenset[SampleFile]:
    """Return the files that several programs have, word for word."""
    counts = Counter(
        file
        for sample in scored.document.samples
        if sample.option in scored.described
        for file in sample.files
    )
    return frozenset(file for file, count in counts.items() if count > 1)


def _whole(file: SampleFile) -> SampleFileText:
    return _text(file.path, file.text)


def _text(path: str, text: str) -> SampleFileText:
    return SampleFileText(path, highlighted(path, text.rstrip("\n")), len(_lines(text)))


def _path(file: SampleFile) -> str:
    return file.path


def _lines(text: str) -> list[str]:
    return text.rstrip("\n").split("\n") if text else []
