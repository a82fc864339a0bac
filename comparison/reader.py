"""(Reading, Selection, Decision) -> the page that templates show. Arithmetic is the engine's, words are the templates'."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from math import fsum

from markupsafe import Markup, escape

from comparison import pages
from comparison.core import charts
from comparison.core.decision import EPS, Decision, Ranked, decide
from comparison.core.evidence import SILENT
from comparison.core.names import NameKind
from comparison.core.rounding import adding_up, digits_that_agree, number
from comparison.core.selection import (
    DIFFERENCES,
    NAMED_BY,
    NO_USE_CASE,
    Note,
    Selection,
    layer_below,
    musts_of,
    settings,
    spell,
    use_case_of,
)
from comparison.core.selection import Settings as Asked
from comparison.firmness import firmness
from comparison.reading import PLACE, Reading
from comparison.sections import claim_line

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
    with_controls: bool = True,
    with_matrix: bool = True,
    every_part: bool = False,
) -> pages.ComparisonPage:
    """Return the page of a reading under a selection.

    origin: scheme and host, for links that leave the site.
    with_controls, with_matrix, every_part: work that not every region needs.
    """
    document = reading.document
    asked = settings(document, selection)
    verdict = decide(reading.matrix, asked.weights, requirements=asked.requirements, dormant=asked.dormant)
    query = spell(document, selection)
    release = reading.release
    totals = _totals(reading, verdict)
    below = layer_below(document, use_case_of(document, selection))
    return pages.ComparisonPage(
        slug=release.slug,
        base=reading.base,
        canonical=reading.base + ("?" + query if query else ""),
        query=query,
        evidence_query=reading.query,
        release=release.number,
        newest=newest,
        pinned=pinned,
        draft=draft,
        published=release.published_at.date(),
        editor=release.editor,
        note=release.note,
        notes=tuple(_note(reading, note) for note in notes),
        heading=reading.heading,
        settings=_settings(reading, selection) if with_controls else None,
        options=reading.option_names,
        results=_results(reading, selection, asked, verdict, every_part),
        counted=len(verdict.weights),
        totals=totals,
        excluded=" ".join(str(at) for at, total in enumerate(totals, start=1) if total.excluded),
        share=_share(reading, selection, query, origin),
        matrix=_matrix(reading, selection, asked, below) if with_matrix else None,
        prose=reading.prose,
        cases=reading.cases if with_matrix else Markup(),
        figures=reading.figures if with_matrix else Markup(),
        more=_with_query(reading.more, query) if with_matrix else Markup(),
        sections=reading.section_names,
        has_tree=bool(document.questions),
        has_samples=bool(document.samples),
    )


def _with_query(rendered: Markup, query: str) -> Markup:
    """Put the reader's query where a link was rendered with a place for it."""
    return Markup(rendered.replace(PLACE, escape("?" + query) if query else ""))  # noqa: S704  (escaped here)


def _note(reading: Reading, note: Note) -> pages.NoteLine:
    criterion = reading.criteria.get(note.value)
    kind = NAMED_BY.get(note.key) if note.kind == "unknown-name" else None
    if gone := reading.release.withdrawn.get(kind, {}).get(note.value) if kind else None:
        return pages.NoteLine("withdrawn", note.key, gone[0], gone[1])
    return pages.NoteLine(note.kind, note.key, criterion.name if criterion else note.value)


# --- controls --------------------------------------------------------------------------------------------------------


def _settings(reading: Reading, selection: Selection) -> pages.Settings:
    document = reading.document
    use = use_case_of(document, selection)
    preset = document.names.must[use] if use else frozenset()
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
        options=tuple((o.slug, o.name, not selection.options or o.slug in selection.options) for o in document.options),
        differences=selection.show == DIFFERENCES,
        q=selection.q,
        claims_only=reading.claims_only,
        mutes=tuple((name, " ".join(sorted(slugs))) for name, slugs in document.names.mutes.items()),
        made_on=selection.made_on,
        tree=",".join(f"{question}:{answer}" for question, answer in selection.tree),
    )


