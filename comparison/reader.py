"""(Reading, Selection, Decision) -> the page that templates show. Arithmetic is the engine's, words are the templates'."""

from collections.abc import Mapping
from dataclasses import replace
from math import fsum

from comparison import pages
from comparison.core import charts
from comparison.core.decision import EPS, Decision, Part, Ranked, decide
from comparison.core.evidence import SILENT, disagrees, points_of
from comparison.core.rounding import adding_up, digits_that_agree
from comparison.core.selection import (
    DIFFERENCES,
    NO_USE_CASE,
    Note,
    Selection,
    layer_below,
    musts_of,
    names_of,
    settings,
    spell,
    use_case_of,
)
from comparison.core.selection import Settings as Asked
from comparison.reading import Reading, number

MOST_BARS = 5
MOST_PARTS = 6


def page_of(
    reading: Reading,
    selection: Selection,
    notes: tuple[Note, ...] = (),
    *,
    newest: int,
    pinned: bool = False,
    draft: bool = False,
    origin: str = "",
    with_matrix: bool = True,
    every_part: bool = False,
) -> pages.ComparisonPage:
    """Return the page of a reading under a selection.

    origin: scheme and host, for links that leave the site. with_matrix, every_part: work that not every region needs.
    """
    document = reading.document
    asked = settings(document, selection)
    verdict = decide(reading.matrix, asked.weights, requirements=asked.requirements)
    query = spell(document, selection)
    release = reading.release
    base = f"/{release.slug}/@draft/" if draft else f"/{release.slug}/@{release.number}/" if pinned else f"/{release.slug}/"
    below = layer_below(document, use_case_of(document, selection))
    return pages.ComparisonPage(
        slug=release.slug,
        base=base,
        canonical=base + ("?" + query if query else ""),
        query=query,
        release=release.number,
        newest=newest,
        pinned=pinned,
        draft=draft,
        published=release.published_at.date(),
        editor=release.editor,
        note=release.note,
        notes=tuple(_note(reading, note) for note in notes),
        heading=reading.heading,
        settings=_settings(reading, selection),
        options=reading.option_names,
        results=_results(reading, selection, asked, verdict, every_part),
        counted=len(verdict.weights),
        groups=tuple(
            pages.GroupCount(group, sum(asked.weights[slug] > 0 for slug in members), len(members))
            for group, members in names_of(document).groups.items()
        ),
        totals=_totals(reading, verdict),
        share=_share(reading, selection, origin),
        matrix=_matrix(reading, selection, asked, below) if with_matrix else None,
        prose=reading.prose,
        cases=reading.cases if with_matrix else pages.Markup(),
        figures=reading.figures if with_matrix else pages.Markup(),
    )


def _note(reading: Reading, note: Note) -> pages.NoteLine:
    criterion = reading.criteria.get(note.value)
    return pages.NoteLine(note.kind, note.key, criterion.name if criterion else note.value)


# --- controls --------------------------------------------------------------------------------------------------------


def _settings(reading: Reading, selection: Selection) -> pages.Settings:
    document = reading.document
    use = use_case_of(document, selection)
    preset = names_of(document).must[use] if use else frozenset()
    musts = musts_of(document, selection)
    chips = [pages.UseCaseChip(case.slug, case.name, case.slug == use) for case in document.use_cases]
    return pages.Settings(
        use=use or NO_USE_CASE,
        default_use=document.default_use_case or NO_USE_CASE,
        use_cases=(pages.UseCaseChip(NO_USE_CASE, "", use is None), *chips),
        musts=tuple(
            pages.MustChip(slug, name, slug in musts, slug in preset, excludes) for slug, name, excludes in reading.musts
        ),
        sources=reading.sources,
        distrusting=bool(selection.distrust),
        options=tuple(
            (pages.OptionName(o.slug, o.name, o.line, "n"), not selection.options or o.slug in selection.options)
            for o in document.options
        ),
        differences=selection.show == DIFFERENCES,
        q=selection.q,
        claims_only=reading.claims_only,
        made_on=selection.made_on,
        tree=",".join(f"{question}:{answer}" for question, answer in selection.tree),
    )


