"""Document -> a folder of content files: the same document always gives the same bytes."""

import re
import shutil
import tempfile
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from comparison.core.document.schema import Document, plain
from comparison.publishing.content_files.content_folder import FILES, LATER, MAIN, SAMPLES, SOURCES

WIDTH = 119


def export_folder(document: Document, into: Path) -> Path:
    """Write the document as a folder of content files and return it: the same document always gives
    the same bytes.

    An existing folder of that name is replaced as a whole, and only once everything is written.
    What else stands among its samples (their tests, what they need) is kept.
    """
    folder = into / document.slug
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into, prefix=".export-") as scratch:
        fresh = Path(scratch) / document.slug
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
    files = {
        f"{SAMPLES}/{file['path']}": file["text"] + "\n"
        for sample in tree.get(SAMPLES, [])
        for file in sample["files"]
    }
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
    # where it folds a line it leaves the space that folding means
    return re.sub(r" +\n", "\n", out.getvalue())
