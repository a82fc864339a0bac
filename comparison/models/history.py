"""The history of every draft row: who changed it, when, how, and what from which value to which.
One table a kind of row, kept by django-simple-history; each line also says, in words that stay when
rows and accounts go, what the row was called and who did it.

What is written row by row (forms, the grid) is noticed by Django's signals. Who writes many rows at
once says so: `batch()` gathers lines and writes them together. Accounts, suggestions and releases
have no history here, so no reader's contact and no password ever is in one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, pre_save
from django.utils import timezone
from simple_history.models import HistoricalRecords

from comparison.models.rows import LINE, Row

# how a row was changed, as the history says it; 100 characters at most
FORM = "in a form"
GRID = "in the grid"
GRID_FILE = "from a file of the grid"
STEPS = "step by step"
FILES = "from content files"
UPLOAD = "from an uploaded folder"
TABLE = "from a table"
COPY = "as a copy"
PUBLISHING = "by publishing"
DISCARDING = "by discarding"
KEPT = "from a kept draft"
COMMAND = "by a command"

ADDED, CHANGED, DELETED = "+", "~", "-"
UNTOLD = frozenset({"id", "version", "changed_on", "published_as"})  # follow from the others
AT_ONCE = 500  # lines of one statement
Values = Mapping[str, Any]  # by the name of the column
Change = list[str]  # a field's name, its value before, its value after


class Line(models.Model):
    """What every line says beside the row itself, as it was from then on."""

    history_draft = models.BigIntegerField(null=True, help_text="The key of its comparison.")
    history_by = models.CharField(max_length=150, help_text="Who, by name: accounts may go.")
    history_called = models.CharField(max_length=LINE, help_text="What the row was called.")
    history_changes = models.JSONField(default=list, help_text="Fields, before and after.")

    class Meta:
        abstract = True


@dataclass(frozen=True, slots=True)
class Writer:
    """Who changes rows, and how."""

    key: int | None = None  # of the account
    name: str = ""
    how: str = COMMAND


@dataclass(slots=True)
class Batch:
    """Lines that are written together. silent: signals are not heeded; who writes tells itself."""

    silent: bool = False
    lines: dict[type[models.Model], list[Any]] = field(default_factory=lambda: defaultdict(list))
    names: dict[tuple[type[models.Model], Any], str] = field(default_factory=dict)
    drafts: dict[tuple[type[models.Model], Any], int | None] = field(default_factory=dict)

    def added(self, row: Any, changes: Iterable[Change] = ()) -> None:
        self._tell(row, ADDED, list(changes))

    def changed(self, row: Any, before: Values, more: Iterable[Change] = ()) -> None:
        """Tell of a row that was changed; nothing where it says the same as before."""
        if changes := [*changes_of(row, before), *more]:
            self._tell(row, CHANGED, changes)

    def deleted(self, rows: Iterable[Any]) -> None:
        for row in rows:
            self._tell(row, DELETED, [])

    def _tell(self, row: Any, kind: str, changes: list[Change]) -> None:
        line = _line(row, kind, changes)
        self.lines[type(line)].append(line)

    def write(self) -> None:
        for kind, lines in self.lines.items():
            kind._default_manager.bulk_create(lines, batch_size=AT_ONCE)
        self.lines.clear()


_writer: ContextVar[Writer | None] = ContextVar("writer", default=None)
# by kind of row; the package makes a manager anew each time that it is asked
_tables: dict[type[models.Model], Any] = {}
_batch: ContextVar[Batch | None] = ContextVar("batch", default=None)


@contextmanager
def written_by(user: Any, how: str = FORM) -> Iterator[None]:
    """Let what is written be somebody's. user: an account, or a name, or None."""
    key = getattr(user, "pk", None)
    name = user if isinstance(user, str) else user.get_username() if user is not None else ""
    before = _writer.set(Writer(key, name, how))
    try:
        yield
    finally:
        _writer.reset(before)


@contextmanager
def doing(how: str) -> Iterator[None]:
    """Let what is written be written in some way, by whoever it is."""
    writer = _writer.get() or Writer()
    before = _writer.set(Writer(writer.key, writer.name, how))
    try:
        yield
    finally:
        _writer.reset(before)


