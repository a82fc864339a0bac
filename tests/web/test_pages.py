"""Every address as a visitor or a program meets it: what is shown, what is said of bad links, what
caches may keep.
"""

import gzip
import json
import re
from urllib.parse import quote, urlencode

import brotli
import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparison.models import Cell, Option
from comparison.publishing import publish as publishing
from comparison.web.http_cache import build
from comparison.web.regions import INSIDE, REGIONS
from tests import worlds
from tests.tools import PROSE, Page, data, get, html, publish, results, withdraw, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tiny():
    """The tiny world as release 1."""
    return publish()


@pytest.fixture
def drafted(tiny):
    """The tiny world as release 1, and the same as a draft."""
    worlds.draft(worlds.tiny_tree(prose=PROSE))
    return tiny


def form_of(page):
    """Return what the page's plain form would send as it stands, without any script."""
    pairs = []
    for e in page.elements:
        if e["tag"] != "input" or not e.get("name") or e.get("form") or e.get("name") == "theme":
            continue
        if e.get("type") in ("checkbox", "radio") and "checked" not in e:
            continue
        pairs.append((e["name"], e.get("value") or ""))
    return pairs


def test_the_hub_lists_every_comparison(tiny):
    publish(slug="other", title="Another one")
    page = Page(html("/"))
    assert {"/tiny/", "/other/"} <= {e["href"] for e in page.find("a")}
    assert "2 comparisons" in page.text


def test_the_hub_is_searched_by_words(tiny):
    publish(slug="other", title="Another one")
    assert "/other/" in html("/?q=another+one")
    assert "/tiny/" not in html("/?q=another")
    assert "Nothing by that name" in html("/?q=zebra")
    assert (
        Page(html("/?q=another")).outer("comparisons") == html("/-/comparisons/?q=another").strip()
    )


def test_an_empty_hub_says_so():
    assert "Nothing is published yet" in html("/")


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00%FF",
        "?page=abc",
        "?page=-1",
        "?page=999",
        "?q=" + "a" * 9000,
        "?q=<script>alert(1)</script>",
    ],
)
def test_the_hub_takes_any_query(tiny, query):
    assert "<script>alert" not in html(f"/{query}")


def test_the_hubs_pages_keep_the_search(monkeypatch):
    monkeypatch.setattr("comparison.web.views.hub.PER_PAGE", 1)
    for slug in ("one", "two"):
        publish(slug=slug, title="Salt & pepper = spice #1")
    (following,) = [
        e["href"]
        for e in Page(html("/?q=salt+%26+pepper+%3D+%231")).find("a")
        if "page=2" in e["href"]
    ]
    page = Page(html(f"/{following}"))
    assert page.find("input", id="hub-q")[0]["value"] == "salt & pepper = #1"
    assert "Page 2" in page.text


@pytest.mark.parametrize("q", ["salt & pepper", "café", "日本", "a#b", "100%"])
def test_the_hubs_list_carries_the_hubs_address(tiny, q):
    address = get(f"/-/comparisons/?q={quote(q)}").headers["HX-Replace-Url"]
    assert Page(html(address)).find("input", id="hub-q")[0]["value"] == q


def test_the_page_shows_the_leader_its_margin_and_every_part(tiny):
    words = results("/tiny/")
    assert "Ada" in words
    assert "Ahead of Cyd by 1.0 points" in words
    assert "Every score of Ada is known." in words
    page = Page(html("/tiny/"))
    assert [e["value"] for e in page.find("input", name="on")] == ["speed", "ease", "cost"]
    assert len(page.find("a", **{"class": "cell"})) == 9
    assert "Scores of imaginary tools." in words_of(html("/tiny/"))


@pytest.mark.parametrize("query", ["", "off=ease", "use=race", "w=cost:5"])
def test_the_parts_add_up_to_the_margin_and_the_groups_to_the_same(tiny, query):
    text = html(f"/tiny/parts/?{query}")
    (margin,) = re.findall(r'ahead by</th><td class="num">([+−][\d.]+)</td></tr></tfoot>', text)
    for table in re.findall(r"<tbody>(.*?)</tbody>", text, re.DOTALL):
        shown = [
            float(value.replace("−", "-"))
            for value in re.findall(r">([+−][\d.]+)</td></tr>", table)
        ]
        shares = [float(share) for share in re.findall(r">([\d.]+) %</td>", table)]
        assert round(sum(shown), 2) == float(margin)
        assert sum(shares) == pytest.approx(100, abs=0.2)


