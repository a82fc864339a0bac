"""What a contributor is told is so: every room, file and target that CONTRIBUTING.md names is
there, and no room or file of one is forgotten; so is every file that the code itself names.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PLAN = TEXT.partition("## The plan of the house")[2].partition("\n## ")[0]
ROOMS = {path.parent.name for path in (ROOT / "comparison").glob("*/__init__.py")} - {"migrations"}
# heading -> the words under it
PARTS = dict(part.split("\n", 1) for part in re.split(r"^### ", PLAN, flags=re.MULTILINE)[1:])


def named_in(words):
    """Return every file or folder that stands in code marks."""
    return [name for name in re.findall(r"`([^`\s]+)`", words) if re.search(r"/$|\.[a-z]+$", name)]


def test_every_room_has_its_part_of_the_plan():
    assert {name.removeprefix("comparison/") for name in PARTS if "/" in name} == ROOMS


@pytest.mark.parametrize("heading", [heading for heading in PARTS if "/" in heading])
def test_every_file_of_a_room_is_there(heading):
    there = [path.as_posix() for path in (ROOT / heading).rglob("*")]
    names = [name.strip("/") for name in named_in(PARTS[heading])]
    assert names
    assert [name for name in names if not any(path.endswith(f"/{name}") for path in there)] == []


@pytest.mark.parametrize("heading", [heading for heading in PARTS if "/" in heading])
def test_no_file_of_a_room_is_forgotten(heading):
    there = {path.name for path in (ROOT / heading).rglob("*.py")} - {"__init__.py"}
    assert there - {name.rpartition("/")[2] for name in named_in(PARTS[heading])} == set()


OTHERS = [
    TEXT.partition("## Two journeys")[2],
    *(words for heading, words in PARTS.items() if "/" not in heading),
]


@pytest.mark.parametrize("name", sorted({name for words in OTHERS for name in named_in(words)}))
def test_every_file_of_the_other_parts_is_there(name):
    is_address = name.startswith("/")
    homes = (ROOT, ROOT / "comparison", ROOT / "templates")
    assert is_address or any((home / name).exists() for home in homes)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"make ([a-z]+)", TEXT))))
def test_every_target_is_there(target):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


FILES = [path.as_posix() for path in (ROOT / "comparison").rglob("*.py")]
SOURCES = [*(ROOT / "comparison").rglob("*.py"), *(ROOT / "static").rglob("*.js")]
NAMED_IN_CODE = {
    (path.relative_to(ROOT).as_posix(), name)
    for path in SOURCES
    for name in re.findall(r"`([\w/]+\.py)`", path.read_text(encoding="utf-8"))
}


@pytest.mark.parametrize(("place", "name"), sorted(NAMED_IN_CODE))
def test_every_file_that_the_code_names_is_there(place, name):
    assert any(path.endswith(f"/{name}") for path in FILES)


def test_the_readme_leads_here():
    assert "(CONTRIBUTING.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
