"""The hub: every comparison, with one mark for each use case that an option leads in."""

from dataclasses import dataclass

from markupsafe import Markup

from comparison.pages.comparison.use_cases.leaders import cases_by_leader
from comparison.pages.heading import Heading, heading_of
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import ScoredRelease


@dataclass(frozen=True, slots=True)
class HubEntry:
    """One comparison on the hub."""

    slug: str  # of the comparison
    heading: Heading  # what stands above it
    marks: tuple[OptionName, ...]  # one per use case, grouped by the option it goes to
    # option, in how many use cases it leads; most first
    counts: tuple[tuple[str, int], ...]
    undecided: int  # use cases in which none does


@dataclass(frozen=True, slots=True)
class HubPage:
    q: str  # words that were looked for; empty for all
    entries: tuple[Markup, ...]  # of this page, by title: each rendered once, and kept
    total: int  # of all pages
    number: int  # of this page, from 1
    previous: str  # address of the page before; empty on the first
    following: str  # address of the next page; empty on the last


def hub_entry(scored: ScoredRelease) -> HubEntry:
    """Return a comparison as the hub lists it: one mark per use case that an option leads in, in
    the words and the order of its own page.
    """
    cases = cases_by_leader(scored)
    return HubEntry(
        slug=scored.slug,
        heading=heading_of(scored),
        marks=tuple(led.option for led in cases.led for _ in range(led.count)),
        counts=tuple((led.option.name, led.count) for led in cases.led),
        undecided=cases.toss_ups + cases.ties + cases.undecided,
    )
