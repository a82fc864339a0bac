"""Publish comparisons that are hard to lay out: many options, and names that are long, of one word,
or of other scripts.

Run as a program by the tests of the layout, on a folder of its own.
"""

from typing import Any

import django

django.setup()

from comparison.models import Comparison  # noqa: E402  (models need Django first)
from tests import worlds  # noqa: E402

LONG_NUMBER = "12,345,678,901"
EIGHTY_LETTERS = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
NAMES = {
    "Swift": "StreamingHttpResponse",
    "Whole": "Donaudampfschifffahrtsgesellschaftskapitän",
    "Both together": "東京証券取引所 مقارنة 🦄 Ελλάδα",
}
CRITERIA = {
    "Throughput": "asynchronous_context_manager_support_everywhere",
    "Rate limits": "مقارنة الأدوات البرمجية المختلفة",
    "Learning curve": "日本語で書かれたとても長い基準の名前",
}


USE_CASES = {
    "A first product": EIGHTY_LETTERS,
    "Live dashboards": "🦄 مقارنة الأدوات البرمجية",
}


def long_names() -> dict[str, Any]:
    """Return the world with every noun, its options, criteria and use cases renamed."""
    tree = worlds.full_tree()
    tree |= {
        "slug": "long-names",
        "renamed": [],
        "title": "StreamingHttpResponse or Donaudampfschifffahrtsgesellschaftskapitän?",
    }
    renamed = {"options": NAMES, "criteria": CRITERIA, "use_cases": USE_CASES}
    for rows, names in ((tree[noun], names) for noun, names in renamed.items()):
        for row in rows:
            row["name"] = names.get(row["name"], row["name"])
    for criterion in tree["criteria"]:
        for cell in criterion["cells"].values():
            if cell.get("applies", True):
                cell["text"] = f"StreamingHttpResponse; {LONG_NUMBER} requests"
    for run in tree["runs"]:
        for figure in run["figures"]:
            if figure["quantity"]["spelling"] == "2,500":
                figure["quantity"] |= {
                    "spelling": LONG_NUMBER,
                    "low": int(LONG_NUMBER.replace(",", "")),
                }
    tree["options"].append(
        {
            "slug": "dan",
            "name": f"Ein ganz gewöhnlicher Name mit vielen Wörtern 🦄 und {EIGHTY_LETTERS}",
            "line": "The fourth.",
        }
    )
    return tree


def main() -> None:
    """Publish them all, one of them twice; it has a changed draft, another draft is unfinished."""
    for options, criteria, slug in ((30, 120, "many-options"), (5, 8, "five-options")):
        worlds.publish(worlds.large_tree(options, criteria, slug=slug, claims_per_cell=1))
    tree = long_names()
    worlds.publish(tree)
    worlds.publish(tree | {"summary": "The same, in other words."})
    worlds.draft(tree | {"question": f"Which of {' and '.join(NAMES.values())}?"})
    Comparison.objects.create(slug="unfinished", title="Unfinished")


if __name__ == "__main__":
    main()
