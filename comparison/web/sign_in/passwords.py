"""Which passwords are refused, and what to do instead: short ones, numbers alone, what everybody
takes, and what is mostly a name that a guesser tries first.

Asks for no signs and capitals: a few words in a row are harder to guess, and easier to keep.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from comparison.models import Comparison

LEAST = 12  # characters
FEWEST_LETTERS, FEWEST_DIFFERENT = 4, 5
FEWEST_BESIDE_NAMES = 8  # letters and digits
SHORTEST_NAME = 4  # of a comparison or this site: "or" and "vs" are in every sentence
SHORTEST_OWN = 3  # of an account
OF_ACCOUNT = ("username", "first_name", "last_name", "email")


class Rules:
    """All of them, as Django asks for them wherever a password is chosen."""

    def __init__(self) -> None:
        self._common = frozenset(CommonPasswordValidator().passwords)

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError with everything that has to be different."""
        if faults := self._faults(password, user):
            raise ValidationError(faults)

    def get_help_text(self) -> str:
        return (
            f"At least {LEAST} characters. A few words in a row that have nothing to do with each "
            "other are good, and easy to keep in mind; blanks are welcome, signs and capitals "
            "not needed."
        )

    def _faults(self, password: str, user: Any) -> list[str]:
        faults = []
        if len(password) < LEAST:
            faults.append(
                f"Use at least {LEAST} characters: a few words in a row are easy to keep in mind."
            )
        if sum(sign.isalpha() for sign in password) < FEWEST_LETTERS:
            faults.append("Put words into it: numbers alone are soon guessed.")
        elif len(set(password)) < FEWEST_DIFFERENT:
            faults.append("Use more different characters: this one repeats a few.")
        elif self._is_common(password):
            faults.append("Choose another: this one, or its word, is on every guesser’s list.")
        elif names := mostly_names(password, user):
            faults.append(
                f"Add words that are no names: without {' and '.join(names)}, which a guesser "
                "tries first, too little is left."
            )
        return faults

    def _is_common(self, password: str) -> bool:
        """Return whether it, or what is left without numbers and signs at its ends, is one that
        many people have.
        """
        whole = password.casefold()
        core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", whole)
        return whole in self._common or core in self._common


def mostly_names(password: str, user: Any) -> list[str]:
    """Return the names that a password is mostly made of; empty where enough is left without."""
    rest, found = password.casefold(), []
    for name in sorted(_names(user), key=lambda name: (-len(name), name)):
        if name in rest:
            rest = rest.replace(name, " ")
            found.append(name)
    left = sum(sign.isalnum() for sign in rest)
    return found if left < FEWEST_BESIDE_NAMES else []


def _names(user: Any) -> set[str]:
    site = ["evenhand", urlsplit(settings.SITE_URL).hostname or ""]
    for slug, title in Comparison.objects.values_list("slug", "title"):
        site += [slug, title]
    own = [str(getattr(user, field, "") or "") for field in OF_ACCOUNT]
    return {
        word
        for texts, shortest in ((site, SHORTEST_NAME), (own, SHORTEST_OWN))
        for text in texts
        for word in re.findall(r"[^\W_]+", text.casefold())
        if len(word) >= shortest
    }
