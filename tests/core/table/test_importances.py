"""Columns of weights, in whatever they are written."""

import pytest

from comparison.core.table.values.importances import importances_of


@pytest.mark.parametrize(
    ("weights", "importances"),
    [
        (["20%", "40%", "10%"], [2.5, 5, 1.2]),
        (["0.2", "0,4"], [2.5, 5]),
        (["0", "3", "5"], [0, 3, 5]),
        (["1", "10", "6"], [0.5, 5, 3]),
        (["25", "50"], [2.5, 5]),
        (["High", "medium", "LOW"], [4, 3, 2]),
    ],
    ids=["percent", "parts of one", "0 to 5", "1 to 10", "points", "words"],
)
def test_weights_keep_their_proportions(weights, importances):
    read = importances_of(dict(enumerate(weights)))
    assert list(read.of_row.values()) == pytest.approx(importances)
    assert read.unread == {}


def test_what_is_no_weight_is_named_and_an_empty_one_is_not():
    read = importances_of({3: "20%", 4: "a lot", 5: ""})
    assert read.of_row == {3: 5}
    assert read.unread == {4: "a lot"}
