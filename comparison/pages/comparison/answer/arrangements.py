"""The ways to use several of the options together: who does what in each, and which sources advise
it. They are offered beside the recommendation and take no part in it.
"""

from dataclasses import replace
from typing import NamedTuple

from comparison.core.document.schema import Option
from comparison.core.selection import canonical, spell
from comparison.pages.option_marks import OptionName
from comparison.pages.statements import SourceLine
from comparison.pages.view import View


class Arrangement(NamedTuple):
    """Some of the options together, for whoever need not choose between them."""

    option: OptionName  # as it is named and scored
    parts: tuple[tuple[OptionName, str], ...]  # who does what in it
    # that advise it: for the use case that was chosen, or for any where none was
    advisers: tuple[SourceLine, ...]
    query: str  # the selection in which it is ranked too


def arrangements_of(view: View) -> tuple[Arrangement, ...]:
    """Return the arrangements that a leader has a part in, and that are not ranked."""
    leaders = set(view.decision.leaders)
    return tuple(
        [
            _arrangement(view, option)
            for option in view.scored.arrangements
            if leaders & {part.option for part in option.parts}
        ]
    )


def _arrangement(view: View, option: Option) -> Arrangement:
    scored, use = view.scored, view.chosen_use_case
    ranked_too = replace(view.selection, options=frozenset({*scored.named, option.slug}))
    return Arrangement(
        option=scored.described[option.slug],
        parts=tuple([(scored.named[part.option], part.role) for part in option.parts]),
        advisers=tuple(
            [scored.source_by_slug[slug] for slug in scored.advisers.get((option.slug, use), ())]
        ),
        query=spell(scored.document, canonical(scored.document, ranked_too)),
    )
