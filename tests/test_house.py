"""The house checks itself: which room may import which, how long a file may be, what is written
down.
"""

import ast
import re
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import NamedTuple

import pytest

from tests.house import CODE, CORE, ROOT, TEMPLATES, TESTS, name_of

# From the ground up: each may import those before it, and itself. Django's doors stand above all
# rooms; `variables` is settings' own reader.
ROOMS = (
    "core",
    "rendering",
    "models",
    "publishing",
    "pages",
    "web",
    "sharing",
    "api",
    "management",
    "admin",
    "server",
)
# The parts of a comparison's page; the page itself stands above them.
PARTS_OF_THE_PAGE = ("use_cases", "figures", "matrix", "answer")
DOORS = (
    "variables",
    "settings",
    "permissions",
    "checks",
    "apps",
    "admin_site",
    "urls",
    "wsgi",
    "asgi",
)
ORDER = (*ROOMS, *DOORS)

LONGEST = 400  # lines of a file
WIDEST = 100  # characters of a line

# Rooms that are entered by their `__init__` alone. The page on the method prints the engine's own
# constants, so it may go past.
ONE_DOOR = (
    "comparison.core.decision",
    "comparison.core.document.schema",
    "comparison.core.selection",
)
PAST_THE_DOOR = ("comparison/pages/analysis/method.py",)


class Import(NamedTuple):
    place: str  # file and line
    importer: str
    module: str
    name: str  # what is taken from the module; empty where it is the module itself

    def __str__(self) -> str:
        return f"{self.place} imports {f'{self.module}.{self.name}'.rstrip('.')}"


def module_of(path):
    return name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


MODULES = {module_of(path): path for path in CODE + TESTS}


@cache
def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def names_in(path):
    """Return what a module defines, or imports itself, at its top."""
    body = tree_of(path).body
    defined = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    imports = [node for node in body if isinstance(node, ast.ImportFrom)]
    return defined | {alias.asname or alias.name for node in imports for alias in node.names}


@cache
def imports_of(path):
    """Return every import of a file: those within functions, and those for types alone, too."""
    imports = []
    for node in ast.walk(tree_of(path)):
        place = f"{name_of(path)}:{getattr(node, 'lineno', '')}"
        if isinstance(node, ast.Import):
            imports += [Import(place, module_of(path), alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place} imports by a relative name"
            for alias in node.names:
                module, name = node.module, alias.name
                # a package may hold a function with the name of one of its modules
                if f"{module}.{name}" in MODULES and name not in names_in(MODULES[module]):
                    module, name = f"{module}.{name}", ""
                imports.append(Import(place, module_of(path), module, name))
    return imports


OURS = [one for path in CODE for one in imports_of(path) if one.module.startswith("comparison.")]


def refuse(imports, *, but=()):
    """Fail with file and line of every such import, but for those of some files."""
    wrong = [str(one) for one in imports if not one.place.startswith(but)]
    assert not wrong, "\n".join(wrong)


# --- which room may import which ------------------------------------------------------------------


def test_every_room_and_door_is_in_the_plan():
    there = {path.stem for path in (ROOT / "comparison").glob("*.py")}
    there |= {path.parent.name for path in (ROOT / "comparison").glob("*/*.py")}
    assert there - {"__init__", "migrations"} ^ set(ORDER) == set()


def test_imports_point_down_the_list():
    def height(module):
        return ORDER.index(module.split(".")[1])

    upwards = [one for one in OURS if height(one.module) > height(one.importer)]
    refuse(upwards)


def test_the_parts_of_the_page_point_down_their_list_and_know_no_page():
    page = "comparison.pages.comparison."
    there = {path.parent.name for path in (ROOT / "comparison/pages/comparison").glob("*/*.py")}
    assert there == set(PARTS_OF_THE_PAGE)

    def height(module):
        part = module.removeprefix(page).partition(".")[0]
        of_part = part in PARTS_OF_THE_PAGE
        return PARTS_OF_THE_PAGE.index(part) if of_part else len(PARTS_OF_THE_PAGE)

    within = [one for one in OURS if f"{one.importer}.".startswith(page)]
    within = [one for one in within if f"{one.module}.".startswith(page)]
    refuse(one for one in within if height(one.module) > height(one.importer))


def test_publishing_knows_no_content_files():
    files = "comparison.publishing.content_files"
    within = [one for one in OURS if one.importer.startswith("comparison.publishing")]
    into = [one for one in within if f"{one.module}.".startswith(f"{files}.")]
    refuse(one for one in into if not f"{one.importer}.".startswith(f"{files}."))


def test_nothing_goes_in_circles():
    leads = {module: {} for module in MODULES}
    for one in OURS:
        if one.module != one.importer:
            leads[one.importer].setdefault(one.module, one)
    try:
        TopologicalSorter(leads).prepare()
    except CycleError as error:
        circle = error.args[1]  # each is imported by the next
        pytest.fail("\n".join(str(leads[later][one]) for one, later in pairwise(circle)))


def test_a_room_with_one_door_is_entered_by_it():
    def is_past_the_door(one):
        for room in ONE_DOOR:
            if one.module.startswith(f"{room}."):
                return not f"{one.importer}.".startswith(f"{room}.")
        return False

    refuse(filter(is_past_the_door, OURS), but=PAST_THE_DOOR)


def test_what_is_private_stays_in_its_module():
    private = [one for one in OURS if one.name.startswith("_")]
    refuse(private)


def test_only_the_urls_import_views():
    views = [one for one in OURS if one.module.startswith("comparison.web.views")]
    refuse(views, but=("comparison/urls.py", "comparison/web/views/"))


def test_addresses_come_from_one_function_of_readers_and_one_of_editors():
    reversing = [one for path in CODE for one in imports_of(path) if one.name == "reverse"]
    refuse(reversing, but=("comparison/rendering/addresses.py", "comparison/admin/addresses.py"))


def test_a_request_decides_through_its_view():
    """Then what counts decisions (tests/web/test_decided_once.py) sees them all."""
    deciding = [one for one in OURS if one.name == "decide"]
    refuse(
        deciding,
        but=(
            "comparison/core/",
            "comparison/pages/view.py",
            "comparison/pages/analysis/method.py",
        ),
    )


def test_nor_does_it_take_the_engine_as_a_module():
    """`engine.decide(...)` would be another way past the view."""
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in CODE
        if path not in CORE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "decide"
    ]
    assert found == []


