"""The field at the door: a few kana, then Enter or the number of a row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.icons import icon


class ReceptionField(QLineEdit):
    """What is being composed narrows the list already; the input method is not disturbed by it."""

    searched = Signal(str)
    """The text, with what the input method is composing."""

    taken = Signal()
    stepped = Signal(int)
    undone = Signal()
    added = Signal()
    replaced = Signal()
    left_early = Signal()
    enlarged = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("お名前・団体名のかな")
        self.setAccessibleName("受付する人のかな")
        self.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(self.searched)
        self._keys: dict[str, Callable[[], object]] = {
            "Ctrl+Z": self.undone.emit,
            "Ctrl+N": self.added.emit,
            "Ctrl+R": self.replaced.emit,
            "Ctrl+L": self.left_early.emit,
            "F11": self.enlarged.emit,
        }

    def event(self, event: QEvent) -> bool:
        # The keys of the door are not the window's while the cursor stands here.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        do = self._own(event)
        if do is not None:
            do()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Backspace and not self.text():
            self.undone.emit()
        elif key == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.preeditString():
            self.searched.emit(self.text() + event.preeditString())

    def _own(self, event: QKeyEvent) -> Callable[[], object] | None:
        return self._keys.get(QKeySequence(event.modifiers().value | event.key()).toString())

    def _escape(self) -> None:
        if self.text():
            self.clear()
        else:
            self.escaped.emit()
