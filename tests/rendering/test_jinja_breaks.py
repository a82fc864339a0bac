"""Where a long word may be broken: after a part of it, and only if it is long."""

import pytest
from markupsafe import Markup

from comparison.rendering.jinja import (
    breakable,
    holding,
    isolated,
    listed,
    parted,
    quoted,
    unhyphenated,
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("StreamingHttpResponse; WebSockets", "Streaming<wbr>Http<wbr>Response; WebSockets"),
        ("asynchronous_context_manager", "asynchronous_<wbr>context_<wbr>manager"),
        (
            "documents/migrations/0001_initial.py",
            "documents/<wbr>migrations/<wbr>0001_<wbr>initial.<wbr>py",
        ),
        ("FastAPI, GraphQL, 12,345,678,901,234,567", "FastAPI, GraphQL, 12,345,678,901,234,567"),
        ("57.8 % and 100 %", "57.8\u00a0% and 100\u00a0%"),
        ("List<VeryLongTypeName>", "List&lt;Very<wbr>Long<wbr>Type<wbr>Name&gt;"),
    ],
)
def test_a_long_identifier_or_path_may_be_broken_after_its_parts(text: str, html: str) -> None:
    assert breakable(text) == html


def test_no_line_ends_within_a_short_word_with_a_hyphen() -> None:
    html = '<span class="together">sign-in</span> &amp; Streaming<wbr>Http<wbr>Response'
    assert unhyphenated("sign-in & StreamingHttpResponse") == html
    assert unhyphenated("Verwaltungs-Oberfläche 1 - 2") == "Verwaltungs-Oberfläche 1 - 2"


@pytest.mark.parametrize(
    ("name", "html"),
    [
        ("Rate limits", 'Rate <span class="together">limits<i></i></span>'),
        ("Orm", '<span class="together">Orm<i></i></span>'),
        ("Long sign-in", 'Long <span class="together">sign-in<i></i></span>'),
        ("A StreamingHttpResponse", "A Streaming<wbr>Http<wbr>Response<i></i>"),
        ("Donaudampfschifffahrt", "Donaudampfschifffahrt<i></i>"),
        ("مقارنة", "<bdi>مقارنة</bdi><i></i>"),
    ],
)
def test_no_line_begins_with_the_icon_after_a_name(name: str, html: str) -> None:
    assert holding(unhyphenated(name), Markup("<i></i>")) == html


def test_what_a_macro_made_is_not_escaped_twice() -> None:
    assert (
        breakable(Markup("A &amp; StreamingHttpResponse"))
        == "A &amp; Streaming<wbr>Http<wbr>Response"
    )


def test_an_attribute_says_with_spaces_of_no_width_where_it_may_be_broken() -> None:
    assert parted("StreamingHttpResponse & Django") == "Streaming\u200bHttp\u200bResponse & Django"


ARABIC = "مقارنة"


def test_a_name_from_right_to_left_turns_nothing_around_it() -> None:
    assert breakable(f"{ARABIC} (2)") == f"<bdi>{ARABIC} (2)</bdi>"
    assert isolated(ARABIC) == parted(ARABIC) == f"\u2068{ARABIC}\u2069"
    assert listed(["A", ARABIC]) == f"A and \u2068{ARABIC}\u2069"
    assert breakable(Markup(f"Not {isolated(ARABIC)}")) == f"Not \u2068{ARABIC}\u2069"


def test_a_name_from_left_to_right_is_sent_as_it_is() -> None:
    assert breakable("東京 Ω <1>") == "東京 Ω &lt;1&gt;"
    assert isolated("Zürich") == "Zürich"
    assert listed([]) == ""
    assert quoted(["Admin included", ARABIC]) == f"“Admin included” and “\u2068{ARABIC}\u2069”"
