"""new_comparison: from a table to a published page, what is said on the way and what is refused."""

import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from comparison.models import Cell, Claim, Comparison, Criterion, Group, Option
from comparison.publishing.draft.draft_writing import clear

pytestmark = pytest.mark.django_db

REAL = Path(__file__).parents[1] / "publishing" / "tables" / "real"
SMALL = "Feature;Alpha;Beta\nSync;yes;no\nMemory;512 MB;1 GB\nPrice;5 $;7 $\n"


@pytest.fixture
def made(tmp_path, capsys):
    """Return what the command says of a table's text."""

    def make(text, *flags, name="tools.csv", slug="tools"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        call_command("new_comparison", slug, "--from", str(file), *flags)
        return capsys.readouterr().out

    return make


def test_a_table_becomes_a_draft_and_all_that_was_guessed_is_said(made):
    said = made(SMALL, "--topic", "Tools")
    for words in (
        "The columns are the options",
        "Price: quantity, because its cells are numbers; in $, lower is better",
        "Memory: text, because",
        "tools: a draft of 2 options and 3 criteria",
        "Publishing still asks for:\n  title: is missing",
    ):
        assert words in said
    assert Cell.objects.filter(criterion__slug="sync", support="yes").count() == 1


def test_a_guess_can_be_corrected(made):
    made(
        SMALL.replace("1 GB", "1024 MB"),
        *("--kind", "memory=quantity", "--better", "memory=lower", "--kind", "price=left-out"),
        *("--importance", "sync=5", "--group", "sync=Sharing", "--unit", "memory=MB"),
    )
    memory = Criterion.objects.get(slug="memory")
    assert (memory.unit, memory.anchor_low, memory.anchor_high) == ("MB", 1024, 512)
    assert Criterion.objects.get(slug="sync").importance == 5
    assert set(Group.objects.values_list("name", flat=True)) == {"Sharing", "Criteria"}
    assert not Criterion.objects.filter(slug="price").exists()


def test_a_table_can_be_turned(made):
    made(SMALL, "--transpose")
    assert list(Option.objects.values_list("name", flat=True)) == ["Sync", "Memory", "Price"]


def test_checking_writes_nothing(made):
    assert "Nothing was written." in made(SMALL, "--check")
    assert not Comparison.objects.exists()


@pytest.mark.parametrize(
    ("text", "flags", "words"),
    [
        ("Feature;A;A\nSync;yes;no\n", (), 'tools.csv:1: the head "A" stands twice'),
        ("Feature;A;B\nSync;yes;no\n;x;y\n", (), "tools.csv:3: the row has no head"),
        ("%PDF-1.7", (), "tools.csv: is a PDF"),
        (SMALL, ("--kind", "synk=text"), 'no criterion is called "synk": did you mean sync?'),
        (SMALL, ("--kind", "sync=number"), "number is not one of support, quantity"),
        (SMALL, ("--importance", "sync=6"), "6 is not a number from 0 to 5"),
        (SMALL, ("--importance", "sync=2.55"), "2.55 is not a number from 0 to 5 with one decimal"),
        (SMALL, ("--importance", "sync=nan"), "nan is not a number from 0 to 5"),
        (SMALL, ("--source-url", "javascript:alert(1)"), "has to begin with http:// or https://"),
        (
            SMALL.replace(" $", ""),
            ("--kind", "price=quantity"),
            "csv:4: .* no unit is written",
        ),
        (SMALL, ("--sheet", "9"), 'has no table called "9"'),
    ],
    ids=[
        *("doubled head", "no head", "no table", "unknown row", "kind", "importance"),
        *("finer importance", "no importance", "no address", "no unit", "sheet"),
    ],
)
def test_what_cannot_be_taken_is_refused_whole(made, text, flags, words):
    with pytest.raises(CommandError, match=words.replace("(", r"\(")):
        made(text, *flags)
    assert not Comparison.objects.exists()


@pytest.mark.parametrize("slug", ["tools", "admin"])
def test_a_slug_that_is_taken_is_refused_and_what_is_there_stays(made, slug):
    made(SMALL)
    with pytest.raises(CommandError, match="choose another slug"):
        made(SMALL.replace("yes", "no"), slug=slug)
    assert Cell.objects.filter(support="yes").count() == 1


def test_the_slug_of_what_readers_know_is_not_to_be_had(made):
    made(SMALL, "--title", "Which?", "--topic", "Tools")
    call_command("publish", "tools")
    draft = Comparison.objects.get()
    clear(draft)
    draft.delete()
    with pytest.raises(CommandError, match="Readers know another comparison"):
        made(SMALL)


@pytest.mark.parametrize(
    ("file", "options", "criteria", "claims"),
    [
        ("nostr-clients.csv", 29, 46, 24),
        ("hash-functions.md", 17, 5, 2),
        ("open-llms.md", 47, 6, 161),
        ("coding-agents.md", 22, 9, 0),
        ("chat-history-storage.md", 5, 6, 0),
    ],
)
def test_a_real_table_is_published_by_one_command_and_one_publish(
    file, options, criteria, claims, client, capsys
):
    flags = ("--title", "Which one?", "--topic", "Tools", "--source-url", "https://example.org/")
    call_command("new_comparison", "real", "--from", str(REAL / file), *flags)
    assert "Nothing keeps it from being published." in capsys.readouterr().out
    counted = Option.objects.count(), Criterion.objects.count(), Claim.objects.count()
    assert counted == (options, criteria, claims)
    call_command("publish", "real")
    page = client.get("/real/")
    assert page.status_code == 200
    assert Option.objects.last().name in page.content.decode()


def test_the_site_adds_up_to_the_totals_of_a_weighted_table(client):
    """5 marks out of 5 are 10 points, so that its totals, here 3.95 to 4.55, are half of ours."""
    flags = ("--title", "Which store?", "--topic", "Stores")
    call_command("new_comparison", "real", "--from", str(REAL / "chat-history-storage.md"), *flags)
    call_command("publish", "real")
    decision = client.get("/real/-/data.json").json()
    totals = {"memorystore": 4.55, "bigtable": 4.4, "gcs": 3.95, "upstash": 3.75, "firestore": 3.65}
    ranking = [(one["option"], one["score"]) for one in decision["decision"]["ranked"]]
    assert ranking == [(name, pytest.approx(2 * total)) for name, total in totals.items()]


def test_forty_seven_options_and_thirty_one_criteria_are_a_draft_in_five_seconds(made):
    head = ";".join(["Feature", *(f"Option {n}" for n in range(47))])
    cells = ("yes", "no[1]", "12 ms", "planned", "?", "$5/mo", "words and more")
    lines = [";".join([f"Line {n}", *(cells[(n + m) % 7] for m in range(47))]) for n in range(31)]
    begun = time.perf_counter()
    made("\n".join([head, *lines]))
    assert time.perf_counter() - begun < 5
    assert Criterion.objects.count() == 31
