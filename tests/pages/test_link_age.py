"""A link opened later: what has moved for its selection, what was renamed, what was withdrawn, and
where it leads.
"""

import pytest
from django.db import OperationalError
from django.test import Client

from comparison.core.document.slugs import NameKind
from comparison.core.document.validation import problems
from comparison.core.selection import parse, spell
from comparison.models import Comparison, FormerAddress, Release
from comparison.publishing import drafts, publish, releases
from comparison.publishing.content_export import export_folder
from comparison.publishing.content_import import import_folder
from comparison.web.comparison_request import ask
from tests import worlds
from tests.tools import Page, get, html, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved():
    """Two releases: in the second, Ada's speed is 6 instead of 9, so that Ada and Cyd tie at 6."""
    worlds.publish(worlds.tiny_tree())
    worlds.publish(worlds.with_scores(worlds.tiny_tree(), speed_ada=6))


def notice(address):
    """Return the words of the notice, or None where there is none."""
    page = Page(html(address))
    return words_of(page.outer("ageing")) if page.find("div", id="ageing") else None


# --- the notice -----------------------------------------------------------------------------------


def test_a_link_made_earlier_says_what_has_moved_in_one_line(moved):
    said = notice("/tiny/?from=1")
    assert said.startswith(
        "This link was made on release 1. Was Ada by 1.0 (clear), now a tie of Ada and "
        "Cyd; 1 cell changed. See it as it was."
    )
    assert "Speed, Ada: speed of ada (9), now speed of ada (6)" in said


def test_the_notice_leads_to_the_page_as_it_was_and_to_every_change(moved):
    page = Page(html("/tiny/?w=ease:4&from=1"))
    assert page.find("a", href="/tiny/@1/?w=ease:4")
    assert page.find("a", href="/tiny/changes/1..2/")
    assert (
        "from" not in html("/tiny/@1/?w=ease:4").partition('id="results"')[0].partition("notes")[2]
    )
    assert "Ada" in words_of(Page(html("/tiny/@1/?w=ease:4")).outer("results"))


@pytest.mark.parametrize(
    "query",
    [
        "off=speed&from=1",
        "w=speed:0&from=1",
        "options=bob,cyd&from=1",
        "off=speed,ease,cost&from=1",
        "use=thrift&from=1",
    ],
)
def test_nothing_is_said_where_nothing_moved_for_this_selection(moved, query):
    assert notice(f"/tiny/?{query}") is None


@pytest.mark.parametrize("query", ["", "from=2", "from=0", "from=x", "from="])
def test_nothing_is_said_of_a_link_that_names_no_earlier_release(moved, query):
    assert notice(f"/tiny/?{query}") is None


def test_a_page_that_names_its_release_says_nothing(moved):
    assert notice("/tiny/@1/?from=1") is None
    assert notice("/tiny/@2/?from=1") is None


def test_a_cell_can_change_without_moving_the_verdict(moved):
    worlds.publish(worlds.with_scores(worlds.tiny_tree(), speed_ada=6, cost_bob=5))
    assert notice("/tiny/?from=2").startswith(
        "This link was made on release 2. Still a tie of Ada and Cyd; 1 cell changed. See "
        "it as it was."
    )


def test_a_change_and_its_return_are_nothing(moved):
    worlds.publish(worlds.tiny_tree())
    assert notice("/tiny/?from=1") is None
    assert notice("/tiny/?from=2")


def test_a_moved_preset_is_told():
    worlds.publish(worlds.tiny_tree())
    tree = worlds.tiny_tree()
    tree["use_cases"][0]["importances"] = {"speed": 3}
    tree["use_cases"][0]["must"] = []
    worlds.publish(tree)
    said = notice("/tiny/?use=race&from=1")
    assert "Importance of Speed: 5, now 3" in said
    assert "Another must-have than then: Speed included" in said
    assert "Importance" not in notice("/tiny/?use=race&w=speed:4&from=1")
    assert notice("/tiny/?from=1") is None


