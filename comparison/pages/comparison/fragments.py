"""Markup that is rendered once a release, with places for what each request puts there."""

from markupsafe import Markup, escape


def _with_query(rendered: Markup, query: str) -> Markup:
    """Put the reader's query where a link was rendered with a place for it."""
    return Markup(rendered.replace(PLACE, escape("?" + query) if query else ""))  # noqa: S704  (escaped here)


# left in a template for what each request puts there; no text of a release holds all of it
PLACE = "\ue000place\ue000"
