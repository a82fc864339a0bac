"""What a place that names a result has to say, held against the decision that programs are told for the same selection."""

import re
from typing import Any

from tests.test_views import Page, words_of

STRENGTHS = ("strong", "clear", "slight", "toss-up", "not enough evidence")
ALONE = {
    "only one verified": "only one known to have every must-have",
    "only one with scores": "only one with known scores",
}
NOBODY = {
    "no-criteria": ("nothing", "no criterion"),
    "none-qualifies": ("no option",),
    "no-scores": ("no evidence", "no counted"),
}


def between(verdict: dict[str, Any]) -> set[str]:
    """Return whom a toss-up is between: the leader, and the contenders or else the runner-up."""
    return {verdict["margin"]["leader"], *(verdict["confidence"]["contenders"][:3] or [verdict["margin"]["rival"]])}


def faults(words: str, verdict: dict[str, Any], names: dict[str, str]) -> list[str]:
    """Return what is wrong with the words of a result. names: every option by slug, none a part of another."""
    said, label, leaders = words.casefold(), verdict["label"], verdict["leaders"]
    found = []
    if not leaders:
        return [] if any(part in said for part in NOBODY[verdict["state"]]) else ["does not say that nobody leads"]
    if ALONE.get(label, label) not in said:
        found.append(f"lacks the label {label}")
    found += [f"says {other}" for other in STRENGTHS if other != label and re.search(rf"\b{other}\b", said)]
    tossed = label == "toss-up"
    for slug in between(verdict) if tossed else leaders:
        if not re.search(rf"\b{re.escape(names[slug])}\b", words):
            found.append(f"does not name {slug}")
    if tossed and re.search(r"\b(leads?|ahead|first,)\b", said):
        found.append("reads as if one were ahead")
    return found


def results_in(html: str) -> list[tuple[str, str]]:
    """Return every result that a page names: the selection that it is of, as "?query" or "@release?query", and its words."""
    page = Page(html)
    return [(e["data-result"], words_of(html[e["from"] : e["to"]])) for e in page.elements if "data-result" in e]
