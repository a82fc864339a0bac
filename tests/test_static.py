"""Style sheets and scripts are source: files of one subject, lines that can be read."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [*sorted(ROOT.glob("static/css/*.css")), *sorted(ROOT.glob("static/js/*.js"))]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_style_sheet_or_script_can_be_read(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 400
    assert [line for line in lines if len(line) > 100] == []
    assert lines[0].startswith("/* "), "it opens with what it is for"
