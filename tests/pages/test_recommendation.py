"""The recommendation as a reader meets it: how firmly it stands, what would change it, and why not
another.
"""

import re
from dataclasses import replace
from html import unescape
from math import ceil, floor

import pytest

from comparison.core.selection import Selection
from comparison.pages.comparison.strength import firmness
from comparison.pages.scored_release import score
from comparison.pages.view import view_of
from comparison.publishing import releases
from tests import worlds
from tests.results import faults, results_in
from tests.tools import Page, data, get, html, results, words_of
from tests.worlds.score_rows import NAMES, world

pytestmark = pytest.mark.django_db
SLUGS = {name: slug for slug, name in NAMES.items()}
CHECK = {"title": "Notes", "read_on": "2026-11-20", "text": "So it is."}
# Selections of the tiny world that together show every label, a tie, a must-have, a criterion off
# and an option left out.
QUERIES = [
    "",
    "use=race",
    "off=ease",
    "w=speed:1",
    "off=speed,cost",
    "off=cost",
    "use=thrift",
    "must=cost",
    "options=ada,bob",
]


def on_hearsay(tree):
    """Return the tree with every score only claimed, by one source: a vendor, years ago."""
    source = tree["sources"][0]
    source |= {"publisher_kind": "vendor", "interest": "Sells Ada", "published": "2019"}
    for row in tree["criteria"]:
        for option, cell in row["cells"].items():
            score = cell.pop("score")
            cell.pop("note")
            source["claims"].append(
                {
                    "slug": f"{row['slug']}-{option}",
                    "option": option,
                    "criterion": row["slug"],
                    "statement": "We say so.",
                    "score": score,
                    "place": "Line 1",
                    "form": "prose",
                }
            )
    return tree


def checked(tree):
    """Return the tree with every score checked lately."""
    for row in tree["criteria"]:
        for cell in row["cells"].values():
            cell["checked"] = CHECK
    return tree


@pytest.fixture
def tiny():
    """The tiny world as release 1."""
    return worlds.publish(worlds.tiny_tree())


def panel(query=""):
    """Return the recommendation as its region gives it."""
    return html(f"/tiny/-/results/?{query}")


def told(query=""):
    """Return the words of the recommendation."""
    return words_of(panel(query))


def opened(query=""):
    """Return what the panel brings when "What else" is opened."""
    return html(f"/tiny/-/flips/?{query}")


def label(query=""):
    """Return the words of the label and how many of its three squares are filled; None where it has
    no squares.
    """
    found = re.search(r'<span class="label">(.*?)</b>', panel(query), re.DOTALL)
    if not found:
        return None
    squares = Page(found[1]).find("i")
    filled = sum(square.get("class") == "on" for square in squares) if squares else None
    assert not squares or len(squares) == 3
    return words_of(found[1]).strip(), filled


def decision(query=""):
    return data(query)["decision"]


def leaders(query=""):
    """Return who leads, by name, in editorial order."""
    return [NAMES[slug] for slug in decision(query)["leaders"]]


def spaced(text):
    """Return the words of some HTML with a blank between elements, so that the cells of a table
    stay apart.
    """
    return words_of(text.replace("<", " <"))


def query_of(address):
    """Return the query of a link as it stands in a page."""
    return unescape(address).partition("?")[2]


def links(text, pattern):
    """Return the addresses of a page's links that match."""
    return [e["href"] for e in Page(text).find("a") if re.search(pattern, e.get("href") or "")]


def named(words):
    """Return the options that some words name: "Ada", "Ada and Bob", "Ada, Bob and Cyd"."""
    return re.split(", | and ", words)


# --- how firmly it stands -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("use=race", ("Strong", 3)),
        ("", ("Clear", 2)),
        ("off=ease", ("Slight", 1)),
        ("w=speed:1", ("Toss-up", 0)),
    ],
    ids=["strong", "clear", "slight", "toss-up"],
)
def test_the_label_stands_with_its_squares(tiny, query, shown):
    assert label(query) == shown
    assert decision(query)["label"] == shown[0].lower()


