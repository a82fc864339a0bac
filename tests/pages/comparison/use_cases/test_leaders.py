"""The use cases: who leads in how many, and their plot."""

from itertools import combinations

import pytest
from django.template import engines

from comparison.core.selection import Selection
from comparison.pages.comparison.use_cases.leaders import cases_by_leader
from comparison.pages.comparison.use_cases.places import Dot, picture_of
from comparison.pages.comparison.use_cases.plot import use_case_plot
from comparison.pages.scored_release import ScoredRelease, score
from comparison.pages.standing import CasesByLeader, LedCases
from tests import worlds
from tests.requests import requested
from tests.tools import words_of


def scored_release(tree) -> ScoredRelease:
    return score(requested(tree).release, Selection())


def case(slug, **changes):
    """Return a use case of the tiny world; nothing counts in it but what is named."""
    preset = {"otherwise": 0, "importances": {}, "must": []} | changes
    return {"slug": slug, "name": slug.title(), "situation": slug, "description": ".", **preset}


# In the tiny world Ada leads in speed and in ease; Bob and Cyd are equal in cost.
FAST = {"importances": {"speed": 5}}
CHEAP = {"importances": {"cost": 5}}


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        ([], ((), 0, 0, 0)),
        ([FAST, FAST | {"importances": {"ease": 5}}], ((("Ada", 2),), 0, 0, 0)),
        ([CHEAP, FAST], ((("Ada", 1),), 0, 1, 0)),
        ([{}, FAST], ((("Ada", 1),), 0, 0, 1)),
        ([{"otherwise": 3, "must": ["speed", "cost"]}, FAST], ((("Ada", 1), ("Cyd", 1)), 0, 0, 0)),
        ([{"otherwise": 0, "importances": {"speed": 2, "cost": 5}}], ((), 1, 0, 0)),
    ],
    ids=["none", "one leads in all", "a tie", "nothing counts", "an excluded", "a toss-up"],
)
def test_cases_are_counted_by_who_leads_in_them(cases, expected):
    uses = [case(f"case-{number}", **changes) for number, changes in enumerate(cases)]
    counts = cases_by_leader(scored_release(worlds.tiny_tree(use_cases=uses)))
    led = tuple((leader.option.name, leader.count) for leader in counts.led)
    assert (led, counts.toss_ups, counts.ties, counts.undecided) == expected


def led_cases(*counts, toss_ups=0):
    names = tuple(scored_release(worlds.tiny_tree()).option_names)
    led = tuple(LedCases(option, count) for option, count in zip(names, counts, strict=False))
    return CasesByLeader(led, toss_ups, 0, 0)


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        (led_cases(22, 18), "Ada in 22, Bob in 18"),
        (led_cases(22, 16, toss_ups=2), "Ada in 22, Bob in 16"),
        (led_cases(6, 1, 1, toss_ups=4), "Ada in 6 of 12 cases"),
        (led_cases(2, 1, 1, toss_ups=4), "4 toss-ups, Ada in 2"),
        (led_cases(2, 1, toss_ups=4), "4 toss-ups, Ada in 2"),
        (led_cases(2, 2, 1), "3 lead in some"),
        (led_cases(1, 1, toss_ups=4), "4 toss-ups, 2 lead in some"),
        (led_cases(toss_ups=4), "4 toss-ups"),
    ],
)
def test_the_bar_names_nobody_where_toss_ups_or_others_are_as_many(cases, words):
    macros = engines["reader"].env.get_template("macros/tallies.html").module
    assert words_of(macros.in_short(cases)) == words


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        (led_cases(22, 18), "Ada in 22, Bob in 18 of 40 cases"),
        (led_cases(6, 1, 1, toss_ups=4), "Ada in 6 of 12 cases, 2 other options in 1 each"),
        (led_cases(2, 1, 1, toss_ups=4), "4 toss-ups, Ada in 2 cases, 2 other options in 1 each"),
        (led_cases(2, 1, toss_ups=4), "4 toss-ups, Ada in 2 cases, Bob in 1"),
        (led_cases(2, 2, 1), "Ada in 2, Bob in 2, Cyd in 1"),
        (led_cases(6, 2, 1, toss_ups=4), "Ada in 6 of 13 cases, 2 other options in 3 together"),
        (led_cases(3, toss_ups=1), "Ada in 3 of 4 cases"),
        (led_cases(toss_ups=4), "4 toss-ups"),
    ],
)
def test_above_an_inner_page_no_leader_goes_unsaid(cases, words):
    macros = engines["reader"].env.get_template("macros/tallies.html").module
    assert words_of(macros.in_short(cases, whole=True)) == words


# --- the plot -------------------------------------------------------------------------------------


def plot_of(tree, query=""):
    request = requested(tree, query)
    return use_case_plot(request.view.scored)


def two_options(**changes):
    """Return the tiny world of Ada and Bob alone. Ada leads by 6 points in speed, by 2 in ease; Bob
    by 2 in cost.
    """
    tree = worlds.tiny_tree(**changes)
    tree["options"] = tree["options"][:2]
    for criterion in tree["criteria"]:
        del criterion["cells"]["cyd"]
    return tree


