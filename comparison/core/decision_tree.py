"""A walk through the decision tree, and how its advice stands to the scores.

The tree and the scores are two opinions and are never mixed: answers change no importance. A walk
never fails; answers that belong to no question on the way are left out and named.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from comparison.core.decision import Decision
from comparison.core.document.schema import Answer, Document, Question

Standing = Literal["chosen", "open", "ruled-out"]
Agreement = Literal["none", "blocked", "same", "overlap", "different"]


@dataclass(frozen=True, slots=True)
class Step:
    """One question on the way, and the answer given to it."""

    question: Question
    answer: Answer


@dataclass(frozen=True, slots=True)
class Walk:
    """How far the answers lead: to an open question, or to a leaf."""

    path: tuple[Step, ...]
    question: Question | None  # asked next; None at a leaf, or where there is no tree
    leaf: Answer | None
    reachable: tuple[str, ...]  # options that can still come out, in the document's order
    dropped: tuple[tuple[str, str], ...]  # answers that belong to no question on the way

    def answers_before(self, question: str) -> tuple[tuple[str, str], ...]:
        """Return the answers on the way up to a question, without its own: what stays when it is
        answered anew.
        """
        given: list[tuple[str, str]] = []
        for step in self.path:
            if step.question.slug == question:
                break
            given.append((step.question.slug, step.answer.slug))
        return tuple(given)


@dataclass(frozen=True, slots=True)
class Rule:
    """One answer that ends at options. open: its question was not asked, so it might hold too."""

    question: Question
    answer: Answer
    standing: Standing


def walk(document: Document, answers: Iterable[tuple[str, str]]) -> Walk:
    """Return how far the answers lead from the first question. answers: (question, answer) in any
    order.
    """
    given = dict(answers)
    by_slug = {question.slug: question for question in document.questions}
    here = document.questions[0] if document.questions else None
    path: list[Step] = []
    leaf: Answer | None = None
    while here is not None and leaf is None:
        answer = next((a for a in here.answers if a.slug == given.get(here.slug)), None)
        if answer is None:
            break
        path.append(Step(here, answer))
        if answer.question is None:
            leaf = answer
        here = by_slug[answer.question] if answer.question else None
    taken = {step.question.slug for step in path}
    reachable = set(leaf.options) if leaf else _below(by_slug, here)
    return Walk(
        path=tuple(path),
        question=here,
        leaf=leaf,
        reachable=tuple(option.slug for option in document.options if option.slug in reachable),
        dropped=tuple(pair for pair in given.items() if pair[0] not in taken),
    )


def _below(by_slug: dict[str, Question], question: Question | None) -> set[str]:
    """Return every option that some answer below a question ends at. Each question is looked at
    once.
    """
    options: set[str] = set()
    waiting = [question.slug] if question else []
    seen = set(waiting)
    while waiting:
        for answer in by_slug[waiting.pop()].answers:
            options.update(answer.options)
            if answer.question and answer.question not in seen:
                seen.add(answer.question)
                waiting.append(answer.question)
    return options


def rules(document: Document, walked: Walk) -> tuple[Rule, ...]:
    """Return every answer that ends at options, in the tree's order: the first that holds decides,
    but others may hold too.
    """
    chosen = {step.question.slug: step.answer.slug for step in walked.path}
    matching: list[Rule] = []
    for question in document.questions:
        for answer in question.answers:
            if answer.options:
                given = chosen.get(question.slug)
                standing: Standing = (
                    "open" if given is None else "chosen" if given == answer.slug else "ruled-out"
                )
                matching.append(Rule(question, answer, standing))
    return tuple(matching)


def agreement(document: Document, leaf: Answer | None, decision: Decision) -> Agreement:
    """Return how the tree's advice stands to the scores.

    blocked: an option of the leaf fails a must-have. same: the leaders are exactly what the leaf
    names; options that are meant together are the combination with those parts. overlap: they share
    an option, or a part. different: nothing.
    """
    if leaf is None:
        return "none"
    meant = advised(document, leaf)
    if not meant.isdisjoint(option for option, failed in decision.failed if failed):
        return "blocked"
    leaders = set(decision.leaders)
    if leaders == meant:
        return "same"
    return (
        "different"
        if _with_parts(document, meant).isdisjoint(_with_parts(document, leaders))
        else "overlap"
    )


def advised(document: Document, leaf: Answer) -> set[str]:
    """Return the options that a leaf means: those it names, or the combination of them where there
    is one.
    """
    named = set(leaf.options)
    if leaf.together:
        for option in document.options:
            if option.parts and {part.option for part in option.parts} == named:
                return {option.slug}
    return named


def _with_parts(document: Document, options: Collection[str]) -> set[str]:
    parts = {
        part.option
        for option in document.options
        if option.slug in options
        for part in option.parts
    }
    return set(options) | parts
