"""What the folders of content/ promise: every statement has its source and place, is judged, and is
in words of our own.
"""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings

from comparison.core.document import schema
from comparison.core.document.schema import Finding, plain
from comparison.core.evidence import (
    AGREED,
    CONTRADICTS_DOCUMENTATION,
    DISAGREES,
    SPLIT,
    contradicts_itself,
    weigh,
)
from comparison.publishing.content_files.content_folder import FILES, MAIN, SOURCES
from tests import worlds

FOLDERS = sorted(path.name for path in settings.CONTENT_DIR.iterdir() if path.is_dir())
JUDGED = ("fastapi-vs-django", "python-app-servers")
OF_A_SOURCE = ("claims", "advice", "verdicts")
STATED = (
    "derived_figures",
    "costs",
    "migrations",
    "stories",
    "popularity",
    "points",
    "hybrids",
    "answered_questions",
)
OURS = frozenset(
    {"statement", "text", "note", "reason", "answer", "why", "description", "summary", "prose"}
)
MOST_WORDS = 7  # in a row that a sentence of ours may share with an article


def tree(slug):
    return plain(worlds.content(slug))


def statements(tree):
    """Yield every statement of a tree: what it is called, the source that it names, and the place
    in it.
    """
    for source in tree.get("sources", ()):
        for kind in OF_A_SOURCE:
            for statement in source.get(kind, ()):
                yield (
                    f"{source['slug']}/{kind}/{statement['slug']}",
                    source["slug"],
                    statement.get("place"),
                )
    for run in tree.get("runs", ()):
        for figure in run.get("figures", ()):
            yield f"runs/{run['slug']}/{figure['slug']}", run.get("source"), figure.get("place")
    for kind in STATED:
        for statement in tree.get(kind, ()):
            yield f"{kind}/{statement['slug']}", statement.get("source"), statement.get("place")
    for kind in ("questions", "samples"):  # their own where they name no source
        for statement in tree.get(kind, ()):
            if "source" in statement or "place" in statement:
                yield f"{kind}/{statement['slug']}", statement.get("source"), statement.get("place")


def unfounded(tree):
    """Return every statement whose source is none of the tree's, or whose place is not said."""
    known = {source["slug"] for source in tree.get("sources", ())}
    return [
        name
        for name, source, place in statements(tree)
        if source not in known or not (place or "").strip(" ?.-–")
    ]


# --- sources and places ---------------------------------------------------------------------------


@pytest.mark.parametrize("slug", FOLDERS)
def test_no_statement_stands_without_its_source_and_place(slug):
    assert unfounded(tree(slug)) == []


def test_every_noun_with_a_place_is_looked_at():
    nouns = {
        name for name, noun in vars(schema).items() if "place" in getattr(noun, "model_fields", {})
    }
    of_lists = {
        "CostLine",
        "Migration",
        "Story",
        "Popularity",
        "Point",
        "Hybrid",
        "AnsweredQuestion",
        "DerivedFigure",
    }
    assert (
        nouns == {"Claim", "Advice", "Verdict", "Figure", "Question", "Sample", "Stated"} | of_lists
    )


def test_a_statement_without_place_or_of_an_unknown_source_is_found():
    whole = worlds.full_tree()
    assert unfounded(whole) == []
    assert {name.split("/")[0] for name, _, _ in statements(whole)} == {
        "agency",
        "runs",
        *STATED,
        "questions",
        "samples",
    }
    for kind in (*STATED, "questions", "samples"):
        for spoiled in ({"place": " – "}, {"source": "nobody"}):
            broken = worlds.full_tree()
            broken[kind][0] |= spoiled
            assert unfounded(broken) == [f"{kind}/{broken[kind][0]['slug']}"]
    for kind in OF_A_SOURCE:
        broken = worlds.full_tree()
        del broken["sources"][0][kind][0]["place"]
        assert unfounded(broken) == [f"agency/{kind}/{broken['sources'][0][kind][0]['slug']}"]


# --- findings -------------------------------------------------------------------------------------


