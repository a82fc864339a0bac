"""Getting ready a second time: static files are collected again where something has changed."""

import pytest
from django.core.management import call_command

from comparison.management.commands import prepare


@pytest.fixture
def collected(settings, tmp_path, monkeypatch):
    """Get static files ready; return how often they were collected."""
    settings.VAR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    (tmp_path / "static").mkdir()
    done = []
    monkeypatch.setattr(prepare, "call_command", lambda *given, **_: done.append(given[0]))

    def collect():
        prepare.Command()._collect()
        return done.count("collectstatic")

    return collect


def test_what_is_collected_already_is_left_alone(collected):
    assert [collected(), collected()] == [1, 1]


def test_what_has_changed_is_collected_again(collected, monkeypatch):
    assert collected() == 1
    monkeypatch.setattr(prepare, "collected_from", lambda: "another version")
    assert collected() == 2


def test_what_was_thrown_away_is_collected_again(collected, settings):
    assert collected() == 1
    (settings.STATIC_ROOT / prepare.MADE_OF).unlink()
    assert collected() == 2


def test_another_file_or_another_byte_is_another_state(settings, tmp_path):
    settings.ROOT = tmp_path
    (tmp_path / "static").mkdir()
    (tmp_path / "comparison").mkdir()
    states = [prepare.collected_from()]
    for text in ("a {}", "b {}"):
        (tmp_path / "static" / "site.css").write_text(text)
        states.append(prepare.collected_from())
    assert len(set(states)) == 3
    assert states[-1] == prepare.collected_from()


def test_the_command_is_the_one_that_is_called():
    assert prepare.call_command is call_command
