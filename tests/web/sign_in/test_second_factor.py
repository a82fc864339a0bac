"""Codes: each is taken once, half a minute off at most; of recovery codes digests are kept."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.management import call_command
from django.test import RequestFactory
from django_otp.plugins.otp_totp.models import TOTPDevice

from comparison.models import RecoveryCodes
from comparison.web.sign_in import second_factor
from tests.codes import STEP, code_at

pytestmark = pytest.mark.django_db
KEY = "31" * 20
NOW = 1_800_000_000


@pytest.fixture
def clock(monkeypatch):
    """Set the clock that codes go by."""

    def set_to(seconds):
        clock = SimpleNamespace(time=lambda: seconds)
        monkeypatch.setattr("django_otp.plugins.otp_totp.models.time", clock)

    set_to(NOW)
    return set_to


@pytest.fixture
def eve(clock):
    user = User.objects.create_user("eve", is_staff=True)
    assert second_factor.set_up(user, KEY, code_at(KEY, NOW))
    clock(NOW + 10 * STEP)
    return user


def takes(user, steps):
    """Return whether the code of some steps away from now is taken."""
    code = code_at(KEY, NOW + 10 * STEP + steps * STEP)
    return second_factor.accepted(user, code) is not None


@pytest.mark.parametrize(
    ("steps", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False), (-10, False)]
)
def test_a_code_may_be_one_step_off(eve, steps, is_taken):
    assert takes(eve, steps) is is_taken


def test_a_code_is_taken_once_and_none_before_it(eve):
    assert takes(eve, 0)
    assert not takes(eve, 0)  # replayed
    assert not takes(eve, -1)  # skipped
    assert takes(eve, 1)
    assert not takes(eve, 0) and not takes(eve, 1)


def test_clocks_that_differ_do_not_drift_apart(eve, clock):
    assert takes(eve, -1)
    assert TOTPDevice.objects.get().drift == 0
    assert not takes(eve, -2)


def test_a_code_may_be_written_in_groups_and_in_no_other_digits(eve):
    code = code_at(KEY, NOW + 10 * STEP)
    for other in (
        "",
        "abc",
        code[:-1],
        f"{code}0",
        code.translate({ord("0") + n: "٠١٢٣٤٥٦٧٨٩"[n] for n in range(10)}),
    ):
        assert second_factor.accepted(eve, other) is None
    assert second_factor.accepted(eve, f" {code[:3]} {code[3:]} ")


def test_many_wrong_codes_do_not_lock_the_device(eve):
    for _ in range(30):
        assert second_factor.accepted(eve, "000000") is None
    assert takes(eve, 0)


def test_a_code_of_another_account_is_none(eve):
    other = User.objects.create_user("ada")
    assert second_factor.accepted(other, code_at(KEY, NOW + 10 * STEP)) is None


def test_a_key_is_kept_only_once_a_code_of_it_came():
    user = User.objects.create_user("ada")
    assert second_factor.set_up(user, KEY, "000000") is None
    assert not TOTPDevice.objects.exists()


def test_a_shown_key_comes_back_to_its_own_account_alone():
    eve, ada = (User.objects.create_user(name) for name in ("eve", "ada"))
    shown = second_factor.new_key(eve)
    key = second_factor.key_in(shown.signed, eve)
    assert len(key) == 40
    assert second_factor.new_key(eve, key).text == shown.text
    assert second_factor.key_in(shown.signed, ada) == ""
    assert second_factor.key_in(f"{shown.signed}x", eve) == second_factor.key_in("", eve) == ""
    assert shown.link.startswith("otpauth://totp/Evenhand%3Aeve?secret=")


# --- recovery codes -------------------------------------------------------------------------------


def test_each_recovery_code_is_taken_once_however_it_is_spelled(eve):
    first, second, *_ = second_factor.new_codes(eve)
    assert second_factor.is_recovery(second_factor.accepted(eve, f" {first.upper()} "))
    assert second_factor.accepted(eve, first) is None
    assert second_factor.accepted(eve, second.replace("-", ""))
    assert second_factor.codes_left(eve) == second_factor.CODES - 2


def test_new_recovery_codes_end_those_of_before(eve):
    old, new = second_factor.new_codes(eve), second_factor.new_codes(eve)
    assert second_factor.accepted(eve, old[0]) is None
    assert second_factor.accepted(eve, new[0])


def test_recovery_codes_are_long_different_and_kept_as_digests(eve):
    codes = second_factor.new_codes(eve)
    assert len(set(codes)) == second_factor.CODES
    assert len(second_factor.ALPHABET) ** second_factor.LETTERS > 2**78
    kept = str(RecoveryCodes.objects.values().get())
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


# --- who needs one --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "on_signing_in", "on_publishing"),
    [("off", False, False), ("publishing", False, True), ("everybody", True, True)],
)
def test_the_setting_says_who_needs_one(settings, setting, on_signing_in, on_publishing):
    settings.SECOND_FACTOR = setting
    user = User.objects.create_user("ada")
    assert second_factor.is_asked_on_signing_in(user) is on_signing_in
    assert second_factor.is_asked_on_publishing(user) is on_publishing
    user.otp_device = object()
    assert not second_factor.is_asked_on_publishing(user)


def test_who_has_set_one_up_is_asked_whatever_the_setting(eve, settings):
    settings.SECOND_FACTOR = "off"
    assert second_factor.is_asked_on_signing_in(eve)


@pytest.mark.parametrize(("setting", "is_in"), [("publishing", True), ("everybody", False)])
def test_sessions_of_before_are_asked_where_everybody_has_to(settings, eve, setting, is_in):
    settings.SECOND_FACTOR = setting
    request = RequestFactory().get("/admin/")
    request.user = eve
    second_factor.demanded(lambda request: None)(request)
    assert request.user.is_authenticated is is_in
    assert is_in or isinstance(
        request.user._wrapped if request.user.is_anonymous else None, AnonymousUser
    )


def test_a_backup_brings_it_back(eve, tmp_path):
    code, *_ = second_factor.new_codes(eve)
    file = tmp_path / "a.backup"
    call_command("backup", str(file), verbosity=0)
    second_factor.remove(eve)
    call_command("restore", str(file), replace=True, verbosity=0)
    eve = User.objects.get()
    assert takes(eve, 0)
    assert second_factor.accepted(eve, code)
