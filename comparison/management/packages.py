"""Whether the packages that were installed are still there: run as a program by `make`, before the
site is started, with the Python of its virtual environment and nothing of the site.

Looks at the modules that each package says it has installed, not into them; ends with 1 where
one is gone.
"""

import os
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

MODULES = (".py", ".so", ".pyd")


def missing_of(package: Distribution) -> list[str]:
    """Return the modules that a package installed into the folder of packages and that are there
    no more.
    """
    folder = str(package.locate_file(""))
    lines = (package.read_text("RECORD") or "").splitlines()
    files = (line.rsplit(",", 2)[0].strip('"') for line in lines)
    modules = [file for file in files if file.endswith(MODULES) and not file.startswith("..")]
    return [file for file in modules if not os.path.exists(os.path.join(folder, file))]


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
