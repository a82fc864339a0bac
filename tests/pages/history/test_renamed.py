"""What was renamed is found by its former names, and old addresses lead on."""

import pytest

from comparison.core.document.slugs import NameKind
from comparison.core.document.validation import problems
from comparison.core.selection import parse, spell
from comparison.models import Comparison, FormerAddress, Release
from comparison.publishing import drafts
from comparison.publishing.content_files.content_export import export_folder
from comparison.publishing.content_files.content_import import import_folder
from tests import worlds
from tests.tools import Page, get, html, notice, words_of
from tests.worlds.renamed import renamed_tree

pytestmark = pytest.mark.django_db


# --- renamed slugs --------------------------------------------------------------------------------


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
        ("against=ada&by=speed", "against=ida&by=pace"),
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
    messages = [str(problem) for problem in problems(worlds.tiny_tree(renamed=[line]))]
    assert any(message in words for words in messages), messages


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


@pytest.mark.parametrize("query", ["from=0", "from=x", "show=none", "basis=moods"])
def test_of_a_wrong_value_it_is_said_what_it_is_no_value_of(query):
    worlds.publish(worlds.tiny_tree())
    key, _, value = query.partition("=")
    assert f"“{value}” is no value of “{key}”; it is left out." in words_of(html(f"/tiny/?{query}"))


def test_of_a_name_that_cannot_be_read_it_is_said_where_it_stands():
    worlds.publish(worlds.tiny_tree())
    words = words_of(html("/tiny/?w=*:0"))
    assert "The link names a criterion that cannot be read; it is left out." in words
    assert "does not exist here" not in words
