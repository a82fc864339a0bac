"""Style sheets and scripts are source: files of one subject, lines that can be read."""

import re
from pathlib import Path

import pytest

from comparison.rendering.joined_files import asked_for

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [*sorted(ROOT.glob("static/css/*.css")), *sorted(ROOT.glob("static/js/*.js"))]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_style_sheet_or_script_can_be_read(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 400
    # biome keeps the ranges of a font on one line
    assert [line for line in lines if len(line) > 100 and "U+" not in line] == []
    assert lines[0].startswith("/* "), "it opens with what it is for"


def test_every_file_that_a_template_asks_for_is_sent():
    """One that another file imports is sent within that, and under no name of its own."""
    asked = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(
            r"""\bstatic[ (]["']((?:css|js)/[\w-]+\.\w+)""", path.read_text("utf-8")
        )
    }
    assert len(asked) > 10
    assert asked - set(asked_for()) == set()


SHEETS = [path for path in SOURCES if path.suffix == ".css" and path.name != "admin.css"]
WRITTEN = "\n".join(
    path.read_text(encoding="utf-8")
    for folder, pattern in (("templates", "*.html"), ("static/js", "*.js"), ("comparison", "*.py"))
    for path in sorted((ROOT / folder).rglob(pattern))
)
FAMILIES = re.compile(r"((?:mark|name|shape|score|options|columns|place)-)(none|\d+|[a-z])$")
SHORT_WORDS = {"bar", "gap", "hit", "hub", "now", "off", "on", "out", "run", "top", "way", "why"}


def classes_of(path):
    """Return the classes that a sheet has rules for; those of code are Pygments' own."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = re.findall(r"[^{};]+(?={)", text)
    return {
        name
        for selector in selectors
        if not selector.strip().startswith(("@", ".code "))
        for name in re.findall(r"\.([a-z][\w-]*)", selector)
    }


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_class_is_a_whole_word(path):
    assert {name for name in classes_of(path) if len(name) < 4} <= SHORT_WORDS


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_something_writes_each_class_that_has_a_rule(path):
    names = {FAMILIES.sub(r"\1", name) for name in classes_of(path)}
    unwritten = {name for name in names if not re.search(rf"(?<![\w-]){name}(?![\w])", WRITTEN)}
    assert unwritten == set()
