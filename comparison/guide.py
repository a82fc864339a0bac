"""Reading and answers -> the page of the decision tree: one question at a time, and how its advice stands to the scores."""

from dataclasses import replace

from comparison import pages, said
from comparison.core import decision_tree
from comparison.core.decision import decide
from comparison.core.selection import Selection, settings, spell
from comparison.reading import Reading


def tree_page(reading: Reading, selection: Selection) -> said.TreePage | None:
    """Return the tree as far as the selection answers it, or None where there is none."""
    document = reading.document
    if not document.questions:
        return None
    walked = decision_tree.walk(document, selection.tree)
    asked = settings(document, selection)
    verdict = decide(reading.matrix, asked.weights, requirements=asked.requirements, changes=False)
    question, leaf = walked.question, walked.leaf
    meant = decision_tree.advised(document, leaf) if leaf else set()
    failed = {slug for option, slugs in verdict.failed if option in meant for slug in slugs}
    given = tuple((step.question.slug, step.answer.slug) for step in walked.path)

    def spelled(answers: tuple[tuple[str, str], ...]) -> str:
        return spell(document, replace(selection, tree=answers))

    return said.TreePage(
        path=tuple(
            said.StepLine(step.question.text, step.answer.text, spelled(walked.answers_before(step.question.slug)))
            for step in walked.path
        ),
        question=question.text if question else "",
        number=len(walked.path) + 1,
        source=reading.source_by_slug[question.source] if question and question.source else None,
        place=(question.place or "") if question else "",
        answers=tuple(
            said.AnswerLink(
                answer.text,
                spelled((*given, (question.slug, answer.slug))),
                _named(reading, decision_tree.walk(document, (*given, (question.slug, answer.slug))).reachable),
            )
            for answer in (question.answers if question else ())
        )
        if question
        else (),
        reachable=_named(reading, walked.reachable),
        leaf=_named(reading, meant),
        together=bool(leaf and leaf.together),
        reason=(leaf.reason or "") if leaf else "",
        rules=tuple(
            said.RuleLine(
                rule.question.text, rule.answer.text, _named(reading, rule.answer.options), rule.answer.together, rule.standing
            )
            for rule in decision_tree.rules(document, walked)
        ),
        agreement=decision_tree.agreement(document, leaf, verdict),
        blocked=tuple(name for slug, name in reading.must_names.items() if slug in failed),
        dropped=len(walked.dropped),
        restart=spelled(()),
    )


def _named(reading: Reading, slugs: "set[str] | tuple[str, ...]") -> tuple[pages.OptionName, ...]:
    """Return options by name in editorial order; the tree may name one that the reader does not compare."""
    return tuple(option for option in reading.all_named if option.slug in slugs)
