"""What a reader sent -> a change of the draft, shown before it is made, and taken back as long as
nobody has worked on it.

With an address it becomes a source, or stands under the one that is there, with a claim where it
names an option. An error without a source becomes a remark in the note of its cell. A reader's
words are marked (`core/document/readers_words.py`): they keep the draft from being published until
an editor has said them anew. Values are never changed: nobody has checked anything yet.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db import models, transaction
from django.utils import timezone

from comparison.core.document.readers_words import marked
from comparison.core.document.slugs import NameKind
from comparison.core.table.short_names import short_name
from comparison.models import Cell, Claim, Comparison, Criterion, Option, Source, Suggestion
from comparison.models.rows import LINE, Row
from comparison.publishing import releases


class NotTaken(Exception):
    """Nothing was changed. The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class ChangedText:
    """One text of the draft, before and after."""

    place: str  # what of the draft, by name
    before: str  # empty: it is not there
    after: str  # what it would say


@dataclass(frozen=True, slots=True)
class SuggestedChange:
    """What a suggestion would change."""

    comparison: Comparison
    texts: tuple[ChangedText, ...]
    source: Source | None  # the one of its address: there, or new and not saved
    claim: Claim | None  # new and not saved
    cell: Cell | None  # as it would be, not saved


def change_of(suggestion: Suggestion, *, locks: bool = False) -> SuggestedChange | None:
    """Return what a suggestion would change of the draft; None where it names nothing there, or
    nothing that can hold it. locks: the rows that it changes, until the transaction ends.
    """
    comparison = draft_of(suggestion)
    if comparison is None:
        return None
    criterion, option = _about(suggestion, comparison)
    if suggestion.address:
        sources = Source.objects.filter(comparison=comparison).order_by("position", "pk")
        known = _source_at(suggestion.address, _locked(sources, locks))
        return _as_source(suggestion, comparison, known, criterion, option)
    if criterion is not None and option is not None:
        cells = Cell.objects.filter(criterion=criterion, option=option)
        known_cell = _locked(cells, locks).first()
        return _as_remark(suggestion, comparison, known_cell, criterion, option)
    return None


def _locked(rows: models.QuerySet[Any], locks: bool) -> models.QuerySet[Any]:
    return rows.select_for_update(of=("self",)) if locks else rows


def draft_of(suggestion: Suggestion) -> Comparison | None:
    """Return the draft of the comparison that a suggestion is about, whatever it is called now."""
    current = releases.current(suggestion.comparison)
    address = current.slug if current else suggestion.comparison
    known = models.Q(published_as=address) | models.Q(slug=address)
    draft: Comparison | None = Comparison.objects.filter(known).order_by("-published_as").first()
    return draft


def take(suggestion: Suggestion) -> list[Row]:
    """Change the draft as `change_of` says; return the rows that are new or changed. Raises
    NotTaken.
    """
    with transaction.atomic():
        stored = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
        if stored.is_taken:
            raise NotTaken("Somebody has taken it into the draft already.")
        change = change_of(stored, locks=True)
        if change is None:
            raise NotTaken(_why_none(stored))
        rows = _written(change, stored)
        stored.state, stored.decided_at = Suggestion.State.TAKEN_UP, timezone.now()
        stored.save()
    return rows


def take_back(suggestion: Suggestion) -> list[Row]:
    """Undo what `take` did; return the rows that are gone or as before. Raises NotTaken where
    somebody has worked on them since.
    """
    with transaction.atomic():
        stored = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
        if not stored.is_taken:
            raise NotTaken("It is not in the draft. Nothing was changed.")
        gone: list[Row] = []
        claim = Claim.objects.filter(pk=stored.into_claim_id).first()
        if claim is not None and claim.version > 1:
            raise NotTaken(
                "The claim was changed since it was taken: delete it there if it is not wanted."
            )
        cell = Cell.objects.select_for_update().filter(pk=stored.into_cell_id).first()
        if cell is not None:
            gone += _without_remark(cell, stored)
        if claim is not None:
            claim.delete()
            gone.append(claim)
        source = Source.objects.filter(pk=stored.into_source_id).first()
        if source is not None and claim is None:
            gone += _without_note(source, stored)
        if source is not None and stored.has_made_row and _is_untouched(source):
            source.delete()
            gone.append(source)
        stored.into_source = stored.into_claim = stored.into_cell = None
        stored.has_made_row = False
        stored.state, stored.decided_at = Suggestion.State.NEW, None
        stored.save()
    return gone


def _why_none(suggestion: Suggestion) -> str:
    """Return why a suggestion changes nothing of the draft."""
    comparison = draft_of(suggestion)
    rows = _about(suggestion, comparison) if comparison else (None, None)
    named = (suggestion.criterion, suggestion.option)
    if comparison is None or any(name and not row for name, row in zip(named, rows, strict=True)):
        return "What it is about is not in the draft any more. Nothing was changed."
    return (
        "It names no cell and no source that could hold it. Nothing was changed: change the draft "
        "by hand."
    )


