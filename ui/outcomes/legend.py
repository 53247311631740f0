"""What the marks in the matrix mean, in words."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.outcomes.matrix_delegate import COPY, NO_EVIDENCE, UNSAVED, paint_mark, paint_unsaved
from ui.widgets.flow import FlowLayout
from ui.widgets.text import PlainLabel, WrapLabel


class _Mark(QWidget):
    def __init__(self, mark: str) -> None:
        super().__init__()
        self._mark = mark
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(17, 17)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._mark == UNSAVED:
            paint_unsaved(painter, QPointF(self.rect().center()))
        else:
            paint_mark(painter, QRect(0, 0, 15, 15), self._mark)


class Legend(QWidget):
    """The marks with their words, and where the hidden years are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 0)
        column.setSpacing(4)
        self._years = WrapLabel("一覧の幅を広げると、ほかの年度も表示されます。", "note")
        self._years.hide()
        column.addWidget(self._years)
        marks = FlowLayout(spacing=14)
        for mark, word in ((NO_EVIDENCE, "根拠なし"), (COPY, "見直し前の写し"), (UNSAVED, "未保存の入力")):
            marks.addWidget(_entry(mark, word))
        column.addLayout(marks)

    def tell_hidden_years(self, are_hidden: bool) -> None:
        """Say how the years come back for which there is no room."""
        self._years.setVisible(are_hidden)


def _entry(mark: str, word: str) -> QWidget:
    entry = QWidget()
    row = QHBoxLayout(entry)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(_Mark(mark))
    row.addWidget(PlainLabel(word, "note"))
    return entry
