"""Two editors at one row; what one of them changes is told, discarded, brought back."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Editor, log_in, started

pytestmark = pytest.mark.browser


@pytest.fixture
def server_of_two(prepared: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server of its own, on which ada may do what eve may."""
    folder = tmp_path / "var"
    shutil.copytree(prepared, folder)
    with sqlite3.connect(folder / "evenhand.sqlite3") as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(auth_user)")]
        names = ", ".join(one for one in columns if one != "id")
        values = names.replace("username", "'ada'")
        database.execute(
            f"INSERT INTO auth_user ({names}) SELECT {values} FROM auth_user WHERE username = ?",
            [Editor().name],
        )
    database.close()
    with started(folder) as address:
        yield address


def test_a_change_beside_another_editor_is_told_discarded_and_brought_back(
    open_page: Callable[..., Page], server_of_two: str, complaints: list[str]
) -> None:
    eve, ada = (open_page(base_url=server_of_two) for _ in range(2))
    log_in(eve)
    eve.goto("/admin/comparison/cell/?q=orm")
    row = eve.locator(
        "#result_list tbody tr", has=eve.get_by_role("cell", name="FastAPI", exact=True)
    )
    row.filter(has_text="ORM and migrations").locator("th a").click()
    expect(eve.locator("#also-here")).to_have_text("")

    log_in(ada, "ada")
    ada.goto(eve.url)
    expect(ada.locator("#also-here")).to_contain_text("eve is at this row, too")
    was = ada.locator("#id_score").input_value()
    ada.locator("#id_score").fill("10")
    ada.get_by_role("button", name="Save", exact=True).first.click()
    expect(ada.locator(".messagelist")).to_contain_text("was changed successfully")

    ada.goto("/admin/comparison/comparison/1/publish/")
    changes = ada.locator("#changes li")
    expect(changes).to_have_count(1)
    expect(changes).to_contain_text(f"ORM and migrations, FastAPI: {was} → 10")
    expect(ada.locator("#effect")).to_contain_text("of 200 sampled selections of readers")

    ada.get_by_role("link", name="FastAPI or Django?").first.click()
    ada.get_by_role("link", name="Discard…").click()
    lost = ada.locator("#lost")
    expect(lost).to_contain_text("Cell changed: ORM and migrations › FastAPI")
    expect(lost).to_contain_text("Discard this alone")
    button = ada.get_by_role("button", name="Set the draft to release 1")
    # a site that takes its time
    ada.evaluate("addEventListener('submit', (event) => event.preventDefault(), { once: true })")
    button.click()
    expect(ada.locator(".under-way-foot")).to_contain_text("Discarding … ")
    expect(button).to_be_disabled()
    ada.reload()
    button.click()
    expect(ada.locator(".messagelist")).to_contain_text("What it was before is kept")
    expect(ada.locator("#nothing-new")).to_contain_text("Nothing has changed since release 1")

    ada.goto("/admin/comparison/comparison/1/discard/")
    expect(ada.locator("#lost")).to_contain_text("Nothing would be lost")
    kept = ada.locator("#kept li")
    expect(kept).to_contain_text(re.compile("ada: The draft was set to release 1"))
    kept.get_by_role("button", name="Take it again").click()
    expect(ada.locator(".messagelist")).to_contain_text("The draft is as it was kept")
    expect(changes).to_contain_text(f"ORM and migrations, FastAPI: {was} → 10")
    eve.reload()
    expect(eve.locator("#id_score")).to_have_value(re.compile(r"10(\.0)?"))
