"""The words that a comparison may lack: asked for, and no problem."""

from comparison.core.document.schema import Document, plain
from comparison.core.document.unwritten import unwritten
from comparison.core.document.validation import problems
from tests import worlds


def test_nothing_is_asked_for_where_all_is_written():
    assert unwritten(worlds.tiny()) == ()


def test_what_no_table_brings_is_asked_for_and_no_problem():
    tree = worlds.bare_tree()
    assert problems(tree) == []
    assert unwritten(Document.model_validate(tree)) == (
        "Without question, summary, licence: the comparison",
        "Without a written scale: 3 of 3 ratings (Speed, Ease, Cost)",
        "Without a reason: 9 of 9 scores",
        "Without a question: 3 of 3 criteria (Speed, Ease, Cost)",
        "Without a reason why it matters: 3 of 3 criteria (Speed, Ease, Cost)",
        "Without a line: 3 of 3 options (Ada, Bob, Cyd)",
        "Without a situation: 2 of 2 use cases (A race, Thrift)",
        "Without a description: 2 of 2 use cases (A race, Thrift)",
    )


def test_a_scale_that_follows_from_the_kind_is_not_asked_for():
    tree = worlds.full_tree()
    for criterion in tree["criteria"]:
        criterion.pop("scale_low", None)
    assert unwritten(Document.model_validate(tree)) == (
        "Without a written scale: 1 of 1 ratings (Learning curve)",
    )


def test_what_is_missing_is_absent_from_the_plain_tree():
    assert plain(Document.model_validate(worlds.bare_tree())) == worlds.bare_tree()
