"""What keeps a comparison from being published is said of files, of drafts and on publishing alike;
old releases stay.
"""

from datetime import date
from typing import get_args

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from comparison.core.document.places import places
from comparison.core.document.schema import Document, Quantity
from comparison.core.document.validation import problems
from comparison.models import Figure, Option, Prose
from comparison.publishing import drafts, publish, releases
from comparison.publishing.content_files.content_export import export_folder
from comparison.publishing.content_files.content_import import BrokenContent, read_folder
from comparison.publishing.inspection import inspect, listed
from tests import worlds

RIGHT_TO_LEFT = "\u202e"


def messages_of(tree):
    return [str(problem) for problem in inspect(tree).problems]


# --- numbers and their spelling -------------------------------------------------------------------

QUANTITIES = [
    place.path
    for place in places(Document, worlds.full_tree())
    if place.expected is Quantity and place.value.get("form") != "verbal"
]


def test_every_kind_of_row_with_a_number_is_among_those_tried():
    kinds = {tuple(step for step in path if isinstance(step, str)) for path in QUANTITIES}
    assert {path[0] for path in kinds} == {
        "criteria", "sources", "runs", "derived_figures", "costs", "migrations", "stories",
        "popularity",
    }  # fmt: skip


@pytest.mark.parametrize("path", QUANTITIES, ids=lambda path: " ".join(map(str, path)))
def test_a_number_that_is_not_in_its_spelling_is_a_problem_wherever_it_stands(path):
    tree = worlds.full_tree()
    here = tree
    for step in path:
        here = here[step]
    here["spelling"] = "14,999"
    violations = [
        problem for problem in inspect(tree).problems if problem.path[: len(path)] == path
    ]
    assert violations
    assert "14,999" in violations[0].message


@pytest.mark.django_db
def test_a_figure_that_is_drawn_elsewhere_than_it_is_spelled_cannot_be_published_from_file_or_draft(
    tmp_path,
):
    draft = worlds.draft()
    Figure.objects.filter(quantity_spelling="1,000").update(quantity_spelling="14,999")
    (draft_problem,) = drafts.read_draft(draft).problems
    assert str(draft_problem.problem).startswith("runs › first-walk › figures › ")
    assert (
        "1,000 is not what the spelling says, which is 14,999: mend the one that is wrong"
        in str(draft_problem.problem)
    )
    assert isinstance(draft_problem.row, Figure)
    with pytest.raises(drafts.Unpublishable, match="14,999"):
        publish.publish(draft, "eve", "Now.")
    folder = export_folder(worlds.tiny(), tmp_path)
    figures = folder / "figures.yaml"
    figures.write_text(figures.read_text().replace("spelling: 1,000", "spelling: 14,999"))
    with pytest.raises(
        BrokenContent,
        match=r"tiny/figures\.yaml:\d+: .*1,000 is not what the spelling says, which is 14,999",
    ):
        read_folder(folder)


# --- what was published before stays readable -----------------------------------------------------


def old_tree():
    """Return a tree that could be published before these rules, with a fault of each kind."""
    tree = worlds.tiny_tree(title=f"Ada{RIGHT_TO_LEFT} or Bob?", prose={"matrx": "Never shown."})
    tree["runs"][0]["figures"][0]["quantity"]["spelling"] = "14,999"
    tree["sources"][0]["read_on"] = "2099-01-01"
    tree["criteria"][0]["name"] = "Sp\ue000eed"
    return tree


@pytest.mark.django_db
def test_a_release_of_former_days_is_read_and_shown_as_ever(client):
    publish.append(Document.model_validate(old_tree()), "eve", "Before the rules.")
    releases.memory.forget()
    assert len(inspect(old_tree()).problems) == 5
    assert client.get("/tiny/").status_code == 200
    assert client.get("/tiny/@1/").status_code == 200


# --- days -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "is_refused"),
    [
        ("2026-11-20", False),
        ("2026-11-21", False),
        ("2026-11-22", True),
        ("2099", True),
        ("2026-12", True),
        ("2026", False),
    ],
)
def test_nothing_was_read_or_published_on_a_day_to_come(day, is_refused):
    tree = worlds.tiny_tree()
    tree["sources"][0]["published"] = day
    tree["sources"][0]["read_on"] = day if len(day) == 10 else "2026-11-20"
    violations = problems(tree, today=date(2026, 11, 20))
    places_named = [str(problem) for problem in violations]
    assert bool(violations) is is_refused, places_named
    assert all(f"{day} is in the future: today is 2026-11-20" in words for words in places_named)


