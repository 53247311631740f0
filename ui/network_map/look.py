"""Where one looks on the map: what lies in the middle of the widget, how near, and how points of the map become pixels."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

from app.network_map.layout import Point


class Look(NamedTuple):
    """Where one looks: the point of the map in the middle of the widget, and how many pixels a unit takes."""

    x: float
    y: float
    scale: float

    def towards(self, other: Look, part: float) -> Look:
        """So far on the way to another look; nearness grows evenly to the eye."""
        if part >= 1:
            return other
        scale = self.scale * (other.scale / self.scale) ** part
        return Look(self.x + (other.x - self.x) * part, self.y + (other.y - self.y) * part, scale)

    def on_screen(self, point: Point, size: QSizeF) -> QPointF:
        """Where a point of the map lies in a widget of this size."""
        return QPointF(
            (point[0] - self.x) * self.scale + size.width() / 2,
            (point[1] - self.y) * self.scale + size.height() / 2,
        )

    def transform(self, size: QSizeF) -> QTransform:
        """What ``on_screen`` does, for a painter."""
        zero = self.on_screen((0.0, 0.0), size)
        return QTransform(self.scale, 0, 0, self.scale, zero.x(), zero.y())

    def seen(self, size: QSizeF) -> QRectF:
        """The part of the map that a widget of this size shows."""
        wide, high = size.width() / self.scale, size.height() / self.scale
        return QRectF(self.x - wide / 2, self.y - high / 2, wide, high)