@pytest.mark.parametrize("path", CORE, ids=name_of)
def test_the_core_needs_the_language_and_pydantic_alone(path):
    allowed = {*sys.stdlib_module_names, "pydantic", "comparison"}
    others = [one for one in imports_of(path) if one.module.partition(".")[0] not in allowed]
    refuse(others)


@pytest.mark.parametrize("path", CORE, ids=name_of)
def test_the_core_knows_no_file_clock_or_chance(path):
    forbidden = {"os", "pathlib", "io", "time", "random", "secrets", "socket", "subprocess"}
    forbidden |= {"threading", "urllib.request"}
    imports = [
        one
        for one in imports_of(path)
        if {one.module.partition(".")[0], one.module, f"{one.module}.{one.name}"} & forbidden
    ]
    refuse(imports)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        called = re.search(r"\b(open|print|input)\(|\.(now|today|utcnow)\(", line)
        assert not called, f"{name_of(path)}:{number}: {line.strip()}"


def test_no_test_takes_its_tools_from_another():
    tools = [
        one
        for path in TESTS
        for one in imports_of(path)
        if one.module.startswith("tests.") and one.module.rpartition(".")[2].startswith("test_")
    ]
    refuse(tools)


def test_the_tests_lie_in_the_same_rooms():
    folders = {
        path.relative_to(ROOT / "tests").parts[0]
        for path in (ROOT / "tests").glob("*/**/test_*.py")
    }
    assert folders - {*ROOMS, "browser", "content"} == set()
    for room in ("pages", "pages/comparison", "publishing", "web"):
        within = {path.name for path in (ROOT / "tests" / room).iterdir() if path.is_dir()}
        assert within - {"__pycache__"} == {
            path.parent.name for path in (ROOT / "comparison" / room).glob("*/__init__.py")
        }


def test_there_is_no_drawer_for_odds_and_ends():
    assert not [
        path
        for path in CODE
        if path.stem
        in ("utils", "util", "helpers", "helper", "misc", "common", "services", "base_views")
    ]


# --- how it is written ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_a_module_is_no_longer_than_it_can_be_read(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{name_of(path)} has {lines} lines"


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_a_line_can_be_read_whole_whatever_is_said_behind_it(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > WIDEST] == []


def test_tests_and_templates_are_no_longer_than_they_can_be_read():
    lengths = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in (*TESTS, *TEMPLATES)
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


@pytest.mark.parametrize("path", [path for path in CODE if path.read_text().strip()], ids=name_of)
def test_a_module_opens_with_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_every_public_function_of_the_core_says_what_it_returns():
    silent = []
    for path in CORE:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if (
                isinstance(node, ast.FunctionDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                silent.append(f"{path.name}: {node.name}")
    assert silent == []


def test_a_view_is_a_function_that_says_in_one_sentence_what_a_visitor_sees():
    # not the form's, not the errors
    views = sorted((ROOT / "comparison" / "web" / "views").glob("*.py"))
    for node in [
        node for path in views for node in ast.parse(path.read_text(encoding="utf-8")).body
    ]:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name
            assert node.end_lineno - node.lineno <= 45, node.name


# --- what is written down -------------------------------------------------------------------------


def settings_read():
    text = (ROOT / "comparison" / "settings.py").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"\b(?:env|variables)\.\w+\(\s*\"([A-Z_]+)\"", text)))


@pytest.mark.parametrize("name", settings_read())
def test_every_setting_is_in_the_readme(name):
    assert f"`{name}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_settings_are_read_in_one_file():
    elsewhere = [
        name_of(path)
        for path in CODE
        if path.name != "settings.py"
        and re.search(r"os\.environ|getenv|\benv\.\w+\(", path.read_text(encoding="utf-8"))
    ]
    assert set(elsewhere) <= {
        "comparison/management/commands/createsuperuser.py",  # Django's own variable
        "comparison/management/commands/serve.py",
        "comparison/variables.py",
        "comparison/wsgi.py",
    }


def test_every_pin_says_why_it_is_there():
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "-r")):
            assert re.match(r"[\w.\[\]-]+==\S+\s+# \w", line), line


def test_no_requirement_is_unused():
    of_package = {
        "django-htmx": "django_htmx",
        "django-simple-history": "simple_history",
        "django-environ": "environ",
        "Markdown": "markdown",
        "ruamel.yaml": "ruamel",
        "ruamel.yaml.clib": "_ruamel_yaml",
    }
    of_package |= {
        "Django": "django",
        "Jinja2": "jinja2",
        "Brotli": "brotli",
        "MarkupSafe": "markupsafe",
        "pytest-django": "pytest",
        "Pygments": "pygments",
    }
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*CODE, *(ROOT / "tests").rglob("*.py"), ROOT / "pyproject.toml"]
    )
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if name := re.match(r"[\w.-]+", line.partition("#")[0]):
            module = of_package.get(name[0], name[0])
            assert re.search(rf"\b{re.escape(module)}\b", text), name[0]


def test_the_changelog_has_a_line():
    assert re.search(r"^- \w", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
