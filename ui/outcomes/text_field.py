"""A titled field for longer text that grows with what is typed, counts it, and says what is wrong beneath it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import set_look

_SHOW_COUNT_FROM = 100


class GrowingText(QPlainTextEdit):
    """Grows from ``fewest`` to ``most`` lines and scrolls from there; Tab moves on."""

    def __init__(self, fewest: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fewest, self._most = fewest, most
        self._is_fitting = False
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        if self._is_fitting:
            return
        self._is_fitting = True
        # A new height or scroll bar may break the lines anew; asked again from inside, Qt would keep one half of each answer.
        for _ in range(3):
            height = self._fitting_height()
            if height == self.minimumHeight() == self.maximumHeight():
                break
            self.setFixedHeight(height)
        self._is_fitting = False

    def _fitting_height(self) -> int:
        # The layout of a plain text document gives its height in lines.
        wanted = round(self.document().documentLayout().documentSize().height())
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if wanted > self._most else policy.ScrollBarAlwaysOff
        )
        lines = max(self._fewest, min(self._most, wanted))
        margins = 2 * (self.document().documentMargin() + self.frameWidth()) + 12
        return round(lines * self.fontMetrics().lineSpacing() + margins)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


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
