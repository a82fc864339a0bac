"""Documents of one criterion: a cell, and what sources claim about it."""

from comparison.core.document.schema import Criterion, Document
from comparison.core.evidence import weigh
from tests import worlds

RATING = {"kind": "rating"}
SUPPORT = {"kind": "support"}
SPEED = {
    "kind": "quantity",
    "unit": "req/s",
    "direction": "higher-is-better",
    "anchor_low": 0,
    "anchor_high": 1000,
}
DELAY = {
    "kind": "quantity",
    "unit": "ms",
    "direction": "lower-is-better",
    "anchor_low": 100,
    "anchor_high": 0,
}


def criterion(**fields):
    base = {
        "slug": "c",
        "name": "C",
        "group": "g",
        "question": "?",
        "why": ".",
        "scale_low": "0",
        "scale_high": "10",
    }
    return Criterion.model_validate(base | fields)


def claim(slug="x", **fields):
    base = {
        "slug": slug,
        "option": "ada",
        "criterion": "c",
        "statement": "Said.",
        "place": "Line 1",
        "form": "prose",
    }
    return base | fields


WRONG = {
    "finding": "wrong",
    "reason": "Look.",
    "reference": {"title": "Docs", "read_on": "2026-11-20"},
}
CHECKED = {"title": "Docs", "read_on": "2026-11-20", "text": "So it is."}


def world(cell=None, claims_by_source=(), kind=RATING, origins=()):
    """Return a document of one criterion, whose first option has the cell, and a source for each
    list of claims.
    """
    tree = worlds.tiny_tree(
        use_cases=[], questions=[], runs=[], workloads=[], groups=[{"slug": "g", "name": "G"}]
    )
    tree["criteria"] = [criterion(**kind).model_dump(mode="json", exclude_defaults=True)]
    tree["criteria"][0]["cells"] = (
        {"ada": {"text": "Cell", "note": "Why."} | cell} if cell is not None else {}
    )
    tree["sources"] = [
        {
            "slug": f"source-{index}",
            "title": "T",
            "publisher": "P",
            "publisher_kind": "practitioner",
            "interest": "None stated",
            "published": "undated",
            "read_on": "2026-11-20",
            "claims": [claim(f"c{number}", **fields) for number, fields in enumerate(claims)],
            **({"origin": origins[index]} if index < len(origins) and origins[index] else {}),
        }
        for index, claims in enumerate(claims_by_source)
    ]
    return Document.model_validate(tree)


def behind(*args, distrust=(), claims_only=False, **kwargs):
    return weigh(world(*args, **kwargs), distrust, claims_only=claims_only).cells["c", "ada"]
