"""The marks of the options: a colour and a shape for each of up to eight; of more, a few letters of
the name, which no other option has, in ink: there the colours are those of leader and rival.

An option keeps its mark whoever leads and whichever others are shown; few of more than eight have
shapes as few options have, each its own. Those of them that share a colour cannot all keep it: the
first in the comparison's own weighing do, so that leader and rival look alike among few and among
many. Where several of the same colour stand together, the later ones are in ink. Colours and shapes
are drawn by the style sheets and `macros/icons.html`.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from django.template import engines
from markupsafe import Markup

from comparison.core.document.schema import Option

SLOTS = "abdefghi"
INK = "n"
WORD = re.compile(r"\d+|[^\W\d_]+")
LONGEST_KEY = 3  # letters and digits


@dataclass(frozen=True, slots=True)
class OptionName:
    """An option as it is named everywhere, with a mark that no other one has: a shape, or of more
    than eight that are shown its key.
    """

    slug: str  # as addresses name it
    name: str  # as readers are told it
    # a letter of marks.SLOTS, for the colour and the shape; "n" is ink, of nobody in particular
    slot: str
    own: str  # the slot that it has beside its rival, where it is not that one's, too
    number: int  # its place in editorial order, from 1
    key: str  # letters of its name that are its mark; empty where it has a shape
    label: Markup  # its mark and name


def names_of(
    options: Sequence[Option], shown: Collection[str], best_first: Sequence[str] = ()
) -> dict[str, OptionName]:
    """Return those of a comparison's options that are shown, by slug, in editorial order.

    best_first: those that keep their colour before others.
    """
    names = [option.name for option in options]
    keys = keys_of(names) if len(shown) > len(SLOTS) else [""] * len(options)
    slots = _slots_of(options, shown, best_first)
    return {
        option.slug: _named(
            OptionName(
                option.slug,
                option.name,
                INK if keys[position] else slots[option.slug],
                slots[option.slug],
                position + 1,
                keys[position],
                Markup(),
            )
        )
        for position, option in enumerate(options)
        if option.slug in shown
    }


def _slots_of(
    options: Sequence[Option], shown: Collection[str], best_first: Sequence[str]
) -> dict[str, str]:
    """Return the slot of each option that is shown: the one of its place. Where up to eight are
    shown, those that come after another of that slot have one that is free.
    """
    own = {
        option.slug: SLOTS[position % len(SLOTS)]
        for position, option in enumerate(options)
        if option.slug in shown
    }
    if len(own) > len(SLOTS):
        return own
    free = [slot for slot in SLOTS if slot not in own.values()]
    taken: set[str] = set()
    for slug in dict.fromkeys([*best_first, *own]):
        slot = own[slug]
        own[slug] = free.pop(0) if slot in taken else slot
        taken.add(slot)
    return own


def keys_of(names: Sequence[str]) -> list[str]:
    """Return a few letters of each name, unlike all others: the initials, with numbers whole ("O27"
    for "Option 27"), else the first letters ("Gr"), else the first and a later one; where names are
    too much alike, the first with a number of its own.
    """
    keys: list[str] = []
    taken: set[str] = set()
    for position, name in enumerate(names, start=1):
        key = next(key for key in _possible_keys(name, position) if key.casefold() not in taken)
        keys.append(key)
        taken.add(key.casefold())
    return keys


def _possible_keys(name: str, position: int) -> Iterator[str]:
    words = WORD.findall(name)
    initials = "".join(word if word.isdigit() else word[0] for word in words)
    if len(words) > 1 and len(initials) <= LONGEST_KEY:
        yield initials
    letters = "".join(words)
    if len(letters) > 1:
        yield from (letters[:2], letters[:LONGEST_KEY])
        yield from (letters[0] + letter for letter in letters[2:])
    yield f"{letters[:1]}{position}"
    yield f"{letters[:1]}.{position}"


def beside(named: dict[str, OptionName], leader: str, rival: str) -> dict[str, OptionName]:
    """Return the options for what sets two of them against one another: these have their colours;
    where they share one, the later one is in ink.
    """
    pair = [slug for slug in named if slug in (leader, rival)]
    is_same = len({named[slug].own for slug in pair}) < len(pair)
    coloured = {slug: INK if is_same and slug == pair[-1] else named[slug].own for slug in pair}
    return named | {
        slug: _named(replace(named[slug], slot=slot))
        for slug, slot in coloured.items()
        if slot != named[slug].slot
    }


def _named(option: OptionName) -> OptionName:
    label = (
        engines["reader"].get_template("comparison/option_label.html").render({"option": option})
    )
    return replace(option, label=Markup(label))  # noqa: S704  (autoescape is on)