def test_new_and_withdrawn_criteria_and_options_are_named():
    worlds.publish(worlds.tiny_tree())
    tree = worlds.tiny_tree()
    tree["criteria"][1] |= {"slug": "calm", "name": "Calm"}
    tree["options"].append({"slug": "dee", "name": "Dee", "line": "New."})
    worlds.publish(tree)
    said = notice("/tiny/?from=1")
    assert "Counts now, and was not there: Calm" in said
    assert "Counted then, and was withdrawn: Ease" in said
    assert "Compared now, and was not there: Dee" in said
    assert "Dee" not in notice("/tiny/?options=ada,bob&from=1")


def test_evidence_that_only_got_firmer_is_told_as_such():
    worlds.publish(worlds.tiny_tree())
    tree = worlds.tiny_tree()
    tree["criteria"][1]["cells"]["ada"]["checked"] = {
        "title": "Notes",
        "read_on": "2026-11-20",
        "text": "So it is.",
    }
    worlds.publish(tree)
    assert "Ease, Ada: the same, on other evidence" in notice("/tiny/?from=1")


@pytest.mark.parametrize("number", ["3", "99", "999999999"])
def test_a_link_from_a_release_that_never_was_says_so_kindly(moved, number):
    words = words_of(html(f"/tiny/?off=cost&from={number}"))
    assert f"was made on release {number}, which was never published" in words
    assert notice(f"/tiny/?from={number}") is None


def test_the_notice_asks_the_database_once_more_at_most_and_only_the_first_time(
    moved, django_assert_num_queries
):
    releases.memory.forget()  # publishing has read release 1
    html("/tiny/")
    with django_assert_num_queries(2):
        html("/tiny/?from=1")
    with django_assert_num_queries(1):
        html("/tiny/?off=cost&from=1")


def test_without_the_database_the_page_still_comes(moved, monkeypatch):
    html("/tiny/")

    def away(*args, **kwargs):
        raise OperationalError("away")

    releases.memory.kept.pop(("tiny", 1), None)
    monkeypatch.setattr("comparison.publishing.releases._latest", away)
    monkeypatch.setattr("comparison.publishing.publish.Release.objects.filter", away)
    assert notice("/tiny/?from=1") is None


def test_regions_and_data_do_not_work_the_notice_out(moved, rf, monkeypatch):
    monkeypatch.setattr("comparison.pages.history.link_age.ageing", None)
    get("/tiny/-/results/?from=1")
    get("/tiny/-/rows/?from=1")
    assert ask(rf.get("/tiny/?from=1"), "tiny", None).selection.made_on == 1


def test_the_same_address_is_the_same_answer(moved):
    first, again = get("/tiny/?from=1"), get("/tiny/?from=1")
    assert first.content == again.content and first["ETag"] == again["ETag"]
    get("/tiny/?from=1", 304, **{"If-None-Match": first["ETag"]})


# --- renamed slugs --------------------------------------------------------------------------------


def again(value, old, new):
    if isinstance(value, dict):
        return {new if key == old else key: again(item, old, new) for key, item in value.items()}
    if isinstance(value, list):
        return [again(item, old, new) for item in value]
    return new if value == old else value


def renamed_tree(*pairs, tree=None):
    """Return the tiny world with slugs renamed, one after another, each renaming written down."""
    tree = tree or worlds.tiny_tree()
    for kind, old, new in pairs:
        lines = [*tree.pop("renamed", []), {"kind": kind, "old": old, "new": new}]
        tree = again(tree, old, new) | {"renamed": lines}
    return tree


