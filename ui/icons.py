"""The window's own icons, drawn in the colours of the theme in use: one drawing serves light, dark, chosen and disabled."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from ui import theme


def icon(name: str, colour: str = "text", chosen: str = "on_accent") -> QIcon:
    """The icon called ``name``; ``colour`` and, for a pressed-in button, ``chosen`` name colours of ``theme.Tokens``."""
    return QIcon(_Engine(name, colour, chosen))


def pixmap(name: str, size: int, colour: str = "text", ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of ``size`` pixels for a label."""
    return icon(name, colour).pixmap(QSize(size, size), ratio)


class _Engine(QIconEngine):
    """Draws an SVG of the resources; its ``currentColor`` is looked up when it is painted."""

    def __init__(self, name: str, colour: str, chosen: str) -> None:
        super().__init__()
        self._name, self._colour, self._chosen = name, colour, chosen

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        names = theme.tokens()
        if mode is QIcon.Mode.Disabled:
            colour = names.disabled
        else:
            colour = getattr(names, self._chosen if state is QIcon.State.On else self._colour)
        # A picture wider than high keeps its drawing at the left: that is how a button parts it from its words.
        side = min(rect.width(), rect.height())
        square = QRectF(rect.left(), rect.top() + (rect.height() - side) / 2, side, side)
        _drawing(self._name, colour).render(painter, square)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colour, self._chosen)


@cache
def _drawing(name: str, colour: str) -> QSvgRenderer:
    source = resources.path(f"icons/{name}.svg").read_text("utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
