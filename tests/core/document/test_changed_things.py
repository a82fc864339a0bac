"""What differs, one line a thing."""

from copy import deepcopy

import pytest

from comparison.core.document.changed_things import changed_things
from comparison.core.document.near_names import near_names
from comparison.core.document.schema import Document, plain
from comparison.core.document.things import differences
from comparison.publishing.draft.broken_drafts import without_what_is_broken
from comparison.publishing.inspection import inspect
from tests import worlds
from tests.worlds.renamed import renamed_tree


def lines(before, after):
    """Return what is told: kind, how, name and essence of each line, whatever its heading."""
    told = changed_things(
        before and Document.model_validate(before), Document.model_validate(after)
    )
    return [
        (line.kind, line.how, line.name, line.essence) for group in told.values() for line in group
    ]


@pytest.fixture
def tree():
    return deepcopy(worlds.tiny_tree())


@pytest.fixture
def changed(tree):
    return deepcopy(tree)


def test_the_same_says_nothing(tree):
    assert lines(tree, tree) == []


def test_a_cell_is_told_by_names_with_its_score_and_not_when_it_changed(tree, changed):
    cell = changed["criteria"][0]["cells"]["ada"]
    was, cell["score"], cell["changed_on"] = cell["score"], 1, "2026-01-02"
    assert lines(tree, changed) == [("cell", "changed", "Speed, Ada", f"{was} → 1")]
    (line,) = changed_things(Document(**tree), Document(**changed))["Criteria and cells"]
    assert [field.name for field in line.fields] == ["score", "changed on"]  # folded away


def test_what_a_row_refers_to_is_told_by_name(tree, changed):
    claim = next(claim for source in changed["sources"] for claim in source["claims"])
    names = {one["slug"]: one["name"] for one in tree["criteria"]}
    was = claim["criterion"]
    claim["criterion"] = next(slug for slug in names if slug != was)
    told = changed_things(Document(**tree), Document(**changed))
    (line,) = told["Sources and what they say"]
    now = names[claim["criterion"]]
    assert f"criterion {names[was]} → {now}" in line.essence
    assert (names[was], now) in [(field.before, field.after) for field in line.fields]


def test_a_cell_of_which_only_the_day_changed_is_told_by_it(tree, changed):
    changed["criteria"][0]["cells"]["ada"]["changed_on"] = "2026-01-02"
    assert lines(tree, changed)[0][3] == "changed on — → 2026-01-02"


def test_a_new_criterion_is_one_line_with_its_cells_and_importances(tree, changed):
    new = {**deepcopy(tree["criteria"][0]), "slug": "hiring", "name": "Hiring"}
    changed["criteria"].append(new)
    for use in changed["use_cases"]:
        use.setdefault("importances", {})["hiring"] = 4
    (line,) = lines(tree, changed)
    assert line[:3] == ("criterion", "added", "Hiring")
    assert line[3].startswith(f"with {len(new['cells'])} cells: Ada ")
    assert f"with an importance in {len(tree['use_cases'])} use case" in line[3]


def test_a_new_option_is_one_line_with_its_cells(tree, changed):
    changed["options"].append({"slug": "dan", "name": "Dan", "line": "Another."})
    for criterion in changed["criteria"]:
        criterion["cells"]["dan"] = deepcopy(criterion["cells"]["ada"])
    (line,) = lines(tree, changed)
    assert line[:3] == ("option", "added", "Dan")
    assert line[3].startswith(f"with {len(tree['criteria'])} cells: Speed ")


def named(tree, changed, part):
    told = changed_things(Document(**tree), Document(**changed))
    return [line.name for lines in told.values() for line in lines if line.kind == part]


def test_claims_that_speak_of_the_same_are_told_apart(tree, changed):
    claims = tree["sources"][0]["claims"]
    claims += [
        {**claims[0], "slug": "again", "statement": "Ada won a race. " * 9},
        {**claims[0], "slug": "once-more", "statement": "Ada won a race. " * 9, "place": "Line 9"},
    ]
    changed["sources"][0]["claims"] = [{**one, "score": 1} for one in claims]
    names = named(tree, changed, "claim")
    assert len(set(names)) == 3
    assert names[0] == "What first thinks, Speed, Ada “first says that Ada is quick.” “Line 1”"
    assert "“Ada won a race." in names[2]
    assert names[2].endswith("…” “Line 9”")
    assert max(map(len, names)) < 140
    changed["sources"][1]["claims"][0]["score"] = 1  # the only one of its source
    assert named(tree, changed, "claim")[-1] == "What second thinks, Speed, Ada"


