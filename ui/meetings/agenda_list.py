"""The items of an agenda on the screen, moved by the mouse or by keys."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QSizePolicy


class AgendaList(QListWidget):
    """As high as its items. Alt+↑↓ and the mouse move an item, Enter goes to its fields, Delete takes it away."""

    moved_up = Signal()
    moved_down = Signal()
    edit_wanted = Signal()
    remove_wanted = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_locked = False
        self.setAccessibleName("次第の議題の一覧")
        self.setWordWrap(True)
        # Lines find their height anew where the list becomes narrower.
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.model().rowsMoved.connect(self._moved)
        for signal in (self.model().rowsInserted, self.model().rowsRemoved, self.model().modelReset):
            signal.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        rows = max(2, min(self.count(), 8))
        return QSize(line * 16, rows * (2 * line + 14) + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 8, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Up:
            self.moved_up.emit()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Down:
            self.moved_down.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _moved(self) -> None:
        self.dropped.emit()
