"""Markdown for people who may be hostile: nothing runs, nothing hangs, and ordinary prose looks as
it was meant.
"""

import re
from html.parser import HTMLParser

import pytest

from comparison.rendering.markdown import (
    MOST_CHARACTERS,
    MOST_LINES,
    TAGS,
    TooLarge,
    refuse_bombs,
    to_html,
)
from tests.effort import effort

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<object data=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<style>*{background:url(//x)}</style>",
    '<p style="position:fixed" onclick="alert(1)">x</p>',
    "<form action=//x><input name=q></form>",
    "<base href=//x.example/>",
    "<meta http-equiv=refresh content=0>",
    "<link rel=stylesheet href=//x>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x](blob:http://x/1)",
    '[x](http://x/" onmouseover="alert(1))',
    "[x](http://x 'a\" onmouseover=\"alert(1)')",
    "<javascript:alert(1)>",
    '<http://x/"onclick=alert(1)>',
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](javascript:alert(1))",
    "![x](http://x/a.png)",
    '![x" onerror="alert(1)](y)',
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "> <script>alert(1)</script>",
    "- <img src=x onerror=alert(1)>",
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "# <script>alert(1)</script>",
    "**<b onclick=alert(1)>**",
    "<div>\n\n<script>alert(1)</script>\n\n</div>",
    "a\u2028<script>alert(1)</script>",
    "\x02wzxhzdk:0\x03<script>alert(1)</script>",
    "<x><y><z " * 20,
]