def test_what_is_gone_says_what_it_said(tree, changed):
    del changed["sources"][0]["advice"]
    (line,) = lines(tree, changed)
    assert line == ("advice", "removed", "What first thinks, A race", "Take Ada.")


def test_of_what_is_broken_nothing_is_told(tree, changed):
    changed["title"] = "Which one?"
    changed["criteria"][0]["cells"]["ada"] |= {"text": "", "score": 4}
    changed["criteria"][0]["cells"]["bob"] |= {"score": 12, "text": "Better"}
    changed["options"][2]["line"] = "x" * 301
    document = without_what_is_broken(changed, inspect(changed).problems)
    left_out = tuple(differences(changed, plain(document)))
    told = changed_things(Document(**tree), document, left_out)
    assert [(line.kind, line.how, line.essence) for group in told.values() for line in group] == [
        ("comparison", "changed", "title Ada, Bob or Cyd? → Which one?"),
        ("cell", "changed", "speed of bob → Better"),
    ]
    assert {(one.kind, one.path) for one in left_out} >= {("cell", ("speed", "ada"))}


def test_what_is_gone_takes_its_parts_along(tree, changed):
    gone = changed["criteria"].pop()
    for use in changed["use_cases"]:
        use.get("importances", {}).pop(gone["slug"], None)
    told = lines(tree, changed)
    assert told[0][:3] == ("criterion", "removed", gone["name"])
    assert len(told) == 1


def test_what_was_renamed_and_changed_is_one_line(tree, changed):
    changed["criteria"][0]["name"] = "Pace"
    changed = renamed_tree(("criterion", "speed", "pace"), tree=changed)
    assert lines(tree, changed) == [("criterion", "changed", "Pace", "Speed → Pace")]


def test_a_renamed_slug_alone_is_told_by_both(tree, changed):
    changed = renamed_tree(("criterion", "speed", "pace"), tree=changed)
    assert lines(tree, changed) == [("criterion", "renamed", "Speed", "address speed → pace")]


def test_the_importances_of_a_use_case_are_one_line(tree, changed):
    use = changed["use_cases"][0]
    use["importances"] = {**use.get("importances", {}), "speed": 1, "cost": 2}
    (line,) = lines(tree, changed)
    assert line[0] == "use-case"
    assert "importance of Speed" in line[3]
    assert "importance of Cost" in line[3]


def test_long_texts_are_told_from_where_they_differ(tree, changed):
    tree["summary"], changed["summary"] = "word " * 40 + "old end", "word " * 40 + "new end"
    (line,) = lines(tree, changed)
    assert "old end" in line[3]
    assert "new end" in line[3]
    assert len(line[3]) < 160


def test_what_a_first_release_holds_is_told_in_few_lines():
    tree = worlds.full_tree()
    things = [line for line in lines(None, tree) if line[0] in ("cell", "claim", "figure")]
    assert things == []  # all of them came with what they are part of


def test_every_kind_of_thing_can_be_told_as_changed_and_as_gone():
    tree = worlds.full_tree()
    assert lines(tree, worlds.tiny_tree())
    assert lines(worlds.tiny_tree(), tree)


@pytest.mark.parametrize(
    ("name", "others", "near"),
    [
        ("Hiring and onboarding", ["Hiring pool", "Speed"], ("Hiring pool",)),
        ("Admin panel", ["Admin panels", "Panel data"], ("Admin panels",)),
        ("Speed", ["Cost", "Ease"], ()),
        ("Speed", ["Speed"], ()),
        ("Type safety", ["Thread safety"], ()),
        ("", ["Speed", ""], ()),
    ],
)
def test_names_that_may_be_taken_for_one_another(name, others, near):
    assert near_names(name, others) == near
