"""What the full world says besides: the decision tree, costs, moves, stories and every kind of
point.
"""

from typing import Any

from tests.worlds.full_parts import point, release_notes, stated


def statements() -> dict[str, Any]:
    """Return the document's fields that hold questions and statements."""
    return {
        "questions": [  # order decides
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
        "costs": [  # rupees a month beside a saving in dollars
            {
                **stated("hosting", "Table 7, row 1"),
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
                **stated("saved", "Paragraph 20"),
                "option": "swift",
                "item": "Saved",
                "amount": {"spelling": "thousands of dollars", "form": "verbal"},
                "currency": "USD",
                "period": "once",
                "is_total": True,
            },
        ],
        "migrations": [  # unlike scope in the two directions
            {
                **stated("there", "Section 8"),
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
                **stated("back", "Section 9"),
                "start": "swift",
                "target": "whole",
                "time": {"spelling": "2 weeks", "low": 2, "unit": "weeks"},
                "scope": "one endpoint",
            },
        ],
        "stories": [
            {
                **stated("big-house", "Section 10"),
                "organisation": "A big house",
                "option": "swift",
                "statement": "It moved inference to Swift.",
                "figures": [
                    {"name": "Cost", "kind": "gain", "quantity": point("30%", 30, "%")},
                    {
                        "name": "Users",
                        "kind": "size",
                        "quantity": point("200M", 200000000, "people"),
                    },
                ],
                "finding": "outdated",
                "reason": "It moved back.",
                "reference": release_notes(),
            }
        ],
        "popularity": [  # a date with its precision
            {
                **stated("stars", "Section 11", "vendor"),
                "option": "whole",
                "metric": "Stars",
                "quantity": point("70k", 70000, "stars", approximate=True),
                "as_of": "2023-12",
            },
            {
                **stated("swift-stars", "Section 11", "vendor"),
                "option": "swift",
                "metric": "Stars",
                "quantity": point("60k", 60000, "stars", approximate=True),
                "as_of": "2023-12",
            },
        ],
        "points": [  # eight announced, five given, is a point of its own
            {
                **stated("eight-factors", "Section 2"),
                "topic": "practice",
                "text": "Eight factors are announced, five given.",
            },
            {
                **stated("typed", "Section 3"),
                "topic": "pro",
                "option": "swift",
                "text": "Typed throughout.",
                "finding": "supported",
                "reason": "Its marker file is there.",
                "reference": release_notes(),
            },
            {
                **stated("when", "Section 3"),
                "topic": "choose-when",
                "option": "swift",
                "text": "When speed matters.",
            },
            {**stated("young", "Section 4"), "topic": "con", "option": "swift", "text": "Young."},
            {
                **stated("tokens", "Section 5"),
                "topic": "security",
                "text": "Keep tokens short-lived.",
            },
            {
                **stated("containers", "Section 6"),
                "topic": "deployment",
                "text": "Both run in containers.",
            },
            {
                **stated("async", "Section 7"),
                "topic": "trend",
                "text": "Asynchronous code spreads.",
            },
        ],
        "hybrids": [
            {
                **stated("side-by-side", "Section 12"),
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
                **stated("can-both", "FAQ 1"),
                "question": "Can I use both?",
                "answer": "Yes, side by side.",
            },
        ],
        "samples": [  # it answers an excerpt that names undefined functions
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
    }
