"""The table a decision is made on: what is unknown, and which cells are refused."""

import pytest

from comparison.core.decision import build, decide
from tests.tables import NO_NUMBERS, of, table


def test_a_negative_zero_is_stored_as_zero() -> None:
    assert str(table({"a": [-0.0]}).scores) == "((0.0,),)"


def test_a_missing_row_or_key_means_unknown() -> None:
    matrix = build(["a", "b"], ["c1", "c2"], {"a": {"c1": 7}})
    assert matrix.scores == ((7, None), (None, None))
    assert of(decide(matrix, {"c1": 1}), "b").state == "unrated"


def test_a_spread_that_is_not_given_is_one_point() -> None:
    matrix = build(["a"], ["c1", "c2"], {}, spread={"a": {"c1": 0.5}})
    assert matrix.spread == ((0.5, 1.0),)


@pytest.mark.parametrize("value", NO_NUMBERS, ids=repr)
def test_a_bad_score_is_refused_with_its_cell(value: object) -> None:
    with pytest.raises(ValueError, match=r"score / django / admin: .* not a number from 0 to 10"):
        build(["django"], ["admin"], {"django": {"admin": value}})  # type: ignore[dict-item]


def test_a_bad_spread_is_refused_with_its_cell() -> None:
    with pytest.raises(ValueError, match="spread / a / c"):
        build(["a"], ["c"], {}, spread={"a": {"c": -1}})


@pytest.mark.parametrize("value", [*NO_NUMBERS, None], ids=repr)
def test_a_bad_neutral_value_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="neutral value"):
        build(["a"], ["c"], {}, neutral=value)  # type: ignore[arg-type]


def test_the_matrix_refuses_unknown_ids_by_name() -> None:
    with pytest.raises(ValueError, match="score: unknown option 'flask'"):
        build(["a"], ["c"], {"flask": {}})
    with pytest.raises(ValueError, match="score / a: unknown criterion 'speed'"):
        build(["a"], ["c"], {"a": {"speed": 1}})
    with pytest.raises(ValueError, match="spread: unknown option 'flask'"):
        build(["a"], ["c"], {}, spread={"flask": {}})
    with pytest.raises(ValueError, match="groups: unknown criterion 'speed'"):
        build(["a"], ["c"], {}, groups={"speed": "g"})


def test_the_matrix_refuses_repeated_ids_by_name() -> None:
    with pytest.raises(ValueError, match="option 'a' is listed twice"):
        build(["a", "a"], ["c"], {})
    with pytest.raises(ValueError, match="criterion 'c' is listed twice"):
        build(["a"], ["c", "c"], {})
