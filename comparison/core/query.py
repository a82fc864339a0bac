"""A query as it arrives -> its pairs as they were meant: without what counts clicks, and with what
programs mangled mended.

Mail, chat and word processors escape, wrap, capitalise and punctuate links. What can be read
without doubt is read, silently; all else is left for whoever reads the pairs to note. What a reader
typed to be found (`q`) is never touched.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote, unquote_to_bytes

# The keys of a query in their order. What the page's script needs to spell one, the form holds.
KEYS = (
    "use",
    "off",
    "w",
    "must",
    "waive",
    "distrust",
    "options",
    "against",
    "by",
    "tree",
    "show",
    "q",
    "basis",
    "from",
)
FORM_KEYS = (
    "form",
    "under",
    "on",
    "trust",
    "option",
    "only",
    "hide",
    "rival",
    "sort",
    "group",
    "apply",
    "drop",
    "alone",
    "mute",
)
# keys of pages that carry a selection along
OF_OTHER_PAGES = frozenset({"find", "before", "theme"})
TYPED = frozenset({"q", "find"})  # hold text, where every other key holds names and numbers
# What counts clicks and says where a reader came from: of no meaning here, and of none to whoever
# gets the link next.
_CLICKS = """
    fbclid gclid gclsrc gbraid wbraid dclid msclkid twclid ttclid yclid ysclid igshid igsh
    li_fat_id epik sccid rdt_cid mc_cid mc_eid mkt_tok ml_subscriber ml_subscriber_hash
    ck_subscriber_id bsft_clkid _ga _gl _ke _kx _openstat ref ref_src ref_url referrer referer
    source src via si spm scm trk wickedid rb_clickid s_cid cmpid campaign_id ncid icid cvid
    oicd otc guccounter guce_referrer guce_referrer_sig srsltid _branch_match_id
    _branch_referrer gad mibextid xtor mkcid mkevt mkrid ef_id s_kwcid irclickid irgwc cjevent
    lipi trackingid refid emci emdi ceid usqp sfnsn xmt slof sms_ss cmp cid campaign share_url
    __s __twitter_impression
"""
TRACKING = frozenset(_CLICKS.split())
_CLICKS_BEGIN = """
    utm_ utm- mtm_ matomo_ pk_ piwik_ hsa_ _hs __hs vero_ oly_ stm_ itm_ gad_ ga_ wt_ wt. fb_
    at_ ns_ tt_ hss_ sc_ dm_ __cft__ __tn__
"""
TRACKING_FAMILIES = tuple(_CLICKS_BEGIN.split())
MOST_LAYERS = 3  # of quoting around quoting

_AMPERSAND = re.compile(r"&(?:(?:amp|#0*38|#x0*26)(?:;|%3B))*", re.IGNORECASE)
_KNOWN = "|".join((*KEYS, *FORM_KEYS, *OF_OTHER_PAGES, *TRACKING, "w-[a-z0-9-]+"))
_NEXT = re.compile(
    rf"[;?](?=(?:{_KNOWN}|(?:{'|'.join(map(re.escape, TRACKING_FAMILIES))})[a-z0-9_-]*)=)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"=[a-z]+:/|=/", re.IGNORECASE)
_QUOTED = re.compile(r"%[0-9A-Fa-f]{2}")
_PLAIN = re.compile(r"(?:[a-z0-9:,.-]*[a-z0-9])?")
# Signs that programs put into a link: dropped where nobody sees them, and plain where they are wide
# or printers' own.
_WIDE: dict[int, str | None] = {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
ADDED = (
    dict.fromkeys((0x09, 0x0A, 0x0D, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD))
    | dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013), "-")
    | _WIDE
)
_BEFORE = "\"'(“‘«"
_AFTER = ".,;:!?)>]}*_`\"'”’»"


def pairs(query: str) -> Iterator[tuple[str, str]]:
    """Yield every key with its value, as it was sent but for what could be mended; a value is still
    quoted.
    """
    for pair in split(query):
        yield from _pairs_of(pair, MOST_LAYERS)


def untracked(query: str) -> str:
    """Return a query without the pairs that only count clicks: the same answer is then kept once
    for all who follow a link.
    """
    parts = query.split("&")
    kept = [part for part in parts if not is_tracking(part.partition("=")[0])]
    return query if len(kept) == len(parts) else "&".join(kept)


def has_capitals(query: str) -> bool:
    """Say whether a key, or a name under one, is written in capitals: the canonical query has small
    letters alone.
    """
    named = (pair for pair in split(query) if pair.partition("=")[0].lower() not in TYPED)
    return any(plain != plain.lower() for plain in (_QUOTED.sub("", pair) for pair in named))


def is_tracking(key: str) -> bool:
    """Say whether a key counts clicks. None of our own does."""
    key = key.lower()
    return key in TRACKING or key.startswith(TRACKING_FAMILIES)


def is_known(key: str) -> bool:
    """Say whether a key is one of a selection's own, short or from the form."""
    return key in KEYS or key in FORM_KEYS or key.startswith("w-")


