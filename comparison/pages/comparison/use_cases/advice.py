"""What a source advises for a use case: one rule for the marks in the plot and for the sentence
beside the result.
"""

from collections.abc import Mapping

from comparison.core.document.schema import Advice, Document, Source, Strength
from comparison.pages.scored_release import ScoredRelease


def of_option(
    document: Document, source: Source, use_case: str, *, against: bool = False
) -> frozenset[str] | None:
    """Return the options that a source advises for a use case, or advises against, by the first
    choice of each piece of advice: a part of an option counts as it, what belongs to none as "".
    None where it is silent; empty where it says only the contrary.
    """
    advice = [advice for advice in source.advice if advice.use_case == use_case]
    if not advice:
        return None
    owners = owners_in(document)
    return frozenset(
        option
        for piece in advice
        if (piece.strength is Strength.ADVISED_AGAINST) is against
        for option in first_choice(piece, owners)
    )


def left_out_of(scored: ScoredRelease, use_case: str) -> int:
    """Return how many sources speak of a use case and are left out by the reader."""
    return sum(
        source.slug in scored.distrust
        and any(advice.use_case == use_case for advice in source.advice)
        for source in scored.document.sources
    )


def owners_in(document: Document) -> Mapping[str, str]:
    """Return the option that each part belongs to, by the part's slug; empty for none."""
    return {component.slug: component.option or "" for component in document.components}


def first_choice(advice: Advice, owners: Mapping[str, str]) -> set[str]:
    """Return the options that a piece of advice names first; "" for what belongs to none."""
    choice = advice.choices[0]
    return {choice.option} if choice.option else {owners[slug] for slug in choice.components}
