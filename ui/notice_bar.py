"""The bar at the foot of the window, where it says what was done and what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from ui.desk import Notice
    from ui.notice_row import NoticeRow

SHOWN_MS = 12_000
"""How long something done is told; a problem stays until it is dismissed."""

_MOST_PROBLEMS = 3


class NoticeBar(QWidget):
    """The newest thing done, and the problems that have not been dismissed."""

    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._rows: list[NoticeRow] = []
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SHOWN_MS)
        self._rest.timeout.connect(self.clear_done)

    def rows(self) -> list[NoticeRow]:
        """What stands on the bar, the oldest first."""
        return list(self._rows)

    def tell(self, notice: Notice) -> None:
        """Show a notice; the same problem told twice stands there once."""
        from ui.notice_row import NoticeRow

        self.clear_done()
        for row in self.rows():
            is_settled = row.notice.about_input and notice.can_undo
            if row.notice == notice or is_settled:
                row.dismiss()
        if len(self._rows) >= _MOST_PROBLEMS:
            self._rows[0].dismiss()
        row = NoticeRow(notice, self)
        row.undo_wanted.connect(self.undo_wanted)
        row.dismissed.connect(self._forget)
        self._rows.append(row)
        self._column.addWidget(row)
        if not notice.stays:
            self._rest.start()

    def clear_done(self) -> None:
        """Take away what only told that something was done, or pointed to a choice that has passed."""
        for row in self.rows():
            if not row.notice.stays:
                row.dismiss()

    def clear(self) -> None:
        """Take everything away."""
        for row in self.rows():
            row.dismiss()

    def _forget(self, row: NoticeRow) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
