"""The figures of the full world: workloads, runs, and what sources computed from them."""

from typing import Any

from tests.worlds.full_parts import point


def figures() -> dict[str, Any]:
    """Return the document's fields that hold figures."""
    return {
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
                        "quantity": point("35 ms", 35, "ms"),
                        "place": "Table 5",
                    },
                    {  # mean and 95th percentile
                        "slug": "swift-p95",
                        "option": "swift",
                        "metric": "latency",
                        "statistic": "p95",
                        "quantity": point("~60 ms", 60, "ms", approximate=True),
                        "place": "Table 5",
                    },
                    {
                        "slug": "whole-mean",
                        "option": "whole",
                        "component": "whole-rest",
                        "metric": "latency",
                        "statistic": "mean",
                        "quantity": point("83 ms", 83, "ms"),
                        "place": "Table 5",
                    },
                    {  # a figure about the underlying stack
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
            {  # the same source gives it twice, and says nothing about the circumstances
                "slug": "agency-again",
                "source": "agency",
                "workload": "classify",
                "name": "Given once more",
                "figures": [
                    {
                        "slug": "swift-mean",
                        "option": "swift",
                        "metric": "throughput",
                        "quantity": point("2,500", 2500, "requests/s"),
                        "filed_under": "latency",
                        "place": "Conclusion",
                    }
                ],
            },
        ],
        "derived_figures": [  # unlike bases
            {
                "slug": "percent",
                "source": "agency",
                "kind": "percent-less",
                "statement": "57% faster.",
                "stated": point("57%", 57, "%"),
                "figures": ["agency-get/whole-mean", "agency-get/swift-mean"],
                "place": "Paragraph 12",
            },
            {
                "slug": "times",
                "source": "agency",
                "kind": "ratio",
                "statement": "2.37x faster.",
                "stated": point("2.37x", 2.37, "x"),
                "figures": ["agency-get/whole-mean", "agency-get/swift-mean"],
                "place": "Paragraph 13",
            },
            {
                "slug": "eight",
                "source": "agency",
                "kind": "count",
                "statement": "Eight factors decide.",
                "stated": point("eight", 8, "factors"),
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
                "stated": point("118 ms", 118, "ms"),
                "figures": ["agency-get/whole-mean", "agency-get/swift-mean"],
                "place": "Paragraph 15",
            },
        ],
    }
