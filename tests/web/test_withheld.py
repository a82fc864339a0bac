"""What is withheld answers 451 with words, at every address, and nothing of it is told anywhere."""

import pytest
from django.test import Client

from comparison.models import Comparison, Option
from comparison.publishing import publish
from comparison.publishing.editorial import withholding
from comparison.publishing.editorial.withholding import Target, whole_of
from tests import worlds
from tests.tools import Page, get, html, staff, words_of
from tests.web.public_addresses import addresses

pytestmark = pytest.mark.django_db
REASON = "A court of Utrecht asked us to."
OF_A_COMPARISON = [
    address for address in addresses() if address.startswith(("full/", "api/v1/comparisons/full"))
]
OF_A_RELEASE = [
    address
    for address in OF_A_COMPARISON
    if address.startswith(("full/@1/", "api/v1/comparisons/full/releases/1"))
]


@pytest.fixture
def two():
    """The full world, in two releases: the first one tells of a zebra."""
    tree = worlds.full_tree()
    title, note = tree["title"], "The zebra came."
    draft = worlds.draft(worlds.full_tree(title="Zebra or not?"))
    publish.publish(draft, "eve", note)
    Comparison.objects.filter(pk=draft.pk).update(title=title)
    publish.publish(draft, "eve", "It went.")
    return draft


def withhold(number, seen=0):
    target = Target("full", number) if number else whole_of("full")
    return withholding.withhold(target, "root", REASON, seen)


def answer(address):
    return Client(raise_request_exception=False).get("/" + address, follow=True)


def wrong(addresses):
    """Return each of some addresses that does not answer as what is withheld has to."""
    found = {}
    for address in addresses:
        response = answer(address)
        text = response.content.decode()
        is_right = (
            response.status_code == 451
            and REASON in text
            and "zebra" not in text.lower()
            and 'rel="blocked-by"' in response["Link"]
            and "s-maxage=4" in response["Cache-Control"]
        )
        if not is_right:
            found[address] = response.status_code
    return found


def test_every_address_of_a_withheld_comparison_says_so(two):
    for address in OF_A_COMPARISON[::3]:
        answer(address)  # which may be kept
    withhold(0)
    assert len(OF_A_COMPARISON) > 50
    assert wrong(OF_A_COMPARISON) == {}


def test_every_address_of_a_withheld_release_says_so(two):
    for address in OF_A_RELEASE[::3]:
        answer(address)
    withhold(1)
    assert len(OF_A_RELEASE) > 25
    assert wrong(OF_A_RELEASE) == {}


def test_a_link_to_it_keeps_the_selection_for_what_can_be_read(two):
    withhold(1)
    page = Page(html("/full/@1/?use=first-product&utm_source=x", 451))
    assert page.find("a", href="/full/?use=first-product")
    assert "Release 1 of this comparison has been withheld since" in words_of(page.html)


def test_nothing_else_tells_of_a_withheld_release(two):
    withhold(1)
    for address in [
        *(one for one in OF_A_COMPARISON if one not in OF_A_RELEASE),
        "",
        "?q=zebra",
        "-/comparisons/?q=zebra",
        "feed.xml",
        "sitemap.xml",
        "sitemap-comparisons.xml",
        "api/v1/comparisons",
        "api/v1/comparisons/full/releases",
        "full/@2/changes/",
        "full/?from=1",
        "oembed?url=http://testserver/full/",
    ]:
        response = answer(address)
        assert response.status_code in (200, 451), address
        assert b"zebra" not in response.content.lower().replace(b"q=zebra", b"").replace(
            b'value="zebra"', b""
        ).replace(b"\xe2\x80\x9czebra\xe2\x80\x9d", b""), address


@pytest.mark.parametrize("span", ["1..2", "2..1"])
def test_what_changed_since_it_is_withheld_as_well(two, span):
    withhold(1)
    assert REASON in html(f"/full/changes/{span}/", 451)


def test_the_list_of_releases_names_it_and_leads_to_the_reason(two):
    withhold(1)
    page = Page(html("/full/changes/"))
    assert "release 1" in words_of(page.outer("withheld"))
    assert page.find("a", href="/full/@1/")
    assert not page.find("a", href="/full/changes/1..2/")


def test_the_older_one_says_that_it_stands_in_for_the_newest(two):
    before = get("/full/")
    withhold(2)
    page = Page(html("/full/"))
    assert "Release 2 is withheld for legal reasons" in words_of(page.outer("withheld"))
    assert "you are reading release 1" in words_of(page.outer("withheld"))
    assert page.find("h1")
    again = get("/full/", 200, if_none_match=before["ETag"])
    assert again["ETag"] != before["ETag"]
    assert "withheld" not in words_of(html("/full/@1/"))
    assert "noindex" not in html("/full/")
    # and a file is of that release
    assert get("/full/-/data.json").json()["release"] == 1


def test_an_answer_that_was_kept_is_not_given_again(two):
    """The list of changes of the newest release is kept in memory; it tells of the one before."""
    assert b"The zebra came." in answer("full/changes/").content
    etag = answer("full/changes/")["ETag"]
    withhold(1)
    response = Client(headers={"if-none-match": etag}).get("/full/changes/")
    assert response.status_code == 200
    assert b"zebra" not in response.content


def test_what_is_shown_again_is_there_at_once(two):
    before = answer("full/@1/").content
    act = withhold(1)
    assert answer("full/@1/").status_code == 451
    withholding.show_again(Target("full", 1), "root", "The court changed its mind.", act.step)
    assert answer("full/@1/").content == before


def test_a_frame_elsewhere_says_so_in_a_few_words(two):
    withhold(1)
    response = get("/full/@1/embed/", 451)
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert REASON in words_of(response.content.decode())


def test_a_program_hears_which_kind_of_problem_it_is(two):
    withhold(1)
    problem = get("/api/v1/comparisons/full/releases/1", 451)
    assert problem["Content-Type"] == "application/problem+json"
    assert problem.json()["type"].endswith("#withheld")
    assert "http://testserver/full/" in problem.json()["detail"]
    oembed = get("/oembed?url=http://testserver/full/@1/", 451)
    assert REASON in oembed.json()["error"]


def test_a_suggestion_about_it_is_not_taken(two):
    withhold(0)
    sent = Client().post("/full/suggest/", {"text": "The zebra is wrong about this."})
    assert sent.status_code == 451


def test_editors_still_see_the_draft(two):
    withhold(0)
    assert staff().get("/full/@draft/").status_code == 200
    assert answer("full/@draft/").status_code == 451


def test_a_name_that_only_a_withheld_release_had_is_told_to_nobody():
    draft = worlds.draft()
    Option.objects.filter(slug="cyd").update(slug="zebra", name="Zebra")
    publish.publish(draft, "eve", "First.")
    Option.objects.filter(slug="zebra").update(slug="dan", name="Dan")
    publish.publish(draft, "eve", "Second.")
    address = "/tiny/?options=ada,zebra"
    assert "Zebra was withdrawn" in words_of(html(address))
    withholding.withhold(Target("tiny", 1), "root", REASON, 0)
    assert "Zebra" not in html(address)
