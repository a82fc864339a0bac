"""What a reader sent is taken into the draft by one press, keeps it from being published until it
is reworded, and is taken out again as long as nobody has worked on it.
"""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comparison.core.document.readers_words import MARK
from comparison.models import Cell, Claim, Comparison, Source, Suggestion
from comparison.publishing import drafts
from comparison.publishing.suggested_changes import NotTaken, change_of, take, take_back
from tests.suggesting import SAID, rename, suggestion
from tests.tools import words_of

pytestmark = pytest.mark.django_db
CELL = {"criterion": "speed", "option": "ada"}
ADDRESS = "https://docs.example.org/speed"


@pytest.fixture(autouse=True)
def tiny(published: Any) -> Comparison:
    """The draft of the tiny world, which is release 1."""
    return Comparison.objects.get()


def _page(row: Suggestion, name: str = "change") -> str:
    return reverse(f"admin:comparison_suggestion_{name}", args=[row.pk])


def _problems(draft: Comparison) -> list[str]:
    return [problem.in_words for problem in drafts.read_draft(draft).problems]


def _reworded(draft: Comparison) -> None:
    """Do what an editor does with what was taken."""
    Claim.objects.filter(statement__contains=MARK.strip()).update(
        statement="Ada is slow.", place="Section 2"
    )
    Source.objects.filter(publisher="").update(
        title="Speed",
        publisher="Docs",
        publisher_kind="vendor",
        interest="None stated",
        published="2024",
        read_on="2025-01-01",
    )


def test_a_source_with_a_cell_becomes_a_source_and_a_claim_that_nobody_has_checked(
    editor: Client, tiny: Comparison
) -> None:
    row = suggestion(**CELL, address=ADDRESS, quote="Ada takes a minute.", proposed="2")
    before = drafts.read_draft(tiny).digest
    shown = words_of(editor.get(_page(row)).content.decode())
    assert "New source" in shown and ADDRESS in shown and SAID["text"] in shown
    assert drafts.read_draft(tiny).digest == before
    answer = editor.post(_page(row, "take"), follow=True)
    (claim,) = Claim.objects.filter(source__address=ADDRESS)
    assert (claim.option.slug, claim.criterion.slug) == ("ada", "speed")
    assert claim.finding == "not-checked"
    assert (claim.score, claim.support) == (None, "")
    for words in (MARK.strip(), SAID["text"], "Ada takes a minute.", "It should say: 2"):
        assert words in claim.statement
    html = answer.content.decode()
    for kept in (claim, claim.source):
        address = reverse(f"admin:comparison_{kept._meta.model_name}_change", args=[kept.pk])
        assert address in html
        assert _page(row) in editor.get(address).content.decode()
    row.refresh_from_db()
    assert (row.state, row.is_taken, row.has_made_row) == ("taken-up", True, True)


def test_it_keeps_the_draft_from_being_published_until_it_is_reworded(tiny: Comparison) -> None:
    take(suggestion(**CELL, address=ADDRESS))
    problems = _problems(tiny)
    assert any("still holds what a reader sent" in problem for problem in problems)
    _reworded(tiny)
    assert _problems(tiny) == []


def test_what_stands_at_an_address_already_is_that_source(tiny: Comparison) -> None:
    source = tiny.sources.first() or tiny.sources.create(slug="docs")
    source.address = "http://www.docs.example.org/speed/"
    source.save()
    change = change_of(suggestion(**CELL, address=ADDRESS))
    assert change and change.source == source
    take(row := suggestion(**CELL, address=ADDRESS))
    assert source.claims.filter(slug=f"suggestion-{row.pk}").exists()
    take_back(row)
    assert Source.objects.filter(pk=source.pk).exists()


def test_a_source_of_no_option_is_a_source_with_a_remark(tiny: Comparison) -> None:
    rows = take(suggestion(address=ADDRESS))
    assert [type(row) for row in rows] == [Source]
    assert SAID["text"] in Source.objects.get(address=ADDRESS).note
    assert any("still holds what a reader sent" in problem for problem in _problems(tiny))


def test_an_error_without_a_source_becomes_a_remark_and_changes_no_value(tiny: Comparison) -> None:
    cell = Cell.objects.get(criterion__slug="speed", option__slug="ada")
    Cell.objects.filter(pk=cell.pk).update(note="Measured.")
    (changed,) = take(suggestion(**CELL, proposed="3"))
    now = Cell.objects.get(pk=cell.pk)
    assert changed == now
    assert now.note.startswith("Measured.\n\n") and SAID["text"] in now.note
    assert (now.score, now.text, now.version) == (cell.score, cell.text, cell.version + 1)
    assert any("still holds what a reader sent" in problem for problem in _problems(tiny))


@pytest.mark.parametrize("about", [{}, {"criterion": "speed"}, {"option": "ada"}], ids=str)
def test_what_names_nothing_that_holds_it_is_for_an_editors_hand(
    about: dict[str, str], editor: Client
) -> None:
    row = suggestion(**about)
    html = editor.get(_page(row)).content.decode()
    assert 'id="take"' not in html and "by hand" in html
    answer = editor.post(_page(row, "take"), follow=True)
    assert "Nothing was changed" in words_of(answer.content.decode())
    row.refresh_from_db()
    assert row.state == "new"


@pytest.mark.parametrize("sent", [{"address": ADDRESS}, {}], ids=["source", "remark"])
@pytest.mark.parametrize("about", [CELL, {"option": "ada"}, {}], ids=["cell", "option", "whole"])
def test_taken_and_taken_back_the_draft_is_what_it_was(
    about: dict[str, str], sent: dict[str, str], tiny: Comparison
) -> None:
    if not sent and about != CELL:
        return
    before = drafts.read_draft(tiny).digest
    row = suggestion(**about, **sent)
    take(row)
    assert drafts.read_draft(tiny).digest != before
    take_back(row)
    assert drafts.read_draft(tiny).digest == before
    row.refresh_from_db()
    assert (row.state, row.is_taken, row.decided_at) == ("new", False, None)
    take(row)  # and once more


