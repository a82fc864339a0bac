"""`make snapshot TO=folder`: what every kind of address answers, one file each; AGAINST=folder
compares, IGNORING=pattern without what was meant (␣ is a blank between two words):
`IGNORING=' data-[a-z-]+="[^"]*"'`.

A file's name tells its address: where one has been renamed, the file of before can be renamed too.
"""

import gzip
import hashlib
import logging
import re
import sys
import time
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

import brotli

from tests.snapshot import comparing
from tests.snapshot.plain import lines_of_body, lines_of_head
from tests.snapshot.site import HOST, prepared_site

PICTURE = ".png"
OPENED = {"br": brotli.decompress, "gzip": gzip.decompress}


def main() -> int:
    """Write, compare, say what is different. Returns 1 where anything is."""
    parser = ArgumentParser(
        prog="make snapshot", description="make snapshot TO=folder [AGAINST=folder]"
    )
    parser.add_argument("to", type=Path)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--ignoring", default="(?!)", help="a regular expression; ␣ is a blank")
    given = parser.parse_args()
    before = comparing.read_folder(given.against) if given.against else None
    if before == {}:
        parser.error(f"{given.against} holds no answers to compare with.")
    begun = time.monotonic()
    _make_empty(given.to)
    unasked = write(given.to)
    after = comparing.read_folder(given.to)
    print(f"{len(after):,} answers are in {given.to}, after {time.monotonic() - begun:.0f} s.")
    told = [f"No state asks for {route!r}: add one in tests/snapshot." for route in unasked]
    if before is not None:
        before, after = (comparing.without(folder, given.ignoring) for folder in (before, after))
        told += comparing.report(before, after)
    print("\n".join(told or (["No difference."] if given.against else [])))
    return 1 if told else 0


def _make_empty(folder: Path) -> None:
    """Take away what an earlier run wrote, and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in (*folder.glob(f"*{comparing.ENDING}"), *folder.glob(f"*{PICTURE}")):
        path.unlink()


def write(folder: Path) -> list[str]:
    """Ask everything and write it down. Returns the patterns of the URL map that nothing
    asked for.
    """
    logging.disable()
    with prepared_site():
        return _written(folder)


def _written(folder: Path) -> list[str]:
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import Resolver404

    from tests.snapshot.states import EDITOR, READER, STRICT, State, routes, states_of_readers
    from tests.snapshot.states_of_editors import states_of_editors

    def client(**more: Any) -> Client:
        return Client(HTTP_HOST=HOST, raise_request_exception=False, **more)

    clients = {READER: client(), STRICT: client(enforce_csrf_checks=True), EDITOR: client()}
    clients[EDITOR].force_login(get_user_model().objects.get())

    def ask(state: State, **more: str) -> Any:
        method = getattr(clients[state.by], state.method.lower())
        form = () if state.sent is None else (state.sent,)
        return method(state.address, *form, headers=state.headers | more)

    states = (*states_of_readers(clients[READER]), *states_of_editors(clients[EDITOR]))
    routed = set()
    for state in dict.fromkeys(states):
        answer = ask(state)
        lines = [state.told, *lines_of_head(answer.status_code, answer.headers, answer.cookies)]
        if tag := answer.headers.get("ETag"):
            again = ask(state, **{"If-None-Match": tag})
            lines.append(f"Asked again: {again.status_code}, {again.headers.get('Cache-Control')}")
        kind = answer.headers.get("Content-Type", "")
        body = OPENED.get(answer.headers.get("Content-Encoding", ""), bytes)(answer.getvalue())
        path = folder / f"{_name_of(state.told)}{comparing.ENDING}"
        path.write_text("\n".join([*lines, "", *lines_of_body(kind, body)]), "utf-8")
        if kind == "image/png" and body:
            path.with_suffix(PICTURE).write_bytes(body)
        with suppress(Resolver404):  # where an address leads nowhere
            routed.add(answer.resolver_match.route)
    return sorted(route for route in routes() if route not in routed)


def _name_of(told: str) -> str:
    """Return a file name that tells the request, and is no other one's."""
    plain = re.sub(r"[^\w.,=@-]+", "_", told.removeprefix("GET "), flags=re.ASCII).strip("_-")
    return f"{plain[:80] or 'hub'}-{hashlib.sha256(told.encode()).hexdigest()[:6]}"


if __name__ == "__main__":
    sys.exit(main())
