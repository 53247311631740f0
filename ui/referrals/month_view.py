"""The table of a month: counts are typed into it as into a spreadsheet, Enter goes down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.text import search_key
from ui.referrals.month_model import COUNT, NOTE, RIGHT, TO, MonthModel, Shown
from ui.referrals.typed import tidy
from ui.table_model import Index
from ui.widgets.fields import FoldingLineEdit

_AIR = 12
_BEGUN = "begun"
"""The property of a line in which stands what it began with."""

_LINES = 7
"""How many lines are in sight at least."""

_LEAST_NAME = 12
"""With room for fewer characters of a name, both stand in one column over as many lines as they need."""

_EDIT = Qt.ItemDataRole.EditRole


class MonthView(QTableView):
    """A digit begins to write, Enter goes on to the next count, Tab to the note, Delete empties."""

    def __init__(self, model: MonthModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._came_by_tab = self._is_fitting = False
        self.months = model
        self.setModel(model)
        self.setItemDelegate(_Writing(self))
        self.setAccessibleName("この月のつなぎの表")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_rows(self, rows: Sequence[Shown]) -> None:
        """Show these lines; the cursor stays on its pair and its column."""
        key, column = self._key(), max(self.currentIndex().column(), 0)
        scrolled = self.verticalScrollBar().value()
        self.months.set_rows(rows)
        if self.months.pairs_up:
            self.resizeRowsToContents()
        if key is not None and self.months.index_of(key).isValid():
            self.go_to(key, column)
        self._narrow()
        self.verticalScrollBar().setValue(scrolled)

    def go_to(self, pair: object, column: int = COUNT) -> None:
        """Put the cursor on a pair."""
        place = self.months.index_of(pair)
        if place.isValid():
            self.setCurrentIndex(place.siblingAtColumn(column))
            self.scrollTo(self.currentIndex())

    def filter(self, words: str) -> None:
        """Show only the pairs in which each of these words stands."""
        self._words = tuple(search_key(words).split())
        self._narrow()

    def take_focus(self) -> None:
        """Put the cursor on the first count that can be seen, unless it is on one."""
        if self._key() is None or self.currentIndex().column() not in (COUNT, NOTE):
            row = next((place for place in range(len(self.months.rows)) if not self.isRowHidden(place)), None)
            if row is not None:
                self.setCurrentIndex(self.months.index(row, COUNT))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self._came_by_tab = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # While a cell is written in, its line closes by itself, and then goes down.
            if self.state() is not QAbstractItemView.State.EditingState:
                self._go_down()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and index.column() in (COUNT, NOTE):
            self.months.setData(index, "")
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        text, was_writing = event.commitString(), self.state() is QAbstractItemView.State.EditingState
        super().inputMethodEvent(event)
        line = self.indexWidget(self.currentIndex())
        if not text or was_writing or not isinstance(line, QLineEdit):
            return
        if line.text() == line.property(_BEGUN):
            # Qt opens the line and drops what came without having been composed before.
            line.selectAll()
            line.insert(text)
            line.setFocus()
            self.commitData(line)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        hints = QAbstractItemDelegate.EndEditHint
        column = self.currentIndex().column()
        if hint is hints.RevertModelCache:
            self.months.setData(self.currentIndex(), editor.property(_BEGUN))
        super().closeEditor(
            editor, hints.RevertModelCache if hint is hints.RevertModelCache else hints.NoHint
        )
        if hint is hints.SubmitModelCache:
            # As in a spreadsheet: who came to the note by Tab goes on with the next count.
            self._go_down(COUNT if self._came_by_tab else None)
            self._came_by_tab = False
        elif hint in (hints.EditNextItem, hints.EditPreviousItem):
            if column == NOTE and hint is hints.EditNextItem:
                self._go_down(COUNT)
            else:
                self._came_by_tab = hint is hints.EditNextItem
                self._move_to(NOTE if self._came_by_tab else COUNT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        # What is done here may bring the scroll bar or take it away, and so call for it again in its midst.
        if not self._is_fitting:
            self._is_fitting = True
            width = self.viewport().width()
            self._share_room()
            if self.viewport().width() != width:
                self._share_room()
            self._is_fitting = False

    def _share_room(self) -> None:
        """The names share what the counts leave."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + _AIR)
        before = metrics.horizontalAdvance("前回") + 24
        # What cannot be read as a number stands there with its ！.
        count = metrics.horizontalAdvance("！-99") + 24
        rest = max(0, self.viewport().width() - count - before)
        name = rest * 2 // 5
        is_narrow = name < metrics.horizontalAdvance("あ") * _LEAST_NAME
        if is_narrow:
            note = min(before, rest // 3)
            widths = (rest - note, 0, count, before, note)
        else:
            widths = (name, name, count, before, rest - 2 * name)
        self._pair_up(is_narrow)
        self.setMinimumHeight(metrics.height() * (_LINES * 2 if is_narrow else _LINES))
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        if is_narrow:
            self.resizeRowsToContents()

    def _pair_up(self, is_narrow: bool) -> None:
        if is_narrow == self.months.pairs_up:
            return
        pair, column = self._key(), self.currentIndex().column()
        self.months.pair_up(is_narrow)
        self.setColumnHidden(TO, is_narrow)
        self.setWordWrap(is_narrow)
        if not is_narrow:
            for place in range(self.months.rowCount()):
                self.setRowHeight(place, self.verticalHeader().defaultSectionSize())
        self._narrow()
        self.go_to(pair, column)

    def _go_down(self, column: int | None = None) -> None:
        """To the next line that can be seen; from the last one nowhere."""
        index = self.currentIndex()
        if not index.isValid():
            return
        wanted = index.column() if column is None else column
        for place in range(index.row() + 1, self.months.rowCount()):
            if not self.isRowHidden(place):
                self.setCurrentIndex(self.months.index(place, wanted))
                return

    def _move_to(self, column: int) -> None:
        self.setCurrentIndex(self.currentIndex().siblingAtColumn(column))

    def _narrow(self) -> None:
        for place, row in enumerate(self.months.rows):
            self.setRowHidden(place, not all(word in row.keys for word in self._words))

    def _key(self) -> object:
        row = self.months.row(self.currentIndex())
        return None if row is None else row.line.pair


class _Writing(QStyledItemDelegate):
    """A line in the cell; digits of any width. What is typed counts at once, so that saving never leaves out the last number."""

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        line = FoldingLineEdit(parent=parent) if index.column() == COUNT else QLineEdit(parent)
        line.setFrame(False)
        line.setAccessibleName("件数" if index.column() == COUNT else "備考")
        if index.column() == COUNT:
            line.setAlignment(RIGHT)
        line.setProperty(_BEGUN, index.data(_EDIT))
        line.textEdited.connect(self._typed)
        return line

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, QLineEdit) and tidy(editor.text()) != index.data(_EDIT):
            editor.setText(index.data(_EDIT))

    def _typed(self) -> None:
        line = self.sender()
        if isinstance(line, QWidget):
            self.commitData.emit(line)