def _share(reading: Reading, selection: Selection, query: str, origin: str) -> pages.Share:
    """Return both links. `from` is the last key of a query: the following link only adds it."""
    release = reading.release
    if selection.made_on:
        query = spell(reading.document, replace(selection, made_on=None))
    return pages.Share(
        following=f"{origin}/{release.slug}/?{query}{'&' if query else ''}from={release.number}",
        pinned=f"{origin}/{release.slug}/@{release.number}/" + ("?" + query if query else ""),
        release=release.number,
        origin=origin,
        query=query,
    )


# --- the recommendation ----------------------------------------------------------------------------------------------


def _results(reading: Reading, selection: Selection, asked: Asked, verdict: Decision, every_part: bool) -> pages.Results:
    document, margin = reading.document, verdict.margin
    use = use_case_of(document, selection)
    ranked = [option for option in verdict.options if option.score is not None]
    digits = digits_that_agree(ranked[0].score or 0, ranked[1].score or 0) if margin else 1
    shown = adding_up([part.value for part in margin.parts]) if margin else []
    largest = sorted(range(len(shown)), key=lambda at: -abs(shown[at]))
    others = [shown[at] for at in largest[MOST_PARTS:]]
    musts = reading.must_names
    leader = next((option for option in verdict.options if option.rank == 1), None)
    return pages.Results(
        state=_state(verdict),
        only_left=verdict.label == "only option left",
        unverified=leader is not None and leader.state == "unverified",
        leaders=tuple(reading.named[option] for option in verdict.leaders),
        situation=reading.situations.get(use or "", ""),
        changes=len(selection.importances.keys() | selection.off) + len(selection.must) + len(selection.waive),
        bars=tuple(_bar(reading, option, digits) for option in verdict.options[:MOST_BARS]),
        more_bars=max(0, len(verdict.options) - MOST_BARS),
        margin=f"{margin.value:.{digits}f}" if margin else "",
        rival=reading.named[margin.rival] if margin else None,
        pair=_pair(reading, verdict),
        parts=_bars_of_parts(reading, verdict, shown, largest[:MOST_PARTS]),
        rest=f"{abs(fsum(others)):.2f}",
        rest_option=_speaks_for(reading, verdict, fsum(others)),
        rest_count=len(others),
        all_parts=_lines_of_parts(reading, asked, verdict, shown) if every_part else (),
        use=use or NO_USE_CASE,
        has_musts=bool(reading.musts),
        firm=firmness(reading, selection, verdict),
        others=tuple(reading.named[o.option] for o in verdict.options[:MOST_BARS] if o.option not in verdict.leaders),
        sum=f"{margin.value:+.2f}" if margin else "",
        coverage=f"{100 * leader.coverage:.0f}" if leader else "",
        gaps_matter=verdict.gaps_matter,
        known_leaders=tuple(reading.named[option].name for option in verdict.known_leaders),
        differing=tuple(reading.criteria[slug].name for slug in verdict.differing),
        excluded=tuple(_unfit(reading, option, slugs, musts) for option, slugs in verdict.failed),
        open=tuple(_unfit(reading, option, slugs, musts) for option, slugs in verdict.open),
        price_option=reading.named[verdict.price.option].name if verdict.price else "",
        price=_points(verdict.price.lead) if verdict.price else "",
        drops=tuple(
            pages.Drop(r.requirement, musts[r.requirement], tuple(reading.named[option].name for option in r.leaders))
            for r in verdict.relaxations
        ),
    )


def _points(value: float) -> str:
    """Return a margin with one decimal, or with as many as it takes not to look like nothing."""
    return next((shown for digits in (1, 2, 3) if float(shown := f"{value:.{digits}f}") > 0), "0.001")


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


def _speaks_for(reading: Reading, verdict: Decision, value: float) -> pages.OptionName | None:
    """Return whom a part of the margin speaks for: the leader from 0 upwards, else the runner-up."""
    margin = verdict.margin
    return reading.named[margin.leader if value >= 0 else margin.rival] if margin else None


