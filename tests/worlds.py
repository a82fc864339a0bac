"""Small worlds for tests: three options and three criteria, one with every noun, and generated ones
of any size.
"""

import copy
import random
from functools import cache
from typing import Any

from django.conf import settings

from comparison.core.document.schema import Document
from comparison.models import Comparison, Release
from comparison.publishing import publish as publishing
from comparison.publishing.content_import import read_folder
from comparison.publishing.draft_rows import write_tree

# Scores:       speed  ease  cost      Overall at importance 3 each: Ada 7, Bob 5, Cyd 6
#   Ada           9      8     4
#   Bob           3      6     6
#   Cyd           6      6     6
TINY: dict[str, Any] = {
    "slug": "tiny",
    "title": "Ada, Bob or Cyd?",
    "topic": "Imaginary tools",
    "question": "Which of three imaginary tools?",
    "summary": "Ada is fast, Bob is cheap, Cyd is even.",
    "licence": "CC BY 4.0",
    "prose": {"matrix": "Scores of **imaginary** tools."},
    "options": [
        {"slug": "ada", "name": "Ada", "line": "The fast one."},
        {"slug": "bob", "name": "Bob", "line": "The cheap one."},
        {"slug": "cyd", "name": "Cyd", "line": "The even one."},
    ],
    "components": [{"slug": "addon", "name": "Add-on"}],
    "groups": [{"slug": "use", "name": "In use"}, {"slug": "money", "name": "Money"}],
    "criteria": [
        {
            "slug": slug,
            "name": slug.capitalize(),
            "group": group,
            "question": f"How much {slug}?",
            "why": "It matters to some.",
            "scale_low": "none",
            "scale_high": "all one could want",
            **extra,
            "cells": {
                option: {"text": f"{slug} of {option}", "score": score, "note": "Measured by eye."}
                for option, score in zip(("ada", "bob", "cyd"), scores, strict=True)
            },
        }
        for slug, group, scores, extra in (
            ("speed", "use", (9, 3, 6), {"must": {"name": "Speed included", "minimum": 5}}),
            ("ease", "use", (8, 6, 6), {}),
            ("cost", "money", (4, 6, 6), {"must": {"name": "Cost included", "minimum": 5}}),
        )
    ],
    "use_cases": [
        {
            "slug": "race",
            "name": "A race",
            "situation": "a race",
            "description": "Only speed counts.",
            "otherwise": 1,
            "importances": {"speed": 5},
            "must": ["speed"],
        },
        {
            "slug": "thrift",
            "name": "Thrift",
            "situation": "a small purse",
            "description": "Only cost counts.",
            "otherwise": 0,
            "importances": {"cost": 5},
        },
    ],
    "sources": [
        {
            "slug": slug,
            "title": f"What {slug} thinks",
            "publisher": slug.capitalize(),
            "publisher_kind": "practitioner",
            "interest": "None stated",
            "published": "2024",
            "read_on": "2026-11-20",
            "claims": [
                {
                    "slug": "speed-ada",
                    "option": "ada",
                    "criterion": "speed",
                    "statement": f"{slug} says that Ada is quick.",
                    "score": score,
                    "place": "Line 1",
                    "form": "prose",
                }
            ],
            "advice": [
                {
                    "slug": "race",
                    "use_case": "race",
                    "choices": [{"option": "ada"}, {"option": "bob", "components": ["addon"]}],
                    "statement": "Take Ada.",
                    "place": "Line 2",
                }
            ],
        }
        for slug, score in (("first", 9), ("second", 5))
    ],
    "workloads": [{"slug": "walk", "name": "A walk", "description": "Once around the block."}],
    "runs": [
        {
            "slug": "first-walk",
            "source": "first",
            "workload": "walk",
            "name": "The walk",
            "figures": [
                {
                    "slug": option,
                    "option": option,
                    "metric": "throughput",
                    "statistic": "mean",
                    "quantity": {"spelling": f"{low:,}", "low": low, "unit": "requests/s"},
                    "place": "Line 3",
                }
                for option, low in (("ada", 2000), ("bob", 1000))
            ],
        }
    ],
    "questions": [
        {
            "slug": "hurry",
            "text": "Are you in a hurry?",
            "answers": [
                {"slug": "yes", "text": "Yes", "options": ["ada"], "reason": "It is quick."},
                {"slug": "no", "text": "No", "options": ["bob"], "reason": "It is cheap."},
            ],
        }
    ],
}


