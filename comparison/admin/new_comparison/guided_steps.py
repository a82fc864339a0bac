"""The steps of a guided start: what each asks for, and where a draft that was left half-way goes
on.

Nothing is kept of where somebody was: the rows of the draft say it.
"""

from dataclasses import dataclass
from typing import Any

from comparison.admin.addresses import admin_address
from comparison.models import Comparison, Criterion, Group, Option, Source
from comparison.rendering.addresses import with_query

QUESTION = "question"


@dataclass(frozen=True, slots=True)
class RowStep:
    """A step that takes many rows of one kind."""

    slug: str  # in the address
    model: Any  # of its rows
    name: str  # of the step
    one: str  # of its rows
    fields: tuple[str, ...]  # of a row that can be corrected
    name_field: str  # the one that a line of the text area fills
    most: int  # rows; who has more begins from a table
    words: str  # what it is about


ROW_STEPS = {
    step.slug: step
    for step in (
        RowStep(
            "options",
            Option,
            "Options",
            "option",
            ("name", "slug", "line"),
            "name",
            60,
            "What is compared: the things that a reader chooses between.",
        ),
        RowStep(
            "groups",
            Group,
            "Groups",
            "group",
            ("name", "slug"),
            "name",
            20,
            "Headings above the criteria, such as Speed or Learning. Without any, all criteria "
            "stand under one.",
        ),
        RowStep(
            "criteria",
            Criterion,
            "Criteria",
            "criterion",
            (
                *("name", "slug", "group", "kind"),
                *("unit", "direction", "anchor_low", "anchor_high"),
            ),
            "name",
            150,
            "What a reader may care about. Their importance, why they matter and what 0 and 10 "
            "mean can wait.",
        ),
        RowStep(
            "sources",
            Source,
            "Sources",
            "source",
            (
                *("title", "slug", "address", "publisher"),
                *("publisher_kind", "interest", "published", "read_on"),
            ),
            "title",
            40,
            "Who says so: articles, documentation, measurements. Readers are told who published "
            "each, when, and what for: publishing asks for it. What it says is written down later.",
        ),
    )
}
STEPS = (QUESTION, *ROW_STEPS)
MATRIX = "Matrix"


@dataclass(frozen=True, slots=True)
class StepLink:
    """A step in the line that shows where one is."""

    name: str  # of the step
    address: str  # "" where there is no draft yet, or nothing for a matrix
    count: str  # how many rows it has; "" where it has none of its own
    is_current: bool  # the page that is shown


def step_links(comparison: Comparison | None, current: str) -> tuple[StepLink, ...]:
    """Return the line of steps."""
    counts = _counts(comparison)
    links = [StepLink("Question", _address(comparison, QUESTION), "", current == QUESTION)]
    for slug, step in ROW_STEPS.items():
        address = _address(comparison, slug)
        links.append(StepLink(step.name, address, str(counts.get(slug, "")), current == slug))
    has_matrix = counts.get("options") and counts.get("criteria")
    matrix = matrix_address(comparison) if comparison and has_matrix else ""
    return (*links, StepLink(MATRIX, matrix, "", is_current=False))


def next_address(comparison: Comparison, step: str) -> str:
    """Return where it goes on after a step: the next one, and after the last the matrix, or the
    first step without which there is none.
    """
    later = STEPS[STEPS.index(step) + 1 :]
    return _address(comparison, later[0]) if later else _where_it_goes_on(comparison)


def next_name(step: str) -> str:
    """Return what comes after a step."""
    later = STEPS[STEPS.index(step) + 1 :]
    return ROW_STEPS[later[0]].name if later else MATRIX


def address_before(comparison: Comparison, step: str) -> str:
    """Return the address of the step before, "" before the first."""
    earlier = STEPS[: STEPS.index(step)]
    return _address(comparison, earlier[-1]) if earlier else ""


@dataclass(frozen=True, slots=True)
class HalfWay:
    """A draft that no reader has seen yet, and where it goes on."""

    title: str  # of the comparison
    step: str  # what comes next, by name
    address: str  # of that step


def half_way(most: int) -> tuple[HalfWay, ...]:
    """Return the latest drafts that were never published."""
    drafts = Comparison.objects.filter(published_as="").order_by("-pk")[:most]
    found = []
    for draft in drafts:
        step = _first_without_rows(draft)
        name = ROW_STEPS[step].name if step else MATRIX
        found.append(HalfWay(str(draft), name, _where_it_goes_on(draft)))
    return tuple(found)


def matrix_address(comparison: Comparison) -> str:
    """Return the address of a draft's matrix."""
    return admin_address(Comparison, "grid", comparison.pk, "matrix")


def _where_it_goes_on(comparison: Comparison) -> str:
    step = _first_without_rows(comparison)
    return _address(comparison, step) if step else matrix_address(comparison)


def _first_without_rows(comparison: Comparison) -> str:
    """Return the first step without which there is no matrix, "" where there is one."""
    counts = _counts(comparison)
    return next((slug for slug in ("options", "criteria") if not counts[slug]), "")


def _counts(comparison: Comparison | None) -> dict[str, int]:
    if comparison is None:
        return {}
    return {
        slug: step.model._default_manager.filter(comparison=comparison).count()
        for slug, step in ROW_STEPS.items()
    }


def address_of_step(comparison: Comparison, step: str, page: int = 1) -> str:
    """Return the address of a step, of a page of its rows."""
    address = admin_address(Comparison, "guided_step", comparison.pk, step)
    return with_query(address, f"page={page}" if page > 1 else "")


def _address(comparison: Comparison | None, step: str) -> str:
    return address_of_step(comparison, step) if comparison else ""
