"""What a cell says where the question is whether something is there: yes, partly, no, that the
question does not apply, or nothing yet.

Reads English words and the signs of READMEs and wikis. "Planned" is not there yet, so it is no;
"plugin" and "beta" are partly. Which word was read as what is for the caller to list. What is in
no list below is no answer: None.
"""

import re
from enum import StrEnum


class Answer(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    DOES_NOT_APPLY = "does-not-apply"
    UNKNOWN = "unknown"


_SELECTORS = re.compile("[\ufe00-\ufe0f]")  # ✔ as a letter or as a picture is one sign
_SIGNS = {
    Answer.YES: "✓ ✔ ☑ ✅ 🗹 √ ● ⬤ 🟢 🟩 👍 ➕ 💚 ◉ ⭕ ✚",
    Answer.PARTLY: "⚠ 🟡 🟨 🟠 🟧 ◐ ◑ ◒ ◓ ½ ± ~ ≈ 🔶 🔸",
    Answer.NO: "✗ ✘ ✖ ✕ ❌ ❎ ☒ × 🗙 🔴 🟥 ⛔ 🚫 👎 ○ ◯ 🛑 ⨯ ╳ ❍ ➖ 🚧 🏗",
    Answer.UNKNOWN: "? ？ - – — ― − … ... . _ ❓ ❔ 🤷 ⚪ ⬜ ¿ ??? ?? -- --- —— ..",
}
_SHORTCODES = {
    Answer.YES: (
        "heavy_check_mark white_check_mark ballot_box_with_check check check_mark green_circle "
        "large_green_circle green_square +1 thumbsup heavy_plus_sign o green_heart tada"
    ),
    Answer.PARTLY: (
        "warning yellow_circle large_yellow_circle orange_circle large_orange_circle "
        "yellow_square orange_square large_orange_diamond small_orange_diamond"
    ),
    Answer.NO: (
        "x heavy_multiplication_x negative_squared_cross_mark no_entry no_entry_sign red_circle "
        "red_square -1 thumbsdown construction heavy_minus_sign cross_mark"
    ),
    Answer.UNKNOWN: "question grey_question white_circle white_large_square",
}
_WORDS = {
    Answer.YES: (
        "yes, y, true, full, fully, complete, supported, available, included, built-in, built in, "
        "builtin, native, natively, done, ok, okay, implemented, all, enabled, present, always, "
        "yep, yeah, fully supported, full support, out of the box, by default, default, ✓ yes, "
        "included in core, core, stable, production"
    ),
    Answer.PARTLY: (
        "partly, partial, partially, some, somewhat, limited, limited support, partial support, "
        "partially supported, basic, plugin, plugins, via plugin, with plugin, via plugins, addon, "
        "add-on, add-ons, addons, via add-on, extension, extensions, via extension, module, "
        "third-party, third party, 3rd party, 3rd-party, external, experimental, beta, alpha, "
        "preview, manual, manually, kind of, sort of, mixed, paid, paid add-on, depends, "
        "workaround, incomplete, sometimes, in beta, unofficial, minimal, almost, mostly"
    ),
    Answer.NO: (
        "no, n, false, none, never, not supported, unsupported, not available, unavailable, "
        "missing, absent, planned, wip, work in progress, in progress, in development, roadmap, "
        "on roadmap, on the roadmap, coming soon, soon, future, upcoming, not yet, nope, without, "
        "disabled, not implemented, not included, removed, no support, todo, to do, "
        "under development, not planned, wontfix, proposed"
    ),
    Answer.DOES_NOT_APPLY: (
        "n/a, na, n.a., not applicable, does not apply, doesn't apply, irrelevant, n. a., n / a"
    ),
    Answer.UNKNOWN: (
        "unknown, unk, tbd, tba, tbc, not known, not sure, unsure, unclear, untested, not tested, "
        "no data, not given, not stated, unspecified, not specified, undocumented, ?, n.d., nan, "
        "null, nil, undisclosed, not disclosed, undefined, -, to be determined"
    ),
}
ANSWERS = (
    {word: answer for answer, words in _WORDS.items() for word in words.split(", ")}
    | {f":{name}:": answer for answer, names in _SHORTCODES.items() for name in names.split()}
    | {sign: answer for answer, signs in _SIGNS.items() for sign in signs.split()}
)
# What may open a longer answer. A word needs something to end it: "No limits" is no "no".
_OPENING = re.compile(
    r"(?P<word>yes|no|partly|partial|partially|full|limited|planned|supported|not supported|n/a"
    r"|y|n|true|false|experimental|beta|native|built[ -]?in)(?=\s*[(\[,;:–—/]|\s+-\s|\.\s|\s+"
    r"(?:via|with|but|only|using|through|by|since|from|for|if|in|on|as|when)\b)",
    re.I,
)
_OPENING_SIGN = re.compile(r":[a-z0-9_+-]+:|[^\w\s()\[\]{}'\"“”„«»$€£¥₹#@&%/\\<>=.,;:+-]")
_TRIVIAL = re.compile(r"[\s*_`'\"]+")


def answer_of(text: str) -> Answer | None:
    """Return what a cell answers, also where it goes on ("Yes, since 2.0", "✓ (beta)"), or None
    where it is no answer. Empty is UNKNOWN.

    A sign alone counts as what it is; several different ones ("✓ / ✗") are partly.
    """
    bare = _bare(text)
    if not bare:
        return Answer.UNKNOWN
    if answer := ANSWERS.get(bare) or ANSWERS.get(bare.removesuffix(".")):
        return answer
    if opening := _OPENING.match(bare):
        return ANSWERS[_with_one_space(opening["word"])]
    return _by_signs(bare)


def _bare(text: str) -> str:
    """Return the words in small letters, without what only dresses them."""
    bare = _SELECTORS.sub("", text).casefold().strip(" \t\n*_`'\"")
    bare = _with_one_space(bare)
    whole = re.fullmatch(r"\((.*)\)|\[(.*)\]", bare)
    return (whole[1] or whole[2] or bare).strip() if whole else bare


def _with_one_space(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def _by_signs(bare: str) -> Answer | None:
    """Return what the signs say that a cell begins with, or that its words end with."""
    sign = _OPENING_SIGN.match(bare)
    if sign is None or sign[0] not in ANSWERS or ANSWERS[sign[0]] is Answer.UNKNOWN:
        return None
    rest = bare[sign.end() :]
    if sign[0] in "~≈±×½√" and rest.strip():
        return None  # "~ 20 ms", "× 4" are numbers
    others = {
        ANSWERS[one]
        for one in _OPENING_SIGN.findall(rest)
        if one in ANSWERS and ANSWERS[one] is not Answer.UNKNOWN
    }
    mine = ANSWERS[sign[0]]
    said = _TRIVIAL.sub(" ", _OPENING_SIGN.sub(" ", rest)).strip(" ()[]/,;:-+")
    words = ANSWERS.get(said)
    if words in (Answer.PARTLY, Answer.NO) and mine is Answer.YES:
        return words  # "✅ beta", "✓ (planned)"
    return mine if others <= {mine} else Answer.PARTLY
