"""The draft of a new comparison, from whatever it begins: a table, a copy, or what an editor types
first. All or nothing.

Never publishes, and never touches a draft that is there already.
"""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from comparison.core.document.shape import RESERVED_SLUGS
from comparison.core.document.slugs import HOW_TO_WRITE, is_slug
from comparison.models import Comparison, FormerAddress, Release
from comparison.publishing.draft.draft_writing import write_tree


class AddressRefused(Exception):
    """A slug that no new comparison can have. The message says why, and what to do."""


def create_draft(tree: Mapping[str, Any]) -> Comparison:
    """Write a tree as the draft of a new comparison and return it. Raises AddressRefused where its
    slug cannot be had; the database is then as it was.
    """
    slug = tree["slug"]
    with transaction.atomic():
        if reason := why_not_to_be_had(slug):
            raise AddressRefused(reason)
        try:
            with transaction.atomic():
                comparison: Comparison = Comparison.objects.create(slug=slug)
        except IntegrityError as error:  # whoever made it just now, too
            words = f'There is a comparison "{slug}" already: choose another slug'
            raise AddressRefused(words) from error
        write_tree(comparison, dict(tree))
    return comparison


def why_not_to_be_had(slug: str) -> str:
    """Return why no new comparison can have a slug and what to do, or nothing; that of another
    draft is left to the database.
    """
    if not is_slug(slug):
        return f'"{slug}" is no address: {HOW_TO_WRITE}'
    reason = ""
    if slug in RESERVED_SLUGS:
        reason = f'"{slug}" is kept for the site itself'
    elif former := FormerAddress.objects.filter(slug=slug).first():
        reason = f'"{slug}" was an address of "{former.successor}", and links to it lead there'
    elif Release.objects.of(slug).exists() and not Comparison.objects.filter(slug=slug).exists():
        reason = f'Readers know another comparison by "{slug}"'
    return reason and f"{reason}: choose another slug"
