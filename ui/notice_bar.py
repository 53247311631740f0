"""The bar at the foot of the window, where it says what was done and what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.icons import pixmap
from ui.widgets.button import Button
from ui.widgets.text import WrapLabel

if TYPE_CHECKING:
    from ui.desk import Notice

SHOWN_MS = 12_000
"""How long something done is told; a problem stays until it is dismissed."""

_MOST_PROBLEMS = 3


class NoticeRow(QFrame):
    """One notice: its shape, the message, the advice, 元に戻す where that is possible, ×."""

    undo_wanted = Signal()

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_look(self, "notice-problem" if notice.is_problem else "notice")
        self.notice = notice
        picture = QLabel()
        name, colour = ("problem", "problem") if notice.is_problem else ("done", "done")
        picture.setPixmap(pixmap(name, 20, colour, self.devicePixelRatioF()))
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
        self.hide()
        self.setParent(None)
        self.deleteLater()

    def _undo(self) -> None:
        self.undo_wanted.emit()
        self.dismiss()


class NoticeBar(QWidget):
    """The newest thing done, and the problems that have not been dismissed."""

    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SHOWN_MS)
        self._rest.timeout.connect(self.clear_done)

    def rows(self) -> list[NoticeRow]:
        """What stands on the bar, the oldest first."""
        return self.findChildren(NoticeRow, options=Qt.FindChildOption.FindDirectChildrenOnly)

    def tell(self, notice: Notice) -> None:
        """Show a notice; the same problem told twice stands there once."""
        self.clear_done()
        for row in self.rows():
            if row.notice == notice:
                row.dismiss()
        problems = self.rows()
        if len(problems) >= _MOST_PROBLEMS:
            problems[0].dismiss()
        row = NoticeRow(notice, self)
        row.undo_wanted.connect(self.undo_wanted)
        self._column.addWidget(row)
        if not notice.is_problem:
            self._rest.start()

    def clear_done(self) -> None:
        """Take away what only told that something was done."""
        for row in self.rows():
            if not row.notice.is_problem:
                row.dismiss()

    def clear(self) -> None:
        """Take everything away."""
        for row in self.rows():
            row.dismiss()
