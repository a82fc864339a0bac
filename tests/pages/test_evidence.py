"""The pages about the evidence, as a visitor meets them: who says what, how it held, what is found,
and where links lead.
"""

import re
from datetime import date, timedelta
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparison.core.document.schema import plain
from comparison.core.selection import Selection, parse
from comparison.models import Option
from comparison.pages.evidence.search import entries_of
from comparison.pages.evidence.sections import sections_of
from comparison.pages.scored_release import score
from comparison.publishing import publish as publishing
from comparison.publishing import releases
from comparison.publishing.draft_rows import write_tree
from tests import worlds
from tests.results import results_in
from tests.tools import Page, data, get, html, publish, words_of

pytestmark = pytest.mark.django_db
PAYLOAD = "<script>alert(1)</script>"
SECTIONS = {  # what each says in the full world, and the source that says it
    "choose-when": ("When speed matters.", "agency"),
    "pros-and-cons": ("Typed throughout.", "agency"),
    "together": ("Whole: accounts", "agency"),
    "migrations": ("4-8 weeks", "agency"),
    "costs": ("₹4,000-8,000 a month", "agency"),
    "security": ("Keep tokens short-lived.", "agency"),
    "deployment": ("Both run in containers.", "agency"),
    "stories": ("Gain: Cost, 30%", "agency"),
    "popularity": ("60k As of 2023-12.", "vendor"),
    "trends": ("Asynchronous code spreads.", "agency"),
    "practices": ("Eight factors are announced, five given.", "agency"),
    "questions": ("Can I use both? Yes, side by side.", "agency"),
}
PAGES = [
    "sources/",
    "sources/agency/",
    "tree/",
    "samples/",
    "search/",
    "search/?find=swift",
    "freshness/",
]
PAGES += [f"{slug}/" for slug in SECTIONS]
NOTE = "There is no such page of this comparison; this is the whole of it."


@pytest.fixture(scope="module", autouse=True)
def site(django_db_setup, django_db_blocker):
    """The tiny and the full world, published once for all tests of this module; what a test changes
    is undone after it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        publish()
        publishing.publish(worlds.draft(worlds.full_tree()), "eve", "Now.")
        yield
        transaction.set_rollback(True)


def main_of(address):
    return Page(html(address)).outer("main")


def said(address):
    """Return the words of a page, without those around it."""
    return words_of(main_of(address))


def section(address, id):
    return words_of(Page(html(address)).outer(id))


def full(slug, **changes):
    """Return the full world as a tree under another name; the old names that it answers to stay
    with the first.
    """
    return {
        key: value
        for key, value in worlds.full_tree(slug=slug, **changes).items()
        if key != "renamed"
    }


def another(slug="other", **changes):
    """Publish a full world of another name, changed."""
    return publishing.publish(worlds.draft(full(slug, **changes)), "eve", "Now.")


def with_(noun, slug, **changes):
    """Return the full world's rows of one noun, one of them changed."""
    return [row | (changes if row["slug"] == slug else {}) for row in worlds.full_tree()[noun]]


def links(markup):
    return [e["href"] for e in Page(markup).find("a") if e.get("href", "").startswith("/")]


# --- sources --------------------------------------------------------------------------------------


def test_the_list_of_sources_says_who_speaks_what_they_sell_and_how_it_held():
    words = said("/full/sources/")
    assert "2 sources" in words
    assert "1. Swift vs Whole" in words and "An agency, agency" in words
    assert "Sells both" in words and "2024-05" in words and "measured something itself" in words
    assert "10 claims" in words and "1 wrong" in words and "13 unverifiable" in words
    assert "2 contradictions in its own numbers" in words
    assert "1 contradiction in its own numbers" in words
    assert "Undated" in words


def test_a_source_that_is_left_out_is_listed_and_marked():
    words = said("/full/sources/?distrust=agency")
    assert words.count("Not counted here") == 1
    assert "Not counted here" not in said("/full/sources/")
    assert "It is not counted here." in said("/full/sources/agency/?distrust=agency")
    assert "It is not counted here." not in said("/full/sources/vendor/?distrust=agency")


def test_a_source_is_shown_whole():
    words = said("/full/sources/agency/")
    for part in (
        "10 claims, 2 in dispute",
        "Interest: Sells both.",
        "Copies the vendor's table.",
        "together they have one vote",
        "Take Swift. For services.",
        "Announces eight factors and gives 2.",
        "Prints a throughput under a heading on latency (Swift).",
        "An add-on is not built in.",
        "Whole (or Swift + Auth0).",
        "Not both for still pictures.",
        "Costs (2)",
    ):
        assert part in words, part


def test_a_source_without_claims_shows_no_empty_part():
    page = Page(html("/full/sources/vendor/"))
    assert "0 claims" in page.text
    assert not page.find("section", id="claims-of-it")
    assert "It gives no verdict of its own." in page.text


def test_what_a_source_says_to_two_audiences_is_no_contradiction_and_to_one_audience_is():
    # 7 for juniors, 3 where an API is all
    assert not Page(html("/full/sources/agency/")).find("section", id="within")
    sources = worlds.full_tree()["sources"]
    for claim in sources[0]["claims"]:
        claim.pop("audience", None)
    publishing.publish(worlds.draft(full("unlike", sources=sources)), "eve", "Now.")
    words = section("/unlike/sources/agency/", "within")
    assert "Learning curve" in words and "Throughput" not in words  # numbers that imply no score


