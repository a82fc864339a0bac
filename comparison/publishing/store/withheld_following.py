"""Keeps the file of what is withheld, and the catalogue, abreast of the database: a part of what
the follower does at each look.
"""

from collections.abc import Collection
from dataclasses import dataclass

from comparison.models import Withholding
from comparison.publishing.store import listing, withheld
from comparison.publishing.store.catalogue import catalogue
from comparison.publishing.store.withheld import Act

Counted = tuple[int, int | None]  # how many acts the database has, and the key of the last
NONE: Counted = (0, None)


@dataclass
class _State:
    """What this process knows of the database, the file and the catalogue."""

    counted: Counted = NONE  # when they were last read
    compared: tuple[object, ...] = ()  # file and catalogue that were held against one another


_state = _State()


def new_acts(counted: Counted) -> list[Act]:
    """Return every act of the database where there are others than the last time; raise whatever
    the database raises. counted: how many there are.
    """
    if counted == _state.counted:
        return []
    acts = in_the_database()
    _state.counted = counted
    return acts


def in_the_database() -> list[Act]:
    """Return every act that the database has."""
    rows = Withholding.objects.order_by("pk").values_list(*Act._fields)
    return [Act(*row) for row in rows]


def lost() -> list[Act]:
    """Return the acts that the file knows and the database does not."""
    there = {act.key for act in in_the_database()}
    return [act for act in withheld.known().values() if act.key not in there]


def restore() -> int:
    """Write into the database the acts that it lacks, and return how many that were."""
    lacking = sorted(lost(), key=lambda act: act.at)
    for act in lacking:
        Withholding(**act._asdict()).save(force_insert=True)
    return len(lacking)


def bring(acts: Collection[Act]) -> bool:
    """Bring acts into the file, and what the file has into the catalogue; say whether that lacked
    any.
    """
    if acts or withheld.is_held():
        withheld.keep(acts)
    if not acts and _state.compared == _now():
        return False
    known = withheld.known().values()
    there = listing.acts()
    lacking = [act for act in known if (*act.key, act.is_withheld) not in there]
    if lacking:
        catalogue.withhold(lacking)
    _state.compared = _now()
    return bool(lacking)


def _now() -> tuple[object, ...]:
    return withheld.stamp(), withheld.is_held(), catalogue.made


def forget() -> None:
    """Know nothing, as when a process starts."""
    global _state
    _state = _State()
    withheld.forget()