RENAMED = (
    ("criterion", "speed", "pace"),
    ("option", "ada", "ida"),
    ("source", "first", "primary"),
    ("use-case", "race", "run"),
)


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("off=speed", "off=pace"),
        ("w=speed:5", "w=pace:5"),
        ("must=speed", "must=pace"),
        ("use=race&waive=speed", "use=run&waive=pace"),
        ("options=ada,bob", "options=ida,bob"),
        ("distrust=first", "distrust=primary"),
        ("use=race", "use=run"),
        (
            "form=1&on=speed&on=ease&on=cost&w-speed=4&trust=first&trust=second&option=ada&option=bob",
            "w=pace:4&options=ida,bob",
        ),
    ],
)
def test_an_old_slug_means_what_it_is_called_now(query, meant):
    from comparison.core.document.schema import Document

    document = Document.model_validate(renamed_tree(*RENAMED))
    selection, notes = parse(document, query)
    assert spell(document, selection) == meant
    assert notes == ()


def test_slugs_may_be_renamed_again_and_again():
    from comparison.core.document.schema import Document

    tree = renamed_tree(("criterion", "speed", "pace"), ("criterion", "pace", "tempo"))
    tree["renamed"][0]["new"] = "pace"
    document = Document.model_validate(tree)
    assert problems(tree) == []
    for slug in ("speed", "pace", "tempo"):
        assert spell(document, parse(document, f"off={slug}")[0]) == "off=tempo"


def test_pages_of_one_cell_and_one_source_have_moved_for_ever():
    worlds.publish(worlds.tiny_tree())
    worlds.publish(renamed_tree(*RENAMED))
    for old, new in (
        ("cell/speed/ada/?off=cost", "cell/pace/ida/?off=cost"),
        ("-/claims/speed/ada/", "-/claims/pace/ida/"),
        ("sources/first/", "sources/primary/"),
        ("why/ada/", "why/ida/"),
    ):
        assert get(f"/tiny/{old}", 301)["Location"] == f"/tiny/{new}"
        assert "There is no such page" not in html(f"/tiny/{new}")
        # where it was still called that
        assert "There is no such page" not in html(f"/tiny/@1/{old}")


def test_a_link_over_a_renaming_says_nothing_where_nothing_else_moved():
    worlds.publish(worlds.tiny_tree())
    worlds.publish(renamed_tree(("criterion", "speed", "pace"), ("option", "ada", "ida")))
    assert notice("/tiny/?w=speed:5&options=ada,bob&from=1") is None


def test_as_it_was_speaks_the_names_of_its_time():
    worlds.publish(worlds.tiny_tree())
    worlds.publish(worlds.with_scores(renamed_tree(("criterion", "speed", "pace")), pace_ada=6))
    assert Page(html("/tiny/?w=speed:5&from=1")).find("a", href="/tiny/@1/?w=speed:5")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            {"kind": "criterion", "old": "pace", "new": "tempo"},
            'there is no criterion "tempo" that it leads to',
        ),
        ({"kind": "criterion", "old": "speed", "new": "ease"}, '"speed" is in use'),
        ({"kind": "option", "old": "speed", "new": "ease"}, 'there is no option "ease"'),
        ({"kind": "use-case", "old": "x", "new": "x"}, 'there is no use case "x"'),
        ({"kind": "comparison", "old": "x", "new": "y"}, 'there is no comparison "y"'),
        ({"kind": "planet", "old": "x", "new": "y"}, "is not one of"),
        ({"kind": "criterion", "old": "Speed!", "new": "speed"}, "is not a slug"),
        ({"kind": "criterion", "old": "pace"}, "is missing"),
    ],
)
def test_a_renaming_that_leads_nowhere_is_a_problem_in_words(line, message):
    found = [str(problem) for problem in problems(worlds.tiny_tree(renamed=[line]))]
    assert any(message in words for words in found), found


def test_a_slug_leads_to_one_thing():
    lines = [{"kind": "criterion", "old": "pace", "new": new} for new in ("speed", "ease")]
    assert any(
        '"pace" stands 2 times' in str(problem)
        for problem in problems(worlds.tiny_tree(renamed=lines))
    )