def test_where_a_source_stands_against_the_others_is_shown_with_all_three_numbers():
    # 9 of 10; the other source says 5, the matrix 9
    words = section("/tiny/sources/first/", "differs")
    assert words.endswith("SpeedAda959")
    assert not Page(html("/tiny/sources/first/")).find("section", id="alone")
    publish(sources=[worlds.tiny_tree()["sources"][0]])
    assert "SpeedAda9–9" in section("/tiny/sources/first/", "alone")
    assert not Page(html("/tiny/sources/first/")).find("section", id="differs")


def test_every_claim_stands_once_in_the_bar_and_once_in_the_list():
    page = Page(html("/full/sources/agency/"))
    widths = [float(e["width"].rstrip("%")) for e in page.find("rect")]
    assert sum(widths) == pytest.approx(100, abs=0.1)
    assert len([e for e in page.find("li") if e.get("id", "").startswith("claim-")]) == 10


def test_the_verdict_from_a_sources_claims_alone_is_the_one_that_its_link_shows():
    page = main_of("/full/sources/agency/")
    (link,) = re.findall(r'href="([^"]*)">See that result', page)
    assert link == "/full/?distrust=vendor&amp;basis=claims"
    ((of, words),) = results_in(page)
    assert of == "?distrust=vendor&basis=claims"
    assert words.startswith("Whole leads by ")
    assert data("distrust=vendor&basis=claims", "full")["decision"]["leaders"] == ["whole"]


def test_objections_of_a_source_that_is_left_out_lead_to_no_place_where_they_do_not_stand():
    assert "See it in place" in said("/full/sources/vendor/")
    words = said("/full/sources/vendor/?distrust=vendor")
    assert "its own numbers are Swift 60,000, Whole 70,000 stars" in words
    assert "See it in place" not in words


# --- sections -------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SECTIONS)
def test_a_section_shows_each_statement_with_its_source_place_and_finding(slug):
    stated, source = SECTIONS[slug]
    words = said(f"/full/{slug}/")
    assert stated in words
    assert {"agency": "An agency. ", "vendor": "Whole Ltd. "}[source] in words
    assert any(
        found in words
        for found in ("Nobody can check it. Nothing else says so.", "Supported.", "Outdated.")
    )


@pytest.mark.parametrize("slug", SECTIONS)
def test_a_section_falls_with_the_only_source_that_speaks_in_it(slug):
    stated, source = SECTIONS[slug]
    other = {"agency": "vendor", "vendor": "agency"}[source]
    assert NOTE not in said(f"/full/{slug}/?distrust={other}")
    left = Page(html(f"/full/{slug}/?distrust={source}"))
    assert NOTE in left.text and left.find("form", id="sel")
    assert f"/full/{slug}/" not in [
        urlsplit(e["href"]).path for e in left.find("a") if e.get("href")
    ]
    assert stated not in left.text


def test_a_statement_falls_with_its_source_and_the_counts_follow():
    another(
        popularity=with_("popularity", "stars", source="agency"),
        derived_figures=[
            row for row in worlds.full_tree()["derived_figures"] if row["slug"] != "ahead"
        ],
    )
    whole, left = said("/other/popularity/"), said("/other/popularity/?distrust=agency")
    assert "2 statements of 2 sources." in whole and "70k" in whole
    assert "1 statement of 1 source." in left and "70k" not in left and "60k" in left


@pytest.mark.parametrize("slug", SECTIONS)
def test_a_section_that_is_opened_brings_what_its_page_shows(slug):
    for query in ("", "?distrust=nobody", "?options=swift,whole"):
        region = html(f"/full/-/section/{slug}/{query}")
        assert words_of(region) in said(f"/full/{slug}/{query}")
        assert "<main" not in region
    assert get(f"/full/-/section/{slug}/").headers["X-Robots-Tag"] == "noindex"


def test_closed_sections_on_the_page_name_count_and_link_what_they_hold():
    page = Page(html("/full/"))
    folds = page.find("details", **{"class": "fold"})
    assert [e["id"].removeprefix("more-") for e in folds] == list(SECTIONS)
    assert all("open" not in e for e in folds)
    costs = words_of(page.outer("more-costs"))
    assert costs.startswith("Costs 2 statements, 1 source")
    assert "thousands of dollars" not in page.outer("more")
    assert "1 contradicts itself" in words_of(page.outer("more-popularity"))
    for fold in folds:
        slug = fold["id"].removeprefix("more-")
        assert fold["data-hx-get"] == f"/full/-/section/{slug}/"
        assert f"/full/{slug}/" in links(page.outer(fold["id"]))


def test_what_contradicts_itself_is_said_in_place():
    assert "States" not in said("/full/costs/")
    assert "Says “overtaken”; its own numbers are Swift 60,000, Whole 70,000 stars." in said(
        "/full/popularity/"
    )
    assert "Announces eight factors and gives 2." in said("/full/choose-when/")
    assert "Prints a throughput under a heading on latency" in section("/full/", "figures")
    assert Page(main_of("/full/popularity/")).find("p", **{"class": "note"})


def test_an_objection_falls_with_its_source():
    assert "Prints a throughput" not in html("/full/?distrust=agency")
    another(
        points=[
            *worlds.full_tree()["points"],
            worlds.stated("quick", "List", "vendor") | {"topic": "choose-when", "text": "!"},
        ]
    )
    assert "Announces eight" in said("/other/choose-when/")
    assert "Announces eight" not in said("/other/choose-when/?distrust=agency")


def test_what_a_source_computed_is_shown_where_the_figures_of_others_are_left_out():
    # the runs are the agency's; the vendor computed from them
    page = Page(html("/full/?distrust=agency"))
    assert "A total." in words_of(page.outer("fig-derived"))
    assert "thousands" not in page.outer("figures")


