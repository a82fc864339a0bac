"""Characters that a reader cannot see, and that make a text say another thing than it shows: found
and named.

Refused in whatever is newly written: overrides of the writing direction, zero-width and tag
characters, blank letters, private-use characters, halves of characters. Taken, because languages
and emoji need them: the marks U+200E and U+200F, the joiners U+200C and U+200D, one variation
selector behind a sign, and the flags of England, Scotland and Wales. Releases that hold such a
character are read as ever: this is asked of drafts and files only.
"""

import re
import unicodedata

# tabs and line ends are for the schema to judge
CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
UNSEEN = (
    "\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u115f\u1160\u3164\uffa0"
    "\U000e0000-\U000e007f"
)
PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff\ufdd0-\ufdef\ufffe\uffff"
HALVES = "\ud800-\udfff"
SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"  # choose a shape for the sign before them

_FLAGS = re.compile(
    "\U0001f3f4(?:\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067"
    "|\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074"
    "|\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073)\U000e007f"
)
_HIDDEN = re.compile(
    f"[{CONTROL}{UNSEEN}{PRIVATE}{HALVES}]|(?:(?<=[\\s{SELECTORS}])|^)[{SELECTORS}]"
)
_SEEN = re.compile(f"[^\\s\u00ad\u034f\u200c-\u200f{SELECTORS}]")


def hidden_in(text: str) -> tuple[int, str] | None:
    """Return where the first character stands that no reader sees, and what to do about it; None
    where there is none.
    """
    bare = _FLAGS.sub(lambda flag: "x" * len(flag[0]), text)  # as long as before
    if not (match := _HIDDEN.search(bare)):
        return None
    begin = match.start()
    words = shown(text[:begin].rpartition("\n")[2]).split()
    place = f', after "{words[-1][-20:]}"' if words else ""
    return begin, f"holds {_name(match[0])}{place}: delete it and write the text without it"


def is_blank(text: str) -> bool:
    """Say whether a text shows nothing at all, although it holds something."""
    return bool(text) and not _SEEN.search(text)


def shown(text: str) -> str:
    """Return the text with every character that cannot be printed spelled out, so that a message
    shows what is there.
    """
    return re.sub(
        f"[{CONTROL}{UNSEEN}{PRIVATE}{HALVES}\t\n]", lambda match: f"<U+{ord(match[0]):04X}>", text
    )


def _name(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if re.match(f"[{CONTROL}]", character):
        return f"a control character, {code}"
    if re.match(f"[{HALVES}]", character):
        return f"half a character, {code}"
    if re.match(f"[{PRIVATE}]", character):
        return f"a character of private use, {code}, that others see as an empty box"
    return f"an invisible character, {code} {unicodedata.name(character, '')}".rstrip()
