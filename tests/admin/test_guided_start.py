"""A comparison begun without a table: five pages and then the matrix; what is left half-way, and
what is given back where it cannot be taken.
"""

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.core.management import call_command

from comparison.models import Cell, Comparison, Criterion, Group, Option, Source
from tests.admin.drinks import admin_page, logged_in, member, opens
from tests.admin.filled_form import sent_by

pytestmark = pytest.mark.django_db

NEW = "/admin/comparison/comparison/new/"
BEGIN = f"{NEW}step-by-step/"


@pytest.fixture
def begun(writer):
    """A comparison after the first page."""
    writer.post(BEGIN, {"title": "Tea or coffee?", "topic": "Drinks"})
    return Comparison.objects.get()


def step(comparison, name):
    return admin_page(Comparison, "guided_step", comparison.pk, name)


def shown(answer):
    """Return the page of an answer that saved nothing."""
    assert answer.status_code == 400
    return answer.context["page"]


def errors_of(page):
    return "".join(str(field.errors) for field in page.more) + "".join(
        str(form.errors) for _, form in page.rows
    )


def test_five_pages_lead_from_nothing_to_a_matrix_that_can_be_published(writer):
    answer = writer.post(BEGIN, {"title": "Tea or Café?", "topic": "Drinks", "question": "Which?"})
    comparison = Comparison.objects.get()
    assert (comparison.slug, answer.url) == ("tea-or-cafe", step(comparison, "options"))
    for sent, then in (
        ({"more": "- Tea\n* Café\n\n 3. C++"}, "groups"),
        ({"more": "Taste"}, "criteria"),
    ):
        answer = writer.post(answer.url, sent)
        assert answer.url == step(comparison, then)
    taste = Group.objects.get()
    answer = writer.post(answer.url, {f"more-{taste.pk}": "Strength\nPrice"})
    assert answer.url == step(comparison, "sources")
    answer = writer.post(answer.url, {"more": "On tea: https://example.org/tea\nMy own taste"})
    assert answer.url == admin_page(Comparison, "grid", comparison.pk, "matrix")
    opens(writer, answer.url)

    options = Option.objects.values_list("slug", "name", "position")
    assert list(options) == [
        *(("tea", "Tea", 0), ("cafe", "Café", 1), ("c-plus-plus", "C++", 2)),
    ]
    assert list(Criterion.objects.values_list("slug", "group__slug")) == [
        ("strength", "taste"),
        ("price", "taste"),
    ]
    assert list(Source.objects.values_list("title", "address")) == [
        ("On tea", "https://example.org/tea"),
        ("My own taste", ""),
    ]
    assert LogEntry.objects.filter(user__username="wim").count() == 9
    Source.objects.all().delete()  # which ask for more
    call_command("publish", comparison.slug)
    assert writer.get("/tea-or-cafe/").status_code == 200


def test_a_page_opened_again_has_its_rows_and_takes_corrections(writer, begun):
    writer.post(step(begun, "criteria"), {"more": "Price\nTaste"})
    price = Criterion.objects.get(slug="price")
    assert price.group.name == "Criteria"  # there were no groups
    address = step(begun, "criteria")
    sent = sent_by(writer, address) | {
        f"row-{price.pk}-kind": "quantity",
        f"row-{price.pk}-unit": "€",
        f"row-{price.pk}-direction": "lower-is-better",
        f"row-{price.pk}-anchor_low": "3",
        f"row-{price.pk}-anchor_high": "1",
        f"more-{price.group_id}": "Warmth",
        "_stay": "1",
    }
    answer = writer.post(address, sent, follow=True)
    assert answer.request["PATH_INFO"] == address
    assert "Criteria: 1 added, 1 changed." in answer.content.decode()
    price.refresh_from_db()
    assert (price.kind, price.unit, price.anchor_low, price.version) == ("quantity", "€", 3, 2)
    assert Criterion.objects.count() == 3
    before = LogEntry.objects.count()
    assert writer.post(address, sent_by(writer, address)).status_code == 302
    assert LogEntry.objects.count() == before  # saved as it is, nothing is changed


def test_two_ends_of_a_scale_that_are_one_are_refused_at_their_field(writer, begun):
    writer.post(step(begun, "criteria"), {"more": "Price"})
    row = f"row-{Criterion.objects.get().pk}"
    sent = sent_by(writer, step(begun, "criteria")) | {
        f"{row}-kind": "quantity",
        f"{row}-anchor_low": "2.5",
        f"{row}-anchor_high": "2.5",
    }
    page = shown(writer.post(step(begun, "criteria"), sent))
    (_, form) = page.rows[0]
    assert "two numbers that differ make a scale" in form.errors["anchor_high"][0]