NO_DAYS = (
    "0", "86400", "1700000000", "-1", "2024-01-05T00:00:00", "2024-01-05 00:00", "20240105",
    "2024-1-5", "05.01.2024",
    "yesterday", "2024-02-30", "2024-13-01", "0024-01-05", "٢٠٢٤-٠١-٠٥", "２０２４-01-05",
    "2024-W01-1", "", " ",
)  # fmt: skip


@pytest.mark.parametrize("day", NO_DAYS)
def test_what_is_no_day_is_said_once_for_each_place_with_what_to_write(day):
    tree = worlds.tiny_tree()
    tree["sources"][0] |= {"published": day, "read_on": day}
    messages = messages_of(tree)
    assert len(messages) == 2, messages
    assert all(f"{day.strip()} is not a date: write 20".lstrip() in words for words in messages)


@pytest.mark.parametrize(
    "day", ["2024-13", "2024-00", "0000", "0024-01", "24", "20244", "Undated", "2024-1"]
)
def test_a_month_or_a_year_is_one_of_the_calendar(day):
    tree = worlds.tiny_tree()
    tree["sources"][0]["published"] = day
    assert [words.partition(": ")[2].partition(":")[0] for words in messages_of(tree)] == [
        f"{day} is not a date"
    ]


@pytest.mark.parametrize("day", ["undated", "2024", "2024-12", "2024-02-29", " 2024-01 "])
def test_a_month_a_year_or_undated_will_do_where_a_source_says_no_more(day):
    tree = worlds.tiny_tree()
    tree["sources"][0]["published"] = day
    assert messages_of(tree) == []


# --- characters that nobody sees ------------------------------------------------------------------

UNSEEN = {
    "override": "\u202e", "embedding": "\u202a", (
        "end of "
        "embedding"
    ): "\u202c", "isolate": "\u2066", "end of isolate": "\u2069",
    (
        "zero width "
        "space"
    ): "\u200b", "word joiner": "\u2060", "invisible times": "\u2062", "byte-order mark": "\ufeff",
    "tag": "\U000e0041", "cancel tag": "\U000e007f", (
        "blank "
        "letter"
    ): "\u3164", "annotation": "\ufff9", "private use": "\ue000",
    "private plane": "\U000f0000", "no character": "\ufdd0", "no character at the end": "\uffff",
    "selectors in a row": "x\ufe0f\ufe0f", "hidden selectors": "x\U000e0150\U000e0151",
    "selector of nothing": " \ufe0f",
}  # fmt: skip


@pytest.mark.parametrize("text", UNSEEN.values(), ids=list(UNSEEN))
def test_a_character_that_nobody_sees_is_refused_in_every_text(text):
    tree = worlds.full_tree(title=f"To{text}day", prose={"matrix": f"One\ntwo{text}three"})
    tree["options"][0]["name"] = f"Swift{text}er"
    tree["sources"][0]["claims"][0]["place"] = f"Line{text}1"
    assert (
        len([words for words in messages_of(tree) if "U+" in words and "delete it" in words]) == 4
    )


SEEN = {
    (
        "Hebrew with a "
        "mark"
    ): "עברית\u200f (a)", (
        "mark to the "
        "left"
    ): "a\u200eb", "Persian": "می\u200cخواهم", "Hindi": "क्\u200dष",
    "family": "👨\u200d👩\u200d👧", "heart": "❤\ufe0f",
    "England": "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "soft hyphen": "Donau\u00addampf", "no-break space": "5\u00a0ms", "thin space": "5\u202f000",
    "ideograph": "葛\U000e0100城",
    "keycap": "1\ufe0f\u20e3", "accents": "e\u0301", "new emoji": "🫩",
}  # fmt: skip


@pytest.mark.parametrize("text", SEEN.values(), ids=list(SEEN))
def test_what_languages_and_emoji_need_is_taken(text):
    assert messages_of(worlds.tiny_tree(title=text, prose={"matrix": text})) == []


def test_a_text_that_shows_nothing_is_no_text():
    assert messages_of(worlds.tiny_tree(title="\u200d\u200e")) == [
        "title: shows nothing: leave it out when nothing is known"
    ]


def test_a_message_spells_out_what_cannot_be_printed():
    words = messages_of(worlds.tiny_tree(**{f"ti{RIGHT_TO_LEFT}tle\x1b": "x", "title": "\ud800"}))
    assert all(line.isprintable() for line in words), words


