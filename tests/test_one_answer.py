"""One state, one answer: every place that tells the verdict of a selection tells the same, in the same words."""

import os
import random
from urllib.parse import quote

import pytest

from comparison import pictures
from tests import worlds
from tests.results import faults, results_in
from tests.test_pictures import asked
from tests.test_views import get, html

pytestmark = pytest.mark.django_db
NAMES = {"ada": "Ada", "bob": "Bob", "cyd": "Cyd"}
STATES = int(os.environ.get("STATES", "25"))  # more for `make soak`
CERTAIN = ["", "use=thrift", "w=speed:1", "off=speed,ease,cost", "must=speed,cost&options=ada,bob", "options=ada"]


def drawn(seed):
    """Return a selection drawn by lot."""
    lot = random.Random(seed)
    pick = {
        "use": lot.choice(["", "", "race", "thrift"]),
        "off": ",".join(c for c in ("speed", "ease", "cost") if lot.random() < 0.25),
        "w": ",".join(f"{c}:{lot.randrange(6)}" for c in ("speed", "ease", "cost") if lot.random() < 0.4),
        "must": ",".join(c for c in ("speed", "cost") if lot.random() < 0.2),
        "distrust": ",".join(s for s in ("first", "second") if lot.random() < 0.2),
        "options": lot.choice(["", "", "", "ada,bob", "bob,cyd", "cyd"]),
        "basis": lot.choice(["", "", "", "claims"]),
    }
    return "&".join(f"{key}={value}" for key, value in pick.items() if value)


@pytest.fixture
def tiny():
    return worlds.publish(worlds.tiny_tree())


@pytest.mark.parametrize("query", [*CERTAIN, *(drawn(seed) for seed in range(STATES))])
def test_every_place_tells_the_same(tiny, query):
    data = get(f"/tiny/-/data.json?{query}").json()
    view = get(f"/tiny/-/view.json?{query}").json()
    api = get(f"/api/v1/comparisons/tiny/decision?{query}").json()
    decision, altered = data["decision"], data["altered"]["sentence"]
    assert (view["verdict"]["label"], view["verdict"]["leaders"]) == (decision["label"], decision["leaders"])
    assert {key: api["decision"][key] for key in ("label", "leaders", "state")} == {
        key: decision[key] for key in ("label", "leaders", "state")
    }
    assert api["altered"] == view["altered"] == data["altered"]
    sentence = get(f"/oembed?url={quote('http://testserver/tiny/?' + query)}").json()["title"]
    told = view["verdict"]["sentence"].partition(". ")[0].rstrip(".")
    assert told in sentence
    card = pictures.card_of(asked(query=query))
    assert " ".join(card.altered).removesuffix("…") in altered
    assert card.sentence.partition(". Release")[0] == sentence.partition(". Release")[0]
    for place in ("", "-/results/", "embed/"):
        text = html(f"/tiny/{place}?{query}")
        said = [words for of, words in results_in(text) if of == f"?{data['selection']}"]
        assert said and all(faults(words, decision, NAMES) == [] for words in said), (place, said)
        assert all(altered in words for words in said[:1])
        assert card.head in " ".join(said)