def test_a_cell_that_was_not_there_goes_again(tiny: Comparison) -> None:
    Cell.objects.filter(criterion__slug="speed", option__slug="ada").delete()
    before = drafts.read_draft(tiny).digest
    take(row := suggestion(**CELL))
    assert Cell.objects.filter(criterion__slug="speed", option__slug="ada").exists()
    take_back(row)
    assert drafts.read_draft(tiny).digest == before


def test_what_somebody_has_worked_on_is_not_taken_back_unseen(
    editor: Client, tiny: Comparison
) -> None:
    take(row := suggestion(**CELL, address=ADDRESS))
    Claim.objects.filter(source__address=ADDRESS).update(statement="Ada is slow.", version=2)
    answer = editor.post(_page(row, "take_back"), follow=True)
    assert "was changed since" in words_of(answer.content.decode())
    assert Claim.objects.filter(statement="Ada is slow.").exists()
    take(remark := suggestion(**CELL))
    Cell.objects.filter(criterion__slug="speed", option__slug="ada").update(note="Reworded.")
    with pytest.raises(NotTaken):
        take_back(remark)


def test_what_is_not_in_the_draft_is_not_taken_out_of_it(editor: Client, tiny: Comparison) -> None:
    row = suggestion(**CELL, address=ADDRESS)
    editor.post(
        reverse("admin:comparison_suggestion_changelist"),
        {"action": "mark_declined", "_selected_action": [row.pk]},
    )
    decided = Suggestion.objects.values("state", "decided_at").get(pk=row.pk)
    answer = editor.post(_page(row, "take_back"), follow=True)
    assert "It is not in the draft." in words_of(answer.content.decode())
    assert Suggestion.objects.values("state", "decided_at").get(pk=row.pk) == decided
    with pytest.raises(NotTaken, match="It names no cell and no source"):
        take(suggestion(criterion="speed"))
    with pytest.raises(NotTaken, match="not in the draft any more"):
        take(suggestion(criterion="gone"))


def test_it_is_taken_once(tiny: Comparison) -> None:
    row = suggestion(**CELL, address=ADDRESS)
    take(row)
    with pytest.raises(NotTaken):
        take(row)
    assert Claim.objects.filter(source__address=ADDRESS).count() == 1


def test_rows_that_were_deleted_by_hand_break_nothing(editor: Client) -> None:
    take(row := suggestion(**CELL, address=ADDRESS))
    Claim.objects.filter(source__address=ADDRESS).delete()
    Source.objects.filter(address=ADDRESS).delete()
    assert "deleted there since" in editor.get(_page(row)).content.decode()
    assert editor.post(_page(row, "take_back")).status_code == 302
    row.refresh_from_db()
    assert row.state == "new"


def test_it_finds_its_draft_and_its_rows_under_later_names(tiny: Comparison) -> None:
    row = suggestion(**CELL, address=ADDRESS)
    rename()
    change = change_of(row)
    assert change and change.comparison.slug == "small"
    assert change.claim and change.claim.option


def test_who_may_not_write_these_rows_takes_nothing(editor: Client) -> None:
    user = User.objects.create_user("vic", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["view_suggestion", "change_suggestion"])
    )
    client = Client()
    client.force_login(user)
    row = suggestion(**CELL, address=ADDRESS)
    assert 'id="take"' not in client.get(_page(row)).content.decode()
    assert client.post(_page(row, "take")).status_code == 403
    assert editor.get(_page(row, "take")).status_code == 302  # a look at its address does nothing
    assert not Claim.objects.filter(source__address=ADDRESS).exists()


# --- whom to thank --------------------------------------------------------------------------------


def test_contacts_are_deleted_ninety_days_after_the_decision(editor: Client) -> None:
    said = {"contact": "Wim"}
    old, recent, new = suggestion(**said), suggestion(**said), suggestion(**said)
    for row in (old, recent):
        sent = {"state": "declined", "remark": ""}
        assert editor.post(_page(row), sent).status_code == 302
    Suggestion.objects.filter(pk=old.pk).update(decided_at=timezone.now() - timedelta(days=91))
    Suggestion.objects.filter(pk=recent.pk).update(decided_at=timezone.now() - timedelta(days=89))
    Suggestion.objects.filter(pk=new.pk).update(sent_at=timezone.now() - timedelta(days=400))
    out = StringIO()
    call_command("forget_contacts", stdout=out)
    assert "1 contacts deleted" in out.getvalue()
    assert [Suggestion.objects.get(pk=row.pk).contact for row in (old, recent, new)] == [
        "",
        "Wim",
        "Wim",
    ]
    assert Suggestion.objects.get(pk=old.pk).text == SAID["text"]
    assert "kept until" in editor.get(_page(recent)).content.decode()
    assert "90 days after the decision" in editor.get(_page(new)).content.decode()


def test_the_day_of_the_decision_is_that_of_the_first_and_none_where_it_is_open_again(
    editor: Client,
) -> None:
    row, listed = suggestion(), reverse("admin:comparison_suggestion_changelist")
    mark = {"action": "mark_declined", "_selected_action": [row.pk]}
    editor.post(listed, mark)
    day = Suggestion.objects.get(pk=row.pk).decided_at
    assert day is not None
    editor.post(listed, mark)
    assert Suggestion.objects.get(pk=row.pk).decided_at == day
    editor.post(_page(row), {"state": "new", "remark": ""})
    assert Suggestion.objects.get(pk=row.pk).decided_at is None
