"""A walk through the decision tree never fails, drops what does not belong, and is held against the
scores.
"""

import pytest

pytest.importorskip("hypothesis", reason="the laws need the packages of requirements-dev.txt")

from hypothesis import given, settings
from hypothesis import strategies as st

from comparison.core.decision import Decision, MustHave, build, decide
from comparison.core.decision_tree import Walk, advised, agreement, rules, walk
from comparison.core.document.schema import Document, Question
from tests import worlds

law = settings(derandomize=True, deadline=None, database=None, max_examples=100)


def ends(slug, *options, **more):
    return {"slug": slug, "text": slug, "options": list(options), "reason": "So it is."} | more


def leads(slug, question):
    return {"slug": slug, "text": slug, "question": question}


def asks(slug, *answers):
    return {"slug": slug, "text": f"Is it {slug}?", "answers": list(answers)}


# hurry ─ yes ─ ada
#       └ no ── poor ─ yes ─ bob
#                    └ no ── alone ─ yes ─ cyd
#                                  └ no ── ada and bob together: duo
QUESTIONS = [
    asks("hurry", ends("yes", "ada"), leads("no", "poor")),
    asks("poor", ends("yes", "bob"), leads("no", "alone")),
    asks("alone", ends("yes", "cyd"), ends("no", "bob", "ada", together=True)),
]
DUO = {
    "slug": "duo",
    "name": "Duo",
    "line": "Ada and Bob.",
    "parts": [{"option": "ada", "role": "speed"}, {"option": "bob", "role": "thrift"}],
}


def world(*questions, options=()):
    tree = worlds.tiny_tree(questions=list(questions or QUESTIONS))
    tree["options"] += options
    return Document.model_validate(tree)


@pytest.fixture(scope="module")
def document():
    return world(options=[DUO])


def path_of(walked):
    return [(step.question.slug, step.answer.slug) for step in walked.path]


# --- walking --------------------------------------------------------------------------------------


def test_a_walk_begins_at_the_first_question(document):
    walked = walk(document, [])
    assert (walked.path, walked.question, walked.leaf, walked.dropped) == (
        (),
        document.questions[0],
        None,
        (),
    )
    assert walked.reachable == ("ada", "bob", "cyd")


def test_some_answers_lead_to_the_next_question(document):
    walked = walk(document, [("hurry", "no")])
    assert path_of(walked) == [("hurry", "no")]
    assert (walked.question, walked.leaf) == (document.questions[1], None)
    assert walked.reachable == ("ada", "bob", "cyd")


def test_enough_answers_lead_to_a_leaf(document):
    walked = walk(document, [("hurry", "no"), ("poor", "yes")])
    assert (walked.question, walked.dropped) == (None, ())
    assert (walked.leaf, walked.reachable) == (document.questions[1].answers[0], ("bob",))


def test_only_what_lies_below_can_still_come_out():
    small = world(
        asks("first", leads("left", "second"), ends("right", "cyd")),
        asks("second", ends("a", "bob"), ends("b", "bob", "ada")),
    )
    assert walk(small, []).reachable == ("ada", "bob", "cyd")
    assert walk(small, [("first", "left")]).reachable == ("ada", "bob")
    assert walk(small, [("first", "right")]).reachable == ("cyd",)


def test_the_order_of_the_answers_does_not_matter(document):
    answers = [("hurry", "no"), ("poor", "no"), ("alone", "yes")]
    assert walk(document, answers[::-1]) == walk(document, answers)


@pytest.mark.parametrize(
    ("answers", "path", "dropped"),
    [
        pytest.param([("weather", "fine")], [], [("weather", "fine")], id="unknown question"),
        pytest.param([("hurry", "perhaps")], [], [("hurry", "perhaps")], id="unknown answer"),
        pytest.param([("poor", "yes")], [], [("poor", "yes")], id="not asked yet"),
        pytest.param(
            [("hurry", "yes"), ("poor", "yes")],
            [("hurry", "yes")],
            [("poor", "yes")],
            id="no longer asked",
        ),
        pytest.param(
            [("hurry", "no"), ("poor", "maybe"), ("alone", "yes")],
            [("hurry", "no")],
            [("poor", "maybe"), ("alone", "yes")],
            id="stale in the middle",
        ),
        pytest.param([("", "")], [], [("", "")], id="empty"),
    ],
)
def test_answers_that_belong_to_no_question_on_the_way_are_dropped_and_named(
    document, answers, path, dropped
):
    walked = walk(document, answers)
    assert (path_of(walked), list(walked.dropped)) == (path, dropped)


