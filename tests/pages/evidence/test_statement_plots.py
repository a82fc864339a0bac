"""Costs, moves and popularity as plots: what is added up, what is never mixed, what is left out."""

import re

import pytest

from tests.tools import Page, html, publish, words_of
from tests.worlds import stated

pytestmark = pytest.mark.django_db


def amount(low, high=None, unit="INR"):
    spelling = f"{low:,}" if high is None else f"{low:,}-{high:,}"
    ends = {"low": low} if high is None else {"form": "range", "low": low, "high": high}
    return {"spelling": spelling, "unit": unit} | ends


def cost(slug, option, quantity, source="first", **more):
    return {
        **stated(slug, "Table 1", source),
        "option": option,
        "item": slug.capitalize(),
        "amount": quantity,
        "currency": "INR",
        "period": "month",
    } | more


def figures(section, **changes):
    publish(**changes)
    page = Page(html(f"/tiny/{section}/"))
    return [
        Page(page.html[e["from"] : e["to"]]) for e in page.find("figure", **{"class": "figure"})
    ]


def rows(figure):
    return [words_of(figure.html[e["from"] : e["to"]]) for e in figure.find("tbody")]


def bars(figure, kind):
    """Return the left and right ends of bars, in percent."""
    ends = re.findall(rf'<rect\s+class="{kind}" x="([\d.]+)%" width="([\d.]+)%"', figure.html)
    return [(float(x), round(float(x) + float(width), 2)) for x, width in ends]


# An axis to 20 k is drawn from 3 to 97 percent: 4.7 percent for each thousand.
BILL = [
    cost("server", "ada", amount(3000, 8000)),
    cost("database", "ada", amount(2000, 5000)),
    cost("total", "ada", amount(5000, 20000), is_total=True),
]


def test_a_bill_is_stacked_part_by_part_and_outlined_up_to_its_total():
    (figure,) = figures("costs", costs=BILL)
    assert bars(figure, "part") == [(3, 17.1), (17.1, 26.5)]
    assert bars(figure, "claimed") == [(26.5, 97)]
    (row,) = rows(figure)
    assert "Ada Server 3,000-8,000 INR, Database 2,000-5,000 INR" in row
    assert row.endswith("5,000-20,000 INR")


def test_parts_without_a_total_are_added_up_and_it_is_said_who_did():
    (figure,) = figures("costs", costs=BILL[:2])
    assert rows(figure)[0].endswith("5,000 to 13,000 added up here")


def test_currencies_periods_and_audiences_each_have_a_plot():
    others = [
        cost("dollars", "bob", amount(10, unit="USD"), currency="USD"),
        cost("yearly", "bob", amount(900), period="year"),
        cost("students", "bob", amount(90), audience="students"),
    ]
    made = figures("costs", costs=[*BILL, *others])
    titles = [words_of(f.html[f.find("h3")[0]["from"] : f.find("h3")[0]["to"]]) for f in made]
    assert titles == ["INR a month", "USD a month", "INR a year", "INR a month"]
    assert "For students." in made[3].text


def test_a_bill_with_a_part_in_words_is_not_added_up():
    vague = cost("more", "ada", {"spelling": "a little", "form": "verbal"})
    assert figures("costs", costs=[*BILL[:2], vague]) == []
    assert "a little" in html("/tiny/costs/")


def move(slug, start, target, **time):
    return {
        **stated(slug, "Section 8", "first"),
        "start": start,
        "target": target,
        "time": time,
        "scope": "a medium product",
    }


def test_moves_are_bars_in_weeks_whatever_their_unit():
    (figure,) = figures(
        "migrations",
        migrations=[
            move(
                "a", "ada", "bob", spelling="2-4 weeks", form="range", low=2, high=4, unit="weeks"
            ),
            move("b", "bob", "ada", spelling="14 days", low=14, unit="days"),
            move("c", "bob", "cyd", spelling="a while", form="verbal"),
        ],
    )
    # an axis to 4
    assert bars(figure, "part") == [(3, 50), (3, 50)]
    assert bars(figure, "claimed") == [(50, 97)]
    assert [row.split(" a medium")[0] for row in rows(figure)] == ["1 Ada to Bob", "1 Bob to Ada"]
    assert rows(figure)[1].endswith("14 days")


def count(slug, option, low, day, **more):
    return {
        **stated(slug, "Section 11", "first"),
        "option": option,
        "metric": "Stars",
        "quantity": amount(low, unit="stars"),
        "as_of": day,
    } | more


def test_counts_are_dots_with_their_day_as_precise_as_it_is():
    days = count("c", "ada", 400, "2024-01-05"), count("b", "ada", 300, "2023-12")
    (figure,) = figures("popularity", popularity=[*days, count("a", "bob", 500, "2023")])
    assert [re.search(r"(?:in|on) [\w ]+?(?= \d+$)", row)[0] for row in rows(figure)] == [
        "in Dec 2023",
        "on 5 Jan 2024",
        "in 2023",
    ]
    dots = re.findall(r'<svg x="([\d.]+)%" y="11"', figure.html)
    assert dots == ["59.40", "78.20", "97.00"]  # an axis to 500


def test_the_unit_of_a_count_is_said_once_and_a_missing_day_is_told():
    plus = amount(70_000, unit="stars") | {"spelling": "70,000+ stars", "form": "at-least"}
    counts = [count("a", "ada", 0, "undated", metric="GitHub stars") | {"quantity": plus}]
    (figure,) = figures("popularity", popularity=counts)
    assert rows(figure)[0].endswith("on a day that is not stated 70,000+")
    words = words_of(html("/tiny/popularity/"))
    assert "GitHub stars: 70,000+. Counted on a day that is not stated." in words


def test_metrics_are_never_mixed_and_a_source_that_is_left_out_has_no_row():
    counts = [count("a", "ada", 5, "2023"), count("b", "ada", 7, "2023", metric="Downloads")]
    assert [len(rows(figure)) for figure in figures("popularity", popularity=counts)] == [1, 1]
    assert not Page(html("/tiny/popularity/?distrust=first")).find("figure")


def test_what_is_opened_in_place_has_the_same_plot():
    figures("costs", costs=BILL)
    assert 'id="grid-costs-1"' in html("/tiny/-/section/costs/")