def test_two_rows_exchange_their_short_names_and_one_goes(writer, begun):
    writer.post(step(begun, "options"), {"more": "A\nB\nC"})
    a, b, c = Option.objects.all()
    sent = sent_by(writer, step(begun, "options")) | {
        f"row-{a.pk}-slug": "b",
        f"row-{b.pk}-slug": "a",
        f"row-{c.pk}-remove": "on",
    }
    assert writer.post(step(begun, "options"), sent).status_code == 302
    assert list(Option.objects.values_list("name", "slug")) == [("A", "b"), ("B", "a")]
    removed = LogEntry.objects.get(action_flag=DELETION)
    assert (removed.object_id, removed.object_repr) == (str(c.pk), "C")


def test_what_was_begun_is_found_again_where_it_was_left(writer, begun):
    def link():
        html = opens(writer, NEW)
        return html.partition("Begun and not published yet")[2].partition("</ul>")[0]

    assert f'href="{step(begun, "options")}">Tea or coffee?</a> (next: Options)' in link()
    writer.post(step(begun, "options"), {"more": "Tea\nCoffee"})
    assert f'href="{step(begun, "criteria")}">Tea or coffee?</a> (next: Criteria)' in link()
    steps = writer.get(step(begun, "criteria")).context["page"].steps
    assert [(one.name, one.count, one.is_current) for one in steps] == [
        *(("Question", "", False), ("Options", "2", False), ("Groups", "0", False)),
        *(("Criteria", "0", True), ("Sources", "0", False), ("Matrix", "", False)),
    ]
    assert [bool(one.address) for one in steps] == [True, True, True, True, True, False]
    # without a criterion there is no matrix to go on to
    assert writer.post(step(begun, "sources"), {"more": ""}).url == step(begun, "criteria")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"more": "Tea\nCoffee\ntea"}, "Line 3: “tea” stands twice: in line 1, too."),
        ({"more": "Milk\nCoffee"}, "Line 1: “Milk” stands twice: above as “milk”, too."),
        ({"more": "Tea\nab\u202ecd"}, "Line 2: “ab&lt;U+202E&gt;cd” holds an invisible character"),
        ({"more": "\u00ad"}, "Line 1: it shows nothing."),
        ({"more": f"Tea\n{'x' * 301}"}, "has 301 characters; a name takes 300"),
        ({"more": "\n".join(f"Tea {n}" for n in range(300))}, "These are 300 lines, and 1 are"),
    ],
    ids=["doubled", "there already", "hidden", "blank", "long", "too many"],
)
def test_what_cannot_be_taken_is_said_at_its_line_and_given_back(writer, begun, sent, words):
    writer.post(step(begun, "options"), {"more": "Milk"})
    page = shown(writer.post(step(begun, "options"), sent))
    assert words in errors_of(page)
    assert page.more[0].value() == sent["more"]
    assert list(Option.objects.values_list("name", flat=True)) == ["Milk"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": "Tea"}, "This name stands twice: above as “tea”, too."),
        ({"slug": "tea"}, "Two rows have this short name: change one."),
        ({"slug": "Not one"}, "This is no slug: write small letters"),
        ({"name": ""}, "This field is required."),
        ({"name": "a\u202eb"}, "holds an invisible character"),
        ({"remove": "on"}, "is used already (1 cells)"),
    ],
    ids=["name", "short name", "no short name", "no name", "hidden", "used"],
)
def test_a_correction_that_cannot_be_taken_keeps_the_whole_page(writer, begun, changed, words):
    writer.post(step(begun, "options"), {"more": "Tea\nMilk"})
    writer.post(step(begun, "criteria"), {"more": "Taste"})
    tea, milk = Option.objects.all()
    Cell.objects.create(criterion=Criterion.objects.get(), option=milk, text="Mild")
    fields = {f"row-{milk.pk}-{name}": value for name, value in changed.items()}
    fields |= {f"row-{tea.pk}-line": "Leaves", "more": "Juice"}
    sent = sent_by(writer, step(begun, "options")) | fields
    page = shown(writer.post(step(begun, "options"), sent))
    assert words in errors_of(page)
    assert (page.rows[0][1]["line"].value(), page.more[0].value()) == ("Leaves", "Juice")
    assert Option.objects.filter(line="").count() == 2


