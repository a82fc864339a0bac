"""What stands above a comparison, and stands for it on the hub."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a comparison."""

    title: str
    topic: str
    question: str
    summary: Markup  # the options' names in it are marked
    licence: str
    long: bool
    options: int
    criteria: int
    sources: int  # that count
    of_sources: int  # how many there are
    claims: int  # of the sources that count
    of_claims: int
    disputed: int
    checked: date | None
