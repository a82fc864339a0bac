"""A table becomes a draft in the admin: what is shown of the guesses, what can be corrected, and
what is given back where it is refused.
"""

import io
import zlib
from base64 import b64encode

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comparison.admin.new_comparison import from_table
from comparison.core.table.kinds import LineKind
from comparison.models import Comparison, Criterion, Option
from tests.admin.drinks import admin_page, logged_in, member

pytestmark = pytest.mark.django_db

CARRIED = '{"name":"t","rows":[{"number":1,"cells":["a\\u0000"]}],"footnotes":{},"remarks":[]}'
HIDDEN = b64encode(zlib.compress(CARRIED.encode())).decode()
BOMB = b64encode(zlib.compress(b" " * 50_000_000)).decode()
SMALL = "Feature\tAlpha\tBeta\nSync\tyes\tplugin\nMemory\t512 MB\t1024 MB\nPrice\t$5\t$7\n"


@pytest.fixture
def address():
    return admin_page(Comparison, "from_table")


def forms_of(page):
    """Return the lines that are open."""
    return [line.form for line in page.lines if line.form]


def fields_of(page):
    """Return what the page of the guesses would send as it stands."""
    fields = {"carried": page.carried, "opened": page.opened}
    fields |= {name: value for line in page.lines for name, value in line.kept}
    for form in (page.about, *forms_of(page)):
        for field in form:
            value = field.value()
            if value not in (None, False, ""):
                fields[field.html_name] = value
    if page.about["turned"].value():
        fields["shown_turned"] = "1"
    return fields


def test_a_paste_is_shown_as_it_was_read_then_corrected_then_a_draft(writer, address):
    page = writer.post(address, {"paste": SMALL}).context["page"]
    assert page.size == "2 options and 3 criteria"
    assert [form["kind"].value() for form in forms_of(page)] == ["support", "text", "quantity"]
    assert any('Read as partly: "plugin"' in words for words in page.guesses)
    assert not Comparison.objects.exists()

    about = {"title": "Which tool?", "slug": "tools", "topic": "Tools"}
    corrected = {"memory-kind": "quantity", "memory-direction": "lower-is-better"}
    corrected |= {"sync-importance": "5", "sync-group": "Sharing"}
    sent = fields_of(page) | about | corrected
    page = writer.post(address, sent | {"_show": "1"}).context["page"]
    memory = next(form for form in forms_of(page) if form.line.slug == "memory")
    assert (memory["anchor_low"].value(), memory["anchor_high"].value()) == ("1024", "512")
    assert not Comparison.objects.exists()

    response = writer.post(address, fields_of(page) | about | {"_make": "1"}, follow=True)
    made = Comparison.objects.get()
    assert response.request["PATH_INFO"] == admin_page(Comparison, "change", made.pk)
    assert Criterion.objects.get(slug="memory").direction == "lower-is-better"
    assert Criterion.objects.get(slug="sync").importance == 5
    assert "2 options and 3 criteria" in response.content.decode()


def test_a_paste_and_a_file_together_are_given_back(writer, address):
    sent = {"paste": SMALL, "file": SimpleUploadedFile("tools.csv", b"a,b\nc,d\n")}
    page = writer.post(address, sent).context["page"]
    assert "send one of them" in str(page.form.errors["file"])


def test_a_workbook_is_uploaded(writer, address):
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for line in SMALL.splitlines():
        book.active.append(line.split("\t"))
    book.save(stream)
    file = SimpleUploadedFile("tools.xlsx", stream.getvalue())
    page = writer.post(address, {"file": file}).context["page"]
    assert page.size == "2 options and 3 criteria"


