"""A value as it is typed into one field, and the columns that it fills."""

import pytest

from comparison.core.table.typed_values import NotAValue, columns_of, value_of

NOTHING = columns_of("", "rating", "")


@pytest.mark.parametrize(
    ("kind", "unit", "typed", "filled"),
    [
        ("rating", "", "8.5", {"score": 8.5}),
        ("rating", "", " 8,5 ", {"score": 8.5}),
        ("rating", "", "10", {"score": 10}),
        ("rating", "", "4/5", {"score": 8}),
        ("rating", "", "N/A", {"applies": False}),
        ("rating", "", "?", {}),
        ("rating", "", "", {}),
        ("support", "", "Yes", {"support": "yes"}),
        ("support", "", "✗", {"support": "no"}),
        ("support", "", "plugin", {"support": "partly"}),
        ("support", "", "n/a", {"applies": False}),
        (
            "quantity",
            "ms",
            "~35 ms",
            {
                "quantity_spelling": "~35 ms",
                "quantity_low": 35,
                "quantity_unit": "ms",
                "quantity_approximate": True,
            },
        ),
        (
            "quantity",
            "ms",
            "20-30",
            {
                "quantity_spelling": "20-30",
                "quantity_form": "range",
                "quantity_low": 20,
                "quantity_high": 30,
                "quantity_unit": "ms",
            },
        ),
        (
            "quantity",
            "GB",
            "unlimited",
            {"quantity_spelling": "unlimited", "quantity_form": "verbal"},
        ),
    ],
)
def test_what_is_typed_fills_the_columns_of_its_kind(kind, unit, typed, filled):
    assert columns_of(typed, kind, unit) == NOTHING | filled


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("rating", "11", "from 0 to 10"),
        ("rating", "good", "from 0 to 10"),
        ("rating", "-1", "from 0 to 10"),
        ("rating", "NaN", "“NaN” is no number"),
        ("rating", "Infinity", "from 0 to 10"),
        ("quantity", "null", "“null” is no number"),
        ("quantity", "-inf", "a number of ms"),
        ("support", "maybe so", "yes, partly or no"),
        ("quantity", "fast", "a number of ms"),
        ("quantity", "35 MB", "a number of ms"),
        ("quantity", "1.500", "can be read as 1.5 and as 1,500"),
        ("text", "anything", "words alone"),
    ],
)
def test_what_is_no_value_of_a_kind_says_what_to_write(kind, typed, said):
    with pytest.raises(NotAValue, match=said):
        columns_of(typed, kind, "ms")


@pytest.mark.parametrize(
    ("kind", "typed"), [("rating", "8.5"), ("support", "partly"), ("quantity", "~35 ms")]
)
def test_a_value_is_shown_as_it_was_typed(kind, typed):
    assert value_of(columns_of(typed, kind, "ms"), kind) == typed
    assert value_of(columns_of("n/a", kind, "ms"), kind) == "n/a"
