"""What editors and sources write is never markup, wherever it is shown."""

import pytest

from comparison.publishing import publish as publishing
from tests import worlds
from tests.pages.evidence.evidence_pages import (
    PAGES,
    full,
)
from tests.tools import PAYLOAD, html, words_of

pytestmark = pytest.mark.django_db


def hostile(value):
    """Return a tree in which every text that a reader may be shown carries a script."""
    match value:
        case dict():
            spared = {
                "slug",
                "read_on",
                "changed_on",
                "published",
                "as_of",
                "date",
                "address",
                "version",
                "unit",
                "path",
                "currency",
            }
            return {
                key: item if key in spared or key in ENUMS else hostile(item)
                for key, item in value.items()
            }
        case list():
            return [hostile(item) for item in value]
        case str() if " " in value or value.istitle():
            return f"{value} {PAYLOAD}"
    return value


ENUMS = {
    "publisher_kind", "kind", "form", "modality", "strength", "finding", "topic", "metric",
    "statistic", "period", "support",
    "direction", "option", "options", "criterion", "use_case", "source", "component",
    "components", "workload", "subject",
    "filed_under", "question", "questions", "group", "must", "start", "target", "importances",
    "figures", "points", "popularity",
    "default_use_case", "origin",
}  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_what_editors_and_sources_write_is_never_markup(path):
    tree = full("other")
    for noun in (
        "costs",
        "migrations",
        "stories",
        "popularity",
        "points",
        "hybrids",
        "answered_questions",
        "sources",
        "samples",
    ):
        tree[noun] = hostile(tree[noun])
    tree["questions"] = [
        question
        | {
            "text": question["text"] + PAYLOAD,
            "answers": [a | {"text": a["text"] + PAYLOAD} for a in question["answers"]],
        }
        for question in tree["questions"]
    ]
    tree["options"] = [
        option | {"name": f"{option['name']} {PAYLOAD}"} for option in tree["options"]
    ]
    tree["criteria"] = [
        criterion | {"name": f"{criterion['name']} {PAYLOAD}"} for criterion in tree["criteria"]
    ]
    publishing.publish(worlds.draft(tree), "eve", "Now.")
    page = html(f"/other/{path}")
    assert "<script>alert" not in page
    assert "alert(1)" in words_of(page) or path == "search/"