def test_a_table_can_be_turned_and_turned_back(writer, address):
    page = writer.post(address, {"paste": SMALL}).context["page"]
    # what is pressed beside it does not count: the lines would be others
    sent = fields_of(page) | {"title": "T", "slug": "t", "turned": "on", "_make": "1"}
    page = writer.post(address, sent).context["page"]
    assert page.size == "3 options and 2 criteria"
    back = {name: value for name, value in fields_of(page).items() if name != "turned"}
    page = writer.post(address, back | {"_show": "1"}).context["page"]
    assert page.size == "2 options and 3 criteria"
    assert not Comparison.objects.exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"paste": ""}, "Paste a table, or choose a file."),
        ({"paste": "Just words."}, "fewer than two rows"),
        ({"paste": "Feature\tA\tA\nSync\t<b>\tno\n"}, "stands twice"),
        ({"paste": "a\tb\n" * 10_001}, "more than 10,000 cells"),
        ({"paste": SMALL, "which": "Prices"}, "has no table called"),
        ({"paste": "a\tb\n" + f"{'€' * 3000}\tc\n" * 250}, "too much text for a form"),
        (
            {"paste": "Feature\tb\tc\n" + "".join(f"n{n}\tx\ty\n" for n in range(141))},
            "141 criteria",
        ),
        ({"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04 broken")}, "damaged workbook"),
    ],
    ids=[
        *("nothing", "no table", "doubled head", "too much", "no such table", "too long"),
        *("too many", "broken file"),
    ],
)
def test_what_is_refused_is_given_back_with_a_reason(writer, address, sent, words):
    response = writer.post(address, sent)
    html = response.content.decode()
    assert words in html
    assert response.context["page"].form["paste"].value() == sent.get("paste")
    assert not Comparison.objects.exists()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"slug": "tea-or-coffee"}, "There is a comparison"),
        ({"slug": "admin"}, "kept for the site itself"),
        ({"title": ""}, "This field is required"),
        ({"memory-kind": "quantity", "memory-direction": ""}, "Say which way better is."),
        ({"price-importance": "2.55"}, "step size"),
        ({"sync-importance": "6"}, "less than or equal to 5"),
        ({"source_address": "javascript:alert(1)"}, "Write an address of the web"),
        ({"source_address": "ftp://example.org"}, "Write an address of the web"),
        ({"carried": "{}"}, "did not come back as it was sent"),
        ({"carried": HIDDEN[:-8]}, "did not come back as it was sent"),
        ({"carried": BOMB}, "did not come back as it was sent"),
        ({"carried": HIDDEN}, "holds characters that nobody sees"),
    ],
    ids=[
        *("slug taken", "slug kept", "no title", "no direction", "finer importance", "importance"),
        *("no address", "no web address", "tampered", "cut short"),
        *("unpacks to too much", "hidden"),
    ],
)
def test_a_draft_is_made_whole_or_not_at_all(drinks, writer, address, changed, words):
    page = writer.post(address, {"paste": SMALL}).context["page"]
    sent = fields_of(page) | {"title": "T", "slug": "t", "_make": "1"} | changed
    assert words in writer.post(address, sent).content.decode()
    assert list(Comparison.objects.all()) == [drinks]


def test_a_number_without_a_unit_is_asked_for_one_at_its_line(writer, address):
    page = writer.post(address, {"paste": SMALL.replace("$", "")}).context["page"]
    kind = {"price-kind": "quantity", "price-direction": "lower-is-better"}
    about = {"title": "T", "slug": "t", "topic": "T", "_make": "1"}
    page = writer.post(address, fields_of(page) | kind | about).context["page"]
    assert forms_of(page)[2].errors == {"unit": ["Say in what: $, ms, stars."]}
    writer.post(address, fields_of(page) | kind | about | {"price-unit": "€"})
    assert Criterion.objects.get(slug="price").unit == "€"


def wide_table(options, criteria):
    cells = ("yes", "no[1]", "12 ms", "planned", "?", "$5/mo", "words and more")
    head = "\t".join(["Feature", *(f"Option {n}" for n in range(options))])
    lines = [
        "\t".join([f"Line {n}", *(cells[(n + m) % 7] for m in range(options))])
        for n in range(criteria)
    ]
    return "\n".join([head, *lines])