def test_the_parts_say_what_is_enough_and_what_separates_nobody(tiny):
    worlds.publish(worlds.with_scores(worlds.tiny_tree(), ease_ada=6, ease_bob=6, ease_cyd=6))
    words = words_of(html("/tiny/parts/"))
    assert "Speed alone outweighs all that speaks for Cyd." in words
    assert "All options are alike in Ease." in words


def test_what_would_change_it_stands_in_the_panel_as_on_its_page(tiny):
    for query in ("", "off=ease", "w=speed:1", "distrust=first"):
        (opened,) = re.findall(
            r'<ul class="flips">.*?</ul>', html(f"/tiny/-/flips/?{query}"), re.DOTALL
        )
        assert opened in html(f"/tiny/sensitivity/?{query}")


def test_a_cell_has_a_page_with_its_claims(tiny):
    words = words_of(html("/tiny/cell/speed/ada/"))
    assert "Score 9 of 10, the editors' own" in words
    assert "first says that Ada is quick." in words
    assert "Disagrees. second says that Ada is quick." in words
    assert "Line 1" in words


def test_a_cell_nobody_speaks_of_says_so(tiny):
    assert "No source that you count mentions it." in words_of(html("/tiny/cell/ease/bob/"))


@pytest.mark.parametrize("region", [name for name in REGIONS if name not in INSIDE])
def test_a_region_is_the_very_part_of_the_page(tiny, region):
    queries = [
        "",
        "use=race",
        "off=speed&w=cost:5&must=cost",
        "q=ease&show=differences",
        "options=ada,bob",
        "off=speed,ease,cost",
    ]
    for address in [f"{base}{{}}?{query}" for base in ("/tiny/", "/tiny/@1/") for query in queries]:
        page, alone = Page(html(address.format(""))), html(address.format(f"-/{region}/"))
        assert Page(alone).outer(region) == page.outer(region), address
        assert alone.startswith(page.outer(region)), address


@pytest.mark.parametrize("region", [name for name, companions in REGIONS.items() if companions])
def test_what_follows_from_a_region_comes_with_it(tiny, region):
    page, alone = Page(html("/tiny/?use=race")), Page(html(f"/tiny/-/{region}/?use=race"))
    for name in REGIONS[region]:
        mine = alone.outer(name).replace(' data-hx-swap-oob="true"', "")
        assert mine == page.outer(name)


def test_the_parts_and_the_claims_are_regions_of_their_pages(tiny):
    assert Page(html("/tiny/-/parts/?w=speed:5")).outer("parts") == Page(
        html("/tiny/parts/?w=speed:5")
    ).outer("parts")
    assert Page(html("/tiny/-/claims/speed/ada/")).outer("claims") == Page(
        html("/tiny/cell/speed/ada/")
    ).outer("claims")


@pytest.mark.parametrize("region", [name for name in REGIONS if name not in INSIDE])
def test_a_region_carries_the_pages_address(tiny, region):
    headers = get(f"/tiny/-/{region}/?w=speed:5,ease:3&colour=red").headers
    assert (headers.get("HX-Push-Url") or headers["HX-Replace-Url"]) == "/tiny/?w=speed:5"
    assert headers["X-Robots-Tag"] == "noindex"


def test_a_program_gets_the_decision(tiny):
    found = data("off=cost&w=speed:3&colour=red")
    assert (found["comparison"], found["release"], found["newest"]) == ("tiny", 1, 1)
    assert found["digest"] == tiny.digest
    assert found["selection"] == "off=cost"
    assert found["notes"] == [{"kind": "unknown-key", "key": "", "value": "colour"}]
    decision = found["decision"]
    assert decision["state"] == "ok"
    assert decision["leaders"] == ["ada"]
    assert [
        (option["option"], option["rank"], option["score"]) for option in decision["ranked"]
    ] == [
        ("ada", 1, 8.5),
        ("cyd", 2, 6.0),
        ("bob", 3, 4.5),
    ]
    assert set(decision["ranked"][0]) >= {"option", "score", "rank", "low", "high", "coverage"}
    assert decision["margin"]["value"] == 2.5
    assert sum(part["value"] for part in decision["margin"]["parts"]) == 2.5


def test_a_program_gets_numbers_and_nothing_endless(tiny):
    def refuse(word):
        raise AssertionError(word)

    for query in ("", "off=speed,ease,cost", "must=speed,cost&options=bob,ada"):
        json.loads(get(f"/tiny/-/data.json?{query}").content, parse_constant=refuse)