def _share(reading: Reading, selection: Selection, origin: str) -> pages.Share:
    document, release = reading.document, reading.release
    query = spell(document, replace(selection, made_on=None))
    following = spell(document, replace(selection, made_on=release.number))
    return pages.Share(
        following=f"{origin}/{release.slug}/?{following}",
        pinned=f"{origin}/{release.slug}/@{release.number}/" + ("?" + query if query else ""),
        release=release.number,
    )


# --- the recommendation ----------------------------------------------------------------------------------------------


def _results(reading: Reading, selection: Selection, asked: Asked, verdict: Decision, every_part: bool) -> pages.Results:
    document, margin = reading.document, verdict.margin
    use = next((case for case in document.use_cases if case.slug == use_case_of(document, selection)), None)
    ranked = [option for option in verdict.options if option.score is not None]
    digits = digits_that_agree(ranked[0].score or 0, ranked[1].score or 0) if margin else 1
    rows = _parts(reading, asked, verdict) if margin else []
    largest = sorted(rows, key=lambda row: -abs(float(row.value)))
    parts, others = largest[:MOST_PARTS], largest[MOST_PARTS:]
    musts = {slug: name for slug, name, _ in reading.musts}
    leader = next((option for option in verdict.options if option.rank == 1), None)
    return pages.Results(
        state=_state(verdict),
        only_left=verdict.label == "only option left",
        unverified=leader is not None and leader.state == "unverified",
        leaders=tuple(reading.named[option] for option in verdict.leaders),
        situation=use.situation if use else "",
        changes=len(selection.importances.keys() | selection.off) + len(selection.must) + len(selection.waive),
        bars=tuple(_bar(reading, option, digits) for option in verdict.options[:MOST_BARS]),
        more_bars=max(0, len(verdict.options) - MOST_BARS),
        margin=f"{margin.value:.{digits}f}" if margin else "",
        rival=reading.named[margin.rival] if margin else None,
        pair=_pair(reading, verdict),
        parts=_drawn(parts, reading, verdict),
        rest=_rest(others, reading, verdict) if others else None,
        rest_count=len(others),
        all_parts=_drawn(rows, reading, verdict) if every_part else (),
        sum=f"{margin.value:+.2f}" if margin else "",
        coverage=f"{100 * leader.coverage:.0f}" if leader else "",
        gaps_matter=verdict.gaps_matter,
        known_leaders=tuple(reading.named[option].name for option in verdict.known_leaders),
        differing=tuple(reading.criteria[slug].name for slug in verdict.differing),
        excluded=tuple(_unfit(reading, option, slugs, musts) for option, slugs in verdict.failed),
        open=tuple(_unfit(reading, option, slugs, musts) for option, slugs in verdict.open),
        price_option=reading.named[verdict.price.option].name if verdict.price else "",
        price=f"{verdict.price.lead:.1f}" if verdict.price else "",
        drops=tuple(
            pages.Drop(r.requirement, musts[r.requirement], tuple(reading.named[option].name for option in r.leaders))
            for r in verdict.relaxations
        ),
    )


def _state(verdict: Decision) -> str:
    if verdict.leaders:
        return "tie" if verdict.label == "tie" else "leader"
    return verdict.state


def _pair(reading: Reading, verdict: Decision) -> tuple[pages.OptionName, ...]:
    """Return leader and runner-up in editorial order: the first one's parts point to the left."""
    if verdict.margin is None:
        return ()
    return tuple(option for option in reading.option_names if option.slug in (verdict.margin.leader, verdict.margin.rival))


