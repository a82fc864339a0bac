"""A large comparison, published where a test's server looks for it."""

import tempfile
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from comparison.core.document.schema import Document  # noqa: E402
from comparison.publishing.content_files.content_export import export_folder  # noqa: E402
from tests.worlds import large_tree  # noqa: E402

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        tree = large_tree(30, 120, claims_per_cell=5, slug="large")
        export_folder(Document.model_validate(tree), Path(folder))
        call_command("import_content", str(Path(folder) / "large"), verbosity=0)
        call_command("publish", "large", verbosity=0)