def test_a_pinned_page_stays_as_it_was_and_says_what_is_newer(drafted):
    before = html("/tiny/@1/?off=cost")
    Option.objects.filter(slug="ada").update(name="Ida")
    publishing.publish(Option.objects.first().comparison, "eve", "Renamed.")
    after = html("/tiny/@1/?off=cost")
    assert "Ada" in Page(after).outer("results")
    assert "Ida" not in after
    assert "You are reading release 1" in words_of(after)
    assert "Release 2 is the newest." in words_of(after)
    assert 'href="/tiny/?off=cost"' in after
    notice = re.compile(r'<div class="notes".*?</div>', re.DOTALL)
    assert notice.sub("", after).split() == before.split()
    assert "Ida" in Page(html("/tiny/")).outer("results")


def test_a_pinned_page_links_to_its_own_release(tiny):
    publish(title="Second")
    page = Page(html("/tiny/@1/?distrust=first"))
    cells = page.find("a", **{"class": "cell"})
    assert all(cell["href"].startswith("/tiny/@1/cell/") for cell in cells)
    assert all(cell["data-hx-get"].startswith("/tiny/@1/-/claims/") for cell in cells)
    (form,) = page.find("form", id="sel")
    assert form["action"] == "/tiny/@1/"


def test_a_caches_copy_of_a_pinned_page_is_renewed_for_the_notice(tiny):
    tag = get("/tiny/@1/").headers["ETag"]
    publish(title="Second")
    assert "Release 2 is the newest." in words_of(html("/tiny/@1/", **{"If-None-Match": tag}))


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
    "10 kB": "&".join(f"key-{at}=x" for at in range(1000)),
    "100 kB": "q=" + "x" * 100_000,
    "1,000 names": "off=" + ",".join(f"gone-{at}" for at in range(1000)),
    "form garbage": "form=1&under=gone&group=a:b&w-gone=9",
}
ADDRESSES = [
    "/tiny/",
    "/tiny/@1/",
    "/tiny/parts/",
    "/tiny/cell/speed/ada/",
    "/tiny/-/claims/speed/ada/",
    "/tiny/-/data.json",
    "/",
]
ADDRESSES += [f"/tiny/-/{region}/" for region in REGIONS]


@pytest.mark.parametrize("query", STRANGE.values(), ids=list(STRANGE))
def test_a_strange_query_is_answered_everywhere(tiny, query):
    for address in ADDRESSES:
        get(f"{address}?{query}")
    assert data(query)["notes"]
    assert "Some of the link could not be used." in words_of(html(f"/tiny/?{query}"))


def test_raw_bytes_in_a_query_are_answered(tiny):
    for raw in (b"q=\xff\xfe", "q=caf\u00e9".encode(), b"off=\x00", b"\x00\x01\x02=\x03"):
        response = Client().get("/tiny/", QUERY_STRING=raw.decode("latin-1"))
        assert response.status_code == 200


PAYLOAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


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
        found = html(f"{address}?{urlencode({key: PAYLOAD})}")
        if not address.endswith(".json"):
            assert "<script>alert" not in found
            assert "<img" not in found
            assert not [
                e
                for e in Page(found).elements
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
        found = html(place.format(name))
        assert "<script>alert" not in found
        assert "There is no such page of this comparison" in words_of(
            found
        ) or "was never published" in words_of(found)
        assert Page(found).outer("results")


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
    found = html(base + place)
    assert f"{name} was withdrawn after release 1. Read it in that release." in words_of(found)
    assert Page(found).find("a", href=f"/tiny/@1/{page}")
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
    found = words_of(html("/tiny/why/cyd/?options=ada,bob"))
    assert (
        "There is no such page" in found
        and "does not exist" not in found
        and "withdrawn" not in found
    )


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere/",
        "/nowhere/-/results/",
        "/nowhere/@1/",
        "/nowhere/-/data.json",
        "/nowhere/cell/a/b/",
        "/Ü/",
        "/a.b/",
    ],
)
def test_only_a_comparison_that_does_not_exist_is_not_found_and_the_page_is_kind(tiny, address):
    found = words_of(html(address, 404))
    assert "There is no such page" in found
    assert "All comparisons" in found


def test_a_slash_left_off_is_added(tiny):
    assert get("/tiny", 301).headers["Location"] == "/tiny/"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "use=race",
        "use=race&off=cost&w=ease:4",
        "distrust=first&basis=claims",
        "show=differences&q=a%20b&from=1",
    ],
)
def test_the_plain_form_leads_to_the_canonical_address_once(tiny, query):
    sent = urlencode(form_of(Page(html(f"/tiny/?{query}"))))
    first = get(f"/tiny/?{sent}", 302)
    assert first.headers["Location"] == "/tiny/" + (f"?{query}" if query else "")
    get(first.headers["Location"], 200)


