"""The table of organisations: rows that were worked out elsewhere; ``data`` only looks them up."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from ui import theme
from ui.organisations.roster import COLUMNS, Filter, Roster, RosterRow

Index = QModelIndex | QPersistentModelIndex

FORMER = "（退会）"
UNSAVED = "● "
"""Before the name of an organisation with text that is not saved."""

_ALIGN = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class RosterModel(QAbstractTableModel):
    """The organisations that a filter lets through, in the order of a column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roster: Roster | None = None
        self._filter = Filter()
        self._column, self._descending = 0, False
        self._shown: list[int] = []
        self._places: dict[int, int] = {}
        self._unsaved: frozenset[int] = frozenset()
        self._muted = QBrush()
        self.member_count = 0
        """How many of the rows shown are members on the day."""

    def show_roster(self, roster: Roster, wanted: Filter) -> None:
        """Show what ``wanted`` lets through."""
        self._roster = roster
        self.filter(wanted)

    def filter(self, wanted: Filter) -> None:
        """Narrow the rows anew."""
        self.beginResetModel()
        self._filter = wanted
        self._muted = QBrush(QColor(theme.tokens().muted))
        roster = self._roster
        if roster is not None:
            self._shown = roster.places(wanted, self._column, self._descending)
            self._places = {roster.rows[place].id: row for row, place in enumerate(self._shown)}
            self.member_count = sum(roster.rows[place].is_member for place in self._shown)
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._descending = column, order is Qt.SortOrder.DescendingOrder
        self.filter(self._filter)

    def mark_unsaved(self, ids: frozenset[int]) -> None:
        """Mark the organisations with text that is not saved."""
        changed, self._unsaved = ids ^ self._unsaved, ids
        for one in changed:
            index = self.index_of(one)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def id_at(self, index: Index) -> int | None:
        """The id of the organisation in a row."""
        row = self._row(index) if index.isValid() else None
        return row.id if row else None

    def index_of(self, organisation_id: int | None) -> QModelIndex:
        """The first cell of an organisation; an invalid index where it is not shown."""
        place = self._places.get(organisation_id) if organisation_id is not None else None
        return QModelIndex() if place is None else self.index(place, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, QAbstractTableModel.CheckIndexOption.IndexIsValid):
            return None
        row, column = self._row(index), index.column()
        assert row is not None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row) if column == 0 else row.cells[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return _plain(row.cells[column]) or None
        if role == Qt.ItemDataRole.ForegroundRole and not row.is_member:
            return self._muted
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(COLUMNS):
            if role == Qt.ItemDataRole.DisplayRole:
                return COLUMNS[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _ALIGN
        return None

    def _row(self, index: Index) -> RosterRow | None:
        return self._roster.rows[self._shown[index.row()]] if self._roster is not None else None

    def _words(self, row: RosterRow) -> str:
        mark = UNSAVED if row.id in self._unsaved else ""
        return f"{mark}{row.cells[0]}{'' if row.is_member else FORMER}"


def _plain(text: str) -> str:
    """A tooltip takes markup where it looks like it; a name that does is wrapped so that it stands as typed."""
    return f"<span>{escape(text)}</span>" if "<" in text else text
