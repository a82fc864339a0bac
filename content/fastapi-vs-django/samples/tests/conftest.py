"""Every test file names its TOPIC; its tests run once with each framework's program for it."""

import pytest
import running


@pytest.fixture(scope="session")
def language_model(tmp_path_factory):
    """Return the address of the stand-in for the language model."""
    with running.language_model(tmp_path_factory.mktemp("language-model")) as url:
        yield url


@pytest.fixture(scope="module", params=running.APPLICATIONS)
def program(request, language_model, tmp_path_factory):
    """Return the running program of this file's topic."""
    topic = request.module.TOPIC
    with running.program(topic, request.param, language_model, tmp_path_factory.mktemp(topic)) as started:
        yield started


@pytest.fixture
def post(program):
    """Post JSON to the program."""
    return lambda path, fields, **more: program.client.post(path, json=fields, **more)


SECRET = "key-of-the-paid-account"  # what the stand-in's error messages hold


@pytest.fixture
def is_clean_failure():
    """Say whether an answer is a 502 that tells the caller what to do, and nothing about the inside."""

    def is_clean(answer):
        detail = answer.json()["detail"]
        return answer.status_code == 502 and detail.endswith(".") and SECRET not in answer.text and "http" not in answer.text

    return is_clean
