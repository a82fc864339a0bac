"""content/ -> drafts; any release -> content/. All or nothing, every problem with its file and line. Never publishes.

Every scalar is read as text and typed by the document's schema: otherwise `1.10` would become 1.1 and `no` might become
False. Repeated keys, aliases, tags and control characters are refused. Export writes the schema's order and stable bytes.
"""

import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from comparison.core.document import Document, plain
from comparison.core.problems import problems
from comparison.models import Comparison
from comparison.models.tree import write_tree

MOST_BYTES = 2_000_000
MOST_NESTING = 40
WIDTH = 119
NOTHING = frozenset({"~", "null", "Null", "NULL"})  # YAML's words for "no value"; unknown is absent instead

# Which of the document's fields stand in which file; comparison.yaml holds the rest, sources and prose have folders' files.
FILES: dict[str, tuple[str, ...]] = {
    "options.yaml": ("options", "components"),
    "criteria.yaml": ("groups", "criteria"),
    "use-cases.yaml": ("use_cases",),
    "figures.yaml": ("workloads", "runs", "derived_figures"),
    "tree.yaml": ("questions",),
    "costs.yaml": ("costs",),
    "migrations.yaml": ("migrations",),
    "stories.yaml": ("stories",),
    "popularity.yaml": ("popularity",),
    "points.yaml": ("points",),
    "hybrids.yaml": ("hybrids",),
    "answered-questions.yaml": ("answered_questions",),
    "samples.yaml": ("samples",),
}
MAIN = "comparison.yaml"
SOURCES, SAMPLES = "sources", "samples"
LATER = {field for fields in FILES.values() for field in fields} | {"sources", "prose"}


