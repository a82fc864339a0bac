import json

import httpx
import pytest

TOPIC = "streaming"


def events_of(lines):
    """Yield (name, value) of each server-sent event, as soon as it has arrived."""
    name, written = "message", []
    for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            written.append(value)
        elif line == "":
            yield name, json.loads("\n".join(written)) if written else None
            name, written = "message", []


def test_the_answer_arrives_as_events(program):
    with program.client.stream("POST", "/stream", json={"text": "Tea is calm. Coffee is quick."}) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["x-accel-buffering"] == "no"
        *pieces, last = events_of(answer.iter_lines())
    assert {name for name, _ in pieces} == {"piece"}
    assert "".join(value for _, value in pieces) == "In short:\nTea is calm."  # the line break has come through
    assert last[0] == "end"


def test_a_piece_arrives_before_the_next_is_written(program, language_model):
    with program.client.stream("POST", "/stream", json={"text": "please wait. Then end."}) as answer:
        arriving = events_of(answer.iter_lines())
        assert next(arriving) == ("piece", "In")  # the model writes no second word until it is told to
        httpx.post(f"{language_model}/go-on", trust_env=False)
        assert [name for name, _ in arriving] == ["piece", "piece", "end"]


def test_the_length_can_be_limited(program):
    with program.client.stream("POST", "/stream", json={"text": "Tea is calm.", "max_tokens": 1}) as answer:
        assert [name for name, _ in events_of(answer.iter_lines())] == ["piece", "end"]


@pytest.mark.parametrize(
    "fields",
    [{}, {"text": " "}, {"text": "a" * 2001}, {"text": "Hello", "max_tokens": -1}, {"text": "Hello", "max_tokens": "many"}, []],
    ids=["nothing", "blank", "too-long", "below-one", "no-number", "a-list"],
)
def test_bad_input_is_refused_with_a_reason(program, post, fields):
    answer = post("/stream", fields)
    assert answer.status_code == program.refusal
    assert answer.json()["detail"]


def test_endless_lengths_are_refused(program):
    content, headers = b'{"text": "Hello", "max_tokens": NaN}', {"Content-Type": "application/json"}
    assert program.client.post("/stream", content=content, headers=headers).status_code == program.refusal


def test_a_model_that_refuses_is_a_clean_502(post, is_clean_failure):
    assert is_clean_failure(post("/stream", {"text": "please fail"}))


@pytest.mark.parametrize("fault", ["please break off", "please mumble"])
def test_a_model_that_breaks_off_is_told_in_the_stream(program, fault):
    with program.client.stream("POST", "/stream", json={"text": fault}) as answer:
        assert answer.status_code == 200
        *_, (name, value) = events_of(answer.iter_lines())
    assert name == "failure"
    assert value == "The language model broke off. What has arrived is not complete."


def test_readers_who_leave_do_no_harm(program, language_model):
    with program.client.stream("POST", "/stream", json={"text": "please wait. Then end."}) as answer:
        assert next(events_of(answer.iter_lines())) == ("piece", "In")
    httpx.post(f"{language_model}/go-on", trust_env=False)
    with program.client.stream("POST", "/stream", json={"text": "Tea is calm."}) as answer:
        assert [name for name, _ in events_of(answer.iter_lines())][-1] == "end"
