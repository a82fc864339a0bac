"""serve: a clone -> a running site."""

import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from comparison.publishing.releases import AWAY
from comparison.rendering.addresses import address_of
from comparison.web.sign_in.first_link import is_needed, new_link

MOST_WORKERS = 64


class Command(BaseCommand):
    help = (
        "Gets the site ready (see `prepare`) and serves it with the production application "
        "server. `make run` calls this."
    )

    requires_system_checks = []  # `prepare` has those that matter here

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--host",
            default=settings.HOST,
            help="address to listen on (HOST)",
        )
        parser.add_argument(
            "--port",
            type=int,
            default=settings.PORT,
            help="port to listen on (PORT)",
        )
        parser.add_argument(
            "--workers",
            type=int,
            default=settings.WORKERS,
            help="processes (WORKERS)",
        )
        parser.add_argument(
            "--worker-memory",
            type=int,
            default=settings.WORKER_MEMORY,
            help="megabytes; a process that takes more is replaced, unnoticed (WORKER_MEMORY)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if not 1 <= options["workers"] <= MOST_WORKERS:
            raise CommandError(
                f"{options['workers']} processes are too few or too many: choose 1 to "
                f"{MOST_WORKERS}."
            )
        _check_port(host, port)
        call_command("prepare", serve_what_is_there=True, stdout=self.stdout)
        origin = f"http://{host}:{port}"
        site, admin = (address_of(name, origin=origin) for name in ("hub", "admin:index"))
        self.stdout.write(
            f"\nEvenhand is at {site}\n"
            f"{how_to_sign_in(settings.SITE_URL or origin, admin)}\n"
            f"Stop it with Ctrl+C; bring new code into it with kill -HUP {os.getpid()}.\n"
        )
        self.stdout.flush()
        command = server_command(
            host, port, workers=options["workers"], megabytes=options["worker_memory"]
        )
        command += ["--pid-file", str(settings.VAR / f"server-{port}.pid")]
        # our own words, and no shell
        os.execv(command[0], command)  # noqa: S606


def how_to_sign_in(origin: str, admin: str) -> str:
    """Return where editors sign in; while nobody can, how the first administrator does."""
    try:
        if is_needed():
            return (
                "Nobody can sign in yet. This link lets you choose name and password of the first "
                f"administrator, once, within a day:\n{new_link(origin)}"
            )
    except AWAY:
        pass  # said already; readers are served all the same
    return f"Editors sign in at {admin}; make an account with `make editor`."


def server_command(host: str, port: int, *, workers: int = 1, megabytes: int = 600) -> list[str]:
    """Return the command line that serves the site.

    megabytes: that a process may take; one that takes more is replaced as by a reload.
    """
    numbers = {"port": port, "workers": workers, "megabytes": megabytes}
    flags = [text for name, number in numbers.items() for text in (f"--{name}", str(number))]
    flags += ["--log-format", settings.LOG_FORMAT]
    return [sys.executable, "-m", "comparison.server", "--host", host, *flags]


def _check_port(host: str, port: int) -> None:
    if not 0 < port < 65_536:
        raise CommandError(
            f"{port} is not a port: choose a number from 1 to 65535, for example PORT=8000 make run"
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (socket.gaierror, UnicodeError) as error:
            raise CommandError(
                f"{host} is no address of this machine. Choose one to listen on, for example "
                "HOST=127.0.0.1 make run"
            ) from error
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({error.strerror}). Choose another: "
                f"PORT={port + 1} make run"
            ) from error
