"""The publish page: problems, changes by name, the change note, and what is refused."""

from datetime import date

import pytest
from django.db.models import F
from django.test import Client

from comparison.models import (
    Cell,
    Claim,
    Comparison,
    Option,
    Release,
    UseCase,
    Verdict,
)
from comparison.publishing import drafts
from tests.admin.drinks import (
    admin_page,
    change_page,
    digest_seen,
    opens,
    publish_page,
    reword,
)
from tests.admin.filled_form import FilledForm

pytestmark = pytest.mark.django_db


def test_the_change_page_leads_to_preview_publishing_releases_and_rows(released, root):
    html = opens(root, change_page(released))
    for address in (
        f"/{released.slug}/@draft/",
        publish_page(released),
        admin_page(released, "releases", released.pk),
    ):
        assert f'href="{address}"' in html
    assert f"?comparison__id__exact={released.pk}" in html


def test_an_editor_publishes_with_a_change_note(released, editor):
    reword(released, "Coffee or tea?")
    html = opens(editor, publish_page(released))
    assert "Tea or coffee?" in html
    assert "Coffee or tea?" in html
    response = editor.post(
        publish_page(released),
        {"note": "Turned round.", "seen": digest_seen(editor, released)},
        follow=True,
    )
    release = Release.objects.of(released.slug).first()
    assert (release.number, release.editor, release.note, release.title) == (
        2,
        "eve",
        "Turned round.",
        "Coffee or tea?",
    )
    assert response.request["PATH_INFO"] == change_page(released)
    assert f'href="/{released.slug}/@2/"' in response.content.decode()


def changes_shown(client: Client, comparison: Comparison) -> list[tuple[str, str, str]]:
    """Return what the publish page says has changed: of what kind, what, and how."""
    groups = client.get(publish_page(comparison)).context["page"].changes.groups
    return [(line.what, line.name, line.essence) for group in groups for line in group.lines]


def test_a_first_release_shows_everything_as_new(drinks, editor):
    page = editor.get(publish_page(drinks)).context["page"]
    assert page.newest is None
    lines = [line for group in page.changes.groups for line in group.lines if line.what]
    assert all(line.what.startswith("New ") for line in lines)


def test_what_has_changed_is_told_by_name_a_line_a_thing(released, editor):
    Option.objects.filter(slug="tea").update(name="Black tea")
    Cell.objects.filter(score=4).update(score=5, changed_on=date(2026, 1, 2))
    Verdict.objects.all().delete()
    assert changes_shown(editor, released) == [
        ("Option", "Black tea", "Tea → Black tea"),
        ("Cell", "Strength, Black tea", "4 → 5"),
        ("Verdict removed", "On drinks, Coffee", "Coffee wins."),
    ]
    html = opens(editor, publish_page(released))
    cell = f"{change_page(Cell.objects.get(score=5))}?_back=changes"
    assert f'<a href="{cell}"><b>Strength, Black tea</b></a>: 4 → 5' in " ".join(html.split())
    opens(editor, cell)  # what is saved there leads back to the changes
    assert "2026-01-02" in html  # folded away


def test_another_address_is_told_with_the_record_that_keeps_the_old_one(released, editor):
    Comparison.objects.filter(pk=released.pk).update(slug="hot-drinks")
    assert changes_shown(editor, released) == [
        ("", "", f"address {released.slug} → hot-drinks"),
    ]


def test_long_lists_of_changes_are_cut_and_counted(drinks, editor, monkeypatch):
    monkeypatch.setattr("comparison.admin.publishing.changes.MOST_LINES", 5)
    response = editor.get(publish_page(drinks))
    changes = response.context["page"].changes
    assert sum(len(group.lines) for group in changes.groups) == 5
    assert changes.left_out == changes.count - 5 > 0
    assert f"… and {changes.left_out} more." in response.content.decode()


@pytest.mark.parametrize("note", ["", "   "])
def test_publishing_needs_a_change_note(note, drinks, editor):
    response = editor.post(
        publish_page(drinks), {"note": note, "seen": digest_seen(editor, drinks)}
    )
    assert "Say in the change note what is different now." in response.content.decode()
    assert not Release.objects.exists()


