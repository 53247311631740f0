"""Small pieces of the map for its legend: a mark, or a line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.network_map.rules import LinkKind
from db.vocabulary import OrganisationGroup
from reports.contents.network_map import STRANDS
from reports.diagrams import STROKES
from ui import theme
from ui.network_map.drawing import mark_colour, mark_polygon, pen_of
from ui.widgets.text import PlainLabel

_LINE, _MARK = 1.8, 0.36
"""Heights of the text: how long a line is, and the radius of a mark."""


class Swatch(QWidget):
    """The mark of a group, or the line of a kind of link."""

    def __init__(self, what: OrganisationGroup | LinkKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = what
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(round(line * _LINE) if isinstance(self._what, LinkKind) else line, line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        if isinstance(self._what, LinkKind):
            stroke = STROKES[STRANDS[self._what]]
            painter.setPen(pen_of(self._what, max(1.0, stroke.thickness * 96 / 72)))
            painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
        else:
            painter.setPen(QPen(QColor(theme.tokens().text), 1.2))
            painter.setBrush(mark_colour(self._what))
            painter.drawPolygon(
                mark_polygon(self._what, self.height() * _MARK).translated(self.width() / 2, middle)
            )
        painter.end()


def entry(what: OrganisationGroup | LinkKind, beside: QWidget) -> QWidget:
    """A swatch with something beside it."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(Swatch(what))
    row.addWidget(beside)
    return holder


def marks() -> list[QWidget]:
    """What the marks on the map mean."""
    return [entry(group, PlainLabel(group.label, "note")) for group in OrganisationGroup]
