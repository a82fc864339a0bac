"""content/ -> the first releases of a new site: what comes with it, and has never been there, is
imported and published.

What editors have written is left alone: where there is a draft or a release, under any address that
the comparison had, or was a draft that somebody deleted, its folder is passed over. Nothing here
keeps the site from starting: what cannot be taken is told, and the rest is served.
"""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from django.db.models import Q

from comparison.models import Comparison, FormerAddress, Release, history
from comparison.publishing import drafts, publish
from comparison.publishing.content_files.content_import import (
    BrokenContent,
    content_folders,
    import_document,
    read_folder,
)
from comparison.publishing.events import untold
from comparison.publishing.store import listing
from comparison.publishing.store.publication import publication

log = logging.getLogger(__name__)
EDITOR, NOTE = "the editors", "First release."


def first_releases(
    content: Path, say: Callable[[str], object], warn: Callable[[str], object]
) -> None:
    """Import and publish every folder of content that has never been there; say what was done, warn
    of what could not be.
    """
    try:
        folders = content_folders(content)
    except BrokenContent as broken:
        warn(f"No content was imported.\n{broken}")
        return
    for folder in folders:
        try:
            release = _first_release(folder, warn)
        except (BrokenContent, drafts.Unpublishable) as refused:
            warn(
                f"{folder} was not imported. Mend this, then start again; everything else "
                f"is served.\n{refused}"
            )
        except FileExistsError:
            continue  # an editor wrote a draft of that name at this very moment
        # whatever it is, readers of the other comparisons are not to wait for it
        except Exception as error:
            log.exception("%s could not be imported.", folder)
            warn(
                f"{folder} was not imported; everything else is served. "
                f"{type(error).__name__}: {error}"
            )
        else:
            if release:
                say(
                    f"{folder.name}: imported as a draft\n{folder.name}: release "
                    f"{release.number} is published"
                )


def _first_release(folder: Path, warn: Callable[[str], object]) -> Release | None:
    """Import and publish one folder, both or neither. None where it is passed over."""
    if _is_known([folder.name]):
        _tell_of_what_is_not_as_it_seems(folder, warn)
        return None
    document = read_folder(folder)
    with publication():
        if _is_known([document.slug, *document.names.former]):
            return None
        with untold():  # it is said by `first_releases`
            with history.doing(history.FILES):
                draft = import_document(document)
            return publish.publish(draft, EDITOR, NOTE)


def _is_known(slugs: Iterable[str]) -> bool:
    """Say whether there is, or ever was, a draft or a release at one of these addresses."""
    slugs = list(slugs)
    return (
        Comparison.objects.filter(slug__in=slugs).exists()
        or Release.objects.filter(slug__in=slugs).exists()
        or FormerAddress.objects.filter(Q(slug__in=slugs) | Q(successor__in=slugs)).exists()
        or history.lines_of(Comparison)
        .filter(history_type=history.DELETED, slug__in=slugs)
        .exists()
        or listing.is_known(slugs)
    )


def _tell_of_what_is_not_as_it_seems(folder: Path, warn: Callable[[str], object]) -> None:
    if listing.is_known([folder.name]) and not Release.objects.ever_of(folder.name).exists():
        warn(
            f"{folder.name} was published, and the database does not know it. It is shown as it "
            "was. See what differs: manage.py check_releases"
        )
    elif (
        Comparison.objects.filter(slug=folder.name, published_as="").exists()
        and not Release.objects.of(folder.name).exists()
    ):
        warn(
            f"{folder.name} has a draft that was never published, so readers do not see it. "
            f"Publish it in the admin, or with: manage.py publish {folder.name}"
        )