def _bar(reading: Reading, option: Ranked, digits: int) -> pages.ScoreBar:
    score, low, high = option.score, option.low, option.high
    has_gap = low is not None and high is not None and high - low > EPS
    gap = charts.score_range(low or 0, high or 0) if has_gap else None
    return pages.ScoreBar(
        option=reading.named[option.option],
        state=option.state,
        score=f"{score:.{digits}f}" if score is not None else "",
        width=charts.score_bar(score) if score is not None else "0",
        gap_x=gap.x if gap else "",
        gap_width=gap.width if gap else "",
        low=f"{low:.1f}" if has_gap else "",
        high=f"{high:.1f}" if has_gap else "",
        coverage=f"{100 * option.coverage:.0f}",
    )


def _parts(reading: Reading, asked: Asked, verdict: Decision) -> list[pages.PartRow]:
    """Return every part of the margin in editorial order, rounded so that what is shown adds up to what is shown."""
    margin = verdict.margin
    if margin is None:
        return []
    shown = adding_up([part.value for part in margin.parts])
    leader, rival = reading.named[margin.leader], reading.named[margin.rival]
    return [
        _part(reading, part, value, leader if value >= 0 else rival, asked.weights[part.criterion], verdict.total_importance)
        for part, value in zip(margin.parts, shown, strict=True)
    ]


def _part(reading: Reading, part: Part, value: float, option: pages.OptionName, importance: int, total: float) -> pages.PartRow:
    return pages.PartRow(
        slug=part.criterion,
        name=reading.criteria[part.criterion].name,
        disputed=part.criterion in reading.evidence.disputes,
        option=option,
        value=f"{abs(value):.2f}",
        signed=f"{value:+.2f}".replace("-", "\N{MINUS SIGN}"),
        x="",
        width="",
        assumed=part.leader_assumed or part.rival_assumed,
        importance=importance,
        weight=f"{100 * importance / total:.1f}",
        leader_score=number(part.leader_score),
        rival_score=number(part.rival_score),
    )


def _drawn(rows: list[pages.PartRow], reading: Reading, verdict: Decision) -> tuple[pages.PartRow, ...]:
    """Return the rows with their bars: the first of the pair to the left, the second to the right."""
    pair = _pair(reading, verdict)
    signs = [-1 if row.option == pair[0] else 1 for row in rows]
    bars = charts.contribution_bars([sign * float(row.value) for sign, row in zip(signs, rows, strict=True)])
    return tuple(replace(row, x=bar.x, width=bar.width) for row, bar in zip(rows, bars, strict=True))


def _rest(rows: list[pages.PartRow], reading: Reading, verdict: Decision) -> pages.PartRow:
    margin = verdict.margin
    assert margin is not None
    leader, rival = reading.named[margin.leader], reading.named[margin.rival]
    value = fsum(float(row.value) if row.option == leader else -float(row.value) for row in rows)
    return replace(
        rows[0],
        slug="",
        name="",
        disputed=False,
        option=leader if value >= 0 else rival,
        value=f"{abs(value):.2f}",
        signed=f"{value:+.2f}".replace("-", "\N{MINUS SIGN}"),
    )


def _unfit(reading: Reading, option: str, slugs: tuple[str, ...], musts: dict[str, str]) -> pages.Excluded:
    return pages.Excluded(reading.named[option], tuple(musts[slug] for slug in slugs), slugs)


# --- the matrix ------------------------------------------------------------------------------------------------------


def _totals(reading: Reading, verdict: Decision) -> tuple[pages.Total, ...]:
    found = {option.option: option for option in verdict.options}
    return tuple(
        pages.Total(
            option=option,
            score=f"{found[option.slug].score:.1f}" if found[option.slug].score is not None else "",
            excluded=found[option.slug].state == "excluded",
        )
        for option in reading.option_names
    )


