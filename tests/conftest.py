"""What tests share: a published tiny world, a real server with the real content, and a real
browser.
"""

import fcntl
import gc
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from comparison.management.commands.serve import server_command
from comparison.publishing import publish, releases
from comparison.web.caches import kept_answers
from comparison.web.limits import patient_writing
from tests.chromium import chromium_path, without_sandbox
from tests.published_folders import fresh

# so that what fails in them is told as in a test
pytest.register_assert_rewrite(
    "tests.admin.drinks",
    "tests.api.client",
    "tests.browser.access",
    "tests.browser.reader_page",
    "tests.recommendation",
    "tests.results",
    "tests.several_processes",
    "tests.tools",
)
# ms: how long a test waits for what must come; long, so that a busy machine breaks none
PATIENCE = 60_000
# What takes a minute is started first: begun last, it would keep one process busy while all others
# have nothing left to do.
LONGEST_FIRST = (
    "tests/test_postgresql.py",
    "tests/pages/evidence/test_real_content.py",
    "tests/publishing/test_content_round_trip.py",
)
# how many times slower the browser works; for `make soak`
SLOWED = float(os.environ.get("SLOW_BROWSER", "1"))
expect.set_options(timeout=PATIENCE)
ROOT = Path(__file__).resolve().parent.parent
# Chromium heeds one list alone. Playwright's own, and the popups of the address bar: each window
# would start a process for them.
WITHOUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,LensOverlay,"
    "MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,TcpPortRandomizationWin,"
    "OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch,"
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup"
)


def pytest_collection_finish() -> None:
    """Keep the collector from looking again and again through all that was imported and collected,
    which stays to the end.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def published_folders() -> Iterator[str]:
    """Where each test has a folder of published releases of its own: in memory where there is
    such a place, because what is published is written through to the disk.
    """
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="evenhand-published-", dir=place) as folder:
        yield folder


@pytest.fixture(autouse=True)
def nothing_remembered(published_folders: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Empty the memory of published releases, and the cache: each test has a database of its own,
    and a folder of published releases.
    """
    with fresh(published_folders):
        kept_answers.answers.forget()
        cache.clear()
        # a test sees what is written in its own transaction alone
        monkeypatch.setattr(patient_writing, "start", patient_writing.start_here)
        yield


@pytest.fixture
def published(db: Any) -> releases.Published:
    """The tiny world as release 1."""
    from tests import worlds

    publish.publish(worlds.draft(), "eve", "First release.")
    release = releases.current("tiny")
    assert release
    return release


@dataclass(frozen=True)
class Editor:
    """Somebody who may do everything in the admin of a test's server."""

    name: str = "eve"
    password: str = "a-long-password-for-tests-7"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder as `make run` prepares it, and an editor's account in it: made once for all workers,
    copied by each server.
    """
    top = (
        tmp_path_factory.getbasetemp()
        if worker_id == "master"
        else tmp_path_factory.getbasetemp().parent
    )
    folder = top / "prepared"
    with (top / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "whole").exists():
            folder.mkdir(exist_ok=True)
            manage = [sys.executable, "manage.py"]
            environment = environment_of(folder) | {"DJANGO_SUPERUSER_PASSWORD": Editor().password}
            account = [
                "createsuperuser",
                "--noinput",
                "--username",
                Editor().name,
                "--email",
                "eve@example.org",
            ]
            for command in (["prepare"], account):
                subprocess.run(
                    [*manage, *command],
                    cwd=ROOT,
                    env=environment,
                    check=True,
                    stdout=subprocess.DEVNULL,
                )
            (folder / "whole").touch()
    return folder


@pytest.fixture(scope="session")
def server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server, the one that `make run` starts, with the real content in a
    database of its own.
    """
    with serving(prepared, tmp_path_factory.mktemp("server") / "var") as address:
        yield address


