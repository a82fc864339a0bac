"""What differs between two documents, field by field, in words for editors."""

from dataclasses import dataclass

from comparison.core.document.change_words import Called, as_text
from comparison.core.document.diff import Change, FieldChange, diff, readdressings
from comparison.core.document.schema import Document

CHANGES_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field in which the draft differs from what readers see, in words."""

    kind: str  # of the thing that it is a field of: "use case"
    how: str  # what happened to that thing: added, removed, changed, renamed
    thing: str  # by name, after the name of what it is part of; empty for the comparison itself
    field: str  # empty where a thing with nothing but its slug came or went
    before: str  # empty: nothing
    after: str  # empty: nothing


def changes_between(
    before: Document | None, after: Document | None
) -> tuple[tuple[ChangedField, ...], int]:
    """Return the first fields in which one document differs from another, and how many more
    there are.
    """
    if after is None:
        return (), 0
    called = Called(before, after)
    nothing = (FieldChange("", None, None),)
    changed = [
        (change, field)
        for change in (*readdressings(before, after), *diff(before, after))
        for field in change.fields or nothing
    ]
    shown = tuple(_in_words(change, field, called) for change, field in changed[:CHANGES_SHOWN])
    return shown, len(changed) - len(shown)


def _in_words(change: Change, field: FieldChange, called: Called) -> ChangedField:
    names = (called.home(change), called.of(change)) if change.path[1:] else (called.of(change),)
    return ChangedField(
        kind=change.kind.replace("-", " "),
        how=change.how,
        thing=" › ".join(names),
        field=field.name.replace("_", " ").replace(".", ": "),
        before=as_text(field.before),
        after=as_text(field.after),
    )
