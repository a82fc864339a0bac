"""A world with every noun of the schema and every awkward case that was found in real sources."""

from typing import Any

from comparison.core.document.schema import Document
from tests.worlds.full_figures import figures
from tests.worlds.full_parts import point, release_notes
from tests.worlds.full_sources import sources
from tests.worlds.full_statements import statements


def full_tree(**changes: Any) -> dict[str, Any]:
    """Return a tree that uses every noun of the schema and every awkward case, none at its default.

    Sources and prose stand in the order of their files' names.
    """
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
            {
                "slug": "swift",
                "name": "Swift",
                "line": "Small and fast.",
                "home_page": "https://swift.example.org/",
                "compared_version": "0.9",
                "licence": "MIT",
                "status": "beta",
                "tags": ["open source", "young"],
            },
            {"slug": "whole", "name": "Whole", "line": "Everything in one box."},
            {  # both together is an option with roles
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
                        "quantity": point("3,000", 3000, "requests/s"),
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
                        "checked": {**release_notes(), "text": "There is no such setting."},
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
            {
                "slug": "makers",
                "name": "Makers",
                "group": "included",
                "question": "Who makes it?",
                "why": "Somebody has to answer.",
                "kind": "text",
                "cells": {
                    "swift": {"text": "A lone author", "note": "Says its page."},
                    "whole": {
                        "text": "A foundation",
                        "checked": {**release_notes(), "text": "A foundation holds the name."},
                    },
                },
            },
        ],
        "use_cases": [
            {
                "slug": "first-product",
                "name": "A first product",
                "family": "Products",
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
        "sources": sources(),
        **figures(),
        **statements(),
    } | changes


def full(**changes: Any) -> Document:
    """Return the full world as a document."""
    return Document.model_validate(full_tree(**changes))
