import httpx
import pytest
import running

TOPIC = "classify"


@pytest.mark.parametrize(
    ("text", "label"),
    [("Lovely shop.", "praise"), ("It arrived broken.", "complaint"), ("Do you deliver on Sundays?", "question")],
)
def test_a_text_is_classified(post, text, label):
    answer = post("/classify", {"text": text})
    assert answer.status_code == 200
    assert answer.json() == {"label": label, "model": "small", "tokens_used": 7 + len(text.split()) + 1}


def test_the_model_can_be_chosen(post):
    assert post("/classify", {"text": "Lovely shop.", "model": "large"}).json()["model"] == "large"


@pytest.mark.parametrize(
    "fields",
    [{}, {"text": ""}, {"text": "   "}, {"text": "a" * 2001}, {"text": "Hello", "model": "unheard-of"}, ["text"], None],
    ids=["nothing", "empty", "blank", "too-long", "unknown-model", "a-list", "null"],
)
def test_bad_input_is_refused_with_a_reason(program, post, fields):
    answer = post("/classify", fields)
    assert answer.status_code == program.refusal
    assert answer.json()["detail"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"text": "", "model": NaN}', b'"text"'], ids=["nothing", "half", "nan", "text"])
def test_what_is_no_json_or_hardly_is_refused(program, content):
    answer = program.client.post("/classify", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == program.refusal


def test_what_is_no_text_at_all_is_refused(program):
    answer = program.client.post("/classify", content=b"\xff", headers={"Content-Type": "application/json"})
    assert answer.status_code == 400  # with both


@pytest.mark.parametrize("fault", ["please fail", "please mumble", "please ramble"])
def test_a_failing_model_is_a_clean_502(post, is_clean_failure, fault):
    assert is_clean_failure(post("/classify", {"text": fault}))


def test_the_reason_of_a_failure_is_in_the_log(program, post):
    post("/classify", {"text": "please fail"})
    assert "503" in program.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("option", running.APPLICATIONS)
def test_a_model_that_takes_too_long_is_a_clean_502(option, language_model, is_clean_failure, tmp_path):
    with running.program(TOPIC, option, language_model, tmp_path, timeout="0.2") as hasty:
        answer = hasty.client.post("/classify", json={"text": "please dawdle"})
    httpx.post(f"{language_model}/go-on", trust_env=False)
    assert is_clean_failure(answer)


@pytest.mark.parametrize("option", running.APPLICATIONS)
def test_a_model_that_cannot_be_reached_is_a_clean_502(option, is_clean_failure, tmp_path):
    with running.program(TOPIC, option, f"http://127.0.0.1:{running.free_port()}", tmp_path) as lonely:
        assert is_clean_failure(lonely.client.post("/classify", json={"text": "Hello"}))


def test_only_fastapi_describes_itself(program):
    assert program.client.get("/openapi.json").status_code == {"fastapi": 200, "django": 404}[program.option]
