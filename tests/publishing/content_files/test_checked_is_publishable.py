"""What `--check` accepts can be published and read, whatever stands in the files; what it refuses,
it refuses with words.
"""

import copy
import json
import re
import tempfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from comparison.publishing import publish
from comparison.publishing.content_files.content_folder import FILES, LATER
from comparison.publishing.content_files.content_import import import_folder
from tests import worlds
from tests.published_folders import as_of_a_test, fresh

TREES = {"tiny": worlds.tiny_tree(), "full": worlds.full_tree(slug="tiny")}
del TREES["full"]["samples"]  # their files stand beside the list
TREES["full"].pop("renamed", None)  # one leads to the slug of before
TEXTS = [
    "", " ", "x", "0", "no", "null", "~", "1.10", "a # b", "a: b", "- a", "#", "'", '"', "\\",
    "{{ x }}", "{% x %}", "<script>",
    "a\nb", "a\tb", "a\r\nb", "\x00", "\x1b", "\x85", "\u2028", "\u202e", "\u200b", "\ufeff",
    "\ue000", "\u00ad", "e\u0301",
    "👩\u200d💻",
    "עברית", "葛", "ß", "İ", "%s %(x)s %", "/../", "http://", "https://[", "https://a",
    "https://a/?b=c&d#e", "javascript:x",
    "a" * 301,
    "a" * 4001, "w" * 300, "ada", "bob", "nowhere", "none", "admin", "true", "yes", "on",
]  # fmt: skip
NUMBERS = [
    "-1",
    "0",
    "3",
    "5",
    "7.5",
    "10",
    "11",
    "1e3",
    "1e400",
    "nan",
    "inf",
    "-0",
    "0x10",
    "1_000",
    "٣",
    "1,5",
    "9" * 40,
    0,
    7,
    7.5,
    -1,
]
DAYS = [
    "2024",
    "2024-01",
    "2024-13",
    "2024-01-05",
    "2024-02-30",
    "2099-01-01",
    "undated",
    "yesterday",
    "86400",
    "2024-01-05 00:00",
]
SPELLINGS = [
    "3",
    "3,000+",
    "~3-5x",
    "3k",
    "three",
    "up to 3",
    "€3",
    "3 ms",
    "3/4",
    "10^3",
    "1e400",
    "half",
    "several",
    "3\u202f000",
    "３",
]
FORMS = ["point", "range", "at-least", "at-most", "verbal", "about"]

quantities = st.fixed_dictionaries(
    {"spelling": st.sampled_from(SPELLINGS)},
    optional={
        "form": st.sampled_from(FORMS),
        "low": st.sampled_from(["3", "3000", *NUMBERS]),
        "high": st.sampled_from(["5", "3", *NUMBERS]),
        "unit": st.sampled_from(["x", "ms", "s", "EUR", "requests/s", ""]),
        "approximate": st.sampled_from(["true", "false", "maybe"]),
        "open_ended": st.sampled_from(["true", "false"]),
    },
)
values = st.one_of(
    st.sampled_from(TEXTS), st.sampled_from(NUMBERS), st.sampled_from(DAYS), st.text(max_size=12),
    quantities,
    st.sampled_from([[], {}, None, True, [[]], ["ada"], {"ada": "3"}]),
)  # fmt: skip


def places_in(value, path=()):
    """Return the path of everything below a value."""
    parts = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [
        place for key, part in parts for place in [(*path, key), *places_in(part, (*path, key))]
    ]


def kind_of(place):
    """Return a place with numbers left out, so that a long list is not drawn more often than a
    short one.
    """
    return tuple("" if isinstance(step, int) else step for step in place)


PLACES = {
    name: {kind_of(place): place for place in places_in(tree)} for name, tree in TREES.items()
}


@st.composite
def spoilt_trees(draw):
    """A tree with up to two parts replaced by something else, or left out."""
    name = draw(st.sampled_from(sorted(TREES)))
    tree = copy.deepcopy(TREES[name])
    for place in draw(
        st.lists(st.sampled_from(sorted(PLACES[name].values(), key=str)), max_size=2)
    ):
        holder = tree
        try:
            for step in place[:-1]:
                holder = holder[step]
            if isinstance(holder, dict) and draw(st.integers(0, 9)) == 0:
                del holder[place[-1]]
            else:
                holder[place[-1]] = draw(values)
        except (KeyError, IndexError, TypeError):
            continue  # what held it has been replaced
    return tree


def write_files(tree, folder):
    """Write a tree, right or wrong, as the files of a comparison. JSON is YAML."""
    (folder / "sources").mkdir(parents=True)

    def write(name, held):
        lines = "".join(
            f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False, indent=1)}\n"
            for key, value in held.items()
        )
        (folder / name).write_bytes(re.sub(r"[\ud800-\udfff]", "?", lines).encode())

    write("comparison.yaml", {key: value for key, value in tree.items() if key not in LATER})
    for name, fields in FILES.items():
        if held := {field: tree[field] for field in fields if field in tree}:
            write(name, held)
    sources = tree.get("sources") if isinstance(tree.get("sources"), list) else []
    for number, source in enumerate(sources):
        slug = source.get("slug") if isinstance(source, dict) else None
        file = (
            slug
            if isinstance(slug, str) and re.fullmatch(r"[a-z0-9-]{1,80}", slug)
            else f"s{number}"
        )
        write(f"sources/{file}.yaml", source if isinstance(source, dict) else {"slug": source})
    prose = tree.get("prose") if isinstance(tree.get("prose"), dict) else {}
    for slug, body in prose.items():
        (folder / f"{slug}.md").write_bytes(str(body).encode(errors="replace"))


@pytest.mark.django_db
# shrinking takes minutes
@settings(max_examples=40, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
@given(tree=spoilt_trees())
def test_what_the_check_accepts_is_published_and_read_and_what_it_refuses_has_words(tree):
    with tempfile.TemporaryDirectory() as scratch, fresh(scratch), as_of_a_test():
        folder = Path(scratch) / "tiny"
        write_files(tree, folder)
        try:
            call_command("import_content", folder, check=True, stdout=StringIO())
        except CommandError as refused:
            *lines, _ = str(refused).splitlines()
            assert 1 <= len(lines) < 50
            for line in lines:
                assert re.match(
                    r"tiny/[\w./-]+\.(?:yaml|md)(?::[1-9]\d*)?: \S|\.\.\. and \d", line
                ), line
                assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]", line), line
        else:
            assert publish.publish(import_folder(folder), "eve", "First.").number == 1
            assert Client().get("/tiny/").status_code == 200
