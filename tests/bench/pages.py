"""Single requests: queries, calls, forms, sizes over the wire."""

import time
from itertools import islice

from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comparison.models import Comparison
from comparison.models.rows import Row
from tests.bench.lines import LARGE, print_line, times
from tests.bench.selections import never_twice
from tests.bench.server import fetch
from tests.steps import MOST_FUNCTIONS, MOST_MODULES, steps_of_a_toggle


def measure_queries() -> None:
    client = Client(HTTP_HOST="localhost")
    for path in ("/fastapi-vs-django/", f"/{LARGE}/", f"/{LARGE}/-/results/?off=criterion-1"):
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        print_line(f"queries, {path.partition('?')[0]}", [float(len(seen))], "at most 1", "{:.0f}")


def measure_steps() -> None:
    modules = steps_of_a_toggle()
    for name, count, most in (
        ("functions", sum(map(len, modules.values())), MOST_FUNCTIONS),
        ("modules", len(modules), MOST_MODULES),
    ):
        print_line(f"{name} that a toggle calls", [float(count)], f"at most {most}", "{:.0f}")


def measure_forms() -> None:
    """The form of one row of each kind of the large comparison, as an editor opens it."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.create_superuser("bench"))
    for kind in admin.site._registry:
        row = kind._default_manager.last() if issubclass(kind, Row | Comparison) else None
        if row is None:
            continue
        address = reverse(f"admin:comparison_{row._meta.model_name}_change", args=[row.pk])
        size = len(client.get(address).content)
        taken = times(lambda _: client.get(address), [{}] * 9)  # noqa: B023
        print_line(
            f"form, {row._meta.verbose_name}, {size / 1000:.0f} kB, ms",
            taken,
            "at most 300 ms, 150 kB",
            "{:.0f}",
        )


def measure_sizes(port: int) -> None:
    for slug, most in (("fastapi-vs-django", 80), (LARGE, 100)):
        _first_visit(port, slug, most)
    for slug in ("fastapi-vs-django", LARGE):
        toggle = fetch(port, f"/{slug}/-/results/?{next(never_twice(slug))}", "br")[0]
        print_line(
            f"toggle answer over the wire, {slug}, kB", [len(toggle) / 1000], "at most 12", "{:.1f}"
        )
        pictures, taken = [], []
        for query in islice(never_twice(slug), 9):
            begun = time.perf_counter()
            pictures.append(len(fetch(port, f"/{slug}/-/card.png?{query}", "")[0]) / 1000)
            taken.append(1000 * (time.perf_counter() - begun))
        print_line(f"preview picture, {slug}, ms", taken, "at most 150 ms", "{:.0f}")
        print_line(f"preview picture, {slug}, kB", pictures, "at most 80", "{:.1f}")


def _first_visit(port: int, slug: str, most: int) -> None:
    page, _ = fetch(port, f"/{slug}/", "br")
    html = fetch(port, f"/{slug}/", "")[0].decode()
    static = sorted({part.split('"')[0] for part in html.split('="/static/')[1:]})
    total, shown = len(page), [f"page {len(page)}"]
    fonts = [name for name in static if name.startswith("fonts/")]
    for name in [*fonts, *(name for name in static if name not in fonts)]:
        body, _ = fetch(port, f"/static/{name}", "br")
        total += len(body)
        shown.append(f"{name.split('.')[0].rpartition('/')[2]} {len(body)}")
    print_line(
        f"first visit over the wire, {slug}, kB",
        [total / 1000],
        f"at most {most} ({', '.join(shown)})",
        "{:.1f}",
    )
