"""What a template may hold, and which files a region has: no style or script of its own, tables by
macro, addresses by name.
"""

import re

import pytest
from django.template import engines
from jinja2 import nodes

from comparison.rendering.outdent import INLINE
from comparison.web.regions import REGIONS
from tests.house import CODE, REGION_FILES, ROOT, TEMPLATES, name_of


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_holds_no_style_script_or_handler_of_its_own(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<[^>]*\sstyle\s*=", text)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\b(src=|type=\"application/ld\+json\"))", text)
    assert not re.search(r"<[a-z][^>]*\s(on[a-z]+|(data-)?hx-on[^=]*)\s*=\s*[\"']", text)
    assert not re.search(r"https?://", re.sub(r"http://www\.w3\.org/\S+", "", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_line_ends_between_a_number_and_its_per_cent(path):
    assert not re.search(r"(?<![%}])}} %(?!})|[\"'] %[\"']", path.read_text(encoding="utf-8"))


# one of each: the matrix, and a plot whose rows are pictures
OWN_TABLES = (
    "comparison/matrix.html",
    "comparison/matrix_group.html",
    "comparison/row_cells.html",
    "comparison/column_heads.html",
    "comparison/wide_matrix.html",
    "comparison/wide_row_cells.html",
    "regions/overall_scores.html",
    "figures.html",
)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_table_is_written_with_the_macros_for_it(path):
    name = name_of(path).removeprefix("templates/")
    if not name.startswith(("admin/", "macros/")) and not name.endswith(OWN_TABLES):
        text = path.read_text(encoding="utf-8")
        assert not re.findall(r"<(?:table|t[rdh])\b|role=\"(?:row|cell)\"", text)


LINK = re.compile(
    r"\b(?:href|action|formaction|src|(?:data-)?hx-(?:get|post)|data-from|data-case|data-every)\s*=\s*"
    r"(?:\"((?:{{.*?}}|[^\"])*)\"|'((?:{{.*?}}|[^'])*)'|((?:{{.*?}}|[^\s\"'>])+))",
    re.DOTALL,
)
# a name and what it names, a place on the page
BY_NAME = re.compile(r"(#[^{]*({{.*?}})?|{{[^}]*}}(#[^{]*({{.*?}})?)?)", re.DOTALL)
# what other sites ask about a link: its query holds an address, and no selection
ABOUT_A_LINK = "'format=json&url=' ~ address|urlencode"
# within an address: something put behind something else, or the page's own path as it is
SUM = re.compile(r"{{[^}]*~[^}]*}}|\bpage\.base\b")
# a query behind something, a path behind scheme and host
JOINED = re.compile(
    r"\?{{|\?[\"']\s*[~+]|[~+]\s*[\"'][?&]|\borigin\s*(?:[~+]|}})|\bhome\.path\s*[~+]|[~+]\s*[\w.]*\bhome\.path\b"
)
# a text with places for more
FORMAT = re.compile(r"[\"'][^\"'{}]*[/?#][^\"'{}]*[\"']\s*(?:\|\s*format\b|%(?!})|\.format\b)")
# a piece of a path: text within an expression that begins or ends with a slash
EXPRESSION = re.compile(r"{{.*?}}|{%-?\s*+(?!include|import|extends|from).*?%}", re.DOTALL)
PIECE = re.compile(r"/[\"']|[\"']/")


# those of the editors are put together by Django's `url`
LINKING = [
    path
    for kind in ("html", "svg", "txt")
    for path in sorted((ROOT / "templates").rglob(f"*.{kind}"))
    if "admin" not in path.parts
]


def by_hand(text):
    """Return the addresses that a template puts together itself."""
    links = ["".join(quoted) for quoted in LINK.findall(text)]
    wrong = [
        link
        for link in links
        if not BY_NAME.fullmatch(link) or SUM.search(link.replace(ABOUT_A_LINK, ""))
    ]
    pieces = [one for one in EXPRESSION.findall(text) if PIECE.search(one)]
    return wrong + pieces + JOINED.findall(text) + FORMAT.findall(text)


@pytest.mark.parametrize("path", LINKING, ids=name_of)
def test_no_address_is_put_together_by_hand(path):
    assert by_hand(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        '<a href="/{{ page.slug }}/why/">',
        "<a href='/{{ page.slug }}/why/'>",
        "<a href=/method/>",
        "<a href={{ page.base }}>",
        "<a href='{{ page.base }}{{ hit.address }}'>",
        "<a href=\"{{ '/' ~ page.slug ~ '/-/why/' }}\">",
        "<a href='{{ page.home.path ~ \"why/\" }}'>",
        "{% set leads_to = '/' ~ page.slug %}",
        '<a href="{{ page.home.path }}{{ place }}">',
        '<p data-result="?{{ page.query }}">',
        "{% set search = '?' + page.query if page.query %}",
        "{% set whole = page.share.origin ~ page.home.path %}",
        '<meta property="og:url" content="{{ share.origin }}{{ page.home.path }}">',
        "{{ '%swhy/'|format(page.home.path) }}",
        "{{ '?off=%s'|format(page.slug) }}",
        "{{ '%s?use=%s'.format(page.base, page.slug) }}",
        "{{ 'why/%s' % page.slug }}",
        "{{ page.home.path ~ place }}",
        "{{ page.home.path + 'why' }}",
        "<a href=\"{{ page.address_of('why') ~ '&use=one' }}\">",
        "<a href=\"{{ page.address_of('why') ~ query }}\">",
        "<a href=\"{{ page.address_of('why') }}{{ query }}\">",
        '<form data-hx-post="/{{ page.slug }}/suggest/">',
        '<form data-hx-get="{{ page.base }}-/rows/">',
        '<form hx-get="/method/">',
        '<form hx-post="/method/">',
        '<p data-case="/{{ page.slug }}/">',
        '<p data-every="{{ page.base }}">',
        '<form action="/{{ page.slug }}/">',
        '<button formaction="/{{ page.slug }}/">',
        '<img src="/static/img/{{ page.slug }}.svg">',
    ],
)
def test_an_address_put_together_by_hand_is_seen_however_it_is_written(text):
    assert by_hand(text) != []


# of an editors' template: Django's own tag, a value whole, a place on the page
OF_EDITORS = [path for path in TEMPLATES if "admin" in path.parts]
LINK_OF_EDITORS = re.compile(
    r"\b(?:href|action|formaction|src)\s*=\s*"
    r"(?:\"((?:{{.*?}}|{%.*?%}|[^\"])*)\"|'((?:{{.*?}}|{%.*?%}|[^'])*)'|((?:{{.*?}}|{%.*?%}|[^\s\"'>])+))",
    re.DOTALL,
)
BY_TAG = re.compile(r"(?:{%\s*(?:url|static)\s[^%]*%}|{{[^}|]*}})?(?:#[\w-]*(?:{{[^}]*}})?)?")


def by_hand_of_editors(text):
    """Return the addresses that an editors' template puts together itself."""
    links = ["".join(quoted) for quoted in LINK_OF_EDITORS.findall(text)]
    return [link for link in links if not link or not BY_TAG.fullmatch(link)]


@pytest.mark.parametrize("path", OF_EDITORS, ids=name_of)
def test_no_address_of_editors_is_put_together_by_hand(path):
    assert by_hand_of_editors(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        '<a href="/{{ original.slug }}/@draft/">',
        "<a href=/{{ original.slug }}/@draft/>",
        '<a href="{{ page.base }}why/">',
        '<a href="{{ page.base|add:query }}">',
        "<a href='{{ page.base }}{{ query }}'>",
        "<a href=\"{% url 'admin:index' %}comparison/\">",
        "<a href=\"{% url 'admin:index' %}?all=1\">",
        '<form action="/admin/">',
        '<link href="/static/admin/css/forms.css">',
        '<a href="../">',
    ],
)
def test_an_address_of_editors_put_together_by_hand_is_seen(text):
    assert by_hand_of_editors(text) != []


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.*")), ids=name_of)
def test_a_template_is_written_within_120_columns(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert not [(number, line) for number, line in enumerate(lines, 1) if len(line) > 120]


OPENING = re.compile(r"<([A-Za-z][\w-]*)")
NO_MARKUP = re.compile(r"{#.*?#}|{{.*?}}|{%.*?%}", re.DOTALL)


def crowded(text):
    """Return the lines on which more than one element begins. What stands in a line of text, like
    a word of it, may share a line.
    """
    markup = NO_MARKUP.sub(lambda match: "\n" * match[0].count("\n"), text)
    return [
        line.strip()
        for line in markup.splitlines()
        if sum(name.lower() not in INLINE for name in OPENING.findall(line)) > 1
    ]


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.*")), ids=name_of)
def test_a_template_has_one_element_a_line(path):
    assert crowded(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "<ul><li>One</li></ul>",
        "<p>One.</p><p>Two.</p>",
        "{% if page.notes %}<section><h2>Notes</h2>{% endif %}",
        '<svg width="8"><path d="M0 0"/><path d="M1 1"/></svg>',
    ],
)
def test_several_elements_on_a_line_are_seen(text):
    assert crowded(text) != []


