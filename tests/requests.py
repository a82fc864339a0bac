"""A request of a comparison as its views make it, without any HTTP."""

from django.utils import timezone

from comparison.core.document.schema import Document
from comparison.publishing import publish, releases
from comparison.publishing.store import release_file
from comparison.web.comparison_request import ComparisonRequest
from tests import worlds


def requested(tree=None, query="", number=7):
    """Return the request of a query on a tree's release."""
    document = Document.model_validate(tree or worlds.tiny_tree())
    digest = release_file.digest_of(publish.to_json(document))
    release = releases.Published(
        document.slug, number, document, {}, digest, "eve", "", timezone.now()
    )
    return ComparisonRequest(
        document.slug,
        number,
        digest,
        number,
        query,
        "https://evenhand.example",
        None,
        release=release,
    )
