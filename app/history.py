"""The history for people to read: what was done lately, and what each change did to one record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from app.calendar import fiscal_year_label, format_date
from app.meetings import queries as meeting_queries
from app.office import Reader
from app.organisations import queries as organisation_queries
from app.plans.queries import level_labels
from app.records import KINDS, RecordKey, titles
from app.steps import queries as step_queries
from db import changelog, dictionary
from db.changelog import STAMP
from db.schema import Base
from db.vocabulary import ChangeKind, Labelled, RowAction

_YEARS = frozenset({"fiscal_year", "copied_from", "period_from", "period_to", "ended_in"})
_PARTS: dict[str, dict[str, str]] = {
    "outcome_review": {"evidence": "outcome_review_id"},
    "organisation": {
        "membership_gap": "organisation_id",
        "organisation_channel": "organisation_id",
        "contact_term": "organisation_id",
        "roster_confirmation": "organisation_id",
    },
    "contact_person": {"contact_term": "contact_person_id"},
    "assessment_round": {"step_ruling": "assessment_round_id"},
    "step_assessment": {"checkpoint_answer": "step_assessment_id"},
    "collaboration": dict.fromkeys(("collaboration_partner", "collaboration_activity"), "collaboration_id"),
    "meeting": dict.fromkeys(
        (
            "preparation_task",
            "agenda_item",
            "agenda_document",
            "statement",
            "attendance",
            "share_back",
            "minutes_version",
        ),
        "meeting_id",
    ),
}
"""What counts as part of a record: tables, and the column of each that names the record."""

_UNSPOKEN = {
    "evidence": frozenset({"position", "record_link_id"}),
    "organisation_channel": frozenset({"position"}),
    "preparation_task": frozenset({"position"}),
    "agenda_item": frozenset({"position", "elapsed_seconds"}),
    "agenda_document": frozenset({"position", "agenda_item_id"}),
    "statement": frozenset({"position", "agenda_item_id", "indent", "emphasis"}),
    "attendance": frozenset({"kana"}),
    "minutes_version": frozenset({"content"}),
    "step_assessment": frozenset({"scope_id"}),
    "step_ruling": frozenset({"scope_id"}),
    "collaboration_partner": frozenset({"position"}),
}
_LISTS = {
    "area": "areas",
    "district": "districts",
    "organisation_category": "categories",
    "service_type": "service_types",
}
"""The office's lists, each with its name among ``app.organisations.queries.Lists``."""

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
    """The newest changes of one record, the newest first.

    The evidence of a review, the gaps, channels, terms and answers of an organisation, and all that belongs to a meeting but its
    宿題, count as part of it.
    """
    rows = {key.kind: [key.id]}
    for kind, column in _PARTS.get(key.kind, {}).items():
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
        self._kinds: dict[int, str] | None = None
        self._lists: dict[str, dict[int, str]] | None = None
        self._sets: dict[str, dict[int, str]] | None = None

    def fields(self, of: str, row: Any) -> Iterator[FieldChange]:
        """The fields of a changed row that tell something, in the order of the table."""
        kind: str = row.row_kind
        before: Mapping[str, object] = row.before or {}
        after: Mapping[str, object] = row.after or {}
        owner = _PARTS.get(of, {}).get(kind)
        for column in (one.name for one in Base.metadata.tables[kind].columns):
            if column in STAMP or column in ("id", owner) or column in _UNSPOKEN.get(kind, ()):
                continue
            was, becomes = (
                self._word(kind, column, before.get(column)),
                self._word(kind, column, after.get(column)),
            )
            if was != becomes:
                label = dictionary.column_label(kind, column)
                whose = dictionary.TABLE_LABELS[kind]
                prefix = "" if kind == of or label == whose else f"{whose}の"
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
        if kind == "meeting_kind":
            if self._kinds is None:
                self._kinds = {row.id: row.name for row in meeting_queries.kinds(self._reader)}
            return self._kinds.get(row_id, _GONE)
        if kind in _LISTS:
            return self._list(kind).get(row_id, _GONE)
        if kind in ("checkpoint_set", "checkpoint"):
            return self._of_sets(kind).get(row_id, _GONE)
        if kind not in KINDS:
            return str(row_id)
        key = RecordKey(kind, row_id)
        return titles(self._reader, [key]).get(key, _GONE)

    def _list(self, kind: str) -> dict[int, str]:
        if self._lists is None:
            found = organisation_queries.lists(self._reader)
            self._lists = {
                name: {row.id: row.name for row in getattr(found, attribute)}
                for name, attribute in _LISTS.items()
            }
        return self._lists[kind]

    def _of_sets(self, kind: str) -> dict[int, str]:
        if self._sets is None:
            found = step_queries.sets(self._reader)
            self._sets = {
                "checkpoint_set": {row.id: row.title for row in found},
                "checkpoint": {one.id: one.number for row in found for one in row.checkpoints},
            }
        return self._sets[kind]
