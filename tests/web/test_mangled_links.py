"""Links as they arrive: with keys that count clicks, and as mail, chat and word processors mangle
them.
"""

import pytest
from django.test import Client

from comparison.core.query import FORM_KEYS, KEYS, OF_OTHER_PAGES, is_tracking, untracked
from comparison.core.selection import parse, spell
from tests import worlds
from tests.tools import Page, get, html

TINY = worlds.tiny()
BOTH = "use=race&w=ease:5"


def read(query):
    selection, notes = parse(TINY, query)
    return spell(TINY, selection), notes


CLICKS = (
    "utm_source utm_medium utm_campaign utm_id utm_source_platform fbclid gclid gbraid "
    "wbraid dclid msclkid mc_cid mc_eid ref "
    "ref_src source igshid si twclid ttclid li_fat_id yclid _ga _gl mkt_tok vero_id _hsenc "
    "_hsmi __hstc __hssc __hsfp spm "
    "pk_campaign mtm_source UTM_Source Fbclid gad_source gad_campaignid mibextid WT.mc_id "
    "wt_mc fb_ref at_medium ga_source "
    "__twitter_impression lipi trackingId refId irclickid ef_id s_kwcid ns_source "
    "tt_medium emci campaign cid"
)


@pytest.mark.parametrize("key", CLICKS.split())
def test_a_key_that_counts_clicks_is_dropped_without_a_word(key):
    for query in (
        f"use=race&{key}=x&w=ease:5",
        f"{key}=a%20b&{BOTH}",
        f"{BOTH}&{key}",
        f"{BOTH}?{key}=x",
        f"{BOTH}&amp;{key}=x",
    ):
        assert read(query) == (BOTH, ())
    assert untracked(f"use=race&{key}=x&w=ease:5") == BOTH


def test_none_of_our_own_keys_counts_clicks():
    own = {
        *KEYS,
        *FORM_KEYS,
        *OF_OTHER_PAGES,
        "w-",
        "w-utm",
        "criterion",
        "option",
        "release",
        "sent",
        "page",
        "url",
        "format",
    }
    assert not [key for key in own if is_tracking(key)]


