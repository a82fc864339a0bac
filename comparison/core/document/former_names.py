"""What links of former days still name: things that were withdrawn after an earlier release, and
things that seem to have another slug now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from comparison.core.document.schema import Document
from comparison.core.document.slugs import LIST_OF, NameKind

# kind -> slug -> its name, and the last release that had it
Gone = Mapping[str, Mapping[str, tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Readdressed:
    """A thing of the same kind and name under another slug, which no record of renamed slugs leads
    to.
    """

    kind: NameKind  # of the thing
    name: str  # as readers are told it
    old: str  # slug until now
    new: str  # slug in the draft


def called(document: Document) -> dict[NameKind, dict[str, str]]:
    """Return the name of everything that an address may name, by kind and slug; old slugs of
    renamed things too.
    """
    names_now: dict[NameKind, dict[str, str]] = {}
    for kind, field in LIST_OF.items():
        now = {
            thing.slug: getattr(thing, "name", None) or thing.title
            for thing in getattr(document, field)
        }
        names_now[kind] = now | {
            old: now[new] for old, new in document.names.renamed[kind].items() if new in now
        }
    return names_now


def withdrawn(
    before: Document, number: int, gone: Gone, after: Document
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
        kind: {slug: names for slug, names in slugs.items() if slug not in has[NameKind(kind)]}
        for kind, slugs in last.items()
    }


def readdressed(before: Document, after: Document) -> tuple[Readdressed, ...]:
    """Return what seems to have got another slug without a record of it: alone of its kind and name
    gone, and alone new.
    """
    had, has = called(before), called(after)
    steps = []
    for kind, field in LIST_OF.items():
        was, now = (
            {thing.slug for thing in getattr(document, field)} for document in (before, after)
        )
        recorded = {after.names.present(kind, slug) for slug in was}
        gone = _by_name(had[kind], was - has[kind].keys())
        new = _by_name(has[kind], now - was - recorded)
        steps += [
            Readdressed(kind, has[kind][new[name][0]], gone[name][0], new[name][0])
            for name in sorted(gone)
            if len(gone[name]) == len(new.get(name, ())) == 1
        ]
    return tuple(steps)


def _by_name(names: Mapping[str, str], slugs: Iterable[str]) -> dict[str, list[str]]:
    slugs_of: dict[str, list[str]] = {}
    for slug in slugs:
        slugs_of.setdefault(names[slug].casefold(), []).append(slug)
    return slugs_of