CASES = [
    case("cheap", importances={"cost": 5}),
    case("fast", importances={"speed": 5}),
    case("even", importances={"cost": 1, "ease": 1}),
    case("easy", importances={"ease": 5}),
    case("nothing"),
    case("must", otherwise=1, must=["cost"]),
]


def test_two_options_have_a_side_each_and_the_longest_lead_reaches_farthest():
    plot = plot_of(two_options(use_cases=CASES))
    assert [option.name for option in plot.sides] == ["Ada", "Bob"]
    (family,) = plot.families
    shown = [(line.slug, line.dot and (line.dot.x, line.dot.lead)) for line in family.lines]
    assert shown == [
        ("fast", ("14", "6.0")),
        ("easy", ("50", "2.0")),
        ("even", ("68", "0")),
        ("cheap", ("86", "2.0")),
        ("must", None),
        ("nothing", None),
    ]
    assert plot.zero == "68"
    assert plot.reach == ("6.0", "2.0")


def test_a_tie_and_a_toss_up_have_the_mark_of_nobody():
    cases = [
        case("even", importances={"cost": 1, "ease": 1}),
        case("fast", importances={"speed": 1}),
    ]
    lines = plot_of(two_options(use_cases=cases)).families[0].lines
    assert {line.slug: line.dot.option and line.dot.option.name for line in lines} == {
        "fast": "Ada",
        "even": None,
    }
    (line,) = (
        plot_of(worlds.tiny_tree(use_cases=[case("near", importances={"speed": 2, "cost": 5})]))
        .families[0]
        .lines
    )
    assert (line.standing.label, line.dot.option) == ("toss-up", None)


def test_three_options_of_which_several_lead_are_drawn_from_the_left_by_leader():
    cases = [
        case("must", otherwise=3, must=["speed", "cost"]),
        case("easy", importances={"ease": 5}),
        case("fast", importances={"speed": 5}),
        case("cheap", importances={"cost": 5}),
    ]
    plot = plot_of(worlds.tiny_tree(use_cases=cases))
    assert plot.sides == ()
    assert [line.slug for line in plot.families[0].lines] == ["fast", "easy", "must", "cheap"]
    assert [line.dot and line.dot.x for line in plot.families[0].lines] == ["80", "53", None, "0"]


def test_of_one_side_toss_ups_come_after_those_that_lead():
    cases = [
        case("near", importances={"speed": 2, "cost": 5}),
        case("fast", importances={"speed": 5}),
        case("fair", importances={"speed": 2, "ease": 5}),
    ]
    (family,) = plot_of(worlds.tiny_tree(use_cases=cases)).families
    assert [line.dot.option is None for line in family.lines] == [False, False, True]


def dot(x, option=None):
    return Dot(x, 10, False, "1.0", option)


def test_of_one_side_each_option_has_its_name_beside_its_marks():
    ada, bob = plot_of(two_options(use_cases=CASES)).sides
    picture = picture_of([dot("20", ada), dot("40", ada), dot("85", bob)], zero=None)
    near, far = picture.names
    assert [(name.name, name.x, name.is_left) for name in (near, far)] == [
        ("Ada", "40", False),
        ("Bob", "85", True),
    ]
    assert [placed.y for placed in picture.dots] == [near.y, near.y, far.y]
    assert near.y < far.y < picture.height


def test_no_mark_of_a_family_covers_another():
    picture = picture_of([dot(str(x)) for x in (20, 21, 23, 26, 50, 51)], zero=50)
    places = [(float(placed.x), placed.y) for placed in picture.dots]
    assert sorted(x for x, _ in places) == [20, 20, 23, 26, 50, 53]
    for (x, y), (other, below) in combinations(places, 2):
        assert abs(x - other) >= 3 if y == below else abs(y - below) >= 11


def test_of_several_options_the_only_two_that_ever_lead_have_the_sides():
    tree = worlds.tiny_tree(
        use_cases=[case("fast", importances={"speed": 5}), case("cheap", importances={"cost": 5})]
    )
    tree["criteria"][2]["cells"]["bob"]["score"] = 5
    assert [option.name for option in plot_of(tree).sides] == ["Ada", "Cyd"]


def test_families_stand_in_editorial_order_and_cases_without_one_last():
    cases = [
        case("one"),
        case("two", family="Sports"),
        case("three", family="Home"),
        case("four", family="Sports"),
    ]
    families = plot_of(worlds.tiny_tree(use_cases=cases)).families
    assert [(f.name, sorted(line.slug for line in f.lines)) for f in families] == [
        ("Sports", ["four", "two"]),
        ("Home", ["three"]),
        ("Other cases", ["one"]),
    ]
    assert all(family.open for family in families)


def test_of_many_cases_without_a_family_a_dozen_is_open():
    cases = [case(f"case-{number}") for number in range(15)]
    first, rest = plot_of(worlds.tiny_tree(use_cases=cases)).families
    assert (first.name, len(first.lines), first.open) == ("", 12, True)
    assert (rest.name, len(rest.lines), rest.open) == ("3 more", 3, False)