def tiny_tree(**changes: Any) -> dict[str, Any]:
    """Return a fresh copy of the tiny world as a tree, with top-level fields changed."""
    return copy.deepcopy(TINY) | changes


def tiny(**changes: Any) -> Document:
    """Return the tiny world as a document."""
    return Document.model_validate(tiny_tree(**changes))


def gappy_tree(**changes: Any) -> dict[str, Any]:
    """Return the tiny world with gaps: nothing is known of Bob, nor what Ada costs and how fast Cyd
    is.
    """
    tree = tiny_tree(**({"slug": "gappy"} | changes))
    for criterion, option in (
        ("speed", "bob"),
        ("ease", "bob"),
        ("cost", "bob"),
        ("cost", "ada"),
        ("speed", "cyd"),
    ):
        (row,) = [row for row in tree["criteria"] if row["slug"] == criterion]
        row["cells"].pop(option)
    return tree


def draft(tree: dict[str, Any] | None = None) -> Comparison:
    """Return a comparison whose draft rows hold the tree."""
    tree = tree or tiny_tree()
    comparison = Comparison.objects.create(slug=tree["slug"])
    write_tree(comparison, tree)
    return comparison


def _point(spelling: str, low: float, unit: str, **more: Any) -> dict[str, Any]:
    return {"spelling": spelling, "low": low, "unit": unit, **more}


def _stated(slug: str, place: str, source: str = "agency") -> dict[str, Any]:
    reference = {"title": "Release notes", "version": "5.2", "read_on": "2026-11-20"}
    found = {"finding": "unverifiable", "reason": "Nothing else says so.", "reference": reference}
    return {"slug": slug, "source": source, "place": place, **found}