def test_a_tie_and_an_only_option_have_no_label_of_strength(tiny):
    assert label("use=thrift") is None and "A tie" in told("use=thrift")
    assert label("must=speed,cost") is None and "The only option left" in told("must=speed,cost")
    assert "plausible readings" not in told("use=thrift") + told("must=speed,cost")


@pytest.mark.parametrize("query", ["", "use=race", "off=ease", "w=speed:1"])
def test_the_share_of_plausible_readings_is_the_engines(tiny, query):
    chance = decision(query)["confidence"]["chance"]
    assert f"In {100 * chance:.0f} of 100 plausible readings" in told(query)


def test_nothing_is_sure_in_a_hundred_of_a_hundred_readings():
    worlds.publish(checked(world(one=(10, 0, 0), two=(10, 0, 0), three=(10, 0, 0))))
    assert decision()["confidence"]["chance"] > 0.9999
    assert "In more than 99 of 100 plausible readings" in told()
    assert "In 100 of" not in told()


@pytest.mark.parametrize(
    ("chance", "shown"),
    [(0.9949, "99"), (0.995, "more than 99"), (1.0, "more than 99"), (0.6, "60")],
)
def test_the_share_is_never_rounded_up_to_a_hundred(tiny, chance, shown):
    release = releases.current("tiny")
    view = view_of(score(release, Selection()), Selection())
    sure = view.decision.confidence._replace(chance=chance)
    surer = replace(view, decision=view.decision._replace(confidence=sure))
    assert firmness(surer).chance == shown


def test_a_clear_win_on_one_old_claim_of_a_vendor_is_strong_and_of_low_certainty():
    worlds.publish(on_hearsay(world(one=(10, 3, 2), two=(9, 2, 3), three=(10, 2, 2))))
    said = told()
    assert label()[0] in ("Strong", "Clear")
    assert "Evidence: low certainty." in said
    for reason in (
        "100 % rests on one source",
        "100 % comes from those who sell something",
        "100 % is old or undated",
    ):
        assert reason in said
    assert Page(panel()).find("a", href="/method/#certain")


def test_a_narrow_win_on_checked_scores_is_slight_and_of_high_certainty():
    worlds.publish(checked(world(one=(7, 6.7, 5), two=(6, 6, 5), three=(6.5, 6.3, 5))))
    assert label()[0] in ("Slight", "Toss-up")
    assert "Evidence: high certainty." in told()
    assert "Of what decides" not in told()


def test_strength_and_certainty_do_not_follow_from_each_other():
    worlds.publish(checked(world(one=(10, 3, 2), two=(9, 2, 3), three=(10, 2, 2))))
    assert label()[0] == "Strong" and "Evidence: high certainty." in told()
    worlds.publish(on_hearsay(world(one=(7, 6.7, 5), two=(6, 6, 5), three=(6.5, 6.3, 5))))
    assert label()[0] in ("Slight", "Toss-up") and "Evidence: low certainty." in told()


def test_a_toss_up_is_headed_so_and_names_who_may_as_well_be_first(tiny):
    page = Page(panel("w=speed:1"))
    assert words_of(panel("w=speed:1")).startswith(
        "Recommendation A toss-up Ada, Bob or Cyd for no particular case"
    )
    (heading,) = page.find("h2")
    assert heading["class"] == "headline"
    assert decision("w=speed:1")["recommended"] is None


def test_a_toss_up_among_many_of_whom_none_is_near_alone_is_told_in_a_whole_sentence():
    worlds.publish(
        world(
            one=(7.9, 6.9, 6.9, 6.9, 6.9, 6.9),
            two=(7.9, 6.9, 6.9, 6.9, 6.9, 6.9),
            three=(7.9, 6.9, 6.9, 6.9, 6.9, 6.9),
        )
    )
    told_by_engine = decision()
    assert told_by_engine["label"] == "toss-up" and told_by_engine["confidence"]["contenders"] == []
    assert "A toss-up Ada or Bob with every criterion" in told()