@dataclass(frozen=True, slots=True, order=True)
class FileProblem:
    """One thing to mend in a file: which file, which line (0 = the file as a whole), and what."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class BrokenContent(Exception):
    """Content that was refused whole. `problems` has every reason."""

    def __init__(self, found: Iterable[FileProblem]) -> None:
        self.problems = sorted(set(found))
        super().__init__("\n".join(map(str, self.problems)))


TreePath = tuple[str | int, ...]
Lines = dict[TreePath, tuple[str, int]]


# --- import ----------------------------------------------------------------------------------------------------------


def import_folder(folder: Path, *, replace: bool = False) -> Comparison:
    """Write one folder of content into draft rows and return the comparison.

    Raises BrokenContent with every problem, or FileExistsError where there is such a draft already and `replace` is not
    set; the database is then as it was.
    """
    document = read_folder(folder)
    taken = FileExistsError(f"There is a draft of {document.slug} already.")
    with transaction.atomic():
        comparison = Comparison.objects.select_for_update().filter(slug=document.slug).first()
        if comparison and not replace:
            raise taken
        try:
            with transaction.atomic():
                comparison = comparison or Comparison.objects.create(slug=document.slug)
        except IntegrityError as error:  # another import made it between our two looks
            raise taken from error
        write_tree(comparison, plain(document))
    return comparison


def read_folder(folder: Path) -> Document:
    """Return the document that a folder of content holds. Raises BrokenContent with every problem, file and line."""
    reading = _Reading(folder)
    if not (folder / MAIN).is_file():
        raise BrokenContent([FileProblem(reading.main, 0, "is missing: every comparison begins with it")])
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            reading.read(path)
    if not reading.unreadable:  # otherwise whatever stands in the unreadable file would be called missing
        reading.judge()
    if reading.found:
        raise BrokenContent(reading.found)
    return Document.model_validate(reading.tree)


class _Refused(Exception):
    """A file that cannot be read, with the line where that shows."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class _Reading:
    """One folder being read: the tree so far, the line of everything in it, and the problems. Lives for one import."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.main = f"{folder.name}/{MAIN}"
        self.tree: dict[str, Any] = {}
        self.lines: Lines = {(): (self.main, 1)}
        self.found: list[FileProblem] = []
        self.unreadable = False

    def read(self, path: Path) -> None:
        """Add one file to the tree, or say why it cannot be."""
        name = path.relative_to(self.folder).as_posix()
        shown = f"{self.folder.name}/{name}"
        try:
            if path.suffix == ".md" and "/" not in name:
                self.tree.setdefault("prose", {})[path.stem] = _text_of(path).strip()
                self.lines["prose", path.stem] = (shown, 1)
            elif name == MAIN or name in FILES:
                self._fields(path, name, shown)
            elif path.suffix == ".yaml" and name.startswith(f"{SOURCES}/") and name.count("/") == 1:
                self._source(path, shown)
            elif not name.startswith(f"{SAMPLES}/"):
                self._say(shown, 0, "is not a file of a comparison: see content/README.md for the names")
        except _Refused as refusal:
            self.unreadable = True
            self._say(shown, refusal.line, str(refusal))

    def judge(self) -> None:
        """Say everything that is wrong with the tree as a whole, each with the file and line where it stands."""
        if self.tree.get("slug") != self.folder.name:
            file, line = self._place(("slug",))
            self._say(file, line, f'slug has to be "{self.folder.name}", like the folder')
        for problem in problems(self.tree):
            self._say(*self._place(problem.path), str(problem))

    def _say(self, file: str, line: int, message: str) -> None:
        self.found.append(FileProblem(file, line, message))

    def _place(self, path: TreePath) -> tuple[str, int]:
        """Return the file and line of the nearest thing that stands in a file; of a missing field, the file it belongs to."""
        if path and path[0] not in self.tree:
            home = next((file for file, fields in FILES.items() if path[0] in fields), MAIN)
            return f"{self.folder.name}/{home}", 0
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def _fields(self, path: Path, name: str, shown: str) -> None:
        allowed = set(FILES.get(name, ())) or set(Document.model_fields) - LATER
        for key, value in self._mapping(path, shown, ()).items():
            if key in allowed:
                self.tree[key] = value
                if key == SAMPLES:
                    self._programs(value)
            else:
                words = f'"{key}" does not belong here: this file holds {", ".join(sorted(allowed))}'
                self._say(shown, self.lines.pop((key,))[1], words)

    def _programs(self, samples: Any) -> None:
        """Put each file of a sample in the place of its name."""
        for at, sample in enumerate(samples if isinstance(samples, list) else ()):
            files = sample.get("files") if isinstance(sample, dict) else None
            if not isinstance(files, list):
                continue
            for number, name in enumerate(files):
                home = (self.folder / SAMPLES).resolve()
                path = (home / str(name)).resolve()
                if path.is_relative_to(home) and path.is_file():
                    files[number] = {"path": name, "text": _text_of(path).strip()}
                else:
                    self._say(*self.lines[SAMPLES, at, "files", number], f"there is no file {SAMPLES}/{name}")
                    self.unreadable = True

    def _source(self, path: Path, shown: str) -> None:
        sources = self.tree.setdefault("sources", [])
        prefix = ("sources", len(sources))
        self.lines[prefix] = (shown, 1)
        source = self._mapping(path, shown, prefix)
        sources.append(source)
        if source.get("slug") != path.stem:
            line = self.lines.get((*prefix, "slug"), (shown, 1))[1]
            self._say(shown, line, f'slug has to be "{path.stem}", like the file')

    def _mapping(self, path: Path, shown: str, prefix: TreePath) -> dict[str, Any]:
        """Return a YAML file as a mapping, every scalar as text."""
        node = _compose(_text_of(path))
        if not isinstance(node, MappingNode):
            raise _Refused("is empty or not a mapping: begin with a key such as `slug:`", 1)
        return self._as_dict(node, prefix, shown)

    def _as_text(self, node: Node, path: TreePath, file: str) -> Any:
        self.lines.setdefault(path, (file, node.start_mark.line + 1))
        match node:
            case ScalarNode():
                if node.style is None and node.value in NOTHING:
                    words = f"{node.value} says nothing here: leave the key out, or put the word in quotes"
                    self._say(file, node.start_mark.line + 1, words)
                return node.value
            case SequenceNode():
                return [self._as_text(item, (*path, at), file) for at, item in enumerate(node.value)]
            case MappingNode():
                return self._as_dict(node, path, file)
            case _:
                raise _Refused("is not YAML that can be read here", node.start_mark.line + 1)

    def _as_dict(self, node: MappingNode, path: TreePath, file: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, ScalarNode):
                raise _Refused("a key has to be a plain word", line)
            if key.value in found:
                self._say(file, line, f'"{key.value}" stands twice here: a key can be given once')
                continue
            self.lines[(*path, key.value)] = (file, line)
            found[key.value] = self._as_text(value, (*path, key.value), file)
        return found


def _text_of(path: Path) -> str:
    """Return the file's text; a byte-order mark and Windows line ends are read right, other encodings are refused."""
    if path.stat().st_size > MOST_BYTES:
        raise _Refused(f"is larger than {MOST_BYTES // 1_000_000} MB")
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _Refused("is not UTF-8: save it in that encoding", line) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if strange := re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text):
        raise _Refused("holds a control character", text[: strange.start()].count("\n") + 1)
    return text