def test_statements_on_options_that_are_not_compared_are_left_out():
    words = said("/full/costs/?options=whole,both")
    assert "Hosting" in words and "thousands of dollars" not in words


# --- the decision tree ----------------------------------------------------------------------------


def test_the_tree_asks_its_first_question_and_says_what_can_still_come_out():
    words = said("/full/tree/")
    assert "1. Is it a whole product?" in words
    assert "An agency. Figure 1" in words
    assert "Yes then still possible: Whole" in words
    assert "Still possible now: Swift, Whole" in words
    assert "Your answers" not in words
    assert words.count("not asked yet") == 3


def test_the_tree_is_walked_by_links_to_a_leaf_and_back():
    step = "/full/tree/?tree=whole-product:no"
    assert step in links(main_of("/full/tree/"))
    assert "2. Is it one service?" in said(step)
    leaf = "/full/tree/?tree=whole-product:no,one-service:yes"
    assert leaf in links(main_of(step))
    words = said(leaf)
    assert "Swift It is small." in words and "Your answers" in words
    assert "Same. By the scores " in words
    changes = links(main_of(leaf))
    assert step in changes and changes.count("/full/tree/") >= 2  # change the first, begin again


def test_answers_that_belong_to_no_question_on_the_way_are_left_out_and_said():
    words = said("/full/tree/?tree=whole-product:yes,one-service:no")
    assert "1 answer belongs to no question on this way and is left out." in words
    assert "It is all there." in words


def test_a_changed_answer_drops_those_after_it():
    leaf = main_of("/full/tree/?tree=whole-product:no,one-service:yes")
    (change,) = re.findall(r'href="([^"]*)">Change<span class="vh">: Is it one service', leaf)
    assert change == "/full/tree/?tree=whole-product:no"
    (first,) = re.findall(r'href="([^"]*)">Change<span class="vh">: Is it a whole', leaf)
    assert first == "/full/tree/"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("tree=whole-product:no,one-service:yes", "Same. By the scores Swift "),
        ("tree=whole-product:yes", "Different. By the scores Swift leads by "),
        ("tree=whole-product:no,one-service:no", "Overlap. By the scores Swift leads by "),
        (
            "must=rate-limits&tree=whole-product:yes",
            "Blocked. It fails a must-have: Rate limits included.",
        ),
        (
            "distrust=agency,vendor&tree=whole-product:yes",
            "Different. By the scores nobody leads (no evidence).",
        ),
    ],
    ids=["same", "different", "overlap", "blocked", "no scores"],
)
def test_the_advice_is_held_against_the_scores(query, words):
    assert words in said(f"/full/tree/?{query}")


def test_options_that_are_meant_together_are_joined_by_and():
    assert "Both together" in said("/full/tree/?tree=whole-product:no,one-service:no")
    questions = worlds.tiny_tree()["questions"]
    questions[0]["answers"][0] |= {"options": ["ada", "bob"], "together": True}
    publish(questions=questions)
    assert section("/tiny/tree/?tree=hurry:yes", "question") == "Ada and Bob"
    questions[0]["answers"][0] |= {"together": False}
    publish(questions=questions)
    assert section("/tiny/tree/?tree=hurry:yes", "question") == "Ada or Bob"


def test_every_rule_says_where_it_stands():
    words = section("/full/tree/?tree=whole-product:yes", "rules")
    # one of them in the heading's sentence
    assert words.count("decides") == 2 and words.count("may hold too") == 2
    words = section("/full/tree/?tree=whole-product:no,one-service:yes", "rules")
    assert words.count("ruled out") == 2


def test_answers_change_no_score():
    assert data("", "full")["decision"] == data("tree=whole-product:yes", "full")["decision"]


def test_an_unknown_answer_is_noted_and_the_question_asked():
    words = said("/full/tree/?tree=whole-product:perhaps")
    assert "The question “whole-product” does not exist here" in words
    assert "1. Is it a whole product?" in words


# --- samples --------------------------------------------------------------------------------------


def test_samples_show_whole_programs_and_say_whose_excerpt_they_answer():
    words = said("/full/samples/")
    assert "It needs no settings." in words
    assert "Listing 2, an excerpt. 1 An agency, Listing 2. An excerpt." in words
    assert 'print("Hello")' in words


def test_code_is_shown_never_run():
    found = main_of("/full/samples/")
    assert "<script" not in found
    assert "<p>Hello</p> <script>alert(1)</script>" in words_of(found)  # as text


@pytest.mark.parametrize("path", ["a.py", "a.html", "a.js", "a.yaml", "a.unknown"])
def test_code_in_any_language_is_escaped(path):
    files = [{"path": path, "text": f'x = "{PAYLOAD}" # {PAYLOAD}\n</code></pre>{PAYLOAD}&amp;'}]
    sample = worlds.full_tree()["samples"][0] | {"files": files}
    another(samples=[sample])
    found = main_of("/other/samples/")
    assert "<script" not in found
    assert found.count("</code>") == 1
    assert "&amp;amp;" in re.sub(r"<[^>]+>", "", found)
    assert files[0]["text"].split("\n")[0] in words_of(found)


def test_a_sample_of_an_option_that_is_not_compared_is_left_out():
    assert NOTE in said("/full/samples/?options=whole,both")


# --- search ---------------------------------------------------------------------------------------


