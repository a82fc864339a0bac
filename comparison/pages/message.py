"""A page that has only something to say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MessagePage:
    """A page that has only something to say: what happened, and what to do."""

    title: str  # what happened, in a few words
    text: str  # what it means and what to do
    links: tuple[tuple[str, str], ...] = ()  # words and address of each way on
    # of a draft: what is wrong, and the address of the field, "" where nobody may change it
    problems: tuple[tuple[str, str], ...] = ()