def test_an_earlier_answer_given_anew_drops_the_later_ones(document):
    walked = walk(document, [("hurry", "no"), ("poor", "no"), ("alone", "yes")])
    anew = walk(document, [*walked.answers_before("poor"), ("poor", "yes"), ("alone", "yes")])
    assert path_of(anew) == [("hurry", "no"), ("poor", "yes")]
    assert anew.dropped == (("alone", "yes"),)


def test_the_last_of_two_answers_to_a_question_counts(document):
    assert path_of(walk(document, [("hurry", "no"), ("hurry", "yes")])) == [("hurry", "yes")]


def test_what_stays_when_a_question_is_answered_anew_is_what_stands_before_it(document):
    walked = walk(document, [("hurry", "no"), ("poor", "no"), ("alone", "yes")])
    assert walked.answers_before("hurry") == ()
    assert walked.answers_before("alone") == (("hurry", "no"), ("poor", "no"))
    assert walked.answers_before("weather") == (("hurry", "no"), ("poor", "no"), ("alone", "yes"))


def test_without_a_tree_there_is_nowhere_to_go():
    bare = worlds.tiny(questions=[])
    walked = walk(bare, [("hurry", "yes")])
    assert walked == Walk((), None, None, (), (("hurry", "yes"),))
    assert rules(bare, walked) == ()


# --- rules ----------------------------------------------------------------------------------------


def standings(document, *answers):
    return [
        (rule.question.slug, rule.answer.slug, rule.standing)
        for rule in rules(document, walk(document, answers))
    ]


def test_a_rule_is_open_until_its_question_is_answered(document):
    assert standings(document) == [
        ("hurry", "yes", "open"),
        ("poor", "yes", "open"),
        ("alone", "yes", "open"),
        ("alone", "no", "open"),
    ]


def test_an_answer_chooses_one_rule_and_rules_out_the_others_of_its_question(document):
    assert standings(document, ("hurry", "no"), ("poor", "no"), ("alone", "no")) == [
        ("hurry", "yes", "ruled-out"),
        ("poor", "yes", "ruled-out"),
        ("alone", "yes", "ruled-out"),
        ("alone", "no", "chosen"),
    ]


def test_a_rule_whose_question_was_not_asked_might_hold_as_well(document):
    assert standings(document, ("hurry", "yes"), ("poor", "no")) == [
        ("hurry", "yes", "chosen"),
        ("poor", "yes", "open"),
        ("alone", "yes", "open"),
        ("alone", "no", "open"),
    ]


# --- against the scores ---------------------------------------------------------------------------


def leaf(*answers):
    return walk(world(options=[DUO]), answers).leaf


ADA, BOB = leaf(("hurry", "yes")), leaf(("hurry", "no"), ("poor", "yes"))
TOGETHER = leaf(("hurry", "no"), ("poor", "no"), ("alone", "no"))


def decided(*leaders, failed=()):
    return Decision("ok", None, leaders, (), 1.0, (), failed, ())


@pytest.mark.parametrize(
    ("end", "scores", "expected"),
    [
        pytest.param(None, decided("ada"), "none", id="no leaf yet"),
        pytest.param(ADA, decided("ada"), "same", id="the leader"),
        pytest.param(ADA, decided("bob"), "different", id="another"),
        pytest.param(ADA, decided("ada", "bob"), "overlap", id="one of two leaders"),
        pytest.param(BOB, decided("duo"), "overlap", id="a part of the leader"),
        pytest.param(TOGETHER, decided("duo"), "same", id="together, and the combination leads"),
        pytest.param(TOGETHER, decided("bob"), "overlap", id="together, and a part leads"),
        pytest.param(
            TOGETHER,
            decided("ada", "bob"),
            "overlap",
            id="together, and both parts lead, each alone",
        ),
        pytest.param(TOGETHER, decided("cyd"), "different", id="together, and a stranger leads"),
        pytest.param(
            ADA,
            decided("bob", failed=(("ada", ("speed",)),)),
            "blocked",
            id="it fails a must-have",
        ),
        pytest.param(
            ADA,
            decided("bob", failed=(("cyd", ("speed",)),)),
            "different",
            id="a stranger fails a must-have",
        ),
        pytest.param(ADA, decided("ada", failed=(("ada", ()),)), "same", id="it fails none"),
        pytest.param(
            TOGETHER,
            decided("cyd", failed=(("duo", ("cost",)),)),
            "blocked",
            id="the combination fails one",
        ),
        pytest.param(
            TOGETHER,
            decided("duo", failed=(("ada", ("cost",)),)),
            "same",
            id="a part fails one, alone",
        ),
    ],
)
def test_agreement_says_how_the_advice_stands_to_the_scores(document, end, scores, expected):
    assert agreement(document, end, scores) == expected


