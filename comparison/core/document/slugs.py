"""What an address may name in one document, in editorial order, and the importances below the
reader's own.

Also what old links still name: slugs that were renamed, and what was withdrawn after an earlier
release. Worked out once a document (`Document.names`): every request asks for it, many times.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comparison.core.document.schema import Document


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
# kind -> slug -> its name, and the last release that had it
Gone = Mapping[str, Mapping[str, tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Names:
    """Slugs by kind, in editorial order, and what the layers below a reader say."""

    criteria: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]  # group -> its criteria
    defaults: Mapping[str, int]  # criterion -> importance of the comparison itself
    minimums: Mapping[str, float]  # criterion with a must-have -> least score that meets it
    use_cases: Mapping[str, Mapping[str, int]]  # use case -> importance of every criterion
    must: Mapping[str, frozenset[str]]  # use case -> its must-haves that exist
    options: tuple[str, ...]
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


@dataclass(frozen=True, slots=True)
class Readdressed:
    """A thing of the same kind and name under another slug, which no record of renamed slugs leads
    to.
    """

    kind: NameKind
    name: str
    old: str
    new: str


AGES = (12, 24, 36)  # months


def collect(document: "Document") -> Names:
    """Return what an address may name in the document."""
    defaults = {criterion.slug: criterion.importance for criterion in document.criteria}
    minimums = {c.slug: c.must.minimum for c in document.criteria if c.must}
    return Names(
        criteria=tuple(defaults),
        groups={
            g.slug: tuple(c.slug for c in document.criteria if c.group == g.slug)
            for g in document.groups
        },
        defaults=defaults,
        minimums=minimums,
        use_cases={
            use.slug: defaults
            | {slug: use.otherwise for slug in defaults if use.otherwise is not None}
            | use.importances
            for use in document.use_cases
        },
        must={use.slug: frozenset(use.must) & minimums.keys() for use in document.use_cases},
        options=tuple(option.slug for option in document.options),
        sources=tuple(source.slug for source in document.sources),
        questions={
            q.slug: frozenset(answer.slug for answer in q.answers) for q in document.questions
        },
        default_use=document.default_use_case,
        mutes=_mutes(document),
        renamed=_renamed(document),
    )


def _renamed(document: "Document") -> dict[NameKind, dict[str, str]]:
    steps: dict[NameKind, dict[str, str]] = {kind: {} for kind in NameKind}
    for name in document.renamed:
        steps[name.kind][name.old] = name.new
    return {kind: {old: end_of(old, leads) for old in leads} for kind, leads in steps.items()}


def end_of(slug: str, leads: Mapping[str, str]) -> str:
    """Return where a chain of renamings ends: a to b, b to c ends at c. A ring ends where it
    closes.
    """
    seen: set[str] = set()
    while slug in leads and slug not in seen:
        seen.add(slug)
        slug = leads[slug]
    return slug


def called(document: "Document") -> dict[NameKind, dict[str, str]]:
    """Return the name of everything that an address may name, by kind and slug; old slugs of
    renamed things too.
    """
    found: dict[NameKind, dict[str, str]] = {}
    for kind, field in LIST_OF.items():
        now = {
            thing.slug: getattr(thing, "name", None) or thing.title
            for thing in getattr(document, field)
        }
        found[kind] = now | {
            old: now[new] for old, new in document.names.renamed[kind].items() if new in now
        }
    return found


def withdrawn(
    before: "Document", number: int, gone: Gone, after: "Document"
) -> dict[str, dict[str, tuple[str, int]]]:
    """Return everything that some earlier release had and the document after it has not, with the
    last release that had it.

    before, number: the release just before. gone: what that one lacked already. What comes back is
    not withdrawn any more.
    """
    had, has = called(before), called(after)
    last = {
        kind.value: {
            **gone.get(kind, {}),
            **{slug: (name, number) for slug, name in had[kind].items()},
        }
        for kind in had
    }
    return {
        kind: {slug: told for slug, told in slugs.items() if slug not in has[NameKind(kind)]}
        for kind, slugs in last.items()
    }


def readdressed(before: "Document", after: "Document") -> tuple[Readdressed, ...]:
    """Return what seems to have got another slug without a record of it: alone of its kind and name
    gone, and alone new.
    """
    had, has = called(before), called(after)
    found = []
    for kind, field in LIST_OF.items():
        was, now = (
            {thing.slug for thing in getattr(document, field)} for document in (before, after)
        )
        recorded = {after.names.present(kind, slug) for slug in was}
        gone = _by_name(had[kind], was - has[kind].keys())
        new = _by_name(has[kind], now - was - recorded)
        found += [
            Readdressed(kind, has[kind][new[name][0]], gone[name][0], new[name][0])
            for name in sorted(gone)
            if len(gone[name]) == len(new.get(name, ())) == 1
        ]
    return tuple(found)


def _by_name(names: Mapping[str, str], slugs: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for slug in slugs:
        found.setdefault(names[slug].casefold(), []).append(slug)
    return found


def _mutes(document: "Document") -> dict[str, frozenset[str]]:
    """Return the groups of sources that a reader can leave out at once; groups of none are left
    out.

    A source's age is counted to the day when the sources were last read, so that a release never
    changes with the clock. An undated source is older than any number of months.
    """
    sources = document.sources
    last = max((source.read_on for source in sources), default=None)
    groups = {
        "commercial": {source.slug for source in sources if source.is_commercial},
        "unmeasured": {source.slug for source in sources if not source.measured},
    }
    for months in AGES if last else ():
        groups[f"older-{months}"] = {
            s.slug
            for s in sources
            if s.published == "undated" or _before(s.published, last, months)
        }
    groups["all"] = {source.slug for source in sources}
    return {name: frozenset(slugs) for name, slugs in groups.items() if slugs}


def _before(published: str, last: date | None, months: int) -> bool:
    """Say whether a day, a month or a year lies whole years before a day. What is only known to the
    year is compared so.
    """
    first = f"{last.year - months // 12:04}-{last:%m-%d}" if last else ""
    return published < first[: len(published)]
