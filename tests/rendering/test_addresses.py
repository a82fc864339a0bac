"""Addresses come from `urls.py` by name, through one function."""

import ast
import re
from pathlib import Path

import pytest
from django.urls import NoReverseMatch

from comparison.rendering.addresses import Home, address_of, form_of, joined, with_query

ROOT = Path(__file__).resolve().parents[2]
SHOWING = [
    path
    for room in ("pages", "web", "sharing", "api", "admin", "management")
    for path in sorted((ROOT / "comparison" / room).rglob("*.py"))
]
# scheme and host, or a comparison's own page, which something follows
LEADS_ON = re.compile(r"\borigin$|\bhome\.path$")
QUERY = re.compile(r"\?([\w.-]+=)?$")  # a query that goes on
PATH = re.compile(r"([\w@.-]+/)+")  # more of a path
FORM = re.compile(r"/(%|{)|(%[sd]|})/|\?(\w+=)?(%|{)")  # a path or a query with places in it
WHOLE = re.compile(r"/[\w@{<-][\w@./{}<>%?=&#-]*")  # a text that is an address of this site
# What a reader typed with a slash after it, or opened under the name that a comparison had; and the
# name of a release in feeds, which leads nowhere. What robots.txt closes is no address.
OTHERS = {
    "path + '/'",
    "here + '/'",
    "'/'.join(parts)",
    "'/-/'",
    """f"{NAMED_FOR_EVER}{row['slug']}/{line.number}\"""",
}


def test_an_address_has_its_names_and_its_query():
    assert address_of("hub") == "/"
    assert address_of("cell", slug="tiny", criterion="speed", option="ada", query="off=ease") == (
        "/tiny/cell/speed/ada/?off=ease"
    )
    assert with_query("/tiny/", "") == "/tiny/"


@pytest.mark.parametrize(
    ("release", "path"), [("", "/tiny/"), ("3", "/tiny/@3/"), ("draft", "/tiny/@draft/")]
)
def test_links_within_a_comparison_stay_on_the_release_that_is_named(release, path):
    home = Home("tiny", release)
    assert home.path == path
    assert home.address_of("why", option="ada") == f"{path}why/ada/"
    assert home.address_of("region", region="results", query="off=ease") == (
        f"{path}-/results/?off=ease"
    )


def test_an_address_that_is_not_in_the_map_is_a_mistake():
    with pytest.raises(NoReverseMatch):
        address_of("no-such-name")


def test_a_form_has_a_text_in_place_of_what_a_path_names():
    assert form_of("api:release", slug="{slug}", release="{number}") == (
        "/api/v1/comparisons/{slug}/releases/{number}"
    )
    assert form_of("cell", slug="*", criterion="<one>", option="ada") == "/*/cell/<one>/ada/"


def test_several_queries_are_one():
    assert joined("off=ease", "", "from=1") == "off=ease&from=1"
    assert joined("", "") == ""


def pieces(node):
    """Return the parts of a text that is put together: of an f-string, of a sum."""
    if isinstance(node, ast.JoinedStr):
        return node.values
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [*(pieces(node.left) or [node.left]), node.right]
    return []


def by_hand(code):
    """Return the addresses that a module puts together itself: something behind a question mark, a
    path behind something, or a path behind scheme and host.
    """
    links = []
    for node in ast.walk(ast.parse(code)):
        parts = pieces(node)
        for place, part in enumerate(parts):
            if isinstance(part, ast.FormattedValue):
                part = part.value
            text = part.value if isinstance(part, ast.Constant) else None
            is_last = place == len(parts) - 1
            if (
                (isinstance(text, str) and QUERY.search(text) and not is_last)
                or (isinstance(text, str) and text.startswith("/"))
                or (isinstance(text, str) and place and PATH.fullmatch(text))
                or (not is_last and LEADS_ON.search(ast.unparse(part)))
            ):
                links.append(ast.unparse(node))
        if (form := text_with_places(node)) and FORM.search(form):
            links.append(ast.unparse(node))
        if is_joined(node) or (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and WHOLE.fullmatch(node.value)
        ):
            links.append(ast.unparse(node))
    return links


def text_with_places(node):
    """Return the text with places that something is put into, by % or by format."""
    match node:
        case ast.BinOp(left=ast.Constant(value=str() as form), op=ast.Mod()):
            return form
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str() as form), attr="format")):
            return form
    return ""


def is_joined(node):
    """Say whether steps of a path, or one path and another, are joined by a function."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str() as sign), attr="join")):
            return bool(re.fullmatch(r"\S*[/?]\S*", sign))
        case ast.Call(func=ast.Name(id="urljoin") | ast.Attribute(attr="urljoin")):
            return True
    return False


@pytest.mark.parametrize("path", SHOWING, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_address_is_put_together_by_hand(path):
    assert set(by_hand(path.read_text(encoding="utf-8"))) <= OTHERS


@pytest.mark.parametrize(
    "code",
    [
        'f"/{slug}/why/"',
        'f"{base}?{query}"',
        'base + "?" + query',
        'base + ("?" + query if query else "")',
        'f"{base}/why/"',
        'home.path + "/why/"',
        "origin + home.path",
        "page.share.origin + home.path",
        'f"{origin}{path}"',
        'home.path + "why/"',
        'f"{base}why/"',
        'f"{base}?use={use_case}"',
        'base + "?use=" + use_case',
        '"/%s/" % slug',
        '"%s?%s" % (base, query)',
        '"{}?use={}".format(base, use_case)',
        '"{base}/why/".format(base=base)',
        "home.path + place",
        '"/".join((base, "why"))',
        '"?".join((base, query))',
        'urljoin(origin, "why")',
        'urllib.parse.urljoin(base, "why")',
        'METHOD = "/method/"',
        'PATHS = ("/comparisons", "/comparisons/{slug}")',
        'path = "/api/v1"',
    ],
)
def test_an_address_put_together_by_hand_is_seen_however_it_is_written(code):
    assert by_hand(code) != []
