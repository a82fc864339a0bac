"""The method page: its rules are the engine's, and a reader can work out its example again from
what is printed.
"""

import random
import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from math import sqrt
from statistics import NormalDist

import pytest

from comparison.core import evidence
from comparison.core.decision import build, certainty, confidence, decide
from comparison.core.decision.certainty import Backing
from comparison.pages.analysis import method
from tests.tools import Page, get, html, words_of

F = NormalDist().cdf  # the standard library's own, not the engine's


@pytest.fixture(autouse=True)
def worked_out_anew():
    """Forget the page before and after each test, because it is kept once it is worked out."""
    method.method_page.cache_clear()
    yield
    method.method_page.cache_clear()


def the_page():
    method.method_page.cache_clear()
    return html("/method/")


def words_of_section(id):
    """Return the words of one section of the page; a blank that keeps a line together is
    a blank.
    """
    return words_of(Page(the_page()).outer(id))


def table(id):
    """Return a table as the page shows it: its head, and its rows as lists of text."""
    markup = Page(the_page()).outer(id)
    rows = [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        for row in re.findall(r"<tr.*?</tr>", markup, re.DOTALL)
    ]
    clean = [
        [" ".join(unescape(re.sub(r"<[^>]*>", "", cell)).split()) for cell in row] for row in rows
    ]
    return clean[0], clean[1:]


def exactly(text):
    return Decimal(text.replace("\N{MINUS SIGN}", "-"))


def number(text):
    return float(exactly(text))


# --- the overall score ----------------------------------------------------------------------------


def test_the_example_is_the_published_one_to_three_decimals():
    head, (*rows, foot) = table("example")
    assert head == ["Criterion", "Importance", "FastAPI", "Django", "Both", "Part", "Safe range"]
    assert {row[0]: row[5] for row in rows} == {
        "Admin": "+0.294",
        "Async": "\N{MINUS SIGN}0.235",
        "ORM": "+0.235",
        "API docs": "\N{MINUS SIGN}0.353",
        "Simplicity": "+0.706",
        "AI serving": "+0.000",
    }
    assert [row[6] for row in rows] == [
        "0.375 to 5",
        "0 to 5",
        "0 to 5",
        "0 to 5",
        "0.25 to 5",
        "0 to 5",
    ]
    assert foot[:6] == ["Together", "17", "5.706", "7.882", "7.235", "+0.647"]
    words = words_of(the_page())
    assert (
        "Both has an unknown score: it counts as 5, and its overall score lies between "
        "6.941 and 7.529"
    ) in words
    assert "Django comes first in 90 of 100 plausible readings: clear." in words
    assert "the nearest change is Simplicity from 3 to 0. It takes 3 moves by one" in words
    assert "may be up to 35 % too high or too low" in words
    assert round(number(method.method_page().firm.chance), 3) == 0.900


def test_the_example_can_be_added_up_again_from_what_the_page_shows():
    head, (*rows, foot) = table("example")
    total = sum(int(row[1]) for row in rows)
    assert int(foot[1]) == total
    for column in (2, 3, 4):
        points = sum(int(row[1]) * Decimal(row[column].replace("unknown", "5")) for row in rows)
        assert f"{points / total:.3f}" == foot[column], head[column]
    assert sum(exactly(row[5]) for row in rows) == exactly(foot[5])
    written = re.search(r"Django: \(([^)]*)\) / (\d+) = (\d+\.\d+)", words_of(the_page()))
    products = sum(
        Decimal(a) * Decimal(b) for a, b in (pair.split(" × ") for pair in written[1].split(" + "))
    )
    assert f"{products / int(written[2]):.3f}" == written[3] == foot[3]


@pytest.mark.django_db
def test_the_method_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        get("/method/")


# --- how firmly it leads --------------------------------------------------------------------------


