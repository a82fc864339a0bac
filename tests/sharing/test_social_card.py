"""The preview picture: what stands on it, that it can be read, how heavy it is, and that a flood of
requests starves nobody.
"""

import re
import struct
import threading
import zlib

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparison.publishing.kept_in_memory import BESIDE
from comparison.rendering import font_metrics, svg_to_png
from comparison.rendering.jinja import render
from comparison.sharing import social_card
from tests import worlds
from tests.requests import requested

PAPER = (0xF1, 0xF5, 0xEF, 0xFF)


@pytest.fixture(autouse=True)
def nothing_kept():
    social_card.kept.forget()
    yield
    social_card.kept.forget()


def small(card):
    """Return a card drawn at a quarter of its size, as rows of RGBA bytes: sixteen times as quick
    to read.
    """
    svg = str(render("sharing/card.svg", page=card))
    return pixels(
        svg_to_png.draw(
            svg.replace('width="1200" height="630" viewBox', 'width="300" height="158" viewBox', 1)
        )
    )


def pixels(png):
    """Return a picture's rows of RGBA bytes. Only what the renderer writes: eight bits, not
    interlaced.
    """
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, depth, colours = struct.unpack(">IIBB", png[16:26])
    assert (depth, colours) == (8, 6)
    body, offset = b"", 8
    while offset < len(png):
        size, kind = struct.unpack(">I4s", png[offset : offset + 8])
        body += png[offset + 8 : offset + 8 + size] if kind == b"IDAT" else b""
        offset += 12 + size
    raw, step = zlib.decompress(body), 4
    rows, before = [], bytearray(width * step)
    for y in range(height):
        start = y * (width * step + 1)
        kind, row = raw[start], bytearray(raw[start + 1 : start + 1 + width * step])
        _unfilter(kind, row, before, step)
        rows.append(row)
        before = row
    return rows


def _unfilter(kind, row, above, step):
    if kind == 0:
        return
    for x in range(len(row)):
        left, up, corner = (
            (row[x - step] if x >= step else 0),
            above[x],
            (above[x - step] if x >= step else 0),
        )
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = up
        elif kind == 3:
            guess = (left + up) // 2
        else:
            rough = left + up - corner
            _, guess = min(
                (abs(rough - known), order, known) for order, known in enumerate((left, up, corner))
            )[1:]
        row[x] = (row[x] + guess) & 255


