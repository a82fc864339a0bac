"""A pinned page never changes, and a link that follows says what happened to it: the whole story,
as two people live it.
"""

import re
from urllib.parse import quote

import pytest

from comparison.models import Option
from comparison.publishing import publish as publishing
from tests import worlds
from tests.published_folders import undone
from tests.tools import (
    Page,
    data,
    get,
    html,
    publish,
    results,
    words_of,
)

pytestmark = pytest.mark.django_db
TEN = 10
# What is pinned: the page and everything that belongs to it, under selections that use every part
# of a link.
PINNED = [
    "",
    "?off=cost",
    "?use=race&w=ease:4&waive=speed",
    "?use=race&w=ease:4",
    "?distrust=first&options=ada,bob",
    "cell/speed/ada/",
    "sources/first/",
    "parts/?off=ease",
    "why/bob/",
    "sensitivity/?use=thrift",
    "share/",
    "embed/?use=race",
    "-/results/?off=ease",
    "-/data.json?off=ease",
    "-/view.csv",
    "-/view.md?use=race",
    "-/view.json",
    "release.json",
    "-/card.png?off=ease",
]
# the same, as programs ask for it
OF_THE_API = ["", "/decision", "/decision?use=race&off=ease&utm=x"]


def release(number):
    """Return the tiny world as it is in a later release: other scores, words, sources, cases, and a
    new option at last.
    """
    tree = worlds.with_scores(
        worlds.tiny_tree(title=f"Title {number}"), speed_ada=number % 10, ease_bob=9, cost_cyd=1
    )
    tree["summary"] = f"Summary {number}."
    tree["options"][1]["name"] = f"Bob {number}"
    tree["sources"][0]["claims"][0]["statement"] = f"Said {number}."
    tree["use_cases"][0]["importances"] = {"speed": number % 6}
    tree["use_cases"][0]["name"] = f"A race, {number}"
    if number == TEN:
        tree["options"].append({"slug": "dee", "name": "Dee", "line": "New."})
        tree["criteria"][0]["question"] = "How much, now?"
    return tree


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker, tmp_path_factory):
    """What every pinned address answered when release 1 was the newest, and twice ten releases
    later; then the newest page.

    It is lived through once for all tests, and undone.
    """
    with undone(django_db_blocker, tmp_path_factory.mktemp("story")):
        worlds.publish(worlds.tiny_tree())
        places = {place: f"/tiny/@1/{place}" for place in PINNED}
        places |= {
            address: address
            for address in (f"/api/v1/comparisons/tiny/releases/1{rest}" for rest in OF_THE_API)
        }
        before = {place: get(address) for place, address in places.items()}
        for number in range(1, TEN + 1):
            assert worlds.publish(release(number)).number == number + 1
        after, again = (
            {place: get(address) for place, address in places.items()} for _ in range(2)
        )
        newest = html("/tiny/@11/-/newest/"), html("/tiny/@1/-/newest/?use=race&w=ease:4")
    return before, after, again, newest


def test_what_is_pinned_is_the_same_to_the_byte_with_the_same_tag_after_ten_releases(story):
    befores, afters, *_ = story
    for place, before in befores.items():
        after = afters[place]
        assert after.content == before.content, place
        for header in ("ETag", "Link", "Cache-Control"):
            assert after.get(header) == before.get(header), (place, header)
        assert before["Cache-Control"] == "public, max-age=31536000, immutable", place


def test_pinned_data_leads_to_the_same_of_the_newest_release(story):
    _, afters, *_ = story
    for place, following in {
        "-/data.json?off=ease": "/tiny/-/data.json?off=ease",
        "-/view.csv": "/tiny/-/view.csv",
        "-/view.md?use=race": "/tiny/-/view.md?use=race",
        "-/view.json": "/tiny/-/view.json",
        "release.json": "/tiny/release.json",
        "/api/v1/comparisons/tiny/releases/1": "/tiny/release.json",
        "/api/v1/comparisons/tiny/releases/1/decision?use=race&off=ease&utm=x": (
            "/api/v1/comparisons/tiny/decision?use=race&off=ease"
        ),
    }.items():
        assert afters[place]["Link"] == f'<http://testserver{following}>; rel="latest-version"'


def test_the_notice_leads_to_the_newest_release_with_the_selection_kept(story):
    _, after, _, (newest, notice) = story
    page = after["?use=race&w=ease:4"].content.decode()
    (asks,) = Page(page).find("p", id="newest")
    assert asks["hx-get"] == "/tiny/@1/-/newest/?use=race&w=ease:4"
    assert "You are reading release 1 of" in page  # without a script this and the way stand there
    assert Page(page).find("a", href="/tiny/?use=race&w=ease:4")
    assert "Release 11 is the newest." in words_of(notice)
    assert Page(notice).find("a", href="/tiny/?use=race&w=ease:4")
    assert "the newest." in words_of(newest) and not Page(newest).find("a")


def test_a_pinned_page_can_be_asked_again_and_again(story):
    _, after, again, _ = story
    for place, answer in after.items():
        assert answer.content == again[place].content, place


# --- share, edit, flip, reopen --------------------------------------------------------------------


@pytest.fixture
def shared():
    """The link that one person sent on release 1; after it an editor's change, published, that
    flips the result.
    """
    worlds.publish(worlds.tiny_tree(), "First release.")
    (field,) = Page(html("/tiny/?w=ease:1")).find("input", id="following")
    link = field["value"].removeprefix("http://testserver")
    assert link == "/tiny/?w=ease:1&from=1"
    assert "Ada" in results(link) and data("w=ease:1")["decision"]["leaders"] == ["ada"]
    assert not Page(html(link)).find("div", id="ageing")
    worlds.publish(
        worlds.with_scores(worlds.tiny_tree(), speed_ada=4, speed_cyd=8), "Measured again."
    )
    return link


