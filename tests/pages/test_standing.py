"""Overall scores as they are shown."""

from types import SimpleNamespace

from comparison.pages.standing import scores_shown


def ranked(*scores):
    """Return a decision of verified options, the best first."""
    options = [
        SimpleNamespace(option=str(rank), rank=rank, score=score, state="verified")
        for rank, score in enumerate(scores, start=1)
    ]
    return SimpleNamespace(options=options, margin=True)


def test_nobody_after_the_second_is_shown_above_it():
    """The second is 0.18 behind 7.04, at 6.86, though alone it would be 6.87 as the third is."""
    assert scores_shown(ranked(7.044, 6.8664, 6.8658)) == {"1": "7.04", "2": "6.86", "3": "6.86"}


def test_where_one_decimal_will_do_all_have_one():
    assert scores_shown(ranked(7.04, 6.04, 5.55)) == {"1": "7.0", "2": "6.0", "3": "5.5"}
