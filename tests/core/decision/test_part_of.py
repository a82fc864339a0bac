"""A part of a table is the very table that is built of its rows alone."""

import random
from dataclasses import fields

import pytest

from comparison.core.decision import build, part_of

OPTIONS, CRITERIA = [f"o{n}" for n in range(7)], [f"c{n}" for n in range(9)]


def given(seed):
    """Return scores with gaps, spreads and bounds, and an option of which nothing is known."""
    chance = random.Random(seed)
    scores, spread, bounds = {}, {}, {}
    for option in OPTIONS[:-1]:
        scores[option] = {c: chance.choice([None, 0, 3, 3, 7.5, 10]) for c in CRITERIA}
        scores[option]["c0"], scores[option]["c1"] = 4, None
        spread[option] = {c: chance.choice([None, 0.5, 2]) for c in CRITERIA}
        bounds[option] = {
            c: chance.choice([None, (5, 10), (0, 10)])
            for c, score in scores[option].items()
            if score is None and c != "c1"
        }
    return {"scores": scores, "spread": spread, "bounds": bounds, "groups": {"c2": "g", "c0": "h"}}


def of(options, tables):
    rows = ("scores", "spread", "bounds")
    part = {name: {o: tables[name][o] for o in options if o in tables[name]} for name in rows}
    return build(options, CRITERIA, groups=tables["groups"], **part)


@pytest.mark.parametrize("seed", range(20))
def test_every_field_is_what_building_it_anew_makes(seed):
    tables, chance = given(seed), random.Random(seed)
    whole = of(OPTIONS, tables)
    for size in range(len(OPTIONS) + 1):
        options = [o for o in OPTIONS if o in chance.sample(OPTIONS, size)]
        part, anew = part_of(whole, options), of(options, tables)
        for field in fields(anew):
            assert getattr(part, field.name) == getattr(anew, field.name), (options, field.name)


def test_an_option_that_the_table_has_not_is_refused():
    with pytest.raises(ValueError, match="unknown option 'nobody'"):
        part_of(of(OPTIONS, given(1)), ["nobody"])