@pytest.mark.parametrize(
    "lines",
    [None, "x", {}, [None], [[]], [{}], [{"kind": []}], [{"kind": "criterion", "old": []}]],
    ids=str,
)
def test_a_malformed_renaming_is_never_a_crash(lines):
    problems(worlds.tiny_tree(renamed=lines))


def test_renamings_survive_export_and_import(tmp_path):
    import_folder(export_folder(worlds.full(), tmp_path))
    read = drafts.read_draft(Comparison.objects.get(slug="full")).document
    assert read.renamed == worlds.full().renamed
    assert read.names.present(NameKind.USE_CASE, "very-start") == "first-product"


# --- a comparison that was renamed ----------------------------------------------------------------


@pytest.fixture
def renamed():
    """The tiny world as release 1 of /tiny/, then as release 2 of /small/."""
    first = worlds.publish(worlds.tiny_tree())
    second = worlds.publish(
        worlds.tiny_tree(
            slug="small", renamed=[{"kind": "comparison", "old": "tiny", "new": "small"}]
        )
    )
    return first, second


@pytest.mark.parametrize(
    "path",
    ["", "?off=cost&from=1", "sources/", "cell/speed/ada/", "-/results/?w=ease:1", "@99/", "tiny/"],
)
def test_an_old_address_leads_to_the_new_one_for_ever(renamed, path):
    response = get(f"/tiny/{path}", 301)
    assert response["Location"] == f"/small/{path}"
    get(response["Location"])


def test_numbers_go_on_and_old_releases_stay_under_both_addresses(renamed):
    assert [(release.slug, release.number) for release in renamed] == [("tiny", 1), ("small", 2)]
    assert "Ada" in html("/tiny/@1/")
    assert "release 1 of" in words_of(html("/small/@1/"))
    assert notice("/small/?from=1") is None
    assert "which was never published" not in html("/small/?from=1")


def test_the_hub_lists_it_once(renamed):
    page = Page(html("/"))
    assert page.find("a", href="/small/") and not page.find("a", href="/tiny/")


def test_it_can_be_renamed_again_and_back():
    worlds.publish(worlds.tiny_tree())
    for old, new in (("tiny", "small"), ("small", "little")):
        worlds.publish(
            worlds.tiny_tree(slug=new, renamed=[{"kind": "comparison", "old": old, "new": new}])
        )
    assert get("/tiny/", 301)["Location"] == "/little/"
    lines = [{"kind": "comparison", "old": old, "new": "tiny"} for old in ("small", "little")]
    assert worlds.publish(worlds.tiny_tree(slug="tiny", renamed=lines)).number == 4
    get("/tiny/")
    assert get("/little/", 301)["Location"] == "/tiny/" == get("/small/", 301)["Location"]


def test_nobody_takes_the_address_of_another_comparison(renamed):
    theirs = worlds.tiny_tree(
        slug="other", renamed=[{"kind": "comparison", "old": "tiny", "new": "other"}]
    )
    with pytest.raises(drafts.Unpublishable, match='was an address of "small"'):
        worlds.publish(theirs)
    with pytest.raises(drafts.Unpublishable, match='was an address of "small"'):
        worlds.publish(worlds.tiny_tree())
    worlds.draft(worlds.tiny_tree(slug="small"))
    live = worlds.tiny_tree(
        slug="thief", renamed=[{"kind": "comparison", "old": "small", "new": "thief"}]
    )
    with pytest.raises(drafts.Unpublishable, match='There is a draft of "small"'):
        worlds.publish(live)
    assert list(FormerAddress.objects.values_list("slug", "successor")) == [("tiny", "small")]
    assert Release.objects.count() == 2


@pytest.mark.parametrize("query", ["from=0", "from=x", "show=all", "basis=moods"])
def test_of_a_wrong_value_it_is_said_what_it_is_no_value_of(query):
    worlds.publish(worlds.tiny_tree())
    key, _, value = query.partition("=")
    assert f"“{value}” is no value of “{key}”; it is left out." in words_of(html(f"/tiny/?{query}"))