def hits(words, slug="full", query=""):
    found = main_of(f"/{slug}/search/?{query}find={quote(words)}")
    return [
        words_of(part)
        for part in re.findall(r"<li>(.*?)</li>", found[found.index("</form>") :], re.DOTALL)
    ]


def total(words, slug="full"):
    return re.search(r"<output>(.*?)</output>", html(f"/{slug}/search/?find={quote(words)}"))[1]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Machines cost money", "Throughput"),
        ("STRANGERS knock", "Rate limits"),
        ("much to learn first", "Learning curve, Whole"),
        ("there is no such setting", "Rate limits, Whole"),
        ("an add-on is not built in", "Rate limits"),
        ("take swift", "Take Swift."),
        ("numbers that move", "Live dashboards"),
        ("still pictures", "Not both for still pictures."),
        ("t3.xlarge", "A GET of one row"),
        ("57% faster", "57%"),
        ("containers", "Both run in containers."),
        ("shared redis", "Side by side"),
        ("30%", "A big house"),
        ("is it one service", "Is it one service?"),
        ("whole-ratelimit", "whole-ratelimit"),
        ("print hello", "Hello"),
        ("learning-juniors", "Juniors find everything in one place."),
        ("rps-both", "50,000 to 100,000 and more."),
        ("side-by-side", "Side by side"),
        ("paragraph 9", "Juniors find everything"),
    ],
)
def test_every_kind_of_text_is_found_by_its_words_or_its_slug(words, found):
    assert any(found in hit for hit in hits(words)), hits(words)


def test_all_words_have_to_stand_in_one_place():
    assert hits("juniors everything") and hits("everything juniors")
    assert hits("juniors") and hits("containers")
    assert hits("juniors containers") == []
    assert "Nothing is found." in said("/full/search/?find=juniors+containers")


def test_one_place_is_not_called_places():
    assert total("containers") == "1 place"
    assert total("zebra") == "0 places"


@pytest.mark.parametrize("query", ["", "?find=", "?find=+++", "?find=%00", "?finds=swift"])
def test_a_search_for_nothing_finds_nothing_and_says_nothing(query):
    found = main_of(f"/full/search/{query}")
    assert "Nothing is found" not in found
    assert re.search(r"<output></output>", found)
    assert '<ul class="cl">' not in found


def test_what_a_left_out_source_says_is_not_found():
    assert (
        hits("containers")
        and hits("57% faster")
        and hits("juniors")
        and hits("it depends")
        and hits("t3.xlarge")
    )
    for words in (
        "containers",
        "57% faster",
        "juniors",
        "it depends",
        "t3.xlarge",
        "still pictures",
    ):
        assert hits(words, query="distrust=agency&") == [], words
    assert hits("overtaken", query="distrust=agency&")


def test_only_the_first_hundred_of_many_are_shown():
    publishing.publish(worlds.draft(worlds.large_tree(8, 30, claims_per_cell=1)), "eve", "Now.")
    assert len(hits("generated", "large")) == 100
    assert "The first 100 are shown." in said("/large/search/?find=generated")
    assert int(total("generated", "large").split()[0]) > 400
    assert "The first 100" not in said("/large/search/?find=criterion-3+question")


def test_a_long_text_is_shown_around_the_words():
    long = "Begin. " + "word " * 100 + "needle " + "word " * 100 + "end."
    another(
        points=[
            *worlds.full_tree()["points"],
            worlds.stated("long", "List") | {"topic": "trend", "text": long},
        ]
    )
    (hit,) = hits("needle", "other")
    assert "needle" in hit and "Begin." not in hit and len(hit) < 350
    assert hit.count("…") == 2


@pytest.mark.parametrize(
    "find",
    [
        PAYLOAD,
        '"><b>',
        "' onfocus=alert(1) x='",
        "%",
        "%s %d {}",
        "\\",
        "(.*",
        "[",
        "\x00\x01",
        "\u202e",
        "x" * 5000,
        "a " * 3000,
        "ß",
    ],
)
def test_hostile_words_are_only_words(find):
    page = html(f"/full/search/?find={quote(find)}")
    assert PAYLOAD not in page and "<b>" not in Page(page).outer("main").replace(
        "<b>Nothing is found.</b>", ""
    ).replace("<b>Evenhand</b>", "")
    (field,) = Page(page).find("input", name="find")
    assert len(field["value"]) <= 80
    assert not [name for name in field if name.startswith("on")]


@pytest.mark.parametrize(
    "query",
    [
        "find=a&find=b",
        "find=%FF%FE",
        "find=%zz",
        "find",
        "find=%ED%A0%80",
        "find[]=a",
        "&&find=a&=&",
    ],
)
def test_a_search_takes_any_query(query):
    get(f"/full/search/?{query}")


def test_words_to_find_are_no_strange_part_of_an_address():
    assert "Some of the link could not be used" not in html(
        "/full/search/?find=swift&off=throughput"
    )
    assert "find" not in data("find=swift", "full")["selection"]


def test_a_search_keeps_the_selection_in_its_form_and_its_hits():
    query = "use=live-dashboards&off=throughput&w=learning-curve:5&distrust=vendor&q=a%26b"
    page = Page(main_of(f"/full/search/?find=swift&{query}"))
    sent = [(e["name"], e["value"]) for e in page.find("input", type="hidden")]
    assert sent == parse_qsl(query)
    hrefs = [e["href"] for e in page.find("a") if "/cell/" in e.get("href", "")]
    assert hrefs and all(urlsplit(href).query == query for href in hrefs)


