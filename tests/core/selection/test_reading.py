"""A query as it is read: what cannot be used is dropped and noted, and nothing fails."""

from urllib.parse import quote

import pytest

from comparison.core.selection import MOST_TEXT, Selection, parse
from tests.selections import TINY, notes, read, respelled


@pytest.mark.parametrize(
    ("query", "canon", "expected"),
    [
        pytest.param(
            "use=nowhere", "", [("unknown-name", "use", "nowhere")], id="unknown use case"
        ),
        pytest.param(
            "off=speed,gone",
            "off=speed",
            [("unknown-name", "off", "gone")],
            id="withdrawn criterion",
        ),
        pytest.param("w=gone:3", "", [("unknown-name", "w", "gone")], id="importance of nothing"),
        pytest.param(
            "must=ease", "", [("unknown-name", "must", "ease")], id="must-have that is not offered"
        ),
        pytest.param("distrust=x", "", [("unknown-name", "distrust", "x")], id="unknown source"),
        pytest.param(
            "options=ada,zed",
            "options=ada",
            [("unknown-name", "options", "zed")],
            id="unknown option",
        ),
        pytest.param("against=zed", "", [("unknown-name", "against", "zed")], id="unknown rival"),
        pytest.param("options=ada,bob&against=cyd", "options=ada,bob", [], id="rival left out"),
        pytest.param("by=gone", "", [("unknown-name", "by", "gone")], id="unknown order"),
        pytest.param("by=cost&by=ease", "by=ease", [("repeated", "by", "")], id="two orders"),
        pytest.param(
            "tree=hurry:perhaps", "", [("unknown-name", "tree", "hurry")], id="unknown answer"
        ),
        pytest.param("colour=red", "", [("unknown-key", "", "colour")], id="unknown key"),
        pytest.param("w=speed:9", "w=speed:5", [("clamped", "w", "speed")], id="importance 9"),
        pytest.param("w=speed:-1", "w=speed:0", [("clamped", "w", "speed")], id="importance -1"),
        pytest.param("w=speed:4.44", "w=speed:4.4", [("clamped", "w", "speed")], id="too fine"),
        pytest.param("w=speed:1.96", "w=speed:2", [("clamped", "w", "speed")], id="nearly 2"),
        pytest.param("w=speed:4.4", "w=speed:4.4", [], id="importance 4.4"),
        pytest.param("w=speed:2.50", "w=speed:2.5", [], id="importance 2.50"),
        pytest.param("w=speed:0.04", "w=speed:0", [("clamped", "w", "speed")], id="hardly"),
        pytest.param("w=speed:4.0", "w=speed:4", [], id="importance 4.0"),
        pytest.param(
            "w=speed:999999999", "", [("bad-value", "w", "speed")], id="importance of nine digits"
        ),
        pytest.param("w=speed:high", "", [("bad-value", "w", "speed")], id="importance in words"),
        pytest.param("w=speed:nan", "", [("bad-value", "w", "speed")], id="importance nan"),
        pytest.param("w=speed:inf", "", [("bad-value", "w", "speed")], id="importance inf"),
        pytest.param("w=speed:1e3", "", [("bad-value", "w", "speed")], id="importance 1e3"),
        pytest.param(
            "w=speed:%D9%A3", "", [("bad-value", "w", "speed")], id="importance in other digits"
        ),
        pytest.param("w=speed", "", [("bad-value", "w", "speed")], id="importance missing"),
        pytest.param(
            "w=speed:1&w=speed:5", "w=speed:5", [("repeated", "w", "speed")], id="importance twice"
        ),
        pytest.param("w=speed:5,speed:5", "w=speed:5", [], id="the same importance twice"),
        pytest.param(
            "use=race&use=thrift", "use=thrift", [("repeated", "use", "")], id="two use cases"
        ),
        pytest.param("use=race&use=race", "use=race", [], id="the same use case twice"),
        pytest.param("off=speed&off=cost", "off=speed,cost", [], id="a list in two parts"),
        pytest.param(
            "must=cost&waive=cost",
            "must=cost",
            [("contradiction", "must", "cost")],
            id="added and set aside",
        ),
        pytest.param(
            "use=race&must=speed&waive=speed",
            "use=race",
            [("contradiction", "must", "speed")],
            id="the preset's as well",
        ),
        pytest.param("show=none", "", [("bad-value", "show", "none")], id="show"),
        pytest.param("basis=guess", "", [("bad-value", "basis", "guess")], id="basis"),
        pytest.param("from=0", "", [("bad-value", "from", "0")], id="from 0"),
        pytest.param("from=-1", "", [("bad-value", "from", "-1")], id="from -1"),
        pytest.param("from=abc", "", [("bad-value", "from", "abc")], id="from abc"),
        pytest.param(
            "from=99999999999", "", [("bad-value", "from", "99999999999")], id="from too large"
        ),
        pytest.param(
            "q=" + "a" * 200, "q=" + "a" * MOST_TEXT, [("clamped", "q", "")], id="long search"
        ),
        pytest.param("off=%00speed", "off=speed", [("unreadable", "", "")], id="NUL"),
        pytest.param("q=a%00b", "q=ab", [("unreadable", "", "")], id="NUL in the search"),
        pytest.param("q=%FF%FE", "", [("unreadable", "", "")], id="not UTF-8"),
        pytest.param(
            "q=" + "a" * (MOST_TEXT - 1) + "%20b",
            "q=" + "a" * (MOST_TEXT - 1),
            [("clamped", "q", "")],
            id="search cut at a blank",
        ),
        pytest.param("q=a/b", "q=a%2Fb", [], id="slash, as the script writes it"),
        pytest.param("q=%", "q=%25", [], id="lone percent"),
        pytest.param("q=%zz", "q=%25zz", [], id="percent garbage"),
        pytest.param("q=\x00", "", [("unreadable", "", "")], id="raw NUL"),
        pytest.param("q=a\ud800b", "q=ab", [("unreadable", "", "")], id="lone surrogate"),
        pytest.param("q=%ED%A0%80", "", [("unreadable", "", "")], id="quoted surrogate"),
        pytest.param(
            "q=%E2%80%AEabc", "q=abc", [("unreadable", "", "")], id="writing direction turned"
        ),
        pytest.param(
            "q=a%0D%0ASet-Cookie:x", "q=aSet-Cookie%3Ax", [("unreadable", "", "")], id="line ends"
        ),
        pytest.param("OFF=speed", "off=speed", [], id="capital key"),
        pytest.param("off=Speed", "off=speed", [], id="capital slug"),
        pytest.param("off=<script>", "", [("unknown-name", "off", "")], id="markup is not shown"),
        pytest.param(
            "<script>=1", "", [("unknown-key", "", "")], id="markup as a key is not shown"
        ),
        pytest.param("&&&=&=x&", "", [], id="only separators"),
        pytest.param("off", "", [], id="key without a value"),
    ],
)
def test_what_cannot_be_used_is_dropped_and_noted(query, canon, expected):
    assert respelled(query) == canon
    assert notes(query) == expected


def test_ten_kilobytes_are_read():
    query = "off=speed&" + "&".join(f"junk-{number}=x" for number in range(1000)) + "&w=cost:1"
    assert len(query) > 10_000
    assert respelled(query) == "off=speed&w=cost:1"
    assert 0 < len(notes(query)) <= 20


def test_more_than_that_is_cut_between_two_parameters():
    query = "off=speed&" + "q=" + "x" * 40_000 + "&w=cost:1"
    assert respelled(query) == "off=speed"
    assert ("too-long", "", "") in notes(query)
    assert read("x" * 100_000) == Selection()


def test_a_search_as_long_as_the_limit_is_taken_without_a_word():
    assert notes("q=" + "x" * MOST_TEXT) == []
    assert notes("q=" + "x" * (MOST_TEXT + 1)) == [("clamped", "q", "")]


def test_notes_hold_nothing_but_slugs():
    given = [f'"><img src=x onerror=alert({number})>' for number in range(50)]
    for query in (
        "off=" + ",".join(given),
        "&".join(f"{key}=1" for key in given),
        "use=" + quote(given[0]),
    ):
        assert all(note.value == "" for note in parse(TINY, query)[1])