@pytest.fixture(scope="module")
def own_server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of another such server, for tests that publish: what they change
    disturbs nobody.
    """
    with serving(prepared, tmp_path_factory.mktemp("own-server") / "var") as address:
        yield address


@contextmanager
def serving(prepared: Path, folder: Path, more: str = "") -> Iterator[str]:
    """Serve a copy of the prepared folder. more: a program of the tests that first publishes
    something in it.
    """
    shutil.copytree(prepared, folder)
    if more:
        subprocess.run(
            [sys.executable, "-m", more], cwd=ROOT, env=environment_of(folder), check=True
        )
    with started(folder) as address:
        yield address


@contextmanager
def started(folder: Path, **environment: str) -> Iterator[str]:
    """Serve what is in a folder, as it is."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder.mkdir(parents=True, exist_ok=True)
    said = folder / "server.log"  # not a pipe, which is full once nobody reads it
    with said.open("wb") as output:
        process = subprocess.Popen(
            server_command("127.0.0.1", port),
            cwd=ROOT,
            env=environment_of(folder) | environment,
            stdout=output,
            stderr=output,
        )
    try:
        _wait_until_open(port, process, said)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def environment_of(var: Path) -> dict[str, str]:
    """Return the environment of a program that keeps what it writes in a folder."""
    environment = {
        **os.environ,
        "VAR_DIR": str(var),
        "HTTPS": "0",
        "DJANGO_SETTINGS_MODULE": "comparison.settings",
    }
    environment.pop("DATABASE_URL", None)
    environment["SECRET_KEY"] = "only-for-tests-and-long-enough-to-pass-the-check-0123456789"
    return environment


def _wait_until_open(port: int, process: subprocess.Popen[bytes], said: Path) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"The server did not start.\n{said.read_text(encoding='utf-8')}")


# --- the browser ----------------------------------------------------------------------------------


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST_FIRST))


@pytest.fixture(scope="session")
def base_url() -> str:
    """Say nothing: the plugin's own fixture of this name warns, and would start a server for tests
    that need none.
    """
    return ""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive the Chromium that is there (CHROMIUM, then the usual names), else the one Playwright
    installed.
    """
    chromium = chromium_path()
    quiet = [
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        # letters as wide as on a phone: the shell would round each to whole pixels
        "--font-render-hinting=none",
        f"--disable-features={WITHOUT}",
    ]
    return {
        **browser_type_launch_args,
        **({"executable_path": chromium} if chromium else {}),
        "args": [*quiet, "--disable-gpu", *without_sandbox()],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], server: str) -> dict[str, Any]:
    """Open every page with addresses that begin at the server."""
    return {**browser_context_args, "base_url": server, "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the browser's console complained about, policy reports too. A test that provokes some
    clears the list itself.
    """
    messages: list[str] = []
    yield messages
    assert not messages, "The console complained:\n" + "\n".join(messages)


@pytest.fixture(scope="session")
def reader(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """One reader, who keeps a cache from test to test. Whoever logs in or changes settings of the
    browser is another one.
    """
    context = browser.new_context(**browser_context_args)
    yield context
    context.close()


@pytest.fixture
def page(reader: BrowserContext, complaints: list[str]) -> Iterator[Page]:
    """A page of the reader's, 1280 px wide."""
    page = _listened_to(reader.new_page(), complaints)
    yield page
    page.close()


@pytest.fixture
def open_page(
    browser: Browser, browser_context_args: dict[str, Any], complaints: list[str]
) -> Iterator[Callable[..., Page]]:
    """Open a page as another reader would, with a context of its own."""
    contexts = []

    def opened(**options: Any) -> Page:
        contexts.append(browser.new_context(**{**browser_context_args, **options}))
        return _listened_to(contexts[-1].new_page(), complaints)

    yield opened
    for context in contexts:
        context.close()


def log_in(page: Page, name: str = Editor.name) -> None:
    """Sign in to the admin as the editor, or as somebody with the same password."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(Editor().password)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def _listened_to(page: Page, complaints: list[str]) -> Page:
    page.set_default_timeout(PATIENCE)
    if SLOWED > 1:
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.on(
        "console",
        lambda message: complaints.append(message.text) if _is_complaint(message) else None,
    )
    page.on(
        "pageerror", lambda error: None if _is_haste(str(error)) else complaints.append(str(error))
    )
    return page


def _is_haste(error: str) -> bool:
    """Say whether only something was given up because the next page was there already: the
    browser's own fading from page to page, or a request of htmx, which rejects it with nothing.
    """
    return error.startswith("Transition was ") or error == "undefined"


def _is_complaint(message: ConsoleMessage) -> bool:
    """Say whether it is one. htmx reports a request that a newer one has replaced as an error; that
    is as it should be.
    """
    replaced = message.text.startswith(("htmx:afterRequest", "htmx:sendAbort"))
    return message.type in ("error", "warning") and not replaced