def not_checked(tree):
    """Return every statement that an editor could judge and did not."""
    judged = [
        (f"{source['slug']}/{claim['slug']}", claim)
        for source in tree["sources"]
        for claim in source.get("claims", ())
    ]
    judged += [
        (f"{kind}/{statement['slug']}", statement)
        for kind in STATED
        if kind != "derived_figures"
        for statement in tree.get(kind, ())
    ]
    return [
        name
        for name, statement in judged
        if statement.get("finding", Finding.NOT_CHECKED) == Finding.NOT_CHECKED
    ]


@pytest.mark.parametrize("slug", JUDGED)
def test_no_statement_is_left_unchecked(slug):
    assert not_checked(tree(slug)) == []


def test_an_unchecked_statement_is_found():
    whole = worlds.full_tree()
    assert "agency/rps-possible" in not_checked(whole)
    assert "agency/learning-juniors" not in not_checked(whole)
    assert "costs/hosting" not in not_checked(whole)
    del whole["costs"][0]["finding"]
    assert "costs/hosting" in not_checked(whole)


# --- what speaks for a score, and what against it -------------------------------------------------

# what one source says both ways, of one thing, to one audience: the whole list, by claims
CONTRADICTIONS = {
    "fastapi-vs-django": {},
    "python-app-servers": {
        # works; is a beta
        ("gunicorn-docs", "http2", "gunicorn"): ["http2-gunicorn", "http2-gunicorn-guide"],
    },
}


def contradictions(document):
    """Return every cell on which a source contradicts itself, with the source's claims there."""
    claims_by_cell = {}
    for criterion in document.criteria:
        for source in document.sources:
            for option in document.options:
                cell = (criterion.slug, option.slug)
                claims = [
                    claim for claim in source.claims if (claim.criterion, claim.option) == cell
                ]
                if contradicts_itself(criterion, claims):
                    claims_by_cell[source.slug, *cell] = [claim.slug for claim in claims]
    return claims_by_cell


@pytest.mark.parametrize("slug", JUDGED)
def test_a_source_is_said_to_contradict_itself_only_where_it_does(slug):
    assert contradictions(worlds.content(slug)) == CONTRADICTIONS[slug]


def test_two_sources_of_five_find_django_the_harder_start():
    document = worlds.content("fastapi-vs-django")
    cell = weigh(document).cells["learning-curve", "django"]
    steeper = [
        source.slug
        for source, stance in zip(document.sources, cell.stances, strict=True)
        if stance == DISAGREES
    ]
    assert steeper == ["ai-consultancy", "comparison-site"]
    assert (cell.agreement, cell.support, cell.against) == (SPLIT, 3, 2)


def test_no_source_is_counted_against_a_score_that_it_implies_itself():
    """Five sources call FastAPI excellent for AI and Django's admin complete; some of their reasons
    were found misleading.
    """
    cells = weigh(worlds.content("fastapi-vs-django")).cells
    for cell in (("ai-ml", "fastapi"), ("admin-panel", "django"), ("orm", "django")):
        assert (cells[cell].agreement, cells[cell].support, cells[cell].against) == (
            AGREED,
            5,
            0,
        ), cell
        assert cells[cell].dispute == CONTRADICTS_DOCUMENTATION


# --- words of our own -----------------------------------------------------------------------------


def texts(value, name=""):
    """Yield every text that is ours, with the file and slug where it stands. Programs are no
    sentences.
    """
    if isinstance(value, dict):
        here = f"{name} {value['slug']}" if "slug" in value else name
        for key, item in value.items():
            if key in OURS and isinstance(item, str):
                yield f"{here} {key}", item
            elif key != "files":
                yield from texts(item, here)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, name)


def texts_of(tree):
    """Yield every text of a comparison that is ours, each with file, slug and key."""
    home = {field: file for file, fields in FILES.items() for field in fields}
    for key, value in tree.items():
        if key == "prose":
            yield from ((f"{name}.md", text) for name, text in value.items())
        elif key == "sources":
            for source in value:
                yield from texts(source, f"{SOURCES}/{source['slug']}.yaml")
        else:
            yield from texts({key: value}, home.get(key, MAIN))