def test_too_little_evidence_is_provisional():
    worlds.publish(world(one=(9, 3, 4), two=(None, 5, 5), three=(None, 4, 4)))
    said = told()
    assert label() == ("Not enough evidence", None)
    assert "Ada provisionally, with every criterion" in said
    assert decision()["recommended"] is None
    assert "33 % of what you count is known for Ada" in said


def test_a_leader_that_may_lack_a_must_have_is_at_most_slight():
    worlds.publish(
        checked(world(one=(10, 1, 1), two=(10, 1, 1), three=(10, 1, 1), four=(None, None, None)))
    )
    assert label("w=four:0")[0] == "Strong"
    assert label("w=four:0&must=four") == ("Slight", 1)
    said = told("w=four:0&must=four")
    assert "At most slight while a must-have is open." in said
    assert "It is not known whether Ada has every must-have." in said
    assert decision("w=four:0&must=four")["caps"] == ["unverified"]


# --- what would change it -------------------------------------------------------------------------


def trial(text):
    """Return the query that "Try it" leads to, once what is said of it is the engine's."""
    found = re.search(r'<p class="nearest-change">(.*?)</p>', text, re.DOTALL)
    (link,) = links(found[1], "")
    ((of, said),) = results_in(found[1])
    assert of == "?" + query_of(link)
    assert faults(said, decision(query_of(link)), NAMES) == []
    return query_of(link)


@pytest.mark.parametrize(
    "query", ["off=ease", "w=speed:1", "off=speed,cost", "w=cost:5", "off=speed&w=ease:5"]
)
def test_the_nearest_change_is_a_link_to_a_page_with_the_promised_leader(tiny, query):
    change = decision(query)["changes"]["nearest"]
    (criterion,) = [c for c in ("Speed", "Ease", "Cost") if c.lower() == change["criterion"]]
    assert f"If {criterion} mattered {change['then']:g} instead of {change['now']:g}," in told(
        query
    )
    then = trial(panel(query))
    assert leaders(then) == [NAMES[slug] for slug in change["leaders"]]
    assert leaders(then) != leaders(query)
    assert data(then)["notes"] == []


@pytest.mark.parametrize("query", ["", "use=race", "off=cost", "options=ada,bob", "distrust=first"])
def test_where_no_single_importance_is_enough_the_smallest_set_is_the_link(tiny, query):
    changes = decision(query)["changes"]
    assert changes["nearest"] is None
    assert "No single importance." in told(query)
    then = trial(panel(query))
    assert leaders(then) == [NAMES[slug] for slug in changes["smallest"]["leaders"]]
    assert data(then)["selection"] == then


def test_the_link_keeps_what_else_was_chosen(tiny):
    then = trial(panel("use=race&waive=speed&w=speed:1&distrust=second&show=differences&q=e"))
    for kept in ("use=race", "waive=speed", "distrust=second", "show=differences", "q=e"):
        assert kept in then


def test_on_a_pinned_page_the_link_stays_on_its_release(tiny):
    worlds.publish(worlds.with_scores(worlds.tiny_tree(), speed_ada=3))
    (link,) = links(
        html("/tiny/@1/-/results/?off=ease"),
        r"/tiny/@1/\?off=ease&w=speed:1|/tiny/@1/\?off=ease&amp;w=speed:1",
    )
    assert get("/tiny/@1/-/data.json?" + query_of(link)).json()["decision"]["leaders"] == ["cyd"]


def test_where_nothing_can_change_it_that_is_said(tiny):
    assert "No priorities can: it is nowhere behind." in told("options=bob,cyd")
    assert not Page(panel("options=bob,cyd")).find("a", **{"class": "trial"})