def test_what_stands_in_a_line_of_text_may_share_it():
    assert crowded('<li><b>One</b> <a href="#two">two</a></li>') == []


def idle_imports(text):
    """Return what a template imports and does not use itself: what it includes imports its own."""
    tree = engines["reader"].env.parse(text)
    used = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
    whole = {node.target for node in tree.find_all(nodes.Import)}
    single = {
        one if isinstance(one, str) else one[1]
        for node in tree.find_all(nodes.FromImport)
        for one in node.names
    }
    return (whole | single) - used


@pytest.mark.parametrize("path", LINKING, ids=name_of)
def test_a_template_uses_all_that_it_imports(path):
    assert idle_imports(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("text", "idle"),
    [
        ('{% import "a.html" as a %}{% import "b.html" as b %}{{ b.word(1) }}', {"a"}),
        ('{% from "a.html" import one, two as second %}{{ one(2) }}', {"second"}),
        ('{% import "a.html" as a %}{% call a.word() %}1{% endcall %}', set()),
        ('{% import "a.html" as a %}{% include "b.html" %}', {"a"}),
    ],
    ids=["whole", "by name", "used with a body", "used by what is included alone"],
)
def test_an_import_that_nothing_uses_is_seen(text, idle):
    assert idle_imports(text) == idle