@pytest.mark.parametrize(
    ("options", "criteria", "most"), [(47, 31, 100_000), (90, 105, 140_000)], ids=str
)
def test_the_page_of_a_large_table_stays_light(writer, address, options, criteria, most):
    response = writer.post(address, {"paste": wide_table(options, criteria)})
    assert response.context["page"].size == f"{options} options and {criteria} criteria"
    assert len(response.content) < most


def test_of_many_lines_another_is_opened_and_every_correction_is_kept(writer, address, monkeypatch):
    monkeypatch.setattr(from_table, "MOST_OPEN", 4)
    sure = "".join(f"Has {n}\tyes\tno\n" for n in range(14))
    page = writer.post(address, {"paste": SMALL + sure}).context["page"]
    assert [form.line.slug for form in forms_of(page)] == ["memory"]

    memory = {"memory-kind": "quantity", "memory-direction": "lower-is-better"}
    page = writer.post(address, fields_of(page) | memory | {"_open": "has-7"}).context["page"]
    assert [form.line.slug for form in forms_of(page)] == ["memory", "has-7"]
    sent = fields_of(page) | {"has-7-importance": "5"}
    for n in range(8, 13):  # so many that the first are closed again
        page = writer.post(address, sent | {"_open": f"has-{n}"}).context["page"]
        sent = fields_of(page)
    assert "memory" not in [form.line.slug for form in forms_of(page)]
    wrong = writer.post(address, sent | {"has-12-importance": "6"}).context["page"]
    assert "has-12" in [form.line.slug for form in forms_of(wrong)]
    about = {"title": "T", "slug": "t", "topic": "T", "has-12-importance": "4", "_make": "1"}
    writer.post(address, fields_of(wrong) | about)
    criteria = {one.slug: one for one in Criterion.objects.all()}
    assert criteria["memory"].direction == "lower-is-better"
    assert (criteria["has-7"].importance, criteria["has-12"].importance) == (5, 4)


def test_a_table_of_which_everything_is_left_out_is_kept(writer, address):
    page = writer.post(address, {"paste": SMALL}).context["page"]
    left_out = {f"{form.line.slug}-kind": "left-out" for form in forms_of(page)}
    page = writer.post(address, fields_of(page) | left_out).context["page"]
    assert "every criterion is left out" in page.problems[0]
    assert [form["kind"].value() for form in forms_of(page)] == ["left-out"] * 3


def test_what_cells_hold_is_shown_as_text(writer, address):
    script = "<script>alert(1)</script>"
    html = writer.post(address, {"paste": SMALL.replace("Sync", script)}).content.decode()
    assert script not in html
    assert "&lt;script&gt;alert(1)" in html


def test_only_who_may_add_a_comparison_sees_the_page(address, client):
    reader = member("rita", "Writer")
    reader.groups.clear()
    assert logged_in(reader).get(address).status_code == 403
    assert client.get(address).status_code == 302


def test_every_field_of_a_line_has_a_name_that_is_read_aloud(writer, address):
    page = writer.post(address, {"paste": SMALL}).context["page"]
    assert 'aria-label="Kind of Memory"' in str(forms_of(page)[1]["kind"])


def test_every_kind_can_be_chosen(writer, address):
    page = writer.post(address, {"paste": SMALL}).context["page"]
    chosen = str(forms_of(page)[0]["kind"])
    assert [kind for kind in LineKind if f'value="{kind.value}"' not in chosen] == []


def test_options_keep_the_order_of_the_table(writer, address):
    page = writer.post(address, {"paste": SMALL}).context["page"]
    writer.post(address, fields_of(page) | {"title": "T", "slug": "t", "_make": "1"})
    assert list(Option.objects.values_list("name", flat=True)) == ["Alpha", "Beta"]


def test_a_title_with_characters_that_nobody_sees_is_refused_at_its_field(writer, address):
    page = writer.post(address, {"paste": SMALL}).context["page"]
    about = {"title": "Teas\u202e", "slug": "teas", "_make": "1"}
    answer = writer.post(address, fields_of(page) | about)
    assert "invisible character" in str(answer.context["page"].about.errors["title"])
    assert not Comparison.objects.exists()
