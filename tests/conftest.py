"""What tests share: a published tiny world, a real server with the real content, and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from comparison import publishing

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Empty the memory of published releases: each test has a database of its own."""
    publishing.memory.forget()
    yield
    publishing.memory.forget()


@pytest.fixture
def published(db: Any) -> publishing.Published:
    """The tiny world as release 1."""
    from tests import worlds

    publishing.publish(worlds.draft(), "eve", "First release.")
    found = publishing.current("tiny")
    assert found
    return found


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server, started as `make run` starts it, with the real content in a database of its own."""
    var = tmp_path_factory.mktemp("var")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "VAR_DIR": str(var), "HTTPS": "0", "DJANGO_SETTINGS_MODULE": "comparison.settings"}
    environment.pop("DATABASE_URL", None)
    environment["SECRET_KEY"] = "only-for-tests-and-long-enough-to-pass-the-check-0123456789"
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    _wait_until_open(port, process)
    yield address
    process.terminate()
    process.wait(timeout=20)
    if process.stdout:
        process.stdout.close()


def _wait_until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    said = process.stdout.read().decode() if process.poll() is not None and process.stdout else ""
    raise RuntimeError(f"The server did not start.\n{said}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive the Chromium that is there (CHROMIUM, then the usual names), else the one Playwright installed."""
    found = os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)
    quiet = [
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
    ]
    return {
        **browser_type_launch_args,
        **({"executable_path": found} if found else {}),
        "args": [*quiet, "--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])],
    }
