"""content/HANDBOOK.md: every picture that it shows is there, and is drawn by `make handbook`."""

import re

from tests.house import ROOT
from tests.snapshot.handbook import PICTURES, SHOWN

HANDBOOK = ROOT / "content/HANDBOOK.md"


def test_every_picture_of_the_handbook_is_drawn_and_has_words():
    text = HANDBOOK.read_text(encoding="utf-8")
    pictures = re.findall(r"!\[([^]]*)\]\(([^)]+)\)", text)
    shown = {(HANDBOOK.parent / path).resolve() for _, path in pictures}
    assert shown == {(PICTURES / f"{name}.png").resolve() for name in SHOWN}
    assert all(path.exists() for path in shown)
    assert all(words for words, _ in pictures)
