from datetime import UTC, datetime, timedelta

import pytest

TOPIC = "documents"


@pytest.fixture
def ana(program):
    """Return ana's address: there, and without documents."""
    program.client.delete("/people/ana")
    assert program.client.put("/people/ana").status_code == 204
    return "/people/ana/documents"


def test_a_document_is_kept_with_its_time_and_without_an_embedding(post, ana):
    answer = post(ana, {"body": "Tea is calm."})
    assert answer.status_code == 201
    kept = answer.json()
    assert kept["body"] == "Tea is calm."
    assert kept["embedding"] is None
    written = datetime.fromisoformat(kept["written_at"])
    assert abs(datetime.now(UTC) - written) < timedelta(minutes=1)


def test_documents_come_newest_first(program, post, ana):
    for body in ("first", "second", "third"):
        post(ana, {"body": body})
    assert [document["body"] for document in program.client.get(ana).json()] == ["third", "second", "first"]


def test_an_embedding_is_added_later(program, post, ana):
    number = post(ana, {"body": "Tea"}).json()["id"]
    assert program.client.put(f"/documents/{number}/embedding", json=[0.25, -1, 3e-7]).status_code == 204
    assert program.client.get(ana).json()[0]["embedding"] == [0.25, -1, 3e-7]


@pytest.mark.parametrize("numbers", [[], ["one"], {"0": 1}, None, [0.5] * 4097], ids=["empty", "text", "object", "null", "long"])
def test_what_is_no_embedding_is_refused(program, post, ana, numbers):
    number = post(ana, {"body": "Tea"}).json()["id"]
    assert program.client.put(f"/documents/{number}/embedding", json=numbers).status_code == program.refusal
    assert program.client.get(ana).json()[0]["embedding"] is None


@pytest.mark.parametrize("content", [rb'{"body": "\ud800"}', b"[" * 100_000], ids=["half-a-character", "too-deep"])
def test_what_is_json_and_yet_no_text_is_refused(program, ana, content):
    answer = program.client.post(ana, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, program.refusal)


@pytest.mark.parametrize("content", [b"[NaN]", b"[Infinity]", b"[1e999]", b"["])
def test_endless_numbers_are_refused(program, post, ana, content):
    number = post(ana, {"body": "Tea"}).json()["id"]
    address, headers = f"/documents/{number}/embedding", {"Content-Type": "application/json"}
    assert program.client.put(address, content=content, headers=headers).status_code == program.refusal


@pytest.mark.parametrize(
    "fields", [{}, {"body": " "}, {"body": "a" * 20_001}, []], ids=["nothing", "blank", "too-long", "a-list"]
)
def test_bad_input_is_refused_with_a_reason(program, post, ana, fields):
    answer = post(ana, fields)
    assert answer.status_code == program.refusal
    assert answer.json()["detail"]


def test_documents_go_with_their_owner(program, post, ana):
    number = post(ana, {"body": "Tea"}).json()["id"]
    assert program.client.delete("/people/ana").status_code == 204
    assert program.client.get(ana).status_code == 404
    assert program.client.put(f"/documents/{number}/embedding", json=[1]).status_code == 404


def test_adding_a_person_twice_changes_nothing(program, post, ana):
    post(ana, {"body": "Tea"})
    assert program.client.put("/people/ana").status_code == 204
    assert len(program.client.get(ana).json()) == 1


def test_what_is_not_there_is_not_found(program, post):
    assert post("/people/nobody/documents", {"body": "Tea"}).status_code == 404
    assert program.client.put("/documents/999/embedding", json=[1]).status_code == 404
    assert program.client.put(f"/documents/{2**70}/embedding", json=[1]).status_code in (404, program.refusal)
