"""A real server whose database is moved away, and one that is started without it, and sees it come
back, and damaged.
"""

import os
import shutil

from tests.conftest import started
from tests.outages import answer, refused, wait_until


def test_without_its_database_a_site_is_read_started_and_well_again_when_it_is_back(
    prepared, tmp_path
):
    var, away = tmp_path / "var", tmp_path / "away"
    shutil.copytree(prepared, var)
    away.mkdir()

    def move(here, there):
        for path in here.glob("evenhand.sqlite3*"):
            path.rename(there / path.name)

    with started(var) as site:
        move(var, away)
        assert refused(site) == {}
        wait_until(site, "degraded")
        assert not (var / "evenhand.sqlite3").exists()
    with started(var) as site:  # a process that has never read anything
        assert refused(site) == {}
        status, _, body = answer(f"{site}/fastapi-vs-django/suggest/")
        assert status == 200 and b"<form" in body
        assert not (var / "evenhand.sqlite3").exists()
        move(away, var)
        wait_until(site, "ready")
        assert answer(f"{site}/admin/login/")[0] == 200
        file = var / "evenhand.sqlite3"
        os.truncate(file, file.stat().st_size // 2)  # what is left of it answers still
        wait_until(site, "degraded")
        assert refused(site) == {}
        told = "Words that took an hour, and that nobody wants to write again"
        status, _, body = answer(f"{site}/fastapi-vs-django/suggest/", f"text={told}".encode())
        assert status == 503 and told.encode() in body
