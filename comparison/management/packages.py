"""Whether the packages that were installed are still there: run as a program by `make`, before the
site is started, with the Python of its virtual environment and nothing of the site.

Looks at what each package says it has installed, not into it; ends with 1 where something is gone.
"""

import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path


def missing_of(package: Distribution) -> list[str]:
    """Return what a package installed at the top of the folder of packages and is there no more;
    of a folder that is a package, its first file stands for it.
    """
    lines = (package.read_text("RECORD") or "").splitlines()
    files = (line.rsplit(",", 2)[0].strip('"') for line in lines if line.count("/") <= 1)
    tops = [
        file
        for file in files
        if (Path(file).name == "__init__.py" if "/" in file else not file.endswith(".pth"))
    ]
    return [file for file in tops if not Path(str(package.locate_file(file))).exists()]


def pinned(requirements: Path) -> set[str]:
    """Return the names of what a file of requirements pins."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    names = {line.partition("==")[0].partition("[")[0] for line in lines if "==" in line}
    return {_plain(name) for name in names if not name.startswith("#")}


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "-").replace(".", "-")


def main() -> str:
    """Return what is gone, in words; an empty text where nothing is."""
    installed = list(distributions())
    names = {_plain(str(package.metadata["Name"])) for package in installed}
    wanted = pinned(Path(__file__).resolve().parents[2] / "requirements.txt")
    lost = sorted(wanted - names)
    lost += [name for package in installed for name in missing_of(package)]
    return ", ".join(lost[:3])


if __name__ == "__main__":
    sys.exit(main() or None)
