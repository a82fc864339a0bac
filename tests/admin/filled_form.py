"""What a browser would send for a form of the admin, unless something is changed in it."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from django.test import Client


class FilledForm(HTMLParser):
    """The fields of a page's forms, or of the one with an id, as they stand."""

    def __init__(self, html: str, only: str = "") -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.buttons: list[str] = []
        self.only, self.is_inside = only, not only
        self.select = self.area = ""
        self.first: str | None = None
        self.is_multiple = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form" and self.only:
            self.is_inside = given.get("id") == self.only
        elif not self.is_inside and given.get("form") != (self.only or None):
            return
        elif tag == "input" and given.get("type") == "submit":
            self.buttons.append(name)
        elif tag == "input" and name and "disabled" not in given and given.get("type") != "file":
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.sent.setdefault(name, []).append(
                    given.get("value") or ("on" if given.get("type") == "checkbox" else "")
                )
        elif tag == "textarea" and name and "disabled" not in given:
            self.area = name
            self.sent[name] = [""]
        elif tag == "select" and "disabled" not in given:
            self.select, self.first, self.is_multiple = name, None, "multiple" in given
        elif tag == "option" and self.select:
            value = given.get("value") or ""
            self.first = value if self.first is None else self.first
            if "selected" in given:
                self.sent.setdefault(self.select, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            if self.select and not self.is_multiple and self.first is not None:
                self.sent.setdefault(self.select, [self.first])
            self.select = ""
        elif tag == "textarea" and self.area:
            self.sent[self.area] = [self.sent[self.area][0].removeprefix("\n")]
            self.area = ""
        elif tag == "form" and self.only:
            self.is_inside = False

    def handle_data(self, text: str) -> None:
        if self.area:
            self.sent[self.area][0] += text


def sent_by(client: Client, address: str, only: str = "") -> dict[str, list[str]]:
    """Return what the page at an address would send: without its buttons, and without the rows that
    a script adds.
    """
    sent = FilledForm(client.get(address).content.decode(), only).sent
    return {
        name: values
        for name, values in sent.items()
        if "__prefix__" not in name and name not in ("action", "_save")
    }


def send(client: Client, address: str, fields: Mapping[str, Any], **options: Any) -> Any:
    """Return the answer to a form that is sent as browsers send one without a file."""
    return client.post(
        address,
        urlencode(fields, doseq=True),
        content_type="application/x-www-form-urlencoded",
        **options,
    )
