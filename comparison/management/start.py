"""What keeps the site from starting, whoever starts it: nothing is served less safely than it was
asked for.
"""

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured


def refuse_to_start() -> None:
    """Raise ImproperlyConfigured with one line where it would be unsafe."""
    faults = [fault for fault in run_checks(tags=["evenhand"]) if fault.is_serious()]
    if faults:
        raise ImproperlyConfigured(" ".join(f"{fault.msg} {fault.hint}" for fault in faults))
