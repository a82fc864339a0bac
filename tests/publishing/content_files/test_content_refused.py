"""Content that is refused: every problem with its file and line, and what to do."""

import pytest

from tests.publishing.content_files.content_folders import refusal, spoil

pytestmark = pytest.mark.django_db


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
    lines = refusal(folder)
    matching = [problem for problem in lines if words in problem]
    assert matching, lines
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
        (
            f'tiny/criteria.yaml:{lines[1]}: criteria › cost › group: there is no "mony" among '
            "the groups"
        ),
        "tiny/notes.txt: is not a file of a comparison: see content/README.md for the names",
        (
            f'tiny/sources/second.yaml:{lines[2] + 1}: "score" stands twice here: a key can be '
            "given once"
        ),
        f"tiny/use-cases.yaml:{lines[3]}: use_cases › race › otherwise: ~ is not a number",
        (
            f"tiny/use-cases.yaml:{lines[3]}: ~ says nothing here: leave the key out, or put "
            "the word in quotes"
        ),
    ]
