"""One state, one answer: every place that tells the result of a selection tells the same, in the
same words and numbers.
"""

import os
import random
import re
from urllib.parse import quote

import pytest
from django.test import RequestFactory

from comparison.core.document.schema import plain
from comparison.core.rounding import lead
from comparison.sharing import social_card
from comparison.sharing.markdown_file import as_text
from comparison.web.comparison_request import ask
from tests import worlds
from tests.files import about, of_kind, records
from tests.results import faults, results_in
from tests.tools import Page, copied, get, html, words_of

pytestmark = pytest.mark.django_db
STATES = int(os.environ.get("STATES", "10"))  # of each small world; more for `make soak`
TREES = {"tiny": worlds.tiny_tree, "gappy": worlds.gappy_tree}

# Together: every state and label that there is, with gaps, options without a score, and must-haves
# that are not known.
CERTAIN = {
    "tiny": [
        "",
        "use=thrift",
        "use=race&options=bob",
        "w=speed:1",
        "w=cost:5",
        "w=speed:4,cost:4,ease:5",
        "off=cost",
        "off=speed",
        "off=speed,ease,cost",
        "options=ada",
        "must=speed,cost&options=ada,bob",
        "basis=claims",
        "basis=claims&distrust=first,second",
    ],
    "gappy": [
        "",
        "use=race",
        "use=thrift&w=speed:1",
        "use=race&basis=claims",
        "must=speed,cost&options=ada,cyd",
        "use=race&off=speed&must=cost",
        "options=bob",
    ],
}
SHIPPED = {
    "fastapi-vs-django": [
        "",
        "use=high-performance-api",
        "use=fraud-detection&options=fastapi,django",
        "off=orm&w=ai-ml:5",
    ],
    "python-app-servers": [
        "use=legacy-wsgi",
        "use=windows-server&must=asgi",
        "use=own-http2&options=uwsgi,daphne,granian",
    ],
}


def drawn(seed):
    """Return a selection of a small world, drawn by lot."""
    lot = random.Random(seed)
    pick = {
        "use": lot.choice(["", "", "race", "thrift"]),
        "off": ",".join(c for c in ("speed", "ease", "cost") if lot.random() < 0.25),
        "w": ",".join(
            f"{c}:{lot.randrange(6)}" for c in ("speed", "ease", "cost") if lot.random() < 0.4
        ),
        "must": ",".join(c for c in ("speed", "cost") if lot.random() < 0.2),
        "distrust": ",".join(s for s in ("first", "second") if lot.random() < 0.2),
        "options": lot.choice(["", "", "", "ada,bob", "bob,cyd", "cyd"]),
        "basis": lot.choice(["", "", "", "claims"]),
    }
    return "&".join(f"{key}={value}" for key, value in pick.items() if value)


def told(world, query):
    """Return what programs are told of a selection."""
    return get(f"/{world}/-/data.json?{query}").json()


