"""What the full world is made of: a quantity, a statement with its finding, a reference."""

from typing import Any


def point(spelling: str, low: float, unit: str, **more: Any) -> dict[str, Any]:
    """Return a quantity as it was printed."""
    return {"spelling": spelling, "low": low, "unit": unit, **more}


def stated(slug: str, place: str, source: str = "agency") -> dict[str, Any]:
    """Return what every statement of a source says of itself."""
    reference = {"title": "Release notes", "version": "5.2", "read_on": "2026-11-20"}
    judgement = {
        "finding": "unverifiable",
        "reason": "Nothing else says so.",
        "reference": reference,
    }
    return {"slug": slug, "source": source, "place": place, **judgement}


def release_notes() -> dict[str, Any]:
    """Return a reference that says all that one can say."""
    return {
        "title": "Release notes",
        "address": "https://docs.example.org/notes",
        "version": "5.2",
        "read_on": "2026-11-20",
    }
