"""A file for a spreadsheet runs nothing there, and every value can be had back."""

import csv
import io
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comparison.publishing import publish as publishing
from comparison.sharing.csv_file import harmless
from tests import worlds
from tests.files import about, as_it_was, of_kind, records
from tests.tools import get

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
TEXTS = st.text(
    alphabet=st.sampled_from("ab1=+-@'\"; \t\r\n,\uff1d\uff0b\uff0d\uff20\ufeff\u200b\x00"),
    max_size=12,
) | st.text(max_size=20)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(TEXTS)
@example("=1+1")
@example("'=1+1")
@example("''")
@example("\t=1")
@example(' "=1')
@example("x;=1")
def test_a_harmless_value_starts_no_formula_and_can_be_had_back(value):
    safe = harmless(value)
    assert as_it_was(safe) == value
    assert not safe.startswith(DANGEROUS)
    for piece in re.split("[;\t\r\n]", safe):
        assert not piece.strip(' "\x00\ufeff\u200b').startswith(DANGEROUS)


@pytest.mark.parametrize(
    "value", ["Ada", "9.5", "a = b", "1-2", "o'clock", "mail@example.org", "", "é – 日本"]
)
def test_an_ordinary_value_stays_as_it_is(value):
    assert harmless(value) == value


@pytest.mark.parametrize("start", DANGEROUS)
def test_no_cell_of_a_file_starts_a_formula(db, start):
    evil = f'{start}HYPERLINK("https://evil.example";"x")'.strip()
    tree = worlds.tiny_tree(title=evil, licence=evil)
    tree["criteria"][0]["cells"]["ada"]["text"] = evil
    tree["criteria"][0]["name"] = evil
    tree["options"][0]["name"] = evil
    tree["sources"][0]["publisher"] = evil
    publishing.publish(worlds.draft(tree), "=eve", "=1+1")
    text = get("/tiny/-/view.csv").content.decode("utf-8-sig")
    for delimiter in (",", ";", "\t"):
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            assert not [value for value in row if value.strip(' "').startswith(DANGEROUS)]
    rows = records("/tiny/-/view.csv")
    kept = evil
    assert of_kind(rows, "criterion")[0][kept] == kept
    assert about(rows)["Licence"] == kept
