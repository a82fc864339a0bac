"""content/ -> drafts; any release -> content/. All or nothing, every problem with its file and
line. Never publishes.

Every scalar is read as text and typed by the document's schema: otherwise `1.10` would become 1.1
and `no` might become False. Repeated keys, aliases, tags and control characters are refused. Export
writes the schema's order and stable bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from comparison.core.document.schema import Document, ProsePlace, plain
from comparison.core.spelling import characters
from comparison.models import Comparison, FormerAddress, Release, history
from comparison.publishing.content_files.content_folder import FILES, LATER, MAIN, SAMPLES, SOURCES
from comparison.publishing.content_files.yaml_text import (
    ListNode,
    MappingNode,
    Node,
    Refused,
    TextNode,
    compose,
    text_of,
)
from comparison.publishing.draft.draft_writing import write_tree
from comparison.publishing.events import tell
from comparison.publishing.garbage_collection import garbage_collection_paused
from comparison.publishing.inspection import inspect, listed

LINK = "is a symbolic link, which may lead anywhere: put the file or folder itself in its place"
# YAML's words for "no value"; unknown is absent instead
NOTHING = frozenset({"~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True, order=True)
class FileProblem:
    """One thing to mend in a file: which file, which line (0 = the file as a whole), and what."""

    file: str
    line: int
    message: str
    follows: bool = field(default=False, compare=False)  # it may vanish when another is mended

    def __str__(self) -> str:
        return characters.shown(
            f"{self.file}:{self.line}: {self.message}"
            if self.line
            else f"{self.file}: {self.message}"
        )


class BrokenContent(Exception):
    """Content that was refused whole. `problems` has every reason, causes first; its words have the
    first fifty.
    """

    def __init__(self, problems: Iterable[FileProblem]) -> None:
        self.problems = sorted(set(problems), key=lambda problem: (problem.follows, problem))
        super().__init__("\n".join(listed([str(problem) for problem in self.problems])))


TreePath = tuple[str | int, ...]
Lines = dict[TreePath, tuple[str, int]]


def content_folders(content: Path) -> list[Path]:
    """Return the folder of every comparison, in the order of their names. Raises BrokenContent
    where there is no content.

    A symbolic link is one of them, wherever it leads: `read_folder` refuses it in words.
    """
    try:
        there = sorted(path for path in content.iterdir() if not path.name.startswith("."))
        return [path for path in there if path.is_dir() or path.is_symlink()]
    except OSError as error:
        words = (
            f"cannot be read ({error.strerror}): put content there, or set CONTENT_DIR to the "
            "folder that holds it"
        )
        raise BrokenContent([FileProblem(str(content), 0, words)]) from error


def import_folder(folder: Path, *, replace: bool = False) -> Comparison:
    """Write one folder of content into draft rows and return the comparison.

    Raises BrokenContent with every problem, or FileExistsError where there is such a draft already
    and `replace` is not set; the database is then as it was.
    """
    with history.doing(history.FILES):
        return import_document(read_folder(folder), replace=replace)


def import_document(document: Document, *, replace: bool = False) -> Comparison:
    """Write a document into draft rows and return the comparison. Raises FileExistsError as above,
    and BrokenContent too.

    A draft that has the slug of before, of which the document says that it was renamed, is the same
    comparison; so is one that readers know by this slug, and that got another which is not
    published yet.
    """
    slug = document.slug
    with transaction.atomic():
        drafts = Comparison.objects.select_for_update()
        same = (
            Q(published_as=slug)
            | Q(slug__in=document.names.former)
            | Q(published_as__in=document.names.former)
        )
        comparison = drafts.filter(slug=slug).first() or drafts.filter(same).first()
        owner = (
            FormerAddress.objects.filter(slug=slug)
            .exclude(successor__in=document.names.former)
            .first()
        )
        if owner and not comparison:
            words = (
                f'"{slug}" was an address of "{owner.successor}", and links to it lead there. '
                "Choose another slug"
            )
            raise BrokenContent([FileProblem(f"{slug}/{MAIN}", 0, words)])
        if comparison and not replace:
            raise FileExistsError(
                f"There is a draft of {comparison.slug} already{_its_other_name(comparison, slug)}."
            )
        try:
            with transaction.atomic():
                comparison = comparison or Comparison.objects.create(
                    slug=slug, published_as=_published_as(slug)
                )
        except IntegrityError as error:  # another import made it between our two looks
            raise FileExistsError(f"There is a draft of {slug} already.") from error
        with garbage_collection_paused():
            write_tree(comparison, plain(document))
        tell("import", comparison=slug)
    return comparison


def _its_other_name(draft: Comparison, slug: str) -> str:
    if draft.slug == slug:
        return ""
    return (
        f", which readers know as {slug}"
        if draft.published_as == slug
        else f", which {slug} was called before"
    )


def _published_as(slug: str) -> str:
    """Return the slug where there are releases of it: its draft was deleted, and comes back."""
    return (
        slug
        if Release.objects.of(slug).exists()
        and not FormerAddress.objects.filter(slug=slug).exists()
        else ""
    )


def read_folder(folder: Path) -> Document:
    """Return the document that a folder of content holds. Raises BrokenContent with every problem,
    file and line.
    """
    if folder.is_symlink():
        raise BrokenContent([FileProblem(folder.name, 0, LINK)])
    reading = _Reading(folder.resolve())
    try:
        with garbage_collection_paused():
            reading.read_all()
    except OSError as error:
        raise BrokenContent([FileProblem(reading.folder.name, 0, _unreadable(error))]) from error
    if reading.document is None:
        raise BrokenContent(reading.problems)
    return reading.document


def _unreadable(error: OSError) -> str:
    return f"cannot be read ({error.strerror}): make it readable for whoever runs the site"


class _Reading:
    """One folder being read: the tree so far, the line of everything in it, and the problems. Lives
    for one import.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.main = f"{folder.name}/{MAIN}"
        self.tree: dict[str, Any] = {}
        self.lines: Lines = {(): (self.main, 1)}
        self.problems: list[FileProblem] = []
        self.document: Document | None = (
            None  # what the folder holds, once nothing is wrong with it
        )
        self.unreadable = False
        # a file that has not its name is missing under that name, and so is what it holds
        self.misnamed = False

    def read_all(self) -> None:
        """Add every file to the tree, then judge it."""
        if not (self.folder / MAIN).is_file() and not (self.folder / MAIN).is_symlink():
            self._say(self.main, 0, "is missing: every comparison begins with it")
            return
        for path in sorted(self.folder.rglob("*")):
            if any(_is_leftover(part) for part in path.relative_to(self.folder).parts):
                continue
            if path.is_symlink():
                self._say(f"{self.folder.name}/{path.relative_to(self.folder).as_posix()}", 0, LINK)
                self.unreadable = True
            elif path.is_file():
                self.read(path)
        # otherwise whatever stands in the unreadable file would be called missing
        if not self.unreadable:
            self.judge()

    def read(self, path: Path) -> None:
        """Add one file to the tree, or say why it cannot be."""
        name = path.relative_to(self.folder).as_posix()
        shown = f"{self.folder.name}/{name}"
        try:
            if path.suffix == ".md" and "/" not in name:
                self.tree.setdefault("prose", {})[path.stem] = text_of(path).strip()
                self.lines["prose", path.stem] = (shown, 1)
            elif name == MAIN or name in FILES:
                self._fields(path, name, shown)
            elif path.suffix == ".yaml" and name.startswith(f"{SOURCES}/") and name.count("/") == 1:
                self._source(path, shown)
            elif not name.startswith(f"{SAMPLES}/"):
                self._unknown(name)
        except Refused as refusal:
            self.unreadable = True
            self._say(shown, refusal.line, str(refusal))
        except OSError as error:
            self.unreadable = True
            self._say(shown, 0, _unreadable(error))

    def judge(self) -> None:
        """Say everything that is wrong with the tree as a whole, each with the file and line where
        it stands.
        """
        if self.tree.get("slug") != self.folder.name:
            file, line = self._place(("slug",))
            self._say(file, line, f'slug has to be "{self.folder.name}", like the folder')
        inspection = inspect(self.tree)
        for problem in inspection.problems:
            self._say(
                *self._place(problem.path),
                str(problem),
                problem.follows or (self.misnamed and problem.is_reference),
            )
        self.document = None if self.problems else inspection.document

    def _say(self, file: str, line: int, message: str, follows: bool = False) -> None:
        self.problems.append(FileProblem(file, line, message, follows))

    def _unknown(self, name: str) -> None:
        """Say that a file has a name that is none, and which was meant. Of an unknown folder that
        is said once.
        """
        folder, _, rest = name.rpartition("/")
        top = folder.partition("/")[0]
        near: str | None = None
        if folder and top != SOURCES:
            near = next(
                (
                    f"{known}/"
                    for known in get_close_matches(top.casefold(), [SOURCES, SAMPLES], n=1)
                ),
                None,
            )
            name, rest = f"{top}/", ""
        elif folder:
            near = f"{SOURCES}/{Path(rest).stem}.yaml"
        else:
            near = _meant(name)
        self.misnamed |= near is not None
        meant = f"did you mean {near}? See" if near else "see"
        self._say(
            f"{self.folder.name}/{name}",
            0,
            f"is not a file of a comparison: {meant} content/README.md for the names",
        )

    def _place(self, path: TreePath) -> tuple[str, int]:
        """Return the file and line of the nearest thing that stands in a file; of a missing field,
        the file it belongs to.
        """
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
                words = (
                    f'"{key}" does not belong here: this file holds {", ".join(sorted(allowed))}'
                )
                self._say(shown, self.lines.pop((key,))[1], words)

    def _programs(self, samples: Any) -> None:
        """Put each file of a sample in the place of its name."""
        for index, sample in enumerate(samples if isinstance(samples, list) else ()):
            files = sample.get("files") if isinstance(sample, dict) else None
            if not isinstance(files, list):
                continue
            for number, name in enumerate(files):
                words, path = self._program(str(name))
                if words:
                    self._say(*self.lines[SAMPLES, index, "files", number], words)
                    self.unreadable = True
                else:
                    files[number] = {"path": name, "text": text_of(path).strip()}

    def _program(self, name: str) -> tuple[str, Path]:
        """Return why a sample's file cannot be read, or nothing, and its path."""
        steps = Path(name).parts
        path = self.folder / SAMPLES / name
        if ".." in steps or Path(name).is_absolute():
            return f"{name} leads out of {SAMPLES}/: name a file that lies in it", path
        if any(
            (self.folder / SAMPLES).joinpath(*steps[: n + 1]).is_symlink()
            for n in range(len(steps))
        ):
            return f"{SAMPLES}/{name} {LINK}", path
        return ("" if path.is_file() else f"there is no file {SAMPLES}/{name}"), path

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
        composed = compose(text_of(path))
        for line, words in composed.lost:
            self._say(shown, line, words)
        if not isinstance(composed.node, MappingNode):
            raise Refused("is empty or not a mapping: begin with a key such as `slug:`", 1)
        return self._as_dict(composed.node, prefix, shown)

    def _as_text(self, node: Node, path: TreePath, file: str) -> Any:
        self.lines.setdefault(path, (file, node.line))
        if isinstance(node, MappingNode):
            return self._as_dict(node, path, file)
        if isinstance(node, ListNode):
            return [self._as_text(item, (*path, n), file) for n, item in enumerate(node.items)]
        if node.is_bare and node.value in NOTHING:
            words = f"{node.value} says nothing here: leave the key out, or put the word in quotes"
            self._say(file, node.line, words)
        return node.value

    def _as_dict(self, node: MappingNode, path: TreePath, file: str) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key, value in node.items:
            line = key.line
            if not isinstance(key, TextNode):
                raise Refused("a key has to be a plain word", line)
            if key.value in mapping:
                self._say(file, line, f'"{key.value}" stands twice here: a key can be given once')
                continue
            self.lines[(*path, key.value)] = (file, line)
            mapping[key.value] = self._as_text(value, (*path, key.value), file)
        return mapping


def _is_leftover(name: str) -> bool:
    """Say whether a file is one that programs leave behind by themselves: nobody means it to be
    content.
    """
    return (
        name.startswith((".", "#"))
        or name.endswith("~")
        or name.casefold() in ("thumbs.db", "desktop.ini", "__pycache__")
    )


def _meant(name: str) -> str | None:
    """Return the file of a comparison whose name is most like this one, or None where none is."""
    known = [MAIN, *FILES, *(f"{place}.md" for place in ProsePlace)]
    by_stem = {Path(file).stem: file for file in known}
    near = get_close_matches(name.casefold(), known, n=1, cutoff=0.7)
    return by_stem.get(Path(name).stem.casefold()) or next(iter(near), None)
