"""A page that has only something to say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MessagePage:
    """A page that has only something to say: what happened, and what to do."""

    title: str
    text: str
    links: tuple[tuple[str, str], ...] = ()
