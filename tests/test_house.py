"""The house checks itself: who may import whom, what is written down, and that no fact stands
without its source.
"""

import ast
import re
import sys
from pathlib import Path

import pytest
from django.conf import settings

from comparison.web.regions import REGIONS
from tests import worlds

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted(
    path for path in (ROOT / "comparison").rglob("*.py") if "migrations" not in path.parts
)
CORE = sorted((ROOT / "comparison" / "core").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CONTENT = sorted(path for path in settings.CONTENT_DIR.iterdir() if path.is_dir())


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def imports_of(path):
    """Return every module that a file imports, by its whole name, those within functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports by a relative name"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


# --- who imports whom -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", CORE, ids=name_of)
def test_the_core_imports_nothing_above_it(path):
    for module in imports_of(path):
        top = module.partition(".")[0]
        assert (
            top in sys.stdlib_module_names
            or top == "pydantic"
            or module.startswith("comparison.core.")
        ), module


@pytest.mark.parametrize("path", CORE, ids=name_of)
def test_the_core_knows_no_file_clock_or_chance(path):
    forbidden = {
        "os",
        "pathlib",
        "io",
        "time",
        "random",
        "secrets",
        "socket",
        "subprocess",
        "threading",
        "urllib.request",
    }
    found = imports_of(path)
    assert not {
        module
        for module in found
        for word in forbidden
        if module == word or module.startswith(f"{word}.")
    }
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(open|print|input)\(|\.(now|today|utcnow)\(", text)


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_nothing_but_the_urls_imports_views(path):
    wanting = [name for name in imports_of(path) if name.startswith("comparison.web.views.")]
    assert path.name == "urls.py" or "views" in path.parts or wanting == []


# from the ground up: each may import those before it, and itself
ROOMS = ("core", "rendering", "models", "publishing")


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_imports_flow_one_way(path):
    room = path.relative_to(ROOT / "comparison").parts[0]
    if room in ROOMS:
        allowed = tuple(f"comparison.{below}." for below in ROOMS[: ROOMS.index(room) + 1])
        assert [
            m for m in imports_of(path) if m.startswith("comparison.") and not m.startswith(allowed)
        ] == []


def test_there_is_no_drawer_for_odds_and_ends():
    assert not [
        path
        for path in CODE
        if path.stem
        in ("utils", "util", "helpers", "helper", "misc", "common", "services", "base_views")
    ]


# --- how it is written ----------------------------------------------------------------------------


# to be split
LISTS = {
    "schema.py",
    "openapi.py",
    "scored_release.py",
    "numbers.py",
    "validation.py",
    "views.py",
    "evidence.py",
    "selection.py",
}


@pytest.mark.parametrize("path", [path for path in CODE if path.name not in LISTS], ids=name_of)
def test_a_module_is_no_longer_than_it_can_be_read(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


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


# --- templates ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_holds_no_style_script_or_handler_of_its_own(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<[^>]*\sstyle\s*=", text)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\b(src=|type=\"application/ld\+json\"))", text)
    assert not re.search(r"<[a-z][^>]*\s(on[a-z]+|(data-)?hx-on[^=]*)\s*=\s*[\"']", text)
    assert not re.search(r"https?://", re.sub(r"http://www\.w3\.org/\S+", "", text))


def included():
    """Return every template that another one includes, extends or imports, with names put together
    from variables.
    """
    found = set()
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        found |= set(
            re.findall(r"{%-?\s*(?:include|extends|import|from)\s+[\"']([^\"']+)[\"']", text)
        )
        for before, after in re.findall(
            r"{%-?\s*include\s+[\"']([^\"']+)[\"']\s*[+~]\s*\w+\s*[+~]\s*[\"']([^\"']+)[\"']", text
        ):
            found |= {
                name_of(other).removeprefix("templates/")
                for other in TEMPLATES
                if before in name_of(other) and name_of(other).endswith(after)
            }
    return found


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("regions/*.html")), ids=name_of)
def test_every_region_is_included_by_its_page(path):
    name = path.relative_to(ROOT / "templates").as_posix()
    whole = "\n".join(other.read_text(encoding="utf-8") for other in TEMPLATES if other != path)
    assert f'include "{name}"' in whole


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("regions/*.html")), ids=name_of)
def test_a_region_has_one_root_whose_id_is_its_name(path):
    text = re.sub(r"{%.*?%}|{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL).strip()
    (id,) = re.match(r'<\w+[^>]*\sid="([\w-]+)"', text).groups()
    assert id == path.stem or (path.stem, id) in {("share", "share-links")}


def test_every_region_with_an_address_is_a_file():
    files = {path.stem for path in (ROOT / "templates" / "comparison" / "regions").glob("*.html")}
    assert set(REGIONS) <= files
    assert {name for companions in REGIONS.values() for name in companions} <= files


def test_every_template_is_used():
    code = "\n".join(path.read_text(encoding="utf-8") for path in CODE)
    used = included()
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates").as_posix()
        stem = name.replace(f"{path.stem}.html", "{")
        assert name in used or name in code or stem in code or name.startswith("admin/"), name


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
        "django-environ": "environ",
        "Markdown": "markdown",
        "ruamel.yaml": "ruamel",
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


# --- content: every fact has a source and a place in it -------------------------------------------


@pytest.mark.parametrize("folder", CONTENT, ids=lambda path: path.name)
def test_every_fact_has_a_source_and_a_place(folder):
    document = worlds.content(folder.name)
    known = {source.slug for source in document.sources}
    for source in document.sources:
        assert source.interest
        for said in (*source.claims, *source.advice, *source.verdicts):
            assert said.place, f"{source.slug}/{said.slug}"
            assert said.statement
    for run in document.runs:
        assert run.source in known
        assert all(figure.place and figure.quantity.spelling for figure in run.figures)
    stated = (
        document.derived_figures,
        document.costs,
        document.migrations,
        document.stories,
        document.popularity,
    )
    for thing in [
        thing
        for things in (*stated, document.points, document.hybrids, document.answered_questions)
        for thing in things
    ]:
        assert thing.source in known
        assert thing.place


@pytest.mark.parametrize("folder", CONTENT, ids=lambda path: path.name)
def test_every_score_has_its_reason_and_every_checked_cell_its_day(folder):
    for criterion in worlds.content(folder.name).criteria:
        for option, cell in criterion.cells.items():
            assert cell.score is None or cell.note, f"{criterion.slug} / {option}"
            assert cell.checked is None or (cell.checked.title and cell.checked.read_on)


@pytest.mark.parametrize("folder", CONTENT, ids=lambda path: path.name)
def test_the_content_advertises_nothing_and_fills_nothing_in(folder):
    for path in (path for path in folder.rglob("*.*") if "__pycache__" not in path.parts):
        words = path.read_text(encoding="utf-8").casefold()
        for phrase in (
            "lorem",
            "todo",
            "tbd",
            "placeholder",
            "contact us",
            "subscribe",
            "newsletter",
            "hire us",
            "<script",
            "utm_",
        ):
            assert phrase not in words, f"{path.name}: {phrase}"
