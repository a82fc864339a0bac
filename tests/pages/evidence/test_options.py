"""What the options are: on their page, in the search, in files, and to choose by."""

import csv
import io

import pytest

from tests import worlds
from tests.tools import Page, get, html, words_of

pytestmark = pytest.mark.django_db
FACTS = {
    "home_page": "https://ada.example.org/",
    "compared_version": "5.2",
    "licence": "MIT",
    "status": "maintained until 2027",
    "tags": ["open source"],
}


@pytest.fixture
def known():
    """The tiny world, in which something is known of Ada."""
    tree = worlds.tiny_tree()
    tree["options"][0] |= FACTS
    worlds.publish(tree)


def tagged(count=6):
    tree = worlds.large_tree(count, 3, slug="many")
    for option in tree["options"][:3]:
        option["tags"] = ["open source", "small"]
    tree["options"][3]["tags"] = ["Small", "alone"]
    for option in tree["options"]:
        option.setdefault("tags", []).append("made of parts")
    worlds.publish(tree)


def test_a_page_tells_all_that_is_known(known):
    page = html("/tiny/options/")
    row = words_of(Page(page).outer("option-ada"))
    assert "Ada The fast one.Home page of Ada 5.2 MIT maintained until 2027 open source" in row
    assert "not stated" in words_of(Page(page).outer("option-bob"))
    assert Page(page).find("a", href="https://ada.example.org/", rel="noopener noreferrer nofollow")


def test_the_page_is_named_where_there_is_something_to_tell(known):
    assert "About the options" in html("/tiny/sources/")
    assert Page(html("/tiny/")).find("a", href="/tiny/options/")
    worlds.publish(worlds.tiny_tree(slug="bare"))
    assert "About the options" not in html("/bare/sources/")
    assert not Page(html("/bare/")).find("a", href="/bare/options/")
    assert "Version" not in words_of(Page(html("/bare/options/")).outer("main"))


def test_it_is_found_by_a_search(known):
    assert "Options" in words_of(html("/tiny/search/?find=mit"))


def test_files_and_programs_get_it(known):
    rows = csv.reader(io.StringIO(get("/tiny/-/view.csv").content.decode("utf-8-sig")))
    facts = [row[1:4] + row[6:7] for row in rows if row[0] == "fact"]
    assert facts[:2] == [["version", "Ada", "ada", "5.2"], ["licence", "Ada", "ada", "MIT"]]
    assert "- Ada: version 5.2, licence MIT" in get("/tiny/-/view.md").content.decode()
    for address in ("/tiny/-/view.json", "/api/v1/comparisons/tiny"):
        ada, bob, _ = get(address).json()["options"]
        assert {name: ada[name] for name in FACTS} == FACTS
        assert (bob["home_page"], bob["tags"]) == (None, [])


def test_of_many_options_those_with_one_tag_can_be_compared_alone():
    tagged()
    listed = html("/many/")
    buttons = [b for b in Page(listed).find("button", name="only") if b["value"].count(",") > 1]
    assert [b["value"] for b in buttons][-2:] == [
        "option-0,option-1,option-2,option-3",
        "option-0,option-1,option-2",
    ]
    assert "Onlysmall 4open source 3" in words_of(listed)
    answer = get("/many/?form=1&under=none&only=option-0,option-1,option-2", 302)
    assert "options=option-0,option-1,option-2" in answer.headers["Location"]


def test_where_no_tag_tells_options_apart_none_is_offered():
    worlds.publish(worlds.large_tree(6, 3, slug="many"))
    assert 'id="tags"' not in html("/many/")


def test_of_many_options_the_head_of_a_column_leads_to_its_row():
    tagged()
    assert Page(html("/many/")).find("a", href="/many/options/#option-option-0")
