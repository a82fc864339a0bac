"""What a reader chose, as a value, and its one spelling in an address.

    parse(document, "w=performance:5&off=orm&colour=red")
        -> Selection(off={"orm"}, importances={"performance": 5}), notes: "colour" is not a key
    spell(document, selection)
        -> "off=orm&w=performance:5"

Only what differs from the layer below stands in the query, in one fixed order: comparison default,
then use case, then reader. A form that needs no script sends one parameter per control instead
(`form=1&on=orm&w-orm=3&must=orm`); it parses to the same value. Nothing here fails on strange input
or sees a request: what cannot be used is dropped and noted.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from comparison.core.decision import Requirement
from comparison.core.document.schema import Document
from comparison.core.document.slugs import NameKind, Names
from comparison.core.query import OF_OTHER_PAGES, TYPED, decoded, is_known, pairs

MOST_CHARACTERS = 32_000
MOST_TEXT = 80
NO_USE_CASE = "none"
DIFFERENCES = "differences"
CLAIMS = "claims"
# What the slugs under a key name; slugs of groups and questions are not kept when they are renamed.
NAMED_BY = (
    dict.fromkeys(("off", "w", "must", "waive", "on", "drop"), NameKind.CRITERION)
    | dict.fromkeys(("options", "option"), NameKind.OPTION)
    | dict.fromkeys(("distrust", "trust"), NameKind.SOURCE)
    | dict.fromkeys(("use", "under", "apply"), NameKind.USE_CASE)
)
NOBODY = "none"  # what the button says that counts every source again

_SLUG = re.compile(r"[a-z0-9-]{1,80}")


@dataclass(frozen=True, slots=True)
class Selection:
    """A reader's choice. Collections hold only what differs from the layer below; the empty
    Selection is the default.
    """

    # a use case; None = the comparison's default; NO_USE_CASE = none although there is a default
    use: str | None = None
    off: frozenset[str] = frozenset()
    importances: Mapping[str, int] = field(default_factory=dict)
    must: frozenset[str] = frozenset()
    waive: frozenset[str] = frozenset()
    distrust: frozenset[str] = frozenset()
    options: frozenset[str] = frozenset()  # the options shown; empty = all
    tree: tuple[tuple[str, str], ...] = ()
    show: str | None = None
    q: str = ""
    basis: str | None = None
    made_on: int | None = None  # `from`: the release that a following link was made on


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was dropped or bent. `kind` chooses the sentence; `key` is ours, `value` is
    cleaned and short.
    """

    # unknown-key, unknown-name, bad-value, clamped, repeated, contradiction, too-long, unreadable
    kind: str
    key: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the decision is asked with: an importance for every criterion (0 where off), what is
    kept while off, musts.
    """

    weights: Mapping[str, int]
    dormant: Mapping[str, int]
    requirements: tuple[Requirement, ...]


def use_case_of(document: Document, selection: Selection) -> str | None:
    """Return the slug of the use case in force, or None."""
    use = selection.use or document.names.default_use
    return None if use == NO_USE_CASE else use


def layer_below(document: Document, use: str | None) -> Mapping[str, int]:
    """Return every criterion's importance before the reader's own settings."""
    names = document.names
    return names.use_cases[use] if use else names.defaults


def settings(document: Document, selection: Selection) -> Settings:
    """Return what the decision is asked with: the layers put together, switches and must-haves
    applied.
    """
    names = document.names
    use = use_case_of(document, selection)
    kept = {**layer_below(document, use), **selection.importances}
    musts = _musts(names, use, selection)
    return Settings(
        weights={
            slug: 0 if slug in selection.off else importance for slug, importance in kept.items()
        },
        dormant={slug: kept[slug] for slug in selection.off},
        requirements=tuple(
            Requirement(slug, slug, names.minimums[slug])
            for slug in names.criteria
            if slug in musts
        ),
    )


def musts_of(document: Document, selection: Selection) -> frozenset[str]:
    """Return the criteria that are must-haves under this selection: the use case's, less the
    waived, and the added.
    """
    return _musts(document.names, use_case_of(document, selection), selection)


def _musts(names: Names, use: str | None, selection: Selection) -> frozenset[str]:
    preset = names.must[use] if use else frozenset()
    return ((preset) - selection.waive) | selection.must


# --- spelling -------------------------------------------------------------------------------------


def spell(document: Document, selection: Selection) -> str:
    """Return the one canonical query of a selection: without a leading "?", empty for the default.

    Equal selections give the same text. Commas and colons stand as they are; everything that is not
    a slug is quoted.
    """
    names = document.names
    parts = {
        "use": selection.use or "",
        "off": ",".join(slug for slug in names.criteria if slug in selection.off),
        "w": ",".join(
            f"{s}:{selection.importances[s]}" for s in names.criteria if s in selection.importances
        ),
        "must": ",".join(slug for slug in names.criteria if slug in selection.must),
        "waive": ",".join(slug for slug in names.criteria if slug in selection.waive),
        "distrust": ",".join(slug for slug in names.sources if slug in selection.distrust),
        "options": ",".join(slug for slug in names.options if slug in selection.options),
        "tree": ",".join(f"{question}:{answer}" for question, answer in selection.tree),
        "show": selection.show or "",
        "q": quote(selection.q, safe=""),
        "basis": selection.basis or "",
        "from": str(selection.made_on) if selection.made_on else "",
    }
    return "&".join(f"{key}={value}" for key, value in parts.items() if value)


def canonical(document: Document, selection: Selection) -> Selection:
    """Return the selection less everything that the layer below says already."""
    names = document.names
    use = None if selection.use == (names.default_use or NO_USE_CASE) else selection.use
    selection = replace(selection, use=use)
    in_force = use_case_of(document, selection)
    below = layer_below(document, in_force)
    preset = names.must[in_force] if in_force else frozenset()
    return replace(
        selection,
        importances={
            slug: value for slug, value in selection.importances.items() if below[slug] != value
        },
        must=selection.must - preset,
        waive=selection.waive & preset,
        options=frozenset() if selection.options == frozenset(names.options) else selection.options,
        tree=tuple(sorted(selection.tree, key=lambda pair: list(names.questions).index(pair[0]))),
    )


# --- parsing --------------------------------------------------------------------------------------


def parse(document: Document, query: str) -> tuple[Selection, tuple[Note, ...]]:
    """Return the canonical selection that a query string (without "?") means, and a note for each
    thing dropped or bent.

    Never raises: whatever cannot be used is left out. The query may be of any length and hold any
    characters.
    """
    if not query:
        return Selection(), ()
    return _Reader(document).read(query)


def is_form(query: str) -> bool:
    """Say whether a query was sent by the plain form, and so has a shorter spelling to redirect to."""
    return query.startswith("form=") or "&form=" in query


class _Reader:
    """Reads one query; lives for one call of `parse`."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.names = document.names
        self.notes: dict[Note, None] = {}

    def note(self, kind: str, key: str = "", value: str = "") -> None:
        if len(self.notes) < 20:
            self.notes[Note(kind, key, value if _SLUG.fullmatch(value) else "")] = None

    def read(self, query: str) -> tuple[Selection, tuple[Note, ...]]:
        given = self._pairs(query)
        selection = self._form(given) if "form" in given else self._short(given)
        return canonical(self.document, selection), tuple(self.notes)

    def _pairs(self, query: str) -> dict[str, list[str]]:
        if len(query) > MOST_CHARACTERS:
            self.note("too-long")
            query = query[:MOST_CHARACTERS].rpartition("&")[0]
        given: dict[str, list[str]] = {}
        for key, value in pairs(query):
            if is_known(key):
                given.setdefault(key, []).append(self._text(key, value))
            elif key and key not in OF_OTHER_PAGES:
                self.note("unknown-key", value=key)
        return given

    def _text(self, key: str, raw: str) -> str:
        if (
            "%" not in raw
            and "+" not in raw
            and raw.isascii()
            and raw.isprintable()
            and key in TYPED
        ):
            return raw
        text = decoded(raw, typed=key in TYPED)
        clean = "".join(c for c in text if c.isprintable() and c != "\ufffd")
        if clean != text:
            self.note("unreadable")
        return clean

    def _last(self, given: Mapping[str, list[str]], key: str) -> str:
        values = given.get(key, [])
        if len(set(values)) > 1:
            self.note("repeated", key)
        return values[-1].strip() if values else ""

    def _slugs(
        self, given: Mapping[str, list[str]], key: str, known: Iterable[str]
    ) -> frozenset[str]:
        known = frozenset(known)
        found = {
            self._now(key, slug.strip())
            for value in given.get(key, [])
            for slug in value.split(",")
        } - {""}
        for slug in sorted(found - known):
            self.note("unknown-name", key, slug)
        return frozenset(found & known)

    def _now(self, key: str, slug: str) -> str:
        """Return the slug that a thing has now: old links name it as it was called when they were
        made.
        """
        return self.names.present(NAMED_BY[key], slug)

    def _importance(self, key: str, slug: str, text: str) -> int | None:
        number = re.fullmatch(r"[+-]?\d{1,6}(\.\d{1,6})?", text.strip(), re.ASCII)
        if not number:
            self.note("bad-value", key, slug)
            return None
        whole = min(5, max(0, round(float(text))))
        if whole != float(text):
            self.note("clamped", key, slug)
        return whole

    def _common(self, given: Mapping[str, list[str]]) -> Selection:
        names = self.names
        show, basis, made_on = (self._last(given, key) for key in ("show", "basis", "from"))
        if show not in ("", DIFFERENCES):
            self.note("bad-value", "show", show)
        if basis not in ("", CLAIMS):
            self.note("bad-value", "basis", basis)
        if made_on and not re.fullmatch(r"[1-9]\d{0,8}", made_on, re.ASCII):
            self.note("bad-value", "from", made_on)
            made_on = ""
        text = " ".join(self._last(given, "q").split())
        if len(text) > MOST_TEXT:
            self.note("clamped", "q")
        return Selection(
            use=self._use(given, "use"),
            tree=self._answers(given),
            options=self._slugs(given, "options", names.options),
            show=show if show == DIFFERENCES else None,
            basis=basis if basis == CLAIMS else None,
            q=text[:MOST_TEXT].strip(),
            made_on=int(made_on) if made_on else None,
        )

    def _use(self, given: Mapping[str, list[str]], key: str) -> str | None:
        use = self._now(key, self._last(given, key))
        if not use or use == NO_USE_CASE or use in self.names.use_cases:
            return use or None
        self.note("unknown-name", key, use)
        return None

    def _answers(self, given: Mapping[str, list[str]]) -> tuple[tuple[str, str], ...]:
        answers: dict[str, str] = {}
        for pair in ",".join(given.get("tree", [])).split(","):
            question, _, answer = pair.strip().partition(":")
            if answer in self.names.questions.get(question, ()):
                answers[question] = answer
            elif question:
                self.note("unknown-name", "tree", question)
        return tuple(answers.items())

    def _short(self, given: Mapping[str, list[str]]) -> Selection:
        names = self.names
        importances: dict[str, int] = {}
        for pair in ",".join(given.get("w", [])).split(","):
            named, _, text = pair.strip().partition(":")
            slug = self._now("w", named)
            if slug not in names.defaults:
                if slug:
                    self.note("unknown-name", "w", slug)
            elif (importance := self._importance("w", slug, text)) is not None:
                if importances.get(slug, importance) != importance:
                    self.note("repeated", "w", slug)
                importances[slug] = importance
        must, waive = (self._slugs(given, key, names.minimums) for key in ("must", "waive"))
        for slug in sorted(must & waive):
            self.note("contradiction", "must", slug)
        return replace(
            self._common(given),
            off=self._slugs(given, "off", names.criteria),
            importances=importances,
            must=must,
            waive=waive - must,
            distrust=self._slugs(given, "distrust", names.sources),
        )

    def _form(self, given: dict[str, list[str]]) -> Selection:
        """Read what the plain form sends: every control's state, and under which use case the
        controls were drawn.
        """
        names = self.names
        common = self._common(given)
        under = self._use(given, "under")
        under = None if under == NO_USE_CASE else under
        below = layer_below(self.document, under)
        drawn_must = names.must[under] if under else frozenset()
        on = self._slugs(given, "on", names.criteria)
        must = self._slugs(given, "must", names.minimums)
        importances = {}
        for key in given:
            slug = self._now("w", key[2:]) if key.startswith("w-") else ""
            if slug in names.defaults:
                importance = self._importance("w", slug, self._last(given, key))
                if importance is not None and importance != below[slug]:
                    importances[slug] = importance
            elif slug:
                self.note("unknown-name", "w", slug)
        off = frozenset(names.criteria) - on
        for value in given.get("group", []):
            group, _, state = value.partition(":")
            members = names.groups.get(group, ())
            if not members or state not in ("on", "off", *"012345"):
                self.note("unknown-name", "group", group)
            elif state.isdigit():
                importances |= dict.fromkeys(members, int(state))
            else:
                off = off - set(members) if state == "on" else off | set(members)
        # the buttons beside the form: drop this, apply that
        must = must - self._slugs(given, "drop", names.minimums)
        shown = self._slugs(given, "option", names.options)
        return replace(
            common,
            use=self._use(given, "apply") or common.use,
            off=off,
            importances=importances,
            must=must - drawn_must,
            waive=drawn_must - must,
            distrust=self._distrust(given),
            options=shown if shown else common.options,
        )

    def _distrust(self, given: Mapping[str, list[str]]) -> frozenset[str]:
        """Return the sources whose box is empty, and those that a button beside the boxes leaves
        out at once.
        """
        left_out = frozenset(self.names.sources) - self._slugs(given, "trust", self.names.sources)
        for group in given.get("mute", []):
            if group == NOBODY:
                left_out = frozenset()
            elif group in self.names.mutes:
                left_out |= self.names.mutes[group]
            else:
                self.note("unknown-name", "mute", group)
        return left_out
