"""What a reader sees, as files: the rows of the page, credited, the same for ever."""

import re

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comparison.core.document.schema import Document
from comparison.publishing import publish as publishing
from comparison.publishing import releases
from comparison.sharing.markdown_file import as_text
from tests import worlds
from tests.files import about, of_kind, records
from tests.tools import get, publish, withdraw

QUERIES = [
    "",
    "use=race",
    "off=speed&w=cost:5",
    "options=ada,bob",
    "show=differences",
    "q=ease",
    "q=zebra",
    "distrust=first",
    "basis=claims",
    "must=speed",
    "must=speed,cost",
    "off=speed,ease,cost",
    "off=nothing&w=speed:9",
]


def rows_on_the_page(html):
    """Return what the page itself shows: each criterion in sight, its switch, its importance, its
    cells with their points.
    """
    shown = []
    for row in re.findall(r'<tr role="row" id="c-[\w-]+".*?</tr>', html, re.DOTALL):
        if not re.match(r"<tr[^>]* hidden", row):
            slug = re.match(r'<tr role="row" id="c-([\w-]+)"', row)[1]
            on = bool(re.search(r'name="on"[^>]* checked', row))
            (importance,) = re.findall(r'name="w-[^>]*value="(\d)"[^>]* checked', row)
            cells = re.findall(
                r'<span class="value">\s*<span class="visually-hidden">[^<]*</span>\s*([^<]*?)\s*'
                r'<span class="visually-hidden">(?:, ([\d.]+) of 10)?',
                row,
            )
            shown.append((slug, on, int(importance), cells))
    return shown


# --- the file is the page -------------------------------------------------------------------------


@pytest.mark.parametrize("query", QUERIES)
def test_the_rows_of_every_file_are_the_rows_of_the_page(tiny, query):
    page = get(f"/tiny/?{query}").content.decode()
    shown = rows_on_the_page(page)
    totals = re.search(r'data-overall-scores="([^"]*)"', page)[1].split(" ")
    excluded = re.search(r'data-excluded="([^"]*)"', page)[1].split()
    file = get(f"/tiny/-/view.json?{query}").json()
    names = [option["name"] for option in file["options"]]
    assert [
        (
            row["criterion"],
            row["counted"],
            row["importance"],
            [
                (c["text"], "" if c["points"] is None else f"{c['points']:g}")
                for c in row["cells"].values()
            ],
        )
        for row in file["rows"]
    ] == shown
    assert ["–" if o["score"] is None else f"{o['score']:.1f}" for o in file["options"]] == totals
    assert [
        str(rank) for rank, o in enumerate(file["options"], start=1) if o["excluded"]
    ] == excluded
    rows = records(f"/tiny/-/view.csv?{query}")
    assert [
        (
            r["slug"],
            r["counted"] == "yes",
            int(r["importance"]),
            [(r[name], r[f"{name}, points"]) for name in names],
        )
        for r in of_kind(rows, "criterion")
    ] == shown
    assert [[r[f"{name}, rests on"] for name in names] for r in of_kind(rows, "criterion")] == [
        [" and ".join(cell["rests_on"]) for cell in row["cells"].values()] for row in file["rows"]
    ]
    (total,) = of_kind(rows, "total")
    assert [total[f"{name}, points"] or "–" for name in names] == totals
    assert about(rows)["Recommendation"] == file["verdict"]["sentence"]


@pytest.mark.parametrize("query", ["", "use=race&off=ease", "options=ada,cyd&q=cost", "must=speed"])
def test_markdown_read_back_gives_the_same_cells(tiny, query):
    body = get(f"/tiny/-/view.md?{query}").content.decode()
    file = get(f"/tiny/-/view.json?{query}").json()
    html = markdown.markdown(body, extensions=["tables"])
    rows = [
        re.findall(r"<t[dh]>(.*?)</t[dh]>", row, re.S)
        for row in re.findall(r"<tr>(.*?)</tr>", html, re.S)
    ]
    assert [row[1] for row in rows[1:-1]] == [row["name"] for row in file["rows"]]
    assert [row[4:] for row in rows[1:-1]] == [
        [
            *(
                value
                for cell in row["cells"].values()
                for value in (cell["text"], f"{cell['points']:g}")
            ),
            *(" and ".join(cell["rests_on"]) for cell in row["cells"].values()),
        ]
        for row in file["rows"]
    ]
    assert file["view"]["address"].replace("&", "&amp;") in html