def test_the_form_redirects_within_a_release(tiny):
    sent = urlencode(form_of(Page(html("/tiny/@1/?off=cost"))))
    assert get(f"/tiny/@1/?{sent}", 302).headers["Location"] == "/tiny/@1/?off=cost"


def test_changing_the_form_by_hand_gives_the_state_it_shows(tiny):
    pairs = form_of(Page(html("/tiny/")))
    pairs = [
        (key, value)
        for key, value in pairs
        if (key, value) not in (("on", "cost"), ("w-speed", "3"))
    ] + [("w-speed", "5")]
    assert get("/tiny/?" + urlencode(pairs), 302).headers["Location"] == "/tiny/?off=cost&w=speed:5"
    applied = urlencode([*form_of(Page(html("/tiny/?off=cost"))), ("apply", "race")])
    assert get(f"/tiny/?{applied}", 302).headers["Location"] == "/tiny/?use=race&off=cost"
    dropped = urlencode([*form_of(Page(html("/tiny/?use=race"))), ("drop", "speed")])
    assert get(f"/tiny/?{dropped}", 302).headers["Location"] == "/tiny/?use=race&waive=speed"


@pytest.mark.parametrize(
    "spellings",
    [
        [
            "off=speed,cost&w=ease:4",
            "w=ease:4&off=cost,speed",
            "w=ease:4,speed:3&off=cost&off=speed&options=ada,bob,cyd",
        ],
        [
            "use=race",
            "use=race&w=speed:5,ease:1",
            "use=race&must=speed",
            "must=speed&use=race&waive=cost",
        ],
        ["", "use=none", "w=speed:3", "options=cyd,bob,ada", "show=&q="],
    ],
    ids=["order", "preset", "default"],
)
def test_two_spellings_of_one_state_have_one_answer(tiny, spellings):
    pages = {Page(html(f"/tiny/?{query}")).outer("results") for query in spellings}
    regions = {html(f"/tiny/-/results/?{query}") for query in spellings}
    decisions = {json.dumps(data(query)["decision"], sort_keys=True) for query in spellings}
    assert (len(pages), len(regions), len(decisions)) == (1, 1, 1)
    assert pages == {Page(regions.pop()).outer("results")}
    assert len({data(query)["selection"] for query in spellings}) == 1


def test_page_region_and_data_agree_on_every_switch(tiny):
    for at in range(8):
        off = [slug for bit, slug in enumerate(("speed", "ease", "cost")) if at >> bit & 1]
        query = f"off={','.join(off)}" if off else ""
        decision = data(query)["decision"]
        shown = results(f"/tiny/?{query}")
        if decision["margin"]:
            leader = {"ada": "Ada", "bob": "Bob", "cyd": "Cyd"}[decision["leaders"][0]]
            assert f"Recommendation {leader} " in shown
        assert results(f"/tiny/-/results/?{query}") == shown


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("off=speed,ease,cost", "Nothing is counted yet"),
        ("off=speed,ease,cost", "Switch on at least one criterion"),
        ("w=speed:0,ease:0,cost:0", "Nothing is counted yet"),
        ("must=speed,cost&options=ada,bob", "No option has every must-have"),
        ("must=speed,cost&options=ada,bob", "Drop one must-have to see a result."),
        ("must=speed,cost&options=ada,bob", "Drop “Cost included”"),
        ("off=speed,ease&options=bob,cyd", "A tie"),
        ("off=speed,ease&options=bob,cyd", "Bob and Cyd come out equal"),
        ("basis=claims&distrust=first,second", "No evidence is left"),
        ("must=speed,cost", "The only option left"),
        ("options=ada", "The only option left"),
        ("use=race", "for a race"),
        ("use=race&off=cost&w=ease:4", "1 criterion is switched off, 1 importance is changed."),
        ("must=cost", "Ada : “Cost included” not met"),
    ],
)
def test_every_state_has_its_sentence(tiny, query, sentence):
    found = results(f"/tiny/?{query}")
    assert sentence.replace(" :", ":") in found.replace(" :", ":"), found


def test_a_search_that_finds_nothing_says_so_and_leaves_the_result(tiny):
    page = Page(html("/tiny/?q=zebra"))
    assert "No row matches." in words_of(page.outer("rows"))
    assert page.outer("results").count("Ada") == Page(html("/tiny/")).outer("results").count("Ada")


