"""What `make snapshot` and `make screenshots` take for the same, and what they tell of that which
is not.
"""

import pytest
from PIL import Image

from tests.snapshot.comparing import differences, report, without
from tests.snapshot.plain import lines_of_body, lines_of_head, lines_of_html
from tests.snapshot.screenshots import compared

PAGE = """
<main class="page">
  <p id="said" class="big">Take <b>Ada</b>, or  Bob.</p>
  <ul><li>one</li> <li>two</li></ul>
</main>
"""


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(PAGE.replace("\n", "").replace("> ", ">"), id="no white space between blocks"),
        pytest.param(
            PAGE.replace(" class=", " data-x class=").replace(" data-x", ""), id="as it is"
        ),
        pytest.param(PAGE.replace('class="big"', 'class="large wide"'), id="another class"),
        pytest.param(PAGE.replace(' class="page"', ""), id="no class"),
        pytest.param(
            PAGE.replace('id="said" class="big"', 'class="big" id="said"'), id="another order"
        ),
        pytest.param(
            PAGE.replace("Take", "\n    Take").replace("or  Bob.", "or\nBob. "), id="indented"
        ),
        pytest.param(PAGE.replace(",", "&#44;"), id="a sign by its number"),
    ],
)
def test_what_no_reader_sees_is_no_difference(html):
    assert lines_of_html(html) == lines_of_html(PAGE)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(PAGE.replace("Take <b>", "Take<b>"), id="two words made one"),
        pytest.param(PAGE.replace("</b>,", "</b> ,"), id="a blank before a comma"),
        pytest.param(PAGE.replace("Bob", "Cyd"), id="another word"),
        pytest.param(PAGE.replace("said", "told"), id="another id"),
        pytest.param(PAGE.replace("<li>two</li>", ""), id="an element less"),
        pytest.param(PAGE.replace("<b>Ada</b>", "<i>Ada</i>"), id="another element"),
        pytest.param(PAGE.replace("<p ", "<p hidden "), id="an attribute more"),
    ],
)
def test_what_a_reader_may_meet_is_a_difference(html):
    assert lines_of_html(html) != lines_of_html(PAGE)


def test_a_blank_is_kept_where_it_parts_words_and_buttons_but_not_at_their_edge():
    assert lines_of_html("<p><a>One</a> <a>two </a></p>") == lines_of_html(
        "<p><a> One</a> <a>two</a> </p>"
    )
    assert lines_of_html("<p><a>One</a> <a>two</a></p>") != lines_of_html(
        "<p><a>One</a><a>two</a></p>"
    )
    assert lines_of_html("<p>One<button> two </button></p>") == lines_of_html(
        "<p>One<button>two</button></p>"
    )
    assert lines_of_html("<p>One <button>two</button></p>") != lines_of_html(
        "<p>One<button>two</button></p>"
    )
    assert lines_of_html("<p>Streaming<wbr>Response </p>") == [
        "<p>",
        "Streaming",
        "<wbr>",
        "Response",
        "</p>",
    ]
    assert lines_of_html("<p>Streaming<wbr> Response</p>") != lines_of_html(
        "<p>Streaming<wbr>Response</p>"
    )
    assert lines_of_html("<pre>a\n\n b\n</pre>") == ["<pre>", "a⏎", "⏎", " b⏎", "</pre>"]
    assert lines_of_html("<pre>a\n b</pre>") != lines_of_html("<pre>a b</pre>")


def test_a_form_token_a_hashed_name_and_a_tag_are_told_without_what_is_ever_new():
    token = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    assert lines_of_html(token.format("abc")) == lines_of_html(token.format("xyz"))
    assert lines_of_html('<img src="/static/img/icon.0123456789ab.svg">') == lines_of_html(
        '<img src="/static/img/icon.svg">'
    )
    one, other = (
        lines_of_head(200, {"ETag": f'"{tag}br"', "Date": tag}, {}) for tag in ("abc", "def")
    )
    assert one == other == ["Status: 200", 'ETag: "(tag)br"']
    assert lines_of_head(200, {}, {}) != one