@contextmanager
def batch(*, silent: bool = False) -> Iterator[Batch]:
    """Gather lines, and write them at the end: the caller holds the transaction."""
    gathered = Batch(silent)
    before = _batch.set(gathered)
    try:
        yield gathered
        gathered.write()
    finally:
        _batch.reset(before)


class _Records(HistoricalRecords):  # type: ignore[misc]  # the package says nothing of its types
    """As the package keeps it, but with what a line says in words, and only where a row says
    something else.
    """

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        name = f"{model._meta.model_name}_history"[:30]
        by_draft = models.Index(fields=["history_draft", "-history_date"], name=name)
        options: dict[str, Any] = super().get_meta_options(model)
        return options | {"default_permissions": (), "indexes": [by_draft]}

    def copy_fields(self, model: type[models.Model]) -> dict[str, Any]:
        """Leave out what only forms need, so that another help text is no migration."""
        fields: dict[str, Any] = super().copy_fields(model)
        for column in fields.values():
            column.help_text, column.choices = "", None
        return fields

    def finalize(self, sender: type[models.Model], **kwargs: Any) -> None:
        super().finalize(sender, **kwargs)
        if self.cls is sender:
            pre_save.connect(_remember, sender=sender)
            for many in sender._meta.local_many_to_many:
                m2m_changed.connect(_named_others, sender=many.remote_field.through)

    def post_save(
        self, instance: Any, created: bool, using: str | None = None, **kwargs: Any
    ) -> None:
        if kwargs.get("raw") or _is_silent():
            return
        if created:
            _keep(instance, _line(instance, ADDED, []))
        elif changes := changes_of(instance, getattr(instance, "_stored", {})):
            _keep(instance, _line(instance, CHANGED, changes))

    def post_delete(self, instance: Any, using: str | None = None, **kwargs: Any) -> None:
        if not _is_silent():
            _keep(instance, _line(instance, DELETED, []))


def keep(kinds: Iterable[type[models.Model]]) -> None:
    """Let every kind of row have a history."""
    for kind in kinds:
        records = _Records(
            bases=[Line],
            history_id_field=models.BigAutoField(),
            # asked for by a row's key, or by its comparison and time
            no_db_index=[column.name for column in kind._meta.fields if column.name != "id"],
        )
        records.manager_name = "history"
        records.module = kind.__module__
        records.cls = kind
        records.finalize(kind)
        _tables[kind] = kind.history.model  # type: ignore[attr-defined]


def lines_of(kind: type[models.Model]) -> models.QuerySet[Any]:
    """Return every line of a kind of row, unordered."""
    lines: models.QuerySet[Any] = _tables[kind]._default_manager.order_by()
    return lines


def last_of(kind: type[models.Model], **which: Any) -> Any:
    """Return the newest line of a row, or of rows that are like that; None where there is none."""
    return lines_of(kind).filter(**which).order_by("-history_id").first()


# --- what a line says -----------------------------------------------------------------------------


def called(row: Any) -> str:
    """Return what an editor knows a row by, after what it is part of: "Admin panel, FastAPI"."""
    if not isinstance(row, Row):
        return str(row)[:LINE]
    kind = type(row)
    is_named_by_another = bool(kind.key) and bool(kind._meta.get_field(kind.key).is_relation)
    name = _name_at(row, kind.key) if is_named_by_another else row.in_words()
    if kind.parent == "comparison":
        return name[:LINE]
    home = _name_at(row, kind.parent)
    return f"{home[: LINE // 2]}, {name}"[:LINE]


def changes_of(row: models.Model, before: Values) -> list[Change]:
    """Return the fields in which a row differs from what it said before, in words."""
    return [
        [str(column.verbose_name), words_of(column, was), words_of(column, now)]
        for column in row._meta.concrete_fields
        if column.name not in UNTOLD and column.attname in before
        for was, now in [(before[column.attname], getattr(row, column.attname))]
        if _plain(was) != _plain(now)
    ]


