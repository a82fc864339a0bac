"""The hub: every comparison, with one mark for each use case that an option is recommended for."""

from dataclasses import dataclass

from comparison.core.decision import RECOMMENDING
from comparison.pages.comparison.use_cases import use_case_rows
from comparison.pages.heading import Heading, heading_of
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import ScoredRelease


@dataclass(frozen=True, slots=True)
class HubEntry:
    """One comparison on the hub."""

    slug: str  # of the comparison
    heading: Heading  # what stands above it
    marks: tuple[OptionName, ...]  # one per use case, grouped by the option it goes to
    # option, in how many use cases it is recommended; most first
    counts: tuple[tuple[str, int], ...]
    undecided: int  # use cases in which none is


@dataclass(frozen=True, slots=True)
class HubPage:
    q: str  # words that were looked for; empty for all
    entries: tuple[HubEntry, ...]  # of this page, by title
    total: int  # of all pages
    number: int  # of this page, from 1
    previous: str  # address of the page before; empty on the first
    following: str  # address of the next page; empty on the last


def hub_entry(scored: ScoredRelease) -> HubEntry:
    """Return a comparison as the hub lists it: one mark per use case that an option is recommended
    for, grouped by option, most first as on its page.
    """
    standings = [row.standing for row in use_case_rows(scored)]
    won = [standing.leaders[0] for standing in standings if standing.label in RECOMMENDING]
    order = sorted(
        (option for option in scored.option_names if option in won),
        key=lambda option: -won.count(option),
    )
    return HubEntry(
        slug=scored.slug,
        heading=heading_of(scored),
        marks=tuple(option for option in order for _ in range(won.count(option))),
        counts=tuple((option.name, won.count(option)) for option in order),
        undecided=len(standings) - len(won),
    )
