"""A dialog that is as high as what it asks, and scrolls where the screen is smaller; its buttons stay in sight."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.button import Button
from ui.widgets.containers import ScrollColumn
from ui.widgets.text import WrapLabel

SCREEN_SHARE = 0.9
"""A dialog takes so much of the screen, at most."""

_AIR = 24


class RoomyDialog(QDialog):
    """Put what it asks into ``column``. ``least`` is its width in heights of the text, ``take`` the button of the next step."""

    def __init__(
        self, title: str, take: Button, stop: str = "やめる", least: int = 40, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._least = least
        self.take = take
        self.take.setDefault(True)
        self.problem = WrapLabel("", "problem")
        self.problem.hide()
        self._scroll = ScrollColumn(width=None)
        self.column = self._scroll.column
        self.column.setSpacing(12)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(Button(stop, self.reject))
        buttons.addWidget(take)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(_AIR, 0, _AIR, 20)
        self._foot.setSpacing(12)
        self._foot.addWidget(self.problem)
        self._foot.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._foot)

    def sizeHint(self) -> QSize:
        screen = self.screen().availableSize() * SCREEN_SHARE
        inside = self._scroll.widget() or self
        width = min(self.fontMetrics().height() * self._least, screen.width())
        layout = inside.layout()
        wanted = layout.totalHeightForWidth(width) if layout is not None else inside.sizeHint().height()
        height = max(wanted, inside.sizeHint().height()) + self._foot.sizeHint().height()
        return QSize(width, min(height, screen.height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 14, self.fontMetrics().height() * 12)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # What flows has found its lines only now.
        self.resize(self.sizeHint())

    def tell_problem(self, words: str) -> None:
        """Say what is wrong; nothing where all is well."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
