"""A table of a paper on the screen: the same heads, rows and figures, without its own counting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.calendar import DateStyle
from reports.document import Align, Row, RowKind, Table
from reports.renderers.values import align_of, shown
from ui.table_model import Index

_AIR, _SIDES = 12, 20
"""Over and under the text of a row, and beside it, together, in pixels."""

_LEAST = 8
"""How many characters of the widest column are seen at least."""

_ALIGN = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.CENTRE: Qt.AlignmentFlag.AlignHCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
}


class _Model(QAbstractTableModel):
    """The cells of a table, worked out when it is shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.table = Table((), ())
        self._tips: tuple[str, ...] = ()
        self._cells: list[list[dict[int, Any]]] = []

    def show_table(self, table: Table, style: DateStyle, tips: Sequence[str]) -> None:
        self.beginResetModel()
        self.table, self._tips = table, tuple(tips)
        self._cells = [self._row(row, style) for row in table.rows]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, QAbstractTableModel.CheckIndexOption.IndexIsValid):
            return None
        return self._cells[index.row()][index.column()].get(role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings can be read, and the cursor passes over them."""
        is_body = index.isValid() and self.table.rows[index.row()].kind is RowKind.BODY
        return super().flags(index) if is_body else Qt.ItemFlag.ItemIsEnabled

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.table.columns):
            return None
        column = self.table.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(section) or None
        return None

    def _tip(self, section: int) -> str:
        return self._tips[section] if section < len(self._tips) else ""

    def _row(self, row: Row, style: DateStyle) -> list[dict[int, Any]]:
        cells: list[dict[int, Any]] = []
        for cell in row.cells:
            place = len(cells)
            column = self.table.columns[place]
            text = shown(cell.value, style)
            said = "　".join(part for part in (self._tip(place), text) if part)
            roles: dict[int, Any] = {
                Qt.ItemDataRole.DisplayRole: text,
                Qt.ItemDataRole.TextAlignmentRole: int(
                    _ALIGN[align_of(cell, column)] | Qt.AlignmentFlag.AlignVCenter
                ),
                Qt.ItemDataRole.ToolTipRole: said or None,
                Qt.ItemDataRole.AccessibleTextRole: said,
            }
            if row.kind is not RowKind.BODY or cell.bold:
                font = QFont()
                font.setBold(True)
                roles[Qt.ItemDataRole.FontRole] = font
            cells += [roles, *({} for _ in range(cell.span - 1))]
        return cells


class PaperTable(QTableView):
    """Shows a ``Table`` of a report; the widest of its columns takes the room that the others leave."""

    opened = Signal(int, int)
    """The places of the row and the column on which somebody pressed Enter or clicked twice."""

    def __init__(self, name: str, by_cell: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model(self)
        self.setModel(self._model)
        self.setAccessibleName(name)
        behaviour = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behaviour.SelectItems if by_cell else behaviour.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(by_cell)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(8)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self._open)

    @property
    def table(self) -> Table:
        """The table that is shown."""
        return self._model.table

    def show_table(
        self, table: Table, style: DateStyle = DateStyle.WAREKI_SHORT, tips: Sequence[str] = ()
    ) -> None:
        """Show ``table``, its days in ``style``; ``tips`` say what stands under each head. The cursor stays at its place."""
        place, scrolled = self.currentIndex(), self.verticalScrollBar().value()
        row, column = place.row(), place.column()
        self.clearSpans()
        self._model.show_table(table, style, tips)
        for number, one in enumerate(table.rows):
            start = 0
            for cell in one.cells:
                if cell.span > 1:
                    self.setSpan(number, start, 1, cell.span)
                start += cell.span
        self._fit()
        if self._model.hasIndex(row, column):
            self.setCurrentIndex(self._model.index(row, column))
        self.verticalScrollBar().setValue(scrolled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _open(self, index: QModelIndex) -> None:
        if self.table.rows[index.row()].kind is RowKind.BODY:
            self.opened.emit(index.row(), index.column())

    def _fit(self) -> None:
        columns = self.table.columns
        if not columns:
            return
        head, room = self.horizontalHeader(), self.viewport().width()
        wide = max(range(len(columns)), key=lambda place: columns[place].width)
        others = 0
        for place in range(len(columns)):
            if place != wide:
                wanted = max(self.sizeHintForColumn(place), head.sectionSizeHint(place)) + _SIDES // 2
                self.setColumnWidth(place, min(wanted, room * 2 // 5))
                others += self.columnWidth(place)
        least = self.fontMetrics().horizontalAdvance("あ") * _LEAST + _SIDES
        width = max(least, room - others)
        # Where a text only just fits, Qt reckons one line and then cuts its end; a little narrower it reckons two.
        self.setColumnWidth(wide, width - _AIR)
        line = self.fontMetrics().height()
        for place in range(self._model.rowCount()):
            self.setRowHeight(place, max(line, self.sizeHintForRow(place)) + _AIR)
        self.setColumnWidth(wide, width)
