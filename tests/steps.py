"""`make steps`: what one change of a reader's runs through, function by function, to be read from
top to bottom. `make bench` prints how many there are.

Counted are the functions of `comparison/` that have a name, each once. Everything is warm, but the
selection was never asked for: nothing that is kept can answer.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType

from tests.snapshot.site import HOST, prepared_site

CODE = Path(__file__).resolve().parent.parent / "comparison"
REGION = "/fastapi-vs-django/-/results/"
WARMING = ("off=performance", "off=typing", "off=performance,typing")
MEASURED = "off=orm"
MOST_FUNCTIONS, MOST_MODULES = 120, 16


def main() -> None:
    """Print every function by module, in the order in which each is first called."""
    with prepared_site():
        steps = steps_of_a_toggle()
    for module, functions in steps.items():
        print(f"{module} ({len(functions)})")
        print("".join(f"    {function}\n" for function in functions), end="")
    print(f"{sum(map(len, steps.values()))} functions in {len(steps)} modules")


def steps_of_a_toggle() -> dict[str, list[str]]:
    """Return the functions that one uncached change of the reader's calls, by module. Django must
    be set up.
    """
    from django.test import Client

    client = Client(HTTP_HOST=HOST)
    for query in WARMING:
        client.get(f"{REGION}?{query}")
    return functions_called(lambda: client.get(f"{REGION}?{MEASURED}"))


def functions_called(work: Callable[[], object]) -> dict[str, list[str]]:
    """Return the named functions of `comparison/` that some work calls, by module, in the order of
    their first call.
    """
    codes: dict[CodeType, None] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            codes[frame.f_code] = None

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    functions: dict[str, list[str]] = {}
    for code in codes:
        path = Path(code.co_filename)
        if path.is_relative_to(CODE) and not code.co_name.startswith("<"):
            module = path.relative_to(CODE).as_posix()
            functions.setdefault(module, []).append(code.co_qualname)
    return functions


if __name__ == "__main__":
    main()
