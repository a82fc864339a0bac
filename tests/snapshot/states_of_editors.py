"""What editors meet: signing in, each kind of row in a list and in a form, publishing, drafts."""

from collections.abc import Iterator
from html.parser import HTMLParser

from django.test import Client
from django.urls import get_resolver, reverse

from tests.snapshot.states import EDITOR, STRICT, State

SIGNED_OUT = [
    "/admin/",
    "/admin/login/",
    "/admin/login/?next=/tiny/@draft/",
    "/admin/comparison/comparison/",
    "/admin/x/",
]
SIGNED_IN = [
    "/admin/",
    "/admin/x/",
    "/admin/comparison/comparison/999/change/",
    "/admin/password_change/",
    "/admin/logout/",
    "/unfinished/@draft/",
    "/drafted/@draft/",
    "/drafted/@draft/-/results/",
    "/drafted/@draft/-/case/",
    "/drafted/@draft/-/data.json",
    "/drafted/@draft/sources/",
    "/drafted/@draft/cell/throughput/swift/",
    "/drafted/@draft/share/",
    "/drafted/@draft/embed/",
    "/drafted/@draft/changes/",
    "/drafted/@draft/why/both/",
    "/fastapi-vs-django/@draft/?off=orm",
]
ADD = "/admin/comparison/comparison/add/"


def states_of_editors(editor: Client) -> Iterator[State]:
    """Yield every state of editors. The client looks up what there is, and changes nothing."""
    yield from map(State, SIGNED_OUT)
    wrong = {"username": "eve", "password": "wrong", "next": "/admin/"}
    yield State("/admin/login/", "POST", sent=wrong)
    yield State("/admin/login/", "POST", sent=wrong, by=STRICT)
    yield State(ADD, "POST", sent={"title": "What was typed"})
    yield State(ADD, "POST", sent={"title": "", "slug": "Not a slug"}, by=EDITOR)
    yield from (State(address, by=EDITOR) for address in SIGNED_IN)
    yield from (State(address, by=EDITOR) for address in _of_rows(editor))


def _of_rows(editor: Client) -> Iterator[str]:
    """Yield the list of each kind of row and the forms of its first one; of comparisons, of all."""
    names = _names_in_the_admin()
    for kind in sorted(name.removesuffix("_changelist") for name in names):
        if not kind.startswith("comparison_") or f"{kind}_changelist" not in names:
            continue
        listed = reverse(f"admin:{kind}_changelist")
        yield from (listed, f"{listed}?q=swift", f"{listed}add/")
        forms = forms_in(editor.get(listed).content.decode(), listed)
        is_whole = kind == "comparison_comparison"
        for form in forms if is_whole else forms[:1]:
            pages = ("history/", "delete/", "publish/") if is_whole else ("history/", "delete/")
            yield from (form, *(form.replace("change/", page) for page in pages))


def _names_in_the_admin() -> set[str]:
    resolver = get_resolver().namespace_dict["admin"][1]
    return {name for name in resolver.reverse_dict if isinstance(name, str)}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value for name, value in attrs if (tag, name) == ("a", "href") and value]


def forms_in(html: str, listed: str) -> list[str]:
    """Return the addresses of the rows' forms in a list of the admin, in their order."""
    links = _Links()
    links.feed(html)
    forms = (link.partition("?")[0] for link in links.addresses if link.startswith(listed))
    return list(dict.fromkeys(form for form in forms if form.endswith("/change/")))
