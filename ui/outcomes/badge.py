"""A level of the scale beside a text: its tint, its symbol and its word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.plans.queries import LevelRow
from reports.palette import colour, on
from ui.outcomes.matrix_rows import ink_of
from ui.theme import tokens


class RatingBadge(QWidget):
    """Shows one level, or 未確認."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level: LevelRow | None = None
        self._levels: tuple[LevelRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_level(None, ())

    def show_level(self, level: LevelRow | None, levels: Sequence[LevelRow]) -> None:
        """Show a level of this scale."""
        self._level, self._levels = level, tuple(levels)
        self.setAccessibleName(f"評価：{self.words}")
        self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        """What the badge says."""
        return f"{self._level.symbol} {self._level.label}".strip() if self._level else "未確認"

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.words) + 18, metrics.lineSpacing() + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self._level is None:
            painter.setPen(QPen(QColor(look.muted), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(QColor(look.muted))
        else:
            ink = ink_of(self._level, self._levels)
            painter.setPen(QColor(0, 0, 0, 60))
            painter.setBrush(QColor(colour(ink)))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(QColor(on(ink)))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.words)
