"""What `deploy/` holds is whole: it names settings, files and commands that there are."""

import os
import re
import shutil
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from django.urls import NoReverseMatch
from ruamel.yaml import YAML

from comparison.rendering.addresses import form_of
from comparison.server.which_lane import LANES

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
SETTINGS = set(re.findall(r"`([A-Z_]+)`", (ROOT / "README.md").read_text(encoding="utf-8")))
COMPOSE = YAML(typ="safe").load(DEPLOY / "compose.yaml")
SITES = [one for name, one in COMPOSE["services"].items() if name.startswith("site")]


def assigned(text):
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", text, re.MULTILINE))


ENVIRONMENT = assigned((DEPLOY / "evenhand.env").read_text(encoding="utf-8"))


def test_every_setting_of_a_server_is_one_that_the_readme_explains():
    named = {*ENVIRONMENT, *(name for site in SITES for name in site["environment"])}
    assert len(named) > 10
    assert {name.removesuffix("_FILE") for name in named} - SETTINGS == set()


@pytest.mark.parametrize("given", [ENVIRONMENT, *(site["environment"] for site in SITES)])
def test_a_server_is_set_up_for_the_public_behind_a_proxy(given):
    assert given["SITE_URL"].startswith("https://")
    assert str(given["BEHIND_PROXY"]) == "1"
    assert {"SECRET_KEY_FILE", "HSTS_SUBDOMAINS"} <= set(given)
    assert given.get("HTTPS", "1") == "1"
    assert "DEBUG" not in given


def test_the_check_finds_nothing_missing_in_these_settings():
    manage = [sys.executable, ROOT / "manage.py", "check", "--deploy"]
    given = {**os.environ, **ENVIRONMENT, "VAR_DIR": "/tmp", "HTTPS": "1"}
    for name in ("SECRET_KEY_FILE", "DJANGO_ALLOW_ASYNC_UNSAFE"):
        given.pop(name, None)
    given |= {
        "SECRET_KEY": "a-long-random-text-that-nobody-can-guess-0123456789-0123456789",
        "DJANGO_SETTINGS_MODULE": "comparison.settings",
    }
    done = subprocess.run(manage, capture_output=True, text=True, env=given, check=False)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


def test_the_containers_run_without_rights_on_a_root_that_is_only_read():
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    user = re.search(r"^USER (\d+)$", text, re.MULTILINE)
    assert user
    assert int(user[1]) > 0
    assert text.index("\nUSER ") < text.index("\nCMD ")
    for site in SITES:
        assert site["read_only"] is True
        assert site["cap_drop"] == ["ALL"]
        assert any(volume.endswith(":/var/lib/evenhand") for volume in site["volumes"])


def test_the_container_is_made_of_files_that_there_are():
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    for line in re.findall(r"^COPY (.+)$", text, re.MULTILINE):
        for name in line.split()[:-1]:
            assert (ROOT / name).exists(), name


def test_every_server_has_a_folder_of_its_own_and_the_proxy_knows_both():
    folders = [site["volumes"][0].partition(":")[0] for site in SITES]
    assert len(set(folders)) == len(SITES) == 2
    assert set(folders) <= set(COMPOSE["volumes"])
    write, _, _ = COMPOSE["services"]["nginx"]["command"][-1].partition(" > ")
    write = write.replace("/deploy/nginx.conf", str(DEPLOY / "nginx.conf"))
    done = subprocess.run(
        ["sh", "-c", write], env={**os.environ, "SITE_HOST": "a.example"}, capture_output=True
    )
    proxy = done.stdout.decode()
    for name in ("server site1:8000 ", "server site2:8000 ", "server_name a.example;"):
        assert name in proxy, name
    assert not re.search(r"127\.0\.0\.1|evenhand\.example|/var/log", proxy)


def test_what_compose_refers_to_is_there():
    for site in SITES:
        assert set(site["secrets"]) <= set(COMPOSE["secrets"])
        assert set(site["depends_on"]) <= set(COMPOSE["services"])
    assert (DEPLOY / SITES[0]["build"]["context"] / SITES[0]["build"]["dockerfile"]).exists()


