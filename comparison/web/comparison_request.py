"""What a request asks of a comparison, as one value: every answer is a function of it, and may be
kept by it.

Finds the release and parses the query; knows nothing of headers, encodings or status codes, nor of
what pages show.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import unquote, unquote_plus, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve

from comparison.core.query import split, untracked
from comparison.core.selection import NAMED_BY, Note, Selection, parse
from comparison.models.accounts import confinement_of
from comparison.pages.history import link_age
from comparison.pages.scored_release import ScoredRelease, score
from comparison.pages.view import Broken, Link, View, view_of
from comparison.publishing import preview_links, releases
from comparison.publishing.draft import kept_drafts
from comparison.publishing.drafts import DraftProblem
from comparison.publishing.store.withheld import Act
from comparison.rendering.addresses import Home, address_of
from comparison.web.routing.problem_addresses import broken_lines
from comparison.web.routing.renamed import Moved, address_now

DRAFT = "draft"
MOST_TYPED = 80  # characters of a search
LONGEST_READ = 32_000  # characters of a query in which a single value is looked for
# The key of a query that names the same kind of thing as a part of a path: a note about either is
# the same sentence.
KEY_OF = {"criterion": "on", "option": "option", "source": "trust", "use_case": "use"}


@dataclass(frozen=True)
class ComparisonRequest:
    """One request to a comparison: which release, which query, from where. Compared by these, so
    that answers can be kept.
    """

    slug: str
    number: int
    digest: str
    newest: int
    query: str
    origin: str  # scheme and host, for links that leave the site
    named: str | None = None  # the release as the address names it
    day: date | None = None  # for an answer that is another one tomorrow
    withheld: tuple[int, ...] = ()  # numbers of the comparison's releases that are withheld
    release: releases.Published = field(compare=False, repr=False, kw_only=True)
    # of a draft: what keeps it from being published, and is left out of what is shown
    problems: tuple[DraftProblem, ...] = field(default=(), compare=False, repr=False, kw_only=True)
    broken: tuple[Broken, ...] = field(default=(), compare=False, repr=False, kw_only=True)
    until: datetime | None = field(default=None, compare=False, kw_only=True)  # of a preview link

    @property
    def draft(self) -> bool:
        return self.number == 0  # of releases, the first is 1

    @property
    def pinned(self) -> bool:
        """The address names the release that is shown."""
        return number_of(self.named) == self.number and not self.draft

    @property
    def newest_withheld(self) -> int:
        """The newest release, where it is withheld and an older one stands in for it; 0 elsewhere,
        and where the address names its release.
        """
        last = max(self.withheld, default=0)
        return last if last > self.newest and not (self.pinned or self.draft) else 0

    @property
    def shown(self) -> str:
        """Return which release is shown, in words for the log."""
        return f"{self.slug} @{'preview' if self.until else DRAFT if self.draft else self.number}"

    @property
    def alone(self) -> "ComparisonRequest":
        """The same for an answer that tells nothing of later releases where it is pinned: its tag
        then never changes.
        """
        return replace(self, newest=self.number) if self.pinned else self

    @cached_property
    def _parsed(self) -> tuple[Selection, tuple[Note, ...]]:
        return parse(self.release.document, self.query)

    @property
    def selection(self) -> Selection:
        return self._parsed[0]

    @property
    def notes(self) -> tuple[Note, ...]:
        """Everything of the address that could not be used."""
        notes = self._parsed[1]
        if self.named is None and (self.selection.made_on or 0) > self.newest:
            return (Note("from-unpublished", "from", str(self.selection.made_on)), *notes)
        if self.named is None or self.draft or self.pinned:
            return notes
        number = number_of(self.named)
        if number and releases.is_damaged(self.release, number):
            return (Note("damaged-release", "release", str(number)), *notes)
        name = self.named if self.named.isalnum() and self.named.isascii() else ""
        return (Note("no-release", "release", name), *notes)

    @cached_property
    def scored(self) -> ScoredRelease:
        """The release as the selection leaves it."""
        named = self.named or DRAFT  # a preview link leads to itself
        release = named if self.draft else str(self.number) if self.pinned else ""
        return score(self.release, self.selection, Home(self.slug, release))

    @cached_property
    def view(self) -> View:
        """What is shown and decided: made once, and all that a page is a function of."""
        link = Link(
            self.origin,
            self.newest,
            self.pinned,
            self.draft,
            self.notes,
            until=self.until,
            broken=self.broken,
            broken_count=len(self.problems),
            newest_withheld=self.newest_withheld,
        )
        return view_of(self.scored, self.selection, link)

    @property
    def ageing(self) -> link_age.Ageing | None:
        """What has moved since a following link was made; None where nothing has, and on a page
        that names its release.
        """
        made_on = self.selection.made_on
        if self.named is not None or not made_on or made_on >= self.number:
            return None
        then = releases.several(self.release, (made_on,)).get(made_on)
        return link_age.ageing(then, self.release, self.query, self.slug) if then else None

    def follow(self, request: HttpRequest, **named: str) -> None:
        """Raise Moved where the end of the path names something as it was called once: its page has
        another address now.
        """
        names, match = self.release.document.names, request.resolver_match
        now = {part: names.present(NAMED_BY[KEY_OF[part]], slug) for part, slug in named.items()}
        if match and now != named:
            query = request.META.get("QUERY_STRING", "")
            path_names = match.kwargs | now
            raise Moved(address_of(match.view_name, query=query, **path_names))


class CannotBeReadNow(Http404):
    """The comparison was published, and none of its releases is whole."""


class IsWithheld(Http404):
    """What was asked for is withheld from readers."""

    def __init__(self, act: Act, newest: releases.Published | None = None) -> None:
        """newest: what readers may see instead; None where there is nothing of it."""
        super().__init__(str(act.number))
        self.act, self.newest = act, newest


def ask(request: HttpRequest, slug: str, named: str | None) -> ComparisonRequest:
    """Return what a request asks of a comparison. Http404 only where it has no release at all,
    CannotBeReadNow where none of them is whole, Moved where it was renamed, IsWithheld where that
    is so of the comparison or of the release that is named.

    A release that was never published becomes the newest, with a note; so does a draft for readers.
    PermissionDenied as `may_see_draft` says, PreviewOver as `preview_links.opened` does.
    """
    if named is not None and preview_links.is_preview(named):
        preview = preview_links.opened(named, slug)
        shown = kept_drafts.shown_draft(preview.comparison)
        return _of_draft(request, slug, named, shown, until=preview.until)
    if named == DRAFT and may_see_draft(request.user, slug):
        kept = kept_drafts.draft_at(slug)
        if kept is not None:
            return _of_draft(request, slug, named, kept)
    newest = releases.current(slug)
    if newest is None:
        plain = slug.lower()
        if (
            plain != slug
            and releases.current(plain)
            and (address := address_now(request.get_full_path(), slug, plain))
        ):
            raise Moved(address)
        if act := releases.why_all_withheld(slug):
            raise IsWithheld(act)
        raise CannotBeReadNow(slug) if releases.was_published(slug) else Http404(slug)
    number = number_of(named)
    release = releases.several(newest, (number,)).get(number) if number else None
    if release is None and number and (act := releases.why_withheld(newest, number)):
        raise IsWithheld(act, newest)
    if (
        release is None
        and newest.slug != slug
        and (present := releases.present_address(newest)) != slug
        and (address := address_now(request.get_full_path(), slug, present))
    ):
        raise Moved(address)
    release = release or newest
    return ComparisonRequest(
        slug,
        release.number,
        release.digest,
        newest.number,
        _query_of(request),
        origin_of(request),
        named,
        withheld=tuple(sorted(releases.withheld_numbers(newest))),
        release=release,
    )


def refuse_withheld(comparison_request: ComparisonRequest, numbers: Iterable[int]) -> None:
    """Raise IsWithheld where one of a comparison's releases is."""
    newest = comparison_request.release
    for number in numbers:
        if act := releases.why_withheld(newest, number):
            raise IsWithheld(act, releases.current(newest.slug))


