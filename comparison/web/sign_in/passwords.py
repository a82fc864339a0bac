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
# letters in a row, as they stand in the alphabet and under the fingers
ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm")
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
        elif fault := self._fault_of_words(password, user):
            faults.append(fault)
        return faults

    def _fault_of_words(self, password: str, user: Any) -> str:
        rest, names = without_names(password, user)
        if names and not _is_enough(rest):
            return (
                f"Add words that are no names: without {' and '.join(names)}, which a guesser "
                "tries first, too little is left."
            )
        if any(map(self._is_common, (password.casefold(), rest))):
            return "Choose another: this one, or its word, is on every guesser’s list."
        return ""

    def _is_common(self, text: str) -> bool:
        """Return whether a text, or what is left without numbers and signs at its ends, is one that
        many people have, or a row of letters; once or several times.
        """
        core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)
        words = set(re.findall(r"[^\W\d_]+", text))
        forms = {text, core} | (words if len(words) == 1 else set())
        once = forms | {_once(form) for form in forms}
        return not once.isdisjoint(self._common) or any(_is_row(form) for form in once)


def without_names(password: str, user: Any) -> tuple[str, list[str]]:
    """Return what is left of a password without the names that a guesser tries first, and these."""
    rest, found = password.casefold(), []
    for name in sorted(_names(user), key=lambda name: (-len(name), name)):
        if name in rest:
            rest = rest.replace(name, " ")
            found.append(name)
    return rest, found


def _is_enough(rest: str) -> bool:
    """Return whether what is left beside names makes a password: more than a row of numbers."""
    letters = sum(sign.isalpha() for sign in rest)
    return letters >= FEWEST_LETTERS and sum(map(str.isalnum, rest)) >= FEWEST_BESIDE_NAMES


def _once(text: str) -> str:
    """Return what a text repeats; all of it where it repeats nothing."""
    return text[: (text + text).find(text, 1)]


def _is_row(text: str) -> bool:
    return len(text) >= FEWEST_LETTERS and any(text in row or text[::-1] in row for row in ROWS)


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
