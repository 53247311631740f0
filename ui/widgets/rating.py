"""The badge of a rating: shape, word and tint, the same on screen and on paper, never the tint alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.plans.queries import LevelRow
from reports import palette
from reports.document import Ink
from reports.levels import level_ink, level_text
from ui import theme

_SIDE, _TOP = 10, 4


def paint_badge(painter: QPainter, rect: QRectF, text: str, ink: Ink) -> None:
    """Paint a badge that fills ``rect`` in the painter's font: for delegates of lists."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours = theme.tokens()
    is_blank = ink is Ink.BLANK
    pen = QPen(QColor(colours.line_strong if is_blank else palette.RULE_STRONG), 1)
    if is_blank:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush if is_blank else QColor(palette.colour(ink)))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    painter.setPen(QColor(colours.muted if is_blank else palette.on(ink)))
    shown = QFontMetricsF(painter.font()).elidedText(
        text, Qt.TextElideMode.ElideRight, rect.width() - _SIDE, Qt.TextFlag.TextSingleLine.value
    )
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


class RatingBadge(QWidget):
    """The rating of an outcome: 「■■□□ 進行中」 on its tint, 「未確認」 in a dashed frame where there is none."""

    def __init__(
        self, level: LevelRow | None = None, levels: Sequence[LevelRow] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_level(level, levels)

    def set_level(self, level: LevelRow | None, levels: Sequence[LevelRow]) -> None:
        """Show a level of the scale ``levels``, or that there is no rating yet."""
        self.text, self._ink = level_text(level), level_ink(level, levels)
        self.setAccessibleName(f"評価：{self.text}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        width = metrics.horizontalAdvance(self.text) + _SIDE * 2
        return QSize(round(width), round(metrics.height()) + _TOP * 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(painter, QRectF(self.rect()), self.text, self._ink)
        painter.end()
