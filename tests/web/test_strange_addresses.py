"""Strange queries, strange paths, and what was withdrawn or renamed: every link is answered, in
words.
"""

from urllib.parse import quote, urlencode

import pytest
from django.test import Client

from tests import worlds
from tests.tools import (
    PAYLOAD,
    Page,
    get,
    html,
    publish,
    withdraw,
    words_of,
)
from tests.web.tiny_addresses import ADDRESSES

pytestmark = pytest.mark.django_db

STRANGE = {
    "unknown key": "colour=red",
    "withdrawn criterion": "off=gone",
    "unknown use case": "use=nowhere",
    "repeated key": "use=race&use=thrift",
    "contradictory keys": "must=cost&waive=cost",
    "importance out of range": "w=speed:99",
    "importance in words": "w=speed:high",
    "NUL": "q=a%00b",
    "not UTF-8": "q=%FF%FE",
    "wrong encoding": "q=caf%E9",
    "percent garbage": "off=%zz",
    "lone surrogate": "q=%ED%A0%80",
    "10 kB": "&".join(f"key-{number}=x" for number in range(1000)),
    "100 kB": "q=" + "x" * 100_000,
    "1,000 names": "off=" + ",".join(f"gone-{number}" for number in range(1000)),
    "form garbage": "form=1&under=gone&group=a:b&w-gone=9",
}


@pytest.mark.parametrize("query", STRANGE.values(), ids=list(STRANGE))
def test_a_strange_query_is_answered_everywhere(tiny, query):
    for address in ADDRESSES:
        get(f"{address}?{query}")
    assert get(f"/tiny/-/view.json?{query}").json()["notes"]
    assert "Some of the link could not be used." in words_of(html(f"/tiny/?{query}"))


def test_raw_bytes_in_a_query_are_answered(tiny):
    for raw in (b"q=\xff\xfe", "q=caf\u00e9".encode(), b"off=\x00", b"\x00\x01\x02=\x03"):
        response = Client().get("/tiny/", QUERY_STRING=raw.decode("latin-1"))
        assert response.status_code == 200


@pytest.mark.parametrize(
    "key",
    [
        "use",
        "off",
        "w",
        "must",
        "distrust",
        "options",
        "tree",
        "show",
        "q",
        "basis",
        "from",
        "x",
        PAYLOAD,
    ],
)
def test_no_input_stands_raw_in_html(tiny, key):
    for address in ADDRESSES:
        page = html(f"{address}?{urlencode({key: PAYLOAD})}")
        assert "<script>alert" not in page
        assert [image["id"] for image in Page(page).find("img")] in ([], ["code"])
        assert not [
            e
            for e in Page(page).elements
            if any(name.startswith("on") and name != "on" for name in e if name not in ("on",))
        ]


@pytest.mark.parametrize(
    "place",
    [
        "/tiny/@{}/",
        "/tiny/{}/",
        "/tiny/-/{}/",
        "/tiny/cell/{}/ada/",
        "/tiny/cell/speed/{}/",
        "/tiny/-/claims/{}/x/",
    ],
)
def test_a_strange_path_of_a_comparison_is_the_comparison_with_a_note(tiny, place):
    for name in (quote(PAYLOAD, safe=""), "nowhere", "%00", "a/b/c", "é"):
        page = html(place.format(name))
        assert "<script>alert" not in page
        assert "There is no such page of this comparison" in words_of(
            page
        ) or "was never published" in words_of(page)
        assert Page(page).outer("results")


@pytest.mark.parametrize("base", ["/tiny/", "/tiny/@3/", "/tiny/@2/", "/tiny/@99/"])
@pytest.mark.parametrize(
    ("place", "name", "page"),
    [
        ("cell/ease/ada/", "Ease", "cell/ease/ada/"),
        ("cell/speed/cyd/", "Cyd", "cell/speed/cyd/"),
        ("-/claims/ease/ada/", "Ease", "cell/ease/ada/"),
        ("why/cyd/", "Cyd", "why/cyd/"),
        ("sources/second/", "What second thinks", "sources/second/"),
    ],
)
def test_a_page_of_what_was_withdrawn_says_so_by_name_and_leads_to_it(base, place, name, page):
    withdraw()
    page_html = html(base + place)
    assert f"{name} was withdrawn after release 1. Read it in that release." in words_of(page_html)
    assert Page(page_html).find("a", href=f"/tiny/@1/{page}")
    there = words_of(html(f"/tiny/@1/{page}"))
    assert "There is no such page" not in there and "was withdrawn" not in there


def test_a_cell_of_two_withdrawn_things_names_both_and_one_of_a_name_that_never_was_only_that():
    withdraw()
    both = words_of(html("/tiny/cell/ease/cyd/"))
    assert (
        "Ease was withdrawn after release 1." in both
        and "Cyd was withdrawn after release 1." in both
    )
    never = words_of(html("/tiny/cell/speed/never/"))
    assert "The option “never” does not exist here" in never and "withdrawn" not in never
    strange = html("/tiny/cell/ease/%3Cb%3E/")
    assert "Ease was withdrawn after release 1. Read that release." in words_of(strange)
    assert "/@1/cell/" not in Page(strange).outer("main")


def test_the_page_of_something_renamed_has_moved_and_is_later_said_to_be_withdrawn_under_both_names(
    tiny,
):
    tree = worlds.tiny_tree()
    tree["options"][2]["slug"] = "cid"
    for criterion in tree["criteria"]:
        criterion["cells"]["cid"] = criterion["cells"].pop("cyd")
    publish(
        options=tree["options"],
        criteria=tree["criteria"],
        renamed=[{"kind": "option", "old": "cyd", "new": "cid"}],
    )
    assert get("/tiny/why/cyd/?off=cost", 301).headers["Location"] == "/tiny/why/cid/?off=cost"
    assert get("/tiny/@2/cell/speed/cyd/", 301).headers["Location"] == "/tiny/@2/cell/speed/cid/"
    # where it was still called that
    assert "There is no such page" not in words_of(html("/tiny/@1/why/cyd/"))
    assert "There is no such page" not in words_of(html("/tiny/why/cid/"))
    for criterion in tree["criteria"]:
        criterion["cells"].pop("cid")
    publish(options=tree["options"][:2], criteria=tree["criteria"])
    for slug in ("cyd", "cid"):
        assert "Cyd was withdrawn after release 2." in words_of(html(f"/tiny/why/{slug}/"))
    assert "There is no such page" not in words_of(html("/tiny/@2/why/cid/"))


def test_an_option_that_is_only_not_shown_is_not_said_to_be_missing(tiny):
    shown = words_of(html("/tiny/why/cyd/?options=ada,bob"))
    assert (
        "There is no such page" in shown
        and "does not exist" not in shown
        and "withdrawn" not in shown
    )


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere/",
        "/nowhere/-/results/",
        "/nowhere/@1/",
        "/nowhere/cell/a/b/",
        "/Ü/",
        "/a.b/",
    ],
)
def test_only_a_comparison_that_does_not_exist_is_not_found_and_the_page_is_kind(tiny, address):
    shown = words_of(html(address, 404))
    assert "There is no such page" in shown
    assert "All comparisons" in shown


def test_a_slash_left_off_is_added(tiny):
    assert get("/tiny", 301).headers["Location"] == "/tiny/"
