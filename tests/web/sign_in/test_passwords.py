"""Which passwords are refused, wherever one is chosen, and that the words say what to do."""

import io

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from comparison.models import Comparison
from tests.admin.drinks import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def comparison():
    return Comparison.objects.create(slug="fastapi-vs-django", title="FastAPI or Django?")


def refusals(password, **account):
    try:
        validate_password(password, User(**account))
    except ValidationError as refused:
        return refused.messages
    return []


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("evenhand", "12 characters"),
        ("boss1234", "12 characters"),
        ("django12", "12 characters"),
        ("83920175", "numbers alone"),
        ("839201758392", "numbers alone"),
        ("2026-12-01 10:59", "numbers alone"),
        ("aaaaaaaaaaaaaa", "repeats"),
        ("password123456", "guesser’s list"),
        ("!!Liverpool2026", "guesser’s list"),
        ("Evenhand-2026!", "evenhand"),
        ("evenhand.example", "evenhand"),
        ("fastapi-vs-django", "fastapi and django"),
        ("Django 12 or 12!", "django"),
        ("boss-and-boss-1", "boss"),
        ("mira.boss.1234", "boss"),
        ("evenhand12345678", "evenhand"),
        ("fastapi20262026", "fastapi"),
        ("passwordpassword", "guesser’s list"),
        ("letmeinletmein", "guesser’s list"),
        ("admin123admin123", "guesser’s list"),
        ("monkeymonkey12", "guesser’s list"),
        ("password-1-password", "guesser’s list"),
        ("Password Evenhand", "guesser’s list"),
        ("abcdefghijkl", "guesser’s list"),
        ("2026lkjhgfdsa", "guesser’s list"),
    ],
)
def test_what_a_guesser_tries_first_is_refused_with_what_to_do(settings, password, words):
    settings.SITE_URL = "https://evenhand.example"
    found = refusals(password, username="boss", first_name="Mira", email="boss@a.example")
    assert any(words in line for line in found), found


@pytest.mark.parametrize(
    "password",
    [
        "seven grey kettles sing",
        "we compared django and flask in the rain",
        "boss of nothing, owner of two goats",
        "zwölf Boxkämpfer jagen Viktor",
        "十二の灰色のやかんが歌うよ夜",
        "vK8#q0w1zP4m",
        "a long one " * 40,
    ],
)
def test_long_passphrases_are_welcome_in_whatever_letters(password):
    assert refusals(password, username="boss") == []


def test_a_password_has_no_name_of_its_own_account():
    assert refusals("gwendolyn 2026", username="gwendolyn")
    assert not refusals("gwendolyn 2026 kettle", username="somebody")


# --- wherever one is chosen -----------------------------------------------------------------------


def test_the_admins_form_for_an_account_refuses_it():
    root = logged_in(User.objects.create_superuser("root"))
    sent = {"username": "boss", "password1": "boss1234", "password2": "boss1234"}
    answer = root.post("/admin/auth/user/add/", sent)
    assert "12 characters" in answer.content.decode()
    assert not User.objects.filter(username="boss").exists()


def test_ones_own_new_password_is_held_to_it():
    user = User.objects.create_superuser("root", password="seven grey kettles sing")
    sent = {"old_password": "seven grey kettles sing"}
    sent |= dict.fromkeys(("new_password1", "new_password2"), "evenhand")
    answer = logged_in(user).post("/admin/password_change/", sent)
    assert "12 characters" in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password("seven grey kettles sing")


def test_the_command_refuses_it_from_the_environment(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "boss1234")
    with pytest.raises(CommandError, match="12 characters"):
        call_command("createsuperuser", interactive=False, username="boss", email="b@a.example")
    assert not User.objects.exists()


def test_the_command_asks_again_and_offers_no_way_past_it(monkeypatch):
    typed = iter(["evenhand", "evenhand", "seven grey kettles", "seven grey kettles"])
    monkeypatch.setattr("getpass.getpass", lambda *_: next(typed))
    monkeypatch.setattr("builtins.input", lambda prompt="": pytest.fail(f"It asked: {prompt}"))
    said = io.StringIO()
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    call_command(
        "createsuperuser", username="boss", email="b@a.example", stdin=terminal, stderr=said
    )
    assert "12 characters" in said.getvalue()
    assert User.objects.get().check_password("seven grey kettles")
