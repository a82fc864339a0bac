"""What a page says of itself for search engines."""

import json
import re

from comparison.pages.comparison.structured_data import in_script, of_questions
from comparison.publishing import publish as publishing
from tests import worlds
from tests.tools import get


def linked(address):
    """Return the JSON-LD of a page, read as a browser finds it: up to the first end tag."""
    html = get(address).content.decode()
    scripts = re.findall(
        r'<script [^>]*type="application/ld\+json">(.*?)</script', html, re.S | re.I
    )
    return {"@graph": [node for block in scripts for node in json.loads(block)["@graph"]]}


def kinds(tree):
    return {node["@type"]: node for node in tree["@graph"]}


def test_a_page_says_that_it_is_a_dataset_with_its_files(tiny):
    data = kinds(linked("/tiny/@1/?use=race"))["Dataset"]
    assert 50 <= len(data["description"]) <= 5000
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["version"] == "1"
    assert [source["name"] for source in data["citation"]] == [
        "What first thinks",
        "What second thinks",
    ]
    for file in data["distribution"]:
        response = get(file["contentUrl"].removeprefix("http://testserver"))
        assert response.headers["Content-Type"].startswith(file["encodingFormat"])


def test_a_page_lists_what_is_ranked_and_nothing_where_nothing_is(tiny):
    def places(query):
        item_list = kinds(linked(f"/tiny/?{query}")).get("ItemList")
        return item_list and [
            (item["position"], item["name"]) for item in item_list["itemListElement"]
        ]

    assert places("") == [(1, "Ada"), (2, "Cyd"), (3, "Bob")]
    assert places("must=speed") == [(1, "Ada"), (2, "Cyd")]
    assert places("off=speed,ease") == [(1, "Bob"), (1, "Cyd"), (3, "Ada")]
    assert places("off=speed,ease,cost") is None


def test_nothing_in_the_content_ends_the_block_of_data(db):
    evil = '</script><script>alert("1")</script><!-- & \u2028'
    tree = worlds.tiny_tree(title=evil.replace("\u2028", ""), question=evil.replace("\u2028", ""))
    publishing.publish(worlds.draft(tree), "eve", "Now.")
    html = get("/tiny/").content.decode()
    assert "<script>alert" not in html
    assert kinds(linked("/tiny/"))["Dataset"]["name"] == evil.replace("\u2028", "").strip()
    assert not re.search("[<>&\u2028\u2029]", in_script({"a": evil}))
    assert json.loads(in_script({"a": evil})) == {"a": evil}


def test_a_draft_says_nothing_of_itself(tiny, admin_client):
    worlds.draft()
    assert "ld+json" not in admin_client.get("/tiny/@draft/").content.decode()


def test_questions_are_told_where_they_stand_with_their_source_and_without_the_refuted(db, rf):
    from comparison.web.comparison_request import ask

    reference = {"title": "Notes", "read_on": "2026-11-20"}
    base = {"source": "first", "place": "Line 9"}
    asked = [
        base | {"slug": "one", "question": "Is Ada quick?", "answer": "Yes."},
        base
        | {
            "slug": "two",
            "question": "Is Bob?",
            "answer": "Yes.",
            "finding": "wrong",
            "reason": "No.",
            "reference": reference,
        },
    ]
    publishing.publish(worlds.draft(worlds.tiny_tree(answered_questions=asked)), "eve", "Now.")
    told = json.loads(of_questions(ask(rf.get("/tiny/questions/"), "tiny", None).scored))
    assert told["@type"] == "FAQPage"
    (question,) = told["mainEntity"]
    assert question["name"] == "Is Ada quick?"
    assert question["acceptedAnswer"]["text"] == "Yes."
    assert question["acceptedAnswer"]["citation"]["name"] == "What first thinks"
    assert (
        of_questions(ask(rf.get("/tiny/questions/", {"distrust": "first"}), "tiny", None).scored)
        is None
    )
