"""The preview picture of a view: (release, canonical query) -> a card of 1200 × 630 as PNG, for
those who send its link on.

The decision is the engine's, the words are the templates', the letters' widths are
`rendering/font_metrics.py`'s: here things get their place. Pictures are kept up to a fixed number
of bytes, and drawn one at a time: while one is drawn, another request gets the comparison's plain
picture or is asked to come again, and no thread waits.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse

from comparison.core import charts
from comparison.core.selection import Selection, spell
from comparison.pages import option_marks
from comparison.pages.comparison.answer import recommendation
from comparison.pages.comparison.matrix.parts import largest_first, parts_shown
from comparison.pages.comparison.page import ResultPage, result_page
from comparison.pages.comparison.wording import in_words
from comparison.pages.scored_release import score
from comparison.pages.view import View, view_of
from comparison.publishing.kept_in_memory import KeptInMemory
from comparison.rendering.font_metrics import (
    BOLD,
    PLAIN,
    SERIF,
    UNKNOWN,
    cut,
    drawable,
    largest,
    lines,
    width,
)
from comparison.rendering.jinja import counted, day, render
from comparison.rendering.svg_to_png import CannotDraw, draw
from comparison.web.caches.http_cache import PUBLIC, tag
from comparison.web.comparison_address import of_comparison
from comparison.web.comparison_request import ComparisonRequest
from comparison.web.security_headers import OPEN_TO_ALL

log = logging.getLogger(__name__)
MOST_BYTES = 16_000_000  # of pictures kept; one is about 50,000
PATIENCE = 2.0  # seconds; the first picture takes half of one, with the process that draws it
HEAVIEST = 80_000  # bytes of one; only names as long as the page is wide come near it
MOST_ROWS = 4
DATED_ROOM = 860  # pixels, beside the site's name
WIDE = 1072  # pixels between the margins
LEFT = 282  # where the bars of scores begin
ROOM, FULL = 234, 782  # how long they may be, beside the parts and without them
MARGIN_ROOM = 800
SPINE, HALF = 987, 62  # where the bars of parts begin, and how long they may be


@dataclass(frozen=True, slots=True)
class CardBar:
    """One option's overall score."""

    name: str  # of the option
    slot: str  # of its colour
    key: str  # that is its mark; empty where it has a shape
    score: str  # as shown; empty without one
    width: str  # pixels
    gap_x: str  # pixels; where the outlined piece begins
    gap_width: str  # pixels; empty without gaps
    out: bool  # excluded by a must-have


@dataclass(frozen=True, slots=True)
class CardPart:
    """One criterion's part in the margin."""

    name: str  # of the criterion
    slot: str  # of the option it speaks for
    x: str  # pixels from the left
    width: str  # pixels
    value: str  # points


@dataclass(frozen=True, slots=True)
class SocialCard:
    """All that the picture shows, each text cut to its room."""

    sentence: str  # what a program reads out that shows no picture
    dated: str  # release, its date and the licence where one is stated
    title: tuple[str, ...]  # lines
    title_size: int  # pixels
    title_y: int  # pixels from above
    slot: str  # of the leader; empty where there is none, or where the lead is a toss-up
    key: str  # the same of the leader's mark; empty without one
    head: str  # the result; empty where only the comparison is shown
    head_size: int  # pixels
    case: tuple[str, ...]  # lines: the use case, or the comparison's question
    altered: tuple[str, ...]  # lines on what the view leaves out and changes
    altered_size: int  # pixels
    altered_y: int  # pixels from above
    usual: str  # what the bars count where no case is chosen; empty where the case says it
    room: int  # pixels that the longest bar may take
    bars: tuple[CardBar, ...]  # the best first; empty where only the comparison is shown
    more: str  # how many options have no bar; empty where each has one
    parts: tuple[CardPart, ...]  # the largest first; empty where there is no margin
    compared: tuple[str, ...]  # instead of bars
    margin: str  # in words; empty without one
    label: str  # how firmly the leader leads; empty without one
    squares: int | None  # how many of the label's are filled; None without a label
    squares_x: int  # pixels from the left
    counts: str  # options, criteria, sources and claims, in words
    disputed: str  # how many cells are, in words; empty where none is
    is_unsettled: bool  # one of these disputes could move the result
    disputed_x: int  # pixels from the left


# --- the card -------------------------------------------------------------------------------------