def test_systemd_takes_the_unit(tmp_path):
    if not (verify := shutil.which("systemd-analyze")):
        pytest.skip("systemd-analyze is not here: it comes with systemd.")
    unit = (DEPLOY / "evenhand.service").read_text(encoding="utf-8")
    # neither that folder nor that user is here
    unit = unit.replace("/opt/evenhand/.venv/bin/python", "/usr/bin/env")
    (tmp_path / "evenhand.service").write_text(unit.replace("/opt/evenhand", "/tmp"))
    done = subprocess.run(
        [verify, "verify", tmp_path / "evenhand.service"], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_unit_serves_reloads_and_keeps_to_its_folder():
    unit = dict(re.findall(r"^(\w+)=(.*)$", (DEPLOY / "evenhand.service").read_text(), re.M))
    assert unit["ExecStart"].endswith("manage.py serve")
    assert "-HUP" in unit["ExecReload"]
    assert ENVIRONMENT["VAR_DIR"] == f"/var/lib/{unit['StateDirectory']}"
    assert (unit["ProtectSystem"], unit["NoNewPrivileges"]) == ("strict", "yes")


def test_what_publishes_by_the_clock_comes_every_minute_with_the_same_settings():
    units = [(DEPLOY / f"evenhand-publish-due.{end}").read_text() for end in ("service", "timer")]
    service, timer = (dict(re.findall(r"^(\w+)=(.*)$", unit, re.MULTILINE)) for unit in units)
    assert service["ExecStart"].endswith("manage.py publish_due")
    assert service["EnvironmentFile"] == "/etc/evenhand/env"
    assert (timer["OnCalendar"], timer["AccuracySec"]) == ("minutely", "1s")
    clock = COMPOSE["services"]["clock"]
    assert "publish_due" in clock["command"][-1]
    assert clock["environment"] == SITES[0]["environment"]
    assert clock["volumes"][0].partition(":")[0] in COMPOSE["volumes"]


def test_the_guide_names_files_that_there_are():
    guide = (DEPLOY / "README.md").read_text(encoding="utf-8")
    table = guide.partition("## Two servers")[0]
    endings = "env|service|timer|sh|conf|yaml|dockerignore"
    named = set(re.findall(rf"`([\w.-]+\.(?:{endings})|Containerfile)`", table))
    assert named == {path.name for path in DEPLOY.iterdir()} - {"README.md"}
    for command in re.findall(r"manage(?:\.sh|\.py) (\w+)", guide):
        ours = ROOT / "comparison" / "management" / "commands" / f"{command}.py"
        assert command in ("check", "createsuperuser") or ours.exists(), command


def test_ci_installs_what_the_tests_use_and_calls_them():
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert {"postgresql", "redis-server", "nginx-light"} <= set(re.findall(r"[\w-]+", text))
    assert re.search(r"^make test$", text, re.MULTILINE)


def test_the_proxy_asks_for_what_is_dear_by_a_way_of_its_own():
    """Otherwise who asks for much of it would take both servers away from everybody."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    dear = re.search(r'location ~ "(.+)" \{\s+proxy_pass http://evenhand_dear;', text)
    assert dear
    parts = ("slug", "source", "span", "release")
    for name in (name for name, lane in LANES.items() if lane == "dear"):
        needed = next(
            named
            for count in range(len(parts) + 1)
            for named in combinations(parts, count)
            if is_address(name, named)
        )
        assert re.search(dear[1], form_of(name, **dict.fromkeys(needed, "one"))), name
    for path in (
        "/",
        "/one/",
        "/one/-/results/",
        "/one/sources/",
        "/one/changes/",
        "/one/cell/a/b/",
    ):
        assert not re.search(dear[1], path), path


def is_address(name, named):
    try:
        form_of(name, **dict.fromkeys(named, "one"))
    except NoReverseMatch:
        return False
    return True
