"""Everything that the sources state on one subject, and where a source stands against itself."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from comparison.core.consistency import Objection, Rule, objections
from comparison.core.document.schema import Gain, Popularity, Quantity, QuantityForm, Stated, Topic
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import ScoredRelease, kept_with_release
from comparison.pages.statements import FindingLine, SourceLine, finding_line

AnyStated = TypeVar("AnyStated", bound=Stated)
UNDATED, MONTH, DAY = "undated", len("2024-01"), len("2024-01-05")
THOUSANDS = re.compile(r"(?<![\d.,])\d{4,}(?![\d,])")
PERIODS = {"month": "a month", "year": "a year", "once": "once", "none": ""}
SECTION_OF_RULE = {Rule.TOTAL: "costs", Rule.OVERTAKING: "popularity", Rule.COUNT: "choose-when"}


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    """One contradiction within one source, with its numbers as they are shown."""

    rule: str  # the kind of contradiction, which chooses the sentence
    source: SourceLine  # whose numbers they are
    place: str  # in that source
    stated: str  # as the source prints it; for a heading, the metric that it promises
    numbers: tuple[str, ...]  # what its own numbers give, as they are shown
    unit: str  # of the numbers; empty where they have none
    options: tuple[str, ...]  # names
    section: str  # where its subject stands


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of a source, whatever its kind."""

    slug: str  # the place on the page
    source: SourceLine  # who states it
    place: str  # in that source
    title: str  # empty where the kind of statement has none
    value: str  # the number in it, as the source prints it
    text: str  # what is stated; empty where value or items say it all
    items: tuple[str, ...]  # steps, means, figures: one a line
    finding: FindingLine  # what an editor found of it


@dataclass(frozen=True, slots=True)
class Group:
    """Statements about one option, or one topic."""

    title: str  # empty where the group has none
    option: OptionName | None  # that all of it is about; None where it is about several
    lines: tuple[Line, ...]  # in the document's order


@dataclass(frozen=True, slots=True)
class Section:
    """Everything that the sources state on one subject."""

    slug: str  # as addresses name it
    title: str  # of the page and of its links
    about: str  # what is collected here, in a sentence
    groups: tuple[Group, ...]  # in the order of the page
    objections: tuple[ObjectionLine, ...]  # contradictions within a source on this subject
    count: int  # of statements
    sources: int  # that make them


@kept_with_release
def sections_of(scored: ScoredRelease) -> dict[str, Section]:
    """Return every section in which the sources that count say something, by slug, in the order of
    the page.
    """
    document, against = scored.document, objection_lines(scored)
    made: Sequence[tuple[str, str, str, tuple[Group, ...]]] = (
        (
            "choose-when",
            "Choose it when",
            "What the sources name as reasons for a choice.",
            _points(scored, Topic.CHOOSE_WHEN),
        ),
        (
            "pros-and-cons",
            "For and against",
            "Strong and weak points, as the sources list them.",
            (*_points(scored, Topic.PRO, "For"), *_points(scored, Topic.CON, "Against")),
        ),
        (
            "together",
            "Used together",
            "Arrangements of several at once: who does what, and what joins them.",
            _hybrids(scored),
        ),
        (
            "migrations",
            "Moving from one to another",
            "Steps and times; unlike scopes are not compared.",
            _migrations(scored),
        ),
        (
            "costs",
            "Costs",
            "Amounts as the sources print them; currencies are never converted.",
            _costs(scored),
        ),
        (
            "security",
            "Security",
            "What the sources say on protection.",
            _points(scored, Topic.SECURITY),
        ),
        (
            "deployment",
            "Deployment",
            "How the sources would put it into operation.",
            _points(scored, Topic.DEPLOYMENT),
        ),
        (
            "stories",
            "Success stories",
            "A gain is the option's; a size is only the organisation's.",
            _stories(scored),
        ),
        ("popularity", "Popularity", "Counts, each with its day.", _popularity(scored)),
        (
            "trends",
            "Where they are heading",
            "What the sources expect.",
            _points(scored, Topic.TREND),
        ),
        (
            "practices",
            "Good practice",
            "Advice for daily work.",
            _points(scored, Topic.PRACTICE),
        ),
        (
            "questions",
            "Questions and answers",
            "Questions that the sources answer.",
            _one_group(
                _line(scored, q, q.question, text=q.answer)
                for q in trusted(scored, document.answered_questions)
            ),
        ),
    )
    sections = {}
    for slug, title, about, groups in made:
        lines = [line for group in groups for line in group.lines]
        if lines:
            sections[slug] = Section(
                slug=slug,
                title=title,
                about=about,
                groups=tuple(group for group in groups if group.lines),
                objections=tuple(o for o in against if o.section == slug),
                count=len(lines),
                sources=len({line.source.slug for line in lines}),
            )
    return sections


