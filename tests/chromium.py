"""The Chromium that tests drive: the one that is there (CHROMIUM, then the usual names), else the
one that Playwright installed. The shell, which has no window and is made for this, comes first: it
opens a page in a third of the time.
"""

import os
import shutil

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)


def chromium_path() -> str | None:
    """Return where it is; None for Playwright's own."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def without_sandbox() -> list[str]:
    """Return what the superuser has to add to start it."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []
