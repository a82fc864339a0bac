"""A fresh clone in a folder that nobody can write: it starts without a warning, and writes nothing
beside the folder that it was given.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from comparison.publishing.content_files.content_export import export_folder
from tests import worlds
from tests.outages import answer
from tests.proxy import free_port

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("comparison", "templates", "static")
pytestmark = pytest.mark.skipif("SOAK" not in os.environ, reason="Two slow starts: make soak.")
UNSHARE = ["unshare", "--mount", "--propagation", "private", "sh", "-c"]


def can_mount(folder):
    """Return whether a folder can be made one that even root cannot write."""
    if not shutil.which("unshare"):
        return False
    tried = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && ! touch "$0/written"'
    return not subprocess.run([*UNSHARE, tried, str(folder)], capture_output=True).returncode


def state_of(folder):
    """Return every file of a folder, with the time at which it was changed."""
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_a_clone_in_a_folder_that_nobody_can_write_starts_without_a_warning(tmp_path):
    code, port = tmp_path / "code", free_port()
    code.mkdir()
    if not can_mount(code):
        pytest.skip(
            "A folder cannot be made read-only here, even for root: it needs `unshare --mount`."
        )
    for name in FOLDERS:
        shutil.copytree(ROOT / name, code / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", code)
    export_folder(worlds.tiny(), tmp_path / "content")
    before = state_of(code)
    environment = {
        **os.environ,
        "VAR_DIR": str(tmp_path / "var"),
        "CONTENT_DIR": str(tmp_path / "content"),
        "HTTPS": "0",
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "comparison.settings",
    }
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "DATABASE_URL"):
        environment.pop(name, None)
    # what Python itself warns of is seen, too
    begun = (
        'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && '
        '"$1" -W always manage.py prepare && exec "$1" -W always manage.py serve'
    )
    with (tmp_path / "said").open("w") as output:
        server = subprocess.Popen(
            [*UNSHARE, begun, str(code), sys.executable],
            env=environment,
            stdout=output,
            stderr=output,
        )
    said = (tmp_path / "said").read_text
    try:
        end = time.monotonic() + 120
        while server.poll() is None and time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        site = f"http://127.0.0.1:{port}"
        status, _, body = answer(f"{site}/readyz")
        assert (status, b'"ready"' in body) == (200, True), said()
        assert answer(f"{site}/tiny/")[0] == 200
    finally:
        server.terminate()
        server.wait(timeout=60)
    assert "arning" not in said() and "Traceback" not in said(), said()
    assert "Evenhand is at" in said()
    assert state_of(code) == before
