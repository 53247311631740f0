"""One line of the bar at the foot of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui import theme
from ui.icons import pixmap
from ui.widgets.button import Button
from ui.widgets.text import WrapLabel

if TYPE_CHECKING:
    from ui.desk import Notice


class NoticeRow(QFrame):
    """One notice: its shape, the message, the advice, 元に戻す where that is possible, ×."""

    undo_wanted = Signal()
    dismissed = Signal(object)
    """The row itself; the bar takes it away."""

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_look(self, "notice-problem" if notice.is_problem else "notice")
        self.notice = notice
        picture = QLabel()
        name, colour = ("problem", "problem") if notice.is_problem else ("done", "done")
        picture.setPixmap(pixmap(name, self.fontMetrics().height() + 6, colour, self.devicePixelRatioF()))
        self.text = WrapLabel(f"{notice.message}\n{notice.advice}".strip(), selectable=True)
        self.undo = Button("元に戻す", self._undo, icon_name="undo")
        self.undo.setVisible(notice.can_undo)
        self.close_button = Button("", self.dismiss, "quiet", "close", name="この知らせを閉じる")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(picture)
        row.addWidget(self.text, 1)
        row.addWidget(self.undo)
        row.addWidget(self.close_button)
        self.setAccessibleName(self.text.text())

    def dismiss(self) -> None:
        """Take the notice away."""
        self.dismissed.emit(self)

    def _undo(self) -> None:
        self.undo_wanted.emit()
        self.dismiss()
