"""What a comparison may lack and a reader will miss: the words that no table brings, such as the
reason of a score, or what 0 and 10 mean.

They are asked for, never invented, and no problem: where they are missing the pages say so. Refuses
nothing.
"""

from collections.abc import Sequence

from comparison.core.document.schema import Criterion, Document, Kind, Option, UseCase

MOST_NAMED = 5


def unwritten(document: Document) -> tuple[str, ...]:
    """Return what is not written yet, a line for each kind; none where nothing is missing."""
    criteria, cases = document.criteria, document.use_cases
    ratings = [criterion for criterion in criteria if criterion.kind is Kind.RATING]
    lines = (
        _of_the_whole(document),
        _lacking("a written scale", "ratings", ratings, "scale_low", "scale_high"),
        _scores_without_a_reason(ratings),
        _lacking("a question", "criteria", criteria, "question"),
        _lacking("a reason why it matters", "criteria", criteria, "why"),
        _lacking("a line", "options", document.options, "line"),
        _lacking("a situation", "use cases", cases, "situation"),
        _lacking("a description", "use cases", cases, "description"),
    )
    return tuple(line for line in lines if line)


def _of_the_whole(document: Document) -> str:
    missing = [name for name in ("question", "summary", "licence") if not getattr(document, name)]
    return f"Without {', '.join(missing)}: the comparison" if missing else ""


def _lacking(
    words: str, things: str, there: Sequence[Criterion | Option | UseCase], *fields: str
) -> str:
    lacking = [thing.name for thing in there if any(not getattr(thing, name) for name in fields)]
    named = ", ".join(lacking[:MOST_NAMED]) + (", …" if len(lacking) > MOST_NAMED else "")
    return f"Without {words}: {len(lacking)} of {len(there)} {things} ({named})" if lacking else ""


def _scores_without_a_reason(ratings: Sequence[Criterion]) -> str:
    scored = [c for criterion in ratings for c in criterion.cells.values() if c.score is not None]
    bare = sum(not cell.note for cell in scored)
    return f"Without a reason: {bare} of {len(scored)} scores" if bare else ""