@pytest.mark.parametrize("query", [*QUERIES, "w=ease:1", "w=cost:5", "off=speed&w=ease:5"])
def test_the_safe_range_of_every_row_is_the_engines(tiny, query):
    changes = decision(query)["changes"]
    whole = (
        {c: (ceil(low - 1e-9), floor(high + 1e-9)) for c, low, high in changes["intervals"]}
        if changes
        else {}
    )
    page = Page(html(f"/tiny/?{query}"))
    rows = {
        e["data-criterion"]: (int(e.get("data-lowest") or 0), int(e.get("data-highest") or 5))
        for e in page.find("tr")
        if e.get("data-criterion")
    }
    assert rows == {c: whole.get(c, (0, 5)) for c in ("speed", "ease", "cost")}
    (region,) = Page(panel(query)).find("section", id="results")
    spelled = dict(item.split(":") for item in (region["data-safe"] or "").split())
    assert spelled == {
        c: f"{low}-{high}" for c, (low, high) in whole.items() if (low, high) != (0, 5)
    }


@pytest.mark.parametrize("query", ["off=ease", "w=speed:1", "w=ease:1", "w=cost:5"])
def test_inside_the_safe_range_the_leader_stays_and_outside_it_does_not_lead_alone(tiny, query):
    page, selected = Page(html(f"/tiny/?{query}")), decision(query)
    for row in page.find("tr"):
        if row.get("data-criterion"):
            for importance in range(6):
                settled = leaders(
                    f"{query}&w={row['data-criterion']}:{importance}"
                    if "w=" not in query
                    else _with(query, row, importance)
                )
                inside = (
                    int(row.get("data-lowest") or 0)
                    <= importance
                    <= int(row.get("data-highest") or 5)
                )
                assert (NAMES[selected["leaders"][0]] in settled) == inside, (
                    row["data-criterion"],
                    importance,
                    settled,
                )


def _with(query, row, importance):
    own = dict(item.split(":") for item in query.removeprefix("w=").split(","))
    own[row["data-criterion"]] = str(importance)
    return "w=" + ",".join(
        f"{slug}:{own[slug]}" for slug in ("speed", "ease", "cost") if slug in own
    )


@pytest.mark.parametrize("query", ["off=ease", "w=speed:1", "off=speed&w=ease:5"])
def test_every_single_switch_is_a_link_to_a_page_with_the_promised_leader(tiny, query):
    switches = decision(query)["changes"]["switches"]
    assert switches
    told_of = re.findall(
        r"<li>(With|Without) <b>(\w+)</b> (.*?)\. <a[^>]*href=\"([^\"]+)\"", opened(query)
    )
    assert [(name.lower(), then != "With") for then, name, *_ in told_of] == [
        (s["criterion"], s["then"] == 0) for s in switches
    ]
    for _, _, promised, address in told_of:
        assert faults(words_of(promised), decision(query_of(address)), NAMES) == []
        assert leaders(query_of(address)) != leaders(query)


@pytest.mark.parametrize("query", [query for query in QUERIES if query != "use=race"])
def test_what_else_would_change_it_is_the_engines(tiny, query):
    changes, said = decision(query)["changes"], words_of(opened(query))
    if changes is None:
        assert "at once" not in said and "step" not in said
        return
    if changes["steps"]:
        assert f"At least {changes['steps']} step" in said
    if changes["tolerance"] < 1:
        assert (
            f"All importances may be wrong by {floor(100 * changes['tolerance'])} % at "
            "once, and it would still lead."
        ) in said
    smallest = changes["smallest"]
    if smallest and not changes["switches"]:
        assert f"No single switch, but {len(smallest['switches'])} at once:" in said