@pytest.mark.parametrize("query", ["", "distrust=agency", "distrust=vendor", "options=whole,both"])
def test_every_place_that_a_search_can_find_is_there(query):
    release = releases.current("full")
    scored = score(release, parse(release.document, query)[0])
    assert missing_anchors("/full/", [entry.address for entry in entries_of(scored)], query) == []


def missing_anchors(base, addresses, query=""):
    """Return every address, within a comparison, whose page or place is not there."""
    known, missing = {}, []
    for address in dict.fromkeys(addresses):
        path, _, place = address.partition("#")
        if path not in known:
            text = html(f"{base}{path}?{query}")
            known[path] = set(re.findall(r'\sid="([^"]+)"', text)) if NOTE not in text else None
        if known[path] is None or (place and place not in known[path]):
            missing.append(address)
    return missing


# --- freshness ------------------------------------------------------------------------------------

READ_ON, LIFE = date(2026, 11, 20), 30


@pytest.fixture
def checked(monkeypatch):
    """Another full world in which one cell's check holds thirty days; returns how to choose the
    day.
    """
    tree = full("other")
    tree["criteria"][1]["shelf_life_days"] = LIFE
    publishing.publish(worlds.draft(tree), "eve", "Now.")
    return lambda day: monkeypatch.setattr("django.utils.timezone.localdate", lambda: day)


@pytest.mark.parametrize(
    ("days", "overdue"),
    [(0, False), (LIFE - 1, False), (LIFE, False), (LIFE + 1, True), (9999, True)],
)
def test_a_check_is_overdue_once_its_shelf_life_has_passed(checked, days, overdue):
    checked(READ_ON + timedelta(days=days))
    words = section("/other/freshness/", "overdue")
    assert words.startswith(f"Checks overdue: {int(overdue)}")
    assert ("Rate limits: Whole" in words) is overdue
    assert "20 Dec 2026" in section("/other/freshness/", "cells")
    assert bool(Page(main_of("/other/freshness/")).find("td", **{"class": "r"})) is overdue


def test_a_check_without_a_shelf_life_is_never_overdue(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2090, 1, 1))
    assert section("/full/freshness/", "overdue").startswith("Checks overdue: 0")
    assert "As of 1 Jan 2090." in said("/full/freshness/")


def test_freshness_counts_claims_findings_and_cells():
    words = said("/full/freshness/").split("Checks overdue: ")[0]
    for count in (
        "Claims10",
        "claims among them26",
        "Not checked5",
        "Wrong1",
        "Cells9",
        "documentation1",
        "single source5",
        "silent4",
    ):
        assert count in words, count


def test_every_cell_is_listed_and_linked_with_its_days():
    page = Page(html("/full/freshness/?off=throughput"))
    cells = Page(page.outer("cells")).find("a")
    assert len(cells) == 9
    assert all(cell["href"].endswith("/?off=throughput") for cell in cells)
    assert "Rate limits Whole 21 Nov 2026 20 Nov 2026 –".replace(" ", "") in words_of(
        page.outer("cells")
    ).replace(" ", "")


def test_cells_fall_silent_with_their_sources():
    assert section("/full/freshness/", "silent").startswith("Silent: 4")
    assert section("/full/freshness/?distrust=agency", "silent").startswith("Silent: 9")
    assert section("/full/freshness/?distrust=agency", "single").startswith("A single source: 0")


def test_freshness_is_another_answer_the_next_day(monkeypatch):
    tags = set()
    for day in (date(2026, 11, 21), date(2026, 11, 22)):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda day=day: day)
        tags.add(get("/full/freshness/").headers["ETag"])
    assert len(tags) == 2


# --- leaving several sources out at once ----------------------------------------------------------


def dated(published, slug, kind="practitioner", interest="None stated", measured=False):
    source = {
        "slug": slug,
        "title": slug,
        "publisher": slug,
        "publisher_kind": kind,
        "interest": interest,
    }
    return source | {"published": published, "read_on": "2026-11-20", "measured": measured}


@pytest.fixture
def aged():
    """A tiny world of sources of every age and interest."""
    first, second = worlds.tiny_tree()["sources"]
    sources = [
        first,
        second,
        dated("undated", "timeless"),
        dated("2026-11-20", "today"),
        dated("2025-11-20", "a-year"),
        dated("2025-11-19", "a-year-and-a-day"),
        dated("2025-11", "a-year-by-month"),
        dated("2025-10", "more-by-month"),
        dated("2025", "a-year-by-year"),
        dated("2024", "two-by-year"),
        dated("2023-11-19", "three-years"),
        dated("2026-01-01", "seller", "vendor", "Sells Ada"),
        dated("2026-01-02", "giver", "vendor", "None: it is free"),
        dated("2026-01-03", "tester", measured=True),
    ]
    publish(slug="aged", sources=sources)


ALL = {
    "first",
    "second",
    "timeless",
    "today",
    "a-year",
    "a-year-and-a-day",
    "a-year-by-month",
    "more-by-month",
}
ALL |= {"a-year-by-year", "two-by-year", "three-years", "seller", "giver", "tester"}
OLDER_24 = {"timeless", "three-years"}
OLDER_12 = OLDER_24 | {"a-year-and-a-day", "more-by-month", "two-by-year", "first", "second"}


