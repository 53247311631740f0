"""The list of a year's meetings on the screen: two lines to a meeting."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.meetings.year_plan import PlanLine
from ui.table_model import KEY_ROLE, TableColumn, TableModel

_AIR = 16
"""Over and under the text of a row, together, in pixels."""

_SIDES = 24


def plan_model(parent: QWidget) -> TableModel[PlanLine]:
    """The model of the list."""
    return TableModel(
        (
            TableColumn("日時", lambda line: line.day),
            TableColumn("会議", lambda line: line.what, roles=_tips),
            TableColumn("状態", lambda line: line.state),
        ),
        lambda line: line.id,
        parent,
    )


def _tips(line: PlanLine) -> dict[int, str]:
    return {Qt.ItemDataRole.AccessibleTextRole: " ".join((line.day, line.what, line.state))}


class PlanView(QTableView):
    """Shows one meeting per row; its name takes the room that the others leave."""

    chosen = Signal(int)
    """The id of the meeting under the cursor."""

    open_wanted = Signal()

    def __init__(self, model: TableModel[PlanLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setAccessibleName("会議の一覧")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self._fit()

    def select(self, meeting_id: int | None) -> None:
        """Put the cursor on a meeting, or on none."""
        index = self._model.index_of(meeting_id)
        flags = QItemSelectionModel.SelectionFlag
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)
        else:
            self.selectionModel().clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.open_wanted.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() * 2 + _AIR)
        first = metrics.horizontalAdvance("12月30日(水)") + _SIDES
        last = metrics.horizontalAdvance("返信 120/120") + _SIDES
        self.setColumnWidth(0, first)
        self.setColumnWidth(2, last)
        least = metrics.horizontalAdvance("あ") * 8
        self.setColumnWidth(1, max(least, self.viewport().width() - first - last))

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        found = current.data(KEY_ROLE)
        if found is not None:
            self.chosen.emit(found)
