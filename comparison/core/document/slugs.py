"""What an address may name in one document, in editorial order, the importances below the reader's
own, and the slugs that old links still name.

Worked out once a document (`Document.names`): every request asks for it, many times.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

NO_USE_CASE = "none"  # what an address calls the absence of one
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"  # what every slug is like
HOW_TO_WRITE = "write small letters, digits and single hyphens between them"


def is_slug(text: str) -> bool:
    """Return whether a text can stand in an address as the name of something."""
    return bool(re.fullmatch(SLUG, text))


class NameKind(StrEnum):
    """What a slug in an address may name."""

    CRITERION = "criterion"
    OPTION = "option"
    SOURCE = "source"
    USE_CASE = "use-case"
    COMPARISON = "comparison"


# The document's list that holds the things of a kind; a comparison is the document itself.
LIST_OF = {
    NameKind.CRITERION: "criteria",
    NameKind.OPTION: "options",
    NameKind.SOURCE: "sources",
    NameKind.USE_CASE: "use_cases",
}


@dataclass(frozen=True, slots=True)
class Names:
    """Slugs by kind, in editorial order, and what the layers below a reader say."""

    criteria: tuple[str, ...]  # those that can count
    texts: frozenset[str]  # criteria that are shown and never counted
    groups: Mapping[str, tuple[str, ...]]  # group -> its criteria
    defaults: Mapping[str, float]  # criterion -> importance of the comparison itself
    must_haves: Mapping[str, float]  # criterion with a must-have -> least score that meets it
    use_cases: Mapping[str, Mapping[str, float]]  # use case -> importance of every criterion
    must: Mapping[str, frozenset[str]]  # use case -> its must-haves that exist
    options: tuple[str, ...]
    # those that are ranked unless a reader asks otherwise: without the arrangements
    compared: tuple[str, ...]
    sources: tuple[str, ...]
    questions: Mapping[str, frozenset[str]]  # question -> its answers
    default_use: str | None
    mutes: Mapping[str, frozenset[str]]  # a name for several sources at once, and those sources
    # old slug -> the slug that it has now, however often it was renamed
    renamed: Mapping[NameKind, Mapping[str, str]]

    def present(self, kind: NameKind, slug: str) -> str:
        """Return the slug that a thing has now: another one where it was renamed, else the same."""
        return self.renamed[kind].get(slug, slug)

    @property
    def former(self) -> tuple[str, ...]:
        """The addresses that the comparison had before."""
        return tuple(self.renamed[NameKind.COMPARISON])


def end_of(slug: str, leads: Mapping[str, str]) -> str:
    """Return where a chain of renamings ends: a to b, b to c ends at c. A ring ends where it
    closes.
    """
    seen: set[str] = set()
    while slug in leads and slug not in seen:
        seen.add(slug)
        slug = leads[slug]
    return slug