def test_names_that_give_one_address_get_two_and_are_shown(writer, begun):
    answer = writer.post(step(begun, "options"), {"more": "Node.js\nNode JS\n日本"}, follow=True)
    assert answer.request["PATH_INFO"] == step(begun, "options")
    html = answer.content.decode()
    assert "“Node JS” would have the short name of another, node-js, so it has node-js-2" in html
    assert "“日本” gives no short name in Latin letters, so it has option-3" in html


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"title": "Tea or coffee?"}, "There is a comparison"),
        ({"title": "Admin"}, "kept for the site itself"),
        ({"title": "日本"}, "This field is required."),
        ({"title": ""}, "This field is required."),
        ({"title": "a\u202eb"}, "holds an invisible character"),
        ({"title": "Tea", "slug": "Tea!"}, "This is no slug: write small letters"),
        ({"title": "Tea", "topic": ""}, "This field is required."),
    ],
    ids=["taken", "kept", "no letters", "no title", "hidden", "no slug", "no topic"],
)
def test_a_beginning_that_cannot_be_taken_is_given_back(drinks, writer, sent, words):
    page = shown(writer.post(BEGIN, {"question": "Which?", "topic": "Drinks"} | sent))
    assert words in str(page.form.errors) or "already exists" in str(page.form.errors)
    assert (page.form["title"].value(), page.form["question"].value()) == (sent["title"], "Which?")
    assert Comparison.objects.count() == 1


def test_two_at_one_page_keep_what_each_changed(writer, editor, begun):
    address = step(begun, "options")
    writer.post(address, {"more": "Tea\nCoffee"})
    tea, coffee = Option.objects.all()
    mine = sent_by(writer, address)
    theirs = sent_by(editor, address)
    line = f"row-{tea.pk}-line"
    editor.post(address, theirs | {line: "Leaves", f"row-{coffee.pk}-remove": "on"})
    page = shown(writer.post(address, mine | {line: "Dry leaves", f"row-{coffee.pk}-line": "B"}))
    assert "eve, at" in errors_of(page)
    assert "“Leaves”" in errors_of(page)
    assert "Somebody deleted “Coffee” meanwhile" in errors_of(page)
    assert page.rows[0][1]["line"].value() == "Dry leaves"
    assert Option.objects.get().line == "Leaves"
    writer.post(address, mine | {f"row-{tea.pk}-name": "Green tea"})
    assert Option.objects.values_list("name", "line").get() == ("Green tea", "Leaves")


def test_a_draft_that_is_too_large_for_a_page_is_sent_to_its_lists(writer, begun):
    writer.post(step(begun, "groups"), {"more": "\n".join(f"G {n}" for n in range(20))})
    Group.objects.create(comparison=begun, slug="one-more", name="One more")
    assert "This draft has 21 groups" in opens(writer, step(begun, "groups"))
    assert writer.post(step(begun, "groups"), {"more": "X"}).status_code == 200
    assert Group.objects.count() == 21


def test_the_largest_page_stays_light_and_within_what_a_form_may_send(writer, begun):
    writer.post(step(begun, "groups"), {"more": "\n".join(f"Group {n}" for n in range(20))})
    first = Group.objects.first()
    names = "\n".join(f"Criterion number {n}" for n in range(150))
    writer.post(step(begun, "criteria"), {f"more-{first.pk}": names})
    address = f"{step(begun, 'criteria')}?page=8"
    assert len(opens(writer, step(begun, "criteria")).encode()) < 150_000
    last = Criterion.objects.last()
    sent = sent_by(writer, address) | {f"row-{last.pk}-name": "The last"}
    assert f"row-{first.criteria.first().pk}-name" not in sent
    assert writer.post(address, sent | {"_stay": ""}).url == address
    assert Criterion.objects.count() == 150
    assert "The last" in opens(writer, f"{step(begun, 'criteria')}?page=99999")


def test_what_is_typed_is_shown_as_text(writer, begun):
    script = "<script>alert(1)</script>"
    html = writer.post(step(begun, "options"), {"more": script}, follow=True).content.decode()
    html += opens(writer, step(begun, "options"))
    assert script not in html
    assert "&lt;script&gt;" in html


def test_only_who_may_write_drafts_begins_one(begun, client):
    reader = logged_in(member("rita", "Writer"))
    reader.session  # noqa: B018
    looker = member("lea", "Writer")
    looker.groups.clear()
    for address in (NEW, BEGIN, step(begun, "options"), step(begun, "question")):
        assert logged_in(looker).get(address).status_code == 403
        assert client.get(address).status_code == 302
    assert reader.get(step(begun, "answers")).status_code == 404


def test_every_beginning_is_offered_and_home_and_list_lead_there(writer, drinks):
    html = opens(writer, NEW)
    for page in ("from_table", "guided", "upload"):
        assert f'href="{admin_page(Comparison, page)}"' in html
    assert f'href="{admin_page(Comparison, "copy", drinks.pk)}"' in html
    assert f'href="{NEW}"' in opens(writer, admin_page(Comparison, "changelist"))
    assert f'href="{NEW}"' in opens(writer, "/admin/")


def test_the_first_page_is_opened_again_to_change_its_words(writer, begun):
    sent = sent_by(writer, step(begun, "question")) | {"title": "Tea?", "slug": "tea"}
    assert writer.post(step(begun, "question"), sent).url == step(begun, "options")
    before = begun.version
    begun.refresh_from_db()
    assert (begun.title, begun.slug, begun.version) == ("Tea?", "tea", before + 1)
