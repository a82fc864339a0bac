"""The use cases as a table: who leads in each, how firmly, and what the sources advise."""

from dataclasses import dataclass

from comparison.pages.standing import Standing
from comparison.pages.statements import SourceLine


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """What one source advises for a use case; advice that differs only in its condition is one
    line.
    """

    source: SourceLine
    choices: tuple[str, ...]
    slots: tuple[str, ...]
    against: bool
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UseCaseRow:
    slug: str
    name: str
    description: str
    standing: Standing
    query: str  # the selection whose result that is
    advice: tuple[AdviceLine, ...]
    silent: int
