"""History: what a change did to each row, which changes can be taken back, and the taking back itself.

Undo is not a rewinding: it is a new, recorded change that writes the rows as they were. It is refused where a row no longer is as
the change left it, because then somebody's later work would be lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Table, and_, func, or_, select
from sqlalchemy import inspect as inspect_entity
from sqlalchemy.exc import IntegrityError

from db.errors import ConflictError
from db.schema import Base
from db.schema.history import Change, ChangedRow
from db.vocabulary import ChangeKind, RowAction

if TYPE_CHECKING:
    from db.unit_of_work import Reader, Unit

KEPT = 100
"""How many changes back a person can undo."""

STAMP = frozenset({"version", "created_by", "created_at", "updated_by", "updated_at"})
"""Columns that say who wrote a row when, not what it says; they do not count when rows are compared."""

Image = dict[str, object]

MODELS: dict[str, type[Any]] = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}  # type: ignore[attr-defined]
"""The mapped class of each table, by the table's name."""


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What a committed change touched: (table name, id) of every row, under the label that people read.

    ``by_others`` is true where another window or person made it.
    """

    id: int
    label: str
    rows: frozenset[tuple[str, int]]
    by_others: bool = False

    @property
    def kinds(self) -> frozenset[str]:
        """The tables that were touched."""
        return frozenset(kind for kind, _ in self.rows)


@dataclass(frozen=True, slots=True)
class Step:
    """A change that can be undone or redone. ``revert_id`` is the change whose rows have to be turned back for that."""

    change_id: int
    revert_id: int
    label: str


@dataclass(frozen=True, slots=True)
class Steps:
    """The changes of one person that can be undone and redone, the next one last."""

    undo: tuple[Step, ...] = ()
    redo: tuple[Step, ...] = ()


def encode(value: object) -> object:
    """A column's value as JSON holds it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def decode(table: Table, name: str, value: object) -> object:
    """The value of column ``name`` from its JSON form."""
    if value is None:
        return None
    kind = table.columns[name].type.python_type
    if issubclass(kind, Enum):
        return kind(value)
    if issubclass(kind, date) and isinstance(value, str):
        return kind.fromisoformat(value)
    return value


def image(entity: object) -> Image:
    """All columns of an entity as JSON holds them."""
    state = inspect_entity(entity)
    assert state is not None
    return {column.key: encode(getattr(entity, column.key)) for column in state.mapper.column_attrs}


def image_of_row(row: Row[Any]) -> Image:
    """All columns of a row of a table as JSON holds them."""
    return {name: encode(value) for name, value in row._mapping.items()}


def differences(entity: object) -> tuple[Image, Image]:
    """The columns of a changed entity that differ from the record, as they were and as they become."""
    before: Image = {}
    after: Image = {}
    state = inspect_entity(entity)
    assert state is not None
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        if history.has_changes():
            was = encode(history.deleted[0]) if history.deleted else None
            becomes = encode(history.added[0]) if history.added else None
            if was != becomes:
                before[column.key], after[column.key] = was, becomes
    return before, after


def steps(reader: Reader, actor: str) -> Steps:
    """The changes of ``actor`` that can be undone and redone now, at most ``KEPT`` of each; it outlives the program."""
    own = Change.actor == actor
    # Changes that were taken back fill part of the list, so more of them are looked at than are offered.
    made = select(Change.id).where(own, Change.kind == ChangeKind.DO)
    recent = made.order_by(Change.id.desc()).limit(KEPT * 3).subquery()
    first = reader.scalar(select(func.min(recent.c.id))) or 0
    rows = reader.rows(
        select(Change.id, Change.label, Change.kind, Change.target_id)
        .where(own, Change.id >= first)
        .order_by(Change.id)
    )
    undo: list[Step] = []
    redo: list[Step] = []
    for row in rows:
        if row.kind is ChangeKind.DO:
            undo.append(Step(row.id, row.id, row.label))
            redo.clear()
            continue
        source, goal = (undo, redo) if row.kind is ChangeKind.UNDO else (redo, undo)
        found = next((step for step in reversed(source) if step.change_id == row.target_id), None)
        if found is not None:
            source.remove(found)
            goal.append(Step(found.change_id, row.id, found.label))
    return Steps(tuple(undo[-KEPT:]), tuple(redo[-KEPT:]))