def test_wanted_evidence_leads_to_the_cells_that_are_not_known():
    worlds.publish(world(one=(9, 8.5, 4), two=(None, 7, 5), three=(8, None, 4)))
    wanted = [(w["criterion"], w["option"]) for w in decision()["wanted"]]
    assert wanted == [("two", "ada"), ("three", "bob")]
    assert re.search(
        "Not known, and it would help most: Two of Ada .*, Three of Bob .*", words_of(opened())
    )
    asked = links(opened(), "/suggest/")
    assert asked == ["/tiny/suggest/two/ada/", "/tiny/suggest/three/bob/"]
    found = links(opened(), "/cell/")
    assert found == ["/tiny/cell/two/ada/", "/tiny/cell/three/bob/"]
    for address in found:
        assert "There is no such page" not in html(address)


# --- why not another ------------------------------------------------------------------------------


def test_every_option_that_does_not_lead_has_its_question(tiny):
    assert links(opened("off=ease"), "/why/") == [
        "/tiny/why/bob/?off=ease",
        "/tiny/why/cyd/?off=ease",
    ]
    for address in links(opened("off=ease"), "/why/"):
        get(address)


def test_of_the_leader_it_is_said_that_it_leads(tiny):
    said = words_of(html("/tiny/why/ada/"))
    assert (
        "Ada leads by 1 points (" in said.replace("1.0", "1")
        and "What would put it first" not in said
    )
    assert "Bob and Cyd come out equal (tie)." in words_of(html("/tiny/why/bob/?use=thrift"))


def test_of_a_trailing_option_the_parts_are_shown_on_both_sides(tiny):
    page = html("/tiny/why/bob/?w=cost:5")
    said = words_of(page)
    assert "It has 5.2 of 10, 1.27 points behind Ada." in said
    against, speaking = (spaced(Page(page).outer(part)) for part in ("against", "speaking"))
    # 0.545: rounded so that the sums give the margin
    assert "Speed 3 9 1.64" in against and "Ease 6 8 0.54" in against
    assert "Together 2.18" in against
    assert "Cost 6 4 0.91" in speaking and "Together 0.91" in speaking


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("option", ["ada", "bob", "cyd"])
def test_both_sides_of_a_trailing_option_give_its_distance(tiny, option, query):
    page = html(f"/tiny/why/{option}/?{query}")
    behind = re.search(r"([\d.]+) points behind", words_of(page))
    if behind:
        sums = dict.fromkeys(("against", "speaking"), 0.0)
        for side in sums:
            rows = (
                re.findall(r'class="number"[^>]*>([\d.]+)</td></tr>', Page(page).outer(side))
                if f'id="{side}"' in page
                else []
            )
            if rows:
                *parts, sums[side] = map(float, rows)
                assert round(sum(parts), 2) == sums[side]
        assert round(sums["against"] - sums["speaking"], 2) == float(behind[1])


def test_the_answers_to_the_questions_stand_beside_the_scores(tiny):
    assert "Your answers to the questions lead to Ada: the scores say the same." in told(
        "tree=hurry:yes"
    )
    assert "Your answers to the questions lead to Bob: the scores say otherwise." in told(
        "tree=hurry:no"
    )
    assert "Your answers to the questions lead to Bob: it lacks a must-have." in told(
        "use=race&tree=hurry:no"
    )
    assert "Your answers" not in told()


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("option", ["ada", "bob", "cyd"])
def test_each_opening_puts_the_option_first(tiny, option, query):
    page = html(f"/tiny/why/{option}/?{query}")
    if not Page(page).find("section", id="openings"):
        return
    openings = Page(page).outer("openings")
    found = [e["href"] for e in Page(openings).find("a", **{"class": "button"})]
    assert bool(found) != ("No single change is enough" in openings)
    for address in found:
        assert NAMES[option] in leaders(query_of(address)), address
        assert NAMES[option] not in leaders(query)


def test_the_smallest_set_for_the_tiny_world_has_openings_somewhere(tiny):
    assert links(html("/tiny/why/cyd/?off=ease"), r"off=ease&w=speed:1$")
    assert "No single change is enough." in html("/tiny/why/bob/")


