"""What every page of a comparison reads: which release this is, how its link goes on, what of the
link could not be used; and the smaller part of it that a region reads, which comes without a page
around it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from comparison.core.selection import Note, spell
from comparison.pages.comparison.matrix.shown_rows import address_of_every_row, hidden_rows
from comparison.pages.comparison.use_cases.dependence import dependence_of
from comparison.pages.evidence.sections import section_names
from comparison.pages.heading import Heading, heading_of
from comparison.pages.history.link_age import Ageing
from comparison.pages.navigation import PageGroup, navigation_of
from comparison.pages.option_marks import OptionName
from comparison.pages.robots import VIEW
from comparison.pages.scored_release import ScoredRelease
from comparison.pages.standing import Standing
from comparison.pages.view import Broken, View
from comparison.rendering.addresses import Home, joined


@dataclass(frozen=True, slots=True)
class NoteLine:
    """Something the reader should know about the link: a kind that chooses the sentence, and what
    it is about.
    """

    kind: str  # chooses the sentence
    key: str  # of the query that the note is on; empty where it is on none
    value: str  # what the address named; empty where it cannot be shown
    # the last release that had what the note names; 0 where the note is about something else
    release: int = 0
    address: str = ""  # in that release: of the page that was asked for, or else of the whole
    asks_page: bool = False  # a page of what the note names was asked for


@dataclass(frozen=True, slots=True)
class Share:
    following: str  # the link that follows the newest release
    pinned: str  # the link that stays on this release
    release: int  # its number
    origin: str  # scheme and host, for links that leave the site
    query: str  # canonical, less the release that a link was made on


@dataclass(frozen=True, kw_only=True)
class RegionHead:
    """What a part of a page reads of its comparison."""

    slug: str  # of the release: a pinned one keeps the address that it came out under
    home: Home  # where links within the comparison lead
    canonical: str  # the page's address with the canonical query
    query: str  # the canonical query
    release: int  # number of the release that is shown
    draft: bool  # only editors see it
    published: date  # of the release that is shown
    heading: Heading  # what stands above the comparison
    options: tuple[OptionName, ...]  # those that are compared, in editorial order
    share: Share  # the links under which this is passed on

    def address_of(self, name: str, **named: str) -> str:
        """Return the address of one of the comparison's pages, regions or files, with the reader's
        selection. name: as `urls.py` calls it.
        """
        return self.home.address_of(name, query=self.query, **named)


@dataclass(frozen=True, kw_only=True)
class Head(RegionHead):
    """What every page of a comparison reads, whatever else it shows."""

    base: str  # the page's own path, with its release where the link names one
    every: str  # the page's address with every row
    hidden: frozenset[str]  # criteria whose rows the page does not show
    newest: int  # number of the newest release
    # number of the newest release where that is withheld and an older one shown; 0 elsewhere
    newest_withheld: int
    pinned: bool  # the address names the release that is shown
    notes: tuple[NoteLine, ...]  # what of the address could not be used
    standing: Standing  # who leads under the selection
    navigation: tuple[PageGroup, ...]  # the comparison's pages, by group
    # slug and title of each section that has something to say
    sections: tuple[tuple[str, str], ...]
    has_tree: bool  # there is a decision tree
    has_samples: bool  # there are complete programs
    until: datetime | None = None  # of a draft that is seen by a link: when that ends
    broken: tuple[Broken, ...] = ()  # what is left out of a draft, the first of it
    broken_count: int = 0  # all of it
    ageing: Ageing | None = None  # what has moved since the link was made; only on the whole page
    # that link was made on the very release that is shown, the newest; only on the whole page
    is_made_on_newest: bool = False

    def row_address(self, criterion: str) -> str:
        """Return the address of a row: with every row, where it is not among those shown."""
        return f"{self.every if criterion in self.hidden else self.canonical}#c-{criterion}"

    @property
    def robots(self) -> str:
        """What search engines are told: a selection, an older release and a draft are views of the
        page that they find.
        """
        return VIEW if self.draft or self.pinned or self.query or self.notes else ""


def region_head_of(view: View) -> RegionHead:
    """Return what a part of a page reads of its view. The following link has `from` as the last key
    of its query, and only adds it.
    """
    scored, release, origin = view.scored, view.scored.release, view.link.origin
    query, number = view.query, str(release.number)
    if view.selection.made_on:
        query = spell(scored.document, replace(view.selection, made_on=None))
    following = joined(query, f"from={number}")
    return RegionHead(
        slug=release.slug,
        home=scored.home,
        canonical=view.address,
        query=view.query,
        release=release.number,
        draft=view.link.draft,
        published=release.published_at.date(),
        heading=heading_of(scored),
        options=scored.option_names,
        share=Share(
            following=Home(release.slug).address_of("comparison", query=following, origin=origin),
            pinned=Home(release.slug, number).address_of("comparison", query=query, origin=origin),
            release=release.number,
            origin=origin,
            query=query,
        ),
    )


def head_of(view: View) -> Head:
    """Return what every page of a view reads."""
    scored, link = view.scored, view.link
    return Head(
        **vars(region_head_of(view)),
        base=scored.base,
        every=address_of_every_row(view),
        hidden=hidden_rows(view),
        newest=link.newest,
        newest_withheld=link.newest_withheld,
        pinned=link.pinned,
        until=link.until,
        broken=link.broken,
        broken_count=link.broken_count,
        notes=tuple([_note(scored, note) for note in link.notes]),
        standing=replace(view.standing, depends=dependence_of(view)),
        navigation=navigation_of(
            scored, view.query, frozenset(view.decision.leaders), draft=link.draft
        ),
        sections=section_names(scored),
        has_tree=bool(scored.document.questions),
        has_samples=bool(scored.document.samples),
    )


def _note(scored: ScoredRelease, note: Note) -> NoteLine:
    criterion = scored.criteria.get(note.value)
    if gone := scored.release.gone(note):
        name, number = gone
        address = Home(scored.release.slug, str(number)).path
        return NoteLine("withdrawn", note.key, name, number, address)
    return NoteLine(note.kind, note.key, criterion.name if criterion else note.value)