def test_alternatives_agree_with_the_scores_where_they_share_the_first_rank(document):
    either = TOGETHER.model_copy(update={"together": False})
    assert agreement(document, either, decided("ada", "bob")) == "same"
    assert agreement(document, either, decided("ada")) == "overlap"
    assert agreement(document, either, decided("duo")) == "overlap"


def test_what_is_meant_together_is_the_combination_of_exactly_those_parts(document):
    assert advised(document, TOGETHER) == {"duo"}
    assert advised(document, TOGETHER.model_copy(update={"together": False})) == {"ada", "bob"}
    assert advised(document, TOGETHER.model_copy(update={"options": ("ada", "cyd")})) == {
        "ada",
        "cyd",
    }
    assert advised(document, TOGETHER.model_copy(update={"options": ("ada", "bob", "cyd")})) == {
        "ada",
        "bob",
        "cyd",
    }
    assert advised(world(), TOGETHER) == {"ada", "bob"}


def test_a_real_decision_can_block_the_advice():
    small = world()
    scores = {
        o.slug: {c.slug: c.cells[o.slug].score for c in small.criteria} for o in small.options
    }
    matrix = build(scores, ["speed", "ease", "cost"], scores)
    importances = {"speed": 3, "ease": 3, "cost": 3}
    assert agreement(small, ADA, decide(matrix, importances)) == "same"
    assert agreement(small, BOB, decide(matrix, importances)) == "different"
    assert (
        agreement(small, ADA, decide(matrix, importances, must_haves=[MustHave("m", "cost", 5)]))
        == "blocked"
    )


# --- laws -----------------------------------------------------------------------------------------

OPTIONS = ("ada", "bob", "cyd")


@st.composite
def questions(draw):
    """Return a tree of up to seven questions whose answers lead to later questions, so that it has
    no cycle.
    """
    slugs = [f"q{number}" for number in range(draw(st.integers(0, 7)))]
    nodes = []
    for index, slug in enumerate(slugs):
        answers = []
        for number in range(draw(st.integers(2, 3))):
            later = slugs[index + 1 :]
            if later and draw(st.booleans()):
                answers.append(leads(f"a{number}", draw(st.sampled_from(later))))
            else:
                answers.append(
                    ends(
                        f"a{number}",
                        *draw(
                            st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=2, unique=True)
                        ),
                    )
                )
        nodes.append(Question.model_validate(asks(slug, *answers)))
    return tuple(nodes)


slugs_of_questions = st.sampled_from([*(f"q{number}" for number in range(7)), "gone"])
pairs = st.lists(st.tuples(slugs_of_questions, st.sampled_from(["a0", "a1", "a2", "gone"])))


@law
@given(questions(), pairs)
def test_a_walk_never_fails_and_loses_no_answer(tree, answers):
    document = worlds.tiny().model_copy(update={"questions": tree})
    walked = walk(document, answers)
    assert sorted([*path_of(walked), *walked.dropped]) == sorted(dict(answers).items())
    assert (walked.question is None) is (walked.leaf is not None or not tree)
    assert bool(walked.reachable) is bool(tree)
    asked = [step.question for step in walked.path] + ([walked.question] if walked.question else [])
    assert asked[:1] == list(tree[:1])
    assert [step.answer.question for step in walked.path if step.answer.question] == [
        question.slug for question in asked[1:]
    ]
    assert sum(rule.standing == "chosen" for rule in rules(document, walked)) == (
        walked.leaf is not None
    )


@law
@given(questions(), pairs)
def test_a_walk_is_the_same_from_its_own_path_and_in_any_order(tree, answers):
    document = worlds.tiny().model_copy(update={"questions": tree})
    given_once = list(dict(answers).items())
    walked = walk(document, given_once)
    again, backwards = walk(document, path_of(walked)), walk(document, given_once[::-1])
    assert (again.path, again.question, again.reachable, again.dropped) == (
        walked.path,
        walked.question,
        walked.reachable,
        (),
    )
    assert (backwards.path, set(backwards.dropped)) == (walked.path, set(walked.dropped))


@law
@given(questions(), pairs)
def test_another_answer_never_makes_more_reachable(tree, answers):
    document = worlds.tiny().model_copy(update={"questions": tree})
    walked = walk(document, answers)
    for steps in range(len(walked.path)):
        before = walk(document, path_of(walked)[:steps])
        assert set(walked.reachable) <= set(before.reachable)