def full_tree(**changes: Any) -> dict[str, Any]:
    """Return a tree that uses every noun of the schema and every awkward case of `data-model.md`,
    none at its default.

    The numbers in the comments are those of its last section. Sources and prose stand in the order
    of their files' names.
    """
    reference = {
        "title": "Release notes",
        "address": "https://docs.example.org/notes",
        "version": "5.2",
        "read_on": "2026-11-20",
    }
    return {
        "slug": "full",
        "title": "Swift, Whole or both?",
        "topic": "Imaginary frameworks",
        "question": "Which one, and when both?",
        "summary": "Swift is fast, Whole has everything; some take both.",
        "licence": "CC BY 4.0",
        "default_use_case": "first-product",
        "neutral": 5.5,
        "renamed": [
            {"kind": "criterion", "old": "requests-a-second", "new": "throughput"},
            {"kind": "option", "old": "entire", "new": "whole"},
            {"kind": "source", "old": "the-agency", "new": "agency"},
            {"kind": "use-case", "old": "start", "new": "first-product"},
            {"kind": "use-case", "old": "very-start", "new": "start"},
            {"kind": "comparison", "old": "swift-or-whole", "new": changes.get("slug", "full")},
        ],
        "prose": {
            "figures": "Nothing here was measured by **us**.",
            "matrix": "Read *across*.\n\n- one\n- two",
        },
        "options": [
            {"slug": "swift", "name": "Swift", "line": "Small and fast."},
            {"slug": "whole", "name": "Whole", "line": "Everything in one box."},
            {  # 4: both together is an option with roles
                "slug": "both",
                "name": "Both together",
                "line": "Whole for users and admin, Swift for inference.",
                "parts": [
                    {"option": "whole", "role": "users and admin"},
                    {"option": "swift", "role": "inference"},
                ],
            },
        ],
        "components": [
            {
                "slug": "whole-orm",
                "name": "Whole ORM",
                "line": "Its database layer.",
                "option": "whole",
            },
            {"slug": "whole-rest", "name": "WRF", "option": "whole"},
            {"slug": "auth0", "name": "Auth0"},
            {"slug": "ratelimit", "name": "whole-ratelimit"},
        ],
        "groups": [{"slug": "speed", "name": "Speed"}, {"slug": "included", "name": "Included"}],
        "criteria": [
            {
                "slug": "throughput",
                "name": "Throughput",
                "group": "speed",
                "question": "How many requests a second?",
                "why": "Machines cost money.",
                "kind": "quantity",
                "importance": 4,
                "shelf_life_days": 180,
                "scale_low": "as slow as none",
                "scale_high": "as fast as any",
                "unit": "requests/s",
                "direction": "higher-is-better",
                "anchor_low": 0,
                "anchor_high": 5000,
                "cells": {
                    "swift": {
                        "text": "About 3,000",
                        "quantity": _point("3,000", 3000, "requests/s"),
                        "note": "One machine.",
                    },
                    "both": {"text": "Does not apply: two services", "applies": False},
                },
            },
            {
                "slug": "rate-limits",
                "name": "Rate limits",
                "group": "included",
                "question": "Are they built in?",
                "why": "Strangers knock.",
                "kind": "support",
                "scale_low": "no",
                "scale_high": "yes",
                "must": {"name": "Rate limits included", "minimum": 5},
                "cells": {
                    "swift": {"text": "By an add-on", "support": "partly"},
                    "whole": {
                        "text": "Not in the box",
                        "support": "no",
                        "changed_on": "2026-11-21",
                        "checked": {**reference, "text": "There is no such setting."},
                    },
                },
            },
            {
                "slug": "learning-curve",
                "name": "Learning curve",
                "group": "included",
                "question": "How soon is a newcomer productive?",
                "why": "People change.",
                "importance": 2,
                "scale_low": "months",
                "scale_high": "a day",
                "cells": {
                    "swift": {"text": "Short for an API", "score": 8, "note": "Type hints help."},
                    "whole": {
                        "text": "Long, then even",
                        "score": 6.5,
                        "note": "Much to learn first.",
                    },
                },
            },
        ],
        "use_cases": [
            {
                "slug": "first-product",
                "name": "A first product",
                "situation": "a first product",
                "description": "Few people, many features.",
                "otherwise": 1,
                "importances": {"learning-curve": 5, "throughput": 0},
            },
            {
                "slug": "live-dashboards",
                "name": "Live dashboards",
                "situation": "live dashboards",
                "description": "Numbers that move.",
                "importances": {"throughput": 5},
                "must": ["rate-limits"],
            },
        ],
        "sources": [
            {
                "slug": "agency",
                "title": "Swift vs Whole",
                "publisher": "An agency",
                "publisher_kind": "agency",
                "interest": "Sells both",
                "published": "2024-05",
                "read_on": "2026-11-20",
                "address": "https://agency.example/swift-vs-whole",
                "measured": True,
                "origin": "one-house",
                "note": "Copies the vendor's table.",
                "claims": [
                    {  # 5: one source, one cell, three strengths
                        "slug": "rps-possible",
                        "option": "swift",
                        "criterion": "throughput",
                        "statement": "3,000+ requests a second are possible.",
                        "quantity": {
                            "spelling": "3,000+",
                            "form": "at-least",
                            "low": 3000,
                            "unit": "requests/s",
                            "open_ended": True,
                        },
                        "place": "Table 1, row 2",
                        "form": "table",
                        "modality": "possible",
                    },
                    {
                        "slug": "rps-often",
                        "option": "swift",
                        "criterion": "throughput",
                        "statement": "It is often over 3,000.",
                        "quantity": {
                            "spelling": "over 3,000",
                            "form": "at-least",
                            "low": 3000,
                            "unit": "requests/s",
                        },
                        "place": "Paragraph 4",
                        "form": "prose",
                        "modality": "often",
                    },
                    {
                        "slug": "rps-thousands",
                        "option": "swift",
                        "criterion": "throughput",
                        "statement": "Thousands.",
                        "quantity": {"spelling": "thousands", "form": "verbal"},
                        "place": "List 2",
                        "form": "list",
                        "modality": "typical",
                    },
                    {  # 6: open, approximate, verbal
                        "slug": "rps-both",
                        "option": "both",
                        "criterion": "throughput",
                        "statement": "50,000 to 100,000 and more.",
                        "quantity": {
                            "spelling": "50,000-100,000+",
                            "form": "range",
                            "low": 50000,
                            "high": 100000,
                            "unit": "requests/s",
                            "open_ended": True,
                        },
                        "place": "Table 1, row 3",
                        "form": "table",
                    },
                    {
                        "slug": "rps-whole",
                        "option": "whole",
                        "criterion": "throughput",
                        "statement": "A few hundred to a couple of thousand.",
                        "quantity": {
                            "spelling": "a few hundred to a couple of thousand",
                            "form": "at-most",
                            "high": 2000,
                            "unit": "requests/s",
                            "approximate": True,
                        },
                        "place": "Paragraph 5",
                        "form": "prose",
                    },
                    {  # 11: it depends on the audience
                        "slug": "learning-juniors",
                        "option": "whole",
                        "criterion": "learning-curve",
                        "statement": "Juniors find everything in one place.",
                        "score": 7,
                        "place": "Paragraph 9",
                        "form": "prose",
                        "audience": "juniors",
                        "finding": "opinion",
                    },
                    {
                        "slug": "learning-api-only",
                        "option": "whole",
                        "criterion": "learning-curve",
                        "statement": "For an API alone there is too much to learn.",
                        "score": 3,
                        "place": "Paragraph 10",
                        "form": "prose",
                        "audience": "API only",
                        "finding": "unverifiable",
                    },
                    {  # 13: a value that contradicts itself; kept, and flagged
                        "slug": "built-in-with-add-on",
                        "option": "whole",
                        "component": "ratelimit",
                        "criterion": "rate-limits",
                        "statement": "Built-in with whole-ratelimit.",
                        "support": "yes",
                        "place": "Table 3, row 1",
                        "form": "table",
                        "finding": "wrong",
                        "reason": "An add-on is not built in.",
                        "reference": reference,
                    },
                    {  # 3: a column headed "Whole (WRF)"
                        "slug": "column-with-component",
                        "option": "whole",
                        "component": "whole-rest",
                        "statement": "The column is headed Whole (WRF).",
                        "place": "Table 1, head",
                        "form": "table",
                        "finding": "supported",
                    },
                    {
                        "slug": "orm-alone",
                        "component": "whole-orm",
                        "statement": "Its ORM works alone.",
                        "place": "Paragraph 11",
                        "form": "prose",
                        "finding": "misleading",
                        "reason": "It needs the settings.",
                        "reference": {"title": "Settings", "read_on": "2026-11-20"},
                    },
                ],
                "advice": [
                    {  # 1: ordered alternatives, one of them an option plus a component
                        "slug": "product",
                        "use_case": "first-product",
                        "choices": [
                            {"option": "whole"},
                            {"option": "swift", "components": ["auth0"]},
                        ],
                        "statement": "Whole (or Swift + Auth0).",
                        "place": "Table 4, row 1",
                    },
                    {  # 2: a component, not an option
                        "slug": "data",
                        "use_case": "first-product",
                        "choices": [{"components": ["whole-orm"]}],
                        "strength": "preferred",
                        "statement": "Whole ORM.",
                        "place": "Table 4, row 2",
                    },
                    {  # 12: a use case that splits by a qualifier
                        "slug": "live",
                        "use_case": "live-dashboards",
                        "choices": [{"option": "both"}],
                        "condition": "if the numbers move",
                        "strength": "advised-against",
                        "statement": "Not both for still pictures.",
                        "place": "Table 4, row 3",
                    },
                ],
                "verdicts": [
                    {
                        "slug": "headline",
                        "option": "swift",
                        "condition": "for services",
                        "statement": "Take Swift.",
                        "place": "Heading",
                    },
                    {"slug": "conclusion", "statement": "It depends.", "place": "Last paragraph"},
                ],
            },
            {
                "slug": "vendor",
                "title": "Why Whole",
                "publisher": "Whole Ltd",
                "publisher_kind": "vendor",
                "interest": "Sells Whole",
                "published": "undated",
                "read_on": "2026-11-20",
                "origin": "one-house",
            },
        ],
        "workloads": [
            {"slug": "simple-get", "name": "Simple GET", "description": "One row as JSON."},
            {
                "slug": "classify",
                "name": "Text classification",
                "description": "A payload of 1 kB.",
            },
        ],
        "runs": [
            {
                "slug": "agency-get",
                "source": "agency",
                "workload": "simple-get",
                "name": "A GET of one row",
                "machine": "t3.xlarge",
                "cores": "4 vCPU",
                "memory": "16GB",
                "database": "PostgreSQL 14",
                "records": "1M",
                "load_tool": "ab",
                "concurrency": "1000",
                "requests": "10,000",
                "versions": "Whole 4.2",
                "server": "one worker",
                "date": "2024",
                "note": "10: its concurrency contradicts its throughput.",
                "figures": [
                    {
                        "slug": "swift-mean",
                        "option": "swift",
                        "metric": "latency",
                        "statistic": "mean",
                        "quantity": _point("35 ms", 35, "ms"),
                        "place": "Table 5",
                    },
                    {  # 9: mean and 95th percentile
                        "slug": "swift-p95",
                        "option": "swift",
                        "metric": "latency",
                        "statistic": "p95",
                        "quantity": _point("~60 ms", 60, "ms", approximate=True),
                        "place": "Table 5",
                    },
                    {
                        "slug": "whole-mean",
                        "option": "whole",
                        "component": "whole-rest",
                        "metric": "latency",
                        "statistic": "mean",
                        "quantity": _point("83 ms", 83, "ms"),
                        "place": "Table 5",
                    },
                    {  # 7: a figure about the underlying stack
                        "slug": "stack",
                        "option": "whole",
                        "metric": "memory",
                        "quantity": {
                            "spelling": "120-180 MB",
                            "form": "range",
                            "low": 120,
                            "high": 180,
                            "unit": "MB",
                        },
                        "subject": "the underlying stack",
                        "place": "Table 6",
                    },
                ],
            },
            {  # 10: the same source gives it twice, and says nothing about the circumstances
                "slug": "agency-again",
                "source": "agency",
                "workload": "classify",
                "name": "Given once more",
                "figures": [
                    {
                        "slug": "swift-mean",
                        "option": "swift",
                        "metric": "throughput",
                        "quantity": _point("2,500", 2500, "requests/s"),
                        "filed_under": "latency",
                        "place": "Conclusion",
                    }
                ],
            },
        ],
        "derived_figures": [  # 8: unlike bases
            {
                "slug": "percent",
                "source": "agency",
                "kind": "percent-less",
                "statement": "57% faster.",
                "stated": _point("57%", 57, "%"),
                "figures": ["agency-get/whole-mean", "agency-get/swift-mean"],
                "place": "Paragraph 12",
            },
            {
                "slug": "times",
                "source": "agency",
                "kind": "ratio",
                "statement": "2.37x faster.",
                "stated": _point("2.37x", 2.37, "x"),
                "figures": ["agency-get/whole-mean", "agency-get/swift-mean"],
                "place": "Paragraph 13",
            },
            {
                "slug": "eight",
                "source": "agency",
                "kind": "count",
                "statement": "Eight factors decide.",
                "stated": _point("eight", 8, "factors"),
                "points": ["typed", "young"],
                "place": "Paragraph 14",
            },
            {
                "slug": "ahead",
                "source": "vendor",
                "kind": "overtaking",
                "statement": "Swift has overtaken Whole.",
                "stated": {"spelling": "overtaken", "form": "verbal"},
                "popularity": ["swift-stars", "stars"],
                "place": "Paragraph 15",
            },
            {
                "slug": "three-to-five",
                "source": "vendor",
                "kind": "ratio-range",
                "statement": "3-5x.",
                "stated": {"spelling": "3-5x", "form": "range", "low": 3, "high": 5, "unit": "x"},
                "place": "Paragraph 14",
            },
            {
                "slug": "sum",
                "source": "vendor",
                "kind": "total",
                "statement": "A total.",
                "stated": _point("118 ms", 118, "ms"),
                "figures": ["agency-get/whole-mean", "agency-get/swift-mean"],
                "place": "Paragraph 15",
            },
        ],
        "questions": [  # 18: order decides
            {
                "slug": "whole-product",
                "text": "Is it a whole product?",
                "source": "agency",
                "place": "Figure 1",
                "answers": [
                    {
                        "slug": "yes",
                        "text": "Yes",
                        "options": ["whole"],
                        "reason": "It is all there.",
                    },
                    {"slug": "no", "text": "No", "question": "one-service"},
                ],
            },
            {
                "slug": "one-service",
                "text": "Is it one service?",
                "answers": [
                    {"slug": "yes", "text": "Yes", "options": ["swift"], "reason": "It is small."},
                    {
                        "slug": "no",
                        "text": "No",
                        "options": ["swift", "whole"],
                        "together": True,
                        "reason": "Each does its part.",
                    },
                ],
            },
        ],
        "costs": [  # 14: rupees a month beside a saving in dollars
            {
                **_stated("hosting", "Table 7, row 1"),
                "option": "whole",
                "item": "Hosting",
                "amount": {
                    "spelling": "₹4,000-8,000",
                    "form": "range",
                    "low": 4000,
                    "high": 8000,
                    "unit": "INR",
                },
                "currency": "INR",
                "period": "month",
                "audience": "10k users",
            },
            {
                **_stated("saved", "Paragraph 20"),
                "option": "swift",
                "item": "Saved",
                "amount": {"spelling": "thousands of dollars", "form": "verbal"},
                "currency": "USD",
                "period": "once",
                "is_total": True,
            },
        ],
        "migrations": [  # 15: unlike scope in the two directions
            {
                **_stated("there", "Section 8"),
                "start": "whole",
                "target": "swift",
                "steps": ["Split the API off", "Move the models"],
                "time": {
                    "spelling": "4-8 weeks",
                    "form": "range",
                    "low": 4,
                    "high": 8,
                    "unit": "weeks",
                },
                "scope": "a medium product",
            },
            {
                **_stated("back", "Section 9"),
                "start": "swift",
                "target": "whole",
                "time": {"spelling": "2 weeks", "low": 2, "unit": "weeks"},
                "scope": "one endpoint",
            },
        ],
        "stories": [
            {
                **_stated("big-house", "Section 10"),
                "organisation": "A big house",
                "option": "swift",
                "statement": "It moved inference to Swift.",
                "figures": [
                    {"name": "Cost", "kind": "gain", "quantity": _point("30%", 30, "%")},
                    {
                        "name": "Users",
                        "kind": "size",
                        "quantity": _point("200M", 200000000, "people"),
                    },
                ],
                "finding": "outdated",
                "reason": "It moved back.",
                "reference": reference,
            }
        ],
        "popularity": [  # 16: a date with its precision
            {
                **_stated("stars", "Section 11", "vendor"),
                "option": "whole",
                "metric": "Stars",
                "quantity": _point("70k", 70000, "stars", approximate=True),
                "as_of": "2023-12",
            },
            {
                **_stated("swift-stars", "Section 11", "vendor"),
                "option": "swift",
                "metric": "Stars",
                "quantity": _point("60k", 60000, "stars", approximate=True),
                "as_of": "2023-12",
            },
        ],
        "points": [  # 17: eight announced, five given, is a point of its own
            {
                **_stated("eight-factors", "Section 2"),
                "topic": "practice",
                "text": "Eight factors are announced, five given.",
            },
            {
                **_stated("typed", "Section 3"),
                "topic": "pro",
                "option": "swift",
                "text": "Typed throughout.",
                "finding": "supported",
                "reason": "Its marker file is there.",
                "reference": reference,
            },
            {
                **_stated("when", "Section 3"),
                "topic": "choose-when",
                "option": "swift",
                "text": "When speed matters.",
            },
            {**_stated("young", "Section 4"), "topic": "con", "option": "swift", "text": "Young."},
            {
                **_stated("tokens", "Section 5"),
                "topic": "security",
                "text": "Keep tokens short-lived.",
            },
            {
                **_stated("containers", "Section 6"),
                "topic": "deployment",
                "text": "Both run in containers.",
            },
            {
                **_stated("async", "Section 7"),
                "topic": "trend",
                "text": "Asynchronous code spreads.",
            },
        ],
        "hybrids": [
            {
                **_stated("side-by-side", "Section 12"),
                "name": "Side by side",
                "roles": [
                    {"option": "whole", "role": "accounts"},
                    {"option": "swift", "role": "inference"},
                ],
                "means": ["shared PostgreSQL", "shared Redis"],
            }
        ],
        "answered_questions": [
            {
                **_stated("can-both", "FAQ 1"),
                "question": "Can I use both?",
                "answer": "Yes, side by side.",
            },
        ],
        "samples": [  # 19: it answers an excerpt that names undefined functions
            {
                "slug": "hello",
                "topic": "Hello",
                "option": "swift",
                "files": [
                    {"path": "hello/main.py", "text": 'print("Hello")'},
                    {"path": "hello/page.html", "text": "<p>Hello</p>\n<script>alert(1)</script>"},
                ],
                "differs": "It needs no settings.",
                "answers": "Listing 2, an excerpt",
                "source": "agency",
                "place": "Listing 2",
            }
        ],
    } | changes


