"""Two sets of answers -> each kind of difference once, however many answers have it.

Two folders that are there already: `python -m tests.snapshot.comparing before after [--ignoring
pattern]`.
"""

import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby, takewhile
from pathlib import Path

from tests.snapshot.plain import BLANK

ENDING = ".txt"
MOST_KINDS, MOST_LINES, WIDEST, MOST_NAMES = 3, 6, 180, 3


@dataclass
class Difference:
    """Lines that became others: in which answers, and after which line in the first of them."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    follows: str
    names: list[str] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Whether nothing but blanks between words is different."""
        return _without_blanks(self.before) == _without_blanks(self.after)


def read_folder(folder: Path) -> dict[str, list[str]]:
    """Return every answer of a folder by its name."""
    return {
        path.name.removesuffix(ENDING): path.read_text("utf-8").split("\n")
        for path in sorted(folder.glob(f"*{ENDING}"))
    }


def without(answers: dict[str, list[str]], pattern: str) -> dict[str, list[str]]:
    """Return the answers without what a pattern finds in their lines: a change that was meant."""
    regex = re.compile(pattern)
    return {
        name: [kept for line in lines if (kept := regex.sub("", line)) or not line]
        for name, lines in answers.items()
    }


def differences(before: dict[str, list[str]], after: dict[str, list[str]]) -> list[Difference]:
    """Return what is different in the answers that both have, the most frequent first."""
    by_change: dict[tuple[tuple[str, ...], tuple[str, ...]], Difference] = {}
    for name in before.keys() & after.keys():
        for one, other, follows in _changed(before[name], after[name]):
            by_change.setdefault((one, other), Difference(one, other, follows)).names.append(name)
    for difference in by_change.values():
        difference.names = sorted(set(difference.names))
    return sorted(
        by_change.values(),
        key=lambda difference: (-len(difference.names), difference.names, difference.before),
    )


def report(before: dict[str, list[str]], after: dict[str, list[str]]) -> list[str]:
    """Return the lines that tell what is different; none where nothing is."""
    lines = [f"Only before: {name}" for name in sorted(before.keys() - after.keys())]
    lines += [f"Only after: {name}" for name in sorted(after.keys() - before.keys())]
    listed = differences(before, after)
    for _, alike in groupby(listed, key=lambda difference: difference.names):
        kinds = list(alike)
        for difference in kinds[:MOST_KINDS]:
            lines += ["", *_told(difference)]
        if len(kinds) > MOST_KINDS:
            lines += [f"  ... and {len(kinds) - MOST_KINDS:,} more ways in just these answers"]
    if listed:
        names = {name for difference in listed for name in difference.names}
        blank = sum(difference.is_blank for difference in listed)
        of_these = f", {blank:,} of them only in white space" if blank else ""
        lines += [
            "",
            f"{len(names):,} of {len(after):,} answers differ, in {len(listed):,} ways{of_these}.",
        ]
    return lines


def _told(difference: Difference) -> Iterator[str]:
    names, blank = difference.names, " (only white space)" if difference.is_blank else ""
    more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
    yield f"{', '.join(names[:MOST_NAMES])}{more}{blank}"
    yield f"    {_cut(difference.follows)}"
    alike = 0  # characters with which both begin
    if len(difference.before) == len(difference.after) == 1:
        signs = zip(*difference.before, *difference.after, strict=False)
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], signs))
    for sign, lines in (("-", difference.before), ("+", difference.after)):
        yield from (f"  {sign} {_cut(line, alike)}" for line in lines[:MOST_LINES])
        if len(lines) > MOST_LINES:
            yield f"  {sign} ... and {len(lines) - MOST_LINES:,} more lines"


def _cut(line: str, alike: int = 0) -> str:
    """Return a line, or what stands around the place where it is no longer like the other."""
    if len(line) <= WIDEST:
        return line
    begin = max(0, alike - WIDEST // 2)
    shown = line[begin : begin + WIDEST]
    return ("... " if begin else "") + shown + (" ..." if begin + WIDEST < len(line) else "")


def _without_blanks(lines: tuple[str, ...]) -> list[str]:
    return [text for line in lines if (text := line.strip(BLANK))]


def _changed(
    before: list[str], after: list[str]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], str]]:
    """Yield each run of lines that became others, and the line before it."""
    if before == after:
        return
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    one, other = before[start : len(before) - end], after[start : len(after) - end]
    for kind, i, j, k, m in SequenceMatcher(None, one, other).get_opcodes():
        if kind != "equal":
            follows = one[i - 1] if i else before[start - 1] if start else ""
            yield tuple(one[i:j]), tuple(other[k:m]), follows


def main() -> int:
    """Compare two folders. Returns 1 where anything is different."""
    parser = ArgumentParser(prog="python -m tests.snapshot.comparing")
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--ignoring", default="(?!)", help="a regular expression; ␣ is a blank")
    given = parser.parse_args()
    before, after = (
        without(read_folder(folder), given.ignoring) for folder in (given.before, given.after)
    )
    told = report(before, after)
    print("\n".join(told or ["No difference."]))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
