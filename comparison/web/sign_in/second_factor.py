"""The second factor of an account: a code from a telephone, or one of the recovery codes. Who needs
one, whether one is right, and what is kept of it.

Knows no page. Each code is taken once: a later one, not more than half a minute off, or none.
"""

import secrets
from base64 import b32encode
from binascii import unhexlify
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from comparison.models.sign_in import RecoveryCodes, digest_of

OFF, PUBLISHING, EVERYBODY = WHO = ("off", "publishing", "everybody")
CODES, LETTERS = 10, 16  # recovery codes of an account, and letters of one: 79 bits
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
VALID = 3600  # seconds in which a key that is shown can be confirmed
NEW_KEY = "comparison.web.sign_in.new_key"


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that is shown to its owner, and kept nowhere until a code shows that it arrived."""

    text: str  # to be typed into an app, in groups of four
    link: str  # that an app reads from a picture
    signed: str  # the same for our own form, so that it comes back unaltered


# --- who ------------------------------------------------------------------------------------------


def key_of(user: Any) -> Any:
    """Return the key of an account, or None."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def is_set_up(user: Any) -> bool:
    return key_of(user) is not None


def is_verified(user: Any) -> bool:
    """Return whether somebody gave a code when they signed in, or since."""
    return getattr(user, "otp_device", None) is not None


def is_asked_on_signing_in(user: Any) -> bool:
    return settings.SECOND_FACTOR == EVERYBODY or is_set_up(user)


def is_asked_on_publishing(user: Any) -> bool:
    """Return whether somebody has to give a code before they publish, or do what is like it."""
    return settings.SECOND_FACTOR in (PUBLISHING, EVERYBODY) and not is_verified(user)


def demanded(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return a middleware by which nobody is signed in without a second factor, where everybody
    has to have one: sessions of before are asked for it, too.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR == EVERYBODY:
            user = request.user
            request.user = SimpleLazyObject(  # looked up only where somebody asks
                lambda: user if is_verified(user) else AnonymousUser()
            )  # type: ignore[assignment]
        return get_response(request)

    return answer


# --- codes ----------------------------------------------------------------------------------------


def accepted(user: Any, code: str) -> Any:
    """Return the device that takes a code, or None. Of two who send one code at once one is
    refused.
    """
    plain = "".join(code.split())
    kind = TOTPDevice if is_from_a_telephone(code) else RecoveryCodes
    with transaction.atomic():
        device = kind.objects.select_for_update().filter(user=user, confirmed=True).first()
        return device if device and device.verify_token(plain) else None


def is_from_a_telephone(code: str) -> bool:
    """Return whether a code looks like that, not like a recovery code."""
    plain = "".join(code.split())
    return plain.isascii() and plain.isdigit()


def is_recovery(device: Any) -> bool:
    return isinstance(device, RecoveryCodes)


def codes_left(user: Any) -> int:
    """Return how many recovery codes an account still has."""
    kept = RecoveryCodes.objects.filter(user=user).first()
    return len(kept.digests) if kept else 0


# --- setting up -----------------------------------------------------------------------------------


def new_key(user: Any, key: str = "") -> NewKey:
    """Return a key for an account. key: one that was shown already."""
    key = key or random_hex(20)
    text = b32encode(unhexlify(key)).decode()
    return NewKey(
        text=" ".join(text[at : at + 4] for at in range(0, len(text), 4)),
        link=TOTPDevice(user=user, key=key).config_url,
        signed=signing.dumps({"account": user.pk, "key": key}, salt=NEW_KEY),
    )


def key_in(signed: str, user: Any) -> str:
    """Return the key that was shown to an account; empty where it was to another, or long ago."""
    try:
        shown = signing.loads(signed, salt=NEW_KEY, max_age=VALID)
    except signing.BadSignature:
        return ""
    return str(shown["key"]) if shown["account"] == user.pk else ""


def set_up(user: Any, key: str, code: str) -> Any:
    """Return the device of a key, from now on the account's one, or None where the code is not of
    it.
    """
    with transaction.atomic():
        device = TOTPDevice.objects.create(user=user, key=key, name="telephone")
        if not is_from_a_telephone(code) or not device.verify_token("".join(code.split())):
            transaction.set_rollback(True)
            return None
        TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    return device


def new_codes(user: Any) -> tuple[str, ...]:
    """Return new recovery codes, to be shown once; those of before are none any more."""
    codes = tuple(_code() for _ in range(CODES))
    digests = [digest_of(code) for code in codes]
    RecoveryCodes.objects.update_or_create(
        user=user, defaults={"digests": digests, "name": "recovery codes"}
    )
    return codes


def remove(user: Any) -> bool:
    """Take the second factor away from an account; return whether it had one."""
    with transaction.atomic():
        removed, _ = TOTPDevice.objects.filter(user=user).delete()
        RecoveryCodes.objects.filter(user=user).delete()
    return bool(removed)


def _code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
    return "-".join(letters[at : at + 4] for at in range(0, LETTERS, 4))
