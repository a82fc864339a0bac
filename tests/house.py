"""Where the house's files lie, for the tests that read them as text."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted(
    path for path in (ROOT / "comparison").rglob("*.py") if "migrations" not in path.parts
)
CORE = sorted((ROOT / "comparison" / "core").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
REGION_FILES = sorted((ROOT / "templates").rglob("regions/*.html"))


def name_of(path: Path) -> str:
    """Return a file's path from the top of the repository."""
    return path.relative_to(ROOT).as_posix()