# --- what was withdrawn ---------------------------------------------------------------------------


@pytest.fixture
def withdrawn():
    """In release 2 the criterion Ease, the option Cyd, the source Second and the case Thrift are
    gone; release 3 is alike.
    """
    worlds.publish(worlds.tiny_tree())
    tree = worlds.tiny_tree()
    tree["criteria"] = [c for c in tree["criteria"] if c["slug"] != "ease"]
    tree["options"] = [o for o in tree["options"] if o["slug"] != "cyd"]
    for criterion in tree["criteria"]:
        criterion["cells"].pop("cyd")
    tree["sources"] = tree["sources"][:1]
    tree["use_cases"] = tree["use_cases"][:1]
    worlds.publish(tree)
    worlds.publish({**tree, "title": "Ada or Bob?"})
    return tree


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("off=ease", "Ease"),
        ("w=ease:5", "Ease"),
        ("options=ada,cyd", "Cyd"),
        ("distrust=second", "What second thinks"),
        ("use=thrift", "Thrift"),
        ("form=1&on=ease&w-ease=3", "Ease"),
    ],
)
def test_what_was_withdrawn_is_named_with_the_last_release_that_had_it(
    withdrawn, query, name, django_assert_num_queries
):
    html("/tiny/")
    with django_assert_num_queries(1):
        page = html(f"/tiny/?{query}")
    assert f"{name} was withdrawn after release 1." in words_of(page)
    assert Page(page).find("a", href="/tiny/@1/")


def test_what_never_was_is_not_called_withdrawn(withdrawn):
    words = words_of(html("/tiny/?off=never"))
    assert "withdrawn" not in words and "“never” does not exist here" in words


def test_what_is_still_there_is_not_called_withdrawn(moved):
    words = words_of(html("/tiny/?must=ease"))  # it offers no must-have
    assert "does not exist here" in words and "withdrawn" not in words


def test_what_comes_back_is_not_withdrawn_any_more(withdrawn):
    worlds.publish(worlds.tiny_tree())
    assert "withdrawn" not in words_of(html("/tiny/?off=ease"))
    worlds.publish(withdrawn)
    assert "Ease was withdrawn after release 4." in words_of(html("/tiny/?off=ease"))


def test_an_old_release_published_again_knows_what_came_after_it(withdrawn):
    tree = {
        **withdrawn,
        "options": [*withdrawn["options"], {"slug": "dee", "name": "Dee", "line": "New."}],
    }
    worlds.publish(tree)
    publish.revert("tiny", 1, "eve")
    assert "Dee was withdrawn after release 4." in words_of(html("/tiny/?options=dee,ada"))


def test_what_was_renamed_and_then_withdrawn_is_named_under_both_slugs():
    worlds.publish(worlds.tiny_tree())
    worlds.publish(renamed_tree(("criterion", "ease", "calm")))
    tree = worlds.tiny_tree()
    tree["criteria"] = [c for c in tree["criteria"] if c["slug"] != "ease"]
    worlds.publish(tree)
    for slug in ("ease", "calm"):
        assert "Ease was withdrawn after release 2." in words_of(html(f"/tiny/?off={slug}"))


def test_a_page_pinned_to_a_time_before_says_nothing_of_it(withdrawn):
    assert "withdrawn" not in words_of(html("/tiny/@1/?off=ease"))


def test_names_in_notes_are_shown_as_text():
    tree = worlds.tiny_tree()
    tree["criteria"][1]["name"] = "<img src=x>"
    worlds.publish(tree)
    worlds.publish({**tree, "criteria": [c for c in tree["criteria"] if c["slug"] != "ease"]})
    assert "&lt;img src=x&gt; was withdrawn" in Client().get("/tiny/?off=ease").content.decode()
