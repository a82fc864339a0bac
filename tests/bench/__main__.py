"""`make bench`: the budgets, measured. Ratios within one run, medians with their spread; no figure
of one machine is a test.
"""

import os
import tempfile
import time
from pathlib import Path

from tests.bench.lines import LARGE, SMALL

SIZES = (SMALL, "fastapi-vs-django", LARGE)  # 2 × 25, 3 × 42, 30 × 120


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
        _import(Path(scratch) / "content", LARGE, 30, 120)
        _import(Path(scratch) / "content", SMALL, 2, 25)
        print(f"{'':52}{'median':>10}{'lowest':>10}{'highest':>10}   budget")
        _measure()


def _import(folder: Path, slug: str, options: int, criteria: int) -> None:
    """Put a generated comparison on the site the way an editor would: as files."""
    from django.core.management import call_command

    from comparison.core.document.schema import Document
    from comparison.publishing.content_files.content_export import export_folder
    from tests.worlds import large_tree

    tree = large_tree(options, criteria, claims_per_cell=5, slug=slug)
    export_folder(Document.model_validate(tree), folder)
    begun = time.perf_counter()
    call_command("import_content", str(folder / slug), verbosity=0)
    call_command("publish", slug, verbosity=0)
    print(
        f"{options} × {criteria} with five claims a cell: imported and published in "
        f"{time.perf_counter() - begun:.1f} s"
    )


def _measure() -> None:
    # what needs Django's settings, which are made above
    from tests.bench import browser, engine, kept, load, pages
    from tests.bench.server import Server

    with Server() as server:
        browser.measure_toggles(server.port)
        engine.measure_decide()
        engine.measure_diff()
        pages.measure_queries()
        pages.measure_steps()
        pages.measure_forms()
        pages.measure_sizes(server.port)
        load.measure_toggle(server.port, "fastapi-vs-django", asked_before=0.5, never=0.35)
        load.measure_toggle(server.port, LARGE, asked_before=0.4, never=0.15)
        load.measure_page(server.port, SMALL, never=0.25)
        load.measure_page(server.port, LARGE, never=0.1)
        kept.measure_pages(server.port)
    kept.measure_kept()
    load.measure_memory(SIZES, most=1.6)


if __name__ == "__main__":
    main()
