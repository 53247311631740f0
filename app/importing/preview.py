"""What taking a file in would do, as values: shown before anything is written, and applied as a whole or in chosen parts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from app.importing.columns import Column
from app.importing.file_values import Place, Remark
from db.vocabulary import Labelled


class ListKind(Labelled):
    """The lists of the office that a file names entries of."""

    CATEGORY = "category", "区分"
    DISTRICT = "district", "地区"
    AREA = "area", "エリア"
    SERVICE_TYPE = "service_type", "事業の種類"
    MEETING_KIND = "meeting_kind", "会議の種類"


@dataclass(frozen=True, slots=True)
class ListWord:
    """An entry of a list: the one with ``id``, or one that is new. ``area`` is that of a new district."""

    kind: ListKind
    name: str
    id: int | None = None
    area: str = ""

    def __str__(self) -> str:
        return self.name


Value = object
"""A value of a column, a ListWord, or what else the cells of a subject do."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that would change the ledger. ``key`` names it when parts are chosen; texts are as people read them."""

    key: str
    field: str
    label: str
    before: str
    after: str
    value: Value
    place: Place
    notice: str = ""


class RowKind(Labelled):
    """What a row would do."""

    ADDED = "added", "追加"
    CHANGED = "changed", "変更"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of the file that would change the ledger: a record that is added, or the one as it stood at ``version``."""

    key: str
    kind: RowKind
    name: str
    place: Place
    cells: tuple[CellChange, ...]
    record_id: int | None = None
    version: int | None = None

    def reduced(self, keys: Collection[str]) -> RowChange | None:
        """As much of the row as is named by ``keys``; what is new comes as a whole."""
        if self.key in keys:
            return self
        cells = tuple(cell for cell in self.cells if cell.key in keys)
        return replace(self, cells=cells) if cells and self.kind is RowKind.CHANGED else None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that is not taken unless a person chooses it: the reason, and what it would do where that is certain.

    ``only_new``: nothing stands against it but that it names what the office's lists lack.
    """

    name: str
    place: Place
    reason: str
    row: RowChange | None = None
    only_new: bool = False


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A row that says what the ledger says."""

    name: str
    place: Place
    record_id: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking in a file would do.

    ``not_understood`` are cells, rows, columns and sheets that are left out; ``notices`` what was taken with an assumption;
    ``skipped`` rows that hold nothing to take (sums, repeated headings). ``new_entries`` would be added to the office's
    lists, for the rows that name them. ``as_of`` is the day from which other people speak for an organisation, where that counts.
    """

    file_name: str
    sheet: str
    other_sheets: tuple[str, ...]
    columns: tuple[Column, ...]
    added: tuple[RowChange, ...]
    changed: tuple[RowChange, ...]
    conflicting: tuple[Conflict, ...]
    unchanged: tuple[Unchanged, ...]
    not_understood: tuple[Remark, ...]
    notices: tuple[Remark, ...]
    skipped: tuple[Remark, ...]
    new_entries: tuple[ListWord, ...]
    as_of: date | None = None

    @property
    def rows(self) -> tuple[RowChange, ...]:
        """All rows that would be taken: those added, then those changed."""
        return (*self.added, *self.changed)

    def chosen(self, keys: Collection[str] | None) -> tuple[list[RowChange], list[RowChange]]:
        """The rows to add and those to change, reduced to what is named by ``keys`` (None: all but conflicts)."""
        rows: Iterable[RowChange] = self.rows
        if keys is not None:
            named = frozenset(keys)
            offered = (*self.rows, *(one.row for one in self.conflicting if one.row is not None))
            rows = [reduced for row in offered if (reduced := row.reduced(named)) is not None]
        rows = tuple(rows)
        return (
            [row for row in rows if row.kind is RowKind.ADDED],
            [row for row in rows if row.kind is RowKind.CHANGED],
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written."""
        return not self.rows
