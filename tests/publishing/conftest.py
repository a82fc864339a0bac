"""A folder of content."""

import pytest

from comparison.publishing.content_files.content_export import export_folder
from tests import worlds


@pytest.fixture
def folder(tmp_path):
    """The tiny world as a folder of content files."""
    return export_folder(worlds.tiny(), tmp_path)
