"""Suggestions in the admin: who may what, the list, the way to the row; and no part of
any draft.
"""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comparison.admin.suggestions import SuggestionAdmin
from comparison.models import Comparison, FormerAddress, Suggestion
from comparison.publishing import drafts
from comparison.publishing.draft.draft_writing import clear
from tests import worlds
from tests.suggesting import SAID, rename, suggestion
from tests.tools import PAYLOAD, Page, publish, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tiny():
    """The tiny world as release 1."""
    return publish()


def test_publishing_and_the_draft_do_not_see_it():
    draft = worlds.draft()
    before = drafts.read_draft(draft).digest
    suggestion(criterion="speed", option="ada")
    assert drafts.read_draft(draft).digest == before
    assert Suggestion not in {
        relation.related_model for relation in Comparison._meta.related_objects
    }


def test_it_outlives_its_comparison(root):
    row = suggestion(criterion="speed", option="ada")
    draft = worlds.draft()
    clear(draft)
    draft.delete()
    assert Suggestion.objects.get() == row
    assert root.get(change(row)).status_code == 200
    lost = suggestion(comparison="never-was", criterion="speed", option="ada")
    assert root.get(change(lost)).status_code == 200


def member(group):
    user = User.objects.create_user(group or "zed", is_staff=True)
    user.groups.set(Group.objects.filter(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def root():
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


LIST = reverse("admin:comparison_suggestion_changelist")


def change(row):
    return reverse("admin:comparison_suggestion_change", args=[row.pk])


@pytest.mark.parametrize(
    ("group", "may"),
    [("Writer", {"view", "change"}), ("Editor", {"view", "change", "delete"}), ("", set())],
    ids=["writer", "editor", "no group"],
)
def test_who_may_what(group, may):
    row, client = suggestion(), member(group)
    held = [
        name for name in User.objects.get().get_all_permissions() if name.endswith("_suggestion")
    ]
    assert {name.removeprefix("comparison.").removesuffix("_suggestion") for name in held} == may
    assert client.get(LIST).status_code == (200 if "view" in may else 403)
    assert client.get(change(row)).status_code == (200 if "view" in may else 403)
    client.post(change(row), {"state": "declined", "remark": "Checked."})
    row.refresh_from_db()
    assert row.state == ("declined" if "change" in may else "new")
    client.post(reverse("admin:comparison_suggestion_delete", args=[row.pk]), {"post": "yes"})
    assert Suggestion.objects.exists() == ("delete" not in may)


def test_nobody_adds_or_rewords_one(root):
    row = suggestion()
    assert root.get(reverse("admin:comparison_suggestion_add")).status_code == 403
    root.post(
        change(row),
        {
            "state": "taken-up",
            "remark": "",
            "text": "Reworded by somebody.",
            "address": "https://evil.example/",
        },
    )
    row.refresh_from_db()
    assert (row.state, row.text, row.address) == ("taken-up", SAID["text"], "")


def test_the_list_is_newest_first_filtered_and_searched(root):
    old = suggestion(
        text="The older of the two.", sent_at=timezone.now() - timedelta(days=2), state="declined"
    )
    new = suggestion(text="The newer of the two.", criterion="speed", option="ada")
    suggestion(text="Of another comparison.", comparison="other")
    page = root.get(f"{LIST}?comparison=tiny").content.decode()
    assert page.index(change(new)) < page.index(change(old))
    assert "speed of ada" in page and "the whole comparison" in page
    assert "Of another" not in page
    assert change(new) not in root.get(f"{LIST}?state__exact=declined").content.decode()
    results = root.get(f"{LIST}?q=newer").content.decode()
    assert change(new) in results and change(old) not in results


@pytest.mark.parametrize(
    ("action", "state"), [("mark_taken_up", "taken-up"), ("mark_declined", "declined")]
)
def test_several_are_marked_at_once(action, state):
    rows = [suggestion(), suggestion(), suggestion()]
    editor = member("Editor")
    editor.post(LIST, {"action": action, "_selected_action": [row.pk for row in rows[:2]]})
    assert [s.state for s in Suggestion.objects.order_by("pk")] == [state, state, "new"]


def test_somebody_who_only_looks_has_no_actions():
    user = User.objects.create_user("vic", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_suggestion"))
    client = Client()
    client.force_login(user)
    row = suggestion()
    client.post(LIST, {"action": "mark_declined", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert row.state == "new"


def test_its_page_leads_to_the_cell_and_to_the_drafts_row(root):
    criterion = worlds.draft().criteria.get(slug="speed")
    row = suggestion(criterion="speed", option="ada")
    links = {e.get("href") for e in Page(root.get(change(row)).content.decode()).find("a")}
    assert {"/tiny/cell/speed/ada/", "/tiny/@1/cell/speed/ada/"} <= links
    assert reverse("admin:comparison_criterion_change", args=[criterion.pk]) in links
    rename()
    links = {e.get("href") for e in Page(root.get(change(row)).content.decode()).find("a")}
    assert reverse("admin:comparison_criterion_change", args=[criterion.pk]) in links
    whole = {e.get("href") for e in Page(root.get(change(suggestion())).content.decode()).find("a")}
    assert {"/tiny/", "/tiny/@1/"} <= whole


def test_hostile_text_is_text_in_the_admin(root):
    row = suggestion(
        text=PAYLOAD + " javascript:alert(1) https://evil.example/",
        contact=PAYLOAD,
        address="https://evil.example/\"'><b>",
    )
    for address in (LIST, change(row)):
        page = root.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    links = [
        e
        for e in Page(root.get(change(row)).content.decode()).find("a")
        if "evil" in e.get("href", "")
    ]
    assert [e["href"] for e in links] == [row.address]  # the one in the text is no link
    assert links[0]["rel"] == "noopener noreferrer nofollow"


def test_an_address_that_is_none_of_the_web_is_no_link():
    shown = SuggestionAdmin.source(None, Suggestion(address="javascript:alert(1)"))
    assert shown == "javascript:alert(1)"
    assert SuggestionAdmin.source(None, Suggestion()) == "–"


def test_the_comparisons_page_says_how_many_are_new(root):
    suggestion()
    suggestion(state="declined")
    suggestion(comparison="former")
    FormerAddress.objects.create(slug="former", successor="tiny")
    draft = worlds.draft()
    page = Page(
        root.get(reverse("admin:comparison_comparison_change", args=[draft.pk])).content.decode()
    )
    assert "Suggestions of readers (2 new)" in page.text
    (link,) = [e["href"] for e in page.find("a") if "/suggestion/?" in e.get("href", "")]
    assert "3 suggestions" in words_of(root.get(link).content.decode())


def test_the_list_asks_no_more_for_more_rows(root, django_assert_max_num_queries):
    for _ in range(40):
        suggestion(criterion="speed", option="ada")
    with django_assert_max_num_queries(10):
        root.get(LIST)


def test_the_page_of_the_list_holds_nothing_that_the_policy_blocks(root):
    for address in (LIST, change(suggestion())):
        assert not re.search(r"<[^>]*\s(style|on\w+)=", root.get(address).content.decode())
