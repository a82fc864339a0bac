"""What is found in templates: a name that nothing gives, wherever it stands, and no other."""

import pytest
from jinja2 import DictLoader, Environment

from tests.template_reads import Reads

MACROS = """{% set unit = "points" %}
{% macro told(number, sign="+") %}{{ sign }}{{ number }} {{ unit }}{% endmacro %}
{% macro framed(title) %}{{ title }} {{ caller(title) }} {{ varargs }} {{ kwargs }}{% endmacro %}
"""
FRAME = """{% set wide = wide|default(false) %}
{{ kind }} {% block main %}{% endblock %} {{ wide }}
"""


def missing(template, **given):
    """Return the names that a template reads though nothing gives them."""
    templates = {
        "macros.html": MACROS,
        "frame.html": FRAME,
        "part.html": "{{ here }}",
        "page.html": template,
    }
    environment = Environment(loader=DictLoader(templates), autoescape=True)
    environment.globals["address_of"] = str
    reads = Reads(environment)
    reads.template("page.html", {name: {kind} for name, kind in given.items()})
    return {line.removesuffix(", which nothing gives") for line in reads.missing}


GIVEN = {
    "a name that is given": "{{ page }}",
    "a global of the environment": "{{ address_of(1) }}",
    "a loop": "{% for one in [1] if one %}{{ one }}{{ loop.index }}{% else %}0{% endfor %}",
    "a loop over pairs": "{% for key, value in [(1, 2)] %}{{ key }}{{ value }}{% endfor %}",
    "a name set": "{% set a, b = 1, 2 %}{{ a }}{{ b }}",
    "a name set in a branch": "{% if page %}{% set a = 1 %}{% endif %}{{ a }}",
    "a block set": "{% set a %}{{ page }}{% endset %}{{ a }}",
    "with": "{% with a = page %}{{ a }}{% endwith %}",
    "a macro and its parameters": "{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}",
    "a macro that reads what stands around it": (
        "{% set a = 1 %}{% macro m() %}{{ a }}{{ page }}{% endmacro %}{{ m() }}"
    ),
    "an import": '{% import "macros.html" as macros %}{{ macros.told(1) }}',
    "from an import": '{% from "macros.html" import told as said %}{{ said(1, sign="-") }}',
    "a caller": (
        '{% import "macros.html" as macros %}'
        "{% call(title) macros.framed(page) %}{{ title }}{{ page }}{% endcall %}"
    ),
    "what an include sees": '{% set here = 1 %}{% include "part.html" %}',
    "a name in a loop that an include sees": (
        '{% for here in [1] %}{% include "part.html" %}{% endfor %}'
    ),
    "what a page says to its frame": (
        '{% extends "frame.html" %}{% set kind, wide = 1, true %}'
        "{% block main %}{{ super() }}{{ kind }}{% endblock %}"
    ),
    "asked whether it is there": "{{ nobody|default(1) }}{% if nobody is defined %}1{% endif %}",
}


@pytest.mark.parametrize("template", GIVEN.values(), ids=GIVEN)
def test_a_name_that_is_given_is_not_missing(template):
    assert missing(template, page=str) == set()


MISSING = {
    "at the top": "{{ nobody }}",
    "in a condition": "{% if nobody %}1{% endif %}",
    "in a test of a loop": "{% for one in [1] if nobody %}{{ one }}{% endfor %}",
    "as what a loop runs over": "{% for one in nobody %}{{ one }}{% endfor %}",
    "of a field": "{{ nobody.name }}",
    "in a filter": "{{ page|replace('a', nobody) }}",
    "in what is called": "{{ address_of(nobody) }}",
    "called": "{{ nobody(1) }}",
    "in a macro": "{% macro m(a) %}{{ nobody }}{% endmacro %}{{ m(1) }}",
    "as what a parameter is otherwise": "{% macro m(a=nobody) %}{{ a }}{% endmacro %}{{ m() }}",
    "after its loop": "{% for nobody in [1] %}{{ nobody }}{% endfor %}{{ nobody }}",
    "a parameter outside its macro": (
        "{% macro m(nobody) %}{{ nobody }}{% endmacro %}{{ m(1) }}{{ nobody }}"
    ),
    "after with": "{% with nobody = 1 %}{{ nobody }}{% endwith %}{{ nobody }}",
    "in what a caller brings": (
        '{% import "macros.html" as macros %}'
        "{% call(title) macros.framed(1) %}{{ nobody }}{% endcall %}"
    ),
    "in a block set": "{% set a %}{{ nobody }}{% endset %}{{ a }}",
    "in a page's block": (
        '{% extends "frame.html" %}{% set kind = 1 %}{% block main %}{{ nobody }}{% endblock %}'
    ),
    "with another default": "{{ page|default(nobody) }}{{ nobody|default }}",
}


@pytest.mark.parametrize("template", MISSING.values(), ids=MISSING)
def test_a_name_that_nothing_gives_is_missing(template):
    assert missing(template, page=str) == {"page.html reads nobody"}


def test_a_name_that_an_include_or_a_frame_lacks_is_missing():
    assert missing('{% include "part.html" %}') == {"part.html reads here"}
    assert missing('{% extends "frame.html" %}') == {"frame.html reads kind"}
    assert missing('{% import "macros.html" as macros %}{{ macros.told(here) }}') == {
        "page.html reads here"
    }