def said_by(suggestion: Suggestion) -> str:
    """Return a reader's words as the draft holds them."""
    parts = [marked(" ".join(suggestion.text.split()))]
    if suggestion.proposed:
        parts.append(f"It should say: {suggestion.proposed}")
    if suggestion.quote:
        parts.append(f"Word for word: “{suggestion.quote}”")
    return " – ".join(parts)


def _about(
    suggestion: Suggestion, comparison: Comparison
) -> tuple[Criterion | None, Option | None]:
    """Return the rows that a suggestion names, under the slugs that they have now."""
    current = releases.current(suggestion.comparison)
    names = current.document.names if current else None

    def row(kind: Any, of: NameKind, slug: str) -> Any:
        known = {slug, names.present(of, slug)} if names else {slug}
        return kind.objects.filter(comparison=comparison, slug__in=known).first() if slug else None

    return (
        row(Criterion, NameKind.CRITERION, suggestion.criterion),
        row(Option, NameKind.OPTION, suggestion.option),
    )


def _as_source(
    suggestion: Suggestion,
    comparison: Comparison,
    source: Source | None,
    criterion: Criterion | None,
    option: Option | None,
) -> SuggestedChange:
    texts = []
    if source is None:
        taken = set(comparison.sources.values_list("slug", flat=True))
        host = (urlsplit(suggestion.address).hostname or "").removeprefix("www.")
        source = Source(
            comparison=comparison,
            slug=short_name(host, "source", taken),
            address=suggestion.address,
            position=_after_last(comparison.sources),
        )
        texts.append(ChangedText("New source", "", suggestion.address))
    said = said_by(suggestion)
    if option is None:
        texts.append(
            ChangedText(f"Note of {_named(source)}", source.note, _added(source.note, said))
        )
        source.note = _added(source.note, said)
        return SuggestedChange(comparison, tuple(texts), source, None, None)
    about = f"{criterion} of {option}" if criterion else str(option)
    claim = Claim(
        slug=f"suggestion-{suggestion.pk}", option=option, criterion=criterion, statement=said
    )
    texts.append(ChangedText(f"New claim of {_named(source)} on {about}, not checked", "", said))
    return SuggestedChange(comparison, tuple(texts), source, claim, None)


def _as_remark(
    suggestion: Suggestion,
    comparison: Comparison,
    cell: Cell | None,
    criterion: Criterion,
    option: Option,
) -> SuggestedChange:
    if cell is None:
        cell = Cell(criterion=criterion, option=option, position=option.position, version=0)
    before, cell.note = cell.note, _added(cell.note, said_by(suggestion))
    text = ChangedText(f"Note of {criterion} of {option}", before, cell.note)
    return SuggestedChange(comparison, (text,), None, None, cell)


def _written(change: SuggestedChange, suggestion: Suggestion) -> list[Row]:
    """Write a change, and what it became into its suggestion, which the caller saves."""
    rows: list[Row] = []
    if change.source is not None:
        suggestion.has_made_row = change.source.pk is None
        if change.claim is None or suggestion.has_made_row:
            if not suggestion.has_made_row:
                change.source.version += 1
            change.source.save()
            rows.append(change.source)
        suggestion.into_source = change.source
    if change.claim is not None and change.source is not None:
        change.claim.source = change.source
        change.claim.position = _after_last(change.source.claims)
        change.claim.save()
        suggestion.into_claim = change.claim
        rows.append(change.claim)
    if change.cell is not None:
        suggestion.has_made_row = change.cell.pk is None
        change.cell.version += 1
        change.cell.save()
        suggestion.into_cell = change.cell
        rows.append(change.cell)
    return rows


def _source_at(address: str, sources: models.QuerySet[Source]) -> Source | None:
    """Return the source that is to be read at an address, however it is spelled."""
    wanted = _plain(address)
    return next((one for one in sources if one.address and _plain(one.address) == wanted), None)


def _plain(address: str) -> str:
    """Return what two spellings of one address have in common."""
    parts = urlsplit(address.strip())
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}"


def _without_remark(cell: Cell, suggestion: Suggestion) -> list[Row]:
    if suggestion.has_made_row and cell.version == 1:
        cell.delete()
        return [cell]
    cell.note = _taken_out(cell.note, suggestion, "The note of the cell")
    cell.version += 1
    cell.save()
    return [cell]


def _without_note(source: Source, suggestion: Suggestion) -> list[Row]:
    if suggestion.has_made_row and source.version == 1:
        return []  # it goes as a whole
    source.note = _taken_out(source.note, suggestion, "The note of the source")
    source.version += 1
    source.save()
    return [source]


def _taken_out(note: str, suggestion: Suggestion, what: str) -> str:
    said = said_by(suggestion)
    if said not in note:
        raise NotTaken(f"{what} was changed since it was taken: change it there.")
    return note.replace(said, "", 1).strip()


def _is_untouched(source: Source) -> bool:
    own = (source.claims, source.advice, source.verdicts)
    return source.version == 1 and not any(rows.exists() for rows in own)


def _added(note: str, said: str) -> str:
    return f"{note.rstrip()}\n\n{said}" if note.strip() else said


def _after_last(rows: Any) -> int:
    last = rows.aggregate(last=models.Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def _named(source: Source) -> str:
    return str(source)[:LINE] if source.pk else f"“{source.slug}”"
