"""Which criteria's rows a reader sees: at first those that decide and those that the reader
touched, then whatever a filter or a search asks for. No choice of rows changes a result.

What decides is asked of the use case as it is published, not of the reader's changes to it: a row
that stands on the screen does not leave it while somebody tries things out.
"""

from dataclasses import replace

from comparison.core.selection import (
    ALL,
    COUNTED,
    DIFFERENCES,
    DISPUTED,
    FEW_CRITERIA,
    NO_USE_CASE,
    canonical,
    spell,
)
from comparison.core.spelling.words import holds
from comparison.pages.comparison.matrix.columns import MOST_WITH_WORDS
from comparison.pages.scored_release import ScoredRelease, kept_with_release
from comparison.pages.view import View, view_of
from comparison.rendering.addresses import with_query

MOST_DECIDING = 12  # rows
MOST_WITH_A_LINE_EACH = 6  # rows, where each option has a line of its own on a small screen


def address_of_every_row(view: View) -> str:
    """Return the address of a view's page with every row."""
    document = view.scored.document
    every = canonical(document, replace(view.selection, q="", show=ALL))
    return with_query(view.scored.base, spell(document, every))


def hidden_rows(view: View) -> frozenset[str]:
    """Return the criteria whose rows a view does not show."""
    return frozenset(view.scored.criteria) - _shown(view)


def _shown(view: View) -> frozenset[str]:
    scored, selection = view.scored, view.selection
    every = frozenset(scored.criteria)
    words = selection.q.casefold().split()
    if words:
        every = _holding(scored, words)
    if selection.show == COUNTED:
        importances = view.settings.importances
        return every & {slug for slug in importances if importances[slug]}
    if selection.show == DISPUTED:
        return every & frozenset(scored.evidence.disputes)
    if selection.show == DIFFERENCES:
        return every - scored.agreeing
    if selection.show == ALL or words:
        return every
    return deciding_rows(scored, view.settings.use_case) | _touched(view)


@kept_with_release
def deciding_rows(scored: ScoredRelease, use_case: str | None) -> frozenset[str]:
    """Return the criteria with the largest parts in the margin under a use case, or under none; the
    most important ones where nobody leads alone. All of them where there are few.
    """
    if len(scored.criteria) <= FEW_CRITERIA:
        return frozenset(scored.criteria)
    published = view_of(scored, scored.selection_of(use_case or NO_USE_CASE), flips=False)
    margin = published.decision.margin
    sizes = (
        {part.criterion: abs(part.value) for part in margin.parts}
        if margin
        else dict(published.settings.importances)
    )
    largest = sorted((slug for slug in sizes if sizes[slug]), key=lambda slug: -sizes[slug])
    has_lines = scored.wide and len(scored.named) <= MOST_WITH_WORDS
    return frozenset(largest[: MOST_WITH_A_LINE_EACH if has_lines else MOST_DECIDING])


def _touched(view: View) -> frozenset[str]:
    """Return the criteria that the reader set. Who switched most of them off chose the others."""
    scored, selection = view.scored, view.selection
    criteria = frozenset(scored.document.names.criteria)
    is_most = 2 * len(selection.off) > len(criteria)
    switched = criteria - selection.off if is_most else selection.off
    changed = frozenset(selection.importances) - (selection.off if is_most else frozenset())
    return switched | changed | selection.must | selection.waive


def _holding(scored: ScoredRelease, words: list[str]) -> frozenset[str]:
    """Return the criteria that hold all of the words, each at the beginning of one: those in whose
    names, question and values they stand; only where there is none, those in whose notes, checks
    and claims they do.
    """
    texts = _texts(scored)
    named = [slug for slug, (shown, _) in texts.items() if holds(shown, words)]
    return frozenset(
        named or [slug for slug, both in texts.items() if holds(" ".join(both), words)]
    )


@kept_with_release
def _texts(scored: ScoredRelease) -> dict[str, tuple[str, str]]:
    """Return what a search looks through, by criterion, in small letters: what its row shows with
    its question, and what stands behind its cells.
    """
    texts = {}
    for slug, criterion in scored.criteria.items():
        cells = [criterion.cells[option] for option in scored.named if option in criterion.cells]
        shown = [criterion.name, slug, criterion.question or "", *(cell.text for cell in cells)]
        behind = [criterion.why or ""]
        for cell in cells:
            behind += [cell.note or "", cell.checked.text if cell.checked else ""]
        for option in scored.named:
            behind += [claim.statement for _, claim in scored.evidence.cells[slug, option].claims]
        texts[slug] = " ".join(shown).casefold(), " ".join(behind).casefold()
    return texts
