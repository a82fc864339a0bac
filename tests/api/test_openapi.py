"""The description of the API is whole, and the answers hold to it."""

import json
import re
from html import unescape

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from comparison.api import openapi
from comparison.api.schemas import REF, schema_of
from comparison.core.decision import Decision, key_of
from comparison.core.query import KEYS
from comparison.publishing import publish as publishing
from comparison.wsgi import application
from tests import worlds
from tests.api.client import ask

pytestmark = pytest.mark.django_db


# --- the description ------------------------------------------------------------------------------


def test_the_description_is_openapi_3_1_and_its_schemas_are_schemas():
    described = openapi.description()
    assert described["openapi"].startswith("3.1")
    schemathesis.openapi.from_dict(described).validate()
    for name, schema in described["components"]["schemas"].items():
        jsonschema_rs.meta.validate(
            schema | {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        )
        assert schema, name


def test_every_key_of_a_query_and_every_field_of_a_decision_is_described():
    assert set(openapi.QUERY_WORDS) == set(KEYS)
    described = openapi.description()["components"]["schemas"]["Decision"]["properties"]
    assert list(described) == [key_of(Decision, field) for field in Decision._fields]


def test_a_type_without_a_schema_is_an_error():
    with pytest.raises(TypeError, match="no schema yet"):
        schema_of(bytes, {})


def test_the_page_tells_every_address_parameter_problem_and_schema():
    html = unescape(ask("/api/").content.decode()).replace("<wbr>", "")
    for address in openapi.ADDRESSES:
        assert f"GET {address.path}" in html
        assert all(parameter["description"] in html for parameter in address.parameters)
    for kind in openapi.PROBLEMS:
        assert f'id="{kind}"' in html
    for name in openapi.description()["components"]["schemas"]:
        assert f'id="schema-{name}"' in html
    assert "<script>" not in html


def test_the_page_and_the_description_speak_json_and_not_python():
    html = unescape(ask("/api/").content.decode())
    assert "null = there is no such number" in html
    for word in ("None", "True", "False"):
        assert not re.search(rf"(?<!-)\b{word}\b", html), word  # If-None-Match is a header
        assert f"{word} =" not in json.dumps(openapi.description())


def test_every_reason_for_a_status_is_described():
    answers = openapi.description()["paths"]["/comparisons/{slug}/releases/{number}"]["get"][
        "responses"
    ]
    assert (
        answers["404"]["description"] == "There is no such comparison, or there is no such release"
    )
    assert "latest-version" in answers["200"]["headers"]["Link"]["description"]


def test_every_reference_leads_to_a_schema():
    text = json.dumps(openapi.description())
    for name in {part.partition('"')[0] for part in text.split(REF)[1:]}:
        assert name in openapi.description()["components"]["schemas"]


# --- held to the answers --------------------------------------------------------------------------


SHORT = settings(
    derandomize=True,
    max_examples=12,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def described():
    """The live application's own description, as schemathesis reads it: every call goes through the
    whole application.
    """
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


AS_IT_IS = {"Accept-Encoding": "identity"}  # what reads the answers here unpacks nothing


@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["as-described", "against-it"]
)
@pytest.mark.parametrize("path", [address.path for address in openapi.ADDRESSES])
def test_every_answer_is_as_described(tiny, described, path, mode):
    @SHORT
    @given(case=described[path]["GET"].as_strategy(generation_mode=mode), known=st.booleans())
    def holds(case, known):
        if known and mode is GenerationMode.POSITIVE:
            case.path_parameters = {
                key: value
                for key, value in {"slug": "tiny", "number": 1}.items()
                if f"{{{key}}}" in path
            }
        case.call_and_validate(headers=AS_IT_IS)

    holds()


def test_answers_about_everything_that_a_document_may_hold_are_as_described(described):
    publishing.publish(worlds.draft(worlds.full_tree()), "eve", "Now.")
    for address in openapi.ADDRESSES:
        case = described[address.path]["GET"].Case(path_parameters={"slug": "full", "number": 1})
        case.call_and_validate(headers=AS_IT_IS)
