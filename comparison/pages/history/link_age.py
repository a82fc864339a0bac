"""What has moved, for one selection, since the release that its link was made on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from comparison.core.document.schema import Criterion
from comparison.core.document.slugs import NameKind, Names
from comparison.core.rounding import number
from comparison.core.selection import parse, spell
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import score
from comparison.pages.standing import Standing
from comparison.pages.view import View, view_of
from comparison.publishing.releases import Published
from comparison.rendering.addresses import Home


@dataclass(frozen=True, slots=True)
class CellMove:
    """A cell that counts, and differs."""

    criterion_slug: str  # with the option it names the cell
    criterion: str  # its name
    option: OptionName  # that the cell is of
    text_before: str  # what stood in the matrix then
    text_after: str  # what stands there now
    score_before: str  # as shown; empty where unknown
    score_after: str  # as shown; empty where unknown
    only_firmness: bool  # the same text and score, better or worse founded


@dataclass(frozen=True, slots=True)
class ImportanceMove:
    criterion: str  # its name
    before: float  # 0 to 5
    after: float  # 0 to 5


@dataclass(frozen=True, slots=True)
class Ageing:
    """What has moved, for one selection, since the release that its link was made on."""

    made_on: int  # number of the release that the link was made on
    shown: int  # number of the release that is shown
    before: Standing  # who led then
    after: Standing  # who leads now
    decision_moved: bool  # before and after say something else
    cells: tuple[CellMove, ...]  # those that count and differ
    criteria_added: tuple[str, ...]  # names
    criteria_gone: tuple[str, ...]  # names, as they were
    options_added: tuple[str, ...]  # names
    options_gone: tuple[str, ...]  # names, as they were
    importances: tuple[ImportanceMove, ...]  # those that differ though the reader set none
    must_haves: tuple[str, ...]  # names of those that came, went, or ask for another score
    as_was: str  # address of the page as it was
    changes: str  # address of everything that changed between the two releases

    @property
    def anything(self) -> bool:
        """Something that the selection depends on differs, whether the result does or not."""
        lists = (
            self.cells,
            self.criteria_added,
            self.criteria_gone,
            self.options_added,
            self.options_gone,
        )
        return any((*lists, self.importances, self.must_haves))


def ageing(then: Published, now: Published, query: str, slug: str) -> Ageing | None:
    """Return what has moved from the release that a link was made on to the one it shows, or None
    where nothing has.

    query: as it was sent; each release reads it by its own names. slug: the comparison's address.
    """
    was, is_ = _view(then, query), _view(now, query)
    names = now.document.names
    had, has = _criteria_now(was, names), _counted(is_)
    options_then = {
        names.present(NameKind.OPTION, o): name.name for o, name in was.scored.named.items()
    }
    options_now = {o: name.name for o, name in is_.scored.named.items()}
    before, after = was.standing, is_.standing
    decision_moved = compared(before, names) != compared(after, names)
    moved = Ageing(
        made_on=then.number,
        shown=now.number,
        before=before,
        after=after,
        decision_moved=decision_moved,
        cells=_cells(
            was, is_, {names.present(NameKind.CRITERION, s): s for s in _counted(was)}, names
        ),
        criteria_added=tuple(
            c.name for slug, c in has.items() if slug not in had and not _there(then, slug, names)
        ),
        criteria_gone=tuple(c.name for slug, c in had.items() if slug not in names.defaults),
        options_added=tuple(name for o, name in options_now.items() if o not in options_then),
        options_gone=tuple(name for o, name in options_then.items() if o not in options_now),
        importances=_importances(was, is_, names),
        must_haves=_must_haves(was, is_, names),
        as_was=Home(slug, str(then.number)).address_of("comparison", query=_query_of(was)),
        changes=Home(slug).address_of("changes_between", span=f"{then.number}..{now.number}"),
    )
    return moved if decision_moved or moved.anything else None


def _view(release: Published, query: str) -> View:
    selection, _ = parse(release.document, query)
    return view_of(score(release, selection), selection, flips=False)


def _counted(view: View) -> dict[str, Criterion]:
    """Return the criteria that count."""
    return {
        criterion.slug: criterion
        for criterion in view.scored.document.scored_criteria
        if view.settings.importances[criterion.slug] > 0
    }


def _query_of(view: View) -> str:
    return spell(view.scored.document, replace(view.selection, made_on=None))


def compared(shown: Standing, names: Names) -> tuple[object, ...]:
    """Return what two releases' results are compared by: what is shown of them, with options as
    they are called now.
    """
    leaders = tuple(names.present(NameKind.OPTION, leader.slug) for leader in shown.leaders)
    return shown.state, leaders, shown.margin, shown.label


def _criteria_now(view: View, names: Names) -> dict[str, Criterion]:
    return {
        names.present(NameKind.CRITERION, slug): criterion
        for slug, criterion in _counted(view).items()
    }


def _there(release: Published, slug: str, names: Names) -> bool:
    """Say whether a release had a criterion already, under this slug or under an old one."""
    return slug in {
        names.present(NameKind.CRITERION, old) for old in release.document.names.criteria
    }


def _cells(
    was: View, is_: View, old_slugs: Mapping[str, str], names: Names
) -> tuple[CellMove, ...]:
    """Return the cells that differ in what is shown, in their score, or in how firm it is; of what
    counts in both releases.
    """
    old_options = {names.present(NameKind.OPTION, option): option for option in was.scored.named}
    moved = []
    for slug, criterion in _counted(is_).items():
        old_slug = old_slugs.get(slug)
        for option in is_.scored.option_names:
            old_option = old_options.get(option.slug)
            if old_slug is None or old_option is None:
                continue
            before = _cell(was, old_slug, old_option)
            after = _cell(is_, slug, option.slug)
            if before != after:
                moved.append(
                    CellMove(
                        criterion_slug=slug,
                        criterion=criterion.name,
                        option=option,
                        text_before=before[0],
                        text_after=after[0],
                        score_before=number(before[1]),
                        score_after=number(after[1]),
                        only_firmness=before[:3] == after[:3],
                    )
                )
    return tuple(moved)


def _cell(view: View, criterion: str, option: str) -> tuple[str, float | None, bool, float]:
    cell = view.scored.criteria[criterion].cells.get(option)
    evidence = view.scored.evidence
    text, applies = (cell.text, cell.applies) if cell else ("", True)
    return text, evidence.scores[option][criterion], applies, evidence.spreads[option][criterion]


def _importances(was: View, is_: View, names: Names) -> tuple[ImportanceMove, ...]:
    """Return the criteria of both releases whose importance differs: the link says nothing of it,
    so the layer below moved.
    """
    before = {
        names.present(NameKind.CRITERION, slug): importance
        for slug, importance in was.settings.importances.items()
    }
    return tuple(
        ImportanceMove(is_.scored.criteria[slug].name, before[slug], importance)
        for slug, importance in is_.settings.importances.items()
        if slug in before and before[slug] != importance
    )


def _must_haves(was: View, is_: View, names: Names) -> tuple[str, ...]:
    """Return the names of the must-haves that are there in one of the two only, or ask for another
    score.
    """
    before = {
        names.present(NameKind.CRITERION, must_have.id): (
            must_have,
            was.scored.must_have_names[must_have.id],
        )
        for must_have in was.settings.must_haves
    }
    after = {
        must_have.id: (must_have, is_.scored.must_have_names[must_have.id])
        for must_have in is_.settings.must_haves
    }
    return tuple(
        (after.get(slug) or before[slug])[1]
        for slug in dict.fromkeys([*after, *before])
        if slug not in before
        or slug not in after
        or before[slug][0].minimum != after[slug][0].minimum
    )
