"""What the sources advise for the use case that was chosen, counted: a fact beside the result,
which it never moves.
"""

from collections.abc import Mapping
from typing import NamedTuple

from comparison.core.document.schema import Advice, Strength
from comparison.pages.comparison.use_cases.advice import first_choice, left_out_of, owners_in
from comparison.pages.option_marks import OptionName
from comparison.pages.view import View


class OptionAdvice(NamedTuple):
    """An option, and how many sources say something of it for the use case."""

    option: OptionName  # that they speak of
    sources: int  # that advise it, or advise against it
    conditional: int  # those of them that never do so without a condition


class CaseAdvice(NamedTuple):
    """What the sources that count advise for the use case that was chosen."""

    speaking: int  # sources that speak of it
    advised: tuple[OptionAdvice, ...]  # most first; a source may advise several
    against: tuple[OptionAdvice, ...]  # what they advise against, most first
    elsewhere: int  # speaking sources that advise none of the options, but a part or an add-on
    left_out: int  # sources that speak of it too, and that the reader leaves out


def case_advice_of(view: View) -> CaseAdvice | None:
    """Return what the sources that the reader counts advise for the use case that was chosen; None
    where none was.

    An option that is not compared is named too: an arrangement, or one that the reader left out.
    """
    use = view.chosen_use_case
    if use is None:
        return None
    by_source = {
        source.slug: [advice for advice in source.advice if advice.use_case == use]
        for source in view.scored.document.sources
        if source.slug not in view.scored.distrust
    }
    speaking = [advice for advice in by_source.values() if advice]
    owners = owners_in(view.scored.document)
    return CaseAdvice(
        speaking=len(speaking),
        advised=_counted(view, speaking, owners, is_against=False),
        against=_counted(view, speaking, owners, is_against=True),
        elsewhere=sum(not any(_options(advice, owners) for advice in each) for each in speaking),
        left_out=left_out_of(view.scored, use),
    )


def _counted(
    view: View, speaking: list[list[Advice]], owners: Mapping[str, str], *, is_against: bool
) -> tuple[OptionAdvice, ...]:
    lines = []
    for option in view.scored.all_named:
        of_option = [
            statements
            for each in speaking
            if (
                statements := [
                    advice
                    for advice in each
                    if (advice.strength is Strength.ADVISED_AGAINST) is is_against
                    and option.slug in _options(advice, owners)
                ]
            )
        ]
        conditional = sum(all(advice.condition for advice in each) for each in of_option)
        if of_option:
            lines.append(OptionAdvice(option, len(of_option), conditional))
    return tuple(sorted(lines, key=lambda line: -line.sources))


def _options(advice: Advice, owners: Mapping[str, str]) -> set[str]:
    return first_choice(advice, owners) - {""}