def unlike(tree, query):
    """Return every way in which one place tells a selection otherwise than another."""
    slug, names = tree["slug"], {option["slug"]: option["name"] for option in tree["options"]}
    data, view = told(slug, query), get(f"/{slug}/-/view.json?{query}").json()
    api = get(f"/api/v1/comparisons/{slug}/decision?{query}").json()
    decision, filed, altered = data["decision"], view["verdict"], data["altered"]["sentence"]
    decision.pop("ranked")  # a shorter list of the options, which the API has not
    copies = copied(f"/{slug}/share/?{query}")
    sentence = get(f"/oembed?url={quote(f'http://testserver/{slug}/?{query}')}").json()["title"]
    card = social_card.card_of(ask(RequestFactory().get(f"/{slug}/?{query}"), slug, None).view)
    answer = html(f"/{slug}/-/results/?{query}")
    panel, frame = Page(answer).outer("results"), html(f"/{slug}/embed/?{query}")
    table = records(f"/{slug}/-/view.csv?{query}")
    markdown = get(f"/{slug}/-/view.md?{query}").content.decode()

    equal = {
        "API": (
            [api["decision"], api["certainty"], api["altered"]],
            [decision, data["certainty"], data["altered"]],
        ),
        "view.json": (
            [filed["label"], filed["leaders"]],
            [decision["label"], decision["leaders"]],
        ),
        "view.json, left out": (view["altered"], data["altered"]),
        "certainty": (filed["certainty"], data["certainty"] and data["certainty"]["level"]),
        "CSV": (about(table)["Recommendation"], filed["sentence"]),
        "copied sentence": (copies["as-sentence"], f"{sentence} {view['view']['pinned']}"),
        "copies in place": (copied(f"/{slug}/-/share/copies/?{query}"), copies),
        "picture": (card.sentence.partition(". Release")[0], sentence.partition(". Release")[0]),
    }
    problems = [
        f"{place}: {one}, not {other}"[:500]
        for place, (one, other) in equal.items()
        if one != other
    ]
    holds = {
        "sentence": (filed["sentence"].partition(". ")[0].rstrip("."), sentence),
        "Markdown": (as_text(filed["sentence"]), markdown),
        "copied table": (as_text(sentence), copies["as-markdown"]),
        "picture, left out": (" ".join(card.altered).removesuffix("…"), altered),
    }
    problems += [
        f"{place}: {part} is not in {whole}"
        for place, (part, whole) in holds.items()
        if part not in whole
    ]
    sure = f"{filed['certainty']} certainty" if filed["certainty"] else ""
    for place, result in (("sentence", sentence), ("recommendation", filed["sentence"])):
        problems += [
            f"{place}: {fault}"
            for fault in (
                *faults(result, decision, names),
                *([] if sure in result else [f"lacks {sure}"]),
            )
        ]

    exact = {option["option"]: option["score"] for option in decision["options"]}
    shown = {option["slug"]: option["score"] for option in view["options"]}
    problems += [
        f"{slug} is shown as {shown[slug]}"
        for slug in shown
        if (shown[slug] is None) != (exact[slug] is None)
    ]
    problems += [
        f"{slug} is shown as {score}"
        for slug, score in shown.items()
        if score and abs(score - exact[slug]) > 0.05 + 1e-9
    ]
    if margin := decision["margin"]:
        between = shown[margin["leader"]] - shown[margin["rival"]]
        margin_shown = lead(exact[margin["leader"]], exact[margin["rival"]]).margin
        # what is less than the last digit is told so to readers, and with a digit more to programs
        is_small = margin_shown.startswith("less than")
        if abs(between - (0 if is_small else filed["margin"])) > 1e-9:
            problems.append(f"ahead by {filed['margin']}, or by {between}")
        if not is_small and float(margin_shown) != filed["margin"]:
            problems.append(f"ahead by {filed['margin']}, or by {margin_shown}")
    (total,) = of_kind(table, "total")
    scores = {
        "panel": scored(panel, names),
        "frame": scored(frame, names),
        "CSV": {slug: number(total[f"{names[slug]}, points"]) for slug in shown},
        "Markdown": dict(zip(shown, totals_in(markdown, len(shown)), strict=True)),
        "copied table": rows_of(copies["as-markdown"], names),
        "matrix": dict(
            zip(
                shown,
                map(number, Page(answer).find("section")[0]["data-overall-scores"].split()),
                strict=True,
            )
        ),
        "picture": {
            slug: number(bar.score)
            for slug in shown
            for bar in card.bars
            if names[slug].startswith(bar.name[:-1])
        },
    }
    for place, those in scores.items():
        problems += [
            f"{place}: {slug} has {score}, not {shown[slug]}"
            for slug, score in those.items()
            if score != shown[slug]
        ]

    for place, text in (("page", html(f"/{slug}/?{query}")), ("region", answer), ("frame", frame)):
        results = [words for of, words in results_in(text) if of == f"?{data['selection']}"]
        problems += [
            f"{place}: {fault}" for words in results for fault in faults(words, decision, names)
        ]
        expected = [
            altered if place == "frame" else changes_in(data["altered"], decision),
            card.head,
            sure,
        ]
        expected += [margin_shown] if margin else []
        whole = "".join(results[:1]).casefold()  # a phrase may begin a sentence, or follow a count
        problems += [f"{place} lacks {part}" for part in expected if part.casefold() not in whole]
    return problems