def test_a_value_is_told_part_by_part():
    assert lines_of_body("application/json", b'{"a":[1,2]}') == lines_of_body(
        "application/json", b'{"a": [1, 2]}'
    )
    assert lines_of_body("application/json", b'{"a":1}') != lines_of_body(
        "application/json", b'{"a":2}'
    )
    assert lines_of_body("image/png", b"one") != lines_of_body("image/png", b"two")


def test_equal_answers_have_nothing_to_report():
    assert report({"a": ["x", "y"]}, {"a": ["x", "y"]}) == []


def test_a_difference_that_many_answers_have_is_told_once():
    before = {name: ["<p>", "old", "</p>", name] for name in ("a", "b", "c")}
    after = {name: ["<p>", "new", "</p>", name] for name in ("a", "b", "c")} | {
        "c": ["<p>", "other", "</p>", "c"]
    }
    listed = [(d.before, d.after, d.follows, d.names) for d in differences(before, after)]
    assert listed == [(("old",), ("new",), "<p>", ["a", "b"]), (("old",), ("other",), "<p>", ["c"])]


def test_many_differences_are_counted_and_a_long_line_is_told_where_it_differs():
    before = {"a": [line for number in range(9) for line in (f"same {number}", f"old {number}")]}
    after = {"a": [line.replace("old", "new") for line in before["a"]]}
    told = report(before, after)
    assert [line for line in told if line.startswith("  - ")] == [
        "  - old 0",
        "  - old 1",
        "  - old 2",
    ]
    assert "  ... and 6 more ways in just these answers" in told
    assert told[-1] == "1 of 1 answers differ, in 9 ways."
    long = [" ".join(map(str, range(1_000))), "x"]
    told = report({"a": long}, {"a": [long[0].replace("500", "here"), "x"]})
    assert any(line.startswith("  + ... ") and "499 here 501" in line for line in told)


def test_what_was_meant_can_be_left_out():
    before = {"a": ["GET /", "", '<input data-x="1" id="q">', "␣", "Ada␣"]}
    after = {"a": ["GET /", "", '<input id="q">', "Ada"]}
    one, other = (without(answers, ' data-x="[^"]*"|␣') for answers in (before, after))
    assert one == other == after
    assert report(before, after)


def test_an_answer_that_only_one_folder_has_is_told():
    assert report({"a": ["x"]}, {"b": ["x"]}) == ["Only before: a", "Only after: b"]


def test_a_difference_only_in_blanks_is_said_to_be_one():
    (difference,) = differences(
        {"a": lines_of_html("<p><a>x</a> <b>y</b></p>")},
        {"a": lines_of_html("<p><a>x</a><b>y</b></p>")},
    )
    assert difference.is_blank
    assert "only white space" in "\n".join(report({"a": ["x␣"]}, {"a": ["x"]}))


def test_pictures_differ_by_the_pixels_that_are_not_alike(tmp_path):
    before, after = tmp_path / "before", tmp_path / "after"
    for folder in (before, after):
        folder.mkdir()
        for name in ("same", "other", "taller"):
            Image.new("RGB", (4, 3), "white").save(folder / f"{name}.png")
    with Image.open(after / "other.png") as picture:
        picture.putpixel((1, 2), (255, 255, 252))
        picture.putpixel((0, 0), (253, 255, 254))  # which nobody sees
        picture.save(after / "other.png")
    Image.new("RGB", (4, 5), "white").save(after / "taller.png")
    Image.new("RGB", (4, 5), "white").save(after / "new.png")
    assert compared(before, after) == [
        "new.png: only after",
        "other.png: 1 pixels, between 1,2 and 2,3",
        "taller.png: 4 × 3 before, 4 × 5 after; no pixel of what both have",
        "",
        "3 of 4 pictures differ.",
    ]
    assert compared(before, before) == []