def name_of(value: str) -> str:
    """Return a name, a number or a list of them as it was meant. What no program adds stays as it
    is.
    """
    if _PLAIN.fullmatch(value):
        return value
    value = re.sub(r"=\s*\n\s*", "", value)  # a soft line break of quoted-printable mail
    value = value.translate(ADDED).replace("\\", "").partition("#")[0]
    value = "".join(value.split()).lstrip(_BEFORE).rstrip(_AFTER)
    return re.sub(r"^3D(?=[A-Za-z0-9])", "", value).lower()


def split(query: str) -> list[str]:
    """Return the pairs of a query: between ampersands, however escaped, and where another sign
    stands before a known key.
    """
    parts = _AMPERSAND.split(query) if "&" in query else [query]
    if ";" in query or "?" in query:
        parts = [
            part
            for whole in parts
            for part in _split_at_other_signs(whole.lstrip("?").removeprefix("amp;"))
        ]
    return parts


def _split_at_other_signs(pair: str) -> list[str]:
    """Return the pairs of what was to be one. A value that is a whole address has a query of its
    own, and stays.
    """
    address = _ADDRESS.search(pair)
    end = address.start() + 1 if address else len(pair)
    *before, last = _NEXT.split(pair[:end])
    return [*before, last + pair[end:]]


def _pairs_of(pair: str, layers: int) -> Iterator[tuple[str, str]]:
    """Yield the key and value of a pair, and of every pair that was quoted into it."""
    key, _, value = pair.partition("=")
    if (is_known(key) or key in OF_OTHER_PAGES) and (key in TYPED or _PLAIN.fullmatch(value)):
        yield key, value
        return
    read = name_of(_unquoted(key))
    if layers and "%" in key and "=" in _unquoted(key):  # the whole query was quoted once more
        for inner in split(unquote(pair)):
            yield from _pairs_of(inner, layers - 1)
    elif is_tracking(read):
        return
    elif not is_known(read) and read not in OF_OTHER_PAGES:
        yield key, value
    elif read in TYPED:
        yield read, value
    else:
        plain = _unquoted(value)
        first, *more = split(plain) if layers and plain != value else [value]
        yield read, first if more else value
        for inner in more:
            yield from _pairs_of(inner, layers - 1)


def _unquoted(text: str) -> str:
    """Return a name without its quoting, and the quoting of that."""
    for _ in range(MOST_LAYERS):
        if not _QUOTED.search(text):
            break
        text = unquote(text)
    return text.translate(_WIDE)


def decoded(value: str, *, typed: bool) -> str:
    """Return a value's text: what was typed once unquoted, a name as it was meant. Holds U+FFFD for
    what is no text.
    """
    if not typed and _PLAIN.fullmatch(value):
        return value
    text = unquote_to_bytes(value.replace("+", " ").encode("utf-8", "surrogatepass")).decode(
        "utf-8", errors="replace"
    )
    if typed:
        return text
    return name_of(_unquoted(text))