def included():
    """Return every template that another one includes, extends or imports, with names put together
    from variables.
    """
    names = set()
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        names |= set(
            re.findall(r"{%-?\s*(?:include|extends|import|from)\s+[\"']([^\"']+)[\"']", text)
        )
        for before, after in re.findall(
            r"{%-?\s*include\s+[\"']([^\"']+)[\"']\s*[+~]\s*\w+\s*[+~]\s*[\"']([^\"']+)[\"']", text
        ):
            names |= {
                name_of(other).removeprefix("templates/")
                for other in TEMPLATES
                if before in name_of(other) and name_of(other).endswith(after)
            }
    return names


@pytest.mark.parametrize("path", REGION_FILES, ids=name_of)
def test_every_region_is_included_by_its_page(path):
    name = path.relative_to(ROOT / "templates").as_posix()
    whole = "\n".join(other.read_text(encoding="utf-8") for other in TEMPLATES if other != path)
    assert f'include "{name}"' in whole


@pytest.mark.parametrize("path", REGION_FILES, ids=name_of)
def test_a_region_has_one_root_whose_id_is_its_name(path):
    text = re.sub(r"{%.*?%}|{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL).strip()
    (id,) = re.match(r'<\w+[^>]*\sid="([\w-]+)"', text).groups()
    assert id == path.stem or (path.stem, id) in {("share", "share-links")}


def test_every_region_with_an_address_is_a_file():
    files = {path.stem for path in (ROOT / "templates" / "comparison" / "regions").glob("*.html")}
    assert set(REGIONS) <= files
    assert {name for companions in REGIONS.values() for name in companions} <= files


def test_every_template_is_used():
    code = "\n".join(path.read_text(encoding="utf-8") for path in CODE)
    used = included()
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates").as_posix()
        stem = name.replace(f"{path.stem}.html", "{")
        assert name in used or name in code or stem in code or name.startswith("admin/"), name
