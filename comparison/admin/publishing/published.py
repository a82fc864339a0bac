"""Who may publish, and what is said once it is done."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from comparison.models import Release

MAY_PUBLISH = "comparison.publish_comparison"


def published_words(release: Release) -> SafeString:
    """Return what an editor is told of the release that was made just now."""
    return format_html(
        'Release {} is published: <a href="{}">look at it as readers do</a>.',
        release.number,
        release.get_absolute_url(),
    )
