"""A document -> the words by which it is found among all comparisons: those of its names, and of
what it is about.
"""

from comparison.core.document.schema import Document
from comparison.core.spelling.words import words_in


def searched_words(document: Document) -> tuple[str, ...]:
    """Return each word once, in small letters and without accents: of the title, the topic, the
    question, the summary, and the names of options, groups, criteria, use cases and sources.
    """
    texts = [document.title, document.topic, document.question, document.summary]
    texts += [text for option in document.options for text in (option.name, option.line)]
    texts += [group.name for group in document.groups]
    texts += [criterion.name for criterion in document.criteria]
    texts += [use_case.name for use_case in document.use_cases]
    texts += [text for source in document.sources for text in (source.title, source.publisher)]
    return tuple(dict.fromkeys(word for text in texts if text for word in words_in(text)))
