"""Everything that is said of one use case: what it is like, and what each source advises."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from comparison.core.document.schema import Choice, Source, Strength
from comparison.core.rounding import points
from comparison.pages.comparison.head import Head, head_of
from comparison.pages.comparison.use_cases.advice import left_out_of
from comparison.pages.comparison.use_cases.leaders import use_case_rows
from comparison.pages.scored_release import ScoredRelease
from comparison.pages.standing import Standing
from comparison.pages.statements import SourceLine
from comparison.pages.view import View


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """What one source advises for a use case; advice that differs only in its condition is one
    line.
    """

    source: SourceLine  # that advises it
    choices: tuple[str, ...]  # names of what is advised
    slots: tuple[str, ...]  # of their colours
    against: bool  # it advises against them
    conditions: tuple[str, ...]  # under which it holds; empty where it always does


@dataclass(frozen=True, slots=True)
class UseCaseInFull:
    """All that is said of one use case."""

    name: str  # as readers are told it
    description: str  # what somebody in this case needs; empty where none is written
    # who leads with its presets alone; the margin has one decimal, as in its line of the plot
    standing: Standing
    query: str  # the selection whose result that is
    advice: tuple[AdviceLine, ...]  # of the sources
    silent: int  # sources that advise nothing
    left_out: int  # sources that speak of it and that the reader leaves out


@dataclass(frozen=True, kw_only=True)
class UseCasePage(Head):
    """One use case, as a page of its own and within the plot."""

    case: UseCaseInFull  # what is said of it


def use_case_page(view: View, use_case: str) -> UseCasePage | None:
    """Return one use case in full, or None where there is none of that name."""
    scored = view.scored
    use = next((use for use in scored.document.use_cases if use.slug == use_case), None)
    if use is None:
        return None
    (row,) = (row for row in use_case_rows(scored) if row.slug == use_case)
    advice, left_out = _advice(scored, use_case), left_out_of(scored, use_case)
    return UseCasePage(
        **vars(head_of(view)),
        case=UseCaseInFull(
            name=use.name,
            description=use.description or "",
            standing=replace(row.standing, margin=points(row.lead))
            if row.standing.margin
            else row.standing,
            query=row.query,
            advice=advice,
            silent=len(scored.document.sources)
            - len({line.source.slug for line in advice})
            - left_out,
            left_out=left_out,
        ),
    )


def _advice(scored: ScoredRelease, use_case: str) -> tuple[AdviceLine, ...]:
    names = {thing.slug: thing.name for thing in scored.document.components} | {
        option.slug: option.name for option in scored.document.options
    }
    return tuple(
        line
        for source in scored.document.sources
        if source.slug not in scored.distrust
        for line in _advice_of(scored, source, use_case, names)
    )


def _advice_of(
    scored: ScoredRelease, source: Source, use_case: str, names: Mapping[str, str]
) -> list[AdviceLine]:
    """Return what a source advises for a case; advice that differs only in its condition is one
    line.
    """
    lines: dict[tuple[tuple[str, ...], bool], AdviceLine] = {}
    for advice in source.advice:
        if advice.use_case == use_case:
            is_against = advice.strength is Strength.ADVISED_AGAINST
            choices = tuple(_in_words(choice, names) for choice in advice.choices)
            line = lines.get((choices, is_against)) or AdviceLine(
                source=scored.source_by_slug[source.slug],
                choices=choices,
                slots=tuple(
                    scored.named[choice.option].slot if choice.option in scored.named else "n"
                    for choice in advice.choices
                ),
                against=is_against,
                conditions=(),
            )
            conditions = (
                (*line.conditions, advice.condition) if advice.condition else line.conditions
            )
            lines[choices, is_against] = replace(line, conditions=conditions)
    return list(lines.values())


def _in_words(choice: Choice, names: Mapping[str, str]) -> str:
    chosen = ([choice.option] if choice.option else []) + list(choice.components)
    return " + ".join(names[slug] for slug in chosen)