def test_of_an_excluded_option_it_is_said_what_excludes_it(tiny):
    said = words_of(html("/tiny/why/ada/?must=cost"))
    assert "It is excluded: Cost included not met." in said
    assert "Dropping a must-have is the first step." in said


def test_an_option_that_only_a_must_have_holds_back_is_not_said_to_be_behind():
    worlds.publish(world(one=(9, 6, 5), two=(9, 6, 5), three=(None, 6, 5)))
    assert leaders("must=three") == ["Bob"]
    said = words_of(html("/tiny/why/ada/?must=three"))
    assert "It is not known whether it has Three included." in said
    assert "points behind" not in said


def test_of_an_unrated_option_it_is_said_that_nothing_is_known():
    worlds.publish(world(one=(9, None, 5), two=(9, None, 5)))
    assert "No score of it is known." in words_of(html("/tiny/why/bob/"))


@pytest.mark.parametrize(
    "query", ["off=speed,ease,cost", "must=speed,cost&options=ada,bob", "distrust=first,second"]
)
def test_where_nobody_leads_the_question_is_still_answered(tiny, query):
    said = words_of(html(f"/tiny/why/bob/?{query}"))
    assert any(
        words in said for words in ("Nobody leads", "It is excluded", "No score of it is known.")
    )


@pytest.mark.parametrize("option", ["zebra", "%3Cscript%3E", "%FF", "a" * 300])
def test_of_an_unknown_option_the_page_says_so_kindly(tiny, option):
    page = html(f"/tiny/why/{option}/?off=cost")
    assert "<script>" not in page.replace("<script src", "")
    assert words_of(Page(page).outer("results")).startswith("Recommendation Ada")
    assert "There is no such page of this comparison; this is the whole of it." in words_of(page)


def test_an_option_is_found_by_what_it_was_called_once():
    tree = worlds.tiny_tree(renamed=[{"kind": "option", "old": "robert", "new": "bob"}])
    worlds.publish(tree)
    moved = get("/tiny/why/robert/?off=ease", 301).headers["Location"]
    assert moved == "/tiny/why/bob/?off=ease"
    assert words_of(html(moved)).startswith("Why not Bob? ·")


# --- sensitivity ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [*QUERIES, "off=speed,ease,cost", "distrust=first&must=speed", "use=race&w=ease:4&off=cost"],
)
def test_each_box_of_a_strip_leads_to_the_leader_that_it_states(tiny, query):
    strips = Page(Page(html(f"/tiny/sensitivity/?{query}")).outer("strips"))
    boxes = [e for e in strips.find("a") if e.get("aria-label")]
    assert len(boxes) == 3 * 6
    for box in boxes:
        name, importance, stated = re.fullmatch(
            r"(\w+) at (\d): (.*?)(?:, as it is now)?", box["aria-label"]
        ).groups()
        then = query_of(box["href"])
        assert (leaders(then) or ["no leader"]) == named(stated), box
        importances = dict(tuple(pair) for pair in decision(then)["weights"])
        assert importances.get(name.lower(), 0) == int(importance)


@pytest.mark.parametrize("query", ["", "use=race", "w=ease:1", "w=ease:0"])
def test_the_present_importance_is_marked_once_in_each_strip(tiny, query):
    strips = Page(Page(html(f"/tiny/sensitivity/?{query}")).outer("strips"))
    current = [e["aria-label"].split(":")[0] for e in strips.find("a", **{"aria-current": "true"})]
    importances = dict(tuple(pair) for pair in decision(query)["weights"])
    assert sorted(current) == sorted(
        f"{c.capitalize()} at {importances.get(c, 0):g}" for c in ("speed", "ease", "cost")
    )


def test_each_use_case_is_told_with_leader_margin_and_label(tiny):
    said = spaced(Page(html("/tiny/sensitivity/?off=speed")).outer("by-case"))
    assert "A race Ada by 2.1 (strong)" in said
    assert "Thrift a tie of Bob and Cyd" in said
    for address, leader in (("use=race", ["Ada"]), ("use=thrift", ["Bob", "Cyd"])):
        assert links(html("/tiny/sensitivity/"), re.escape(f"?{address}") + "$")
        assert leaders(address) == leader