def test_unknown_no_and_does_not_apply_are_three_things():
    tree = worlds.full_tree(prose=PROSE)
    publishing.publish(worlds.draft(tree), "eve", "Now.")
    rows = words_of(Page(html("/full/")).outer("rows"))
    assert "Not known" in rows
    assert "Does not apply: two services" in rows
    assert "Not in the box" in rows
    assert "does not apply here" in words_of(html("/full/cell/throughput/both/"))


def test_every_cell_and_every_region_of_a_comparison_with_everything_is_shown():
    publishing.publish(worlds.draft(worlds.full_tree(prose=PROSE)), "eve", "Now.")
    document = worlds.full()
    for criterion in document.criteria:
        for option in document.options:
            assert "There is no such page" not in html(
                f"/full/cell/{criterion.slug}/{option.slug}/"
            )
    for query in (
        "",
        "use=none",
        "basis=claims",
        "options=both",
        "distrust=agency,vendor",
        "tree=whole-product:no,one-service:yes",
    ):
        html(f"/full/?{query}")
        for region in REGIONS:
            html(f"/full/-/{region}/?{query}")


def test_a_comparison_without_prose_is_shown():
    publish(prose={})
    assert Page(html("/tiny/")).outer("results")


def test_a_comparison_with_the_least_it_may_have_is_shown():
    tree = worlds.tiny_tree(
        prose=PROSE, components=[], use_cases=[], sources=[], runs=[], workloads=[], questions=[]
    )
    tree["options"] = tree["options"][:2]
    tree["criteria"] = tree["criteria"][:1]
    tree["criteria"][0]["cells"] = {}
    publishing.publish(worlds.draft(tree), "eve", "Now.")
    html("/tiny/")
    html("/tiny/parts/")
    html("/")


def test_a_wide_matrix_is_shown():
    publishing.publish(worlds.draft(worlds.large_tree(30, 40) | {"prose": PROSE}), "eve", "Now.")
    page = Page(html("/large/"))
    assert len(page.find("a", **{"class": "cell"})) == 30 * 40
    assert words_of(page.outer("totals")).count(".") >= 29
    assert "25 more: see the totals under the criteria." in words_of(page.outer("results"))


def test_long_names_are_shown_whole():
    name = "N" * 299
    tree = worlds.tiny_tree(prose=PROSE, title="T" * 300)
    tree["options"][0]["name"] = name
    tree["criteria"][0]["name"] = "C " * 149
    publishing.publish(worlds.draft(tree), "eve", "Now.")
    found = html("/tiny/")
    assert name in found
    assert 'class="long"' in found


def test_markup_in_content_is_shown_as_text():
    shown = {
        "title",
        "name",
        "line",
        "statement",
        "place",
        "summary",
        "why",
        "note",
        "publisher",
        "interest",
        "role",
        "condition",
    }
    shown |= {
        "description",
        "scale_low",
        "scale_high",
        "reason",
        "spelling",
        "audience",
        "subject",
        "situation",
        "machine",
    }

    def spoil(holder):
        return {
            key: value + PAYLOAD if key in shown and isinstance(value, str) else value
            for key, value in holder.items()
        }

    tree = json.loads(json.dumps(worlds.full_tree()), object_hook=spoil) | {
        "prose": {"figures": PAYLOAD, "matrix": PAYLOAD}
    }
    publishing.publish(worlds.draft(tree), "eve", PAYLOAD)
    for address in (
        "",
        "parts/",
        "cell/rate-limits/whole/",
        "-/rows/",
        "-/results/",
        "-/claims/rate-limits/whole/",
    ):
        found = html(f"/full/{address}")
        assert "alert(1)" in found
        assert "<script>alert" not in found
        assert not Page(found).find("img")
    assert "<script>alert" not in html("/")


def figures(**changes):
    publish(**changes)
    page = Page(html("/tiny/"))
    return [
        words_of(page.html[e["from"] : e["to"]])
        for e in page.find("tr")
        if "ref" in page.html[e["from"] : e["to"]] and "trk" in page.html[e["from"] : e["to"]]
    ]


def run_of(slug, source, **quantities):
    return {
        "slug": slug,
        "source": source,
        "workload": "walk",
        "name": f"Run {slug}",
        "figures": [
            {
                "slug": option,
                "option": option,
                "metric": "throughput",
                "statistic": "mean",
                "quantity": quantity,
                "place": "Line 3",
            }
            for option, quantity in quantities.items()
        ],
    }


