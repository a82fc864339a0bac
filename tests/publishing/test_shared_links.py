"""What is passed on is counted: of nobody, in memory first, and only for a while."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from comparison.models import SharedLink
from comparison.publishing import shared_links
from comparison.publishing.shared_links import note, opened_lately, write_down
from tests.tools import get

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted():
    shared_links.forget()
    yield
    shared_links.forget()


def rows():
    return list(SharedLink.objects.order_by("query").values_list("slug", "query", "opened"))


def test_one_selection_however_it_is_spelled_is_counted_under_one_query(published):
    for query in (
        "use=race&from=1",
        "from=1&use=race",
        "use=race&q=secret&from=1",
        "use=race&by=cost",
    ):
        note("tiny", query)
    assert rows() == []  # in memory alone
    write_down()
    assert rows() == [("tiny", "use=race", 4)]
    note("tiny", "use=race")
    write_down()
    assert rows() == [("tiny", "use=race", 5)]


@pytest.mark.parametrize(
    "query", ["", "from=1", "q=what+I+typed", "nothing=known", "w=" + "x" * 2_000]
)
def test_what_selects_nothing_is_not_kept(published, query):
    note("tiny", query)
    note("nowhere", "use=race")
    write_down()
    assert rows() == []


def test_what_is_rare_or_old_is_told_to_nobody(published):
    today = timezone.localdate()
    old = today - timedelta(days=shared_links.KEPT_DAYS + 1)
    for day, query, number in (
        (today, "use=race", 2),
        (today - timedelta(days=1), "use=race", 1),
        (today, "off=cost", 2),
        (old, "off=ease", 50),
    ):
        SharedLink.objects.add("tiny", day, {query: number})
    assert opened_lately(("tiny",)) == (("use=race", 3),)
    note("tiny", "use=race")
    write_down()
    assert not SharedLink.objects.filter(day=old).exists()


def test_no_more_different_ones_are_kept_than_there_may_be(published, monkeypatch):
    monkeypatch.setattr(shared_links, "MOST_A_DAY", 3)
    monkeypatch.setattr(shared_links, "MOST_WAITING", 5)
    for importance in (0, 1, 2, 4, 5):
        for _ in range(importance + 1):
            note("tiny", f"w=cost:{importance}")
    note("tiny", "w=ease:5")  # there is no room for it
    write_down()
    assert [query for _, query, _ in rows()] == ["w=cost:2", "w=cost:4", "w=cost:5"]
    note("tiny", "w=cost:5")
    note("tiny", "w=ease:4")
    write_down()
    assert [number for _, query, number in rows() if query == "w=cost:5"] == [7]
    assert len(rows()) == 3


def test_while_the_database_takes_nothing_it_is_counted_on(published, monkeypatch):
    note("tiny", "use=race")
    with monkeypatch.context() as away:
        away.setattr(shared_links, "_write", _refuse)
        write_down()
    note("tiny", "use=race")
    write_down()
    assert rows() == [("tiny", "use=race", 2)]


def _refuse(counted):
    raise OperationalError("gone")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("/tiny/share/?use=race", 1),
        ("/tiny/-/share/copies/?use=race", 1),
        ("/tiny/?use=race&from=1", 1),
        ("/tiny/@1/share/?use=race", 1),
        ("/tiny/?use=race", 0),  # the reader's own doing
        ("/tiny/-/results/?use=race&from=1", 0),
        ("/tiny/share/", 0),
    ],
)
def test_a_link_that_is_passed_on_or_opened_counts(
    published, address, counted, django_assert_num_queries
):
    get(address)
    write_down()
    assert [number for _, _, number in rows()] == ([counted] if counted else [])
    get(address)  # from memory, and counted again
    write_down()
    assert [number for _, _, number in rows()] == ([2 * counted] if counted else [])