@pytest.mark.django_db
def test_a_change_note_hides_nothing():
    with pytest.raises(
        drafts.Unpublishable, match=r"The change note holds an invisible character, U\+202E"
    ):
        publish.publish(worlds.draft(), "eve", f"Now{RIGHT_TO_LEFT}.")
    assert (
        publish.publish(
            worlds.draft(worlds.tiny_tree(slug="other")), "eve", "One.\r\n\r\n\tTwo."
        ).number
        == 1
    )


# --- prose, bombs ---------------------------------------------------------------------------------


def test_prose_that_no_page_shows_is_refused_with_what_may_have_been_meant():
    assert messages_of(worlds.tiny_tree(prose={"matrx": "x"})) == [
        "prose › matrx: no page shows it: did you mean matrix? There are matrix, use-cases, figures"
    ]


@pytest.mark.django_db
def test_a_bomb_of_markdown_is_refused_by_the_check_as_by_publishing(tmp_path):
    bomb = "> " * 5000 + "x"
    folder = export_folder(worlds.tiny(prose={"matrix": bomb}), tmp_path)
    with pytest.raises(
        CommandError, match=r"tiny/matrix\.md:1: prose › matrix: .*nested too deeply"
    ):
        call_command("import_content", folder, check=True)
    draft = worlds.draft()
    Prose.objects.update(body=bomb)
    assert [str(problem.problem) for problem in drafts.read_draft(draft).problems] == [
        "prose › matrix: Lists or quotations are nested too deeply."
    ]


def test_a_column_holds_whatever_the_schema_takes():
    short = []
    for model in apps.get_app_config("comparison").get_models():
        columns = {
            column.name: getattr(column, "max_length", None) for column in model._meta.fields
        }
        for name, field in getattr(getattr(model, "node", None), "model_fields", {}).items():
            parts = [
                field,
                *(part for part in get_args(field.annotation) if hasattr(part, "__metadata__")),
            ]
            marks = [
                mark
                for part in parts
                for mark in getattr(part, "metadata", getattr(part, "__metadata__", ()))
            ]
            marks = [mark for some in marks for mark in getattr(some, "metadata", [some])]
            most = min(
                (mark.max_length for mark in marks if getattr(mark, "max_length", None)), default=0
            )
            if columns.get(name) and columns[name] < most:
                short.append(f"{model.__name__}.{name}")
    assert short == []


# --- causes first ---------------------------------------------------------------------------------


def test_a_missing_list_is_one_problem_and_not_one_for_each_of_its_names():
    tree = worlds.full_tree()
    del tree["options"]
    assert messages_of(tree) == ["options: is missing"]


def test_a_missing_list_that_may_be_missing_is_said_once_with_what_names_it():
    tree = worlds.full_tree()
    del tree["workloads"]
    (words,) = messages_of(tree)
    assert words.startswith("runs › ")
    assert "among the workloads: there are none at all, and" in words or len(tree["runs"]) == 1


def test_what_follows_from_a_doubled_slug_comes_after_it():
    tree = worlds.tiny_tree()
    tree["options"][1]["slug"] = "ada"
    words = messages_of(tree)
    assert words[0] == 'options › ada › slug: "ada" stands 2 times: a slug names one thing'
    assert all('there is no "bob"' in line for line in words[1:])
    assert len(words) > 3


def test_fifty_lines_are_the_most():
    assert listed(["x"] * 50) == ["x"] * 50
    assert listed(["x"] * 1051) == ["x"] * 49 + ["... and 1,002 more"]


@pytest.mark.django_db
def test_publishing_by_command_lists_fifty_lines_at_most():
    worlds.draft()
    Option.objects.bulk_create(
        Option(comparison_id=Option.objects.first().comparison_id, slug=f"o{number}")
        for number in range(60)
    )
    with pytest.raises(CommandError) as refused:
        call_command("publish", "tiny")
    lines = str(refused.value).splitlines()
    assert len(lines) == 50
    assert lines[-1] == "... and 12 more"


@pytest.mark.django_db
def test_the_publish_page_shows_fifty_problems_and_how_many_there_are(admin_client):
    comparison = worlds.draft()
    Option.objects.bulk_create(
        Option(comparison=comparison, slug=f"o{number}") for number in range(60)
    )
    page = admin_client.get(
        f"/admin/comparison/comparison/{comparison.pk}/publish/"
    ).content.decode()
    module = page.partition('id="problems"')[2].partition("</div>")[0]
    assert "60 problems" in module
    assert module.count("<li>") == 50
    assert "and 10 more" in module
