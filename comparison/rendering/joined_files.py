"""Style sheets and scripts: many files where they are written, one where a page asks for them.

`static/css/` and `static/js/` hold one file a subject. A file that no other file imports is what
pages ask for; what it imports is sent within it, so that a page never waits for a second round of
requests. Comments and blanks that say nothing stay behind. Nothing else is rewritten: not a name,
not a value. A browser would understand the files as they are.

A style sheet imports with `@import "tokens.css";`, a script with `import { row } from
"./page.js";`. The modules of one script share one scope once they are joined, so each name at their
top is used once: two of the same name, a name that is changed on import, or a circle are a
`ValueError`.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage
from rjsmin import jsmin

SOURCES = settings.ROOT / "static"
KINDS = ("css", "js")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
IMPORT_OF_SHEET = re.compile(r'^@import "([\w-]+\.css)";\n', re.MULTILINE)
IMPORT_OF_SCRIPT = re.compile(r'^import (?:[^"]* from )?"\./([\w-]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?function|const|let|class)", re.MULTILINE)
NAME_AT_THE_TOP = re.compile(r"^(?:async )?(?:function|const|let|class) ([\w$]+)", re.MULTILINE)


def asked_for() -> list[str]:
    """Return the files that pages ask for, as `css/site.css`: those that no other file imports."""
    files = [path for kind in KINDS for path in sorted((SOURCES / kind).glob(f"*.{kind}"))]
    imported = {path.parent / name for path in files for name in _imports(path)}
    return [path.relative_to(SOURCES).as_posix() for path in files if path not in imported]


def joined(name: str) -> str:
    """Return a file with all that it imports, each once, before whoever imports it."""
    files = list(_in_order(SOURCES / name, ()))
    return _script(files) if name.endswith(".js") else _sheet(files)


def _imports(path: Path) -> list[str]:
    pattern = IMPORT_OF_SCRIPT if path.suffix == ".js" else IMPORT_OF_SHEET
    return pattern.findall(path.read_text(encoding="utf-8"))


def _in_order(path: Path, on_the_way: tuple[Path, ...]) -> Iterable[Path]:
    if path in on_the_way:
        circle = " -> ".join(step.name for step in (*on_the_way, path))
        raise ValueError(f"These files import each other in a circle: {circle}.")
    order: dict[Path, None] = {}
    for name in _imports(path):
        order |= dict.fromkeys(_in_order(path.parent / name, (*on_the_way, path)))
    return [*order, path]


def _sheet(files: list[Path]) -> str:
    text = "".join(IMPORT_OF_SHEET.sub("", path.read_text(encoding="utf-8")) for path in files)
    lines = (line.strip() for line in COMMENT.sub("", text).splitlines())
    return "".join(line if line[-1] in "{},;" else f"{line} " for line in lines if line)


def _script(files: list[Path]) -> str:
    text = "".join(
        EXPORT.sub("", IMPORT_OF_SCRIPT.sub("", path.read_text(encoding="utf-8"))) for path in files
    )
    names = NAME_AT_THE_TOP.findall(text)
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"Two modules of {files[-1].name} have a name at their top: {twice}.")
    if re.search(r"^(import|export) ", text, re.MULTILINE):
        raise ValueError(f"{files[-1].name}: an import or export that cannot be joined.")
    minified: str = jsmin(text)
    return minified


class JoinedFilesFinder(BaseFinder):
    """Finds style sheets and scripts for `collectstatic` and for servers that collect nothing."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.VAR / "joined")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in asked_for():
            if not matches_patterns(name, ignore_patterns or ()):
                self._written(name)
                yield name, self.storage

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        known = path in asked_for()
        path_found = str(self._written(path)) if known else None
        return ([path_found] if path_found else []) if find_all else path_found

    def _written(self, name: str) -> Path:
        """Write a file anew where it says something else: its date is what tells collectstatic."""
        place, text = Path(self.storage.path(name)), joined(name).encode()
        if not place.exists() or place.read_bytes() != text:
            place.parent.mkdir(parents=True, exist_ok=True)
            beside = place.with_suffix(f".{os.getpid()}")
            beside.write_bytes(text)
            beside.replace(place)  # whole at once: another process may be reading it
        return place
