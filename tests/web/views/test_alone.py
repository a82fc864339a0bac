"""A leader without a rival: why it has none is told as it is, and nothing is recommended where
nothing was compared.
"""

import pytest

from comparison.core.decision import MustHave, decide
from tests import worlds
from tests.tables import table
from tests.tools import data, get, results
from tests.worlds.score_rows import world

REQUIRED = [MustHave("r", "c1", 5)]


@pytest.mark.parametrize(
    ("rows", "required", "label", "recommended"),
    [
        ({"a": [6, 6]}, False, "only option left", "a"),
        ({"a": [6, 6], "b": [1, 9]}, True, "only option left", "a"),
        ({"a": [None, 6], "b": [1, 9]}, True, "only option left", "a"),
        ({"a": [6, 6], "b": [1, 9], "c": [None, 9]}, True, "only one verified", "a"),
        ({"a": [6, 6], "b": [None, 9], "c": [None, None]}, True, "only one verified", "a"),
        ({"a": [6, 6], "b": [None, None]}, False, "only one with scores", None),
        ({"a": [6, 6], "b": [None, None]}, True, "only one with scores", None),
        ({"a": [6, 6], "b": [None, None], "c": [1, 9]}, True, "only one with scores", None),
        ({"a": [None, 6], "b": [None, None], "c": [1, 9]}, True, "only one with scores", None),
    ],
    ids=[
        "the others are not in the table",
        "a must-have excludes the other",
        "it is not known to have the must-have, the other is excluded",
        "of another it is not known whether it has the must-have",
        "of two others it is not known, of one of them nothing at all",
        "nothing is known of the other",
        "nothing is known of the other, the must-have neither",
        "one is excluded, nothing is known of the other",
        "one is excluded, nothing is known of the other, and of itself not the must-have",
    ],
)
def test_a_leader_without_a_rival_is_called_what_it_is(rows, required, label, recommended):
    decision = decide(table(rows), {"c1": 1, "c2": 1}, must_haves=REQUIRED if required else ())
    assert (decision.leaders, decision.label, decision.recommended) == (("a",), label, recommended)


ADDRESSES = (
    "/tiny/{}",
    "/tiny/embed/{}",
    "/tiny/share/{}",
    "/tiny/-/view.md{}",
    "/tiny/-/view.json{}",
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "query", "sentence", "label"),
    [
        (
            {"one": [6, None], "two": [7, None]},
            "",
            "only one with known scores",
            "only one with scores",
        ),
        ({"one": [6, 4], "two": [7, 8]}, "?options=ada", "only option left", "only option left"),
        ({"one": [6, 4], "two": [7, 8]}, "?must=one", "only option left", "only option left"),
        (
            {"one": [6, None], "two": [7, 8]},
            "?must=one",
            "only one known to have every must-have",
            "only one verified",
        ),
    ],
    ids=["nothing known of the other", "left out", "excluded", "not verified"],
)
def test_wherever_a_leader_without_a_rival_stands_it_says_why(rows, query, sentence, label):
    worlds.publish(world(**rows))
    for address in ADDRESSES:
        text = get(address.format(query)).content.decode()
        assert sentence in text, address
        assert ("only option left" in text) == (label == "only option left"), address
    assert get(f"/tiny/-/view.json{query}").json()["verdict"]["label"] == label
    assert data(query.lstrip("?"))["decision"]["label"] == label
    compared = label != "only one with scores"
    assert ("nothing is recommended" in results(f"/tiny/{query}")) is not compared