def revert(unit: Unit, change_id: int) -> None:
    """Write every row that ``change_id`` touched as it was before, last one first.

    Raises ConflictError where a row is no longer as the change left it; the unit of work then writes nothing.
    """
    touched = select(
        ChangedRow.kind, ChangedRow.row_id, ChangedRow.action, ChangedRow.before, ChangedRow.after
    )
    rows = unit.rows(touched.where(ChangedRow.change_id == change_id).order_by(ChangedRow.id.desc()))
    try:
        for row in rows:
            model = MODELS[row.kind]
            if row.action is RowAction.DELETE:
                _restore(unit, model, row.row_id, row.before)
            else:
                _turn_back(unit, model, row)
    except IntegrityError as error:
        # Something else stands on the row by now, or has taken its place.
        raise _moved_on() from error


def _restore(unit: Unit, model: type[Any], row_id: int, before: Mapping[str, object]) -> None:
    if unit.find(model, row_id) is not None:
        raise _moved_on()
    values = {name: decode(model.__table__, name, value) for name, value in before.items()}
    unit.add(model(**values))


def _turn_back(unit: Unit, model: type[Any], row: Any) -> None:
    entity = unit.find(model, row.row_id)
    if entity is None or not _same(image(entity), row.after):
        raise _moved_on()
    if row.action is RowAction.INSERT:
        unit.delete(entity)
        return
    for name, value in row.before.items():
        if name not in STAMP:
            setattr(entity, name, decode(model.__table__, name, value))
    # Also where only rows that belong to it had changed.
    unit.touch(entity)


def _same(now: Mapping[str, object], then: Mapping[str, object]) -> bool:
    return all(now[name] == value for name, value in then.items() if name not in STAMP)


def _moved_on() -> ConflictError:
    return ConflictError(
        "この操作は元に戻せません。その後に同じ記録が変更されています。",
        "いまの内容を画面で確かめて、必要なところを書き直してください。",
    )


def touched_since(reader: Reader, change_id: int) -> tuple[ChangeSet, ...]:
    """The changes recorded after ``change_id``, oldest first: how a window learns what others wrote."""
    changes = reader.rows(select(Change.id, Change.label).where(Change.id > change_id).order_by(Change.id))
    if not changes:
        return ()
    rows = reader.rows(
        select(ChangedRow.change_id, ChangedRow.kind, ChangedRow.row_id).where(
            ChangedRow.change_id > change_id
        )
    )
    by_change: dict[int, set[tuple[str, int]]] = {}
    for row in rows:
        by_change.setdefault(row.change_id, set()).add((row.kind, row.row_id))
    return tuple(ChangeSet(one.id, one.label, frozenset(by_change.get(one.id, ())), True) for one in changes)


def recent(reader: Reader, limit: int) -> Sequence[Row[int, datetime, str, str, ChangeKind, int | None]]:
    """The newest changes, the newest first: id, at, actor, label, kind, target_id."""
    columns = select(Change.id, Change.at, Change.actor, Change.label, Change.kind, Change.target_id)
    return reader.rows(columns.order_by(Change.id.desc()).limit(limit))


def of_rows(reader: Reader, rows: Mapping[str, Sequence[int]], limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """What the newest ``limit`` changes did to any of ``rows`` (ids by table), the newest change first.

    Columns: those of the change, then ``row_kind``, ``row_id``, ``action``, ``before`` and ``after``.
    """
    among = or_(*(and_(ChangedRow.kind == kind, ChangedRow.row_id.in_(ids)) for kind, ids in rows.items()))
    newest = (
        select(ChangedRow.change_id)
        .where(among)
        .distinct()
        .order_by(ChangedRow.change_id.desc())
        .limit(limit)
    )
    return reader.rows(
        select(
            Change.id,
            Change.at,
            Change.actor,
            Change.label,
            Change.kind,
            Change.target_id,
            ChangedRow.kind.label("row_kind"),
            ChangedRow.row_id,
            ChangedRow.action,
            ChangedRow.before,
            ChangedRow.after,
        )
        .join(ChangedRow, ChangedRow.change_id == Change.id)
        .where(among, Change.id.in_(newest))
        .order_by(Change.id.desc(), ChangedRow.id)
    )


def ever_of(reader: Reader, kind: str, column: str, owner_id: int) -> list[int]:
    """The ids of all rows of a table that ever belonged to a row of another, whether they still exist or not."""
    named = or_(
        ChangedRow.after[column].as_integer() == owner_id, ChangedRow.before[column].as_integer() == owner_id
    )
    rows = reader.rows(select(ChangedRow.row_id).where(ChangedRow.kind == kind, named).distinct())
    return [row.row_id for row in rows]


def last_change(reader: Reader) -> int:
    """The id of the newest change, 0 in a ledger without any."""
    return reader.scalar(select(func.coalesce(func.max(Change.id), 0))) or 0