def phrases(text):
    """Yield every run of words that is too long to be shared. Numbers are left out: they have to be
    exactly the source's.
    """
    words = [
        word
        for word in re.findall(r"\w+(?:'\w+)*", text.replace("’", "'").casefold())
        if not re.search(r"\d", word)
    ]
    for start in range(len(words) - MOST_WORDS):
        yield " ".join(words[start : start + MOST_WORDS + 1])


def spellings(value):
    """Yield every number in its source's own words. These may be repeated: "a few hundred to a
    couple of thousand".
    """
    if isinstance(value, dict):
        yield from ([value["spelling"]] if "spelling" in value else ())
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from spellings(item)


def copied(tree, articles):
    """Return every phrase of the tree's own texts that stands in a file of the folder, with where
    it stands in both.
    """
    file_of = {}
    for path in sorted(path for path in articles.rglob("*") if path.is_file()):
        for phrase in phrases(path.read_text(encoding="utf-8", errors="replace")):
            file_of.setdefault(phrase, path.name)
    for spelling in spellings(tree):
        for phrase in phrases(spelling):
            file_of.pop(phrase, None)
    return [
        f"{where}: “{phrase}” ({file_of[phrase]})"
        for where, text in texts_of(tree)
        for phrase in phrases(text)
        if phrase in file_of
    ]


@pytest.mark.parametrize("slug", FOLDERS)
def test_no_sentence_is_copied_from_an_article(slug):
    if not os.environ.get("ARTICLES"):
        pytest.skip("ARTICLES names no folder of articles to compare with")
    folder = Path(os.environ["ARTICLES"])
    assert any(path.is_file() for path in folder.rglob("*")), f"{folder} holds no articles"
    assert copied(tree(slug), folder) == []


ARTICLE = (
    "They say that Ada is quick, cheap and — for most — good enough. It answers 2,000 requests "
    "in one second flat."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Ada is quick, cheap and for most good.",
            ["ada is quick cheap and for most good"],
            id="eight words",
        ),
        pytest.param(
            "ADA IS QUICK –\ncheap and, for most, GOOD!",
            ["ada is quick cheap and for most good"],
            id="spelt otherwise",
        ),
        pytest.param("Ada is quick, cheap and for most bad.", [], id="seven words"),
        pytest.param(
            "Good enough: it answers 9 requests in one second.",
            ["good enough it answers requests in one second"],
            id="no",
        ),
        pytest.param("2,000 in 1 second", [], id="numbers"),
    ],
)
def test_eight_words_in_a_row_are_a_copy(tmp_path, text, expected):
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    spoiled = worlds.tiny_tree(summary=text, title=ARTICLE)
    assert copied(spoiled, tmp_path) == [
        f"comparison.yaml summary: “{phrase}” (article.txt)" for phrase in expected
    ]


def test_a_copy_is_named_with_file_and_slug(tmp_path):
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    copy = "Ada is quick, cheap and for most good."
    spoiled = worlds.full_tree(prose={"matrix": copy})
    spoiled["sources"][0]["claims"][0]["statement"] = copy
    spoiled["samples"][0]["files"][0]["text"] = copy
    spoiled["sources"][0]["title"] = copy
    spoiled["criteria"][0]["cells"]["swift"]["note"] = copy
    spoiled["questions"][0]["answers"][0]["reason"] = copy
    assert [message.partition(":")[0] for message in copied(spoiled, tmp_path)] == [
        "matrix.md",
        "criteria.yaml throughput note",
        "sources/agency.yaml agency rps-possible statement",
        "tree.yaml whole-product yes reason",
    ]


def test_a_number_in_its_sources_own_words_is_no_copy(tmp_path):
    (tmp_path / "article.txt").write_text(
        "It takes a few hundred to a couple of thousand.", encoding="utf-8"
    )
    text = "A few hundred to a couple of thousand."
    assert len(copied(worlds.tiny_tree(summary=text), tmp_path)) == 1
    assert copied(worlds.full_tree(summary=text), tmp_path) == []  # one of its claims spells it so
