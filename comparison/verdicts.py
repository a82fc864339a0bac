"""What the templates of the recommendation may read, the panel's and the page "Why not". Frozen, nothing computed."""

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from comparison.core.alterations import Alterations
from comparison.pages import OptionName
from comparison.standing import Standing


class ScoreBar(NamedTuple):
    """One option's overall score as a bar from 0 to 10."""

    option: OptionName
    state: str  # verified, unverified, excluded, unrated
    score: str  # as shown; empty where there is none
    width: str  # percent
    gap_x: str  # percent; where the outlined piece from low to high begins; empty without gaps
    gap_width: str
    low: str
    high: str


class PartLine(NamedTuple):
    """One criterion's part in the margin, with everything to work it out again."""

    slug: str
    name: str
    weight: str  # percent
    leader_score: str
    rival_score: str
    value: str  # points, with a sign: + for the leader


class GroupLine(NamedTuple):
    """A group's criteria together."""

    name: str
    weight: str  # percent
    value: str  # points, with a sign: the sum of its parts as they are shown


@dataclass(frozen=True, slots=True)
class Excluded:
    """An option that fails must-haves, or one where it is not known whether it has them."""

    option: OptionName
    musts: tuple[str, ...]
    slugs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drop:
    """A must-have whose removal would let an option lead."""

    slug: str
    name: str
    then: Standing
    query: str  # the selection then


class Trial(NamedTuple):
    """Some importances otherwise, to be tried with one click."""

    moves: tuple[tuple[str, str, str], ...]  # criterion, importance now, importance then; 0 = off
    then: Standing
    query: str  # the selection then
    address: str
    spelled: str  # the moves for the page's own controls: "admin-panel:5"


class Firmness(NamedTuple):
    """How firmly the leader leads, and what would change it."""

    label: str  # strong, clear, slight, toss-up, not enough evidence
    squares: int | None  # 0 to 3; None where the label stands without
    recommended: bool
    chance: str  # of 100 plausible readings: "88", or "more than 99"
    doubt: str  # what the doubt mostly consists of: scores, importances, gaps; empty where there is next to none
    caps: tuple[str, ...]  # what kept the label lower: unverified, gaps
    nearest: Trial | None
    smallest: Trial | None  # where no single importance changes it
    is_nowhere_behind: bool  # so no importances can change it
    safe: str  # whole importances that keep the leader: "admin-panel:1-5"; criteria at which all do are left out
    certain: str  # how good the evidence is: high, medium, low; empty where there is nothing to say
    concerns: tuple[tuple[str, str], ...]  # what lowers it, and the percent of what decides that it touches

    @property
    def ranges(self) -> dict[str, list[str]]:
        """The same by criterion: lowest and highest."""
        return {slug: span.split("-") for slug, span in (item.split(":") for item in self.safe.split())}


class TreeLine(NamedTuple):
    """What the decision tree advises, beside what the scores say."""

    options: tuple[OptionName, ...]
    together: bool
    agreement: str  # blocked, same, overlap, different


class Flips(NamedTuple):
    """All that would change the leader, and what would not."""

    switches: tuple[Trial, ...]  # each alone dethrones it
    smallest: Trial | None  # the fewest switches that do it together; None where one is enough, or three are not
    steps: int | None  # the fewest moves of an importance by one; None where it cannot be done
    tolerance: str  # percent by which all importances may be wrong at once
    proven: bool  # whatever the unknown scores are, it leads
    wanted: tuple[tuple[str, str, OptionName], ...]  # unknown scores that would help most: criterion, its name, option


class AllParts(NamedTuple):
    """Every part of the margin, and what they add up to."""

    lines: tuple[PartLine, ...]  # those that are not 0 as they are shown
    none: tuple[str, ...]  # counted criteria without a part
    groups: tuple[GroupLine, ...]
    enough: tuple[str, ...]  # the fewest criteria that alone outweigh all that speaks for the other
    level: tuple[str, ...]  # counted criteria on which all options are alike
    unknown: tuple[str, ...]  # counted criteria of which nobody knows anything


class WhySide(NamedTuple):
    """What speaks for an option, or against it."""

    lines: tuple[tuple[str, str, str, str, str], ...]  # criterion, name, its score, the leader's, points
    sum: str


class WhyNotPage(NamedTuple):
    """Why one option does not lead."""

    option: OptionName
    state: str  # verified, unverified, excluded, unrated
    leads: bool
    leader: OptionName | None
    score: str
    margin: str
    against: WhySide | None
    speaking: WhySide | None
    failed: tuple[str, ...]
    open: tuple[str, ...]
    openings: tuple[Trial, ...]  # single importances that would put it first


class Results(NamedTuple):
    """The recommendation panel."""

    state: str  # leader, tie, no-criteria, none-qualifies, no-scores; with the next fields as in Standing
    leaders: tuple[OptionName, ...]
    label: str
    margin: str
    rival: OptionName | None
    between: tuple[OptionName, ...]
    recommended: bool  # the leader is recommended, not only first
    unverified: bool  # the leader has an open must-have
    situation: str  # completes "for ..."; empty without a use case
    altered: Alterations  # what the view leaves out and changes
    ranking: tuple[tuple[int, OptionName], ...]  # every ranked option; equal scores share a rank
    bars: tuple[ScoreBar, ...]
    more_bars: int
    pair: tuple[OptionName, ...]  # whose parts point left and right
    parts: tuple[Markup, ...]  # the largest, each with its bar
    rest: str  # all others as one sum, in points
    rest_option: OptionName | None  # whom that sum speaks for
    rest_count: int
    all_parts: AllParts | None  # only where every part is asked for
    sum: str  # of all parts, with a sign
    coverage: str  # percent of the leader's importance that rests on known scores; 100 only where all does
    bounded: bool  # of some unknown score of the leader, bounds are known
    gaps_matter: bool
    known_leaders: tuple[str, ...]
    differing: tuple[str, ...]  # names of the criteria on which tied options differ
    excluded: tuple[Excluded, ...]
    open: tuple[Excluded, ...]
    price_option: str
    price: str
    drops: tuple[Drop, ...]
    left_out: bool  # the reader leaves sources, or the editors' own scores, out
    tree: TreeLine | None  # where the answers to the questions lead, once they lead anywhere
    use: str  # the use case in force, or "none"
    has_musts: bool  # the comparison offers must-haves
    firm: Firmness | None
    flips: Flips | None  # only where they are asked for
    others: tuple[OptionName, ...]  # who does not lead, for "why not"
