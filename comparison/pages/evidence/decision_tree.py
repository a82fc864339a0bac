"""The decision tree, one question at a time."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from comparison.core import decision_tree
from comparison.core.selection import spell
from comparison.pages.comparison.page import ResultPage, result_page
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import ScoredRelease
from comparison.pages.statements import SourceLine
from comparison.pages.view import View


@dataclass(frozen=True, slots=True)
class AnswerLink:
    text: str  # of the answer
    query: str  # the selection with this answer given
    options: tuple[OptionName, ...]  # that can still come out after it


@dataclass(frozen=True, slots=True)
class StepLine:
    question: str  # that was answered
    answer: str  # that was given
    query: str  # the selection with this answer taken back


@dataclass(frozen=True, slots=True)
class RuleLine:
    question: str  # that it depends on
    answer: str  # to that question under which it holds
    options: tuple[OptionName, ...]  # where it leads
    together: bool  # these options are advised side by side, not one of them
    standing: str  # chosen, open, ruled-out


@dataclass(frozen=True, kw_only=True)
class TreePage(ResultPage):
    """The decision tree, as far as it is answered."""

    path: tuple[StepLine, ...]  # the answers that were given, in their order
    question: str  # the open one; empty at the end
    number: int  # of the open question on this way
    source: SourceLine | None  # of the open question; None where nobody is named
    place: str  # in that source; empty where none is named
    answers: tuple[AnswerLink, ...]  # to the open question
    reachable: tuple[OptionName, ...]  # options that can still come out
    leaf: tuple[OptionName, ...]  # what it ends at
    together: bool  # the options it ends at are advised side by side, not one of them
    reason: str  # why it ends there; empty before the end
    rules: tuple[RuleLine, ...]  # all of them, in the order in which they decide
    agreement: str  # none, blocked, same, overlap, different
    blocked: tuple[str, ...]  # must-haves that stand against the leaf
    dropped: int  # how many given answers belong to no question on this way
    restart: str  # the selection without answers


def tree_page(view: View) -> TreePage | None:
    """Return the tree as far as the selection answers it, or None where there is none."""
    scored, document, selection = view.scored, view.scored.document, view.selection
    if not document.questions:
        return None
    walked = decision_tree.walk(document, selection.tree)
    question, leaf = walked.question, walked.leaf
    meant = decision_tree.advised(document, leaf) if leaf else set()
    failed = {slug for option, slugs in view.decision.failed if option in meant for slug in slugs}
    given = tuple((step.question.slug, step.answer.slug) for step in walked.path)

    def spelled(answers: tuple[tuple[str, str], ...]) -> str:
        return spell(document, replace(selection, tree=answers))

    return TreePage(
        **vars(result_page(view)),
        path=tuple(
            StepLine(
                step.question.text,
                step.answer.text,
                spelled(walked.answers_before(step.question.slug)),
            )
            for step in walked.path
        ),
        question=question.text if question else "",
        number=len(walked.path) + 1,
        source=scored.source_by_slug[question.source] if question and question.source else None,
        place=(question.place or "") if question else "",
        answers=tuple(
            AnswerLink(
                answer.text,
                spelled((*given, (question.slug, answer.slug))),
                _named(
                    scored,
                    decision_tree.walk(document, (*given, (question.slug, answer.slug))).reachable,
                ),
            )
            for answer in (question.answers if question else ())
        )
        if question
        else (),
        reachable=_named(scored, walked.reachable),
        leaf=_named(scored, meant),
        together=bool(leaf and leaf.together),
        reason=(leaf.reason or "") if leaf else "",
        rules=tuple(
            RuleLine(
                rule.question.text,
                rule.answer.text,
                _named(scored, rule.answer.options),
                rule.answer.together,
                rule.standing,
            )
            for rule in decision_tree.rules(document, walked)
        ),
        agreement=decision_tree.agreement(document, leaf, view.decision),
        blocked=tuple(name for slug, name in scored.must_have_names.items() if slug in failed),
        dropped=len(walked.dropped),
        restart=spelled(()),
    )


def _named(scored: ScoredRelease, slugs: Collection[str]) -> tuple[OptionName, ...]:
    """Return options by name in editorial order; the tree may name one that the reader does not
    compare.
    """
    return tuple(option for option in scored.all_named if option.slug in slugs)