@pytest.mark.parametrize("seen", [None, "", "0" * 64])
def test_a_draft_that_moved_is_not_published_and_the_note_is_kept(seen, drinks, editor):
    seen = digest_seen(editor, drinks) if seen is None else seen
    reword(drinks, "Something else")
    response = editor.post(publish_page(drinks), {"note": "My careful words.", "seen": seen})
    html = response.content.decode()
    assert "Somebody changed the draft while you were looking at it." in html
    assert "My careful words." in html
    assert not Release.objects.exists()
    again = FilledForm(html).sent
    assert again["seen"] == [drafts.read_draft(drinks).digest]
    assert (
        editor.post(
            publish_page(drinks), {"note": again["note"], "seen": again["seen"]}
        ).status_code
        == 302
    )


def test_what_readers_will_miss_is_listed_and_keeps_nobody_from_publishing(drinks, editor):
    Cell.objects.update(note="")
    UseCase.objects.update(situation="")
    page = editor.get(publish_page(drinks)).context["page"]
    assert page.is_ready
    assert [line.partition(":")[0] for line in page.unwritten] == [
        "Without a reason",
        "Without a situation",
    ]
    assert page.unwritten[0] in opens(editor, publish_page(drinks))


def test_problems_are_listed_each_with_a_link_that_opens_its_row(drinks, editor):
    reword(drinks, "")
    Cell.objects.filter(score=4).update(text="")
    Claim.objects.update(statement="")
    UseCase.objects.update(name="")
    Option.objects.get(slug="both").parts.update(role="")
    page = editor.get(publish_page(drinks)).context["page"]
    addresses = {problem.address.split("?")[0] for problem in page.problems}
    rows = [
        drinks,
        Cell.objects.get(score=4),
        Claim.objects.get(),
        UseCase.objects.get(),
        Option.objects.get(slug="both"),
    ]
    assert addresses == {change_page(row) for row in rows}
    assert f"{change_page(rows[1])}?_back=problems#id_text" in {
        problem.address for problem in page.problems
    }
    # by the names of rows and the labels of fields
    lines = [problem.words for problem in page.problems]
    assert "Cell “Strength, Tea”, text: is missing" in lines
    assert "Claim “blog/strong”, statement: is missing" in lines
    assert editor.session["comparison"] == drinks.pk  # lists are of this one now
    html = opens(editor, publish_page(drinks))
    for problem in page.problems:
        assert f'<a href="{problem.address}">' in html
        opens(editor, problem.address)
    assert '<form method="post" id="publish_form"' not in html


def test_what_has_changed_is_told_although_something_is_broken(released, editor):
    Option.objects.filter(slug="tea").update(name="Black tea")
    Cell.objects.filter(option__slug="coffee", criterion__slug="strength").update(score=7)
    Claim.objects.update(finding="wrong", statement="It is said to be strong.")
    page = editor.get(publish_page(released)).context["page"]
    assert len(page.problems) == 1
    assert not page.is_ready
    assert changes_shown(editor, released) == [
        ("Option", "Black tea", "Tea → Black tea"),
        ("Cell", "Strength, Coffee", "9 → 7"),
    ]
    (untold,) = page.changes.untold
    assert untold.startswith("Claim “")
    assert "It is said to be strong." in untold


def test_a_problem_that_came_up_meanwhile_is_said_and_the_note_is_kept(drinks, editor):
    seen = digest_seen(editor, drinks)
    Claim.objects.update(statement="", version=F("version") + 1)
    html = editor.post(
        publish_page(drinks), {"note": "My careful words.", "seen": seen}
    ).content.decode()
    assert "statement: is missing" in html
    assert "My careful words." in html
    assert not Release.objects.exists()


def test_nothing_new_is_not_published(released, editor):
    html = opens(editor, publish_page(released))
    assert "Nothing has changed since release 1" in html
    assert 'id="publish_form"' not in html
    seen = drafts.read_draft(released).digest
    html = editor.post(publish_page(released), {"note": "Again.", "seen": seen}).content.decode()
    assert "Nothing has changed since release 1" in html
    assert Release.objects.count() == 1


def test_what_editors_write_is_shown_as_text(released, editor):
    reword(released, "<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in opens(editor, publish_page(released))
