"""Drafts as they are looked at: read once for each state, and less what is broken."""

from unittest.mock import patch

import pytest
from django.db.models import F

from comparison.models import Cell, Comparison, Criterion, Option, UseCase
from comparison.publishing import drafts, publish, releases
from comparison.publishing.draft import kept_drafts
from comparison.publishing.draft.kept_drafts import draft_at, kept_draft
from tests import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Comparison:
    return worlds.draft()


def change(rows, **values) -> None:
    """Change rows as every way of writing a draft does."""
    rows.update(**values, version=F("version") + 1)


def test_a_draft_is_shown_as_release_nought(draft):
    shown = draft_at("tiny")
    release = shown.release
    assert (release.number, release.editor, release.note) == (0, "", "")  # nobody has signed it
    assert (release.document, shown.problems) == (worlds.tiny(), ())
    assert release.prose["matrix"] == "<p>Scores of <strong>imaginary</strong> tools.</p>"
    assert draft_at("nowhere") is None


def test_a_draft_is_read_once_for_each_state(draft):
    with patch.object(drafts, "read_with_tree", wraps=drafts.read_with_tree) as reading:
        first = kept_draft(draft)
        assert kept_draft(draft) is first
        change(Option.objects.filter(slug="ada"), name="Ida")
        second = kept_draft(draft)
        assert second.shown.document.options[0].name == "Ida"
        assert kept_draft(draft) is second
    assert reading.call_count == 2


def test_what_is_kept_of_a_draft_is_its_last_state_alone(draft):
    for name in ("Ida", "Eda", "Uda"):
        change(Option.objects.filter(slug="ada"), name=name)
        kept_draft(draft)
    kept = list(releases.memory.kept)
    assert len([key for key in kept if key[0] is kept_drafts.KeptDraft]) == 1
    assert len([key for key in kept if key[0] is releases.Published]) == 1


def test_what_is_broken_is_left_out_and_named(draft):
    change(Cell.objects.filter(criterion__slug="speed", option__slug="ada"), text="")
    change(UseCase.objects.filter(pk=UseCase.objects.first().pk), name="")
    shown = draft_at("tiny")
    whole, document = worlds.tiny(), shown.release.document
    (speed,) = (one for one in document.criteria if one.slug == "speed")
    assert "ada" not in speed.cells
    assert document.use_cases[0].name == "race"  # its slug
    assert [type(one.row).__name__ for one in shown.problems] == ["Cell", "UseCase"]
    assert document.options == whole.options


def test_what_everything_hangs_on_is_called_by_its_slug(draft):
    change(Option.objects.filter(slug="ada"), name="")
    change(Criterion.objects.filter(slug="speed"), name="")
    document = draft_at("tiny").release.document
    assert (document.options[0].name, document.criteria[0].name) == ("ada", "speed")


def test_a_draft_of_which_too_little_is_left_says_everything_that_is_missing():
    Comparison.objects.create(slug="empty")
    with pytest.raises(drafts.Unpublishable) as refused:
        draft_at("empty")
    assert len(refused.value.problems) == len(str(refused.value).splitlines()) > 2


def test_what_an_editor_has_seen_is_published_without_reading_it_again(draft):
    seen = kept_draft(draft).draft.digest
    with patch.object(drafts, "stored_draft", side_effect=AssertionError):
        release = publish.publish(draft, "eve", "Now.", seen)
    assert releases.current("tiny").document == worlds.tiny()
    assert release.number == 1


def test_what_has_changed_since_is_read_and_refused(draft):
    seen = kept_draft(draft).draft.digest
    change(Option.objects.filter(slug="ada"), name="Ida")
    with pytest.raises(drafts.Unpublishable, match="Somebody changed the draft"):
        publish.publish(draft, "eve", "Now.", seen)
    kept_draft(draft)
    with pytest.raises(drafts.Unpublishable, match="Somebody changed the draft"):
        publish.publish(draft, "eve", "Now.", seen)


def test_a_release_that_came_out_meanwhile_is_told(draft):
    publish.publish(draft, "ada", "First.")
    change(Option.objects.filter(slug="ada"), name="Ida")
    publish.publish(draft, "ada", "Second.")
    change(Option.objects.filter(slug="ada"), name="Eda")
    seen = kept_draft(draft).draft.digest
    with pytest.raises(drafts.Unpublishable, match="Release 2 was published while"):
        publish.publish(draft, "eve", "Now.", seen, since=1)
    assert publish.publish(draft, "eve", "Now.", seen, since=2).number == 3


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_verdict_that_changes_asks_why(reason):
    with pytest.raises(publish.ReasonMissing, match="Race, Purse"):
        publish.with_reason("More.", reason, ("Race", "Purse"))
    assert publish.with_reason("More.", "Measured again.", ("Race",)) == "Measured again.\n\nMore."
    assert publish.with_reason("More.", "", ()) == "More."
