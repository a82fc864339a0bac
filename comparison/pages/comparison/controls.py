"""What the form's controls show: use case, must-haves, sources, options, filters."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from comparison.core.charts import score_bar
from comparison.core.decision import Ranked
from comparison.core.document.schema import Document
from comparison.core.selection import (
    ALL,
    KEYS,
    NO_USE_CASE,
    SHOWN,
    is_short,
    layer_below,
)
from comparison.pages.comparison.matrix.columns import rank_word
from comparison.pages.scored_release import WIDE_FROM
from comparison.pages.standing import scores_shown
from comparison.pages.statements import SourceLine
from comparison.pages.view import View

# The regions of the page that changes of its controls ask for: each brings those before it.
REGIONS = ("results", "rows", "must_haves", "statements", "case")
PUSHING = ("must_haves", "case")  # a step back makes sense after these


@dataclass(frozen=True, slots=True)
class MustHaveChip:
    """A must-have as it can be switched on."""

    slug: str  # of its criterion
    name: str  # as readers are told it
    checked: bool  # it is asked for
    preset: bool  # the use case sets it
    excludes: str  # "FastAPI", "2 options", or empty


@dataclass(frozen=True, slots=True)
class UseCaseChoice:
    slug: str  # of the use case
    name: str  # as readers are told it
    checked: bool  # it was chosen


@dataclass(frozen=True, slots=True)
class UseCaseFamily:
    """Use cases that are offered together."""

    name: str  # empty for those without a family
    cases: tuple[UseCaseChoice, ...]  # in editorial order


@dataclass(frozen=True, slots=True)
class OptionChip:
    """An option as it can be compared or left out."""

    slug: str  # names it in an address
    name: str  # as readers are told it
    number: int  # its place in editorial order, from 1
    label: Markup  # its mark and name
    slot: str  # of its colour
    checked: bool  # it is compared
    is_arrangement: bool  # made of others, and so compared only where it is asked for
    score: str  # overall, as shown; "–" where there is none
    width: str  # of its bar, in percent
    rank: str  # in one word; empty where it is not compared


@dataclass(frozen=True, slots=True)
class TagChip:
    """A tag that several options have, and not all: those that have it can be compared alone."""

    name: str  # the tag
    count: int  # options that have it
    options: str  # their slugs, with commas


@dataclass(frozen=True, slots=True)
class Controls:
    """What the form's controls show."""

    keys: str  # those of a query in their order, for the script that spells one
    regions: str  # that a change asks for, each with those before it, for the script that asks
    pushing: str  # those of them after which a step back makes sense
    use: str  # slug of the use case that was chosen, or "none"; empty where nothing was chosen yet
    under: str  # slug of the use case in force, or "none"
    # what an address need not say: "none", or empty where the editors start from a case
    default_use: str
    families: tuple[UseCaseFamily, ...]  # those use cases first that have none
    use_case_count: int  # of all families
    must_haves: tuple[MustHaveChip, ...]  # one for each must-have that the comparison offers
    sources: tuple[SourceLine, ...]  # all of them, each with whether it counts
    distrusting: bool  # some source is left out
    options: tuple[OptionChip, ...]  # all of them; of many the best first, else in editorial order
    tags: tuple[TagChip, ...]  # by which options can be chosen; empty where none tells them apart
    options_chosen: bool  # by the reader: others than usual are compared
    against: str  # slug of the option set against the leader; empty: the runner-up
    by: str  # slug of the criterion that columns are sorted by; empty: the overall score
    show: str  # which rows are shown; empty for those that decide
    shows: tuple[str, ...]  # which rows can be asked for, in the order of the controls
    q: str  # words that the rows are filtered by; empty for all
    claims_only: bool  # the sources' claims alone count, without the editors' scores
    # groups of sources that one button leaves out: name, slugs, whether all of them are left out
    mutes: tuple[tuple[str, str, bool], ...]
    made_on: int | None  # number of the release that the link was made on; None where it names none
    tree: str  # answers to the questions, as a query spells them


def controls_of(view: View) -> Controls:
    """Return what the controls show under a view's selection."""
    scored, document, selection = view.scored, view.scored.document, view.selection
    use = view.settings.use_case
    preset = layer_below(document, use).must_haves
    must_haves = {must_have.id for must_have in view.settings.must_haves}
    unsaid = "" if document.default_use_case else NO_USE_CASE
    return Controls(
        keys=" ".join(KEYS),
        regions=" ".join(REGIONS),
        pushing=" ".join(PUSHING),
        use=selection.use or unsaid,
        under=use or NO_USE_CASE,
        default_use=unsaid,
        families=_families(document, view.chosen_use_case),
        use_case_count=len(document.use_cases),
        must_haves=tuple(
            MustHaveChip(slug, name, slug in must_haves, slug in preset, excludes)
            for slug, name, excludes in scored.must_haves
        ),
        sources=scored.sources,
        distrusting=bool(selection.distrust),
        options=_option_chips(view),
        tags=_tag_chips(document),
        options_chosen=bool(selection.options),
        against=selection.against or "",
        by=selection.by or "",
        show=selection.show or "",
        shows=("", *(one for one in SHOWN if one != ALL or not is_short(document))),
        q=selection.q,
        claims_only=scored.claims_only,
        mutes=tuple(
            (name, " ".join(sorted(slugs)), slugs <= selection.distrust)
            for name, slugs in document.names.mutes.items()
        ),
        made_on=selection.made_on,
        tree=",".join(f"{question}:{answer}" for question, answer in selection.tree),
    )


def _families(document: Document, chosen: str | None) -> tuple[UseCaseFamily, ...]:
    families: dict[str, list[UseCaseChoice]] = {"": []}
    for case in document.use_cases:
        families.setdefault(case.family or "", []).append(
            UseCaseChoice(case.slug, case.name, case.slug == chosen)
        )
    return tuple(UseCaseFamily(name, tuple(cases)) for name, cases in families.items() if cases)


def _tag_chips(document: Document) -> tuple[TagChip, ...]:
    """Return the tags that tell options apart, those of most options first."""
    tagged: dict[str, tuple[str, list[str]]] = {}
    for option in document.options:
        for tag in option.tags if option.slug in document.names.compared else ():
            tagged.setdefault(tag.casefold(), (tag, []))[1].append(option.slug)
    chips = [
        TagChip(tag, len(slugs), ",".join(slugs))
        for tag, slugs in tagged.values()
        if 1 < len(slugs) < len(document.names.compared)
    ]
    return tuple(sorted(chips, key=lambda chip: -chip.count))


def _option_chips(view: View) -> tuple[OptionChip, ...]:
    """Return all options: of many those compared first, by rank; of few in editorial order."""
    scored, compared = view.scored, view.scored.document.names.compared
    ranked = {option.option: option for option in view.decision.options}
    shown = scores_shown(view.decision)
    chips = [
        OptionChip(
            option.slug,
            option.name,
            number=number,
            label=option.label,
            slot=option.slot,
            checked=option.slug in scored.named,
            is_arrangement=option.slug not in compared,
            score=shown.get(option.slug) or "–",
            width=score_bar(score) if (score := _score_of(ranked, option.slug)) else "0",
            rank=rank_word(ranked[option.slug]) if option.slug in ranked else "",
        )
        for number, option in enumerate(scored.all_named, start=1)
    ]
    if len(chips) >= WIDE_FROM:
        order = list(ranked)
        chips.sort(key=lambda chip: order.index(chip.slug) if chip.slug in ranked else len(order))
    return tuple(chips)


def _score_of(ranked: Mapping[str, Ranked], option: str) -> float | None:
    return ranked[option].score if option in ranked else None
