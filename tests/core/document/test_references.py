"""A reference has to name something, and a slug stands once."""

import pytest

from comparison.core.document.validation import problems
from tests import worlds
from tests.trees import change, problems_of

REFERENCES = {
    "default_use_case": "use cases",
    "options__2__parts__0__option": "options",
    "components__0__option": "options",
    "criteria__0__group": "groups",
    "use_cases__1__must__0": "criteria",
    "sources__0__claims__0__option": "options",
    "sources__0__claims__7__component": "components",
    "sources__0__claims__0__criterion": "criteria",
    "sources__0__advice__0__use_case": "use cases",
    "sources__0__advice__0__choices__0__option": "options",
    "sources__0__advice__0__choices__1__components__0": "components",
    "sources__0__verdicts__0__option": "options",
    "runs__0__source": "sources",
    "runs__0__workload": "workloads",
    "runs__0__figures__0__option": "options",
    "runs__0__figures__2__component": "components",
    "derived_figures__0__source": "sources",
    "derived_figures__0__figures__0": "figures",
    "questions__0__source": "sources",
    "questions__0__answers__0__options__0": "options",
    "questions__0__answers__1__question": "questions",
    "costs__0__source": "sources",
    "costs__0__option": "options",
    "migrations__0__start": "options",
    "migrations__0__target": "options",
    "migrations__0__source": "sources",
    "stories__0__option": "options",
    "stories__0__source": "sources",
    "popularity__0__option": "options",
    "popularity__0__source": "sources",
    "points__1__option": "options",
    "points__0__source": "sources",
    "hybrids__0__roles__0__option": "options",
    "hybrids__0__source": "sources",
    "answered_questions__0__source": "sources",
    "samples__0__option": "options",
}


@pytest.mark.parametrize(("path", "target"), REFERENCES.items(), ids=list(REFERENCES))
def test_a_reference_has_to_name_something(path, target):
    violations = problems(change(**{path: "nowhere"}))
    words = [
        problem
        for problem in violations
        if problem.message == f'there is no "nowhere" among the {target}'
    ]
    assert [problem.path for problem in words] == [
        tuple(int(s) if s.isdigit() else s for s in path.split("__"))
    ]


def test_a_mapping_by_slug_has_to_name_something_as_well():
    tree = worlds.full_tree()
    tree["criteria"][0]["cells"]["nowhere"] = {"text": "Here"}
    tree["use_cases"][0]["importances"]["nothing"] = 3
    assert (
        'criteria › throughput › nowhere: there is no "nowhere" among the options'
        in problems_of(tree)
    )
    assert any('there is no "nothing" among the criteria' in words for words in problems_of(tree))


REPEATED = [
    "options",
    "components",
    "groups",
    "criteria",
    "use_cases",
    "sources",
    "workloads",
    "runs",
    "derived_figures",
    "questions",
    "costs",
    "migrations",
    "stories",
    "popularity",
    "points",
    "hybrids",
    "answered_questions",
    "samples",
]


@pytest.mark.parametrize("name", REPEATED)
def test_a_slug_stands_once_in_its_list(name):
    tree = worlds.full_tree()
    tree[name].append(tree[name][0])
    slug = tree[name][0]["slug"]
    assert (
        f'{name} › {slug} › slug: "{slug}" stands 2 times: a slug names one thing'
        in problems_of(tree)
    )


@pytest.mark.parametrize(
    ("parent", "name"),
    [
        ("sources", "claims"),
        ("sources", "advice"),
        ("sources", "verdicts"),
        ("runs", "figures"),
        ("questions", "answers"),
    ],
    ids=lambda value: value,
)
def test_a_slug_stands_once_within_its_parent(parent, name):
    tree = worlds.full_tree()
    tree[parent][0][name].append(tree[parent][0][name][0])
    assert [problem.message for problem in problems(tree)] == [
        f'"{tree[parent][0][name][0]["slug"]}" stands 2 times: a slug names one thing'
    ]


def told_of_names(tree):
    return [problem.message for problem in problems(tree) if "there is no" in problem.message]


def test_names_of_a_list_that_is_absent_are_told_once_with_how_many_more_there_are():
    tree = {**worlds.full_tree(), "workloads": []}
    names = len(tree["runs"])
    assert names > 1
    assert told_of_names(tree) == [
        'there is no "simple-get" among the workloads: '
        f"there are none at all, and {names - 1} more places name some"
    ]
    tree["runs"] = [
        run if place == 0 else {key: run[key] for key in run if key != "workload"}
        for place, run in enumerate(tree["runs"])
    ]
    assert told_of_names(tree) == ['there is no "simple-get" among the workloads']


def test_names_of_a_list_that_no_comparison_is_without_are_not_told():
    """That the list is missing is told already."""
    tree = {**worlds.tiny_tree(), "options": []}
    assert told_of_names(tree) == []
    assert any(problem.path[:1] == ("options",) for problem in problems(tree))


@pytest.mark.parametrize(
    ("path", "follows"),
    [("workloads__0__slug", True), ("workloads__0__description", False)],
    ids=["its slug is at fault", "something else of it is at fault"],
)
def test_a_name_follows_from_a_fault_in_what_it_names(path, follows):
    tree = change(**{path: ""})
    tree["runs"][0]["workload"] = "nowhere"
    names = [problem for problem in problems(tree) if problem.is_reference]
    assert names and {problem.follows for problem in names} == {follows}


def test_what_is_no_comparison_is_a_problem_of_its_own():
    (problem,) = problems([])
    assert (problem.is_reference, problem.follows) == (False, False)
