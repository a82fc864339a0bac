"""The selection that a query means, whoever wrote or mangled it.

Nothing here fails on strange input or sees a request: what cannot be used is dropped and noted.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from comparison.core.document.schema import Document, to_a_tenth
from comparison.core.document.slugs import NO_USE_CASE, NameKind
from comparison.core.query import OF_OTHER_PAGES, TYPED, decoded, is_known, pairs
from comparison.core.selection.selection import (
    CLAIMS,
    MOST_TEXT,
    SHOWN,
    Selection,
    canonical,
    layer_below,
)

MOST_CHARACTERS = 32_000
# What the slugs under a key name; slugs of groups and questions are not kept when they are renamed.
NAMED_BY = (
    dict.fromkeys(
        ("off", "w", "must", "waive", "on", "drop", "alone", "by", "sort"), NameKind.CRITERION
    )
    | dict.fromkeys(("options", "option", "only", "hide", "against", "rival"), NameKind.OPTION)
    | dict.fromkeys(("distrust", "trust"), NameKind.SOURCE)
    | dict.fromkeys(("use", "under", "apply"), NameKind.USE_CASE)
)
NOBODY = "none"  # what the button says that counts every source again

_SLUG = re.compile(r"[a-z0-9-]{1,80}")


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was dropped or bent. `kind` chooses the sentence; `key` is ours, `value` is
    cleaned and short.
    """

    # unknown-key, unknown-name, not-counted, bad-value, clamped, repeated, contradiction, too-long,
    # unreadable
    kind: str
    key: str = ""
    value: str = ""


def parse(document: Document, query: str) -> tuple[Selection, tuple[Note, ...]]:
    """Return the canonical selection that a query string (without "?") means, and a note for each
    thing dropped or bent.

    Never raises: whatever cannot be used is left out. The query may be of any length and hold any
    characters.
    """
    if not query:
        return Selection(), ()
    reader = _Reader(document)
    given = reader.values_by_key(query)
    selection = reader.form(given) if "form" in given else reader.short(given)
    return canonical(document, selection), tuple(reader.notes)


def is_form(query: str) -> bool:
    """Say whether a query was sent by the plain form, and so has a shorter spelling."""
    return query.startswith("form=") or "&form=" in query