def ink(rows, left, top, right, bottom):
    """Return how many pixels of a part of the small picture are not paper; the part is given as on
    the large one.
    """
    paper = bytes(PAPER)
    part = rows[top // 4 : bottom // 4]
    return sum(
        bytes(row[4 * x : 4 * x + 4]) != paper for row in part for x in range(left // 4, right // 4)
    )


LONG = "Extraordinarily & <magnificently> long, so that it never ends "


def long_tree():
    tree = worlds.tiny_tree(title=(LONG * 3).strip())
    for option in tree["options"]:
        option["name"] = f"{option['slug']} {LONG}".strip()
    for criterion in tree["criteria"]:
        criterion["name"] = f"{criterion['slug']} {LONG}".strip()
    tree["use_cases"][0]["situation"] = (LONG * 4).strip()
    return tree


# --- what stands on it ----------------------------------------------------------------------------


def test_the_card_tells_leader_margin_label_scores_parts_and_counts():
    card = social_card.card_of(requested(query="use=race").view)
    assert card.title == ("Ada, Bob or Cyd?",)
    assert (card.head, card.slot) == ("Ada", "a")
    assert card.case == ("For a race",)
    assert card.margin == "Ahead of Cyd by 2.1 points"
    assert card.label
    assert [(bar.name, bar.score, bar.out) for bar in card.bars] == [
        ("Ada", "8.1", False),
        ("Cyd", "6.0", False),
        ("Bob", "3.9", True),
    ]
    assert [(part.name, part.value) for part in card.parts] == [
        ("Speed", "2.14"),
        ("Ease", "0.29"),
        ("Cost", "0.29"),
    ]
    assert card.counts == "3 options, 3 criteria, 2 sources, 2 claims"
    assert card.disputed == "1 disputed"
    assert card.dated.startswith("Release 7")


def test_parts_point_to_the_side_of_the_option_they_speak_for():
    card = social_card.card_of(requested().view)
    ends = {
        part.name: (float(part.x), float(part.x) + float(part.width), part.slot)
        for part in card.parts
    }
    assert ends["Speed"][1] == social_card.SPINE
    assert ends["Cost"][0] == social_card.SPINE
    assert (ends["Speed"][2], ends["Cost"][2]) == ("a", "d")


@pytest.mark.parametrize(
    ("query", "head"),
    [
        ("options=bob,cyd&off=speed", "A tie"),
        ("off=speed,ease,cost", "Nothing is counted yet"),
        ("must=speed,cost&options=bob,ada", "No option has every must-have"),
        ("basis=claims&distrust=first,second", "No evidence is left"),
    ],
    ids=["tie", "nothing counted", "nobody qualifies", "no evidence"],
)
def test_where_nobody_leads_the_card_says_why_in_nobodys_colour(query, head):
    card = social_card.card_of(requested(query=query).view)
    assert (card.head, card.slot, card.parts, card.squares) == (head, "", (), None)
    assert card.case
    assert card.bars or card.compared


def test_with_thirty_options_the_first_stand_there_and_the_rest_are_counted():
    card = social_card.card_of(requested(worlds.large_tree(30, 12)).view)
    assert len(card.bars) == 3
    assert card.more == "and 27 more"


def test_every_text_fits_its_room_however_long_the_names_are():
    card = social_card.card_of(requested(long_tree(), "use=race").view)
    assert len(card.title) == 2
    assert all(
        font_metrics.width(line, font_metrics.SERIF, card.title_size) <= social_card.WIDE
        for line in card.title
    )
    assert font_metrics.width(card.head, font_metrics.SERIF, card.head_size) <= social_card.WIDE
    assert card.margin == "Ahead by 2.1 points"
    assert all(font_metrics.width(bar.name, font_metrics.PLAIN, 22) <= 178 for bar in card.bars)
    assert card.bars[0].name.endswith("…")


def test_no_name_gets_into_the_drawing_as_markup():
    svg = render("sharing/card.svg", page=social_card.card_of(requested(long_tree()).view))
    assert "<magn" not in svg
    assert "&lt;magn" in svg
    assert not re.search(r"\d,\d", re.sub(r">[^<]*<", "", svg))


# --- ink ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tree", "query"),
    [
        (None, "use=race"),
        (None, "off=speed,ease,cost"),
        (long_tree(), "use=race"),
        (worlds.large_tree(30, 40), ""),
    ],
    ids=["a leader", "nothing counted", "long names", "30 options"],
)
def test_the_words_are_there_as_ink_and_the_picture_is_light(tree, query):
    png = social_card.draw_card(requested(tree, query).view)
    assert len(png) < 80_000
    assert struct.unpack(">II", png[16:24]) == (1200, 630)
    rows = small(social_card.card_of(requested(tree, query).view))
    for name, place in {
        "brand": (64, 40, 240, 76),
        "title": (60, 110, 700, 215),
        "head": (64, 220, 500, 262),
        "counts": (64, 574, 400, 600),
    }.items():
        assert ink(rows, *place) > 60, name
    # nothing runs over the edge
    assert ink(rows, 0, 8, 60, 622) == ink(rows, 1144, 8, 1200, 622) == 0


def test_letters_that_the_two_fonts_lack_are_drawn_and_other_names_spelled_as_in_addresses():
    tree = worlds.tiny_tree()
    tree["options"][0]["name"], tree["options"][2]["name"] = "Ада", "日本"
    tree["criteria"][0]["name"] = "مقارنة"
    card = social_card.card_of(requested(tree).view)
    assert card.head == "Ада"
    assert ink(small(card), 98, 222, 180, 262) > 60
    slugs = [tree["options"][2]["slug"], tree["criteria"][0]["slug"]]
    assert {part.name for part in (*card.bars, *card.parts)} >= {*slugs}
    assert font_metrics.UNKNOWN not in render("sharing/card.svg", page=card)


def test_a_text_is_as_wide_as_it_is_drawn():
    rows = pixels(
        svg_to_png.draw(
            '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="60"><rect '
            'width="400" height="60" fill="#f1f5ef"/>'
            '<text x="10" y="40" font-size="40" font-family="Libre '
            'Franklin">Hamburgefonstiv</text></svg>'
        )
    )
    end = max(
        x for row in rows for x in range(400) if bytes(row[4 * x : 4 * x + 4]) != bytes(PAPER)
    )
    assert end - 10 == pytest.approx(
        font_metrics.width("Hamburgefonstiv", font_metrics.PLAIN, 40), abs=5
    )


# --- bounded --------------------------------------------------------------------------------------


def test_a_picture_is_drawn_once_for_a_release_and_a_canonical_query(monkeypatch):
    drawn = []
    monkeypatch.setattr(social_card, "draw", lambda svg, **_: drawn.append(svg) or b"png")
    for query in (
        "use=race",
        "use=race&q=ease",
        "colour=red&use=race",
        "use=race&from=3&show=differences",
    ):
        assert social_card.picture_of(requested(query=query)) == (b"png", True)
    assert len(drawn) == 2  # this one, and the plain one that stands in for others
    social_card.picture_of(requested(query="use=race", number=8))
    assert len(drawn) == 4


def test_a_thousand_queries_keep_no_more_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(social_card, "draw", lambda svg, **_: b"x" * 1000)
    monkeypatch.setattr(social_card.kept, "most", 10 * (1_000 + BESIDE))
    for number in range(1000):
        social_card.picture_of(requested(query=f"w=cost:{number % 5}.{number}"))
    assert len(list(social_card.kept)) == 10
    assert social_card.kept.bytes == social_card.kept.most


def test_while_one_is_drawn_another_gets_the_plain_one_and_nobody_waits(monkeypatch):
    monkeypatch.setattr(social_card, "PATIENCE", 0)
    first = social_card.picture_of(requested())
    with svg_to_png.busy:
        assert social_card.picture_of(requested()) == first
        other, whole = social_card.picture_of(requested(query="use=race"))
        assert other
        assert other != first[0]
        assert not whole
        assert social_card.picture_of(requested(worlds.large_tree(3, 3))) == (None, False)
    assert social_card.picture_of(requested(query="use=race"))[1]


def test_the_plain_picture_names_no_winner():
    card = social_card.card_of(requested().view, plain=True)
    assert (card.head, card.margin, card.label, card.bars, card.parts, card.slot) == (
        "",
        "",
        "",
        (),
        (),
        "",
    )
    assert card.title == ("Ada, Bob or Cyd?",)


def test_a_drawing_that_cannot_be_read_is_refused_and_the_next_one_is_drawn():
    with pytest.raises(svg_to_png.CannotDraw):
        svg_to_png.draw("<svg")
    assert svg_to_png.draw(
        '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'
    ).startswith(b"\x89PNG")


def test_a_drawing_process_that_died_is_replaced():
    svg_to_png.draw('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>')
    svg_to_png._process.kill()
    svg_to_png._process.wait()
    assert svg_to_png.draw(
        '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'
    ).startswith(b"\x89PNG")


# --- over HTTP ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_picture_has_an_address_and_a_tag(published):
    client = Client()
    answer = client.get("/tiny/-/card.png?use=race")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert not answer.cookies
    again = client.get("/tiny/-/card.png?use=race", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/tiny/@1/-/card.png?use=race").content == answer.content
    with CaptureQueriesContext(connection) as asked_of_the_database:
        client.get("/tiny/-/card.png?off=cost")
    assert len(asked_of_the_database) <= 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    ["q=%00%FF", "off=gone&w=speed:99", "x" * 9000, "theme=<script>", "use=race&use=thrift"],
)
@pytest.mark.parametrize("base", ["/tiny/", "/tiny/@1/", "/tiny/@99/"])
def test_bad_input_gives_a_picture_all_the_same(published, monkeypatch, base, query):
    monkeypatch.setattr(social_card, "draw", lambda svg, **_: b"png")
    assert Client().get(f"{base}-/card.png?{query}").status_code == 200


@pytest.mark.django_db
def test_who_comes_while_another_is_drawn_waits_for_it(published):
    svg_to_png.busy.acquire()
    threading.Timer(0.1, svg_to_png.busy.release).start()
    assert Client().get("/tiny/-/card.png").status_code == 200


@pytest.mark.django_db
def test_who_waits_in_vain_is_asked_to_come_again(published, monkeypatch):
    monkeypatch.setattr(social_card, "PATIENCE", 0.01)
    with svg_to_png.busy:
        answer = Client(raise_request_exception=False).get("/tiny/-/card.png")
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (
        503,
        "2",
        "no-store",
    )
    assert "ETag" not in answer
    Client().get("/tiny/-/card.png")
    with svg_to_png.busy:
        plain = Client().get("/tiny/-/card.png?use=race")
    assert (plain.status_code, plain["Cache-Control"]) == (200, "no-store")


@pytest.mark.django_db
def test_a_comparison_that_is_not_there_has_no_picture():
    assert Client().get("/nowhere/-/card.png").status_code == 404


def test_where_it_depends_the_bars_and_the_lead_are_said_to_be_the_editors_weighing():
    tree = worlds.with_scores(worlds.tiny_tree(), cost_bob=7)
    card = social_card.card_of(requested(tree).view)
    assert card.head.startswith("It depends")
    assert card.usual == "As the editors weigh it"
    assert card.margin.startswith("As the editors weigh it, Ada ")
    assert card.usual in str(render("sharing/card.svg", page=card))
    assert social_card.card_of(requested(tree, "use=race").view).usual == ""


def test_disputes_are_red_only_where_one_of_them_could_move_the_result():
    settled = social_card.card_of(requested(worlds.tiny_tree(), "use=thrift").view)
    assert (settled.disputed, settled.is_unsettled) == ("1 disputed", False)
    red = "#b51f3b"
    assert red not in str(render("sharing/card.svg", page=settled))
    view = requested(worlds.tiny_tree(), "w=speed:1").view
    assert view.unsettled
    assert red in str(render("sharing/card.svg", page=social_card.card_of(view)))
