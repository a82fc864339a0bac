"""Wrong content files, one fault each: refused with file, line and what to do; nothing of a text is
ever lost in silence.
"""

import pytest
from django.core.management import CommandError, call_command

from comparison.core.document.schema import Document
from comparison.models import Comparison
from comparison.publishing.content_files.content_export import export_folder
from comparison.publishing.content_files.content_import import (
    BrokenContent,
    import_folder,
    read_folder,
)
from comparison.publishing.publish import publish
from tests import worlds


@pytest.fixture
def folder(tmp_path):
    """The tiny world as a folder of content files."""
    return export_folder(worlds.tiny(), tmp_path)


def refusal(folder):
    with pytest.raises(BrokenContent) as refused:
        read_folder(folder)
    return [str(problem) for problem in refused.value.problems]


def write(folder, name, before, after):
    """Replace a text in a file, and return the line where it stands."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8", newline="")
    return text[: text.index(before)].count("\n") + 1


# --- a part of a text that YAML would leave out ---------------------------------------------------

COMMENT = "what follows # is a comment and would be lost: put the whole text in quotes"
CUT = {
    "issue": ("line: Fixed in issue #1284, since 4.2", 0),
    "end": ("line: Works with C # and F #", 0),
    "two spaces": ("line: The cheap one.  # as they say", 0),
    "tab": ("line: The cheap one.\t# so", 0),
    "whole text": ("line: #1284 is fixed", 0),
    "second line": ("line: The cheap\n      one #1\n      of all.", 1),
    "last line": ("line: The cheap\n      one #1", 1),
    "quoted, no space": ("line: 'The cheap one'#1", 0),
    "key": ("line #1: The cheap one.", 0),
    "number": ("line: The cheap one.\n    parts: [] \n    slug2: 1 # x", 2),
}


@pytest.mark.parametrize(("text", "after"), CUT.values(), ids=list(CUT))
def test_a_text_that_a_comment_would_cut_is_refused_with_its_line(folder, text, after):
    line = write(folder, "options.yaml", "line: The cheap one.", text)
    assert [
        words
        for words in refusal(folder)
        if words.startswith(f"tiny/options.yaml:{line + after}: {COMMENT}")
    ], refusal(folder)


@pytest.mark.parametrize(
    "text",
    [
        "{slug: bob, name: Bob, line: The cheap #1\n  }",
        "{slug: bob, name: Bob #1\n  , line: The cheap one.}",
    ],
    ids=["last", "first"],
)
def test_a_text_in_braces_is_not_cut_either(folder, text):
    line = write(folder, "options.yaml", "slug: bob\n    name: Bob\n    line: The cheap one.", text)
    assert refusal(folder)[0].startswith(f"tiny/options.yaml:{line}: {COMMENT}")


def test_every_cut_text_of_a_file_is_named_at_once(folder):
    text = (folder / "options.yaml").read_text().replace("one.\n", "one #1\n")
    (folder / "options.yaml").write_text(text)
    assert len([words for words in refusal(folder) if COMMENT in words]) == 3


def test_what_stands_in_quotes_or_in_a_block_is_kept_whole_and_comments_elsewhere_are_comments(
    folder,
):
    (folder / "options.yaml").write_text(
        "# Issue #1 is a comment here\n"
        "options: # and here\n"
        "  # and here\n"
        "  - slug: ada\n"
        "    name: 'C # and F #' # behind a quoted text too\n"
        "    line: |- # and here\n"
        "      Fixed in issue #1284, since 4.2\n"
        '  - {slug: bob, name: C#, line: "See #77"} # and here\n'
        "  - slug: cyd\n    name: a#b\n    line: >\n      One # two\n"
        "components: [{slug: addon, name: Add-on}] # and here\n"
    )
    names = [(option.name, option.line) for option in read_folder(folder).options]
    assert names == [
        ("C # and F #", "Fixed in issue #1284, since 4.2"),
        ("C#", "See #77"),
        ("a#b", "One # two"),
    ]


def test_the_folder_of_the_report_is_refused_with_three_lines(tmp_path):
    folder = export_folder(worlds.tiny(), tmp_path)
    for before, after in (
        ("text: speed of ada", "text: Fixed in issue #1284, since 4.2"),
        ("note: Measured by eye.", "note: See ticket #77 for the reason."),
        ("text: speed of bob", "text: Works with C # and F #"),
    ):
        write(folder, "criteria.yaml", before, after)
    lines = refusal(folder)
    assert [words.split(":")[0] for words in lines] == ["tiny/criteria.yaml"] * 3
    assert all(COMMENT in words for words in lines)


# --- what YAML cannot read ------------------------------------------------------------------------

UNREADABLE = {
    "colon": ("line: Bob: cheap", 0, (
        "a colon and a space has to stand in quotes, like 'Built in: "
        "yes'"
    )),
    "colon at the end": ("line: Cheap:", 0, "a colon and a space has to stand in quotes"),
    "quote left open": ("line: 'The cheap one", 0, "a quote that is opened here is never closed"),
    "double quote left open": ('line: "The cheap one', 0, (
        "a quote that is opened here is never "
        "closed"
    )),
    "quote within": ("line: 'It's cheap'", 0, "double a quote within it, like 'It''s'"),
    "text behind a quote": ('line: "Cheap" and good', 0, (
        "text goes on after a closing quote or "
        "bracket"
    )),
    "text behind a bracket": ("line: [beta] works", 0, (
        "text goes on after a closing quote or "
        "bracket"
    )),
    "bracket left open": ("line: [beta", 0, "a bracket that is opened here is never closed"),
    "per cent": ("line: %5 cheaper", 0, "a text cannot begin with %: put it in quotes"),
    "at": ("line: @scope/pkg", 0, "a text cannot begin with @: put it in quotes"),
    "back-tick": ("line: `code`", 0, "a text cannot begin with `: put it in quotes"),
    "closing bracket": ("line: ] x", 0, "a text cannot begin with ]: put it in quotes"),
    "comma": ("line: , x", 0, "a text cannot begin with ,: put it in quotes"),
    "star": ("line: * cheap", 0, "a text cannot begin with * or &: put it in quotes"),
    "alias": ("line: *cheap", 0, "put a text with & or * in quotes"),
    "anchor": ("line: &cheap one", 0, "put a text with & or * in quotes"),
    "exclamation mark": ("line: ! cheap", 0, "put a text that begins with ! in quotes"),
    "tag": ("line: !cheap one", 0, "put a text that begins with ! in quotes"),
    "greater": ("line: > 5 ms", 0, "a text cannot begin with > or |: put it in quotes"),
    "greater, no space": ("line: >50 ms", 0, "a text cannot begin with > or |: put it in quotes"),
    "bar": ("line: |x|", 0, "a text cannot begin with > or |: put it in quotes"),
    "hyphen": ("line: - cheap", 0, "a text cannot begin with - and a space: put it in quotes"),
    "question mark": ("line: ? cheap", 0, (
        "a text cannot begin with ? and a space: put it in "
        "quotes"
    )),
    "no space": ("line:The cheap one.", 0, "a space is missing after the colon"),
    "no key": ("line: The cheap one.\n    and good", 1, "a line without a key"),
    "indented too far": ("line: The cheap one.\n      note: x", 1, (
        "does not line up with those above "
        "it"
    )),
    "indented too little": ("line: The cheap one.\n   note: x", 1, (
        "does not line up with those above "
        "it"
    )),
    "backslash": (r'line: "C:\path"', 0, "use single quotes"),
    "tab behind the colon": ("line:\tThe cheap one.", 0, "a tab stands in the line: use a space"),
    "tab in the text": ("line: The cheap\tone.", 0, "a tab stands in the line: use a space"),
    "tab before": ("\tline: The cheap one.", 0, "a tab cannot indent: use spaces"),
    "override": ("line: The \u202echeap one.", 0, (
        'U+202E RIGHT-TO-LEFT OVERRIDE, after "The": delete '
        'it'
    )),
    "override escaped": (r'line: "The \u202echeap one."', 0, "U+202E RIGHT-TO-LEFT OVERRIDE"),
    "override in a comment": ((
        "# \u202e\n    line: The cheap "
        "one."
    ), 0, "U+202E RIGHT-TO-LEFT OVERRIDE"),
    "half a character": (r'line: "The \ud800 one."', 0, "half a character"),
    "private use": ("line: The \ue000 one.", 0, "a character of private use, U+E000"),
    "next line": ("line: The cheap\x85one.", 0, "a control character, U+0085"),
    "line separator": ("line: The cheap\u2028one.", 0, "a control character, U+2028"),
    "second byte-order mark": ("line: \ufeffThe cheap one.", 0, "U+FEFF"),
    "doubled key, one quoted": ((
        "line: The cheap one.\n    'line': "
        "Cheap."
    ), 1, '"line" stands twice here'),
    "empty block": ("line: >5", 0, "is empty: leave the key out"),
    "document behind the end": ((
        "line: The cheap one.\n...\na: "
        "b"
    ), 2, "holds more than one document"),
    "list": ("line: [cheap, good]", 0, "is not a text"),
    "number of seconds for a day": ((
        "line: The cheap one.\n    read_on: "
        "0"
    ), 1, "is not a known key"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "after", "words"), UNREADABLE.values(), ids=list(UNREADABLE))
def test_what_cannot_be_read_is_named_with_its_line_and_what_to_do(folder, text, after, words):
    line = write(folder, "options.yaml", "line: The cheap one.", text)
    lines = refusal(folder)
    assert [
        problem
        for problem in lines
        if problem.startswith(f"tiny/options.yaml:{line + after}: ") and words in problem
    ], lines


def test_the_parsers_own_words_never_stand_alone():
    from comparison.publishing.content_files.yaml_faults import MEANINGS, UNKNOWN

    assert all(len(meaning.split()) > 8 for _, meaning in MEANINGS if "{}" not in meaning)
    assert UNKNOWN.endswith("colon, space, quote or indentation")


def test_a_file_of_too_many_lines_or_values_is_refused(folder, monkeypatch):
    (folder / "options.yaml").write_text("options:\n" + "- \n" * 60_000)
    assert refusal(folder)[0].startswith("tiny/options.yaml:60000: has more than 60,000 lines")
    monkeypatch.setattr("comparison.publishing.content_files.yaml_text.MOST_VALUES", 100)
    (folder / "options.yaml").write_text("options: [" + "x, " * 1_000 + "x]\n")
    assert [
        words
        for words in refusal(folder)
        if words.startswith("tiny/options.yaml:1: holds more than 100 values")
    ]


# --- files and folders that are none --------------------------------------------------------------

NAMES = {
    "criterions.yaml": "did you mean criteria.yaml?",
    "citeria.yaml": "did you mean criteria.yaml?",
    "Tree.yaml": "did you mean tree.yaml?",
    "costs.yml": "did you mean costs.yaml?",
    "use_cases.yaml": "did you mean use-cases.yaml?",
    "points.yaml.bak": "did you mean points.yaml?",
    "matrix.txt": "did you mean matrix.md?",
    "sources/third.yml": "did you mean sources/third.yaml?",
    "sources/deep/third.yaml": "did you mean sources/third.yaml?",
    "source/third.yaml": "did you mean sources/?",
    "sample/main.py": "did you mean samples/?",
    "notes.txt": "see content/README.md for the names",
    "LICENSE": "see content/README.md for the names",
    "drafts/one.yaml": "see content/README.md for the names",
    "matrx.md": "no page shows it: did you mean matrix? There are matrix, use-cases, figures",
    "README.md": "no page shows it: There are matrix, use-cases, figures",
    "figure.md": "no page shows it: did you mean figures?",
}


@pytest.mark.parametrize(("name", "words"), NAMES.items(), ids=list(NAMES))
def test_a_file_that_no_page_shows_is_refused_with_the_name_that_was_meant(folder, name, words):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("title: x\n")
    (line,) = [problem for problem in refusal(folder) if words in problem]
    assert line.startswith(
        f"tiny/{name}"
        if "/" not in name or name.startswith("sources")
        else f"tiny/{name.split('/')[0]}/"
    )


def test_an_unknown_folder_is_one_problem_however_much_is_in_it(folder):
    (folder / "source").mkdir()
    for number in range(30):
        (folder / "source" / f"s{number}.yaml").write_text("title: x\n")
    assert len(refusal(folder)) == 1


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store",
        "options.yaml~",
        "#options.yaml#",
        ".options.yaml.swp",
        "Thumbs.db",
        "desktop.ini",
        ".git/config",
    ],
)
def test_what_programs_leave_behind_is_passed_over(folder, name):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"\x00\xff")
    assert read_folder(folder) == worlds.tiny()


# --- causes first, fifty lines at most ------------------------------------------------------------


@pytest.mark.parametrize("name", ["options.yaml", "criteria.yaml"])
def test_a_missing_file_is_one_cause(folder, name):
    (folder / name).unlink()
    first, *others = refusal(folder)
    assert first.startswith(f"tiny/{name}: ")
    assert first.endswith(": is missing")
    assert len(others) <= 1


def test_a_misnamed_source_comes_before_the_names_that_miss_it(folder):
    (folder / "sources" / "first.yaml").rename(folder / "sources" / "first.yml")
    lines = refusal(folder)
    assert lines[0].startswith(
        "tiny/sources/first.yml: is not a file of a comparison: did you mean sources/first.yaml?"
    )
    assert all('there is no "first" among the sources' in words for words in lines[1:])
    assert len(lines) > 1


def test_a_doubled_slug_comes_before_what_follows_from_it(folder):
    line = write(folder, "options.yaml", "slug: bob", "slug: ada")
    lines = refusal(folder)
    assert lines[0] == (
        f'tiny/options.yaml:{line}: options › ada › slug: "ada" stands 2 times: a slug '
        "names one thing"
    )
    assert all('there is no "bob"' in words for words in lines[1:])


def test_check_shows_fifty_lines_at_most_and_how_many_there_are(folder, tmp_path):
    (folder / "popularity.yaml").write_text(
        "popularity:\n" + "".join(f"  - slug: p{number}\n" for number in range(3000))
    )
    with pytest.raises(CommandError) as refused:
        call_command("import_content", folder, check=True)
    lines = str(refused.value).splitlines()
    assert len(lines) == 50
    assert lines[-2:] == ["... and 17,952 more", "Nothing of these folders was imported."]


# --- what is checked can be published -------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("tree", [worlds.tiny_tree, worlds.full_tree], ids=["tiny", "full"])
def test_what_the_check_accepts_is_imported_and_published(tree, tmp_path):
    folder = export_folder(Document.model_validate(tree()), tmp_path)
    call_command("import_content", folder, check=True)
    assert publish(import_folder(folder), "eve", "First.").number == 1
    assert Comparison.objects.count() == 1
