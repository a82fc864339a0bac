"""The marks of the options: a colour and a shape for each of the first eight, then the colours again with the number as mark.

An option keeps its mark whoever leads and whichever others are shown. Where two of the same colour stand against one
another, one of them is in ink. Colours and shapes are drawn by the style sheets and `marks.html`.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.template import engines
from markupsafe import Markup

from comparison import pages
from comparison.core.document.schema import Option

SLOTS = "abdefghi"
INK = "n"


def names_of(options: Sequence[Option], shown: Collection[str]) -> dict[str, pages.OptionName]:
    """Return those of a comparison's options that are shown, by slug, in editorial order."""
    return {
        option.slug: _named(pages.OptionName(option.slug, option.name, option.line, SLOTS[at % len(SLOTS)], at + 1, Markup()))
        for at, option in enumerate(options)
        if option.slug in shown
    }


def beside(named: dict[str, pages.OptionName], leader: str, rival: str) -> dict[str, pages.OptionName]:
    """Return the options for what sets two of them against one another: where they share a colour, the later one is in ink."""
    first, last = (option for option in named.values() if option.slug in (leader, rival))
    return named | {last.slug: _named(replace(last, slot=INK))} if first.slot == last.slot else named


def _named(option: pages.OptionName) -> pages.OptionName:
    label = engines["reader"].get_template("comparison/label.html").render({"option": option})
    return replace(option, label=Markup(label))  # noqa: S704  (autoescape is on)