def _of_draft(
    request: HttpRequest,
    slug: str,
    named: str,
    kept: kept_drafts.ShownDraft,
    until: datetime | None = None,
) -> ComparisonRequest:
    """Return what a request asks of a draft. until: it comes by a link of that time, from somebody
    who is told that something is left out, and not what.
    """
    release = kept.release
    return ComparisonRequest(
        slug,
        release.number,
        release.digest,
        release.number,
        _query_of(request),
        origin_of(request),
        named,
        release=release,
        problems=kept.problems,
        broken=broken_lines(request, kept.problems) if until is None else (),
        until=until,
    )


def is_of_draft(named: str | None) -> bool:
    """Return whether an address names, in the place of a release, a draft."""
    return named == DRAFT or preview_links.is_preview(named)


def leads_to_draft(address: str) -> bool:
    """Return whether an address of this site is one of a draft's pages."""
    try:
        return resolve(unquote(urlsplit(address).path)).kwargs.get("release") == DRAFT
    except (ValueError, Resolver404):
        return False


def origin_of(request: HttpRequest) -> str:
    """Return scheme and host, for addresses that leave the site: its own, where SITE_URL names it,
    whatever a proxy, or somebody by another name, called it.
    """
    return settings.SITE_URL or called_by(request)


def called_by(request: HttpRequest) -> str:
    """Return scheme and host that a request was sent to."""
    return f"{request.scheme}://{request.get_host()}"


def may_see_draft(user: Any, slug: str) -> bool:
    """Return whether somebody sees the draft of a comparison, by the rule of the admin's own pages.
    Readers, signed in or not, do not.

    PermissionDenied for staff who lack the permission: who looks for a draft shall hear why there
    is another page.
    """
    if not (user.is_active and user.is_staff):
        return False
    if not any(user.has_perm(f"comparison.{action}_comparison") for action in ("view", "change")):
        raise PermissionDenied(
            "To look at a draft, your account needs the permission “Can view comparison”."
        )
    confinement = confinement_of(user)
    if confinement is not None and not confinement.comparisons.filter(slug=slug).exists():
        raise PermissionDenied("Your account edits other comparisons, and not this one.")
    return True


def _query_of(request: HttpRequest) -> str:
    """Return the query as it was sent, less what only counts clicks.

    A server hands over bytes as Latin-1 text; what is not quoted is UTF-8.
    """
    query: str = request.META.get("QUERY_STRING", "")
    return untracked(
        query if query.isascii() else query.encode("latin-1", "replace").decode("utf-8", "replace")
    )


def value_of(request: HttpRequest, key: str) -> str:
    """Return one value of the query. Any number of other keys may stand there: `request.GET`
    refuses a thousand.
    """
    for pair in split(request.META.get("QUERY_STRING", "")[:LONGEST_READ]):
        name, _, value = pair.partition("=")
        if name.lower() == key and value:
            return unquote_plus(value, errors="replace")
    return ""


def number_of(named: str | None) -> int | None:
    """Return the number of the release that an address names, or None where it names none that
    there could be.
    """
    return (
        int(named)
        if named is not None and named.isascii() and named.isdigit() and len(named) < 9
        else None
    )


def words_of(request: HttpRequest, key: str) -> str:
    """Return what was typed into a search: one line, without what cannot be printed, of bearable
    length.
    """
    typed = value_of(request, key)
    return " ".join("".join(sign for sign in typed if sign.isprintable()).split())[:MOST_TYPED]
