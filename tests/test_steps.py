"""The tool that lists what a change of a reader's runs through."""

from comparison.core.rounding import number, span
from tests.steps import functions_called


def test_a_function_is_listed_once_in_its_module_in_the_order_of_the_first_call():
    assert functions_called(lambda: (span((5, 10)), span(None), number(3))) == {
        "core/rounding.py": ["span", "number"]
    }


def test_what_is_not_the_sites_own_and_what_has_no_name_is_not_listed():
    assert functions_called(lambda: sorted([2, 1], key=lambda value: -value)) == {}
