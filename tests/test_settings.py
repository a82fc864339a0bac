"""Safe by default: what a wrongly set-up site is told at its start."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from comparison import checks

ROOT = Path(__file__).resolve().parent.parent
SECRET = "a-long-random-text-that-nobody-can-guess-0123456789"
READ = (
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "DEBUG",
    "HTTPS",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "CACHE_URL",
    "BEHIND_PROXY",
    "VAR_DIR",
    "CONN_MAX_AGE",
    "MEMORY_MB",
    "TIME_ZONE",
    "LOG_LEVEL",
    "LOG_FORMAT",
    "SLOW_REQUEST",
    "SITE_URL",
    "SENTRY_DSN",
    "PORT",
    "WORKERS",
    "WORKER_MEMORY",
    "SECURITY_CONTACT",
    "CSRF_TRUSTED_ORIGINS",
    "HSTS_SUBDOMAINS",
    "HSTS_PRELOAD",
    "SECOND_FACTOR",
    "SESSION_IDLE_MINUTES",
    "SESSION_HOURS",
)


@pytest.fixture
def load(monkeypatch):
    """Read the settings as a fresh start would, with nothing in the environment but what
    is given.
    """

    def read(**environment):
        for name in READ:
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "comparison" / "settings.py"), run_name="settings")

    return read


def test_a_missing_secret_stops_the_start_and_says_what_to_set(load):
    with pytest.raises(
        ImproperlyConfigured, match=r"SECRET_KEY is not set\. Set it to a long random text"
    ):
        load()


def test_the_sentence_reaches_whoever_starts_it():
    environment = {name: value for name, value in os.environ.items() if name not in READ}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=environment | {"DJANGO_SETTINGS_MODULE": "comparison.settings"},
    )
    assert done.returncode == 1
    assert done.stderr.startswith("SECRET_KEY is not set. Set it to a long random text")
    assert done.stderr.count("\n") == 1  # and no stack trace


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("CACHE_URL", "redsi://cache.example:6379/0", "locmemcache:// or rediscache://host:6379/0"),
        ("CACHE_URL", "cache.example:6379", "locmemcache:// or rediscache://host:6379/0"),
        (
            "DATABASE_URL",
            "postgre://eve:very-secret@db.example/evenhand",
            "sqlite:///path or postgres://user:password@host/name",
        ),
        ("DATABASE_URL", "db.example", "sqlite:///path or postgres://user:password@host/name"),
        ("CONN_MAX_AGE", "ten minutes", "a whole number"),
        ("HTTPS", "maybe", "1 or 0"),
        ("DEBUG", "2", "1 or 0"),
        ("BEHIND_PROXY", "nginx", "1 or 0"),
        ("TIME_ZONE", "Mars", "a name like Europe/Vienna"),
        ("TIME_ZONE", "../etc/passwd", "a name like Europe/Vienna"),
        ("LOG_LEVEL", "LOUD", "DEBUG, INFO, WARNING, ERROR or CRITICAL"),
        ("LOG_FORMAT", "xml", "text or json"),
        ("SLOW_REQUEST", "fast", "a number of seconds"),
        ("SLOW_REQUEST", "-1", "a number of seconds"),
        ("CONN_MAX_AGE", "-1", "a whole number"),
        ("DATABASE_URL", "mysql://eve:very-secret@db.example/evenhand", "sqlite:///path or post"),
        ("DATABASE_URL", "postgres://eve:very-secret@db.example", "sqlite:///path or post"),
        ("DATABASE_URL", "postgres://eve:very-secret@db.example:five/x", "sqlite:///path or post"),
        ("DATABASE_URL", "sqlite://", "sqlite:///path or post"),
        ("CACHE_URL", "rediscache:", "locmemcache:// or rediscache://host:6379/0"),
        ("ALLOWED_HOSTS", "https://a.example", "host names with commas"),
        ("ALLOWED_HOSTS", "a.example:443", "host names with commas"),
        ("CSRF_TRUSTED_ORIGINS", "a.example", "https://host, with commas"),
        ("SITE_URL", "a.example", "https://host"),
        ("SITE_URL", "https://a.example/evenhand/", "https://host"),
        ("HSTS_SUBDOMAINS", "all", "1 or 0"),
        ("PORT", "x", "a whole number"),
        ("WORKERS", "x", "a whole number"),
        ("WORKERS", "0", "a whole number"),
        ("WORKERS", "99999", "a whole number, 1 or more, 64 at most"),
        ("SITE_URL", "https://a.example:99999", "https://host"),
        ("CACHE_URL", "locmemcache://a:99999", "locmemcache://"),
        ("WORKER_MEMORY", "1", "a whole number"),
        ("SECURITY_CONTACT", "nobody", "an email address or https://"),
        ("SECURITY_CONTACT", "a@b.example\nX: y", "an email address or https://"),
        ("SENTRY_DSN", "sentry.example", "https://key@host/number"),
        ("SECRET_KEY_FILE", "/nowhere/key", "a file that can be read"),
    ],
)
def test_a_misspelt_variable_stops_the_start_and_says_what_to_set(load, name, value, advice):
    with pytest.raises(
        ImproperlyConfigured, match=rf"^{name} cannot be used\. Set it to {re.escape(advice)}"
    ) as fault:
        load(**{"SECRET_KEY": SECRET} | {name: value})
    assert "secret@" not in str(fault.value)


@pytest.mark.parametrize(("site", "https"), [("http://a.example", "1"), ("https://a.example", "0")])
def test_the_sites_own_address_and_https_do_not_contradict_each_other(load, site, https):
    with pytest.raises(ImproperlyConfigured, match="SITE_URL and HTTPS contradict each other"):
        load(SECRET_KEY=SECRET, SITE_URL=site, HTTPS=https)


@pytest.mark.parametrize(
    ("site", "host"),
    [
        ("https://a.example", "a.example"),
        ("https://a.example:8443/", "a.example"),
        ("https://[2001:db8::1]:8443", "[2001:db8::1]"),
    ],
)
def test_a_site_with_an_address_of_its_own_answers_to_that(load, site, host):
    values = load(SECRET_KEY=SECRET, SITE_URL=site)
    assert (values["SITE_URL"], values["ALLOWED_HOSTS"]) == (site.rstrip("/"), [host])
    others = load(SECRET_KEY=SECRET, SITE_URL=site, ALLOWED_HOSTS="b.example, .c.example,[::1]")
    assert others["ALLOWED_HOSTS"] == ["b.example", ".c.example", "[::1]", host]


@pytest.mark.parametrize(
    ("driver", "variable", "value"),
    [
        ("psycopg", "DATABASE_URL", "postgres://eve@db.example/evenhand"),
        ("redis", "CACHE_URL", "rediscache://cache.example:6379/0"),
        ("sentry_sdk", "SENTRY_DSN", "https://abc123@errors.example/7"),
    ],
)
def test_a_missing_driver_is_named(load, monkeypatch, driver, variable, value):
    from comparison import variables

    monkeypatch.setattr(variables, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=rf"^{variable} needs .* \({driver}\)"):
        load(SECRET_KEY=SECRET, **{variable: value})


@pytest.mark.parametrize(
    ("command", "given", "code", "said"),
    [
        # an application server that loads the door itself
        (["-c", "import comparison.wsgi"], {"SECRET_KEY": "short"}, 3, "SECRET_KEY is shorter"),
        (["-c", "import comparison.wsgi"], {"HTTPS": "maybe"}, 3, "HTTPS cannot be used."),
        (["manage.py", "prepare"], {"SECRET_KEY": "short"}, 1, "SECRET_KEY is shorter"),
        (
            ["manage.py", "migrate"],
            {"DATABASE_URL": "sqlite:////dev/null/at/all"},
            1,
            "CommandError: /dev/null/at/all cannot be made (Not a directory).",
        ),
        (
            ["manage.py", "publish_due"],
            {"DATABASE_URL": "sqlite:////nowhere/at/all"},
            1,
            "The database cannot be used: unable to open database file.",
        ),
    ],
)
def test_nothing_starts_and_one_line_says_why(command, given, code, said):
    environment = {name: value for name, value in os.environ.items() if name not in READ}
    environment |= {"SECRET_KEY": SECRET, "DJANGO_SETTINGS_MODULE": "comparison.settings"}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=environment | given,
    )
    assert done.returncode == code
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("value", "is_on"),
    [("1", True), ("on", True), ("True", True), ("0", False), ("no", False), ("", False)],
)
def test_yes_and_no_are_spelled_in_many_ways(load, value, is_on):
    assert load(SECRET_KEY=SECRET, HTTPS=value)["HTTPS"] is is_on


def test_the_defaults_are_safe(load):
    values = load(SECRET_KEY=SECRET)
    assert values["DEBUG"] is False
    assert values["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert values["SESSION_COOKIE_SECURE"] is True
    assert values["CSRF_COOKIE_SECURE"] is True
    assert values["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert values["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert values["SECURE_SSL_REDIRECT"] is True
    assert values["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert "SECURE_PROXY_SSL_HEADER" not in values
    assert "unsafe" not in values["CONTENT_SECURITY_POLICY"]
    assert values["CONTENT_SECURITY_POLICY"].startswith("default-src 'none'")


def test_publishing_in_public_takes_a_second_factor_unless_it_is_set_otherwise(load):
    assert load(SECRET_KEY=SECRET)["SECOND_FACTOR"] == "publishing"
    assert load(SECRET_KEY=SECRET, HTTPS="0")["SECOND_FACTOR"] == "off"  # one's own machine
    assert load(SECRET_KEY=SECRET, SECOND_FACTOR="everybody")["SECOND_FACTOR"] == "everybody"


def test_choices_come_from_the_environment(load, tmp_path):
    values = load(
        SECRET_KEY=SECRET,
        HTTPS="0",
        ALLOWED_HOSTS="a.example,b.example",
        VAR_DIR=str(tmp_path),
        BEHIND_PROXY="1",
    )
    assert values["ALLOWED_HOSTS"] == ["a.example", "b.example"]
    assert values["SESSION_COOKIE_SECURE"] is False
    assert values["DATABASES"]["default"]["NAME"] == str(tmp_path / "evenhand.sqlite3")
    assert values["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_a_secret_may_stand_in_a_file(load, tmp_path):
    (tmp_path / "key").write_text(SECRET)
    assert load(SECRET_KEY_FILE=str(tmp_path / "key"))["SECRET_KEY"] == SECRET


def test_postgresql_and_redis_are_a_matter_of_two_addresses(load):
    values = load(
        SECRET_KEY=SECRET,
        DATABASE_URL="postgres://eve:x@db.example:5433/evenhand",
        CACHE_URL="rediscache://cache.example:6379/0",
    )
    database = values["DATABASES"]["default"]
    assert (database["ENGINE"], database["HOST"], database["PORT"]) == (
        "django.db.backends.postgresql",
        "db.example",
        5433,
    )
    assert "init_command" not in database.get("OPTIONS", {})
    assert "redis" in values["CACHES"]["default"]["BACKEND"].lower()


# --- checks ---------------------------------------------------------------------------------------


def ids(check):
    return [message.id for message in check(None)]


@pytest.mark.parametrize(
    ("secret", "debug", "expected"),
    [
        ("a" * 50, False, ["evenhand.E001"]),
        ("short", False, ["evenhand.E001"]),
        (SECRET, False, []),
        ("short", True, []),
    ],
)
def test_a_secret_that_can_be_guessed_is_refused(settings, secret, debug, expected):
    settings.SECRET_KEY, settings.DEBUG = secret, debug
    assert ids(checks.secret_is_long) == expected


@pytest.mark.parametrize(
    ("debug", "hosts", "expected"),
    [
        (True, ["*"], ["evenhand.E002"]),
        (True, ["a.example"], ["evenhand.E002"]),
        (False, ["*"], []),
        (True, ["localhost"], []),
    ],
)
def test_debug_in_public_is_refused(settings, debug, hosts, expected):
    settings.DEBUG, settings.ALLOWED_HOSTS = debug, hosts
    assert ids(checks.debug_is_off_in_public) == expected


@pytest.mark.parametrize(
    ("https", "hosts", "expected"),
    [
        (False, ["example.org"], ["evenhand.W001"]),
        (False, ["localhost", "127.0.0.1"], []),
        (True, ["example.org"], []),
    ],
)
def test_plain_http_in_public_is_warned_of(settings, https, hosts, expected):
    settings.HTTPS, settings.ALLOWED_HOSTS = https, hosts
    assert ids(checks.https_or_local) == expected


def test_every_check_says_what_to_do(settings):
    settings.SECRET_KEY, settings.DEBUG, settings.ALLOWED_HOSTS, settings.HTTPS = (
        "x",
        False,
        ["*"],
        False,
    )
    messages = [*checks.secret_is_long(None), *checks.https_or_local(None)]
    settings.DEBUG = True
    messages += checks.debug_is_off_in_public(None)
    assert len(messages) == 3
    assert all(message.hint for message in messages)


IN_PUBLIC = {
    "SITE_URL": "https://a.example",
    "BEHIND_PROXY": True,
    "HTTPS": True,
    "HSTS_IS_DECIDED": True,
    "SECURE_HSTS_PRELOAD": False,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": False,
    "SECOND_FACTOR": "publishing",
    "SESSION_IDLE_MINUTES": 60,
}


def test_a_site_set_up_for_the_public_lacks_nothing(settings):
    for name, value in IN_PUBLIC.items():
        setattr(settings, name, value)
    assert checks.ready_for_the_public(None) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", ""),
        ("BEHIND_PROXY", False),
        ("HSTS_IS_DECIDED", False),
        ("SECURE_HSTS_PRELOAD", True),
        ("SECOND_FACTOR", "off"),
        ("SESSION_IDLE_MINUTES", 0),
    ],
)
def test_what_a_site_in_public_lacks_is_named(settings, name, value):
    for setting, right in (IN_PUBLIC | {name: value}).items():
        setattr(settings, setting, right)
    (lacks,) = checks.ready_for_the_public(None)
    assert name.removeprefix("SECURE_").partition("_IS")[0] in lacks.msg
    assert lacks.hint
