"""Starts the samples as real processes on free ports, and ends them. Never imports a sample."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

SAMPLES = Path(__file__).resolve().parent.parent
APPLICATIONS = {"fastapi": "main:app", "django": "app:application"}
PATIENCE = 30  # seconds until a program has to answer


@dataclass(frozen=True)
class Program:
    """A running sample: which option it shows, and a client that asks it."""

    option: str
    client: httpx.Client
    folder: Path
    environment: dict[str, str]
    log: Path

    @property
    def refusal(self) -> int:
        """The status with which each framework refuses bad input by custom."""
        return {"fastapi": 422, "django": 400}[self.option]

    def run(self, *arguments: str) -> str:
        """Run Python in the program's folder and return what it prints."""
        return output_of(arguments, self.folder, self.environment)


def output_of(arguments: tuple[str, ...], folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def process(arguments: list[str], url: str, folder: Path, environment: dict[str, str], log: Path) -> Iterator[None]:
    """Keep a process for as long as the block lasts, from the moment when it answers."""
    with (
        log.open("wb") as writing,
        subprocess.Popen([sys.executable, *arguments], cwd=folder, env=environment, stdout=writing, stderr=writing) as started,
    ):
        try:
            deadline = time.monotonic() + PATIENCE
            while not answers(url):
                assert started.poll() is None, log.read_text(encoding="utf-8")
                assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
                time.sleep(0.05)
            yield
        finally:
            started.terminate()


def answers(url: str) -> bool:
    try:
        httpx.get(url, trust_env=False)
    except httpx.TransportError:
        return False
    return True


@contextmanager
def language_model(folder: Path) -> Iterator[str]:
    """Start the stand-in for the language model and give its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    arguments = ["stand_in/language_model.py", str(port)]
    with process(arguments, url, SAMPLES, {"PATH": os.environ["PATH"]}, folder / "language-model.log"):
        yield url


@contextmanager
def program(topic: str, option: str, language_model_url: str, folder: Path, timeout: str = "10") -> Iterator[Program]:
    """Start one sample, with an empty database of its own where it has tables."""
    home = SAMPLES / topic / option
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONDONTWRITEBYTECODE": "1",  # the samples' folders hold what is published, nothing else
        "PYTHONPATH": str(SAMPLES / "stand_in"),
        "DATABASE": str(folder / "database.sqlite3"),
        "LANGUAGE_MODEL_URL": language_model_url,
        "LANGUAGE_MODEL_TIMEOUT": timeout,
    }
    if list(home.glob("*/migrations")):
        output_of(("app.py", "migrate", "--verbosity=0"), home, environment)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    # Connections stay open while a test does something else, so that none is closed in the moment when it is used again.
    serve = ["-m", "uvicorn", APPLICATIONS[option], "--app-dir", ".", "--timeout-keep-alive", "60"]
    arguments = [*serve, "--host", "127.0.0.1", "--port", str(port)]
    log = folder / f"{option}.log"
    with process(arguments, url, home, environment, log), httpx.Client(base_url=url, trust_env=False, timeout=15) as client:
        yield Program(option, client, home, environment, log)
