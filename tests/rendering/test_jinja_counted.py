"""One of a thing is never said in the plural, and what counts nothing is no part of what
decides.
"""

import re

import pytest

from comparison.rendering.jinja import counted, noun
from tests import worlds
from tests.tools import html, results, words_of
from tests.worlds.score_rows import world

PLURAL = re.compile(
    r"\b1 (?:of 1 )?(?:comparisons|options|criteria|sources|claims|rows|cells|releases|changes"
    r"|statements|points|steps|votes|origins|use cases|cases|questions|contradictions|problems"
    r"|figures|moves|settings|others|texts|opinions|programs)\b"
)


def test_a_noun_follows_its_number():
    assert [counted(n, "source") for n in (0, 1, 2)] == ["0 sources", "1 source", "2 sources"]
    assert noun(2, "criterion", "criteria") == "criteria"


def test_thousands_are_parted_as_most_sources_part_them():
    assert counted(3600, "claim") == "3,600 claims"


def one_of_each():
    """Return a tree with one criterion, one source with one claim, one use case and one
    question.
    """
    tree = worlds.tiny_tree(runs=[], workloads=[], questions=[])
    tree["criteria"] = tree["criteria"][:1]
    slug = tree["criteria"][0]["slug"]
    tree["groups"] = [
        group for group in tree["groups"] if group["slug"] == tree["criteria"][0]["group"]
    ]
    tree["sources"] = tree["sources"][:1]
    tree["sources"][0]["claims"] = [
        claim for claim in tree["sources"][0]["claims"] if claim.get("criterion") == slug
    ][:1]
    tree["use_cases"] = tree["use_cases"][:1]
    tree["use_cases"][0] |= {"importances": {}, "must": []}
    return tree


PAGES = (
    "/", "/tiny/", "/tiny/?options=ada", "/tiny/?w=speed:5", "/tiny/sources/",
    "/tiny/sources/first/", "/tiny/changes/",
    "/tiny/freshness/", "/tiny/sensitivity/", "/tiny/parts/", "/tiny/search/?q=ada",
    "/tiny/cell/speed/ada/", "/tiny/embed/",
    "/tiny/share/", "/tiny/suggest/", "/tiny/why/bob/", "/method/",
)  # fmt: skip


@pytest.mark.django_db
def test_no_page_of_a_comparison_with_one_of_each_says_it_in_the_plural():
    worlds.publish(one_of_each())
    for address in PAGES:
        page = html(address)
        spoken = " ".join(re.findall(r'(?:aria-label|title|content)="([^"]*)"', page))
        assert not PLURAL.findall(words_of(page)) and not PLURAL.findall(spoken), address
    assert "1 source" in words_of(html("/tiny/")) and "1 criterion" in words_of(html("/tiny/"))


@pytest.mark.django_db
def test_what_counts_nothing_is_not_listed_among_what_decides():
    rows = {f"c{number}": [5, 5] for number in range(7)} | {"speed": [9, 3]}
    worlds.publish(world(**rows))
    panel = html("/tiny/").split('class="contributions')[1].split("</ol>")[0]
    assert panel.count("<li>") == 1 and ">0.00<" not in panel
    assert "The other" not in results("/tiny/")
    table = html("/tiny/parts/").split("<tbody")[1].split("</tbody>")[0]
    assert table.count("<tr") == 1 and "+0.00" not in table
    assert "C3" in words_of(html("/tiny/parts/"))