@pytest.mark.parametrize(
    ("group", "left_out"),
    [
        ("commercial", {"seller"}),
        ("unmeasured", ALL - {"tester"}),
        ("older-12", OLDER_12),
        ("older-24", OLDER_24),
        ("older-36", {"timeless", "three-years"}),
        ("all", ALL),
        ("none", set()),
    ],
)
def test_a_button_leaves_out_its_group_of_sources(aged, group, left_out):
    trusted = "".join(f"&trust={slug}" for slug in ALL)
    moved = get(f"/aged/?form=1&under=none&on=speed&on=ease&on=cost{trusted}&mute={group}", 302)
    found = dict(parse_qsl(urlsplit(moved["Location"]).query)).get("distrust", "")
    assert set(found.split(",")) - {""} == left_out
    (button,) = Page(html("/aged/")).find("button", name="mute", value=group)
    assert set(button["data-mute"].split()) == left_out  # the script leaves out the same


def test_a_button_adds_to_what_is_left_out_already_and_one_takes_all_back(aged):
    form = "/aged/?form=1&under=none&on=speed&on=ease&on=cost" + "".join(
        f"&trust={slug}" for slug in ALL - {"today"}
    )
    assert "distrust=today,seller" in get(f"{form}&mute=commercial", 302)["Location"]
    assert "distrust" not in get(f"{form}&mute=none", 302)["Location"]


def test_a_group_that_is_no_group_is_noted_and_leaves_nobody_out():
    # nobody in the tiny world sells anything
    for name in ("zebra", "commercial", "older-13", "<b>"):
        words = said(
            f"/tiny/?form=1&under=none&on=speed&on=ease&on=cost&trust=first&trust=second&mute={quote(name)}"
        )
        assert "The group of sources" in words and "does not exist here" in words
        assert "Ahead of Cyd" in words


def test_groups_of_nobody_have_no_button():
    values = [e["value"] for e in Page(html("/tiny/")).find("button", name="mute")]
    assert values == ["unmeasured", "older-12", "all", "none"]
    assert "older-24" in [e["value"] for e in Page(html("/full/")).find("button", name="mute")]


def test_without_any_source_nobody_wins():
    told = data("distrust=agency,vendor", "full")["decision"]
    assert (told["state"], told["leaders"], told["margin"]) == ("no-scores", [], None)
    assert all(option["score"] is None for option in told["options"])
    words = section("/full/?distrust=agency,vendor", "results")
    assert (
        "No evidence is left" in words
        and "Count the sources and the editors’ own scores again to see a result." in words
    )
    assert data("distrust=agency", "full")["decision"]["leaders"] != []
    for path in ("sources/", "sources/agency/", "tree/", "search/?find=swift&", "freshness/"):
        get(f"/full/{path}{'' if '?' in path else '?'}distrust=agency,vendor")


# --- agreement ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/tiny/cell/speed/ada/", "Split 1 to 1"),
        ("/tiny/cell/speed/ada/?distrust=second", "A single source"),
        ("/tiny/cell/speed/ada/?distrust=first,second", "Every source is silent"),
        ("/tiny/cell/speed/bob/", "Every source is silent"),
        ("/full/cell/rate-limits/whole/", "One against the score, checked Changed 21 Nov 2026."),
    ],
)
def test_a_cell_says_in_words_how_its_sources_agree(address, words):
    assert words in said(address)
    region = address.replace("/cell/", "/-/claims/")
    assert words in words_of(html(region))


def test_who_implies_no_score_is_shown_as_speaking_and_backs_nothing():
    sources = worlds.tiny_tree()["sources"]
    del sources[1]["claims"][0]["score"]
    publish(sources=sources)
    assert "One source with a score" in said("/tiny/cell/speed/ada/")
    assert "2 of 2 sources, one source with a score" in said("/tiny/")
    assert not Page(html("/tiny/sources/first/")).find("section", id="alone")
    del sources[0]["claims"][0]["score"]
    publish(sources=sources)
    assert "No source backs a score" in said("/tiny/cell/speed/ada/")
    assert "2 of 2 sources, no source backs a score, the editors’ own estimate" in said("/tiny/")
    assert "A single source: 0" in said("/tiny/freshness/") and "Silent: 8" in said(
        "/tiny/freshness/"
    )


def test_sources_that_say_the_same_agree():
    sources = worlds.tiny_tree()["sources"]
    sources[1]["claims"][0]["score"] = 8
    publish(sources=sources)
    assert "Agreed" in said("/tiny/cell/speed/ada/")
    assert "2 of 2 sources, agreed" in said("/tiny/")


def test_copies_of_one_origin_count_once_and_it_is_said():
    sources = worlds.tiny_tree()["sources"]
    for source in sources:
        source["origin"] = "one-house"
    sources[1]["claims"][0]["score"] = 9
    publish(sources=sources)
    words = said("/tiny/cell/speed/ada/")
    assert "A single source" in words and "Copies of one origin count once." in words


def test_a_claim_is_shown_with_its_sources_interest():
    assert "An agency (interest: Sells both)." in said("/full/cell/throughput/swift/")


