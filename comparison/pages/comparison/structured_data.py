"""A page's own statements as JSON-LD, for machines that read pages: Dataset, ItemList and FAQPage,
each where it is true.

Never says what the page does not show: no list where nothing is ranked, no question whose answer
the editors found wrong. The text stands in a `<script type="application/ld+json">`. That is a block
of data: a browser never runs it, and the policy's `script-src` does not speak of it (HTML standard,
"prepare the script element": the type is not JavaScript's, and the element is left alone before the
policy is asked).
"""

import json
from typing import Any

from markupsafe import Markup

from comparison.core.document.schema import Document, Finding
from comparison.pages.comparison.answer.recommendation import Results
from comparison.pages.evidence.sections import trusted
from comparison.pages.heading import Heading
from comparison.pages.scored_release import ScoredRelease, kept_with_release
from comparison.rendering.addresses import address_of
from comparison.rendering.jinja import counted

CONTEXT = "https://schema.org"
LICENCES = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
REFUTED = frozenset({Finding.WRONG, Finding.MISLEADING, Finding.OUTDATED})
_OUT_OF_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
MOST_LISTED = 10  # options
# stands for the origin: no text of a release may hold a control character; and so in JSON
PLACE, SPELLED = "\x1a", "\\u001a"


def in_script(value: Any) -> Markup:
    """Return a tree as JSON that can stand in a script element: nothing in it can end the element
    or open a comment.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # every < > & is an escape of JSON's own
    return Markup(text.translate(_OUT_OF_SCRIPT))  # noqa: S704


def dataset(scored: ScoredRelease, origin: str) -> Markup:
    """Return what a page says of its comparison. The same for every importance: kept."""
    return Markup(str.replace(_for_any_origin(scored), SPELLED, origin))  # noqa: S704  (a host)


@kept_with_release
def _for_any_origin(scored: ScoredRelease) -> Markup:
    """Return the same with a place for the origin, of which there may be any number."""
    return in_script({"@context": CONTEXT, "@graph": [_dataset(scored, PLACE)]})


def ranking(heading: Heading, results: Results, sentence: Markup) -> Markup:
    """Return what a page says of its result: the ranked options as a list, no list where none is
    ranked.

    Equal scores share a position; of many the first are listed, because every change brings them
    anew.
    sentence: the recommendation in words, which says how firmly the first leads, and what is left
    out.
    """
    ranked = results.ranking
    items = [
        {"@type": "ListItem", "position": rank, "name": option.name}
        for rank, option in ranked[:MOST_LISTED]
    ]
    listed = {
        "@type": "ItemList",
        "name": heading.question or heading.title,
        "description": " ".join(sentence.unescape().split()),
        "itemListOrder": "https://schema.org/ItemListOrderDescending",
        # of the whole list, as schema.org says of one that is not described to its end
        "numberOfItems": len(ranked),
        "itemListElement": items,
    }
    return in_script({"@context": CONTEXT, "@graph": [listed] if items else []})


def of_questions(scored: ScoredRelease) -> Markup | None:
    """Return the questions and answers of the page that shows them; None where none stands."""
    standing = [
        question
        for question in trusted(scored, scored.document.answered_questions)
        if question.finding not in REFUTED
    ]
    if not standing:
        return None
    questions = [
        {
            "@type": "Question",
            "name": question.question,
            "acceptedAnswer": {
                "@type": "Answer",
                "text": question.answer,
                "citation": _source(scored, question.source),
            },
        }
        for question in standing
    ]
    return in_script({"@context": CONTEXT, "@type": "FAQPage", "mainEntity": questions})


def _dataset(scored: ScoredRelease, origin: str) -> dict[str, Any]:
    """Return the comparison as a Dataset, with the files that hold it."""
    document, release = scored.document, scored.release
    base = scored.home.address_of("comparison", origin=origin)
    files = (
        ("text/csv", "view_csv"),
        ("application/json", "view_json"),
        ("text/markdown", "view_md"),
        ("application/json", "release_file"),
    )
    return {
        "@type": "Dataset",
        "@id": f"{base}#dataset",
        "name": document.title,
        "description": " ".join(
            text for text in (document.question, document.summary, _counts(document)) if text
        ),
        "url": base,
        "version": str(release.number),
        "dateModified": release.published_at.isoformat(),
        "inLanguage": "en",
        "isAccessibleForFree": True,
        **_licence(document.licence),
        "creator": {
            "@type": "Organization",
            "name": "Evenhand",
            "url": address_of("hub", origin=origin),
        },
        "variableMeasured": [criterion.name for criterion in document.scored_criteria],
        "citation": [_source(scored, source.slug) for source in document.sources],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": scored.home.address_of(name, origin=origin),
            }
            for kind, name in files
        ],
    }


def _counts(document: Document) -> str:
    options = counted(len(document.names.compared), "option")
    criteria = counted(len(document.scored_criteria), "criterion", "criteria")
    return f"{options} by {criteria}, with every claim's source."


def _licence(licence: str | None) -> dict[str, str]:
    return {"license": LICENCES.get(licence, licence)} if licence else {}


def _source(scored: ScoredRelease, slug: str) -> dict[str, Any]:
    """Return a source as it is credited. What is not stated is left out."""
    source = scored.source_by_slug[slug]
    credit = {
        "@type": "CreativeWork",
        "name": source.title,
        "publisher": {"@type": "Organization", "name": source.publisher},
    }
    dated = {"datePublished": source.published} if source.published != "undated" else {}
    return credit | dated | ({"url": source.address} if source.address else {})
