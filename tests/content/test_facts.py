"""Every fact of the content has a source and a place in it, every score its reason."""

import pytest
from django.conf import settings

from tests import worlds

CONTENT = sorted(path for path in settings.CONTENT_DIR.iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", CONTENT, ids=lambda path: path.name)
def test_every_fact_has_a_source_and_a_place(folder):
    document = worlds.content(folder.name)
    known = {source.slug for source in document.sources}
    for source in document.sources:
        assert source.interest
        for statement in (*source.claims, *source.advice, *source.verdicts):
            assert statement.place, f"{source.slug}/{statement.slug}"
            assert statement.statement
    for run in document.runs:
        assert run.source in known
        assert all(figure.place and figure.quantity.spelling for figure in run.figures)
    stated = (
        document.derived_figures,
        document.costs,
        document.migrations,
        document.stories,
        document.popularity,
    )
    for thing in [
        thing
        for things in (*stated, document.points, document.hybrids, document.answered_questions)
        for thing in things
    ]:
        assert thing.source in known
        assert thing.place


@pytest.mark.parametrize("folder", CONTENT, ids=lambda path: path.name)
def test_every_score_has_its_reason_and_every_checked_cell_its_day(folder):
    for criterion in worlds.content(folder.name).criteria:
        for option, cell in criterion.cells.items():
            assert cell.score is None or cell.note, f"{criterion.slug} / {option}"
            assert cell.checked is None or (cell.checked.title and cell.checked.read_on)


def test_single_sign_on_is_found_by_its_short_name():
    [accounts] = [
        row for row in worlds.content("fastapi-vs-django").criteria if row.slug == "authentication"
    ]
    assert "(SSO)" in accounts.why


@pytest.mark.parametrize("folder", CONTENT, ids=lambda path: path.name)
def test_the_content_advertises_nothing_and_fills_nothing_in(folder):
    for path in (path for path in folder.rglob("*.*") if "__pycache__" not in path.parts):
        words = path.read_text(encoding="utf-8").casefold()
        for phrase in (
            "lorem",
            "todo",
            "tbd",
            "placeholder",
            "contact us",
            "subscribe",
            "newsletter",
            "hire us",
            "<script",
            "utm_",
        ):
            assert phrase not in words, f"{path.name}: {phrase}"