def _compose(text: str) -> Node | None:
    """Return the YAML document as nodes, in one pass over it; None where there is nothing in it."""
    yaml = YAML(typ="safe", pure=True)
    try:
        return _nodes(yaml.parse(StringIO(text)))
    except MarkedYAMLError as error:
        begun = "end of stream" in str(error.problem)  # a quote left open: where it began helps, the file's end does not
        mark = (begun and error.context_mark) or error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        tab = bool(line) and "\t" in text.splitlines()[min(line, len(text.splitlines())) - 1]
        words = "a tab cannot indent: use spaces" if tab else f"is not YAML: {error.problem or error.context}"
        raise _Refused(words, line) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise _Refused(f"is not YAML: {str(error).splitlines()[0]}") from error


def _nodes(events: Iterable[Event]) -> Node | None:
    """Build the nodes of one document from the parser's events. Keys may repeat here: `_as_dict` names both key and line."""
    whole: Node | None = None
    open_nodes: list[MappingNode | SequenceNode] = []
    keys: list[Node | None] = []  # of each open mapping, the key that waits for its value
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, DocumentStartEvent) and whole is not None:
            raise _Refused("holds more than one document: leave out the line of dashes", line)
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            raise _Refused("aliases and anchors are not read: write the value out", line)
        if isinstance(event, NodeEvent) and getattr(event, "tag", None) not in (None, "!"):
            raise _Refused("tags such as !!python are not read: leave them out", line)
        node: Node
        match event:
            case ScalarEvent():
                node = ScalarNode(None, event.value, event.start_mark, event.end_mark, style=event.style)
            case MappingStartEvent():
                node = MappingNode(None, [], event.start_mark, event.end_mark)
            case SequenceStartEvent():
                node = SequenceNode(None, [], event.start_mark, event.end_mark)
            case MappingEndEvent() | SequenceEndEvent():
                open_nodes.pop()
                keys.pop()
                continue
            case _:
                continue
        if not open_nodes:
            whole = node
        elif isinstance(open_nodes[-1], SequenceNode):
            open_nodes[-1].value.append(node)
        elif (key := keys[-1]) is None:
            keys[-1] = node
        else:
            open_nodes[-1].value.append((key, node))
            keys[-1] = None
        if isinstance(node, MappingNode | SequenceNode):
            open_nodes.append(node)
            keys.append(None)
            if len(open_nodes) > MOST_NESTING:
                raise _Refused(f"is nested more than {MOST_NESTING} deep", line)
    return whole


# --- export ----------------------------------------------------------------------------------------------------------


def export_folder(document: Document, into: Path) -> Path:
    """Write the document as a folder of content files and return it: the same document always gives the same bytes.

    An existing folder of that name is replaced as a whole, and only once everything is written. What else stands among its
    samples (their tests, what they need) is kept.
    """
    folder = into / document.slug
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into, prefix=".export-") as scratch:
        fresh = Path(scratch) / document.slug
        (fresh / SOURCES).mkdir(parents=True)
        if (folder / SAMPLES).exists():
            shutil.copytree(folder / SAMPLES, fresh / SAMPLES)
        for name, text in files_of(document).items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_text(text, encoding="utf-8", newline="\n")
        if folder.exists():
            folder.rename(Path(scratch) / "before")
        fresh.rename(folder)
    return folder


def files_of(document: Document) -> dict[str, str]:
    """Return every content file of a document: its path within the folder, and its text."""
    tree = plain(document)
    files = {f"{SAMPLES}/{file['path']}": file["text"] + "\n" for sample in tree.get(SAMPLES, []) for file in sample["files"]}
    for sample in tree.get(SAMPLES, []):
        sample["files"] = [file["path"] for file in sample["files"]]
    files |= {MAIN: _to_yaml({key: value for key, value in tree.items() if key not in LATER})}
    for name, fields in FILES.items():
        if held := {field: tree[field] for field in fields if field in tree}:
            files[name] = _to_yaml(held)
    for source in tree.get("sources", []):
        files[f"{SOURCES}/{source['slug']}.yaml"] = _to_yaml(source)
    for slug, body in tree.get("prose", {}).items():
        files[f"{slug}.md"] = body + "\n"
    return files


def _to_yaml(tree: dict[str, Any]) -> str:
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    out = StringIO()
    yaml.dump(tree, out)
    return re.sub(r" +\n", "\n", out.getvalue())  # where it folds a line it leaves the space that folding means