def number(low, **more):
    return {"spelling": f"{low:,}", "low": low, "unit": "requests/s"} | more


def test_two_plain_numbers_of_one_run_have_a_ratio():
    (row,) = figures(runs=[run_of("a", "first", ada=number(2000), bob=number(500))])
    assert "2,000" in row
    assert "4.00×" in row


def test_numbers_of_two_runs_have_none():
    rows = figures(
        runs=[run_of("a", "first", ada=number(2000)), run_of("b", "second", bob=number(500))]
    )
    assert len(rows) == 2
    assert not [row for row in rows if "×" in row]
    assert "rows are not ranked against one another" in html("/tiny/")


@pytest.mark.parametrize(
    "other",
    [
        {"spelling": "400-600", "form": "range", "low": 400, "high": 600, "unit": "requests/s"},
        {"spelling": "500+", "form": "at-least", "low": 500, "unit": "requests/s"},
        {"spelling": "up to 500", "form": "at-most", "high": 500, "unit": "requests/s"},
        {"spelling": "hundreds", "form": "verbal"},
        number(500, open_ended=True),
        number(500, unit="requests/min"),
    ],
    ids=["range", "lower bound", "upper bound", "words", "open", "another unit"],
)
def test_a_range_a_bound_and_words_stay_as_the_source_prints_them_without_a_ratio(other):
    (row,) = figures(runs=[run_of("a", "first", ada=number(2000), bob=other)])
    assert other["spelling"] in row
    assert "×" not in row


def test_mean_and_percentile_are_not_compared():
    run = run_of("a", "first", ada=number(20, unit="ms"), bob=number(80, unit="ms"))
    run["figures"][1]["statistic"] = "p95"
    for figure in run["figures"]:
        figure["metric"] = "latency"
    (row,) = figures(runs=[run])
    assert "×" not in row
    assert "95th percentile" in row


def test_a_distrusted_sources_figures_are_left_out():
    publish()
    assert "The walk" in html("/tiny/")
    assert "The walk" not in html("/tiny/?distrust=first")


def test_what_a_source_computed_stands_beside_what_its_figures_give():
    publishing.publish(worlds.draft(worlds.full_tree(prose=PROSE)), "eve", "Now.")
    words = words_of(Page(html("/full/")).outer("fig-derived"))
    assert "57.8 %" in words
    assert "2.37×" in words
    assert "118" in words


@pytest.mark.parametrize("address", [a for a in ADDRESSES if a != "/"])
def test_a_warm_readers_request_makes_at_most_one_query(tiny, address):
    get(address)
    for query in ("", "?off=cost", "?use=race&w=ease:4"):
        with CaptureQueriesContext(connection) as asked:
            get(address + query)
        assert len(asked) <= 1, [query["sql"] for query in asked]


def test_a_larger_comparison_costs_no_more_queries():
    publishing.publish(
        worlds.draft(worlds.large_tree(8, 30, claims_per_cell=2) | {"prose": PROSE}), "eve", "Now."
    )
    get("/large/")
    with CaptureQueriesContext(connection) as asked:
        get("/large/?off=criterion-3")
    assert len(asked) <= 1


def test_a_warm_hub_costs_as_many_queries_for_many_as_for_one(tiny):
    def queries():
        get("/")
        with CaptureQueriesContext(connection) as asked:
            get("/")
        return len(asked)

    one = queries()
    for at in range(5):
        publish(slug=f"other-{at}")
    assert queries() == one <= 2


PUBLIC = ["/", *ADDRESSES[:-1]]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_answer_sets_no_cookie_and_does_not_vary_by_one(tiny, address):
    response = get(address)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize("address", [a for a in ADDRESSES if a not in ("/", "/tiny/-/data.json")])
def test_an_unchanged_answer_is_not_sent_again(tiny, address):
    first, second = get(address), get(address)
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    assert not first.headers["ETag"].startswith("W/")
    if "cell" not in address and "claims" not in address and address != "/tiny/parts/":
        again = get(address, 304, **{"If-None-Match": first.headers["ETag"]})
        assert again.content == b""
        assert again.headers["ETag"] == first.headers["ETag"]


def test_a_new_release_another_query_and_another_encoding_have_other_tags(tiny):
    tags = [
        get(address).headers["ETag"]
        for address in ("/tiny/", "/tiny/?off=cost", "/tiny/@1/", "/tiny/-/results/")
    ]
    tags.append(get("/tiny/", **{"Accept-Encoding": "br"}).headers["ETag"])
    publish(title="Second")
    tags.append(get("/tiny/").headers["ETag"])
    assert len(set(tags)) == len(tags)
    get("/tiny/", 200, **{"If-None-Match": tags[0]})