@pytest.mark.parametrize("query", ["", "off=ease", "w=speed:1", "must=cost", "use=thrift"])
def test_taking_an_option_away_moves_no_other_score(tiny, query):
    section = Page(html(f"/tiny/sensitivity/?{query}")).outer("without")
    shown = dict(re.findall(r"(Ada|Bob|Cyd) (\d\.\d)", words_of(section)))
    before = {o["option"]: o["score"] for o in decision(query)["options"]}
    assert shown == {NAMES[slug]: f"{score:.1f}" for slug, score in before.items()}
    lines = re.findall(
        r'<li><a [^>]*href="([^"]*)">Take (\w+) away</a> <small>then (.*?)</small>', section
    )
    assert [name for _, name, _ in lines] == ["Ada", "Bob", "Cyd"]
    for address, gone, stated in lines:
        then = decision(query_of(address))
        assert faults(words_of(stated), then, NAMES) == []
        assert {o["option"]: o["score"] for o in then["options"]} == {
            s: n for s, n in before.items() if NAMES[s] != gone
        }


def test_of_two_options_none_can_be_taken_away(tiny):
    assert not Page(html("/tiny/sensitivity/?options=ada,bob")).find("section", id="without")


# --- all of them ----------------------------------------------------------------------------------

PAGES = [
    "/tiny/",
    "/tiny/-/results/",
    "/tiny/why/bob/",
    "/tiny/why/zebra/",
    "/tiny/sensitivity/",
    "/tiny/parts/",
]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_costs_one_query_at_most(tiny, address, django_assert_max_num_queries):
    get(address)
    with django_assert_max_num_queries(1):
        get(f"{address}?off=ease&w=speed:4")


@pytest.mark.parametrize(
    "address",
    ["/tiny/why/bob/?off=ease", "/tiny/sensitivity/?off=ease", "/tiny/-/results/?off=ease"],
)
def test_a_page_that_has_not_changed_is_not_sent_again(tiny, address):
    first = get(address)
    again = (
        get(address, **{"If-None-Match": first["ETag"]}, status=304)
        if "results" in address
        else get(address)
    )
    assert again["ETag"] == first["ETag"]
    worlds.publish(worlds.with_scores(worlds.tiny_tree(), speed_ada=8))
    assert get(address)["ETag"] != first["ETag"]


def test_markup_in_names_is_shown_as_text():
    evil = '<img src=x onerror="alert(1)">&amp;\'{{ 123*1001 }}'
    tree = worlds.tiny_tree()
    for thing in (*tree["options"], *tree["criteria"], *tree["use_cases"]):
        thing["name"] = f"{thing['name']} {evil}"
    tree["criteria"][2]["must"]["name"] = evil
    worlds.publish(tree)
    for address in (
        "/",
        "?off=ease",
        "?w=speed:1",
        "?must=cost",
        "why/bob/?w=cost:5",
        "why/ada/?must=cost",
        "sensitivity/",
    ):
        page = html(f"/tiny/{address}".replace("/tiny//", "/tiny/"))
        assert "<img" not in page and "123123" not in page, address
        assert evil in Page(page).text, address


def test_where_nearly_every_score_is_known_it_is_not_said_that_every_one_is():
    known = {f"c{at}": [9, 1] for at in range(50)}
    worlds.publish(world(**known, gap=[None, 5]))
    query = "w=" + ",".join([f"{slug}:5" for slug in known] + ["gap:1"])
    told = "More than 99 % of what"
    assert told in results(f"/tiny/?{query}") and "Every score" not in results(f"/tiny/?{query}")
    assert told in get(f"/tiny/-/view.json?{query}").json()["verdict"]["sentence"]
    assert "Every score of Ada is known" in results(f"/tiny/?{query}&off=gap")