class Harmless(HTMLParser):
    """Reads the answer as a browser would, and keeps what it finds."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.addresses, self.attributes, self.text = set(), [], set(), ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _ in attributes}
        self.addresses += [value for name, value in attributes if name == "href"]

    def handle_data(self, text):
        self.text += text


def scheme(address):
    """Return the scheme as a browser reads it: blanks before it and line ends within it do not
    count.
    """
    match = re.match(
        r"([a-z][a-z0-9+.-]*):", re.sub(r"[\t\n\r]|^[\x00-\x20]+", "", address), re.IGNORECASE
    )
    return match[1].lower() if match else ""


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(
    "place", ["{}", "Words {} words.", "- {}\n- more", "> {}", "**{}**", "[{}](http://x)"], ids=repr
)
def test_an_attack_is_text_or_gone(attack, place):
    page = Harmless(to_html(place.format(attack)))
    assert page.tags <= TAGS
    assert page.attributes <= {("a", "href"), ("a", "title"), ("a", "rel")}
    assert {scheme(address) for address in page.addresses} <= {"", "http", "https", "mailto"}


@pytest.mark.parametrize(
    "raw",
    [
        "<script>alert(1)</script>",
        "<b>bold</b>",
        "<div>\n<p>block</p>\n</div>",
        "<!-- said -->",
        "a < b > c",
        "<br>",
    ],
)
def test_raw_html_is_shown_as_text(raw):
    assert "".join(Harmless(to_html(raw)).text.split()) == "".join(raw.split())
    assert Harmless(to_html(raw)).tags <= {"p"}


@pytest.mark.parametrize(
    "address",
    [
        "http://x.example/a?b=c&d=e#f",
        "https://x.example",
        "mailto:eve@example.org",
        "/tiny/",
        "#matrix",
        "?q=a",
        "page",
    ],
)
def test_links_to_the_web_to_mail_and_within_the_site_work(address):
    assert Harmless(to_html(f"[x]({address})")).addresses == [address]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://x/y",
        "tel:123",
        "file:///x",
        "JAVASCRIPT:x",
    ],
)
def test_other_links_lose_their_address(address):
    page = Harmless(to_html(f"[words]({address})"))
    assert page.addresses == []
    assert "words" in page.text


def test_a_link_hands_on_neither_the_window_nor_a_recommendation():
    assert 'rel="noopener noreferrer nofollow"' in to_html("[x](https://x.example)")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One *two* **three**.", "<p>One <em>two</em> <strong>three</strong>.</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("### Heading", "<h5>Heading</h5>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
        ("2 < 3 & 4 > 1", "<p>2 &lt; 3 &amp; 4 &gt; 1</p>"),
        ("", ""),
    ],
    ids=lambda value: value[:12],
)
def test_ordinary_prose_looks_as_it_was_meant(text, html):
    assert to_html(text) == html


def test_a_table_keeps_its_cells():
    page = Harmless(to_html("| a | b |\n|---|---|\n| 1 | 2 |"))
    assert {"table", "th", "td"} <= page.tags
    assert page.text.split() == ["a", "b", "1", "2"]


def test_the_same_text_gives_the_same_html():
    assert to_html("[a](http://x) *b*") == to_html("[a](http://x) *b*")


BOMBS = {
    "20 kB of brackets": "[" * 20_000,
    "brackets with spaces": "[ " * 10_000,
    "nested links": "[a](" * 5_000,
    "nested pictures": "![a" * 5_000,
    "300 lists deep": "\n".join("  " * depth + "- a" for depth in range(300)),
    "300 lists in a line": "- " * 300 + "a",
    "300 quotations": "> " * 300 + "a",
    "300 numbers": "1. " * 300 + "a",
    "tabs": "\t" * 300 + "- a",
    "a megabyte": "a " * 500_000,
    "headings underlined": "a\n-\n" * 10_000,
    "one paragraph": "a\n" * (MOST_LINES + 1),
    "stars": "*" * 5_000,
    "underscores": "_" * 5_000,
    "ticks": "`" * 5_000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=list(BOMBS))
def test_a_bomb_is_refused_at_once_and_in_words(bomb):
    def refused() -> None:
        with pytest.raises(TooLarge, match=r"^[A-Z].*\.$"):
            to_html(bomb)

    assert effort(refused) < 15


SLOW = {
    "list marks and blanks": ("-" + " " * 10) * 15 + "x",
    "quotations": "\n".join("> " * 19 + "x" for _ in range(MOST_LINES)),
    "headings underlined": ("a\n-\n" * (MOST_LINES // 2 - 1) + "\n") * 12,
    "headings": ("#a\n" * (MOST_LINES - 1) + "\n") * 10,
    "rows": "|a|b|\n|-|-|\n" + "|a|b|\n" * (MOST_LINES - 2),
    "wide table": "|a" * 5_000 + "\n" + "|-" * 5_000,
    "links": "[a](" * 400,
    "pictures": "![a" * 400,
    "references": "\n".join(f"[{number}]: http://x/{number}" for number in range(300)),
    "backslashes": "\\" * 20_000,
    "emphasis": "**a*" * 5_000,
    "ticks": "`a" * 10_000,
    "angles": "<a " * 8_000,
    "entities": "&#" * 10_000,
    "blanks": "a" + " " * 30_000 + "b",
    "nineteen deep": "\n\n".join("    " * (number % 19) + "* a" for number in range(200)),
}


@pytest.mark.parametrize("text", SLOW.values(), ids=list(SLOW))
def test_what_is_let_in_is_done_in_a_moment(text):
    assert effort(lambda: to_html(text)) < 60


@pytest.mark.parametrize(
    "text",
    [
        "-" * 60,
        "|" + "-" * 60 + "|\n",
        "=" * 300,
        "a" * MOST_CHARACTERS,
        "* * *",
        "\n" * 2_000,
        "- a\n" * 200,
        "---- | ----",
    ],
    ids=[
        "rule",
        "table",
        "underline",
        "longest",
        "rule of stars",
        "empty lines",
        "long list",
        "table without edges",
    ],
)
def test_what_is_merely_unusual_is_let_in(text):
    refuse_bombs(text)


def test_a_heading_in_prose_stands_below_the_pages_own():
    assert to_html("# One\n\n## Two") == "<h3>One</h3>\n<h4>Two</h4>"
