"""The history for people to read: what was done lately, and what each change did to one record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from app.calendar import fiscal_year_label, format_date
from app.office import Reader
from app.plans.queries import level_labels
from app.records import KINDS, RecordKey, titles
from db import changelog, dictionary, search
from db.changelog import STAMP
from db.schema import Base
from db.vocabulary import ChangeKind, Labelled, RowAction

_YEARS = frozenset({"fiscal_year", "copied_from", "period_from", "period_to", "ended_in"})
_UNSPOKEN = {"evidence": frozenset({"position", "outcome_review_id", "record_link_id"})}
_GONE = "（削除された記録）"


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One change. ``target_id`` is the change that it takes back or repeats, where ``kind`` says so."""

    id: int
    at: datetime
    actor: str
    label: str
    kind: ChangeKind
    target_id: int | None

    @property
    def sentence(self) -> str:
        """The label, with 元に戻す or やり直し before it where it is one."""
        return self.label if self.kind is ChangeKind.DO else f"{self.kind.label}：{self.label}"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field as people read it; empty where it was or became empty."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What one change did to one record and to what belongs to it."""

    change: HistoryRow
    action: RowAction
    fields: tuple[FieldChange, ...]


def recent(reader: Reader, limit: int = 20) -> tuple[HistoryRow, ...]:
    """The newest changes of everybody, the newest first."""
    return tuple(HistoryRow(*row) for row in changelog.recent(reader, limit))


def of_record(reader: Reader, key: RecordKey, limit: int = 50) -> tuple[RecordChange, ...]:
    """The newest changes of one record, the newest first; the evidence of a review counts as part of it."""
    rows = {key.kind: [key.id]}
    for kind, (owner, column) in search.OWNERS.items():
        if owner == key.kind:
            rows[kind] = changelog.ever_of(reader, kind, column, key.id)
    words = _Words(reader)
    by_change: dict[int, RecordChange] = {}
    for row in changelog.of_rows(reader, rows, limit):
        known = by_change.get(row.id)
        if known is None:
            change = HistoryRow(row.id, row.at, row.actor, row.label, row.kind, row.target_id)
            known = RecordChange(change, RowAction.UPDATE, ())
        action = (
            row.action if row.row_kind == key.kind and row.action is not RowAction.UPDATE else known.action
        )
        fields = (*known.fields, *words.fields(key.kind, row))
        by_change[row.id] = RecordChange(known.change, action, fields)
    return tuple(by_change.values())


class _Words:
    """Turns stored values into words; what it has to look up, it looks up once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._levels: dict[int, str] | None = None

    def fields(self, of: str, row: Any) -> Iterator[FieldChange]:
        """The fields of a changed row that tell something, in the order of the table."""
        kind: str = row.row_kind
        before: Mapping[str, object] = row.before or {}
        after: Mapping[str, object] = row.after or {}
        for column in (one.name for one in Base.metadata.tables[kind].columns):
            if column in STAMP or column == "id" or column in _UNSPOKEN.get(kind, ()):
                continue
            was, becomes = (
                self._word(kind, column, before.get(column)),
                self._word(kind, column, after.get(column)),
            )
            if was != becomes:
                label = dictionary.column_label(kind, column)
                prefix = "" if kind == of else f"{dictionary.TABLE_LABELS[kind]}の"
                yield FieldChange(prefix + label, was, becomes)

    def _word(self, kind: str, column: str, stored: object) -> str:
        table = Base.metadata.tables[kind]
        value = changelog.decode(table, column, stored)
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return "はい" if value else "いいえ"
        if isinstance(value, int):
            if column in _YEARS:
                return fiscal_year_label(value)
            for reference in table.columns[column].foreign_keys:
                return self._name(reference.column.table.name, value)
        if isinstance(value, Enum):
            return value.label if isinstance(value, Labelled) else str(value.value)
        if isinstance(value, date):
            return format_date(value)
        return str(value)

    def _name(self, kind: str, row_id: int) -> str:
        if kind == "rating_level":
            if self._levels is None:
                self._levels = level_labels(self._reader)
            return self._levels.get(row_id, _GONE)
        if kind not in KINDS:
            return str(row_id)
        key = RecordKey(kind, row_id)
        return titles(self._reader, [key]).get(key, _GONE)