def card_of(view: View, *, plain: bool = False, tight: bool = False) -> SocialCard:
    """Return the card of a view. plain: of the comparison as such, without a result. tight: with
    half of the text.
    """
    view = _unaltered(view) if plain else view
    page, legible = result_page(view), _legible(view)
    results, heading = page.results, page.heading
    head, case, altered, margin, label, sentence, usual = (legible(line) for line in in_words(page))
    usual = usual[:1].upper() + usual[1:]
    title, title_size = _title(legible(heading.title), 1 if tight else 2)
    rows = MOST_ROWS // 2 if tight else MOST_ROWS
    parts = () if plain else _parts(view, rows, legible)
    bars = (
        ()
        if plain
        else tuple(_bar(bar, FULL if not parts else ROOM, legible) for bar in _shown(results, rows))
    )
    if plain:
        head, altered, margin, label, usual = "", "", "", "", ""
        case, sentence = legible(heading.question or heading.topic), legible(heading.title)
    slot = (
        results.leaders[0].slot
        if results.state == "leader" and not plain and not results.between and not results.depends
        else ""
    )
    head_room = WIDE // 2 if tight else WIDE - 40
    head_size = largest(head, SERIF, (44, 38, 32, 27), head_room) or 27
    # then with fewer names: the number must stay
    if results.margin and not results.between and width(margin, BOLD, 28) > MARGIN_ROOM:
        margin = (
            f"{usual}, {results.leaders[0].name} by {results.margin} points"
            if results.depends
            else f"Ahead by {results.margin} points"
        )
        if results.depends and width(margin, BOLD, 28) > MARGIN_ROOM:
            # "To start with", without the situation
            margin = f"{usual.split(',')[0]}, {results.leaders[0].name} by {results.margin} points"
    margin = legible(margin)
    altered_size = largest(altered, BOLD, (24, 22), WIDE) or 20
    altered_lines = tuple(lines(altered, BOLD, altered_size, WIDE, 1 if altered_size > 20 else 2))
    count = len(view.scored.options)
    counts = ", ".join(
        (
            _of(heading.options, heading.of_options)
            + counted(heading.of_options, "option")
            + (
                f" and {counted(heading.arrangements, 'arrangement')}"
                if heading.arrangements
                else ""
            ),
            counted(heading.criteria, "criterion", "criteria"),
            _of(heading.sources, heading.of_sources) + counted(heading.of_sources, "source"),
            _of(heading.claims, heading.of_claims) + counted(heading.of_claims, "claim"),
        )
    )
    names = legible(", ".join(option.name for option in view.scored.option_names))
    return SocialCard(
        sentence=sentence,
        dated=cut(legible(_dated(page)), PLAIN, 23, DATED_ROOM),
        title=title,
        title_size=title_size,
        title_y=(150 if len(title) > 1 else 180),
        slot=slot,
        key=results.leaders[0].key if slot else "",
        head=cut(head, SERIF, head_size, head_room),
        head_size=head_size,
        case=tuple(
            lines(
                case[:1].upper() + case[1:],
                PLAIN,
                26,
                WIDE,
                1 if tight or altered or len(title) > 1 else 2,
            )
        ),
        altered=altered_lines,
        altered_size=altered_size,
        altered_y=329 if len(altered_lines) < 2 else 323,
        usual=cut(usual, PLAIN, 20, WIDE),
        room=ROOM if parts else FULL,
        bars=bars,
        more=f"and {count - len(bars)} more" if bars and count > len(bars) else "",
        parts=parts,
        compared=() if bars else tuple(lines(names, PLAIN, 26, WIDE, 3)),
        margin=cut(margin, BOLD, 28, MARGIN_ROOM),
        label=label,
        squares=results.firm.squares if results.firm and label else None,
        squares_x=round(1136 - width(label, PLAIN, 26) - 74),
        counts=counts,
        disputed=f"{heading.disputed} disputed" if heading.disputed else "",
        is_unsettled=bool(view.unsettled) and not plain,
        disputed_x=round(64 + width(counts, PLAIN, 23) + 34),
    )


def _legible(view: View) -> Callable[[str], str]:
    """Return what makes a text drawable: names with a letter that no font of ours has, as Arabic
    and Japanese ones, are spelled as addresses spell them.
    """
    document = view.scored.document
    named = [
        *((option.name, option.slug) for option in document.options),
        *((criterion.name, criterion.slug) for criterion in document.criteria),
        *((use.name, use.slug) for use in document.use_cases),
        (document.title, document.slug),
    ]
    slugs = {name: slug for name, slug in named if UNKNOWN in drawable(name)}
    names = sorted(slugs, key=len, reverse=True)  # one may be a part of another

    def drawn(text: str) -> str:
        for name in names:
            text = text.replace(name, slugs[name])
        return drawable(text)

    return drawn


def _unaltered(view: View) -> View:
    """Return the comparison as its editors published it."""
    scored = score(view.scored.release, Selection(), view.scored.home)
    return view_of(scored, Selection(), replace(view.link, notes=()))


def _dated(page: ResultPage) -> str:
    return f"{_release(page)}, {page.heading.licence}" if page.heading.licence else _release(page)


def _release(page: ResultPage) -> str:
    checked = page.heading.checked
    return f"Release {page.release}, " + (
        f"checked {day(checked)}" if checked else day(page.published)
    )


def _of(used: int, there: int) -> str:
    """Return how many of what there is a view rests on; nothing where it is all."""
    return f"{used} of " if used != there else ""


def _title(title: str, most: int) -> tuple[tuple[str, ...], int]:
    """Return the title's lines and size: on one line while it can be large, else on as many as
    there may be.
    """
    if size := largest(title, SERIF, (76, 66, 58, 52), WIDE):
        return (title,), size
    size = next((size for size in (46, 42) if len(lines(title, SERIF, size, WIDE, 9)) <= 2), 38)
    return tuple(lines(title, SERIF, size, WIDE, most)), size


