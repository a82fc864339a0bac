"""Style sheets and scripts are joined: all that is imported, once, in order, and nothing
rewritten.
"""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from comparison.rendering import joined_files
from comparison.rendering.joined_files import asked_for, joined


@pytest.fixture
def sources(tmp_path, monkeypatch) -> Path:
    """Return an empty folder in place of `static/`."""
    monkeypatch.setattr(joined_files, "SOURCES", tmp_path)
    for kind in joined_files.KINDS:
        (tmp_path / kind).mkdir()
    return tmp_path


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        kind = folder.name
        (folder / f"{name}.{kind}").write_text(text)


def test_a_sheet_holds_what_it_imports_before_its_own_rules(sources):
    write(
        sources / "css",
        site='@import "first.css";\n@import "second.css";\n\nb {\n  top: 0;\n}\n',
        first="/* why\n   so */\n@layer one, two;\n",
        second="a :is(b,\nc) {\n  margin: 0\n    1px;\n}\n",
    )
    assert joined("css/site.css") == "@layer one, two;a :is(b,c) {margin: 0 1px;}b {top: 0;}"


def test_a_script_holds_what_it_imports_before_its_own_lines(sources):
    write(
        sources / "js",
        site=(
            '/* What it is for. */\nimport { row } from "./page.js";\nimport '
            '"./other.js";\n\nrow();\n'
        ),
        page="// why\nexport function row() {\n  return 1; // one\n}\n",
        other='import { row } from "./page.js";\n\nconst address = "https://example.org/*";\n',
    )
    assert joined("js/site.js").splitlines() == [
        "function row(){return 1;}",
        'const address="https://example.org/*";row();',
    ]


def test_what_another_file_imports_is_no_file_of_its_own(sources):
    write(sources / "css", site='@import "part.css";\n', part="", alone="")
    write(sources / "js", site='import "./part.js";\n', part="")
    assert asked_for() == ["css/alone.css", "css/site.css", "js/site.js"]


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"site": 'import "./a.js";\nconst row = 1;\n', "a": "let row = 2;\n"}, "row"),
        ({"site": 'import "./a.js";\n', "a": 'import "./site.js";\n'}, "circle"),
        ({"site": 'import row from "somewhere";\n'}, "cannot be joined"),
        ({"site": "export default 1;\n"}, "cannot be joined"),
    ],
    ids=["a name twice", "a circle", "from elsewhere", "a default"],
)
def test_what_would_mean_something_else_when_joined_is_refused(sources, texts, words):
    write(sources / "js", **texts)
    with pytest.raises(ValueError, match=words):
        joined("js/site.js")


def test_whoever_serves_files_finds_the_joined_ones_and_none_of_their_parts():
    finders.get_finder.cache_clear()
    for name in asked_for():
        assert Path(finders.find(name)).read_text(encoding="utf-8") == joined(name)
    collected = [path for finder in finders.get_finders() for path, _ in finder.list([])]
    ours = [path for path in collected if re.fullmatch(r"(css|js)/[\w-]+\.(css|js)", path)]
    assert sorted(ours) == asked_for()


def test_a_file_is_written_anew_only_when_it_says_something_else(sources):
    write(sources / "css", site="a {\n  top: 0;\n}\n")
    finder = joined_files.JoinedFilesFinder()
    place = Path(finder.find("css/site.css"))
    written = place.stat().st_mtime_ns
    finder.find("css/site.css")
    assert place.stat().st_mtime_ns == written
    write(sources / "css", site="a {\n  top: 1px;\n}\n")
    assert "1px" in Path(finder.find("css/site.css")).read_text()
