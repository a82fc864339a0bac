"""What the reader's templates may call besides their page: static files, htmx's script, and how
dates are written.
"""

import re
from collections.abc import Iterable, MutableMapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.template import engines
from django.templatetags.static import static
from django.utils import timezone
from django_htmx.jinja import htmx_script
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from comparison.rendering.addresses import address_of, of_file_at_top
from comparison.rendering.outdent import Outdent

LONG_WORD = re.compile(r"\S{16,}")
# StreamingHttpResponse, snake_case, path/to.file
HYPHENATED = re.compile(r"(?<![\w-])\w{1,8}(?:-\w{1,8})+(?![\w-])")  # sign-in
PERCENT = re.compile(r"(?<=\d) %")
PARTS = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[/_.])(?=\w)")


# Hebrew, Arabic and the other scripts that are written from right to left, and their marks.
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
KEPT_TEXTS = 8_192  # names, mostly: each stands in many places of a page
ISOLATE, END = "\u2068", "\u2069"


class ReaderEnvironment(Environment):
    """Jinja's own, but all templates know the same names: an import compares two plain dicts, not
    two chains of them.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    """Return the environment of the reader's templates. A misspelt name is an error, not an empty
    text.
    """
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    # every template stays, as there are no more than there are files: Jinja's own limit of 400 has
    # it note at each include and import which template was used last
    options["cache_size"] = -1
    options["extensions"] = [*options.get("extensions", []), Outdent]
    made = ReaderEnvironment(**options)  # the settings switch autoescape on
    made.globals.update(
        static=static,
        htmx_script=htmx_script,
        oob=False,
        address_of=address_of,
        of_file_at_top=of_file_at_top,
    )  # oob: a region that travels with another one
    made.filters["day"] = day
    made.filters["moment"] = moment
    made.filters["sentence"] = sentence
    made.filters["condition"] = condition
    made.filters["listed"] = listed
    made.filters["quoted"] = quoted
    made.filters["noun"] = noun
    made.filters["counted"] = counted
    made.filters["grouped"] = grouped
    made.filters["breakable"] = breakable
    made.filters["unhyphenated"] = unhyphenated
    made.filters["holding"] = holding
    made.filters["parted"] = parted
    made.filters["isolated"] = isolated
    return made


def sentence(text: str) -> str:
    """Return a text with a full stop at its end, and only one."""
    return text if text.endswith((".", "!", "?")) else text + "."


def condition(text: str) -> str:
    """Return a condition as a sentence of its own: "If ...", unless it begins with such a word
    itself.
    """
    begun = text.casefold().startswith(("if ", "when ", "where ", "for ", "unless "))
    return sentence(text[0].upper() + text[1:] if begun else f"If {text}")


def noun(count: int, one: str, many: str = "") -> str:
    """Return the noun for that many: "source" for 1, else "sources", or the irregular plural that
    is given.
    """
    return one if count == 1 else many or f"{one}s"


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 source", "2 sources", "3,600 claims"."""
    return f"{grouped(count)} {noun(count, one, many)}"


def grouped(count: int) -> str:
    """Return a number as it stands in a text: "42", "3,600"."""
    return f"{count:,}"


def listed(things: Iterable[Any], last: str = "and") -> str:
    """Return texts, or the names of things, as they are listed in a sentence: "A", "A and B", "A, B
    and C".
    """
    names = [isolated(str(getattr(thing, "name", thing))) for thing in things]
    *others, final = names or [""]
    return f"{', '.join(others)} {last} {final}" if others else final


def quoted(names: Iterable[str]) -> str:
    """Return names that would read on as a part of their sentence, as those of must-haves do, each
    in marks: "“Admin included” and “Async”".
    """
    return listed(f"“{isolated(name)}”" for name in names)


def day(value: date | str | None) -> str:
    """Return a day as readers see it: 20 Nov 2026. A partial date comes back as it is."""
    return f"{value.day} {value:%b} {value.year}" if isinstance(value, date) else value or ""


def moment(value: datetime) -> str:
    """Return a moment as readers see it, in the zone of the site: 20 Nov 2026, 14:05."""
    here = timezone.localtime(value)
    return f"{day(here.date())}, {here:%H:%M}"


def parted(text: str, between: str = "\u200b") -> str:
    """Return a text with a sign, by default a space of no width, where a long identifier, path or
    address may be broken.
    """
    return isolated(LONG_WORD.sub(lambda word: between.join(PARTS.split(word[0])), text))


def isolated(text: str) -> str:
    """Return a name for a sentence or an attribute: where some of it is written from right to left,
    between signs that keep it from turning what stands beside it around.
    """
    is_bare = RIGHT_TO_LEFT.search(text) and ISOLATE not in text
    return f"{ISOLATE}{text}{END}" if is_bare else text


def breakable(text: str) -> Markup:
    """Return a text, or what a macro made of texts alone, as HTML that may be broken in the same
    places, not between a number and its per cent, and that turns nothing around it.
    """
    return _breakable(text.unescape() if isinstance(text, Markup) else text)


def unhyphenated(text: str) -> Markup:
    """Return a name as `breakable` does, and no line ends within a short word with a hyphen."""
    html = HYPHENATED.sub(r'<span class="together">\g<0></span>', str(breakable(text)))
    return Markup(html)  # noqa: S704  (escaped above)


def holding(name: Markup, icon: Markup) -> Markup:
    """Return a name that may be broken with an icon after it, which begins no line: it holds to the
    last word, unless that is long.
    """
    before, blank, last = str(name).rpartition(" ")
    if str(name).endswith("</span>"):  # the last word is held together already
        html = f"{name.removesuffix('</span>')}{icon}</span>"
    elif "<" in last or LONG_WORD.fullmatch(last):
        html = f"{name}{icon}"
    else:
        html = f'{before}{blank}<span class="together">{last}{icon}</span>'
    return Markup(html)  # noqa: S704  (of what is escaped)


@lru_cache(maxsize=KEPT_TEXTS)
def _breakable(words: str) -> Markup:
    html = escape(parted(PERCENT.sub("\u00a0%", words), "\0")).replace("\0", Markup("<wbr>"))
    if html.startswith(ISOLATE) and html.endswith(END) and html.count(ISOLATE) == 1:
        return Markup("<bdi>{}</bdi>").format(html[1:-1])
    return html


def render(template: str, **context: object) -> Markup:
    """Render one of the reader's templates."""
    html = engines["reader"].get_template(template).render(context)
    return Markup(html)  # noqa: S704  (autoescape is on)
