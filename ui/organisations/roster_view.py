"""The table of organisations on the screen: columns to choose, heads that sort, rows as high as the text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.organisations.roster_columns import COLUMNS, USUAL_COLUMNS
from ui.organisations.roster_model import RosterModel

_AIR = 14
"""Over and under the text of a row, together, in pixels."""


class RosterView(QTableView):
    """Shows one organisation per row; the first column takes the room that the others leave."""

    chosen = Signal(int)
    """The id of the organisation under the cursor."""

    edit_wanted = Signal()
    columns_changed = Signal()

    def __init__(self, model: RosterModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setAccessibleName("会員団体の一覧")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.sortIndicatorChanged.connect(self._sort)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.show_columns(USUAL_COLUMNS)
        self._fit_text()

    @property
    def current(self) -> int | None:
        """The id of the organisation under the cursor."""
        return self._model.id_at(self.currentIndex())

    def select(self, organisation_id: int | None) -> None:
        """Put the cursor on an organisation, or on none."""
        index = self._model.index_of(organisation_id)
        if index.isValid():
            self.selectionModel().setCurrentIndex(
                index,
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
            self.scrollTo(index)
        else:
            self.selectionModel().clear()

    @property
    def columns(self) -> tuple[str, ...]:
        """The keys of the columns that are shown."""
        return tuple(column.key for place, column in enumerate(COLUMNS) if not self.isColumnHidden(place))

    def show_columns(self, keys: Sequence[str]) -> None:
        """Show these columns; the first one always."""
        for place, column in enumerate(COLUMNS):
            self.setColumnHidden(place, place > 0 and column.key not in keys)
        self._fit_names()
        self.columns_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.edit_wanted.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_names()

    def _fit_text(self) -> None:
        height = self.fontMetrics().height()
        self.verticalHeader().setDefaultSectionSize(height + _AIR)
        for place, column in enumerate(COLUMNS[1:], 1):
            self.setColumnWidth(place, (column.width + 1) * self._em)
        self._fit_names()

    def _fit_names(self) -> None:
        others = sum(
            self.columnWidth(place) for place in range(1, len(COLUMNS)) if not self.isColumnHidden(place)
        )
        self.setColumnWidth(0, max(COLUMNS[0].width * self._em, self.viewport().width() - others))

    @property
    def _em(self) -> int:
        """The width of a character."""
        return self.fontMetrics().horizontalAdvance("あ")

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        kept = self.current
        self._model.sort(column, order)
        self.select(kept)

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        found = self._model.id_at(current)
        if found is None:
            return
        if not self.selectionModel().isSelected(current):
            # A list that gets the keys without a cursor puts it on its first row, and marks nothing.
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().select(current, flags)
        self.chosen.emit(found)
