"""content/README.md shows one example of each file. Together they are a comparison that the site
takes.
"""

import re
from pathlib import Path

from comparison.publishing.content_files.content_folder import FILES
from comparison.publishing.content_files.content_import import read_folder
from tests.conftest import ROOT

HEADINGS = re.compile(r"^## (\S+)\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL)


def _examples() -> dict[str, str]:
    readme = (ROOT / "content" / "README.md").read_text()
    return {
        name.replace("<slug>", "tea-blog"): match.group(1)
        for name, text in HEADINGS.findall(readme)
        if name.endswith(".yaml") and (match := re.search(r"```yaml\n(.*?)```", text, re.DOTALL))
    }


def test_the_examples_in_the_readme_make_a_valid_comparison(tmp_path: Path) -> None:
    folder = tmp_path / "tea-or-coffee"
    (folder / "sources").mkdir(parents=True)
    for name, text in _examples().items():
        (folder / name).write_text(text)
    document = read_folder(folder)
    assert [option.name for option in document.options] == ["Tea", "Coffee", "Both"]
    assert document.sources[0].claims and document.runs and document.questions


def test_the_readme_names_every_file() -> None:
    readme = (ROOT / "content" / "README.md").read_text()
    assert [name for name in FILES if name not in readme] == []