# --- addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_a_title_and_the_whole_frame(path):
    page = Page(html(f"/full/{path}"))
    assert len(page.find("h1")) == 1
    assert page.html.split("</title>")[0].endswith("Swift, Whole or both? · Evenhand")
    ids = [e["id"] for e in page.elements if e.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_a_pinned_page_stays_as_it_was_and_links_to_its_own_release(path):
    before = main_of(f"/full/@1/{path}")
    Option.objects.filter(comparison__slug="full", slug="swift").update(name="Swallow")
    publishing.publish(
        Option.objects.get(comparison__slug="full", slug="swift").comparison, "eve", "Renamed."
    )
    after = main_of(f"/full/@1/{path}")
    assert "Release 2 is the newest." in words_of(after)
    assert words_of(re.sub(r'<div class="notes".*?</div>', "", after, flags=re.DOTALL)) == words_of(
        before
    )
    assert all(link.startswith("/full/@1/") for link in links(before))


@pytest.mark.parametrize("path", PAGES)
def test_a_release_that_was_never_published_is_the_newest_with_a_note(path):
    found = main_of(f"/full/@77/{path}")
    assert "Release “77” was never published; this is the newest." in words_of(found)
    assert not [link for link in links(found) if "@77" in link]


@pytest.mark.parametrize("path", PAGES)
def test_a_drafts_page_is_for_editors_and_never_kept(path):
    tree = worlds.full_tree(title="Not published yet")
    write_tree(Option.objects.get(comparison__slug="full", slug="swift").comparison, tree)
    assert "Not published yet" not in html(f"/full/@draft/{path}")
    client = Client()
    client.force_login(User.objects.create_superuser("eve"))
    response = client.get(f"/full/@draft/{path}")
    found = response.content.decode()
    assert response.status_code == 200
    assert (
        "Not published yet" in found
        and "This is the draft." in found
        and 'content="noindex, nofollow"' in found
    )
    assert (
        response.headers["Cache-Control"] == "private, no-store" and "ETag" not in response.headers
    )
    assert all(link.startswith("/full/@draft/") for link in links(Page(found).outer("main")))


@pytest.mark.parametrize(
    "path",
    [
        "sources/nobody/",
        "sources/agency/more/",
        "nothing/",
        "-/section/nothing/",
        "-/section/",
        "sources/%00/",
        "tree/yes/",
        "samples/x/",
    ],
)
@pytest.mark.parametrize("base", ["/full/", "/full/@1/"])
def test_a_link_to_no_page_leads_to_the_comparison_with_a_note(base, path):
    words = words_of(html(f"{base}{path}?off=throughput"))
    assert NOTE in words
    assert "Swift, Whole or both?" in words


def test_a_comparison_without_tree_samples_or_statements_has_no_such_pages():
    publish(questions=[])
    links_there = links(html("/tiny/"))
    for path in ("tree/", "samples/", "costs/"):
        assert NOTE in said(f"/tiny/{path}")
        assert not [link for link in links_there if link.startswith(f"/tiny/{path}")]
    assert not Page(html("/tiny/")).find("section", id="more")


@pytest.mark.parametrize("path", PAGES)
def test_a_warm_page_makes_at_most_one_query(path):
    get(f"/full/{path}")
    for query in ("off=throughput", "options=swift,whole"):
        with CaptureQueriesContext(connection) as asked:
            get(f"/full/{path}{'&' if '?' in path else '?'}{query}")
        assert len(asked) <= 1, [query["sql"] for query in asked]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_kept_by_its_tag(path):
    response = get(f"/full/{path}")
    assert response.headers["ETag"] and "must-revalidate" in response.headers["Cache-Control"]
    other = get(f"/full/{path}{'&' if '?' in path else '?'}off=throughput")
    assert other.headers["ETag"] != response.headers["ETag"]


KEPT = "use=live-dashboards&off=throughput&w=learning-curve:5&waive=rate-limits&distrust=vendor&q=a%26b&from=1"


@pytest.mark.parametrize("path", [path for path in PAGES if path != "popularity/"])
def test_every_link_of_a_page_keeps_the_selection(path):
    found = main_of(f"/full/{path}{'&' if '?' in path else '?'}{KEPT}")
    lost = []
    for link in links(found):
        query = urlsplit(link).query
        chosen = [(key, value) for key, value in parse_qsl(query) if key != "tree"]
        # the result of one source's claims alone is another
        if chosen != parse_qsl(KEPT) and "basis=claims" not in query:
            lost.append(link)
    assert lost == []


def test_links_of_the_comparison_into_the_evidence_keep_the_selection():
    page = Page(html(f"/full/?{KEPT}"))
    kept = [
        e["href"]
        for id in ("case", "sources")
        for e in Page(page.outer(id)).find("a")
        if "data-keep" in e
    ]
    assert {urlsplit(link).path for link in kept} >= {
        "/full/sources/",
        "/full/tree/",
        "/full/search/",
        "/full/freshness/",
    }
    assert {urlsplit(link).query for link in kept} == {KEPT}
    folds = [e["href"] for e in Page(page.outer("more")).find("a") if "data-keep" in e]
    assert folds and all("distrust=vendor" in link for link in folds)


# --- words of others are only words ---------------------------------------------------------------


def hostile(value):
    """Return a tree in which every text that a reader may be shown carries a script."""
    match value:
        case dict():
            spared = {
                "slug",
                "read_on",
                "changed_on",
                "published",
                "as_of",
                "date",
                "address",
                "version",
                "unit",
                "path",
                "currency",
            }
            return {
                key: item if key in spared or key in ENUMS else hostile(item)
                for key, item in value.items()
            }
        case list():
            return [hostile(item) for item in value]
        case str() if " " in value or value.istitle():
            return f"{value} {PAYLOAD}"
    return value


ENUMS = {
    "publisher_kind", "kind", "form", "modality", "strength", "finding", "topic", "metric", "statistic", "period", "support",
    "direction", "option", "options", "criterion", "use_case", "source", "component", "components", "workload", "subject",
    "filed_under", "question", "questions", "group", "must", "start", "target", "importances", "figures", "points", "popularity",
    "default_use_case", "origin",
}  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_what_editors_and_sources_write_is_never_markup(path):
    tree = full("other")
    for noun in (
        "costs",
        "migrations",
        "stories",
        "popularity",
        "points",
        "hybrids",
        "answered_questions",
        "sources",
        "samples",
    ):
        tree[noun] = hostile(tree[noun])
    tree["questions"] = [
        question
        | {
            "text": question["text"] + PAYLOAD,
            "answers": [a | {"text": a["text"] + PAYLOAD} for a in question["answers"]],
        }
        for question in tree["questions"]
    ]
    tree["options"] = [
        option | {"name": f"{option['name']} {PAYLOAD}"} for option in tree["options"]
    ]
    tree["criteria"] = [
        criterion | {"name": f"{criterion['name']} {PAYLOAD}"} for criterion in tree["criteria"]
    ]
    publishing.publish(worlds.draft(tree), "eve", "Now.")
    page = html(f"/other/{path}")
    assert "<script>alert" not in page
    assert "alert(1)" in words_of(page) or path == "search/"


# --- the real content -----------------------------------------------------------------------------

CONTENT = sorted(path.name for path in settings.CONTENT_DIR.iterdir() if path.is_dir())
BESIDE = ("sources/", "tree/", "search/", "freshness/")
EMPTY = re.compile(
    r"<(ul|ol|dl|tbody|p|li|dd|dt|pre|td|h[1-6]|small|figure|section)\b[^>]*>\s*</\1>"
)


@pytest.fixture(scope="module")
def visited(site, django_db_blocker):
    """Every page about the evidence of both real comparisons, and whatever it links to: address ->
    status and HTML.
    """
    found = {}
    with django_db_blocker.unblock(), transaction.atomic():
        for slug in CONTENT:
            publishing.publish(worlds.draft(plain(worlds.content(slug))), "eve", "Now.")
        client = Client(raise_request_exception=False)
        for slug in CONTENT:
            waiting = pages_of(slug)
            while waiting:
                address = waiting.pop()
                if address not in found:
                    found[address] = visit(client, address)
                    waiting += [
                        link
                        for link in found[address][2]
                        if urlsplit(link).path == f"/{slug}/tree/"
                    ]
        for address in list(found):
            for link in found[address][2]:
                if (target := link.partition("#")[0] or address) not in found:
                    found[target] = (*visit(client, target)[:2], ())
        transaction.set_rollback(True)
    releases.memory.forget()
    return found


def visit(client, address):
    response = client.get(address)
    text = response.content.decode()
    hrefs = [href.replace("&amp;", "&") for href in re.findall(r'<a\s[^>]*?href="([^"]*)"', text)]
    return response.status_code, text, tuple(href for href in hrefs if href.startswith(("/", "#")))


def pages_of(slug):
    """Return the address of every page about the evidence of a comparison."""
    document = worlds.content(slug)
    scored = score(releases.current(slug), Selection())
    pages = [
        *BESIDE,
        "search/?find=python",
        *(["samples/"] if document.samples else []),
        *(f"{name}/" for name in sections_of(scored)),
    ]
    return [
        f"/{slug}/{path}"
        for path in (*pages, *(f"sources/{source.slug}/" for source in document.sources))
    ]


def of(visited, slug):
    """Return the pages about the evidence of one comparison: those whose own links were followed."""
    return {
        address: text
        for address, (_, text, hrefs) in visited.items()
        if hrefs and address.startswith(f"/{slug}/")
    }


@pytest.mark.parametrize("slug", CONTENT)
def test_every_page_about_the_real_evidence_is_whole(visited, slug):
    mine = of(visited, slug)
    assert len(mine) > 15
    for address, text in mine.items():
        assert visited[address][0] == 200, address
        assert NOTE not in text, address
        assert text.count("<h1") == 1, address
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), (address, {id for id in ids if ids.count(id) > 1})