def test_the_tag_follows_the_build(tiny, monkeypatch):
    before = get("/tiny/").headers["ETag"]
    monkeypatch.setattr("comparison.web.http_cache.build", lambda: "another")
    assert get("/tiny/").headers["ETag"] != before
    assert len(build()) == 16


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [
        ("br, gzip", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_a_page_is_compressed_as_the_browser_takes_it(tiny, accepted, encoding, unpack):
    plain, packed = get("/tiny/"), get("/tiny/", **{"Accept-Encoding": accepted})
    assert packed.headers.get("Content-Encoding") == encoding
    assert unpack(packed.content) == plain.content
    assert packed.headers["Vary"] == "Accept-Encoding"


def test_an_encoding_that_is_refused_is_not_used(tiny):
    assert (
        "Content-Encoding" not in get("/tiny/", **{"Accept-Encoding": "br;q=0, gzip;q=0"}).headers
    )


def staff():
    client = Client()
    client.force_login(User.objects.create_superuser("eve"))
    return client


def test_a_stranger_asking_for_a_draft_is_sent_to_the_login(tiny):
    response = get("/tiny/@draft/?off=cost", 302)
    assert response.headers["Location"] == "/admin/login/?next=/tiny/%40draft/%3Foff%3Dcost"


def test_staff_see_the_draft_on_the_readers_own_page(drafted):
    Option.objects.filter(slug="ada").update(name="Ida")
    response = staff().get("/tiny/@draft/?off=cost")
    assert response.status_code == 200
    assert "Ida" in Page(response.content.decode()).outer("results")
    assert "This is the draft." in words_of(response.content.decode())
    assert "Ida" not in html("/tiny/")


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "-/results/",
        "-/rows/",
        "-/data.json",
        "parts/",
        "cell/speed/ada/",
        "-/claims/speed/ada/",
    ],
)
def test_a_draft_is_never_cached(drafted, rest):
    client = staff()
    for _ in range(2):
        response = client.get(f"/tiny/@draft/{rest}")
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "ETag" not in response.headers
        Option.objects.filter(slug="ada").update(name="Ida")
    if rest in ("", "-/results/", "-/rows/"):
        assert b"Ida" in response.content


@pytest.mark.parametrize(
    "rest",
    ["-/results/", "-/rows/", "-/data.json", "parts/", "cell/speed/ada/", "-/claims/speed/ada/"],
)
def test_a_stranger_gets_nothing_of_a_draft_from_its_parts(drafted, rest):
    Option.objects.filter(slug="ada").update(name="Ida")
    Cell.objects.update(text="secret")
    response = Client().get(f"/tiny/@draft/{rest}")
    assert b"Ida" not in response.content
    assert b"secret" not in response.content


def test_a_member_who_is_not_staff_is_a_stranger(tiny):
    client = Client()
    client.force_login(User.objects.create_user("reader"))
    assert client.get("/tiny/@draft/").status_code == 302


def test_a_half_finished_draft_says_what_is_missing(drafted):
    Option.objects.filter(slug="ada").update(line="")
    response = staff().get("/tiny/@draft/")
    assert response.status_code == 200
    assert "options › ada › line: is missing" in words_of(response.content.decode())
    assert response.headers["Cache-Control"] == "private, no-store"


def test_where_there_is_no_draft_staff_see_the_newest_release(tiny):
    response = staff().get("/tiny/@draft/?off=cost")
    assert response.status_code == 200
    assert "was never published; this is the newest." in words_of(response.content.decode())


def test_a_draft_without_a_release_is_shown_to_staff_alone():
    worlds.draft(worlds.tiny_tree(prose=PROSE))
    assert staff().get("/tiny/@draft/").status_code == 200
    get("/tiny/", 404)