def ageing(link):
    return words_of(Page(html(link)).outer("ageing"))


def test_the_reopened_link_says_what_the_recommendation_was_and_is(shared):
    assert results(shared).startswith("Cyd")
    notice = ageing(shared)
    assert notice.startswith(
        "This link was made on release 1. Was Ada by 0.7 (slight), now Cyd by 2.14 "
        "(strong); 2 cells changed. See it as it was."
    )
    assert "Speed, Ada: speed of ada (9), now speed of ada (4)" in notice
    assert "Speed, Cyd: speed of cyd (6), now speed of cyd (8)" in notice


def test_both_margins_of_the_notice_are_those_of_the_two_pages(shared):
    def margin(address):
        return re.search(r"Ahead of \w+ by ([\d.]+) points", results(address))[1]

    was, now = (margin(address) for address in ("/tiny/@1/?w=ease:1", shared))
    assert re.search(rf"Was Ada by {was} \(\w+\), now Cyd by {now} \(\w+\)", ageing(shared))


def test_the_page_as_it_was_is_what_was_shared(shared):
    (link, *_) = [
        e["href"] for e in Page(Page(html(shared)).outer("ageing")).find("a") if "/@1/" in e["href"]
    ]
    assert link == "/tiny/@1/?w=ease:1"
    assert results(link).startswith("Ada")
    assert get("/tiny/@1/-/data.json?w=ease:1").json()["decision"]["leaders"] == ["ada"]
    assert "You are reading release 1" in words_of(html(link))


def test_the_page_of_differences_tells_the_cells_the_note_and_each_case(shared):
    (link, *_) = [
        e["href"]
        for e in Page(Page(html(shared)).outer("ageing")).find("a")
        if "/changes/" in e["href"]
    ]
    assert link.startswith("/tiny/changes/1..2/")
    words = words_of(html(link).replace("<", " <"))
    assert "From release 1 to release 2" in words
    assert "Measured again. eve, release 2" in words
    assert "2 cells changed" in words
    for before, after in (("9", "4"), ("6", "8")):
        assert re.search(rf"score {before},? (now|to|→)? ?{after}", words), (before, after)
    cases = words_of(Page(html(link)).outer("recommendations").replace("<", " <"))
    assert re.search(r"A race moved Ada by 2\.1 \(strong\) Cyd", cases)
    assert re.search(r"Thrift Bob and Cyd|Thrift a tie of Bob and Cyd", cases)
    assert "Of 2 use cases, 1 has another recommendation" in cases


def test_a_link_made_now_says_nothing(shared):
    (field,) = Page(html(shared)).find("input", id="following")
    assert field["value"] == "http://testserver/tiny/?w=ease:1&from=2"
    assert not Page(html("/tiny/?w=ease:1&from=2")).find("div", id="ageing")


def test_once_the_change_is_taken_back_the_old_link_says_nothing_again(shared):
    worlds.publish(worlds.tiny_tree(), "It was right before.")
    assert not Page(html(shared)).find("div", id="ageing")
    assert results(shared).startswith("Ada")


def test_a_pinned_page_stays_as_it_was_and_is_told_what_is_newer(drafted):
    before, alone = html("/tiny/@1/?off=cost"), html("/tiny/@1/-/newest/?off=cost")
    Option.objects.filter(slug="ada").update(name="Ida")
    publishing.publish(Option.objects.first().comparison, "eve", "Renamed.")
    assert html("/tiny/@1/?off=cost") == before
    assert "Ada" in Page(before).outer("results")
    assert "Release 2 is the newest." not in words_of(alone)
    assert "Release 2 is the newest." in words_of(html("/tiny/@1/-/newest/?off=cost"))
    assert "Ida" in Page(html("/tiny/")).outer("results")


def test_a_pinned_page_links_to_its_own_release(tiny):
    publish(title="Second")
    page = Page(html("/tiny/@1/?distrust=first"))
    cells = page.find("a", **{"class": "cell"})
    assert all(cell["href"].startswith("/tiny/@1/cell/") for cell in cells)
    (form,) = page.find("form", id="selection")
    assert form["action"] == "/tiny/@1/"


def test_a_caches_copy_of_a_pinned_page_stays_and_that_of_its_notice_does_not(tiny):
    page, notice = (get(f"/tiny/@1/{part}").headers["ETag"] for part in ("", "-/newest/"))
    publish(title="Second")
    get("/tiny/@1/", 304, **{"If-None-Match": page})
    assert "Release 2" in words_of(html("/tiny/@1/-/newest/", **{"If-None-Match": notice}))


@pytest.mark.parametrize(
    "name",
    [
        "999999",
        "abc",
        "0",
        "-1",
        "1.5",
        "99999999999999999999",
        "%00",
        "²",
        "٣",
        "@1",
        "draft2",
        "%FF",
        "1%20",
        "x" * 3000,
    ],
)
def test_a_release_that_was_never_published_becomes_the_newest_with_a_note(tiny, name):
    base = f"/tiny/@{quote(name, safe='%@')}/"
    words = words_of(html(base))
    assert "was never published; this is the newest." in words or "There is no such page" in words
    for rest in ("-/results/", "parts/", "cell/speed/ada/", "-/claims/speed/ada/"):
        get(base + rest)
    assert get(f"{base}-/data.json").json()["notes"][0]["kind"] == "no-release"


def test_share_links_follow_and_pin(tiny):
    page = Page(html("/tiny/?off=cost&from=1"))
    assert (
        page.find("input", id="following")[0]["value"] == "http://testserver/tiny/?off=cost&from=1"
    )
    assert page.find("input", id="pinned")[0]["value"] == "http://testserver/tiny/@1/?off=cost"
