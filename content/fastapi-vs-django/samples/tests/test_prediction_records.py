from itertools import count

import pytest

TOPIC = "prediction-records"
VERSIONS = count(1)


@pytest.fixture
def model(post):
    """Return a model that has just been added."""
    answer = post("/models", {"name": "mood", "version": f"1.{next(VERSIONS)}", "accuracy": 0.9})
    assert answer.status_code == 201
    return answer.json()


def test_models_are_listed(program, model):
    assert model in program.client.get("/models").json()


def test_a_version_is_added_once(post, model):
    again = post("/models", {key: model[key] for key in ("name", "version", "accuracy")})
    assert again.status_code == 409
    assert again.json()["detail"] == "This version of the model is there already."


@pytest.mark.parametrize(
    "change",
    [{"accuracy": 1.01}, {"accuracy": -0.01}, {"accuracy": "high"}, {"accuracy": None}, {"name": ""}, {"version": "1" * 21}],
    ids=str,
)
def test_bad_input_is_refused_with_a_reason(program, post, change):
    answer = post("/models", {"name": "mood", "version": "0", "accuracy": 0.9, **change})
    assert answer.status_code == program.refusal
    assert answer.json()["detail"]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_endless_numbers_are_refused(program, number):
    content = f'{{"name": "mood", "version": "0", "accuracy": {number}}}'.encode()
    answer = program.client.post("/models", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == program.refusal


def test_a_prediction_is_made_and_recorded(program, post, model):
    address = f"/models/{model['id']}/predictions"
    made = [post(address, {"text": text}) for text in ("Lovely shop.", "It came late.")]
    assert [answer.status_code for answer in made] == [201, 201]
    recorded = program.client.get(address).json()
    assert recorded == [made[1].json(), made[0].json()]  # the newest first
    assert recorded[0]["given"] == {"text": "It came late."}
    assert recorded[0]["outcome"] == {"label": "complaint", "tokens": 11}


@pytest.mark.parametrize("fault", ["please fail", "please mumble", "please ramble"])
def test_a_failing_model_is_a_clean_502_and_records_nothing(program, post, model, is_clean_failure, fault):
    address = f"/models/{model['id']}/predictions"
    assert is_clean_failure(post(address, {"text": fault}))
    assert program.client.get(address).json() == []


def test_a_model_with_predictions_stays(program, post, model):
    post(f"/models/{model['id']}/predictions", {"text": "Lovely shop."})
    assert program.client.delete(f"/models/{model['id']}").status_code == 409
    assert model in program.client.get("/models").json()


def test_a_model_without_predictions_can_go(program, model):
    assert program.client.delete(f"/models/{model['id']}").status_code == 204
    assert model not in program.client.get("/models").json()


def test_predictions_need_a_model_and_a_text(program, post, model):
    assert post("/models/999/predictions", {"text": "Lovely shop."}).status_code == 404
    assert post(f"/models/{2**70}/predictions", {"text": "Lovely shop."}).status_code in (404, program.refusal)
    assert post(f"/models/{model['id']}/predictions", {"text": ""}).status_code == program.refusal


def test_django_brings_pages_for_people(program, post, model):
    if program.option == "fastapi":
        assert program.client.get("/admin/").status_code == 404
        return
    post(f"/models/{model['id']}/predictions", {"text": "Lovely shop."})
    program.environment["DJANGO_SUPERUSER_PASSWORD"] = "correct-horse"
    program.run("app.py", "createsuperuser", "--noinput", "--username=ana", "--email=ana@example.org")
    page = program.client.get("/admin/login/")
    sent = {"username": "ana", "password": "correct-horse", "csrfmiddlewaretoken": page.cookies["csrftoken"]}
    assert program.client.post("/admin/login/?next=/admin/registry/prediction/", data=sent).status_code == 302
    shown = program.client.get("/admin/registry/prediction/")
    assert shown.status_code == 200
    assert "Lovely shop." in shown.text