@settings(derandomize=True, max_examples=200, deadline=None)
@given(
    st.text(alphabet="ab |\\*_`<>&[]()!#~$:{}+-.1@'\"", min_size=1, max_size=20)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
@example("a|b")
@example("`|`")
@example("\\|")
@example("<script>alert(1)</script>")
@example("[a](javascript:b)")
def test_any_text_is_the_same_when_markdown_is_read_back(text):
    from html import unescape

    body = f"| a | b |\n| --- | --- |\n| {as_text(text)} | x |\n"
    cells = re.findall(r"<td>(.*?)</td>", markdown.markdown(body, extensions=["tables"]), re.S)
    assert [unescape(cell) for cell in cells] == [text, "x"]


@pytest.mark.parametrize("query", QUERIES)
def test_every_file_names_release_licence_and_sources_with_their_addresses(db, query):
    tree = worlds.tiny_tree()
    tree["sources"][0]["address"] = "https://first.example/a_b?c=1&d=(2)"
    publishing.publish(worlds.draft(tree), "eve", "Now.")
    rows, view = records(f"/tiny/-/view.csv?{query}"), get(f"/tiny/-/view.json?{query}").json()
    body = get(f"/tiny/-/view.md?{query}").content.decode()
    whole = get("/tiny/release.json").json()
    assert {row["value"] for row in of_kind(rows, "source")} == {
        "https://first.example/a_b?c=1&d=(2)",
        "",
    }
    for tree in (view, whole):
        assert tree["licence"] == "CC BY 4.0"
        assert [source["title"] for source in tree["sources"]] == [
            "What first thinks",
            "What second thinks",
        ]
        assert tree["sources"][0]["address"] == "https://first.example/a_b?c=1&d=(2)"
        assert tree["release"]["number"] == 1
    assert "<https://first.example/a_b?c=1&d=(2)>" in body
    assert "CC BY 4.0" in body
    assert "Release 1 of" in body
    assert about(rows)["Licence"] == "CC BY 4.0"
    assert about(rows)["Release"].startswith("Release 1 of ")


def test_a_source_left_out_is_credited_and_marked(tiny):
    rows = of_kind(records("/tiny/-/view.csv?distrust=first"), "source")
    assert [row["counted"] for row in rows] == ["no", "yes"]
    assert "left out here" in get("/tiny/-/view.md?distrust=first").content.decode()


def test_the_recommendation_is_told_in_sentences(tiny):
    def sentence(query):
        return get(f"/tiny/-/view.json?{query}").json()["verdict"]["sentence"]

    assert sentence("") == (
        "Ada with every criterion as the editors weigh it, ahead of Cyd by 1.0 points "
        "(clear, evidence of low certainty)."
    )
    assert sentence("use=race").startswith("Ada for a race, ahead of Cyd by ")
    assert sentence("use=race").endswith(" Bob is excluded: “Speed included” not met.")
    assert sentence("w=speed:1").startswith(
        "A toss-up: Ada, Cyd or Bob for no particular case (1 importance is changed), 0.4"
    )
    assert sentence("off=speed,ease") == (
        "A tie: Bob and Cyd come out equal on Cost alone, no points between them "
        "(evidence of low certainty)."
    )
    nothing = "Nothing is counted yet: No criterion is switched on (3 criteria are switched off)."
    assert sentence("off=speed,ease,cost") == nothing
    assert sentence("distrust=first,second").startswith(
        "No evidence is left: No source is counted, and the editors’ own scores count only"
    )


def test_what_is_unknown_is_none_and_never_a_number(db):
    tree = worlds.tiny_tree()
    del tree["criteria"][1]["cells"]["bob"]
    tree["criteria"][2]["cells"]["cyd"] = {"text": "No such thing", "applies": False}
    publishing.publish(worlds.draft(tree), "eve", "Now.")
    _, ease, cost = get("/tiny/-/view.json").json()["rows"]
    unknown = {
        "text": None,
        "points": None,
        "between": None,
        "rests_on": ["nothing"],
        "applies": True,
    }
    assert ease["cells"]["bob"] == unknown
    assert cost["cells"]["cyd"] == unknown | {
        "text": "No such thing",
        "rests_on": ["editors"],
        "applies": False,
    }
    row = of_kind(records("/tiny/-/view.csv"), "criterion")[1]
    assert (row["Bob"], row["Bob, points"]) == ("Not known", "")


def test_what_was_dropped_of_the_address_stands_in_every_file(tiny):
    assert get("/tiny/-/view.json?off=nothing").json()["notes"] == [
        {"kind": "unknown-name", "key": "off", "value": "nothing"}
    ]
    (note,) = of_kind(records("/tiny/-/view.csv?off=nothing"), "note")
    sentence = "The criterion “nothing” does not exist here, or not any more."
    assert (note["group"], note["name"], note["value"]) == ("unknown-name", "off", sentence)
    assert f"\n- Note: {sentence}\n" in get("/tiny/-/view.md?off=nothing").content.decode()


def test_what_was_withdrawn_is_named_in_every_file(db):
    withdraw()
    notes = [{"kind": "withdrawn", "key": "off", "value": "ease", "name": "Ease", "release": 1}]
    for file in ("-/view.json", "-/data.json", "release.json"):
        assert get(f"/tiny/{file}?off=ease").json()["notes"] == notes
    (note,) = of_kind(records("/tiny/-/view.csv?off=ease"), "note")
    assert (note["group"], note["value"]) == ("withdrawn", "Ease was withdrawn after release 1.")
    assert (
        "\n- Note: Ease was withdrawn after release 1.\n"
        in get("/tiny/-/view.md?off=ease").content.decode()
    )


@pytest.mark.parametrize("file", ["-/view.json", "-/data.json", "release.json"])
def test_a_release_that_was_never_published_is_told_first_and_the_one_shown_is_named(tiny, file):
    publish(title="Two")
    answer = get(f"/tiny/@99/{file}?off=nothing").json()
    assert answer["notes"][0] == {"kind": "no-release", "key": "release", "value": "99"}
    assert [note["kind"] for note in answer["notes"][1:]] == ["unknown-name"]
    shown = answer["release"] if isinstance(answer["release"], int) else answer["release"]["number"]
    assert shown == 2


@pytest.mark.parametrize("file", ["-/view.json", "-/data.json", "release.json"])
def test_only_an_answer_that_follows_says_which_release_is_the_newest(tiny, file):
    publish(title="Two")

    def newest(address):
        response = get(address)
        return (
            response.json()
            if isinstance(response.json()["release"], int)
            else response.json()["release"]
        ).get("newest"), "Link" in response

    assert newest(f"/tiny/{file}") == newest(f"/tiny/@99/{file}") == (2, False)
    assert newest(f"/tiny/@1/{file}") == newest(f"/tiny/@2/{file}") == (None, True)


def test_csv_begins_with_a_byte_order_mark_and_is_a_download(tiny):
    response = get("/tiny/-/view.csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response.headers["Content-Disposition"] == 'attachment; filename="tiny-release-1.csv"'
    assert b"\r\n" in response.content


# --- a release is for ever ------------------------------------------------------------------------


@pytest.mark.parametrize("file", ["-/view.csv", "-/view.json", "-/view.md", "release.json"])
def test_a_file_of_a_pinned_release_does_not_follow(tiny, file):
    before = get(f"/tiny/@1/{file}").content
    publish(title="Another title")
    after = get(f"/tiny/@1/{file}").content
    assert after == before
    assert b"Another title" in get(f"/tiny/{file}").content


def test_a_whole_release_reads_back_as_the_same_document(tiny):
    answer = get("/tiny/@1/release.json").json()
    document = Document.model_validate(answer["document"])
    assert document == releases.current("tiny").document
    assert answer["release"]["digest"] == releases.current("tiny").digest


@pytest.mark.parametrize("file", ["-/view.csv", "-/view.json", "-/view.md", "release.json"])
def test_a_file_is_not_sent_twice_and_can_be_read_from_anywhere(
    tiny, file, django_assert_max_num_queries
):
    first = get(f"/tiny/{file}?q=ease")
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    with django_assert_max_num_queries(1):
        again = get(f"/tiny/{file}?q=ease", 304, **{"If-None-Match": first.headers["ETag"]})
    assert again.content == b""
    assert "sessionid" not in first.cookies
    publish(title="Another title")
    get(f"/tiny/{file}?q=ease", **{"If-None-Match": first.headers["ETag"]})


@pytest.mark.parametrize(
    "query", ["w=speed:x", "%FF%00=%FF", "off=" + "a" * 9000, "from=-1", "q=<script>", "&" * 2000]
)
def test_bad_input_is_answered_all_the_same(tiny, query):
    for file in ("-/view.csv", "-/view.json", "-/view.md", "release.json"):
        for place in ("@99/", "@x/", ""):
            assert (
                not get(f"/tiny/{place}{file}?{query}")
                .headers["Content-Type"]
                .startswith("text/html")
            )


def test_a_draft_goes_to_editors_alone_and_is_not_kept(tiny, admin_client):
    worlds.draft()
    response = admin_client.get("/tiny/@draft/-/view.json")
    assert response.json()["release"]["number"] == 0
    assert response.json()["view"]["pinned"] is None
    assert response.headers["Cache-Control"] == "private, no-store"