def _bars_of_parts(reading: Reading, verdict: Decision, shown: Sequence[float], chosen: Sequence[int]) -> tuple[Markup, ...]:
    """Return some parts of the margin with their bars: the first of the pair points to the left, the second to the right.

    shown: the value of every part as it is shown, in editorial order. chosen: which of them, in which order.
    """
    margin = verdict.margin
    if margin is None or not chosen:
        return ()
    leader, rival = reading.named[margin.leader], reading.named[margin.rival]
    sign = 1 if leader is not _pair(reading, verdict)[0] else -1
    bars = charts.contribution_bars([sign * shown[at] for at in chosen])
    rows = []
    for at, bar in zip(chosen, bars, strict=True):
        part, option = margin.parts[at], leader if shown[at] >= 0 else rival
        form = reading.part_forms[part.criterion, option.slug, part.leader_assumed or part.rival_assumed]
        rows.append(Markup(form % (bar.x, bar.width, f"{abs(shown[at]):.2f}")))  # noqa: S704  (numbers into a rendered template)
    return tuple(rows)


def _lines_of_parts(reading: Reading, asked: Asked, verdict: Decision, shown: Sequence[float]) -> tuple[pages.PartLine, ...]:
    """Return every part of the margin in editorial order."""
    return tuple(
        pages.PartLine(
            slug=part.criterion,
            name=reading.criteria[part.criterion].name,
            weight=f"{100 * asked.weights[part.criterion] / verdict.total_importance:.1f}",
            leader_score=number(part.leader_score),
            rival_score=number(part.rival_score),
            value=f"{value:+.2f}".replace("-", "\N{MINUS SIGN}"),
        )
        for part, value in zip(verdict.margin.parts if verdict.margin else (), shown, strict=True)
    )


def _unfit(reading: Reading, option: str, slugs: tuple[str, ...], musts: dict[str, str]) -> pages.Excluded:
    return pages.Excluded(reading.named[option], tuple(musts[slug] for slug in slugs), slugs)


# --- the matrix ------------------------------------------------------------------------------------------------------


def _totals(reading: Reading, verdict: Decision) -> tuple[pages.Total, ...]:
    found = {
        option.option: ("–" if option.score is None else f"{option.score:.1f}", option.state == "excluded")
        for option in verdict.options
    }
    return tuple(pages.Total(option, *found[option.slug]) for option in reading.option_names)


def _matrix(reading: Reading, selection: Selection, asked: Asked, below: Mapping[str, int]) -> pages.Matrix:
    words = selection.q.casefold().split()
    query = spell(reading.document, selection)
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
                cells=_with_query(reading.cells[c.slug], query),
            )
            for c in members
        )
        if rows:
            groups.append(
                pages.MatrixGroup(
                    slug=group.slug,
                    name=group.name,
                    counted=sum(asked.weights[c.slug] > 0 for c in members),
                    on=any(row.on for row in rows),
                    hidden=all(row.hidden for row in rows),
                    rows=rows,
                )
            )
    total = len(reading.criteria)
    unfiltered = spell(reading.document, replace(selection, q="", show=None))
    return pages.Matrix(
        groups=tuple(groups),
        shown=total - len(hidden),
        of=total,
        wide=reading.wide,
        unfiltered=reading.base + ("?" + unfiltered if unfiltered else ""),
    )


# --- one cell --------------------------------------------------------------------------------------------------------


def evidence_of(reading: Reading, criterion_slug: str, option_slug: str) -> pages.Evidence | None:
    """Return everything behind one cell, or None where there is no such criterion or option."""
    names = reading.document.names  # an old link may name things as they were called once
    criterion_slug, option_slug = names.present(NameKind.CRITERION, criterion_slug), names.present(NameKind.OPTION, option_slug)
    criterion, option = reading.criteria.get(criterion_slug), reading.named.get(option_slug)
    if criterion is None or option is None:
        return None
    behind = reading.evidence.cells[criterion_slug, option_slug]
    cell = criterion.cells.get(option_slug)
    check = cell.checked if cell else None
    lines = tuple(
        claim_line(reading.source_by_slug[source.slug], criterion, claim, behind.score) for source, claim in behind.claims
    )
    origins = {source.slug: source.origin or source.slug for source, _ in behind.claims}
    life = criterion.shelf_life_days
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
        agreement=behind.agreement,
        support=behind.support,
        against=behind.against,
        copies=len(set(origins.values())) < len(origins),
        changed_on=cell.changed_on if cell else None,
        due_on=check.read_on + timedelta(days=life) if check and life else None,
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
