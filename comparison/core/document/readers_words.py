"""Words that a reader sent and that stand in a draft until an editor has said them anew. While they
do, the draft is not to be published.
"""

MARK = "To be reworded, a reader says: "


def marked(text: str) -> str:
    """Return a reader's words as a draft holds them: marked, whatever they are."""
    return MARK + text


def fault_of(text: str) -> str:
    """Return what is wrong with a text that still holds a reader's words, or nothing."""
    if MARK.strip() not in text:
        return ""
    return (
        f"still holds what a reader sent: check it, say it in your own words, and take out "
        f"“{MARK.strip()}”"
    )
