"""What a place that names a result has to say, held against the decision that programs are told for
the same selection.
"""

import re
from typing import Any

from tests.tools import Page, words_of

STRENGTHS = ("strong", "clear", "slight", "toss-up", "not enough evidence")
ALONE = {
    "only one verified": "only one known to have every must-have",
    "only one with scores": "only one with known scores",
    "only one with bounds": "only one with known bounds",
}
NOBODY = {
    "no-criteria": ("nothing", "no criterion"),
    "none-qualifies": ("no option",),
    "no-scores": ("no evidence", "no counted"),
}


def between(decision: dict[str, Any]) -> set[str]:
    """Return whom a toss-up is between: the leader, and the contenders or else the runner-up."""
    return {
        decision["margin"]["leader"],
        *(decision["confidence"]["contenders"][:3] or [decision["margin"]["rival"]]),
    }


def faults(words: str, decision: dict[str, Any], names: dict[str, str]) -> list[str]:
    """Return what is wrong with the words of a result. names: every option by slug, none a part of
    another.
    """
    sentence, label, leaders = words.casefold(), decision["label"], decision["leaders"]
    problems = []
    if not leaders:
        return (
            []
            if any(part in sentence for part in NOBODY[decision["state"]])
            else ["does not say that nobody leads"]
        )
    # where it depends, the bar at the foot counts the cases, and tells no single result
    counts_cases = sentence.startswith("it depends") and not re.search(
        r"\b(ahead|apart|equal)\b", sentence
    )
    if ALONE.get(label, label) not in sentence and not counts_cases:
        problems.append(f"lacks the label {label}")
    problems += [
        f"says {other}"
        for other in STRENGTHS
        if other != label and re.search(rf"(?<!\d )\b{other}\b", sentence)  # in no count of cases
    ]
    tossed = label == "toss-up"
    for slug in between(decision) if tossed else leaders:
        if not re.search(rf"\b{re.escape(names[slug])}\b", words):
            problems.append(f"does not name {slug}")
    if tossed and re.search(r"\b(leads?|ahead|first,)\b", sentence):
        problems.append("reads as if one were ahead")
    return problems


def results_in(html: str) -> list[tuple[str, str]]:
    """Return every result that a page names: the selection that it is of, as "?query" or
    "@release?query", and its words.

    Results that are named inside another one, such as what a change would lead to, are not among
    the words of that one.
    """
    named = [e for e in Page(html).elements if "data-result" in e]
    return [(_selection_of(e), words_of(spaced(_less(html, e, named)))) for e in named]


def _selection_of(element: dict[str, Any]) -> str:
    release = element.get("data-of-release")
    return f"{f'@{release}' if release else ''}?{element['data-result']}"


def without_results(html: str) -> str:
    """Return the words of a page's body that stand in no named result."""
    named = [e for e in Page(html).elements if "data-result" in e]
    whole = {"from": html.index("<body") if "<body" in html else 0, "to": len(html)}
    return words_of(spaced(_less(html, whole, named)))


def spaced(html: str) -> str:
    """Return HTML with a blank before every tag, so that the words of two elements stay apart."""
    return html.replace("<", " <")


def _less(html: str, element: dict[str, Any], others: list[dict[str, Any]]) -> str:
    kept, position = "", element["from"]
    for other in others:
        if position <= other["from"] and other["to"] <= element["to"] and other is not element:
            kept += html[position : other["from"]]
            position = other["to"]
    return kept + html[position : element["to"]]