def full(**changes: Any) -> Document:
    """Return the full world as a document."""
    return Document.model_validate(full_tree(**changes))


def large_tree(
    options: int, criteria: int, *, claims_per_cell: int = 0, slug: str = "large", seed: int = 1
) -> dict[str, Any]:
    """Return a generated comparison: scores from a seeded generator, one cell in ten unknown, eight
    use cases.
    """
    chance = random.Random(seed)
    names = [f"option-{at}" for at in range(options)]
    rows = [f"criterion-{at}" for at in range(criteria)]
    sources = [f"source-{at}" for at in range(max(1, claims_per_cell))]
    tree = tiny_tree(
        slug=slug,
        title=f"{options} options by {criteria} criteria",
        questions=[],
        runs=[],
        workloads=[],
        components=[],
    )
    tree["options"] = [
        {"slug": name, "name": name.replace("-", " ").title(), "line": "Generated."}
        for name in names
    ]
    tree["groups"] = [
        {"slug": f"group-{at}", "name": f"Group {at}"} for at in range(max(1, criteria // 10))
    ]
    tree["criteria"] = [
        {
            "slug": row,
            "name": row.replace("-", " ").title(),
            "group": f"group-{at * len(tree['groups']) // criteria}",
            "question": "How much?",
            "why": "Generated.",
            "scale_low": "none",
            "scale_high": "all",
            **({"must": {"name": f"{row} included", "minimum": 5}} if at % 20 == 0 else {}),
            "cells": {
                name: {
                    "text": f"value {chance.randrange(100)}",
                    "score": chance.randrange(101) / 10,
                    "note": "Generated.",
                }
                for name in names
                if chance.random() > 0.1
            },
        }
        for at, row in enumerate(rows)
    ]
    tree["use_cases"] = [
        {
            "slug": f"case-{at}",
            "name": f"Case {at}",
            "situation": f"case {at}",
            "description": "Generated.",
            "importances": {
                row: chance.randrange(6) for row in chance.sample(rows, k=max(1, criteria // 4))
            },
        }
        for at in range(8)
    ]
    tree["sources"] = [
        {
            "slug": source,
            "title": source.title(),
            "publisher": source.title(),
            "publisher_kind": "practitioner",
            "interest": "None stated",
            "published": "undated",
            "read_on": "2026-11-20",
            "claims": [
                {
                    "slug": f"{row}-{name}",
                    "option": name,
                    "criterion": row,
                    "statement": "Generated.",
                    "score": chance.randrange(11),
                    "place": "Nowhere",
                    "form": "table",
                }
                for row in rows
                for name in names
            ]
            if claims_per_cell
            else [],
        }
        for source in sources
    ]
    return tree


@cache
def content(slug: str) -> Document:
    """Return a real comparison of content/. Reading one takes seconds, so it is read once."""
    return read_folder(settings.CONTENT_DIR / slug)


def publish(tree: dict[str, Any], note: str = "Now.") -> Release:
    """Make the tree the next release of its comparison, as publishing its draft would; there is no
    draft of it.
    """
    return publishing.append(Document.model_validate(tree), "eve", note)


def with_scores(tree: dict[str, Any], **scores: float) -> dict[str, Any]:
    """Return the tree with some scores changed: `speed_ada=6`."""
    for at, score in scores.items():
        criterion, _, option = at.partition("_")
        (row,) = [row for row in tree["criteria"] if row["slug"] == criterion]
        row["cells"][option]["score"] = score
    return tree