@pytest.mark.parametrize("slug", CONTENT)
def test_no_part_of_a_real_page_is_empty(visited, slug):
    for address, text in of(visited, slug).items():
        page = Page(text)
        assert EMPTY.search(page.outer("main")) is None, (address, EMPTY.search(page.outer("main")))
        for part in page.find("section"):
            inner = text[part["from"] : part["to"]]
            assert words_of(re.sub(r"<(h[1-6])\b.*?</\1>", "", inner, flags=re.DOTALL)), (
                address,
                part.get("id"),
            )


@pytest.mark.parametrize("slug", CONTENT)
def test_every_link_of_a_real_page_arrives_at_its_place(visited, slug):
    broken = []
    for address in of(visited, slug):
        for link in visited[address][2]:
            target, _, place = link.partition("#")
            status, text, _ = visited[target or address]
            if status != 200 or NOTE in text or (place and f' id="{place}"' not in text):
                broken.append((address, link))
    assert broken == []


def test_the_statements_that_real_sections_bring_share_no_id_with_the_page():
    """Every section can be open at once, on the comparison page."""
    shared = []
    for slug in CONTENT:
        publishing.publish(worlds.draft(plain(worlds.content(slug))), "eve", "Now.")
        page = html(f"/{slug}/")
        sections = re.findall(rf'data-hx-get="(/{slug}/-/section/[^"]+)"', page)
        assert len(sections) >= 3
        ids = [
            id
            for text in (page, *map(html, sections))
            for id in re.findall(r'\sid="([^"]+)"', text)
        ]
        shared += sorted({(slug, id) for id in ids if ids.count(id) > 1})
    assert shared == []


def test_every_place_that_a_search_of_the_real_content_can_find_is_there():
    for slug in CONTENT:
        publishing.publish(worlds.draft(plain(worlds.content(slug))), "eve", "Now.")
        scored = score(releases.current(slug), Selection())
        assert missing_anchors(f"/{slug}/", [entry.address for entry in entries_of(scored)]) == []
