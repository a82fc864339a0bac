"""What signing in keeps beside Django's accounts and the keys of django-otp: recovery codes, and
the first administrator's link, as digests alone. What they are digests of is long and random:
nobody finds it by trying.
"""

import hashlib

from django.db import models
from django_otp.models import Device


def digest_of(secret: str) -> str:
    """Return the digest of a code or link, however it was spelled: in capitals, with blanks."""
    letters = "".join(sign for sign in secret.casefold() if sign.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()


class RecoveryCodes(Device):  # type: ignore[misc]  # django-otp has no types
    """What lets an account in that lost its second factor: each code once."""

    digests = models.JSONField(default=list)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user"], name="recovery_codes_once")]

    def verify_token(self, token: str) -> bool:
        """Return whether a code is one of them; it is none any more then. The caller holds the
        row.
        """
        digest = digest_of(token)
        if digest not in self.digests:
            return False
        self.digests = [other for other in self.digests if other != digest]
        self.save(update_fields=["digests"])
        return True


class FirstLink(models.Model):
    """A link by which the first administrator chooses name and password."""

    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"until {self.until:%Y-%m-%d %H:%M}"