def changes_in(altered, decision):
    """Return how the panel counts what is altered, before it lists each: one criterion alone is
    one thing, and so are few options alone.
    """
    count = sum(len(things) for things in altered.values() if isinstance(things, list))
    if "alone is counted" in altered["sentence"]:
        count -= len(altered["criteria_off"]) - 1
    left_out = altered["options_left_out"]
    if len(decision["options"]) < len(left_out) and not altered["arrangements_ranked"]:
        count -= len(left_out) - 1
    count += altered["editors_scores_left_out"]
    return f"{count} change" if count else ""


def number(words):
    """Return a score as a number; None where it is not known."""
    figure = re.match(r"[\d.]+", words)
    return float(figure[0]) if figure else None


def scored(page, names):
    """Return each overall score in a list of bars, by option."""
    bars = re.search(r"<dl[^>]*>.*?</dl>", page, re.DOTALL)
    parts = re.findall(r"<dt.*?</dt>\s*<dd.*?</dd>", bars[0] if bars else "", re.DOTALL)
    slug_of = {name: slug for slug, name in names.items()}
    scores = {}
    for part in parts:
        name, _, rest = part.partition("</dt>")
        name = words_of(name.partition("<small>")[0])
        scores[slug_of[name]] = (
            number(words_of(rest.rpartition("<b>")[2])) if "<b>" in rest else None
        )
    return scores


def totals_in(markdown, options):
    """Return the overall scores in a view's table: each option has a text and points; what all rest
    on follows.
    """
    (line,) = [line for line in markdown.splitlines() if line.startswith("|  | Overall score |")]
    return [number(cell.strip()) for cell in line.split("|")[6 : 6 + 2 * options : 2]]


def rows_of(markdown, names):
    """Return the overall scores of a table that is copied, by option."""
    lines = [line.split("|")[3:-1] for line in markdown.splitlines() if line.startswith("| ")]
    slug_of = {as_text(name): slug for slug, name in names.items()}
    return {
        slug_of[name.strip()]: number(total.strip().removeprefix("**"))
        for name, total in zip(lines[0], lines[-1], strict=True)
    }


@pytest.fixture
def small():
    for tree in TREES.values():
        worlds.publish(tree())


@pytest.mark.parametrize("world", TREES)
@pytest.mark.parametrize("seed", [None, *range(STATES)])
def test_every_place_tells_the_same(small, world, seed):
    queries = CERTAIN[world] if seed is None else [drawn(seed)]
    wrong = [f"?{query}: {what}" for query in queries for what in unlike(TREES[world](), query)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("slug", SHIPPED)
def test_so_does_every_place_of_what_is_shipped(slug):
    tree = plain(worlds.content(slug))
    worlds.publish(tree)
    wrong = [f"?{query}: {what}" for query in SHIPPED[slug] for what in unlike(tree, query)]
    assert not wrong, "\n".join(wrong)


def test_every_kind_of_result_is_among_them(small):
    kinds = set()
    for world, queries in CERTAIN.items():
        for decision in (told(world, query)["decision"] for query in queries):
            kinds |= {decision["label"] or decision["state"]}
            kinds |= {"gaps"} if decision["gaps_matter"] else set()
            kinds |= {"open"} if decision["open"] else set()
            kinds |= {option["state"] for option in decision["options"]}
    assert kinds == {
        *("strong", "clear", "slight", "toss-up", "tie", "not enough evidence"),
        *("only option left", "only one verified", "only one with scores"),
        *("no-criteria", "none-qualifies", "no-scores"),
        *("verified", "unverified", "excluded", "unrated", "open", "gaps"),
    }
