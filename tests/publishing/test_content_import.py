"""Folders of content: read whole or refused whole with file and line, and written so that the same
bytes come back.
"""

import shutil
import textwrap
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

pytest.importorskip("hypothesis", reason="the laws need the packages of requirements-dev.txt")

from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from comparison.core.document.schema import Document, plain
from comparison.core.spelling.characters import hidden_in
from comparison.models import Comparison, Release
from comparison.publishing import drafts, publish, releases
from comparison.publishing.content_export import export_folder, files_of
from comparison.publishing.content_import import LINK, BrokenContent, import_folder, read_folder
from comparison.publishing.draft_rows import tree_of
from tests import worlds
from tests.effort import effort

WORLDS = {
    "tiny": worlds.tiny_tree,
    "full": worlds.full_tree,
    "5 by 20": lambda: worlds.large_tree(5, 20, claims_per_cell=1),
}


@pytest.fixture
def folder(tmp_path):
    """The tiny world as a folder of content files."""
    return export_folder(worlds.tiny(), tmp_path)


def spoil(folder, name, before, after):
    """Replace a text that stands in a file, and return the line where it stood."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8", newline="")
    return text[: text.index(before)].count("\n") + 1


def refusal(folder):
    with pytest.raises(BrokenContent) as refused:
        read_folder(folder)
    return [str(problem) for problem in refused.value.problems]


def count_rows():
    return {
        model.__name__: model._default_manager.count()
        for model in apps.get_app_config("comparison").get_models()
    }


def bytes_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


# --- there and back -------------------------------------------------------------------------------


@pytest.mark.parametrize("tree", WORLDS.values(), ids=list(WORLDS))
def test_what_is_written_is_read_back(tree, tmp_path):
    document = Document.model_validate(tree())
    assert read_folder(export_folder(document, tmp_path)) == document


@pytest.mark.django_db
@pytest.mark.parametrize("tree", WORLDS.values(), ids=list(WORLDS))
def test_import_publish_and_export_give_the_same_bytes(tree, tmp_path):
    before = export_folder(Document.model_validate(tree()), tmp_path / "before")
    release = publish.publish(import_folder(before), "eve", "First.")
    after = export_folder(releases.published(release).document, tmp_path / "after")
    assert bytes_of(after) == bytes_of(before)


def belongs(name, files):
    """Say whether a file on disk is part of the document. Beside the samples stand their tests and
    what they need.
    """
    return not name.startswith("samples/") or name in files


def test_the_sites_own_content_is_written_as_export_writes_it():
    for folder in sorted(path for path in settings.CONTENT_DIR.iterdir() if path.is_dir()):
        files = files_of(worlds.content(folder.name))
        assert files == {
            name: body.decode() for name, body in bytes_of(folder).items() if belongs(name, files)
        }


@pytest.mark.django_db
def test_the_sites_own_content_comes_back_through_the_database(tmp_path):
    for folder in sorted(path for path in settings.CONTENT_DIR.iterdir() if path.is_dir()):
        draft = import_folder(folder)
        assert drafts.read_draft(draft).problems == ()
        document = drafts.read_draft(draft).document
        files = {name: text.encode() for name, text in files_of(document).items()}
        assert files == {
            name: body for name, body in bytes_of(folder).items() if belongs(name, files)
        }


@pytest.mark.django_db
def test_thirty_options_by_a_hundred_and_twenty_criteria_go_both_ways_in_seconds(tmp_path):
    document = Document.model_validate(worlds.large_tree(30, 120))

    def there_and_back() -> None:
        draft = import_folder(export_folder(document, tmp_path))
        assert drafts.read_draft(draft).document == document

    assert effort(there_and_back) < 600


def test_the_same_document_always_gives_the_same_files():
    assert files_of(worlds.full()) == files_of(worlds.full())
    assert list(files_of(worlds.full())) == list(files_of(worlds.full()))


def test_files_end_in_one_line_end_and_carry_no_blanks_behind():
    for name, text in files_of(worlds.full(summary="word " * 300)).items():
        assert text.endswith("\n"), name
        assert not text.endswith("\n\n"), name
        assert "\r" not in text
        assert not [line for line in text.splitlines() if line != line.rstrip()]
        assert max(map(len, text.splitlines())) <= 130


def test_one_file_for_each_source():
    assert {name for name in files_of(worlds.full()) if name.startswith("sources/")} == {
        "sources/agency.yaml",
        "sources/vendor.yaml",
    }


def test_export_replaces_the_folder_whole_and_keeps_its_samples(folder):
    (folder / "old.md").write_text("Gone soon.")
    (folder / "samples" / "hello").mkdir(parents=True)
    (folder / "samples" / "hello" / "main.py").write_text("print('hello')\n")
    export_folder(worlds.tiny(prose={}), folder.parent)
    assert not (folder / "old.md").exists()
    assert not (folder / "matrix.md").exists()
    assert (folder / "samples" / "hello" / "main.py").read_text() == "print('hello')\n"
    assert [path.name for path in folder.parent.iterdir()] == ["tiny"]


def test_an_export_that_fails_leaves_the_old_folder(folder, monkeypatch):
    before = bytes_of(folder)
    monkeypatch.setattr(
        "comparison.publishing.content_export.files_of",
        lambda document: {"a.md": "a", "a.md/b.md": "b"},
    )
    with pytest.raises(OSError):
        export_folder(worlds.tiny(), folder.parent)
    assert bytes_of(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["tiny"]


AWKWARD = [
    "no", "Yes", "null", "~", "1.10", "1:30", "0x1F", "2026-11-20", "1e3", ".inf", "- a", "a: b", "a #b", "#a", "'a'", '"a"',
    "&a", "*a", "!a", "|", ">", "%a", "@a", "`a", "{a}", "[a]", "?", ":", "-", "---", "...", "a\\b", "=", "<<", "🙂", "é", "ａ",
]  # fmt: skip


@pytest.mark.parametrize("text", AWKWARD)
def test_a_text_that_looks_like_something_else_stays_a_text(text, tmp_path):
    document = worlds.tiny(title=text, summary=f"{text}\n\n  {text}  {text}\n{text}")
    assert read_folder(export_folder(document, tmp_path)) == document


@runs(derandomize=True, deadline=None, database=None, max_examples=60)
@given(st.text(max_size=60), st.text(alphabet=" \n\t'\"\\:#-ab\x85\u00a0", max_size=300))
def test_any_text_survives_being_written_and_read(tmp_path_factory, line, text):
    try:
        document = worlds.tiny(
            title=f"x{line}", summary=f"x{text}", prose={"matrix": f"x{text}{line}"}
        )
    except ValueError:  # control characters and line ends, which the schema refuses
        return
    if hidden_in(f"x{line}x{text}"):  # content refuses it, as other tests hold
        return
    assert read_folder(export_folder(document, tmp_path_factory.mktemp("any"))) == document


# --- read right -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "scalar",
    ["no", "1.10", "1:30", "0x1F", "2026-11-20", "yes", "on", "1_000", "0777", "1e3", "=", "<<"],
)
def test_a_bare_scalar_stays_the_text_it_is(folder, scalar):
    spoil(folder, "options.yaml", "name: Ada", f"name: {scalar}")
    assert read_folder(folder).options[0].name == scalar


def test_a_byte_order_mark_and_windows_line_ends_are_read_right(tmp_path):
    folder = export_folder(worlds.full(summary="One.\n\nTwo."), tmp_path)
    expected = read_folder(folder)
    for path in folder.rglob("*.*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_folder(folder) == expected
    line = spoil(folder, "options.yaml", "name: Swift", "name: ~")
    assert f"full/options.yaml:{line}: ~ says nothing here" in refusal(folder)[0]


def test_comments_other_quotes_and_other_order_are_read_right(folder):
    text = "\n".join(
        [
            "# What is compared",
            "components: [{slug: addon, name: 'Add-on'}]",
            "options:",
            "- {slug: ada, name: \"Ada\", line: 'The fast one.'}  # first",
            "- slug: bob",
            "  line: >-",
            "    The cheap",
            "    one.",
            "  name: Bob",
            "- {slug: cyd, name: Cyd, line: The even one.}",
        ]
    )
    (folder / "options.yaml").write_text(text)
    assert read_folder(folder) == worlds.tiny()


def test_hidden_files_and_samples_are_passed_over(folder):
    (folder / ".DS_Store").write_bytes(b"\x00\xff")
    (folder / "samples").mkdir()
    (folder / "samples" / "picture.png").write_bytes(b"\x89PNG\xff")
    assert read_folder(folder) == worlds.tiny()


# --- refused, with file and line ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "before", "after", "words"),
    [
        pytest.param(
            "options.yaml", "name: Bob", "name: 'Bob", "is not YAML", id="quote left open"
        ),
        pytest.param(
            "options.yaml", "name: Bob", "name: Bob: bob", "is not YAML", id="colon in a plain text"
        ),
        pytest.param(
            "options.yaml",
            "    name: Bob",
            "\tname: Bob",
            "a tab cannot indent: use spaces",
            id="tab",
        ),
        pytest.param(
            "options.yaml",
            "    name: Bob",
            "  \tname: Bob",
            "a tab cannot indent: use spaces",
            id="blanks and tab",
        ),
        pytest.param(
            "options.yaml",
            "line: The cheap",
            "slug: b2\n    line: The cheap",
            '"slug" stands twice',
            id="repeated key",
        ),
        pytest.param(
            "comparison.yaml",
            "licence: CC",
            "title: X\nlicence: CC",
            '"title" stands twice',
            id="repeated at the top",
        ),
        pytest.param(
            "criteria.yaml", "score: 8", "score: eight", "eight is not a number", id="wrong type"
        ),
        pytest.param(
            "criteria.yaml",
            "score: 8",
            "score: 11",
            "criteria › ease › Ada › score: 11 is above 10",
            id="out of range",
        ),
        pytest.param(
            "criteria.yaml",
            "score: 8",
            "score: ~",
            "~ says nothing here: leave the key out",
            id="tilde",
        ),
        pytest.param(
            "criteria.yaml", "text: ease of ada", "text: null", "null says nothing here", id="null"
        ),
        pytest.param(
            "criteria.yaml",
            "text: ease of ada",
            "text:",
            "is empty: leave the key out",
            id="nothing",
        ),
        pytest.param(
            "criteria.yaml", "score: 8", "score: [8]", "is not a number", id="list for a number"
        ),
        pytest.param(
            "criteria.yaml",
            "score: 8",
            "score: {a: 8}",
            "is not a number",
            id="mapping for a number",
        ),
        pytest.param(
            "criteria.yaml", "score: 8", "scroe: 8", "is not a known key here", id="misspelt key"
        ),
        pytest.param(
            "criteria.yaml",
            "group: money",
            "group: mony",
            'there is no "mony" among the groups',
            id="unknown reference",
        ),
        pytest.param(
            "sources/first.yaml",
            "option: ada",
            "option: eve",
            'there is no "eve" among the options',
            id="unknown option",
        ),
        pytest.param(
            "sources/first.yaml",
            "place: Line 1",
            "audience: all",
            "place: is missing",
            id="claim without a place",
        ),
        pytest.param(
            "sources/first.yaml",
            "interest: None stated",
            "note: x",
            "interest: is missing",
            id="source without interest",
        ),
        pytest.param(
            "comparison.yaml",
            "licence: CC",
            "colour: red\nlicence: CC",
            '"colour" does not belong here',
            id="unknown key",
        ),
        pytest.param(
            "criteria.yaml",
            "criteria:",
            "options: []\ncriteria:",
            '"options" does not belong here',
            id="another file's key",
        ),
        pytest.param(
            "options.yaml",
            "name: Bob",
            "name: &b Bob",
            "aliases and anchors are not read",
            id="anchor",
        ),
        pytest.param(
            "options.yaml", "name: Bob", "name: *b", "aliases and anchors are not read", id="alias"
        ),
        pytest.param(
            "options.yaml", "name: Bob", "name: !!python/object:x Bob", "tags such as", id="tag"
        ),
        pytest.param(
            "options.yaml", "name: Bob", "name: !!str Bob", "tags such as", id="harmless tag"
        ),
        pytest.param("options.yaml", "name: Bob", "name: !include x", "tags such as", id="own tag"),
        pytest.param(
            "options.yaml", "name: Bob", "name: !<tag:x,2000:y> Bob", "tags such as", id="whole tag"
        ),
        pytest.param(
            "options.yaml",
            "name: Bob",
            "? [a, b]\n    : Bob",
            "a key has to be a plain word",
            id="list as a key",
        ),
        pytest.param(
            "options.yaml",
            "name: Bob",
            "<<: {slug: x}\n    name: Bob",
            "is not a known key",
            id="merge key",
        ),
        pytest.param(
            "options.yaml", "name: Bob", "name: a\x00b", "holds a control character", id="NUL"
        ),
        pytest.param(
            "options.yaml",
            "name: Bob",
            'name: "a\\0b"',
            "holds a control character",
            id="NUL escaped",
        ),
        pytest.param(
            "options.yaml", "name: Bob", "name: a\x1bb", "holds a control character", id="escape"
        ),
        pytest.param(
            "options.yaml",
            "name: Bob",
            "name: " + "[" * 50 + "]" * 50,
            "is nested more than 40 deep",
            id="deep",
        ),
        pytest.param(
            "options.yaml",
            "line: The even one.",
            "line: Even.\n---\na: b",
            "more than one",
            id="second document",
        ),
        pytest.param(
            "options.yaml",
            "name: Bob",
            "name: |\n      B\n      b",
            "has to stand on one line",
            id="two lines",
        ),
    ],
)
def test_what_is_wrong_is_refused_with_its_file_and_line(folder, name, before, after, words):
    line = spoil(folder, name, before, after)
    found = refusal(folder)
    matching = [problem for problem in found if words in problem]
    assert matching, found
    file, number, _ = matching[0].split(":", 2)
    assert file == f"tiny/{name}"
    assert (
        line - 6 <= int(number) <= line + 1 if "missing" in words else 0 <= int(number) - line <= 1
    ), matching


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        pytest.param(
            "options.yaml", b"", "tiny/options.yaml:1: is empty or not a mapping", id="empty"
        ),
        pytest.param(
            "options.yaml",
            b"# nothing\n",
            "tiny/options.yaml:1: is empty or not a mapping",
            id="only a comment",
        ),
        pytest.param(
            "options.yaml",
            b"- a\n- b\n",
            "tiny/options.yaml:1: is empty or not a mapping",
            id="list at the top",
        ),
        pytest.param(
            "options.yaml",
            b"just words",
            "tiny/options.yaml:1: is empty or not a mapping",
            id="words",
        ),
        pytest.param(
            "options.yaml", b"a: 1\nb: caf\xe9\n", "tiny/options.yaml:2: is not UTF-8", id="latin-1"
        ),
        pytest.param(
            "options.yaml",
            "options: é".encode("utf-16"),
            "tiny/options.yaml:1: is not UTF-8",
            id="utf-16",
        ),
        pytest.param(
            "options.yaml",
            b"a: " + b"x" * 3_000_000,
            "tiny/options.yaml: is larger than 2 MB",
            id="3 MB",
        ),
        pytest.param("matrix.md", b"caf\xe9", "tiny/matrix.md:1: is not UTF-8", id="latin-1 prose"),
        pytest.param(
            "matrix.md",
            b"a\nb\x00",
            "tiny/matrix.md:2: holds a control character",
            id="NUL in prose",
        ),
        pytest.param(
            "matrix.md", b"", "tiny/matrix.md:1: prose › matrix: is empty", id="empty prose"
        ),
        pytest.param(
            "Bad Name.md",
            b"x",
            "tiny/Bad Name.md:1: prose › Bad Name: Bad Name is not a slug",
            id="prose by no slug",
        ),
        pytest.param(
            "notes.txt", b"x", "tiny/notes.txt: is not a file of a comparison", id="unknown file"
        ),
        pytest.param(
            "picture.png",
            b"\x89PNG\xff",
            "tiny/picture.png: is not a file of a comparison",
            id="picture",
        ),
        pytest.param(
            "criterions.yaml",
            b"a: 1",
            "tiny/criterions.yaml: is not a file of a comparison",
            id="misspelt file",
        ),
        pytest.param(
            "sources/deep/x.yaml",
            b"a: 1",
            "tiny/sources/deep/x.yaml: is not a file of a comparison",
            id="too deep",
        ),
        pytest.param(
            "sources/third.yaml",
            b"slug: thrid\n",
            'third.yaml:1: slug has to be "third", like the file',
            id="source slug",
        ),
        pytest.param(
            "sources/third.yaml",
            b"title: x\n",
            'third.yaml:1: slug has to be "third", like the file',
            id="no source slug",
        ),
    ],
)
def test_a_file_that_does_not_fit_is_refused(folder, name, body, message):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(body)
    assert [problem for problem in refusal(folder) if message in problem], refusal(folder)


def test_a_missing_first_file_is_named(folder):
    (folder / "comparison.yaml").unlink()
    assert refusal(folder) == ["tiny/comparison.yaml: is missing: every comparison begins with it"]


def test_a_missing_file_is_named_by_what_it_would_hold(folder):
    (folder / "options.yaml").unlink()
    assert "tiny/options.yaml: options: is missing" in refusal(folder)


def test_the_slug_is_the_folders_name(folder):
    other = folder.rename(folder.with_name("other"))
    assert refusal(other) == ['other/comparison.yaml:1: slug has to be "other", like the folder']


def test_every_problem_of_every_file_is_named_at_once(folder):
    lines = [
        spoil(folder, "criteria.yaml", "score: 8", "score: 11"),
        spoil(folder, "criteria.yaml", "group: money", "group: mony"),
        spoil(folder, "sources/second.yaml", "score: 5", "score: 5\n    score: 6"),
        spoil(folder, "use-cases.yaml", "otherwise: 1", "otherwise: ~"),
    ]
    (folder / "notes.txt").write_text("x")
    assert refusal(folder) == [
        f"tiny/criteria.yaml:{lines[0]}: criteria › ease › Ada › score: 11 is above 10",
        f'tiny/criteria.yaml:{lines[1]}: criteria › cost › group: there is no "mony" among the groups',
        "tiny/notes.txt: is not a file of a comparison: see content/README.md for the names",
        f'tiny/sources/second.yaml:{lines[2] + 1}: "score" stands twice here: a key can be given once',
        f"tiny/use-cases.yaml:{lines[3]}: use_cases › race › otherwise: ~ is not a whole number",
        f"tiny/use-cases.yaml:{lines[3]}: ~ says nothing here: leave the key out, or put the word in quotes",
    ]


def test_an_unreadable_file_is_not_blamed_on_the_others(folder):
    spoil(folder, "options.yaml", "name: Bob", "name: 'Bob")
    spoil(folder, "criteria.yaml", "name: Ease", "name: 'Ease")
    assert {problem.split(":")[0] for problem in refusal(folder)} == {
        "tiny/options.yaml",
        "tiny/criteria.yaml",
    }


@pytest.mark.parametrize(
    "name",
    ["options.yaml", "matrix.md", "sources/first.yaml", "sources", "samples/main.py", "samples"],
)
def test_a_symbolic_link_is_refused(folder, tmp_path, name):
    """Whatever it leads to: otherwise a folder that somebody sent could bring in any file that the
    server can read.
    """
    elsewhere = tmp_path / "elsewhere"
    path = folder / name
    if path.exists():
        path.rename(elsewhere)
    else:
        path.parent.mkdir(exist_ok=True)
        elsewhere.write_text("print('hello')")
    path.symlink_to(elsewhere)
    assert refusal(folder) == [f"tiny/{name}: {LINK}"]


def test_a_folder_that_is_a_symbolic_link_is_refused(folder, tmp_path):
    link = tmp_path / "link" / "tiny"
    link.parent.mkdir()
    link.symlink_to(folder)
    assert refusal(link) == [f"tiny: {LINK}"]
    # the way there may be any
    assert read_folder(folder.parent / "link" / ".." / "tiny") == worlds.tiny()


def test_a_symbolic_link_to_nowhere_is_not_called_a_missing_file(folder, tmp_path):
    (folder / "comparison.yaml").unlink()
    (folder / "comparison.yaml").symlink_to(tmp_path / "nowhere")
    assert refusal(folder) == [f"tiny/comparison.yaml: {LINK}"]


def test_a_link_that_is_hidden_is_passed_over(folder, tmp_path):
    (folder / "samples" / ".venv").mkdir(parents=True)
    (folder / "samples" / ".venv" / "python").symlink_to("/usr/bin/python3")
    (folder / ".lock").symlink_to(tmp_path / "nowhere")
    assert read_folder(folder) == worlds.tiny()


@pytest.mark.parametrize(
    "name",
    ["../options.yaml", "/etc/hostname", "a/../../options.yaml", ".secret/main.py", "nothing.py"],
)
def test_a_samples_file_lies_in_its_folder(folder, tmp_path, name):
    (folder / "samples").mkdir()
    (folder / "samples" / ".secret").symlink_to(tmp_path)
    (tmp_path / "main.py").write_text("secret")
    samples = (
        f"samples:\n  - slug: one\n    topic: One\n    option: ada\n    files:\n      - {name}\n"
    )
    (folder / "samples.yaml").write_text(samples)
    (problem,) = refusal(folder)
    words = (
        LINK
        if "secret" in name
        else "there is no file"
        if name == "nothing.py"
        else "leads out of samples/: name a file"
    )
    assert problem.startswith("tiny/samples.yaml:6: ")
    assert words in problem


@pytest.mark.parametrize(
    "name", ["comparison.yaml", "options.yaml", "sources/first.yaml", "matrix.md"]
)
def test_a_file_that_may_not_be_read_is_named(folder, name, monkeypatch):
    real = Path.read_bytes

    def read_bytes(path):
        if path == folder / name:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert refusal(folder) == [
        f"tiny/{name}: cannot be read (Permission denied): make it readable for whoever runs the site"
    ]


BOMBS = {
    "billion laughs": "a: &a [x,x]\n"
    + "\n".join(f"{n}: &{n} [*{p},*{p}]" for p, n in zip("abcdefgh", "bcdefghi", strict=True)),
    "many brackets": "a: " + "[" * 100_000,
    "many braces": "{a: " * 100_000,
    "deep lists": "- " * 50_000,
    "deep mapping": "\n".join(" " * at + f"k{at}:" for at in range(1_000)),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=list(BOMBS))
def test_a_bomb_is_refused_in_a_moment(folder, bomb):
    (folder / "options.yaml").write_text(bomb)

    def refused() -> None:
        assert refusal(folder)[0].startswith("tiny/options.yaml:")

    assert effort(refused) < 60


# --- import: all or nothing -----------------------------------------------------------------------


@pytest.mark.django_db
def test_a_refused_import_leaves_the_database_as_it_was(folder):
    import_folder(folder)
    before, tree = count_rows(), tree_of(Comparison.objects.get())[0]
    spoil(folder, "criteria.yaml", "score: 8", "score: 11")
    with pytest.raises(BrokenContent):
        import_folder(folder, replace=True)
    assert count_rows() == before
    assert tree_of(Comparison.objects.get())[0] == tree


@pytest.mark.django_db
def test_an_import_that_breaks_half_way_leaves_the_database_as_it_was(folder, monkeypatch):
    import_folder(folder)
    before, tree = count_rows(), tree_of(Comparison.objects.get())[0]

    def breaks(*args, **kwargs):
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr("comparison.models.sources.Claim._default_manager.bulk_create", breaks)
    with pytest.raises(RuntimeError):
        import_folder(folder, replace=True)
    assert count_rows() == before
    assert tree_of(Comparison.objects.get())[0] == tree


@pytest.mark.django_db
def test_an_import_publishes_nothing(folder):
    import_folder(folder)
    assert not Release.objects.exists()


@pytest.mark.django_db
def test_an_existing_draft_is_not_overwritten_unless_asked(folder):
    draft = import_folder(folder)
    draft.title = "Changed by an editor"
    draft.save()
    with pytest.raises(FileExistsError, match="There is a draft of tiny already"):
        import_folder(folder)
    assert Comparison.objects.get().title == "Changed by an editor"
    assert import_folder(folder, replace=True).pk == draft.pk
    assert Comparison.objects.get().title == "Ada, Bob or Cyd?"


@pytest.mark.django_db
def test_replacing_a_draft_leaves_nothing_of_the_old_one(folder, tmp_path):
    import_folder(export_folder(worlds.full(slug="tiny"), tmp_path / "other"))
    import_folder(folder, replace=True)
    assert drafts.read_draft(Comparison.objects.get()).document == worlds.tiny()


@pytest.mark.django_db
def test_two_drafts_do_not_touch_each_other(folder, tmp_path):
    import_folder(export_folder(worlds.full(), tmp_path / "full"))
    import_folder(folder)
    import_folder(folder, replace=True)
    assert (
        plain(drafts.read_draft(Comparison.objects.get(slug="full")).document) == worlds.full_tree()
    )


@pytest.mark.django_db
def test_an_import_that_comes_second_is_told_so(folder, monkeypatch):
    from django.db import IntegrityError

    def taken(**values):
        raise IntegrityError("UNIQUE constraint failed")

    monkeypatch.setattr(Comparison.objects, "create", taken)
    with pytest.raises(FileExistsError, match="There is a draft of tiny already"):
        import_folder(folder)
    assert not Comparison.objects.exists()


def test_the_message_of_broken_content_holds_every_problem(folder):
    spoil(folder, "criteria.yaml", "score: 8", "score: 11")
    spoil(folder, "options.yaml", "name: Bob", "nam: Bob")
    with pytest.raises(BrokenContent) as refused:
        read_folder(folder)
    assert str(refused.value).splitlines() == [str(problem) for problem in refused.value.problems]
    assert len(refused.value.problems) == 3


def test_a_copy_of_a_folder_reads_the_same(folder, tmp_path):
    copy = tmp_path / "elsewhere" / "tiny"
    shutil.copytree(folder, copy)
    assert read_folder(copy) == read_folder(folder)
    assert (
        textwrap.dedent(Path(copy / "matrix.md").read_text()) == "Scores of **imaginary** tools.\n"
    )
