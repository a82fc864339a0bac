"""Where one can go within a comparison: its pages in five groups, each under one word."""

from dataclasses import dataclass

from comparison.pages.comparison.figures.entries import figures_of
from comparison.pages.evidence.sections import section_names
from comparison.pages.scored_release import ScoredRelease

MOST_SHOWN = 12  # options or sources that are named one by one; more have a page that lists them
OF_FIGURES = frozenset({"costs", "migrations", "popularity"})  # sections that are about numbers


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the comparison, or a part of one."""

    name: str  # as the page says which one it is
    title: str  # of its link
    address: str  # with the reader's selection


@dataclass(frozen=True, slots=True)
class PageGroup:
    """The pages that belong together."""

    name: str  # as a page says to which group it belongs
    title: str  # the word that they stand under
    links: tuple[PageLink, ...]  # in the order of the list; never empty


def navigation_of(
    scored: ScoredRelease, query: str, leaders: frozenset[str], *, draft: bool
) -> tuple[PageGroup, ...]:
    """Return every page of a comparison, by group; a group without pages is left out.

    query: the reader's selection, which the links keep. leaders: slugs of the options of which
    nobody asks why they do not lead.
    """
    home, document = scored.home, scored.document

    def page(name: str, title: str) -> PageLink:
        return PageLink(name, title, home.address_of(name, query=query))

    sections = [
        PageLink(slug, title, home.address_of("section", section=slug, query=query))
        for slug, title in section_names(scored)
    ]
    comparison = [page("comparison", "The comparison"), page("parts", "What decides it")]
    comparison.append(page("sensitivity", "What would change it"))
    behind = [option for option in scored.option_names if option.slug not in leaders]
    if leaders and len(behind) <= MOST_SHOWN:
        comparison += [
            PageLink(
                f"why-{option.slug}",
                f"Why not {option.name}?",
                home.address_of("why", option=option.slug, query=query),
            )
            for option in behind
        ]
    if not draft:
        comparison.append(page("share", "Share this result"))
    evidence = [
        PageLink("matrix", "Criteria", home.address_of("comparison", query=query) + "#matrix")
    ]
    if scored.tells_of_options:
        evidence.append(page("options", "About the options"))
    evidence += [link for link in sections if link.name not in OF_FIGURES]
    if document.samples:
        evidence.append(page("samples", "Programs side by side"))
    if document.questions:
        evidence.append(page("tree", "One question at a time"))
    figures = [link for link in sections if link.name in OF_FIGURES]
    if figures_of(scored):
        figures.insert(0, page("figures", "Measured figures"))
    sources = [page("sources", "How each source held up")]
    if len(document.sources) <= MOST_SHOWN:
        sources += [
            PageLink(
                f"source-{source.slug}",
                f"{source.number}. {source.publisher}",
                home.address_of("source", source=source.slug, query=query),
            )
            for source in scored.sources
        ]
    about = [page("changes", "What has changed"), page("freshness", "How fresh everything is")]
    if not draft:
        about.append(page("lead", "Suggest a source or report an error"))
    groups = (
        PageGroup("comparison", "Comparison", tuple(comparison)),
        PageGroup("evidence", "Evidence", tuple(evidence)),
        PageGroup("figures", "Figures", tuple(figures)),
        PageGroup("sources", "Sources", tuple(sources)),
        PageGroup("about", "About", tuple(about)),
    )
    return tuple(group for group in groups if group.links)
