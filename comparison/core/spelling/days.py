"""A day, a month or a year as people write it here, and what is wrong with one that is none or is
still to come.

The schema also takes what releases of former days hold (a number of seconds, a time at midnight, a
thirteenth month); no draft and no file may.
"""

import re
from datetime import date, timedelta

_DAY = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")
_PART = re.compile(r"[1-9][0-9]{3}(?:-(?:0[1-9]|1[0-2]))?")


def fault_of(day: str, today: date | None, *, partly: bool) -> str | None:
    """Return what is wrong with a day, or None. today: the last day that can have been; None = that
    is not judged.

    partly: a month, a year or "undated" will do.
    """
    day = day.strip() if partly else day
    if partly and day == "undated":
        return None
    if not (_is_day(day) or (partly and _PART.fullmatch(day))):
        forms = '2024-01-05, 2024-01, 2024 or "undated"' if partly else "2026-11-20"
        return f"{day.strip()[:40]} is not a date: write {forms}".lstrip()
    # one day more: it begins earlier elsewhere
    if today and day > (today + timedelta(days=1)).isoformat()[: len(day)]:
        return f"{day} is in the future: today is {today.isoformat()}"
    return None


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False  # such as the thirtieth of February
    return True