@dataclass
class _Reader:
    """Reads one query, and notes what it drops or bends; lives for one call of `parse`."""

    document: Document
    notes: dict[Note, None] = field(default_factory=dict)  # in order, each once

    def note(self, kind: str, key: str = "", value: str = "") -> None:
        if len(self.notes) < 20:
            self.notes[Note(kind, key, value if _SLUG.fullmatch(value) else "")] = None

    def values_by_key(self, query: str) -> dict[str, list[str]]:
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
        named = {
            self._now(key, slug.strip())
            for value in given.get(key, [])
            for slug in value.split(",")
        } - {""}
        for slug in sorted(named - known):
            self._unknown(key, slug)
        return frozenset(named & known)

    def _unknown(self, key: str, slug: str) -> None:
        """Note a name of nothing, or of a criterion that is there to be read and never counts."""
        is_text = NAMED_BY[key] is NameKind.CRITERION and slug in self.document.names.texts
        self.note("not-counted" if is_text else "unknown-name", key, slug)

    def _now(self, key: str, slug: str) -> str:
        """Return the slug that a thing has now: old links name it as it was called when they were
        made.
        """
        return self.document.names.present(NAMED_BY[key], slug)

    def _importance(self, key: str, slug: str, text: str) -> float | None:
        number = re.fullmatch(r"[+-]?\d{1,6}(\.\d{1,6})?", text.strip(), re.ASCII)
        if not number:
            self.note("bad-value", key, slug)
            return None
        nearest = to_a_tenth(min(5.0, max(0.0, float(text))))
        if nearest != float(text):
            self.note("clamped", key, slug)
        return nearest

    def _common(self, given: Mapping[str, list[str]]) -> Selection:
        names = self.document.names
        show, basis, made_on = (self._last(given, key) for key in ("show", "basis", "from"))
        if show not in ("", *SHOWN):
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
            against=self._named(given, "against", names.options),
            by=self._named(given, "by", names.criteria),
            show=show if show in SHOWN else None,
            basis=basis if basis == CLAIMS else None,
            q=text[:MOST_TEXT].strip(),
            made_on=int(made_on) if made_on else None,
        )

    def _named(self, given: Mapping[str, list[str]], key: str, known: Iterable[str]) -> str | None:
        named = self._now(key, self._last(given, key))
        if named and named not in known:
            self._unknown(key, named)
        return named if named in known else None

    def _use(self, given: Mapping[str, list[str]], key: str) -> str | None:
        use = self._now(key, self._last(given, key))
        if not use or use == NO_USE_CASE or use in self.document.names.use_cases:
            return use or None
        self.note("unknown-name", key, use)
        return None

    def _answers(self, given: Mapping[str, list[str]]) -> tuple[tuple[str, str], ...]:
        answers: dict[str, str] = {}
        for pair in ",".join(given.get("tree", [])).split(","):
            question, _, answer = pair.strip().partition(":")
            if answer in self.document.names.questions.get(question, ()):
                answers[question] = answer
            elif question:
                self.note("unknown-name", "tree", question)
        return tuple(answers.items())

    def short(self, given: Mapping[str, list[str]]) -> Selection:
        names = self.document.names
        importances: dict[str, float] = {}
        for pair in ",".join(given.get("w", [])).split(","):
            named, _, text = pair.strip().partition(":")
            slug = self._now("w", named)
            if slug not in names.defaults:
                if slug:
                    self._unknown("w", slug)
            elif (importance := self._importance("w", slug, text)) is not None:
                if importances.get(slug, importance) != importance:
                    self.note("repeated", "w", slug)
                importances[slug] = importance
        must, waive = (self._slugs(given, key, names.must_haves) for key in ("must", "waive"))
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

    def form(self, given: dict[str, list[str]]) -> Selection:
        """Read what the plain form sends: every control's state, and under which use case the
        controls were drawn.
        """
        names = self.document.names
        common = self._common(given)
        under = self._use(given, "under")
        under = None if under == NO_USE_CASE else under
        below = layer_below(self.document, under)
        on = self._slugs(given, "on", names.criteria)
        must = self._slugs(given, "must", names.must_haves)
        importances: dict[str, float] = {}
        for key in given:
            slug = self._now("w", key[2:]) if key.startswith("w-") else ""
            if slug in names.defaults:
                importance = self._importance("w", slug, self._last(given, key))
                if importance is not None and importance != below.importances[slug]:
                    importances[slug] = importance
            elif slug:
                self._unknown("w", slug)
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
        # the buttons beside the form: this criterion alone, drop this must-have, apply that case,
        # only these options, hide this one, this rival, this order
        if alone := self._slugs(given, "alone", names.criteria):
            off = frozenset(names.criteria) - alone
        must = must - self._slugs(given, "drop", names.must_haves)
        ticked, only, left_out = (
            self._slugs(given, key, names.options) for key in ("option", "only", "hide")
        )
        shown = only or ticked - left_out
        return replace(
            common,
            use=self._use(given, "apply") or common.use,
            off=off,
            importances=importances,
            must=must - below.must_haves,
            waive=below.must_haves - must,
            distrust=self._distrust(given),
            options=shown if shown else common.options,
            against=self._named(given, "rival", names.options)
            if "rival" in given
            else common.against,
            by=self._named(given, "sort", names.criteria) if "sort" in given else common.by,
        )

    def _distrust(self, given: Mapping[str, list[str]]) -> frozenset[str]:
        """Return the sources whose box is empty, and those that a button beside the boxes leaves
        out at once; where all of them are left out already, it counts them again.
        """
        left_out = frozenset(self.document.names.sources) - self._slugs(
            given, "trust", self.document.names.sources
        )
        for group in given.get("mute", []):
            if group == NOBODY:
                left_out = frozenset()
            elif group in self.document.names.mutes:
                sources = self.document.names.mutes[group]
                left_out = left_out - sources if sources <= left_out else left_out | sources
            else:
                self.note("unknown-name", "mute", group)
        return left_out
