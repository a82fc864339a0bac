"""The options as columns: best first, where there are more of them than fit side by side with all
that is known of each; and every option's overall score and rank as its column shows them. Ranks are
the engine's; nothing is decided here.
"""

from collections.abc import Mapping
from typing import NamedTuple

from comparison.core.decision import Ranked
from comparison.pages.option_marks import INK, OptionName, beside
from comparison.pages.standing import scores_shown
from comparison.pages.view import View

MOST_COLUMNS = 30  # options further down are named below the table
FEWER_COLUMNS = 24  # of so many, where the window is too narrow for all; the style sheet decides
MOST_WITH_WORDS = 7  # options whose own words can be read in their cells
# How many columns each layout of the table holds; the style sheet knows how much room each needs.
LAYOUTS = (5, MOST_WITH_WORDS, 10, 16, FEWER_COLUMNS, MOST_COLUMNS)


class OverallScore(NamedTuple):
    """One option's overall score under the matrix."""

    option: OptionName  # whose score it is
    score: str  # "–" where there is none
    excluded: bool  # by a must-have


class Column(NamedTuple):
    """An option at the head of its column."""

    option: OptionName  # whose cells stand in it; in ink beside another of its colour
    place: int  # among the options compared, from 1: where the script finds a new overall score
    score: str  # overall, as shown; "–" where there is none
    rank: str  # as `rank_word` says it
    role: str  # leader, rival or empty


class Columns(NamedTuple):
    shown: tuple[Column, ...]  # the best first
    more: tuple[Column, ...]  # those that have no column, the best first
    more_than_fewer: tuple[Column, ...]  # the same where the window has room for fewer columns
    layout: int  # the fewest columns of `LAYOUTS` that hold those shown
    ink: str  # the slot of what stands beside another of its colour
    about: bool  # a page says more of the options
    with_words: bool  # the cells show the options' own words
    sorted_by: str  # name of the criterion that the reader sorts them by; empty: the overall score
    is_rival_chosen: bool  # the reader set another than the runner-up against the leader


def columns_of(view: View) -> Columns:
    """Return the options of a view as columns: the leader, its rival, then all others by rank, or
    by their score on the criterion that the reader asked for; unknown scores after them, and who is
    excluded last.
    """
    roles, shown = roles_of(view), scores_shown(view.decision)
    order = view.decision.options
    if by := view.selection.by:
        order = tuple(sorted(order, key=lambda option: _by_score(view, option, by)))
    leader, rival = (_first(roles, role) for role in ("leader", "rival"))
    named = beside(view.scored.named, leader, rival) if leader and rival else view.scored.named
    places = {slug: place for place, slug in enumerate(view.scored.named, start=1)}
    columns = tuple(
        Column(
            named[option.option],
            places[option.option],
            shown[option.option] or "–",
            rank_word(option),
            roles.get(option.option, ""),
        )
        for option in sorted(order, key=lambda option: _pinned(roles.get(option.option, "")))
    )
    count = min(len(columns), MOST_COLUMNS)
    return Columns(
        shown=columns[:count],
        more=columns[count:],
        more_than_fewer=columns[FEWER_COLUMNS:],
        layout=next(layout for layout in LAYOUTS if count <= layout),
        ink=INK,
        about=view.scored.tells_of_options,
        with_words=len(columns) <= MOST_WITH_WORDS,
        sorted_by=view.scored.criteria[by].name if by else "",
        is_rival_chosen=view.margin is not view.decision.margin,
    )


def roles_of(view: View) -> dict[str, str]:
    """Return who leads, and who stands against a sole leader, by option."""
    leaders = dict.fromkeys(view.decision.leaders, "leader")
    return leaders | ({view.margin.rival: "rival"} if view.margin else {})


def excluded_in(view: View) -> frozenset[str]:
    """Return the options that a must-have excludes."""
    return frozenset(
        option.option for option in view.decision.options if option.state == "excluded"
    )


def overall_scores_of(view: View) -> tuple[OverallScore, ...]:
    """Return every option's overall score, in editorial order."""
    shown, excluded = scores_shown(view.decision), excluded_in(view)
    return tuple(
        [
            OverallScore(option, shown[option.slug] or "–", option.slug in excluded)
            for option in view.scored.option_names
        ]
    )


def ranks_of(view: View) -> tuple[str, ...]:
    """Return every option's rank as it is shown, in editorial order."""
    words = {option.option: rank_word(option) for option in view.decision.options}
    return tuple(words[slug] for slug in view.scored.named)


def rank_word(option: Ranked) -> str:
    """Return a rank as it is shown, in one word: "1st", "excluded", or "unrated" where no score is
    known.
    """
    if option.rank is None:
        return "excluded" if option.state == "excluded" else "unrated"
    is_teen = option.rank % 100 in (11, 12, 13)
    ending = "th" if is_teen else {1: "st", 2: "nd", 3: "rd"}.get(option.rank % 10, "th")
    return f"{option.rank}{ending}"


def _by_score(view: View, option: Ranked, criterion: str) -> tuple[bool, bool, float]:
    """Return what options are sorted by: the best on a criterion first, unknown scores after them,
    who is excluded last.
    """
    score = view.scored.evidence.scores[option.option][criterion]
    return option.state == "excluded", score is None, -(score or 0)


def _first(roles: Mapping[str, str], role: str) -> str:
    return next((slug for slug, given in roles.items() if given == role), "")


def _pinned(role: str) -> int:
    return {"leader": 0, "rival": 1}.get(role, 2)
