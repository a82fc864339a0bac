"""Figures and runs as a source gives them, for documents that are held against themselves."""

from comparison.core.consistency import objections, recompute
from comparison.core.document.schema import Document
from tests import worlds


def world(**changes):
    return Document.model_validate(worlds.tiny_tree(**({"runs": []} | changes)))


def number(low, unit="ms", **more):
    return {"spelling": f"{low:,}", "low": low, "unit": unit} | more


def between(low, high, unit="ms", **more):
    return {
        "spelling": f"{low}-{high}",
        "form": "range",
        "low": low,
        "high": high,
        "unit": unit,
    } | more


def at_least(low, unit="ms"):
    return {"spelling": f"{low}+", "form": "at-least", "low": low, "unit": unit}


WORDS = {"spelling": "a great many", "form": "verbal"}


def figure(option, quantity, *, metric="latency", statistic="mean", **more):
    base = {
        "slug": f"{option}-{metric}-{statistic}",
        "option": option,
        "metric": metric,
        "statistic": statistic,
    }
    return base | {"quantity": quantity, "place": f"{metric} of {option}"} | more


def rate(option, quantity, **more):
    return figure(option, quantity, metric="throughput", statistic="not-given", **more)


def run(*figures, slug="round", source="first", **more):
    return {
        "slug": slug,
        "source": source,
        "workload": "walk",
        "name": "A walk",
        "figures": list(figures),
    } | more


def derived(kind, stated, **more):
    base = {
        "slug": "said",
        "source": "first",
        "kind": kind,
        "statement": "Said.",
        "stated": stated,
        "place": "Line 9",
    }
    return base | more


def rules_in(document):
    return [objection.rule for objection in objections(document)]


def only(document):
    (objection,) = objections(document)
    return objection


def found_again(document):
    return recompute(document, document.derived_figures[0])


def computed(
    kind,
    stated,
    first=None,
    second=None,
    names=("round/ada-latency-mean", "round/bob-latency-mean"),
):
    """Return a world in which a source takes 83 and 35 ms, or two other quantities, and says what
    it computed from them.
    """
    figures = figure("ada", first or number(83)), figure("bob", second or number(35))
    return world(runs=[run(*figures)], derived_figures=[derived(kind, stated, figures=list(names))])


def headlined(*runs, stated=None, **changes):
    """Return a world in which a source promises 3-5x, or something else, above its runs."""
    return world(
        runs=list(runs),
        derived_figures=[derived("ratio-range", stated or between(3, 5, "x"))],
        **changes,
    )


def pair(first, second, slug="round", **more):
    return run(figure("ada", number(first)), figure("bob", number(second)), slug=slug, **more)


def announced(stated, given):
    points = [
        {
            "slug": f"p{number}",
            "source": "first",
            "place": f"Line {number}",
            "topic": "practice",
            "text": "Mind it.",
        }
        for number in range(given)
    ]
    return world(
        points=points,
        derived_figures=[derived("count", stated, points=[point["slug"] for point in points])],
    )


def overtaken(first, second, **more_of_second):
    """Return a world in which Ada is said to have overtaken Bob, with a line of popularity for
    each.
    """
    line = {"source": "first", "place": "Line 8", "metric": "Stars", "as_of": "2023"}
    lines = [
        line | {"slug": "stars-ada", "option": "ada", "quantity": first},
        line | {"slug": "stars-bob", "option": "bob", "quantity": second} | more_of_second,
    ]
    ahead = derived(
        "overtaking",
        {"spelling": "overtaken", "form": "verbal"},
        popularity=["stars-ada", "stars-bob"],
    )
    return world(popularity=lines, derived_figures=[ahead])


def billed(*amounts, total=None, **of_total):
    """Return a world with a bill of these lines, in rupees a month, and a total that the source
    states.
    """
    common = {"source": "first", "option": "ada", "currency": "INR", "period": "month"}
    lines = [
        common
        | {
            "slug": f"line-{number}",
            "item": f"Line {number}",
            "amount": amount,
            "place": f"Row {number}",
        }
        for number, amount in enumerate(amounts)
    ]
    if total:
        lines.append(
            common
            | {"slug": "total", "item": "Total", "amount": total, "place": "Last", "is_total": True}
            | of_total
        )
    return world(costs=lines)


def under_way(*figures, concurrency="100 at once"):
    return world(runs=[run(*figures, **({"concurrency": concurrency} if concurrency else {}))])


RATE, TIME = number(100, "requests/s"), number(100)  # ten under way