def test_a_reader_works_out_the_doubts_again():
    """By the words of steps 1 to 3, from the example's table and the numbers of the sentences
    alone.
    """
    rows = table("example")[1][:-1]
    head, (*doubts, together) = table("doubts")
    assert head == ["Criterion", "u", "q", "q × k, Django", "q × k, Both", "u × d²"]
    overall, total, whole = map(
        float,
        re.search(r"\(([\d.]+) × (\d+)\)² ÷ 3 = (\d+\.\d+)", words_of_section("working")).groups(),
    )
    known, gap = map(
        float, re.findall(r"k = [\d.]+² ÷ \d+ = (\d+\.\d+)", words_of_section("working"))
    )
    assert (round(1 / 3, 3), round(100 / 12, 3), total) == (
        known,
        gap,
        sum(int(row[1]) for row in rows),
    )
    assert whole == pytest.approx((overall * total) ** 2 / 3, abs=0.0005)
    for row, (name, u, q, *of_options, shared) in zip(rows, doubts, strict=True):
        importance, django, both = int(row[1]), row[3], row[4]
        assert row[0] == name
        assert float(u) == pytest.approx(1 / 3, abs=0.0005)
        assert float(q) == pytest.approx(importance**2 + 1 / 3, abs=0.0005)
        for score, doubt in zip((django, both), of_options, strict=True):
            assert float(doubt) == pytest.approx(
                float(q) * (100 / 12 if score == "unknown" else 1 / 3), abs=0.003
            )
        apart = float(django) - float(both.replace("unknown", "5"))
        assert float(shared) == pytest.approx(apart**2 / 3, abs=0.001)
    for column in (3, 4, 5):
        assert sum(exactly(row[column]) for row in doubts) == exactly(together[column - 2])
    v, r = (
        re.search(r"V of Django = (.*?)\. V of Both", words_of_section("working")),
        re.search(r"R of Both = (.*?)\. ", words_of_section("working")),
    )
    for sum_ in (v[1], r[1]):
        parts, result = sum_.split(" = ")
        assert sum(map(Decimal, parts.split(" + "))) == Decimal(result)


def test_a_reader_works_out_the_chance_again():
    """By the words of steps 4 and 5, from the leader's doubt, the table of rivals and the cases
    alone.
    """
    own = float(re.search(r"V of Django = .*? = ([\d.]+)\. ", words_of_section("working"))[1])
    rivals = {row[0]: [number(cell) for cell in row[1:]] for row in table("rivals")[1]}
    assert list(rivals) == ["Both", "FastAPI"]
    for lead, its_own, shared, doubt, z, ahead in rivals.values():
        assert doubt == pytest.approx(its_own + shared, abs=0.0011)
        assert z == pytest.approx(lead / sqrt(own + doubt), abs=0.0006)
        assert ahead == pytest.approx(1 - F(z), abs=0.0002)
    *cases, together = table("points")[1]
    chance = 0.0
    for case, weight, *shown, product in cases:
        t, expected = number(case.removeprefix("t = ")), number(weight)
        for (lead, _, _, doubt, _, _), z, behind in zip(
            rivals.values(), shown[::2], shown[1::2], strict=True
        ):
            assert number(z) == pytest.approx((lead + t * sqrt(own)) / sqrt(doubt), abs=0.001)
            assert number(behind) == pytest.approx(F(number(z)), abs=0.0003)
            expected *= F((lead + t * sqrt(own)) / sqrt(doubt))
        assert number(product) == pytest.approx(expected, abs=0.0002)
        chance += expected
    assert sum(exactly(row[-1]) for row in cases) == exactly(together[-1])
    assert chance == pytest.approx(number(together[-1]), abs=0.0002)
    matrix = build(list(method.SCORES), list(method.CRITERIA), _scores())
    decision = decide(matrix, method.CRITERIA)
    assert number(together[-1]) == pytest.approx(decision.confidence.chance, abs=0.00005)
    assert (
        f"the sum of these products: {together[-1]}, or {100 * chance:.0f} of 100"
        in words_of_section("working")
    )
    assert decision.label in words_of_section("firm")


def _scores():
    return {
        option: dict(zip(method.CRITERIA, row, strict=True))
        for option, row in method.SCORES.items()
    }


