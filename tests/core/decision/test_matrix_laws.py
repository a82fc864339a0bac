"""What is no table is refused, wherever in a random one it stands."""

import math

import pytest

pytest.importorskip("hypothesis", reason="the laws need the packages of requirements-dev.txt")

from hypothesis import given
from hypothesis import strategies as st

from comparison.core.decision import MustHave, build, decide, why_not
from tests.random_worlds import World, law, worlds

bad = st.one_of(
    st.floats(max_value=0, exclude_max=True),
    st.floats(min_value=10, exclude_min=True),
    st.sampled_from([math.nan, True, False, "5", "", (), b"5", 1 + 0j, 11, -1]),
)


@law
@given(worlds(), bad, st.data())
def test_a_bad_value_anywhere_is_refused_with_its_place(
    world: World,
    value: object,
    data: st.DataObject,
) -> None:
    option, criterion = (
        data.draw(st.sampled_from(world.options)),
        data.draw(st.sampled_from(world.criteria)),
    )
    with pytest.raises(ValueError, match=f"score / {option} / {criterion}:"):
        world.decide(scores=world.with_score(option, criterion, value))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=f"importances / {criterion}:"):
        world.decide(importances={**world.importances, criterion: value})
    with pytest.raises(ValueError, match="must-have 'bad' / minimum:"):
        world.decide(must_haves=(MustHave("bad", criterion, value),))  # type: ignore[arg-type]
    matrix = build(world.options, world.criteria, world.scores)
    with pytest.raises(ValueError, match=f"dormant / {criterion}:"):
        decide(matrix, world.importances, dormant={criterion: value})  # type: ignore[dict-item]
    with pytest.raises(ValueError, match=f"spread / {option} / {criterion}:"):
        build(world.options, world.criteria, {}, spread={option: {criterion: value}})  # type: ignore[dict-item]
    with pytest.raises(ValueError, match="neutral value:"):
        build(world.options, world.criteria, {}, neutral=value)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="importances: unknown criterion 'nowhere'"):
        world.decide(importances={**world.importances, "nowhere": 1})


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_infinity_and_no_number_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="importances / c:"):
        decide(build(["o"], ["c"], {}), {"c": value})
    with pytest.raises(ValueError, match="score / o / c:"):
        build(["o"], ["c"], {"o": {"c": value}})


@law
@given(worlds())
def test_an_unknown_or_repeated_name_is_refused_with_its_place(world: World) -> None:
    matrix = build(world.options, world.criteria, world.scores)
    with pytest.raises(ValueError, match="option 'o0' is listed twice"):
        build((*world.options, "o0"), world.criteria, {})
    with pytest.raises(ValueError, match="criterion 'c0' is listed twice"):
        build(world.options, (*world.criteria, "c0"), {})
    with pytest.raises(ValueError, match="dormant: unknown criterion 'nowhere'"):
        decide(matrix, world.importances, dormant={"nowhere": 1})
    with pytest.raises(ValueError, match="must-have 'r' is listed twice"):
        decide(
            matrix,
            world.importances,
            must_haves=[MustHave("r", "c0", 1), MustHave("r", "c0", 2)],
        )
    with pytest.raises(ValueError, match="why not: unknown option 'nobody'"):
        why_not(matrix, decide(matrix, world.importances), "nobody")
