"""Decision -> how firmly it stands, as the panel tells it: label and chance; and how good the
evidence is.
"""

from math import ceil, floor
from typing import NamedTuple

from comparison.core.decision import MOSTLY_HIGH, MOSTLY_LOW, OUTWEIGHED, Flips
from comparison.core.rounding import percent
from comparison.pages.comparison.answer.trials import MOST_NAMED, Trial, trial_of
from comparison.pages.view import View

SQUARES = {"strong": 3, "clear": 2, "slight": 1, "toss-up": 0}


class Firmness(NamedTuple):
    """How firmly the leader leads, and what would change it."""

    squares: int | None  # 0 to 3; None where the label stands without
    recommended: bool  # the leader is recommended, not only first
    chance: str  # of 100 plausible readings: "88", or "more than 99"
    # what the doubt mostly consists of: scores, importances, gaps; empty where there is next to
    # none
    doubt: str
    caps: tuple[str, ...]  # what kept the label lower: unverified, gaps
    # the smallest change after which it leads no longer; None where there is none
    nearest: Trial | None
    smallest: Trial | None  # where no single importance changes it
    is_nowhere_behind: bool  # so no importances can change it
    # whole importances that keep the leader: "admin-panel:1-5"; criteria at which all do are left
    # out
    safe: str

    @property
    def ranges(self) -> dict[str, list[str]]:
        """The same by criterion: lowest and highest."""
        return {
            slug: span.split("-") for slug, span in (item.split(":") for item in self.safe.split())
        }


def firmness(view: View) -> Firmness | None:
    """Return how firmly the leader leads, or None where there is no sole leader with a rival."""
    decision = view.decision
    sure, flips = decision.confidence, decision.flips
    if sure is None or flips is None or decision.label is None:
        return None
    nearest, smallest = flips.nearest, None if flips.nearest else flips.smallest
    is_nearly_certain = sure.chance >= 0.995  # more is never said: nothing is that sure
    return Firmness(
        squares=SQUARES.get(decision.label),
        recommended=decision.recommended is not None,
        chance="more than 99" if is_nearly_certain else f"{100 * sure.chance:.0f}",
        doubt=sure.doubt[0][0] if sure.doubt and not is_nearly_certain else "",
        caps=decision.caps,
        nearest=trial_of(view, (nearest[:3],)) if nearest else None,
        smallest=trial_of(view, smallest.switches) if smallest else None,
        is_nowhere_behind=flips.tolerance >= 1,
        safe=safe_ranges(flips),
    )


class EvidenceGrade(NamedTuple):
    """How good the evidence is for those who lead."""

    level: str  # high, medium, low
    # what lowers it, and the percent of what decides, or of what counts, that it touches
    concerns: tuple[tuple[str, str], ...]
    well: str  # percent of the same that rests on parts of high certainty
    poorly: str  # percent that rests on parts of low certainty
    high_from: str  # percent that it takes of the first to be high
    low_from: str  # percent that it takes of the second to be low
    low_by: str  # or by how many percent the second has to exceed the first


def evidence_grade(view: View) -> EvidenceGrade | None:
    """Return how good the evidence is, or None where nobody leads."""
    certainty = view.certainty
    shares = dict(certainty.shares) if certainty else {}
    return certainty and EvidenceGrade(
        level=certainty.level,
        concerns=tuple(
            (reason.concern, percent(reason.share)) for reason in certainty.reasons[:MOST_NAMED]
        ),
        well=percent(shares["high"]),
        poorly=percent(shares["low"]),
        high_from=percent(MOSTLY_HIGH),
        low_from=percent(MOSTLY_LOW),
        low_by=percent(OUTWEIGHED),
    )


def safe_ranges(flips: Flips) -> str:
    """Return the whole importances that keep the leader, for each criterion where not all do:
    "admin-panel:1-5 ...".
    """
    narrowed = []
    for criterion, low, high in flips.intervals:
        whole = ceil(low - 1e-9), floor(high + 1e-9)
        if whole != (0, 5):
            narrowed.append(f"{criterion}:{whole[0]}-{whole[1]}")
    return " ".join(narrowed)
