"""What an app on a telephone shows: the code of a key at some time."""

from binascii import unhexlify

from django_otp.oath import TOTP

STEP = 30  # seconds


def code_at(key: str, seconds: float) -> str:
    """Return the code of a key, as hexadecimal text, at a time."""
    totp = TOTP(unhexlify(key))
    totp.time = seconds
    return f"{totp.token():06}"