def test_a_draft_links_to_itself(drafted):
    page = Page(staff().get("/tiny/@draft/").content.decode())
    assert page.find("form", id="sel")[0]["action"] == "/tiny/@draft/"
    assert all(
        cell["href"].startswith("/tiny/@draft/") for cell in page.find("a", **{"class": "cell"})
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_asking_for_the_head_works_and_nothing_else_is_taken(tiny, address):
    head = Client().head(address)
    assert (head.status_code, head.content) == (200, b"")
    for method in ("post", "put", "patch", "delete"):
        response = getattr(Client(), method)(address)
        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD"


def everything(drafted):
    """Yield one answer of each kind that a browser can get."""
    for address in [
        *ADDRESSES,
        "/tiny/nowhere/",
        "/tiny/@99/",
        "/tiny/?colour=red",
        "/tiny/?off=speed,ease,cost",
        "/tiny/suggest/?criterion=speed&option=ada",
        "/tiny/suggest/?sent=1",
        "/admin/login/",
    ]:
        yield get(address)
    yield get("/nowhere/", 404)
    yield get("/tiny/?form=1", 302)
    yield get("/tiny/suggest/speed/ada/", 302)
    yield Client().post("/tiny/suggest/", {"text": "short"})
    client = staff()
    yield client.get("/tiny/@draft/")
    yield client.get("/admin/")


def test_every_answer_carries_the_policy(drafted, settings):
    policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    policy += "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    for response in everything(drafted):
        assert response.headers["Content-Security-Policy"] == policy
    assert "unsafe" not in policy


def test_a_break_on_our_side_is_a_kind_page_with_the_policy(tiny, monkeypatch, caplog):
    monkeypatch.setattr(
        "comparison.pages.comparison.page.results_of", lambda *args, **kwargs: 1 / 0
    )
    response = get("/tiny/?off=ease,speed", 500)
    assert "Something broke on our side" in words_of(response.content.decode())
    assert "division" not in response.content.decode()
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")


DATA = ("application/json", "application/ld+json")  # blocks that no browser runs


def test_no_page_holds_a_script_a_style_or_a_handler_of_its_own(drafted):
    for response in everything(drafted):
        if "html" not in response.headers.get("Content-Type", ""):
            continue
        page = Page(response.content.decode())
        assert not page.find("style")
        assert all(e.get("src") or e.get("type") in DATA for e in page.find("script"))
        for element in page.elements:
            assert "style" not in element, element
            assert not [
                name for name in element if name.startswith(("on", "hx-on", "data-hx-on"))
            ], element
            assert not str(element.get("href", "")).lower().startswith(("javascript:", "data:"))


def test_every_script_style_font_and_picture_is_our_own(tiny):
    for address in ("/", "/tiny/", "/tiny/cell/speed/ada/"):
        page = Page(html(address))
        loading = [
            e
            for e in page.elements
            if e["tag"] in ("script", "img", "iframe", "source") and e.get("type") not in DATA
        ]
        loaded = [e.get("src") or e.get("href") for e in loading]
        loaded += [
            e["href"]
            for e in page.find("link")
            if e.get("rel") in ("stylesheet", "icon", "preload")
        ]
        assert loaded
        assert all(place.startswith("/static/") for place in loaded), loaded


def test_ids_stand_once_in_a_page(tiny):
    for address in ("/", "/tiny/", "/tiny/parts/", "/tiny/cell/speed/ada/", "/tiny/suggest/"):
        ids = [e["id"] for e in Page(html(address)).elements if e.get("id")]
        assert len(ids) == len(set(ids)), sorted({id for id in ids if ids.count(id) > 1})


def test_links_within_a_page_arrive(tiny):
    page = Page(html("/tiny/"))
    ids = {e.get("id") for e in page.elements}
    missing = {
        e["href"]
        for e in page.find("a")
        if e.get("href", "").startswith("#") and e["href"][1:] not in ids
    }
    assert missing == set()


def test_links_out_of_a_page_are_answered(tiny):
    for address in (
        "/tiny/?off=cost",
        "/tiny/@1/",
        "/tiny/cell/speed/ada/",
        "/tiny/suggest/?option=ada",
        "/",
    ):
        for e in Page(html(address)).find("a"):
            target = e.get("href", "").partition("#")[0]
            if target.startswith("/") and not target.startswith("/static/"):
                assert Client().get(target).status_code in (200, 302), target


def test_headers_keep_strangers_from_framing_and_guessing(tiny):
    response = get("/tiny/")
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize(
    "host", ["evil.example", "tiny@evil.example", "a b", "", "testserver:99999999"]
)
def test_a_strange_host_is_refused(tiny, host, caplog):
    assert Client(headers={"Host": host}).get("/tiny/").status_code in (200, 400)
    if "evil" in host:
        assert Client(headers={"Host": host}).get("/tiny/").status_code == 400


def test_a_search_field_shows_what_was_asked(tiny):
    assert Page(html("/tiny/?q=a%22b%20%26c")).find("input", id="q")[0]["value"] == 'a"b &c'
