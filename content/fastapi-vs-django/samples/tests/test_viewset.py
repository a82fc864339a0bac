import pytest

TOPIC = "viewset"

ADD_PERSON = {
    "fastapi": "import sys, main; print(main.add_person(sys.argv[1]))",
    "django": """
import runpy, sys, app
from django.contrib.auth.models import User
from rest_framework.authtoken.models import Token
print(Token.objects.create(user=User.objects.create_user(sys.argv[1])).key)
""",
}


@pytest.fixture(scope="module")
def tokens(program):
    """Return the tokens of two people who have been added."""
    return [program.run("-c", ADD_PERSON[program.option], name).strip() for name in ("ana", "ben")]


@pytest.fixture
def ana(tokens):
    return {"Authorization": f"Bearer {tokens[0]}"}


@pytest.fixture
def ben(tokens):
    return {"Authorization": f"Bearer {tokens[1]}"}


def bodies(program, person):
    found = program.client.get("/documents", headers=person).json()
    return [document["body"] for document in (found if isinstance(found, list) else found["results"])]


def test_a_document_can_be_added_shown_changed_and_removed(program, post, ana):
    added = post("/documents", {"body": "Tea"}, headers=ana)
    assert added.status_code == 201
    address = f"/documents/{added.json()['id']}"
    assert program.client.get(address, headers=ana).json()["body"] == "Tea"
    assert program.client.put(address, json={"body": "Coffee"}, headers=ana).json()["body"] == "Coffee"
    assert bodies(program, ana)[0] == "Coffee"
    assert program.client.delete(address, headers=ana).status_code == 204
    assert program.client.get(address, headers=ana).status_code == 404


def test_what_is_not_there_is_not_found(program, ana):
    assert program.client.get("/documents/999", headers=ana).status_code == 404
    assert program.client.get(f"/documents/{2**70}", headers=ana).status_code in (404, program.refusal)


def test_nobody_sees_or_touches_the_documents_of_another(program, post, ana, ben):
    address = f"/documents/{post('/documents', {'body': 'mine'}, headers=ana).json()['id']}"
    assert bodies(program, ben) == []
    assert program.client.get(address, headers=ben).status_code == 404
    assert program.client.put(address, json={"body": "now mine"}, headers=ben).status_code == 404
    assert program.client.delete(address, headers=ben).status_code == 404
    assert program.client.get(address, headers=ana).json()["body"] == "mine"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer invented"}], ids=["no-token", "unknown-token"])
@pytest.mark.parametrize(("method", "path"), [("GET", "/documents"), ("POST", "/documents"), ("POST", "/documents/analyze")])
def test_without_a_token_nothing_is_done(program, method, path, headers):
    answer = program.client.request(method, path, json={"body": "Tea"}, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_text_is_analyzed_and_not_kept(program, post, ana):
    before = bodies(program, ana)
    answer = post("/documents/analyze", {"body": "Tea is calm. Coffee is quick."}, headers=ana)
    assert answer.status_code == 200
    assert answer.json() == {"analysis": "In short:\nTea is calm."}
    assert bodies(program, ana) == before


@pytest.mark.parametrize("path", ["/documents", "/documents/analyze"])
@pytest.mark.parametrize("fields", [{}, {"body": " "}, {"body": None}, {"body": "a" * 20_001}, []])
def test_bad_input_is_refused_with_a_reason(program, post, ana, path, fields):
    answer = post(path, fields, headers=ana)
    assert answer.status_code == program.refusal
    assert answer.json()


@pytest.mark.parametrize("fault", ["please fail", "please mumble"])
def test_a_failing_model_is_a_clean_502(post, ana, is_clean_failure, fault):
    assert is_clean_failure(post("/documents/analyze", {"body": fault}, headers=ana))
