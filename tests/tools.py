"""What tests of many rooms share: asking for an address, and reading a page with a parser."""

import re
from html import unescape
from html.parser import HTMLParser

from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from comparison.rendering.outdent import INLINE
from tests import worlds
from tests.snapshot.plain import VOID

PAYLOAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
PROSE = {"figures": "Nothing was measured by **us**.", "matrix": "Scores of **imaginary** tools."}


def publish(**changes):
    """Publish the tiny world, changed, as the next release of its comparison."""
    tree = worlds.tiny_tree(**({"prose": PROSE} | changes))
    return worlds.publish(tree)


def withdraw():
    """Publish the tiny world, then without Ease, Cyd and what the second source thinks; release 3
    is as release 2.
    """
    publish()
    tree = worlds.tiny_tree()
    criteria = [criterion for criterion in tree["criteria"] if criterion["slug"] != "ease"]
    for criterion in criteria:
        criterion["cells"].pop("cyd")
    thinner = {"criteria": criteria, "options": tree["options"][:2], "sources": tree["sources"][:1]}
    publish(**thinner)
    publish(title="Ada or Bob?", **thinner)


class Page(HTMLParser):
    """A page as a test reads it: its elements with the places where they stand in the text."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.html, self.starts = html, [0]
        for line in html.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.open, self.elements, self.text = [], [], ""
        self.feed(html)
        self.close()

    def position(self):
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def handle_starttag(self, tag, attributes):
        self.part(tag)
        element = {
            "tag": tag,
            "from": self.position(),
            "to": self.position() + len(self.get_starttag_text()),
            **dict(attributes),
        }
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attributes):
        self.elements.append(
            {"tag": tag, "from": self.position(), "to": self.position(), **dict(attributes)}
        )

    def handle_endtag(self, tag):
        self.part(tag)
        while self.open:
            element = self.open.pop()
            element["to"] = self.html.index(">", self.position()) + 1
            if element["tag"] == tag:
                return

    def handle_data(self, words):
        self.text += words

    def part(self, tag):
        """Keep apart what is not of one line of text."""
        if tag not in INLINE:
            self.text += " "

    def outer(self, id):
        (element,) = [element for element in self.elements if element.get("id") == id]
        return self.html[element["from"] : element["to"]]

    def find(self, tag, **attributes):
        return [
            e
            for e in self.elements
            if e["tag"] == tag and all(e.get(key) == value for key, value in attributes.items())
        ]


def criterion_of(row):
    """Return the slug of the criterion of a row of the matrix."""
    return row["id"].removeprefix("c-")


def words_of(html):
    """Return the text of some HTML with every run of blanks as one."""
    return " ".join(Page(html).text.split())


def get(address, status=200, **headers):
    response = Client(raise_request_exception=False, headers=headers).get(address)
    assert response.status_code == status, (address, response.status_code)
    return response


def html(address, status=200, **headers):
    return get(address, status, **headers).content.decode()


def results(address):
    return words_of(Page(html(address)).outer("results"))


def data(query="", slug="tiny"):
    return get(f"/{slug}/-/data.json?{query}").json()


def copied(address):
    """Return what stands in each field of a page or region."""
    text = html(address)
    texts = re.findall(r'<textarea id="([\w-]+)" readonly[^>]*>\n(.*?)</textarea>', text, re.DOTALL)
    return {id: unescape(words) for id, words in texts}


def addresses(patterns=None, before=""):
    """Yield every address of the URL map but the admin's, as a text with its arguments in pointed
    brackets.
    """
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = before + (
            pattern.pattern._route if hasattr(pattern.pattern, "_route") else "<anything>"
        )
        if isinstance(pattern, URLResolver) and here != "admin/":
            yield from addresses(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield "/" + here.replace("slug:", "").replace("region:", "")


def staff():
    client = Client()
    client.force_login(User.objects.create_superuser("eve"))
    return client


def notice(address):
    """Return the words of the notice, or None where there is none."""
    page = Page(html(address))
    return words_of(page.outer("ageing")) if page.find("div", id="ageing") else None
