"""Samples: whole programs, shown and never run."""

import re

import pytest

from tests import worlds
from tests.pages.evidence.evidence_pages import (
    NOTE,
    another,
    main_of,
    said,
)
from tests.tools import PAYLOAD, words_of

pytestmark = pytest.mark.django_db


def test_samples_show_whole_programs_and_say_whose_excerpt_they_answer():
    words = said("/full/samples/")
    assert "It needs no settings." in words
    assert "Listing 2, an excerpt. 1 An agency, Listing 2. An excerpt." in words
    assert 'print("Hello")' in words


def test_code_is_shown_never_run():
    found = main_of("/full/samples/")
    assert "<script" not in found
    assert "<p>Hello</p> <script>alert(1)</script>" in words_of(found)  # as text


@pytest.mark.parametrize("path", ["a.py", "a.html", "a.js", "a.yaml", "a.unknown"])
def test_code_in_any_language_is_escaped(path):
    files = [{"path": path, "text": f'x = "{PAYLOAD}" # {PAYLOAD}\n</code></pre>{PAYLOAD}&amp;'}]
    sample = worlds.full_tree()["samples"][0] | {"files": files}
    another(samples=[sample])
    found = main_of("/other/samples/")
    assert "<script" not in found
    assert found.count("</code>") == 1
    assert "&amp;amp;" in re.sub(r"<[^>]+>", "", found)
    assert files[0]["text"].split("\n")[0] in words_of(found)


def test_a_sample_of_an_option_that_is_not_compared_is_left_out():
    assert NOTE in said("/full/samples/?options=whole,both")
