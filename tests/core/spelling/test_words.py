"""Where a word that is looked for begins one of a text."""

import random
import re

import pytest

from comparison.core.spelling.words import begins_one, begun


@pytest.mark.parametrize("seed", range(20))
def test_a_word_begins_one_where_its_pattern_says_so(seed):
    chance = random.Random(seed)
    for _ in range(200):
        text = "".join(chance.choices("ab1²_-é\u0301ß ٣.", k=chance.randrange(12)))
        word = "".join(chance.choices("ab1_-é", k=chance.randrange(1, 3)))
        assert begins_one(text, word) == bool(re.search(begun(word), text)), (text, word)