def _shown(results: recommendation.Results, most: int) -> list[recommendation.ScoreBar]:
    """Return the scores that there is room for, one line less where it takes a line to say how many
    are left.
    """
    scored = [bar for bar in results.bars if bar.score]
    return scored[: most if len(results.bars) <= most and not results.more_bars else most - 1]


def _bar(bar: recommendation.ScoreBar, room: int, legible: Callable[[str], str]) -> CardBar:
    scale = room / 100
    return CardBar(
        name=cut(legible(bar.option.name), PLAIN, 22, 178),
        slot=bar.option.slot,
        key=bar.option.key,
        score=bar.score,
        width=f"{float(bar.width) * scale:.1f}",
        gap_x=f"{LEFT + float(bar.gap_x) * scale:.1f}" if bar.gap_x else "",
        gap_width=f"{float(bar.gap_width) * scale:.1f}" if bar.gap_x else "",
        out=bar.state == "excluded",
    )


def _parts(view: View, most: int, legible: Callable[[str], str]) -> tuple[CardPart, ...]:
    """Return the largest parts of the margin, in points that are rounded as the page
    rounds them.
    """
    scored, margin = view.scored, view.margin
    if margin is None:
        return ()
    values = parts_shown(margin)
    named = option_marks.beside(scored.named, margin.leader, margin.rival)
    chosen = largest_first(values)[:most]
    first = next(slug for slug in scored.named if slug in (margin.leader, margin.rival))
    # the first in editorial order points to the left, as on the page
    sign = -1 if margin.leader == first else 1
    drawn = charts.contribution_bars([sign * values[position] for position in chosen])
    return tuple(
        CardPart(
            name=cut(
                legible(scored.criteria[margin.parts[position].criterion].name),
                PLAIN,
                22,
                SPINE - HALF - 652,
            ),
            slot=named[margin.leader if values[position] > 0 else margin.rival].slot,
            x=f"{SPINE + (float(bar.x) - charts.SPINE) * HALF / charts.SPINE:.1f}",
            width=f"{float(bar.width) * HALF / charts.SPINE:.1f}",
            value=f"{abs(values[position]):.2f}",
        )
        for position, bar in zip(chosen, drawn, strict=True)
    )


def draw_card(view: View, *, plain: bool = False, patience: float = 0) -> bytes:
    """Return the picture of a view as PNG, with less text where it would weigh too much. CannotDraw
    where another is still drawn after so many seconds.
    """
    for tight in (False, True):
        svg = render("sharing/card.svg", page=card_of(view, plain=plain, tight=tight))
        picture = draw(svg, patience=patience)
        if len(picture) <= HEAVIEST:
            break
    return picture


# --- kept -----------------------------------------------------------------------------------------


# slug, release, its digest, canonical query; None = the comparison's plain picture
Key = tuple[str, int, str, str | None]

kept = KeptInMemory(MOST_BYTES)


def picture_of(comparison_request: ComparisonRequest) -> tuple[bytes | None, bool]:
    """Return a view's picture, and whether it is that one; while another is drawn, the comparison's
    plain one. Who comes before there is a plain one waits; None where that is in vain.
    """
    release, view = comparison_request.release, comparison_request.view
    about: tuple[str, int, str] = (comparison_request.slug, release.number, release.digest)
    key: Key = (*about, _query_of(view))
    if picture := kept.get(key):
        return picture, True
    plain: Key = (*about, None)
    patience = 0 if kept.get(plain) else PATIENCE
    try:
        _keep(key, draw_card(view, patience=patience))
        if kept.get(plain) is None:
            _keep(plain, draw_card(view, plain=True, patience=patience))
    except CannotDraw:
        log.info("Another picture is being drawn, or none can be: %s", comparison_request.slug)
    if picture := kept.get(key):
        return picture, True
    return kept.get(plain), False


def _keep(key: Key, picture: bytes) -> None:
    kept.put(key, picture, len(picture))


def _query_of(view: View) -> str:
    """Return the canonical query, less what changes no result: filters, answers to the tree, where
    a link was made.
    """
    return spell(
        view.scored.document, replace(view.selection, made_on=None, q="", show=None, tree=())
    )


@of_comparison(whole=False, shows_drafts=False, is_compressed=False)
def picture(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor's friends see this very view as a picture beside its link. Of a draft, the newest
    release's.
    """
    drawn, is_whole = picture_of(comparison_request)
    if drawn is None:
        words = "The picture is not drawn yet. Ask again in a moment.\n"
        headers = {"Retry-After": "2", "Cache-Control": "no-store"}
        return HttpResponse(
            words, status=503, content_type="text/plain; charset=utf-8", headers=headers
        )
    response = HttpResponse(drawn, content_type="image/png")
    response["Cross-Origin-Resource-Policy"] = OPEN_TO_ALL  # it stands in other sites' previews
    response["Cache-Control"] = PUBLIC if is_whole else "no-store"
    if is_whole:
        response["ETag"] = tag(request, comparison_request)
    return response