@pytest.mark.parametrize("seed", range(40))
def test_what_is_shown_term_by_term_is_what_the_decision_says(seed):
    chance = random.Random(seed)
    options, criteria = (
        [f"o{number}" for number in range(2 + seed % 5)],
        [f"c{number}" for number in range(1 + seed % 9)],
    )
    scores = {
        o: {c: None if chance.random() < 0.2 else chance.randrange(0, 101) / 10 for c in criteria}
        for o in options
    }
    spread = {o: {c: chance.choice((0.5, 1, 2)) for c in criteria} for o in options}
    matrix = build(options, criteria, scores, spread=spread)
    steps = (0.3, 0.5, 1, 2, 5, 0) if seed % 2 else (1, 2, 3, 5, 0)
    importances = {c: chance.choice(steps) for c in criteria}
    decision = decide(matrix, importances)
    if decision.confidence is None:
        return
    sure, place_of = decision.confidence, matrix.option_at
    working = confidence.working(
        matrix,
        [importances[c] for c in criteria],
        place_of[decision.leaders[0]],
        [place_of[rival] for rival, _ in sure.ahead],
    )
    assert working.chance == pytest.approx(sure.chance, abs=1e-12)
    assert [(rival.rival, rival.ahead) for rival in working.against] == [
        (rival, pytest.approx(chance)) for rival, chance in sure.ahead
    ]
    first = working.against[0]
    assert first.shared / (working.own + first.doubt) == pytest.approx(
        dict(sure.doubt)["importances"], abs=1e-12
    )
    assert sum(step.weight for step in working.steps) == pytest.approx(1)


@pytest.mark.parametrize(
    ("module", "name", "value", "id", "words"),
    [
        (confidence, "STRONG", 0.97, "firm", "From 97 of 100 on we say strong"),
        (confidence, "CLEAR", 0.83, "firm", "from 83 clear"),
        (
            confidence,
            "CLEAR",
            0.93,
            "firm",
            "Django comes first in 90 of 100 plausible readings: slight.",
        ),
        (confidence, "SLIGHT", 0.66, "firm", "from 66 slight"),
        (confidence, "ENOUGH_COVERAGE", 0.45, "firm", "less than 45 % of what you count"),
        (confidence, "MARKED_OVERALL", 0.5, "firm", "marked 0.5 points too kindly"),
        (confidence, "MARKED_OVERALL", 0.5, "working", "(0.5 × 17)² ÷ 3 = 24.083"),
        (evidence, "SPREAD_FIRM", 0.4, "firm", "by 0.4 where it was checked"),
        (evidence, "SPREAD_USUAL", 1.2, "firm", "off by up to 1.2 point"),
        (evidence, "SPREAD_WIDE", 2.5, "firm", "by 2.5 where sources contradict"),
        (certainty, "OUTVOTED", 3, "concerns", "or 3 if as many speak against it as for it"),
        (certainty, "OLD", 36, "concerns", "more than 36 months ago"),
        (certainty, "MOSTLY_LOW", 0.45, "levels", "45 % of the weight or more rests on low parts"),
        (certainty, "OUTWEIGHED", 0.35, "levels", "35 % more of it on low parts than on high ones"),
        (certainty, "MOSTLY_HIGH", 0.7, "levels", "70 % of the weight or more rests on high parts"),
        (certainty, "LITTLE_COVERED", 0.4, "levels", "coverage is below 40 %"),
        (certainty, "WELL_COVERED", 0.85, "levels", "coverage is 85 % or more"),
    ],
)
def test_a_rule_that_changes_in_the_code_changes_on_the_page(
    monkeypatch, module, name, value, id, words
):
    assert words not in words_of_section(id)
    monkeypatch.setattr(module, name, value)
    assert words in words_of_section(id)


# --- how good the evidence is ---------------------------------------------------------------------


def costs():
    """Return the page's table of concerns: what each costs, as a reader takes it from there."""
    return {row[0].lower(): int(row[2].split()[0]) for row in table("concerns")[1]}


def test_every_concern_stands_in_the_table_with_its_cost():
    assert costs() == certainty.CONCERNS
    assert list(costs()) == list(certainty.CONCERNS)
    assert all(row[1].endswith(".") for row in table("concerns")[1])


@pytest.mark.parametrize("concern", certainty.CONCERNS)
def test_a_concern_that_costs_more_in_the_code_costs_more_on_the_page(monkeypatch, concern):
    monkeypatch.setitem(certainty.CONCERNS, concern, 7)
    assert costs()[concern] == 7
    thing = {
        "unknown": None,
        "unsupported": Backing(),
        "derived": Backing(derived=True, support=1, age=1),
        "single": Backing(support=1, age=1),
        "interested": Backing(support=2, age=1, interested=True),
        "disputed": Backing(support=2, against=1, age=1),
        "found wanting": Backing(support=2, harsh=1, age=1),
        "old": Backing(support=2, age=60),
    }[concern]
    assert certainty.concerns(thing) == {concern: 7}


