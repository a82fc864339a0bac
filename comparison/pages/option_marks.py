"""The marks of the options: a colour and a shape for each of the first eight, then the colours
again with the number as mark.

An option keeps its mark whoever leads and whichever others are shown. Where two of the same colour
stand against one another, one of them is in ink. Colours and shapes are drawn by the style sheets
and `macros/icons.html`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.template import engines
from markupsafe import Markup

from comparison.core.document.schema import Option

SLOTS = "abdefghi"
INK = "n"


@dataclass(frozen=True, slots=True)
class OptionName:
    """An option as it is named everywhere, with a mark that no other one has: a shape for the first
    eight, then its number.
    """

    slug: str  # as addresses name it
    name: str  # as readers are told it
    # a letter of marks.SLOTS, for the colour and the shape; "n" is ink, of nobody in particular
    slot: str
    number: int  # its place in editorial order, from 1; the mark itself from the ninth on
    label: Markup  # its mark and name


def names_of(options: Sequence[Option], shown: Collection[str]) -> dict[str, OptionName]:
    """Return those of a comparison's options that are shown, by slug, in editorial order."""
    return {
        option.slug: _named(
            OptionName(
                option.slug, option.name, SLOTS[position % len(SLOTS)], position + 1, Markup()
            )
        )
        for position, option in enumerate(options)
        if option.slug in shown
    }


def beside(named: dict[str, OptionName], leader: str, rival: str) -> dict[str, OptionName]:
    """Return the options for what sets two of them against one another: where they share a colour,
    the later one is in ink.
    """
    *first, last = (option for option in named.values() if option.slug in (leader, rival))
    if first and first[0].slot == last.slot:
        return named | {last.slug: _named(replace(last, slot=INK))}
    return named


def _named(option: OptionName) -> OptionName:
    label = (
        engines["reader"].get_template("comparison/option_label.html").render({"option": option})
    )
    return replace(option, label=Markup(label))  # noqa: S704  (autoescape is on)
