"""Who has given their password and not yet their code: a signed note that travels with the form for
it. Until the code is right nobody is signed in, and nothing is kept.
"""

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.core import signing
from django.utils.crypto import constant_time_compare

from comparison.web.sign_in.second_factor import is_asked_on_signing_in

VALID = 900  # seconds: long enough to look for the telephone, or to set one up
SALT = "comparison.web.sign_in.half_way"


class HalfWay(Exception):
    """The password is right, and a code is asked for."""

    def __init__(self, user: Any) -> None:
        super().__init__()
        self.user = user


class SignInForm(AdminAuthenticationForm):
    """Django's own, which goes no further with who needs a code."""

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if is_asked_on_signing_in(user):
            raise HalfWay(user)


def note_of(user: Any) -> str:
    """Return the note of an account. It holds while its password does."""
    return signing.dumps({"account": user.pk, "proof": user.get_session_auth_hash()}, salt=SALT)


def account_of(note: str) -> Any:
    """Return the account of a note, or None where it is too old, altered, or holds no more."""
    try:
        told = signing.loads(note, salt=SALT, max_age=VALID)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=told["account"], is_active=True, is_staff=True).first()
    holds = user and constant_time_compare(user.get_session_auth_hash(), told["proof"])
    return user if holds else None
