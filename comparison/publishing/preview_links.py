"""Links by which people without an account see one draft, for a day: `preview-` and a signed text,
in the place where an address names its release.

A link names the comparison, who made it, and the release that was the newest then: it ends after 24
hours, with the next release, where the comparison, or what the draft says, is withheld, and when
whoever made it may no longer change drafts. Nothing of it is kept. Refuses to say what somebody
sees.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, TimestampSigner, b62_decode
from django.utils import timezone

from comparison.models import Comparison
from comparison.models.accounts import confinement_of
from comparison.publishing import releases
from comparison.publishing.draft.kept_drafts import kept_draft
from comparison.publishing.events import tell
from comparison.publishing.publish import why_withheld

PREFIX = "preview-"
LASTS = timedelta(hours=24)
MAY_MAKE = "comparison.change_comparison"
_SIGNER = TimestampSigner(salt="comparison.preview", sep="~")
_VALUE = re.compile(r"(\d{1,18})\.(\d{1,18})\.(\d{1,18})", re.ASCII)


class PreviewOver(Exception):
    """A link shows nothing any more, or never did. The message says why."""

    def __init__(self, slug: str, words: str, *, was_one: bool) -> None:
        super().__init__(words)
        self.slug = slug  # of the comparison, as the address has it
        self.was_one = was_one  # it was a link once; else it is mangled


@dataclass(frozen=True, slots=True)
class Preview:
    """What a link shows."""

    comparison: Comparison
    until: datetime


def is_preview(named: str | None) -> bool:
    """Return whether an address names, in the place of its release, a link of this kind: in
    capitals, too, which opens nothing.
    """
    return named is not None and named[: len(PREFIX)].lower() == PREFIX


def preview_link(comparison: Comparison, user: Any) -> tuple[str, datetime]:
    """Return what an address names to show a draft to whoever has it, and until when. The log says
    who made it, and not what it is.
    """
    until = timezone.now() + LASTS
    value = f"{comparison.pk}.{user.pk}.{_newest(comparison)}"
    tell("preview link", comparison=comparison.slug, user=user.get_username())
    return PREFIX + _SIGNER.sign(value), until


def why_not_shown(comparison: Comparison) -> str:
    """Return why nobody without an account is shown a draft; nothing where that may be."""
    address = comparison.address
    if releases.current(address) is None and releases.why_all_withheld(address):
        return "The comparison is withheld for legal reasons."
    shown = kept_draft(comparison).shown
    if shown is not None and why_withheld(shown.document):
        return "The draft says what is withheld for legal reasons."
    return ""


def opened(named: str, slug: str) -> Preview:
    """Return what a link shows at a comparison's address. Raises PreviewOver where it is nothing
    any more, or nothing of this comparison.
    """
    mangled = PreviewOver(
        slug, "The link is not whole: ask for it again, and open all of it.", was_one=False
    )
    try:
        signed = named.removeprefix(PREFIX)
        value = _SIGNER.unsign(signed)
    except BadSignature:
        raise mangled from None
    ids = _VALUE.fullmatch(value)
    comparison = Comparison.objects.filter(pk=int(ids[1])).first() if ids else None
    if ids is None or comparison is None or slug not in (comparison.slug, comparison.address):
        raise mangled
    until = _made_at(signed) + LASTS
    if until <= timezone.now():
        raise PreviewOver(slug, "The link lasted for 24 hours, and they are over.", was_one=True)
    if why := why_not_shown(comparison):
        raise PreviewOver(slug, why, was_one=True)
    if _newest(comparison) != int(ids[3]):
        words = "What readers see has changed since the link was made, which ended with that."
        raise PreviewOver(slug, words, was_one=True)
    maker = get_user_model().objects.filter(pk=int(ids[2]), is_active=True, is_staff=True).first()
    if maker is None or not _may_change(maker, comparison):
        raise PreviewOver(slug, "Whoever made the link edits here no longer.", was_one=True)
    return Preview(comparison, until)


def _may_change(user: Any, comparison: Comparison) -> bool:
    confinement = confinement_of(user)
    is_within = confinement is None or confinement.comparisons.filter(pk=comparison.pk).exists()
    return is_within and user.has_perm(MAY_MAKE)


def _newest(comparison: Comparison) -> int:
    newest = releases.current(comparison.address)
    return newest.number if newest else 0


def _made_at(signed: str) -> datetime:
    """Return when a link was made that is signed rightly."""
    stamp = signed.rsplit("~", 2)[1]
    return datetime.fromtimestamp(b62_decode(stamp), tz=timezone.get_default_timezone())
