"""Decision -> how firmly it stands, as the panel and the page "Why not" tell it: label, chance, what would change it."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor, fsum

from comparison import verdicts
from comparison.core.decision import Changes, Decision, Margin, Part, certainty_of, decide, why_not
from comparison.core.rounding import adding_up, number, percent
from comparison.core.selection import Selection, canonical, settings, spell
from comparison.reading import Reading
from comparison.standing import scores_shown, standing

SQUARES = {"strong": 3, "clear": 2, "slight": 1, "toss-up": 0}
MOST_NAMED = 3  # wanted scores, concerns


def firmness(reading: Reading, selection: Selection, verdict: Decision) -> verdicts.Firmness | None:
    """Return how firmly the leader leads, or None where there is no sole leader with a rival."""
    sure, changes = verdict.confidence, verdict.changes
    if sure is None or changes is None or verdict.label is None:
        return None
    grade = certainty_of(verdict, reading.backing)
    return verdicts.Firmness(
        label=verdict.label,
        squares=SQUARES.get(verdict.label),
        recommended=verdict.recommended is not None,
        chance=_of_a_hundred(sure.chance),
        doubt=sure.doubt[0][0] if sure.doubt and sure.chance < 0.995 else "",
        caps=verdict.caps,
        nearest=_nearest(reading, selection, changes),
        smallest=_smallest(reading, selection, changes) if changes.nearest is None else None,
        is_nowhere_behind=changes.tolerance >= 1,
        safe=safe_ranges(changes),
        certain=grade.level if grade else "",
        concerns=tuple((reason.concern, percent(reason.share)) for reason in grade.reasons[:MOST_NAMED]) if grade else (),
    )


def flips(reading: Reading, selection: Selection, verdict: Decision) -> verdicts.Flips | None:
    """Return all that would change the leader, or None where there is no sole leader with a rival."""
    changes = verdict.changes
    if changes is None:
        return None
    return verdicts.Flips(
        switches=tuple(_trial(reading, selection, ((switch.criterion, switch.now, switch.then),)) for switch in changes.switches),
        smallest=None if changes.switches else _smallest(reading, selection, changes),
        steps=changes.steps,
        tolerance=f"{floor(100 * changes.tolerance)}",
        proven=verdict.proven,
        wanted=tuple(
            (wanted.criterion, reading.criteria[wanted.criterion].name, reading.named[wanted.option])
            for wanted in verdict.wanted[:MOST_NAMED]
        ),
    )


def _of_a_hundred(chance: float) -> str:
    """Return a share of 100 in whole numbers; never 100, because nothing is that sure."""
    return "more than 99" if chance >= 0.995 else f"{100 * chance:.0f}"


def safe_ranges(changes: Changes) -> str:
    """Return the whole importances that keep the leader, for each criterion where not all do: "admin-panel:1-5 ..."."""
    narrowed = []
    for criterion, low, high in changes.intervals:
        whole = ceil(low - 1e-9), floor(high + 1e-9)
        if whole != (0, 5):
            narrowed.append(f"{criterion}:{whole[0]}-{whole[1]}")
    return " ".join(narrowed)


def _nearest(reading: Reading, selection: Selection, changes: Changes) -> verdicts.Trial | None:
    found = changes.nearest
    return _trial(reading, selection, ((found.criterion, found.now, found.then),)) if found else None


def _smallest(reading: Reading, selection: Selection, changes: Changes) -> verdicts.Trial | None:
    found = changes.smallest
    if found is None:
        return None
    return _trial(reading, selection, found.switches)


def _trial(reading: Reading, selection: Selection, moves: Sequence[tuple[str, float, float]]) -> verdicts.Trial:
    """Return some changes as one that a reader can try. moves: criterion, importance now, importance then; 0 = off."""
    importances, off = dict(selection.importances), set(selection.off)
    for criterion, _, then in moves:
        if then:
            importances[criterion] = int(then)
            off.discard(criterion)
        else:
            off.add(criterion)
    changed = canonical(reading.document, replace(selection, importances=importances, off=frozenset(off)))
    query, asked = spell(reading.document, changed), settings(reading.document, changed)
    return verdicts.Trial(
        moves=tuple((reading.criteria[criterion].name, f"{now:g}", f"{then:g}") for criterion, now, then in moves),
        then=standing(reading.named, decide(reading.matrix, asked.weights, requirements=asked.requirements, changes=False)),
        query=query,
        address=reading.base + ("?" + query if query else ""),
        spelled=" ".join(f"{criterion}:{then:g}" for criterion, _, then in moves),
    )


def why_not_page(reading: Reading, selection: Selection, option: str) -> verdicts.WhyNotPage | None:
    """Return why an option does not lead, and what would put it first; None where there is no such option."""
    document = reading.document
    if option not in reading.named:
        return None
    asked = settings(document, selection)
    verdict = decide(reading.matrix, asked.weights, requirements=asked.requirements, changes=False)
    found = why_not(reading.matrix, verdict, option)
    margin = found.margin
    leads = option in verdict.leaders
    return verdicts.WhyNotPage(
        option=reading.named[option],
        state=found.state,
        leads=leads,
        leader=reading.named[found.leader] if found.leader else None,
        score=scores_shown(verdict)[option],
        margin=f"{abs(margin.value):.2f}" if margin else "",
        against=_side(reading, margin, margin.parts_for()) if margin else None,
        speaking=_side(reading, margin, margin.parts_against()) if margin else None,
        failed=tuple(reading.must_names[slug] for slug in found.failed),
        open=tuple(reading.must_names[slug] for slug in found.open),
        openings=tuple(
            _trial(reading, selection, ((o.criterion, o.now, o.whole),))
            for o in found.openings
            if o.whole is not None and not leads
        ),
    )


def _side(reading: Reading, margin: Margin, parts: Sequence[Part]) -> verdicts.WhySide:
    """Return the parts of one side; rounded with those of the other, so that both sums give the margin that is shown."""
    values = adding_up([part.value for part in margin.parts])
    shown = {part.criterion: abs(value) for part, value in zip(margin.parts, values, strict=True)}
    return verdicts.WhySide(
        lines=tuple(
            (
                part.criterion,
                reading.criteria[part.criterion].name,
                number(part.rival_score),
                number(part.leader_score),
                f"{shown[part.criterion]:.2f}",
            )
            for part in parts
            if shown[part.criterion]
        ),
        sum=f"{fsum(shown[part.criterion] for part in parts):.2f}",
    )
