"""The table of organisations: what a cell says is worked out when it is shown."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from app.organisations.queries import ListedOrganisation
from ui import theme
from ui.organisations.roster import Filter, Roster
from ui.organisations.roster_columns import COLUMNS

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
        self._order: tuple[int, ...] = ()
        self._shown: list[ListedOrganisation] = []
        self._places: dict[int, int] = {}
        self._unsaved: frozenset[int] = frozenset()
        self._muted = QBrush()
        self.member_count = 0
        """How many of the rows shown are members on the day."""

    def show_roster(self, roster: Roster, wanted: Filter) -> bool:
        """Show what ``wanted`` lets through. Whether these are other organisations than before, or in another order."""
        if roster is not self._roster:
            self._roster = roster
            self._order = roster.order(self._column)
        return self.filter(wanted)

    def filter(self, wanted: Filter) -> bool:
        """Narrow the rows anew. Whether other organisations are shown than before, or in another order."""
        self._filter = wanted
        self._muted = QBrush(QColor(theme.tokens().muted))
        roster = self._roster
        if roster is None:
            return False
        shown = roster.shown(wanted, reversed(self._order) if self._descending else self._order)
        places = {one.id: row for row, one in enumerate(shown)}
        self.member_count = sum(one.id not in roster.former for one in shown)
        if list(places) == list(self._places):
            # The list stays as it was scrolled; only what its cells say may differ.
            self._shown = shown
            if shown:
                self.dataChanged.emit(self.index(0, 0), self.index(len(shown) - 1, len(COLUMNS) - 1))
            return False
        self.beginResetModel()
        self._shown, self._places = shown, places
        self.endResetModel()
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._descending = column, order is Qt.SortOrder.DescendingOrder
        if self._roster is not None:
            self._order = self._roster.order(column)
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
        return self._shown[index.row()].id if index.isValid() else None

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
        roster, one, column = self._roster, self._shown[index.row()], index.column()
        assert roster is not None
        if role == Qt.ItemDataRole.DisplayRole:
            text = COLUMNS[column].text(one, roster.behind)
            return self._words(one, text) if column == 0 else text
        if role == Qt.ItemDataRole.ToolTipRole:
            return _plain(COLUMNS[column].text(one, roster.behind)) or None
        if role == Qt.ItemDataRole.ForegroundRole and one.id in roster.former:
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

    def _words(self, one: ListedOrganisation, name: str) -> str:
        is_former = self._roster is not None and one.id in self._roster.former
        return f"{UNSAVED if one.id in self._unsaved else ''}{name}{FORMER if is_former else ''}"


def _plain(text: str) -> str:
    """A tooltip takes markup where it looks like it; a name that does is wrapped so that it stands as typed."""
    return f"<span>{escape(text)}</span>" if "<" in text else text
