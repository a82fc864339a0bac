"""How templates are written: what is opened and what closes it stand in one column."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
TAG = re.compile(r"{%[-+]?\s*(end)?(for|if|macro|call|block)\b.*?%}", re.DOTALL)


class Tag(NamedTuple):
    """What opens or closes something."""

    word: str
    closes: bool
    line: int
    column: int | None  # None where it shares its line with something else


def tags_of(text: str) -> Iterator[Tag]:
    # a comment goes, its lines stay
    text = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    for tag in TAG.finditer(text):
        before = text[: tag.start()].rpartition("\n")[2]
        after = text[tag.end() :].partition("\n")[0]
        is_alone = not (before + after).strip()
        line = text.count("\n", 0, tag.start()) + 1
        yield Tag(tag[2], bool(tag[1]), line, len(before) if is_alone else None)


def out_of_line(text: str) -> list[tuple[int, int]]:
    """Return the lines of every pair whose two stand alone, and not in one column."""
    opened: list[Tag] = []
    pairs = []
    for tag in tags_of(text):
        if not tag.closes:
            opened.append(tag)
            continue
        opening = opened.pop()
        assert opening.word == tag.word, f"line {opening.line} and line {tag.line}"
        if None not in (opening.column, tag.column) and opening.column != tag.column:
            pairs.append((opening.line, tag.line))
    assert not opened
    return pairs


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_closes_stands_below_what_opens(path: Path) -> None:
    assert out_of_line(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "{% if a %}\n  b\n  {% endif %}\n",
        "<p>\n  {% for a, b in (\n  (1, 2),\n  ) %}\n  c\n{% endfor %}\n</p>\n",
        "{# {% if #}\n  {% macro a() %}\n{%- endmacro -%}\n",
    ],
)
def test_what_stands_elsewhere_is_seen(text: str) -> None:
    assert len(out_of_line(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "  {% if a %}\n    b\n  {% else %}\n    c\n  {%- endif %}\n",
        "<p>{% if a %}\n  b\n{% endif %}</p>\n",
        "{% call a() %}{% for b in c %}b{% endfor %}{% endcall %}\n",
    ],
)
def test_what_stands_right_or_in_a_line_with_others_is_not(text: str) -> None:
    assert out_of_line(text) == []