@pytest.mark.django_db
def test_a_page_makes_no_address_with_a_key_that_counts_clicks_and_is_kept_once():
    worlds.publish(worlds.tiny_tree())
    clicks = "utm_source=newsletter&fbclid=clicked"
    for place in (
        "",
        "-/case/",
        "-/results/",
        "search/",
        "sources/",
        "share/",
        "suggest/",
        "embed/",
        "-/view.json",
        "changes/",
    ):
        clean, tracked = (
            get(f"/tiny/{place}?use=race"),
            get(f"/tiny/{place}?utm_id=1&use=race&{clicks}"),
        )
        if "csrf" not in clean.content.decode():
            assert tracked.content == clean.content, place
        assert b"utm_" not in tracked.content and b"clicked" not in tracked.content, place
        for header in ("ETag", "Link"):
            assert tracked.headers.get(header) == clean.headers.get(header), (place, header)
        assert "utm_" not in str(tracked.headers) and "clicked" not in str(tracked.headers), place
    page = html(f"/tiny/?{clicks}")
    assert "could not be used" not in page
    assert page == html("/tiny/")
    assert (
        Client()
        .get(f"/tiny/?use=race&{clicks}", headers={"If-None-Match": get("/tiny/?use=race")["ETag"]})
        .status_code
        == 304
    )


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("use=race&amp;w=ease:5", id="ampersand of HTML"),
        pytest.param("use=race&amp;amp;w=ease:5", id="ampersand of HTML, twice"),
        pytest.param("use=race&AMP;w=ease:5", id="ampersand of HTML in capitals"),
        pytest.param("use=race&amp%3Bw=ease:5", id="ampersand of HTML, its end quoted"),
        pytest.param("use=race&#38;w=ease:5", id="ampersand by number"),
        pytest.param("use=race&#x26;w=ease:5", id="ampersand by number, hexadecimal"),
        pytest.param("amp;use=race&amp;w=ease:5", id="cut before the ampersand's name"),
        pytest.param("use=race;w=ease:5", id="semicolon"),
        pytest.param("use=race&&w=ease:5&", id="two ampersands"),
        pytest.param("use=race?w=ease:5", id="question mark"),
        pytest.param("?use=race&w=ease:5", id="two question marks"),
        pytest.param("use=race%26w=ease:5", id="ampersand quoted"),
        pytest.param("use=race%26amp%3Bw=ease:5", id="ampersand of HTML quoted"),
        pytest.param("use=race%2526w%253Dease%253A5", id="quoted twice"),
        pytest.param("use%3Drace%26w%3Dease%3A5", id="all of it quoted"),
        pytest.param(
            "use%3Drace%26amp%3Bw%3Dease%3A5", id="all of it quoted, and escaped for HTML"
        ),
        pytest.param("use=race&w=ease%253A5", id="colon quoted twice"),
        pytest.param("use=3Drace&w=3Dease:5", id="quoted-printable"),
        pytest.param("use=ra=%0D%0Ace&w=ease:5", id="soft line break of quoted-printable"),
        pytest.param("use=ra%0Ace&w=ease:5", id="line end"),
        pytest.param("use=race&w=ease:5%20", id="blank at the end"),
        pytest.param("use=race&w=ease:%205", id="blank within"),
        pytest.param("use=ra%C2%ADce&w=ease:5", id="soft hyphen"),
        pytest.param("use=ra%E2%80%8Bce&w=ease:5%EF%BB%BF", id="zero-width signs"),
        pytest.param("use=race&w=ease:5%C2%A0", id="no-break space"),
        *(
            pytest.param(f"use=race&w=ease:5{sign}", id=f"then {sign}")
            for sign in (".", ",", ")", ").", ">", '"', "'", "]", ";", "!", "**")
        ),
        pytest.param("use=race&w=ease:5%E2%80%9D", id="then a printer's quotation mark"),
        pytest.param("use=%22race%22&w=ease:5", id="in quotation marks"),
        pytest.param("use=%E2%80%9Crace%E2%80%9D&w=ease:5", id="in printer's quotation marks"),
        pytest.param("use=race\\&w=ease:5", id="ampersand after a backslash"),
        pytest.param("use=race&w=ease:5%23matrix", id="place on the page, quoted"),
        pytest.param("%EF%BD%95se=race&w=ease%EF%BC%9A%EF%BC%95", id="wide letters"),
        pytest.param("use=race%EF%BC%86w=ease:5", id="wide ampersand"),
        pytest.param("USE=Race&W=EASE:5", id="capitals"),
        pytest.param("use=race&W=ease:5", id="a key in capitals"),
    ],
)
def test_a_mangled_link_is_read_as_it_was_meant(query):
    assert read(query) == (BOTH, ())


def test_the_query_of_another_address_in_a_value_is_not_ours():
    for address in ("https://other.example/?off=speed", "/tiny/?off=speed;use=race"):
        for key in ("ref", "fb_source", "utm_source"):
            for sign in "&?;":
                assert read(f"{BOTH}{sign}{key}={address}")[0] == BOTH, (sign, key, address)


def test_a_mangled_list_keeps_all_its_names():
    assert read("off=Speed,%20COST).") == ("off=speed,cost", ())
    assert read("off=speed%252Ccost") == ("off=speed,cost", ())
    assert read("off=speed%EF%BC%8Ccost") == ("off=speed,cost", ())


@pytest.mark.parametrize(
    "text",
    ["async).", "a;b", "What?", "“x”", "A&amp;B", "100%25", "a&w=b", "use=Race", "3D", "a?w=1"],
)
def test_what_was_typed_to_be_found_stays_as_it_is(text):
    spelled = spell(TINY, parse(TINY, "")[0].__class__(q=text))
    assert read(spelled) == (spelled, ())
    assert parse(TINY, spelled)[0].q == text


@pytest.mark.parametrize(
    "query", ["use=rac", "use=<race", "off=sp%00eed%00x", "w=ease:5x", "colour=red", "use=3D-race"]
)
def test_what_cannot_be_read_without_doubt_keeps_its_note(query):
    assert read(query)[1]


@pytest.mark.django_db
def test_other_pages_read_their_own_keys_of_a_mangled_link_too():
    worlds.publish(worlds.tiny_tree())
    assert (
        Page(html("/tiny/search/?use=race&amp;find=Ada")).find("input", name="find")[0]["value"]
        == "Ada"
    )
    assert "Speed" in html("/tiny/suggest/?use=race&amp;criterion=Speed&amp;option=Ada")
