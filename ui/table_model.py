"""A table of frozen rows. Everything a view may ask for is worked out when the rows arrive; ``data`` only looks it up."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

KEY_ROLE = Qt.ItemDataRole.UserRole + 1
"""The key of a row."""


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[R]):
    """A column: its head, and what it shows of a row. ``roles`` gives further roles (tooltip, icon) of a row."""

    title: str
    text: Callable[[R], str]
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    roles: Callable[[R], dict[int, Any]] | None = None


class TableModel(QAbstractTableModel, Generic[R]):
    """Rows of one kind under fixed columns; ``key`` names a row across refreshes."""

    def __init__(
        self, columns: Sequence[TableColumn[R]], key: Callable[[R], Hashable], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._key = key
        self._rows: tuple[R, ...] = ()
        self._cells: list[list[dict[int, Any]]] = []
        self._places: dict[Hashable, int] = {}

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show these rows. A view loses its selection; ``keep_selection`` wraps this where it should not."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._cells = [[self._cell(column, row) for column in self._columns] for row in self._rows]
        self._places = {self._key(row): place for place, row in enumerate(self._rows)}
        self.endResetModel()

    def replace_row(self, row: R) -> None:
        """Show ``row`` where the one with its key stands; nothing else moves."""
        place = self._places[self._key(row)]
        if self._rows[place] == row:
            return
        self._rows = (*self._rows[:place], row, *self._rows[place + 1 :])
        self._cells[place] = [self._cell(column, row) for column in self._columns]
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self._columns) - 1))

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows, in their order."""
        return self._rows

    def row(self, index: Index) -> R | None:
        """The row behind an index."""
        return self._rows[index.row()] if index.isValid() else None

    def index_of(self, key: Hashable) -> QModelIndex:
        """The first cell of the row with this key; an invalid index where there is none."""
        place = self._places.get(key)
        return QModelIndex() if place is None else self.index(place, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, QAbstractTableModel.CheckIndexOption.IndexIsValid):
            return None
        return self._cells[index.row()][index.column()].get(role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self._columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(self._columns[section].align | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _cell(self, column: TableColumn[R], row: R) -> dict[int, Any]:
        return {
            Qt.ItemDataRole.DisplayRole: column.text(row),
            Qt.ItemDataRole.TextAlignmentRole: int(column.align | Qt.AlignmentFlag.AlignVCenter),
            KEY_ROLE: self._key(row),
            **(column.roles(row) if column.roles else {}),
        }


def show_rows(view: QAbstractItemView, model: TableModel[R], rows: Sequence[R]) -> None:
    """Give ``model`` new rows; ``view`` stays on the row it was on, found by its key, and where it had scrolled to."""
    key = view.currentIndex().data(KEY_ROLE)
    scrolled = view.verticalScrollBar().value()
    model.set_rows(rows)
    place = model.index_of(key)
    if place.isValid():
        view.setCurrentIndex(place)
    view.verticalScrollBar().setValue(scrolled)