@kept_with_release
def section_names(scored: ScoredRelease) -> tuple[tuple[str, str], ...]:
    """Return slug and title of each section, in the order of the page."""
    return tuple((section.slug, section.title) for section in sections_of(scored).values())


def trusted(scored: ScoredRelease, items: Iterable[AnyStated]) -> list[AnyStated]:
    """Return the statements of the sources that the reader counts."""
    return [item for item in items if item.source not in scored.distrust]


def thousands_apart(text: str) -> str:
    """Return a text with the thousands of its whole numbers set apart, as they are in our own."""
    return THOUSANDS.sub(lambda digits: f"{int(digits[0]):,}", text)


def spelled(quantity: Quantity) -> str:
    """Return a quantity as the source prints it, with its unit where the spelling has none of its
    own.
    """
    digits = re.sub(r"[~≈+<>≤≥,.\s-]", "", quantity.spelling)
    bare = quantity.form is not QuantityForm.VERBAL and digits.isdigit()
    return f"{quantity.spelling} {quantity.unit}" if bare and quantity.unit else quantity.spelling


def counted_as(count: Popularity) -> str:
    """Return a count as the source prints it, less a unit that its metric names already: "70,000+"
    of GitHub stars.
    """
    number, _, unit = spelled(count.quantity).rpartition(" ")
    is_said = unit.casefold() in count.metric.casefold().split()
    return number if number and is_said else spelled(count.quantity)


def dated(day: str) -> str:
    """Return a partial date in words, as precise as it is: "in 2023", "in Dec 2023", "on 5 Jan
    2024".
    """
    if day == UNDATED:
        return "on a day that is not stated"
    if len(day) == DAY:
        whole = date.fromisoformat(day)
        return f"on {whole.day} {whole:%b} {whole.year}"
    if len(day) == MONTH:
        return f"in {date.fromisoformat(day + '-01'):%b %Y}"
    return f"in {day}"


def _line(
    scored: ScoredRelease,
    item: Stated,
    title: str,
    *,
    value: str = "",
    text: str = "",
    items: Iterable[str] = (),
) -> Line:
    source = scored.source_by_slug[item.source]
    return Line(item.slug, source, item.place, title, value, text, tuple(items), finding_line(item))


def _one_group(lines: Iterable[Line]) -> tuple[Group, ...]:
    return (Group("", None, tuple(lines)),)


def _by_option(
    scored: ScoredRelease, pairs: Iterable[tuple[str | None, Line]], title: str = ""
) -> tuple[Group, ...]:
    """Return one group an option, in editorial order, and last what is said of all of them. Options
    not shown are left out.
    """
    pairs = list(pairs)
    groups = [
        Group(title, option, tuple(line for slug, line in pairs if slug == option.slug))
        for option in scored.described.values()
    ]
    return (*groups, Group(title, None, tuple(line for slug, line in pairs if slug is None)))


def _points(scored: ScoredRelease, topic: Topic, title: str = "") -> tuple[Group, ...]:
    points = (point for point in trusted(scored, scored.document.points) if point.topic is topic)
    return _by_option(
        scored,
        ((point.option, _line(scored, point, "", text=point.text)) for point in points),
        title,
    )


