"""Samples: whole programs, shown and never run."""

import re

import pytest

from comparison.core.document.schema import plain
from tests import worlds
from tests.pages.evidence.evidence_pages import (
    NOTE,
    another,
    main_of,
    words_on,
)
from tests.tools import PAYLOAD, Page, get, html, words_of

pytestmark = pytest.mark.django_db


def test_samples_show_whole_programs_and_say_whose_excerpt_they_answer():
    words = words_on("/full/samples/")
    assert "It needs no settings." in words
    assert "Listing 2, an excerpt. 1 An agency, Listing 2. An excerpt." in words
    assert 'print("Hello")' in words


def test_code_is_shown_never_run():
    main = main_of("/full/samples/")
    assert "<script" not in main
    assert "<p>Hello</p> <script>alert(1)</script>" in words_of(main)  # as text


@pytest.mark.parametrize("path", ["a.py", "a.html", "a.js", "a.yaml", "a.unknown"])
def test_code_in_any_language_is_escaped(path):
    files = [{"path": path, "text": f'x = "{PAYLOAD}" # {PAYLOAD}\n</code></pre>{PAYLOAD}&amp;'}]
    sample = worlds.full_tree()["samples"][0] | {"files": files}
    another(samples=[sample])
    main = main_of("/other/samples/")
    assert "<script" not in main
    assert main.count("</code>") == 1
    assert "&amp;amp;" in re.sub(r"<[^>]+>", "", main)
    assert files[0]["text"].split("\n")[0] in words_of(main)


def test_a_sample_of_an_option_that_is_not_compared_is_left_out():
    assert NOTE in words_on("/full/samples/?options=whole,both")


OURS = '''"""Run me."""

import one
from two import (
    a,
    b,
)

common = 1
alike = 2


def ours():
    return common
'''
THEIRS = "import one\n\ncommon = 1\nalike = 2\nprint(common)\n"


def side_by_side(*more):
    first = worlds.full_tree()["samples"][0] | {
        "files": [{"path": "a/main.py", "text": OURS}, *more]
    }
    second = first | {"slug": "second", "option": "whole"}
    another(samples=[first, second | {"files": [{"path": "b/main.py", "text": THEIRS}, *more]}])
    return Page(html("/other/samples/"))


def test_lines_that_the_other_program_lacks_stand_out_and_the_opening_is_folded():
    page = side_by_side()
    codes = [words_of(page.html[pre["from"] : pre["to"]]) for pre in page.find("pre")]
    assert codes == [
        "common = 1 alike = 2 def ours(): return common",
        '"""Run me.""" import one from two import ( a, b, )',
        "common = 1 alike = 2 print(common)",
        "import one",
    ]
    marks = [words_of(page.html[mark["from"] : mark["to"]]) for mark in page.find("mark")]
    assert marks == ["def ours(): return common", "print(common)"]


def test_where_most_lines_are_its_own_they_are_counted_and_not_shaded():
    first = worlds.full_tree()["samples"][0]
    files = {option: [{"path": "main.py", "text": f"{option} = 1\n" * 3}] for option in ("a", "b")}
    second = first | {"slug": "second", "option": "whole", "files": files["b"]}
    another(samples=[first | {"files": files["a"]}, second])
    page = Page(html("/other/samples/"))
    assert page.find("mark") == []
    assert "3 lines, 3 of them its own" in words_of(page.html)


def test_a_file_that_several_programs_have_is_shown_once():
    shared = {"path": "model.py", "text": "forty_two = 42\n"}
    page = side_by_side(shared)
    assert page.html.count("forty_two") == 1
    assert len(page.find("a", href="#model.py")) == 2
    assert page.outer("model.py")


def test_the_page_of_the_shipped_programs_is_light():
    worlds.publish(plain(worlds.content("fastapi-vs-django")))
    assert len(get("/fastapi-vs-django/samples/").content) < 150_000