def _matrix(reading: Reading, selection: Selection, asked: Asked, below: Mapping[str, int]) -> pages.Matrix:
    words = selection.q.casefold().split()
    hidden = {
        slug
        for slug in reading.criteria
        if (selection.show == DIFFERENCES and slug in reading.agreeing) or not all(word in reading.texts[slug] for word in words)
    }
    groups = []
    for group in reading.document.groups:
        members = [c for c in reading.document.criteria if c.group == group.slug]
        rows = tuple(
            pages.MatrixRow(
                slug=c.slug,
                name=c.name,
                dispute=reading.evidence.disputes.get(c.slug, ""),
                on=c.slug not in selection.off,
                hidden=c.slug in hidden,
                preset=below[c.slug],
                ruler=reading.ruler(c.slug, asked.dormant.get(c.slug, asked.weights[c.slug])),
                cells=reading.cells[c.slug],
            )
            for c in members
        )
        if rows:
            counted = sum(asked.weights[c.slug] > 0 for c in members)
            groups.append(
                pages.MatrixGroup(
                    slug=group.slug,
                    name=group.name,
                    count=pages.GroupCount(group.slug, counted, len(rows)),
                    on=any(row.on for row in rows),
                    hidden=all(row.hidden for row in rows),
                    rows=rows,
                )
            )
    total = len(reading.criteria)
    return pages.Matrix(groups=tuple(groups), shown=total - len(hidden), of=total, wide=reading.wide)


# --- one cell --------------------------------------------------------------------------------------------------------


def evidence_of(reading: Reading, criterion_slug: str, option_slug: str) -> pages.Evidence | None:
    """Return everything behind one cell, or None where there is no such criterion or option."""
    criterion, option = reading.criteria.get(criterion_slug), reading.named.get(option_slug)
    if criterion is None or option is None:
        return None
    behind = reading.evidence.cells[criterion_slug, option_slug]
    cell = criterion.cells.get(option_slug)
    check = cell.checked if cell else None
    lines = tuple(
        pages.ClaimLine(
            source=reading.source_by_slug[source.slug],
            statement=claim.statement,
            disagrees=disagrees(criterion, [claim], behind.score),
            score=number(points_of(criterion, claim)),
            place=claim.place,
            audience=claim.audience or "",
            modality=claim.modality.value,
            finding=claim.finding.value,
            reason=claim.reason or "",
            reference_title=claim.reference.title if claim.reference else "",
            reference_address=(claim.reference.address or "") if claim.reference else "",
            reference_read=claim.reference.read_on if claim.reference else None,
        )
        for source, claim in behind.claims
    )
    return pages.Evidence(
        criterion_slug=criterion.slug,
        criterion=criterion.name,
        question=criterion.question,
        option=option,
        text=cell.text if cell else "",
        score=number(behind.score),
        mark=None if behind.score is None else round(behind.score),
        basis=behind.basis or "",
        applies=cell is None or cell.applies,
        note=(cell.note or "") if cell else "",
        scale_low=criterion.scale_low,
        scale_high=criterion.scale_high,
        claims=lines,
        silent=tuple(s for s, stance in zip(reading.sources, behind.stances, strict=True) if stance == SILENT),
        checked_text=check.text if check else "",
        checked_title=check.title if check else "",
        checked_address=(check.address or "") if check else "",
        checked_version=(check.version or "") if check else "",
        checked_on=check.read_on if check else None,
        release=reading.release.number,
        published=reading.release.published_at.date(),
    )


# --- the hub ---------------------------------------------------------------------------------------------------------


def hub_entry(reading: Reading) -> pages.HubEntry:
    """Return a comparison as the hub lists it: one mark per use case, grouped by the option it goes to."""
    won = [row.leaders[0] for row in reading.case_rows if row.state == "ok" and len(row.leaders) == 1]
    order = [option for option in reading.option_names if option in won]
    return pages.HubEntry(
        slug=reading.slug,
        heading=reading.heading,
        marks=tuple(option.slot for option in order for _ in range(won.count(option))),
        counts=tuple((option.name, won.count(option)) for option in order),
    )
