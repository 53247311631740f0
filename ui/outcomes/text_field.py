"""A titled field for longer text that grows with what is typed, counts it, and says what is wrong beneath it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.theme import set_look
from ui.widgets.growing_text import GrowingText

_SHOW_COUNT_FROM = 100


class TextField(QWidget):
    """A title, the number of characters once there are many, the text, and a message where something is wrong."""

    edited = Signal()

    def __init__(self, title: str, hint: str, fewest: int = 2, most: int = 14) -> None:
        super().__init__()
        self.editor = GrowingText(fewest, most)
        self.editor.setAccessibleName(title)
        self.editor.setPlaceholderText(hint)
        self._count = QLabel()
        set_look(self._count, "muted")
        head = QHBoxLayout()
        label = QLabel(title)
        set_look(label, "field")
        label.setBuddy(self.editor)
        head.addWidget(label)
        head.addStretch()
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.editor)
        self.setFocusProxy(self.editor)
        self.editor.textChanged.connect(self._changed)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.editor.toPlainText()

    def show_text(self, text: str) -> None:
        """Show a text without announcing it; the cursor stays where the text is the same."""
        if text != self.editor.toPlainText():
            self.editor.blockSignals(True)
            self.editor.setPlainText(text)
            self.editor.blockSignals(False)
        self._tell_count()

    def _changed(self) -> None:
        self._tell_count()
        self.edited.emit()

    def _tell_count(self) -> None:
        # characterCount counts the end of the document too; it costs nothing, unlike taking the text.
        count = self.editor.document().characterCount() - 1
        self._count.setText(f"{count:,}文字" if count >= _SHOW_COUNT_FROM else "")
