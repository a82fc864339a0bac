"""The indentation of a template is not sent, and nothing that a reader sees goes with it."""

import re
from pathlib import Path
from traceback import extract_tb

import pytest
from jinja2 import DictLoader, Environment, TemplateSyntaxError, UndefinedError, nodes

from comparison.rendering.jinja import environment
from tests.snapshot.plain import lines_of_html

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
MARKUP = sorted(
    path
    for path in TEMPLATES.rglob("*")
    if path.suffix in (".html", ".svg") and "admin" not in path.parts
)


def outdented(source: str, name: str = "a.html", **context: object) -> str:
    made = environment(loader=DictLoader({name: source}), autoescape=True)
    return made.get_template(name).render(context)


def plain(source: str, **context: object) -> str:
    """Render without the extension."""
    made = Environment(
        loader=DictLoader({"a.html": source}), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return made.get_template("a.html").render(context)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        pytest.param("<ul>\n  <li>\n    <b>A</b>\n  </li>\n</ul>\n", "<ul><li><b>A</b></li></ul>",
            id="between tags"),
        pytest.param("<p>\n  A\n</p>", "<p>A</p>", id="just inside an element"),
        pytest.param("<p>\n  <b>\n    A\n  </b>\n</p>", "<p><b>A</b></p>",
            id="just inside an element in a line"),
        pytest.param("A\n<div>B</div>\nC", "A<div>B</div>C", id="beside a block"),
        pytest.param("<p>\n\n\n<b>A</b>\r\n  <b>B</b></p>", "<p><b>A</b><b>B</b></p>",
            id="blank lines"),
        pytest.param(
            '<a\n  class="b"\n  href="/"\n>A</a>', '<a class="b" href="/">A</a>',
            id="between attributes but one blank"
        ),
        pytest.param('<a title="\n  A\n  B\n">', '<a title="A B">', id="at the ends of a value"),
        pytest.param(
            "<ul>\n  {% for x in 'ab' %}\n    <li>{{ x }}</li>\n  {% endfor %}\n</ul>",
            "<ul><li>a</li><li>b</li></ul>",
            id="around a loop",
        ),
        pytest.param(
            "{% set table = namespace(cell=5) %}\n{{ table.cell }}\n{{ table.cell }}\n", "55",
            id="between parts of a table"
        ),
        pytest.param(
            "{% macro one() %}\n  A\n{% endmacro %}\n\n<b>{{ one() }}</b>", "<b>A</b>",
            id="in a macro, which begins and ends"
        ),
    ],
)  # fmt: skip
def test_indentation_is_not_sent(source, html):
    assert outdented(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        pytest.param("<p>A\n  B</p>", "<p>A B</p>", id="between words"),
        pytest.param("<p>A\n  <b>B</b>\n  C</p>", "<p>A <b>B</b> C</p>",
            id="between a word and a tag in its line"),
        pytest.param("<p>{{ 1 }}\n  {{ 2 }}</p>", "<p>1 2</p>", id="between values"),
        pytest.param("<p>A\n{% if 1 %}\n  B\n{% endif %}\n  C</p>", "<p>A B C</p>",
            id="through a condition"),
        pytest.param("<p>A\n{% if 0 %}\n  B\n{% endif %}\n  C</p>", "<p>A C</p>",
            id="through what is not so"),
        pytest.param("<p>A\n{# why #}\n  B</p>", "<p>A B</p>", id="through a comment"),
        pytest.param("<p><b>A</b> <i>B</i></p>", "<p><b>A</b> <i>B</i></p>",
            id="a blank within a line"),
        pytest.param("<p>A {% if 1 %} B{% endif %}</p>", "<p>A  B</p>",
            id="blanks beside a condition"),
        pytest.param("<pre>\n A\n  B\n</pre>", "<pre>\n A\n  B\n</pre>",
            id="what is shown as it is written"),
        pytest.param("<textarea>\n A\n{{ 1 }}\n</textarea>", "<textarea>\n A\n1\n</textarea>",
            id="what is typed in"),
        pytest.param("<p>A\n\N{NO-BREAK SPACE}\n</p>", "<p>A \N{NO-BREAK SPACE}</p>",
            id="a blank that is a sign"),
        pytest.param("{{ '<b>\n</b>\n A' }}", "&lt;b&gt;\n&lt;/b&gt;\n A", id="breaks of a value"),
    ],
)  # fmt: skip
def test_what_a_reader_sees_stays(source, html):
    assert outdented(source) == html


def test_a_file_of_plain_text_keeps_its_lines():
    assert outdented("A\n  B\n", name="a.txt") == "A\n  B"


def test_a_mistake_is_told_with_the_line_where_it_stands():
    with pytest.raises(TemplateSyntaxError) as told:
        outdented("<p>\n  A\n\n  {% nonsense %}\n</p>")
    assert told.value.lineno == 4
    with pytest.raises(UndefinedError) as failed:
        outdented("<p>\n  A\n\n  <b>\n    {{ nothing.here }}\n  </b>\n</p>")
    lines = [frame.lineno for frame in extract_tb(failed.tb) if "template code" in frame.name]
    assert lines == [5]


@pytest.mark.parametrize("path", MARKUP, ids=lambda path: path.name)
def test_no_template_sends_a_line_break_but_of_what_is_shown_as_written(path):
    source = path.read_text(encoding="utf-8")
    tree = environment().parse(source, path.name)
    sent = [text.data for text in tree.find_all(nodes.TemplateData) if "\n" in text.data]
    assert sent == [] or re.search("<(pre|textarea|script)", source)


def test_prose_reads_the_same_with_and_without_its_indentation():
    prose = (
        "<p>\n  One\n  <b>two</b>,\n  {{ 3 }}\n  <a href='/'>four</a>\n  {% if 1 %}\n  five\n  "
        "{% endif %}\n  six.\n</p>"
    )
    assert lines_of_html(outdented(prose)) == lines_of_html(plain(prose))
