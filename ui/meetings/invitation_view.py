"""The list of those asked on the screen, and the field that leads into it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.meetings.queries import AttendanceRow
from app.text import fold
from db.vocabulary import AttendanceAnswer
from ui.meetings.states import answer_words
from ui.table_model import TableColumn, TableModel
from ui.widgets.fields import FilterField
from ui.widgets.text import more_height

_AIR = 12
_FEWEST = 15
"""Where fewer characters of an organisation's name have room, its person stands under it, so that both can be read."""
_BOTH, _PLACE, _PERSON, _ANSWER = range(4)

ANSWERS = tuple(AttendanceAnswer)
"""In the order of the digits 1 to 5."""


class NameField(FilterField):
    """Enter takes the first line of the list at once. Where nothing is being typed, Ctrl+Z takes back the last answer."""

    taken = Signal()

    def event(self, event: QEvent) -> bool:
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and self.selectedText() == self.text() and _is_undo(event):
            # The field would take it for its own text.
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)


def _is_undo(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)


class AttendanceView(QTableView):
    """One person to a line; the digits 1 to 5 answer, Enter changes, Esc goes back to the field. Several can be chosen."""

    answered = Signal(object)
    """The AttendanceAnswer of a digit."""

    edit_wanted = Signal()
    left = Signal()

    def __init__(self, model: TableModel[AttendanceRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName("招いた団体と返信の一覧")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.setMinimumHeight(self.fontMetrics().height() * 7)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (_BOTH, _PLACE):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._opened)
        model.modelReset.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = sum(self.sizeHintForColumn(column) for column in (_PERSON, _ANSWER))
        wanted = _FEWEST * self.fontMetrics().horizontalAdvance("あ")
        is_narrow = self.viewport().width() - beside < wanted
        self._give_height(is_narrow)
        if self.isColumnHidden(_PLACE) == is_narrow and self.isColumnHidden(_BOTH) != is_narrow:
            return
        self.setColumnHidden(_BOTH, not is_narrow)
        for column in (_PLACE, _PERSON):
            self.setColumnHidden(column, is_narrow)

    def _give_height(self, is_narrow: bool) -> None:
        line = self.fontMetrics().height()
        high = (2 if is_narrow else 1) * line + _AIR
        self.verticalHeader().setDefaultSectionSize(high)
        for place in range(self.model().rowCount()):
            more = more_height(self.model().index(place, _BOTH).data(), line) if is_narrow else 0
            if self.rowHeight(place) != high + more:
                self.setRowHeight(place, high + more)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # With the input method on, a digit comes in full width.
        place = "12345".find(fold(event.text())) if event.text() else -1
        if place >= 0:
            self.answered.emit(ANSWERS[place])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _opened(self) -> None:
        self.edit_wanted.emit()


def attendance_model(parent: QWidget) -> TableModel[AttendanceRow]:
    """The model of the list."""
    return TableModel(
        (
            TableColumn("団体と氏名", lambda row: f"{row.belongs_to}\n{person_words(row)}", roles=_whole),
            TableColumn("団体", lambda row: row.belongs_to, roles=_whole),
            TableColumn("氏名", person_words),
            TableColumn("返信", lambda row: answer_words(row.answer)),
        ),
        lambda row: row.id,
        parent,
    )


def _whole(row: AttendanceRow) -> dict[int, Any]:
    """What the room of a line may cut off."""
    parts = (row.belongs_to, person_words(row), row.note)
    return {Qt.ItemDataRole.ToolTipRole: "\n".join(part for part in parts if part)}


def person_words(row: AttendanceRow) -> str:
    """Who comes, and as what."""
    notes = [row.position_title, "オブザーバー" if row.is_observer else ""]
    note = "・".join(part for part in notes if part)
    return f"{row.name or '（未定）'}{f'（{note}）' if note else ''}"
