"""`make bench`: the budgets, measured. Ratios within one run, medians with their spread; no figure
of one machine is a test.

The toggle region is asked in three ways: five hundred links of which every one was asked before
(the site keeps such answers in memory), five changes of one reader after another, and selections
that are never asked twice, so that nothing kept can answer. The bare view returns as many bytes,
under the same server, settings and workers. All are measured in turns, so that a busy machine slows
all of them.
"""

import os
import random
import select
import socket
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

from tests.bench.server import Server, fetch, request_bytes

ROUNDS, SECONDS, CONNECTIONS, CHANGES = 9, 1.0, 8, 5
LARGE = "large"


def main() -> None:
    """Measure everything and print a table."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ |= {
            "VAR_DIR": scratch,
            "HTTPS": "0",
            "SECRET_KEY": "only-for-benchmarks-and-long-enough-to-pass-the-check-0123456789",
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "LOG_LEVEL": "WARNING",
        }
        os.environ.pop("SECRET_KEY_FILE", None)
        import django

        django.setup()
        from django.core.management import call_command

        print("Preparing ...")
        call_command("prepare", verbosity=0)
        _import_large(Path(scratch) / "content")
        print(f"{'':52}{'median':>10}{'lowest':>10}{'highest':>10}   budget")
        _decide()
        _diff()
        _queries()
        _steps()
        _forms()
        with Server() as port:
            _sizes(port)
            for slug, budget in (("fastapi-vs-django", 0.5), (LARGE, 0.4)):
                _toggle(port, slug, budget)


def _line(name: str, values: list[float], budget: str, form: str = "{:.2f}") -> None:
    shown = (
        form.format(statistics.median(values)),
        form.format(min(values)),
        form.format(max(values)),
    )
    print(f"{name:52}{shown[0]:>10}{shown[1]:>10}{shown[2]:>10}   {budget}")


def _import_large(folder: Path) -> None:
    """Put 30 options × 120 criteria on the site the way an editor would: as files."""
    from django.core.management import call_command

    from comparison.core.document.schema import Document
    from comparison.publishing.content_export import export_folder
    from tests.worlds import large_tree

    export_folder(
        Document.model_validate(large_tree(30, 120, claims_per_cell=5, slug=LARGE)), folder
    )
    begun = time.perf_counter()
    call_command("import_content", str(folder / LARGE), verbosity=0)
    call_command("publish", LARGE, verbosity=0)
    print(
        "30 × 120 with five claims a cell: imported and published in "
        f"{time.perf_counter() - begun:.1f} s"
    )


# --- the engine -----------------------------------------------------------------------------------


def _decide() -> None:
    from comparison.core.decision import build, decide
    from tests.worlds import large_tree

    for options, criteria, detail, budget in (
        (30, 120, False, "< 0.5 ms"),
        (30, 120, True, "at most 1 ms"),
        (3, 20, True, "at most 0.1 ms"),
    ):
        tree = large_tree(options, criteria)
        names, rows = [o["slug"] for o in tree["options"]], [c["slug"] for c in tree["criteria"]]
        cells = {c["slug"]: c["cells"] for c in tree["criteria"]}
        scores = {o: {c: cells[c].get(o, {}).get("score") for c in rows} for o in names}
        matrix = build(names, rows, scores)
        chance = random.Random(2)
        importances = [{c: chance.randrange(6) for c in rows} for _ in range(200)]
        each = _times(lambda w: decide(matrix, w, detail=detail), importances)  # noqa: B023
        _line(
            f"decide, {options} × {criteria}, {'whole' if detail else 'ranking'}, ms",
            each,
            budget,
            "{:.3f}",
        )


def _diff() -> None:
    """Two releases of 30 × 120 in which every cell has another score."""
    from comparison.core.document.diff import diff
    from comparison.core.document.schema import Document
    from tests.worlds import large_tree

    tree = large_tree(30, 120)
    before = Document.model_validate(tree)
    for criterion in tree["criteria"]:
        for cell in criterion["cells"].values():
            cell["score"] = 10 - cell["score"]
    after = Document.model_validate(tree)
    taken = []
    for _ in range(9):
        begun = time.perf_counter()
        diff(before, after)
        taken.append(1000 * (time.perf_counter() - begun))
    _line("diff of two releases, 30 × 120, ms", taken, "at most 50 ms", "{:.1f}")


def _times(
    call: Callable[[dict[str, int]], object], arguments: list[dict[str, int]]
) -> list[float]:
    taken = []
    for argument in arguments:
        begun = time.perf_counter()
        call(argument)
        taken.append(1000 * (time.perf_counter() - begun))
    return taken


# --- the pages ------------------------------------------------------------------------------------


def _queries() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="localhost")
    for path in ("/fastapi-vs-django/", f"/{LARGE}/", f"/{LARGE}/-/results/?off=criterion-1"):
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        _line(f"queries, {path.partition('?')[0]}", [float(len(seen))], "at most 1", "{:.0f}")


def _steps() -> None:
    from tests.steps import MOST_FUNCTIONS, MOST_MODULES, steps_of_a_toggle

    modules = steps_of_a_toggle()
    for name, count, most in (
        ("functions", sum(map(len, modules.values())), MOST_FUNCTIONS),
        ("modules", len(modules), MOST_MODULES),
    ):
        _line(f"{name} that a toggle calls", [float(count)], f"at most {most}", "{:.0f}")


def _forms() -> None:
    """The form of one row of each kind of the large comparison, as an editor opens it."""
    from django.contrib import admin
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    from comparison.models import Comparison
    from comparison.models.rows import Row

    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.create_superuser("bench"))
    for kind in admin.site._registry:
        row = kind._default_manager.last() if issubclass(kind, Row | Comparison) else None
        if row is None:
            continue
        address = reverse(f"admin:comparison_{row._meta.model_name}_change", args=[row.pk])
        size = len(client.get(address).content)
        taken = _times(lambda _: client.get(address), [{}] * 9)  # noqa: B023
        _line(
            f"form, {row._meta.verbose_name}, {size / 1000:.0f} kB, ms",
            taken,
            "at most 300 ms, 150 kB",
            "{:.0f}",
        )


def _sizes(port: int) -> None:
    page, _ = fetch(port, "/fastapi-vs-django/", "br")
    html = fetch(port, "/fastapi-vs-django/", "")[0].decode()
    static = sorted({part.split('"')[0] for part in html.split('="/static/')[1:]})
    total, shown = len(page), [f"page {len(page)}"]
    fonts = [name for name in static if name.startswith("fonts/")]
    for name in [*fonts, *(name for name in static if name not in fonts)]:
        body, _ = fetch(port, f"/static/{name}", "br")
        total += len(body)
        shown.append(f"{name.split('.')[0].rpartition('/')[2]} {len(body)}")
    _line(
        "first visit over the wire, kB",
        [total / 1000],
        f"at most 100 ({', '.join(shown)})",
        "{:.1f}",
    )
    for slug in ("fastapi-vs-django", LARGE):
        toggle = fetch(port, f"/{slug}/-/results/?{next(_never_twice(slug))}", "br")[0]
        _line(
            f"toggle answer over the wire, {slug}, kB", [len(toggle) / 1000], "at most 12", "{:.1f}"
        )
        pictures, taken = [], []
        for query in islice(_never_twice(slug), 9):
            begun = time.perf_counter()
            pictures.append(len(fetch(port, f"/{slug}/-/card.png?{query}", "")[0]) / 1000)
            taken.append(1000 * (time.perf_counter() - begun))
        _line(f"preview picture, {slug}, ms", taken, "at most 150 ms", "{:.0f}")
        _line(f"preview picture, {slug}, kB", pictures, "at most 80", "{:.1f}")


# --- the toggle region ----------------------------------------------------------------------------


def _readers(slug: str, changes: int) -> Iterator[str]:
    """Yield the queries of one reader after another: a use case, then some changes, one request for
    each.
    """
    from comparison.core.selection import Selection, canonical, spell
    from comparison.publishing import releases

    release = releases.current(slug)
    assert release
    document, chance = release.document, random.Random(3)
    names = document.names
    while True:
        use = chance.choice([None, *names.use_cases])
        off: set[str] = set()
        importances: dict[str, int] = {}
        must: set[str] = set()
        for _ in range(changes):
            criterion = chance.choice(names.criteria)
            match chance.choice(("switch", "switch", "importance", "importance", "must")):
                case "switch":
                    off ^= {criterion}
                case "importance":
                    importances[criterion] = chance.randrange(6)
                case "must" if names.must_haves:
                    must ^= {chance.choice(list(names.must_haves))}
            selection = Selection(
                use=use, off=frozenset(off), importances=dict(importances), must=frozenset(must)
            )
            yield spell(document, canonical(document, selection))


def _never_twice(slug: str) -> Iterator[str]:
    """Yield queries of ever new selections: a fifth of the criteria off, a fifth with another
    importance.
    """
    from comparison.publishing import releases

    release = releases.current(slug)
    assert release
    criteria, chance = list(release.document.names.criteria), random.Random(3)
    while True:
        off = [c for c in criteria if chance.random() < 0.2]
        importances = [f"{c}:{chance.randrange(6)}" for c in criteria if chance.random() < 0.2]
        yield f"off={','.join(off)}&w={','.join(importances)}"


def _toggle(port: int, slug: str, budget: float) -> None:
    address = f"/{slug}/-/results/?"
    size = len(fetch(port, address + next(_readers(slug, 1)), "")[0])
    asked = {
        "bare": cycle(
            [request_bytes(f"/bare/{size}/?{query}") for query in islice(_readers(slug, 1), 500)]
        ),
        "asked before": cycle(
            [request_bytes(address + query) for query in islice(_readers(slug, 1), 500)]
        ),
        "five changes": (request_bytes(address + query) for query in _readers(slug, CHANGES)),
        "never twice": (request_bytes(address + query) for query in _never_twice(slug)),
    }
    for requests in asked.values():
        _throughput(port, requests, 5 * SECONDS)  # warm up
    rates: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(ROUNDS):
        for name in list(asked)[:: 1 if turn % 2 else -1]:
            rates[name].append(_throughput(port, asked[name], SECONDS))
    _line(f"bare view, {size} bytes, requests/s", rates["bare"], "", "{:.0f}")
    for name, words in (
        ("asked before", f"at least {budget}"),
        ("five changes", ""),
        ("never twice", ""),
    ):
        _line(f"toggle, {slug}, {name}, requests/s", rates[name], "", "{:.0f}")
        _line(
            "  / bare",
            [mine / bare for mine, bare in zip(rates[name], rates["bare"], strict=True)],
            words,
        )


def _throughput(port: int, requests: Iterator[bytes], seconds: float) -> float:
    """Return answers a second over a few connections, each with one request under way at a time."""
    connections = [socket.create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS)]
    waiting: dict[int, tuple[socket.socket, int, bytearray]] = {}
    poll = select.poll()
    for connection in connections:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        poll.register(connection, select.POLLIN)
        connection.sendall(next(requests))
        waiting[connection.fileno()] = (connection, -1, bytearray())
    answered, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        for number, _ in poll.poll(1000):
            connection, expected, got = waiting[number]
            got += connection.recv(262144)
            if expected < 0 and (end := got.find(b"\r\n\r\n")) >= 0:
                head = bytes(got[:end]).lower()
                if not head.startswith(b"http/1.1 200"):
                    raise RuntimeError(head.decode())
                position = head.index(b"content-length:")
                expected = (
                    end
                    + 4
                    + int(
                        head[
                            position + 15 : head.find(b"\r\n", position)
                            if head.find(b"\r\n", position) > 0
                            else None
                        ]
                    )
                )
            if 0 <= expected <= len(got):
                answered += 1
                connection.sendall(next(requests))
                expected, got = -1, bytearray()
            waiting[number] = (connection, expected, got)
    rate = answered / (time.perf_counter() - begun)
    for connection in connections:
        connection.close()
    return rate


if __name__ == "__main__":
    main()