def advice(*choices, **changes):
    """Return a piece of advice for the case "fast"; a choice is an option, or a component."""
    named = [
        {"option": name} if name in ("ada", "bob", "cyd") else {"components": [name]}
        for name in choices
    ]
    return {"use_case": "fast", "choices": named, "statement": ".", "place": ".", **changes}


def advised(*advice_of_sources, world=two_options, query=""):
    """Return the line of the case "fast", in which Ada leads; each source gives its own advice."""
    tree = world(use_cases=[case("fast", importances={"speed": 5})])
    tree["components"] = [
        {"slug": "addon", "name": "Add-on"},
        {"slug": "motor", "name": "Motor", "option": "bob"},
    ]
    first = tree["sources"][0] | {"claims": []}
    tree["sources"] = [
        first
        | {
            "slug": f"source-{number}",
            "advice": [piece | {"slug": f"piece-{number}"} for number, piece in enumerate(pieces)],
        }
        for number, pieces in enumerate(advice_of_sources)
    ]
    (family,) = plot_of(tree, query).families
    return family.lines[0]


@pytest.mark.parametrize(
    ("pieces", "kind", "name"),
    [
        ([], "silent", None),
        ([advice("bob")], "option", "Bob"),
        ([advice("ada", "bob")], "option", "Ada"),
        ([advice("motor")], "option", "Bob"),
        ([advice("addon")], "several", None),
        ([advice("ada"), advice("bob", condition="If it rains.")], "several", None),
        ([advice("bob", strength="advised-against")], "against", "Bob"),
        ([advice("ada"), advice("bob", strength="advised-against")], "option", "Ada"),
    ],
    ids=["silent", "one", "first choice", "part", "no option", "two", "against", "for, against"],
)
def test_a_source_has_the_mark_of_what_it_advises(pieces, kind, name):
    (mark,) = advised(pieces).marks
    assert (mark.kind, mark.option and mark.option.name) == (kind, name)


@pytest.mark.parametrize(
    ("pieces", "names"),
    [
        ([advice("ada")], ()),
        ([advice("addon")], ("something else",)),
        ([advice("cyd")], ("Cyd (not compared)",)),
        ([advice("cyd"), advice("ada", condition="If it rains.")], ("Ada", "Cyd (not compared)")),
        ([advice("cyd", strength="advised-against")], ("Cyd (not compared)",)),
    ],
)
def test_whoever_is_advised_and_has_no_mark_is_named(pieces, names):
    (mark,) = advised(pieces, world=worlds.tiny_tree, query="options=ada,bob").marks
    assert mark.names == names


FOR_ADA, FOR_BOB, FOR_NONE = [advice("ada")], [advice("bob")], [advice("addon")]
AGAINST_ADA = [advice("ada", strength="advised-against")]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([FOR_BOB], True),
        ([FOR_BOB, []], True),
        ([FOR_BOB, FOR_ADA], False),
        ([FOR_BOB, FOR_BOB, FOR_ADA], True),
        ([FOR_NONE], False),
        ([FOR_BOB, FOR_NONE], False),
        ([[*FOR_BOB, advice("ada")]], False),
        ([[]], False),
        ([AGAINST_ADA], False),
    ],
    ids=[
        "one",
        "silent ones",
        "half",
        "most",
        "no option",
        "half no option",
        "both",
        "none",
        "not",
    ],
)
def test_a_case_is_contradicted_where_most_that_speak_of_it_advise_another(sources, expected):
    assert advised(*sources).contradicted is expected


def test_sources_that_say_the_same_are_told_together():
    line = advised(FOR_BOB, FOR_ADA, [], FOR_BOB)
    assert line.speaking == 3
    assert [(group.mark.option.name, group.numbers) for group in line.advisers] == [
        ("Bob", (1, 4)),
        ("Ada", (2,)),
    ]


def test_more_than_eight_sources_are_counted_instead_of_drawn():
    assert len(advised(*[FOR_ADA] * 8).marks) == 8
    assert advised(*[FOR_ADA] * 9).marks == ()


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        ([FOR_ADA], "The one source advises Ada"),
        ([FOR_BOB, FOR_ADA, FOR_BOB], "2 of 3 advise Bob"),
        ([FOR_BOB, AGAINST_ADA], "1 of 2 advises Bob, 1 against Ada"),
        ([FOR_BOB, FOR_ADA, FOR_NONE], "1 of 3 advises Bob, 1 Ada, 1 something else"),
        ([FOR_BOB, FOR_ADA] * 2, "2 of 4 advise Bob, 2 Ada"),
        ([FOR_BOB, FOR_ADA, FOR_NONE, AGAINST_ADA], "No two of 4 advise the same"),
    ],
)
def test_of_what_as_many_advise_none_is_singled_out(sources, words):
    macros = engines["reader"].env.get_template("macros/advice.html").module
    assert words_of(macros.most(advised(*sources))) == words
