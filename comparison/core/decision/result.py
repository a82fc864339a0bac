"""What a decision holds: the values that the engine returns. Nothing is computed here."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal, NamedTuple

from comparison.core.decision.confidence import Cap, Confidence, Label
from comparison.core.decision.margin import Margin
from comparison.core.decision.ranking import (
    Ranked,
)
from comparison.core.decision.sensitivity import Flips

# Labels that recommend the leader. Whoever is the only one with scores, or with bounds, was
# compared with nobody.
RECOMMENDING = frozenset({"only option left", "only one verified", "strong", "clear", "slight"})
State = Literal["ok", "no-criteria", "none-qualifies", "no-scores"]


@dataclass(frozen=True, slots=True)
class Price:
    """What the must-haves cost: an option they keep from the lead, and how far it stands above the
    leader.
    """

    option: str
    lead: float  # points


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A must-have whose removal alone lets an excluded option in, and who would lead then."""

    must_have: str
    leaders: tuple[str, ...]


class MissingScore(NamedTuple):
    """An unknown score that would make the decision surer."""

    criterion: str
    option: str
    importance: float  # 0..5, more than 0


class Decision(NamedTuple):
    """The answer to one selection. Options and criteria are in editorial order unless said
    otherwise.
    """

    state: State
    label: Label | None  # None = nobody leads, or a sole leader with rivals and no detail
    leaders: tuple[str, ...]  # all who share rank 1; empty if nobody can lead
    # all m: verified by rank, unverified by rank, unrated, excluded by score
    options: tuple[Ranked, ...]
    total_importance: float  # W
    importances: tuple[tuple[str, float], ...]  # of the active criteria, 0..5
    failed: tuple[tuple[str, tuple[str, ...]], ...]  # excluded option, must-haves it failed
    # option not excluded, must-haves not known to be met
    open: tuple[tuple[str, tuple[str, ...]], ...]
    known_leaders: tuple[str, ...] = ()  # who would lead the tier on known scores alone
    gaps_matter: bool = False  # known scores alone name other leaders
    # Everything below needs detail=True.
    margin: Margin | None = None  # None unless there is a sole leader with a rival in its tier
    # every group, its 0..1 share of W, 0 if all is off
    group_shares: tuple[tuple[str, float], ...] = ()
    # for a tie: active criteria that count differently for the leaders
    differing: tuple[str, ...] = ()
    price: Price | None = None
    relaxations: tuple[Relaxation, ...] = ()  # in the order of the must-haves
    failing_fewest: tuple[str, ...] = ()  # if nothing qualifies and no single relaxation helps
    # active criteria on which all rated options are known and equal
    does_not_separate: tuple[str, ...] = ()
    unknown_everywhere: tuple[str, ...] = ()  # active criteria without a single known score
    recommended: str | None = None  # the leader if the label is one of RECOMMENDING
    # what kept the label from being as high as the chance alone would make it
    caps: tuple[Cap, ...] = ()
    proven: bool = False  # whatever the unknown scores are, the leader leads; False without a rival
    # unknown scores of leaders and contenders, largest importance first
    missing_scores: tuple[MissingScore, ...] = ()
    # None unless there is a sole leader with a rival in its tier
    confidence: Confidence | None = None
    flips: Flips | None = None  # None as above, or left out


# Programs that ask version 1 of the API rely on its keys, so a field that was renamed since keeps
# the key that it was published under.
PUBLISHED_KEYS: Mapping[tuple[type, str], str] = {
    (Decision, "importances"): "weights",
    (Decision, "flips"): "changes",
    (Decision, "missing_scores"): "wanted",
    (Relaxation, "must_have"): "requirement",
}


def key_of(kind: type, name: str) -> str:
    """Return the key under which a record's field stands in JSON."""
    return PUBLISHED_KEYS.get((kind, name), name)


def as_json(value: Any) -> Any:
    """Return a Decision, or any record in it, as dicts, lists, numbers and texts."""
    kind = type(value)
    if is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value)]
        return {key_of(kind, name): as_json(getattr(value, name)) for name in names}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key_of(kind, name): as_json(item) for name, item in value._asdict().items()}
    return [as_json(item) for item in value] if isinstance(value, tuple) else value
