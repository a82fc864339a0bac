"""What the options are: each in its line, with version, licence, status, tags and home page, as far
as they are known.
"""

from dataclasses import dataclass

from comparison.pages.comparison.head import Head, head_of
from comparison.pages.option_marks import OptionName
from comparison.pages.view import View


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """What is known of one option; each is empty where it is not."""

    option: OptionName  # that it is known of
    is_arrangement: bool  # made of others, and so compared only where it is asked for
    line: str  # what it is
    home_page: str  # address
    version: str  # that is compared
    licence: str  # under which it comes
    status: str  # in free words
    tags: tuple[str, ...]  # short words


@dataclass(frozen=True, kw_only=True)
class OptionsPage(Head):
    """What the options are."""

    facts: tuple[OptionFacts, ...]  # of those compared and their arrangements, in editorial order
    columns: tuple[str, ...]  # version, licence, status, tags: those that some option has


def options_page(view: View) -> OptionsPage:
    """Return what is known of the options."""
    described = view.scored.described
    options = [option for option in view.scored.document.options if option.slug in described]
    there = {name for option in options for name, _ in option.facts}
    return OptionsPage(
        **vars(head_of(view)),
        facts=tuple(
            OptionFacts(
                option=described[option.slug],
                is_arrangement=option.slug not in view.scored.document.names.compared,
                line=option.line or "",
                home_page=option.home_page or "",
                version=option.compared_version or "",
                licence=option.licence or "",
                status=option.status or "",
                tags=option.tags,
            )
            for option in options
        ),
        columns=tuple(name for name in ("version", "licence", "status", "tags") if name in there),
    )