def words_of(column: Any, value: Any) -> str:
    """Return a column's value as people read it; an empty text for nothing."""
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.is_relation:
        return _name_of(column.related_model, value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return str(_plain(value))


def values_of(row: models.Model) -> dict[str, Any]:
    """Return what a row says, by column."""
    return {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}


def _plain(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool():
            return value
        case float() if value.is_integer():
            return int(value)
        case date():
            return value.isoformat()
        case str():
            return value.replace("\r\n", "\n").strip()
        case _:
            return value


def _line(row: Any, kind: str, changes: list[Change]) -> Any:
    writer = _writer.get() or Writer()
    return _tables[type(row)](
        history_date=timezone.now(),
        history_type=kind,
        history_change_reason=writer.how,
        history_user_id=writer.key,
        history_by=writer.name,
        history_draft=_draft_of(row),
        history_called=called(row),
        history_changes=changes,
        **values_of(row),
    )


def _keep(row: Any, line: Any) -> None:
    gathered = _batch.get()
    if gathered is None:
        line.save(force_insert=True)
    else:
        gathered.lines[type(line)].append(line)
    row._line = line


def _is_silent() -> bool:
    gathered = _batch.get()
    return gathered is not None and gathered.silent


def _remember(sender: type[models.Model], instance: Any, raw: bool = False, **_: Any) -> None:
    """Keep what is stored of a row that is about to be saved."""
    if raw or instance._state.adding or _is_silent():
        return
    columns = [column.attname for column in sender._meta.concrete_fields]
    stored = sender._base_manager.filter(pk=instance.pk).values(*columns).first() or {}
    # what stood there before it made way for another row of the same saving
    instance._stored = stored | getattr(instance, "said_before", {})


def _named_others(sender: Any, instance: Any, action: str, reverse: bool, **_: Any) -> None:
    """Tell of a list of other rows that a row names: in the line of the same saving, if there is
    one.
    """
    if reverse or _is_silent() or not hasattr(type(instance), "history"):
        return
    many = next(
        one for one in instance._meta.local_many_to_many if one.remote_field.through is sender
    )
    now = ", ".join(map(str, getattr(instance, many.name).all()))
    if action.startswith("pre_"):
        instance._named_before = now
    elif instance._named_before != now:
        _add(instance, [str(many.verbose_name), instance._named_before, now])


def _add(row: Any, change: Change) -> None:
    line = getattr(row, "_line", None)
    if line is None:
        _keep(row, _line(row, CHANGED, [change]))
        return
    same = next((one for one in line.history_changes if one[0] == change[0]), None)
    if same:
        same[2] = change[2]
    else:
        line.history_changes.append(change)
    if line.pk:
        line.save(update_fields=["history_changes"])


def _name_at(row: Any, column: str) -> str:
    """Return the name of the row that a column refers to."""
    reference = row._meta.get_field(column)
    if reference.is_cached(row):
        return str(getattr(row, column))
    return _name_of(reference.related_model, getattr(row, reference.attname))


def _name_of(kind: type[models.Model], key: Any) -> str:
    """Return a row's name by its key; once for each row where many lines are gathered."""
    names = gathered.names if (gathered := _batch.get()) else {}
    if (kind, key) not in names:
        row = kind._default_manager.filter(pk=key).first()
        names[kind, key] = str(row) if row else "one that is gone"
    return names[kind, key]


def _draft_of(row: Any) -> int | None:
    """Return the key of the comparison that a row belongs to."""
    if not isinstance(row, Row):
        key: int = row.pk
        return key
    parent: Any = row._meta.get_field(row.parent)
    key = getattr(row, parent.attname)
    if row.parent == "comparison":
        return key
    drafts = gathered.drafts if (gathered := _batch.get()) else {}
    if (parent.related_model, key) not in drafts:
        home = (
            getattr(row, row.parent)
            if parent.is_cached(row)
            else parent.related_model._default_manager.filter(pk=key).first()
        )
        drafts[parent.related_model, key] = _draft_of(home) if home else None
    return drafts[parent.related_model, key]
