"""A file's text and its YAML: where each limit lies, which comments cut a text, and which of two
faults is named.
"""

import pytest

from comparison.publishing.content_files import yaml_text
from comparison.publishing.content_files.yaml_faults import LOST
from comparison.publishing.content_files.yaml_text import (
    Refused,
    compose,
    composed_by_libyaml,
    composed_in_python,
    text_of,
)
from tests.house import ROOT

# --- limits ---------------------------------------------------------------------------------------


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(tmp_path, monkeypatch):
    monkeypatch.setattr(yaml_text, "MOST_BYTES", 5)
    path = tmp_path / "options.yaml"
    path.write_bytes(b"a: b\n")
    assert text_of(path) == "a: b\n"
    path.write_bytes(b"a: bc\n")
    with pytest.raises(Refused, match="is larger than"):
        text_of(path)


def test_a_file_may_have_as_many_lines_as_the_limit_and_no_more(monkeypatch):
    monkeypatch.setattr(yaml_text, "MOST_LINES", 3)
    assert compose("a: b\n\n\n").node
    with pytest.raises(Refused) as refused:
        compose("a: b\n\n\n\n")
    words = "has more than 3 lines, which would take minutes to read: shorten it"
    assert (str(refused.value), refused.value.line) == (words, 3)


def test_a_file_may_hold_as_many_values_as_the_limit_and_no_more(monkeypatch):
    text = "a:\n  - b\n"  # what the parser tells of it: ten events
    monkeypatch.setattr(yaml_text, "MOST_VALUES", 9)
    assert compose(text).node
    monkeypatch.setattr(yaml_text, "MOST_VALUES", 8)
    with pytest.raises(Refused, match="more than 8 values"):
        compose(text)


def test_a_value_may_be_nested_as_deep_as_the_limit_and_no_deeper():
    deepest = "- " * yaml_text.MOST_NESTING
    assert compose(f"{deepest}x").node
    with pytest.raises(Refused, match="is nested more than 40 deep") as refused:
        compose(f"# one\n- {deepest}x")
    assert refused.value.line == 2


def test_every_kind_of_line_end_is_one(tmp_path):
    path = tmp_path / "matrix.md"
    path.write_bytes(b"one\r\ntwo\rthree\n")
    assert text_of(path) == "one\ntwo\nthree\n"


def test_a_byte_order_mark_and_tabs_within_prose_are_taken(tmp_path):
    path = tmp_path / "matrix.md"
    path.write_bytes(b"\xef\xbb\xbfone\ttwo\n")
    assert text_of(path) == "one\ttwo\n"


def test_a_byte_of_another_encoding_is_named_in_its_line(tmp_path):
    path = tmp_path / "matrix.md"
    path.write_bytes(b"one\ntwo\ncaf\xe9\n")
    with pytest.raises(Refused, match="is not UTF-8") as refused:
        text_of(path)
    assert refused.value.line == 3


def test_a_hidden_character_is_named_in_its_line(tmp_path):
    path = tmp_path / "matrix.md"
    path.write_bytes("one\r\ntwo\r\nthr\u202eee\n".encode())
    with pytest.raises(Refused, match="RIGHT-TO-LEFT OVERRIDE") as refused:
        text_of(path)
    assert refused.value.line == 3


# --- comments -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("line: |-\n  Fixed\n# so\nname: b\n", id="behind a block"),
        pytest.param("line: >\n  Fixed\n\n# so\nname: b\n", id="behind a folded block"),
        pytest.param("line: 'Fixed'\n# so\nname: b\n", id="behind a quoted text"),
        pytest.param("line:\n# so\n\n  # so\nname: b\n", id="behind a key alone"),
        pytest.param("line:\n# so\n", id="at the end"),
        pytest.param("line:\nname: 'b' # so\n", id="of a later line"),
        pytest.param("line: [a, b] # so\n", id="behind a bracket"),
    ],
)
def test_a_comment_that_cuts_no_text_is_a_comment(text):
    assert compose(text).lost == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("name: b\nline: #12\n", 2, id="whole text"),
        pytest.param("name: b\nline: #12", 2, id="whole text at the end of the file"),
        pytest.param("line: #12\n# so\n\nname: b\n", 1, id="whole text, then a comment"),
        pytest.param("name: b\nline: Fixed #12", 2, id="end of a text at the end of the file"),
        pytest.param("name: b\nline: 'Fixed'#12\n", 2, id="behind a quote"),
    ],
)
def test_a_comment_that_cuts_a_text_is_named_in_its_line(text, line):
    assert compose(text).lost == [(line, LOST)]


# --- which of two faults is named -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("a: one #1\n  goes on\n", 1, "what follows # is a comment", id="a cut text"),
        pytest.param("a: one #1\nb: c\nd: e: f\n", 3, "holds a colon", id="a fault further down"),
        pytest.param("a: [b,\nc: d #1\n", 1, "a bracket that is opened", id="a fault further up"),
        pytest.param("a: b\n---\nc: d\n", 2, "more than one document", id="a second document"),
        pytest.param("a: b\n\nc: *d\n", 3, "aliases and anchors", id="an alias"),
        pytest.param("a: b\n\nc: &d [e]\n", 3, "aliases and anchors", id="an anchor of a list"),
        pytest.param("a: b\n\nc: !d {e: f}\n", 3, "tags such as", id="a tag of a mapping"),
    ],
)
def test_the_fault_that_is_named_is_the_one_to_mend(text, line, words):
    with pytest.raises(Refused, match=words) as refused:
        compose(text)
    assert refused.value.line == line


@pytest.mark.parametrize("sign", ["00110000", "FFFFFFFF"])
def test_an_escape_that_is_no_character_is_refused(sign):
    with pytest.raises(Refused, match="is not YAML: it cannot be read as a whole"):
        compose(f'a: "\\U{sign}"\n')


# --- two parsers ----------------------------------------------------------------------------------


def test_libyaml_reads_real_files_as_the_parser_in_python_does():
    for path in sorted((ROOT / "content/python-app-servers").rglob("*.yaml")):
        fast, slow = composed_by_libyaml(text_of(path)), composed_in_python(text_of(path))
        assert fast.node == slow.node, path
        assert fast.lost == slow.lost == []


@pytest.mark.parametrize(
    "text",
    [
        "a: it's\nb: 'it''s'\nc: \"x\\ny\"\n",
        "a: >-\n  one\n  two\nb: |\n  x\n   y\n",
        "a: [b, {c: d}, 'e']\n? f\n: g\n",
        "a: Issue #12\nb: C # pen\n",
        "a: no\nb: 1:30\nc: 3.10\nd: ~\n",
        "# words\n\n- a\n-   b\n    goes on\n",
        "a: \U0001f600 \u05d0\nb: c\n",
    ],
)
def test_libyaml_reads_every_way_of_writing_a_text_alike(text):
    fast, slow = composed_by_libyaml(text), composed_in_python(text)
    assert fast.node == slow.node
    assert fast.lost == slow.lost


@pytest.mark.parametrize(
    "text",
    [
        "a:\nb: c\n",  # an empty value, which libyaml places further down
        "a: b\tc\n",
        "a: one\u2028two\n",
        "a: one\x85b: two\n",
        "a: &b c\n",
        "a: b: c\n",
        "a: 'b\n",
    ],
)
def test_what_the_two_read_differently_is_left_to_the_parser_in_python(text):
    assert composed_by_libyaml(text) is None
