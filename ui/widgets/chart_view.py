"""A chart on the screen: the same shapes that go on paper, painted with Qt."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from reports import palette
from reports.charts import draw
from reports.document import Chart, Ink
from reports.scene import Anchor, Box, Label, Line, Polygon, Scene, Shape
from ui import fonts, theme

_SCREEN = 96 / 72
"""Pixels in a point at 100 percent."""

_FONT_PIXELS = 100


class ChartView(QWidget):
    """Shows a chart at the width it is given, as high as the chart then is; its words are read to those who cannot see it."""

    def __init__(self, chart: Chart | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(280)
        self._chart: Chart | None = None
        self._scenes: dict[tuple[int, float], Scene] = {}
        if chart is not None:
            self.set_chart(chart)

    def set_chart(self, chart: Chart) -> None:
        """Show this chart."""
        self._chart = chart
        self._scenes.clear()
        self.setAccessibleName(chart.title or "グラフ")
        self.setAccessibleDescription(chart.summary)
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        scene = self._scene(width)
        return round(scene.height * self._scale()) + 1 if scene else 0

    def sizeHint(self) -> QSize:
        return QSize(560, self.heightForWidth(560))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), 120)

    def paintEvent(self, _event: QPaintEvent) -> None:
        scene = self._scene(self.width())
        if scene is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._scale(), self._scale())
        brush = _Brush(painter)
        for shape in scene.shapes:
            brush.paint(shape)
        painter.end()

    def _scale(self) -> float:
        """Pixels in a point of the chart, grown with the text size."""
        return _SCREEN * max(self.font().pointSizeF(), 1.0) / fonts.BASE_POINTS

    def _scene(self, width: int) -> Scene | None:
        if self._chart is None:
            return None
        key = (width, self._scale())
        if key not in self._scenes:
            self._scenes = {key: draw(self._chart, width / self._scale(), None, _measure)}
        return self._scenes[key]


@lru_cache(2)
def _font(bold: bool) -> QFont:
    """The font of labels, 100 pixels high: what is drawn and measured is scaled from it, whatever the screen's resolution."""
    font = QFont()
    font.setFamilies(list(fonts.FAMILIES))
    font.setPixelSize(_FONT_PIXELS)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _measure(text: str, size: float, bold: bool) -> float:
    return QFontMetricsF(_font(bold)).horizontalAdvance(text) * size / _FONT_PIXELS


class _Brush:
    """Paints the shapes of a scene. Scenes are drawn for white paper: what is ink on the bare paper takes the colours of the theme;
    tints, and the text upon them, stay as they are."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        self._tinted: list[QRectF] = []
        colours = theme.tokens()
        self._swapped = {
            palette.colour(Ink.TEXT): colours.text,
            palette.colour(Ink.MUTED): colours.muted,
            palette.colour(Ink.ACCENT): colours.accent_text,
            palette.colour(Ink.BLANK): colours.surface,
            palette.RULE: colours.line,
            palette.RULE_STRONG: colours.line_strong,
            palette.GROUND: colours.sunken,
        }

    def paint(self, shape: Shape) -> None:
        """Paint one shape."""
        match shape:
            case Box():
                self._box(shape)
            case Line():
                self._line(shape)
            case Label():
                self._label(shape)
            case Polygon():
                self._painter.setPen(self._pen(shape.stroke, shape.thickness))
                self._painter.setBrush(
                    QBrush(self._colour(shape.fill)) if shape.fill else Qt.BrushStyle.NoBrush
                )
                self._painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape.points]))

    def _box(self, shape: Box) -> None:
        rect = QRectF(shape.x, shape.y, shape.width, shape.height)
        if shape.fill:
            self._painter.fillRect(rect, self._colour(shape.fill))
            if shape.fill not in self._swapped:
                self._tinted.append(rect)
        if shape.hatch:
            self._painter.fillRect(rect, QBrush(QColor(shape.hatch), Qt.BrushStyle.BDiagPattern))
        if shape.stroke:
            self._painter.setPen(self._pen(shape.stroke, shape.thickness))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawRect(rect)

    def _line(self, shape: Line) -> None:
        pen = self._pen(shape.colour, shape.thickness)
        if shape.dash:
            pen.setDashPattern([length / shape.thickness for length in shape.dash])
        self._painter.setPen(pen)
        self._painter.drawLine(QPointF(shape.x1, shape.y1), QPointF(shape.x2, shape.y2))

    def _label(self, shape: Label) -> None:
        width = _measure(shape.text, shape.size, shape.bold)
        left = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[shape.anchor]
        middle = QPointF(shape.x - left + width / 2, shape.y - shape.size / 3)
        on_tint = any(rect.contains(middle) for rect in self._tinted)
        self._painter.save()
        self._painter.setPen(QColor(shape.colour) if on_tint else self._colour(shape.colour))
        self._painter.setFont(_font(shape.bold))
        self._painter.translate(shape.x - left, shape.y)
        self._painter.scale(shape.size / _FONT_PIXELS, shape.size / _FONT_PIXELS)
        self._painter.drawText(QPointF(0, 0), shape.text)
        self._painter.restore()

    def _colour(self, colour: str) -> QColor:
        return QColor(self._swapped.get(colour, colour))

    def _pen(self, colour: str | None, thickness: float) -> QPen:
        return QPen(self._colour(colour), thickness) if colour else QPen(Qt.PenStyle.NoPen)