def level_of(words, cost):
    """Return the concerns and the level of a cell of the example, from its words and the page's
    rules.
    """
    concerns = []
    checked = words.startswith("Checked")
    if words.startswith("Unknown"):
        concerns.append("unknown")
    if words.startswith("One origin"):
        concerns.append("single")
    if "that sells it" in words and not checked:
        concerns.append("interested")
    if "one against" in words and not checked:
        concerns.append("disputed")
    age = re.search(r"(\d+) months ago", words)
    if age and int(age[1]) > int(
        re.search(r"more than (\d+) months", words_of_section("concerns"))[1]
    ):
        concerns.append("old")
    return concerns, ("high", "medium", "low")[min(2, sum(cost[concern] for concern in concerns))]


def test_a_reader_works_out_the_level_again():
    cost, order = costs(), ("high", "medium", "low")
    parts = {row[0]: abs(exactly(row[5])) for row in table("example")[1][:-1]}
    rests = dict.fromkeys(order, Decimal(0))
    touched = {}
    rows = table("backing")[1]
    for name, part, weight, *cells, level in rows:
        assert abs(exactly(part)) == parts[name]
        share = 100 * parts[name] / sum(parts.values())
        assert number(weight.removesuffix(" %")) == pytest.approx(float(share), abs=0.1)
        judged = [level_of(cell, cost) for cell in cells]
        for cell, (concerns, cell_level) in zip(cells, judged, strict=True):
            printed = re.findall(r"([a-z ]+) \N{MINUS SIGN}(\d)", cell.lower())
            assert [(c.strip(), int(lost)) for c, lost in printed] == [
                (concern, cost[concern]) for concern in concerns
            ], cell
            assert cell.endswith(f": {cell_level}")
        assert level == max((cell_level for _, cell_level in judged), key=order.index)
        rests[level] += exactly(weight.removesuffix(" %"))
        for concern in (
            {concern for concerns, _ in judged for concern in concerns} if parts[name] else ()
        ):
            touched[concern] = touched.get(concern, 0) + exactly(weight.removesuffix(" %"))
    assert sum(rests.values()) == 100
    words = words_of_section("certain")
    assert f"The sizes of the parts add up to {sum(parts.values())} points;" in words
    stated = re.search(
        r"Of the weight, ([\d.]+) % rests on high parts, ([\d.]+) % on medium parts, "
        r"([\d.]+) % on low parts",
        words,
    )
    assert [Decimal(share) for share in stated.groups()] == list(rests.values())
    coverage = float(re.search(r"coverage is ([\d.]+) %\. So", words)[1])
    assert coverage == round(100 * 16 / 17, 1)
    low, outweighed, little, high, well, _disputed = (
        int(n) for row in table("levels")[1] for n in re.findall(r"(\d+) %", row[1])
    )
    level = (
        "low"
        if rests["low"] >= low or rests["low"] - rests["high"] >= outweighed or coverage < little
        else "high"
        if rests["high"] >= high and coverage >= well
        else "medium"
    )
    assert f"So the evidence is of {level} certainty." in words
    listed = re.search(r"parts that they touch: (.*?)\. A part", words)[1].split(", ")
    assert {item.rsplit(" ", 2)[0]: Decimal(item.rsplit(" ", 2)[1]) for item in listed} == touched


LIMITS = {"MOSTLY_HIGH": 0.3, "MOSTLY_LOW": 0.15, "OUTWEIGHED": -0.5, "LITTLE_COVERED": 0.95}


@pytest.mark.parametrize("name", LIMITS)
def test_the_level_of_the_example_follows_the_rule(monkeypatch, name):
    assert "So the evidence is of medium certainty." in words_of_section("certain")
    monkeypatch.setattr(certainty, name, LIMITS[name])
    level = "high" if name == "MOSTLY_HIGH" else "low"
    assert f"So the evidence is of {level} certainty." in words_of_section("certain")


def test_the_level_of_the_example_follows_its_evidence(monkeypatch):
    checked = {
        option: tuple(backing and replace(backing, checked=True, age=1) for backing in backings)
        for option, backings in method.BACKING.items()
    }
    monkeypatch.setattr(method, "BACKING", checked)
    assert "100.0 % rests on high parts" in words_of_section("certain")
    assert "So the evidence is of high certainty." in words_of_section("certain")
