"""A reader who suggests something: the page, what is written in it, and what is kept."""

from django.test import Client

from comparison.models import Comparison, Suggestion
from comparison.publishing import publish as publishing
from tests import worlds
from tests.tools import words_of

HERE = "/tiny/suggest/"
CELL = "/tiny/suggest/?criterion=speed&option=ada"
SAID = {
    "text": "Ada is slower than that.",
    "address": "https://docs.example.org/speed",
    "contact": "Wim",
}


def send(place=CELL, /, **written):
    """Return the answer to the form as it is sent from a browser."""
    return Client().post(place, SAID | written)


def suggestion(**columns):
    return Suggestion.objects.create(
        **({"comparison": "tiny", "release": 1, "text": SAID["text"]} | columns)
    )


def field(page, name):
    (element,) = [
        e for e in page.elements if e["tag"] in ("input", "textarea") and e.get("name") == name
    ]
    return element


def written_in(page):
    """Return what stands in the text's field."""
    return words_of(page.html[field(page, "text")["from"] : field(page, "text")["to"]])


def rename():
    draft = Comparison.objects.filter(slug="tiny").first() or worlds.draft()
    draft.slug = "small"
    draft.save()
    draft.renamed.create(kind="comparison", old="tiny", new="small")
    publishing.publish(draft, "eve", "Renamed.")