def _costs(scored: ScoredRelease) -> tuple[Group, ...]:
    return _by_option(
        scored,
        (
            (
                cost.option,
                _line(
                    scored,
                    cost,
                    cost.item + (" (in all)" if cost.is_total else ""),
                    value=f"{spelled(cost.amount)} {PERIODS[cost.period.value]}".strip(),
                    text=f"For {cost.audience}." if cost.audience else "",
                ),
            )
            for cost in trusted(scored, scored.document.costs)
        ),
    )


def _migrations(scored: ScoredRelease) -> tuple[Group, ...]:
    names = {option.slug: option.name for option in scored.document.options}
    groups: dict[str, list[Line]] = {}
    for move in trusted(scored, scored.document.migrations):
        line = _line(
            scored,
            move,
            "",
            value=spelled(move.time),
            text=f"Scope: {move.scope}.",
            items=move.steps,
        )
        groups.setdefault(f"From {names[move.start]} to {names[move.target]}", []).append(line)
    return tuple(Group(title, None, tuple(lines)) for title, lines in groups.items())


def _hybrids(scored: ScoredRelease) -> tuple[Group, ...]:
    names = {option.slug: option.name for option in scored.document.options}
    return _one_group(
        _line(
            scored,
            hybrid,
            hybrid.name,
            text=f"Joined by {', '.join(hybrid.means)}." if hybrid.means else "",
            items=(f"{names[part.option]}: {part.role}" for part in hybrid.roles),
        )
        for hybrid in trusted(scored, scored.document.hybrids)
    )


def _stories(scored: ScoredRelease) -> tuple[Group, ...]:
    words = {Gain.GAIN: "Gain", Gain.SIZE: "Size only"}
    return _by_option(
        scored,
        (
            (
                story.option,
                _line(
                    scored,
                    story,
                    story.organisation,
                    text=story.statement,
                    items=(
                        f"{words[f.kind]}: {f.name}, {spelled(f.quantity)}" for f in story.figures
                    ),
                ),
            )
            for story in trusted(scored, scored.document.stories)
        ),
    )


def _popularity(scored: ScoredRelease) -> tuple[Group, ...]:
    return _by_option(
        scored,
        (
            (
                count.option,
                _line(
                    scored,
                    count,
                    count.metric,
                    value=counted_as(count),
                    text=f"Counted {dated(count.as_of)}.",
                ),
            )
            for count in trusted(scored, scored.document.popularity)
        ),
    )


def objection_lines(scored: ScoredRelease, *, everyone: bool = False) -> tuple[ObjectionLine, ...]:
    """Return every contradiction within a source. everyone: also within those that the reader
    leaves out.
    """
    left_out = frozenset() if everyone else scored.distrust
    return tuple(
        objection_line(scored, o) for o in objections(scored.document) if o.source not in left_out
    )


def objection_line(scored: ScoredRelease, objection: Objection) -> ObjectionLine:
    """Return a contradiction with its numbers as they are shown."""
    names = {option.slug: option.name for option in scored.document.options}
    return ObjectionLine(
        rule=objection.rule.value,
        source=scored.source_by_slug[objection.source],
        place=objection.place,
        stated=thousands_apart(objection.stated)
        if objection.rule is Rule.CONCURRENCY
        else objection.stated,
        numbers=tuple(
            _number(objection.rule, position, number)
            for position, number in enumerate(objection.numbers)
        ),
        unit=objection.unit,
        options=tuple(names[option] for option in objection.options),
        section=SECTION_OF_RULE.get(objection.rule, "figures"),
    )


def _number(rule: Rule, position: int, number: float) -> str:
    if rule is Rule.CONCURRENCY:  # a second, milliseconds each, under way
        return (f"{number:,.0f}", f"{1000 * number:,.4g} ms", f"{number:,.0f}")[position % 3]
    return f"{number:,.2f}" if rule in (Rule.PAIRS, Rule.DERIVED) else f"{number:,g}"
