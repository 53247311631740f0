"""The map on the screen: drag to move it, turn the wheel to come nearer; every move has keys as well."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.network_map.drawing import AIR_X, AIR_Y, Drawing
from ui.network_map.gliding import Gliding
from ui.network_map.look import Look
from ui.network_map.painting import MapPainter, Moment

_NEAREST, _FARTHEST = 160.0, 1.5
"""How many pixels a unit of the map may take."""

_CLOSE = 110.0
"""A few organisations that fill the view are drawn no larger than so."""

_EDGE = 6.0
"""What stays free between the names and the edge, in pixels, when everything is in view."""

_TRIES = 3
"""At another scale names stand elsewhere: so often the scale is found anew."""

_SHRINK = 0.8
"""Farther than this part of the scale one does not go for the sake of names: too many would find no room."""

_STEP, _WHEEL = 1.25, 1.0015
_PAN = 0.2
_REACH = 14.0


class MapView(QWidget):
    """Shows a ``Drawing``.

    A click chooses an organisation, a second one (or Enter) opens it; a click beside all of them chooses none.
    """

    chosen = Signal(object)
    """The id of the organisation that is chosen now, or None."""

    open_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Qt speaks of changes from the first setting on.
        self._painter = MapPainter(self)
        self.setAccessibleName("つながりの地図")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._gliding = Gliding(Look(0.0, 0.0, 20.0), self)
        self.selected: int | None = None
        self.hovered: int | None = None
        self._drawing: Drawing | None = None
        self._pressed: QPointF | None = None
        self._grabbed: Look | None = None
        self._is_whole = True
        self._gliding.moved.connect(self.update)

    # ── what is shown ─────────────────────────────────────────────────────

    def show_drawing(self, drawing: Drawing, words: str) -> None:
        """Show this; ``words`` say the same to those who cannot see it. Where one looks stays, unless nothing of it is there."""
        self._drawing = drawing
        self.setAccessibleDescription(words)
        self.hovered = None
        if self.selected not in drawing.index:
            self.selected = None
        self._forget()
        if self._is_whole or not self._seen().intersects(drawing.bounds.adjusted(-1, -1, 1, 1)):
            self.fit(glides=False)

    def select(self, node_id: int | None) -> None:
        """Choose an organisation, and bring it into view; nothing is announced."""
        self.selected = node_id
        point = self._drawing.point_of(node_id) if self._drawing is not None and node_id is not None else None
        if point is not None and not self._seen().contains(QPointF(*point)):
            self._go(self._target._replace(x=point[0], y=point[1]))
        self.update()

    @property
    def drawing(self) -> Drawing | None:
        """What is shown."""
        return self._drawing

    @property
    def named(self) -> frozenset[int]:
        """Whose names were written last."""
        return self._painter.named

    @property
    def is_gliding(self) -> bool:
        """Whether it is on its way to where one wants to look."""
        return self._gliding.is_under_way

    @property
    def look(self) -> Look:
        """Where one looks now."""
        return self._gliding.look

    def fit(self, glides: bool = True) -> None:
        """Show everything."""
        if self._drawing is None:
            return
        bounds = self._drawing.bounds
        line = self.fontMetrics().height()
        wide = max(self.width() - 2 * AIR_X * line, 50.0)
        high = max(self.height() - 2 * AIR_Y * line, 50.0)
        scale = min(wide / max(bounds.width(), 0.1), high / max(bounds.height(), 0.1), _CLOSE)
        look = self._with_names(self._drawing, min(max(scale, _FARTHEST), _NEAREST))
        self._go(look, glides)
        self._is_whole = True

    def _with_names(self, drawing: Drawing, scale: float) -> Look:
        """Look at everything from ``scale``, or from a little farther, so that no name runs over the edge."""
        bounds, farthest = drawing.bounds, max(scale * _SHRINK, _FARTHEST)
        for _ in range(_TRIES):
            extent = drawing.extent(scale, self)
            over = max(
                (extent.width() - self.width() + 2 * _EDGE) / max(bounds.width(), 0.1),
                (extent.height() - self.height() + 2 * _EDGE) / max(bounds.height(), 0.1),
            )
            if over <= 0:
                break
            # Names keep their size: only what lies between them gets smaller.
            scale = max(scale - over, farthest)
        middle = drawing.extent(scale, self).center() / scale
        return Look(middle.x(), middle.y(), scale)

    def zoom(self, factor: float, at: QPointF | None = None, glides: bool = True) -> None:
        """Come nearer (or go farther for a factor below 1); the point under ``at`` stays where it is."""
        before = self._target
        scale = min(max(before.scale * factor, _FARTHEST), _NEAREST)
        away = (at or self._middle()) - self._middle()
        keep = 1 / before.scale - 1 / scale
        look = Look(before.x + away.x() * keep, before.y + away.y() * keep, scale)
        self._go(look, glides)

    def nearer(self) -> None:
        """Come nearer by a step."""
        self.zoom(_STEP)

    def farther(self) -> None:
        """Go farther by a step."""
        self.zoom(1 / _STEP)

    def pan(self, right: float, down: float, glides: bool = True) -> None:
        """Look farther to the right and down, in pixels."""
        before = self._target
        look = before._replace(x=before.x + right / before.scale, y=before.y + down / before.scale)
        self._go(look, glides)

    def place_of(self, node_id: int) -> QPointF | None:
        """Where an organisation stands in the widget."""
        point = self._drawing.point_of(node_id) if self._drawing is not None else None
        return self.look.on_screen(point, QSizeF(self.size())) if point is not None else None

    def node_at(self, position: QPointF) -> int | None:
        """The organisation at a place of the widget, or None."""
        if self._drawing is None:
            return None
        found, nearest = None, _REACH
        for node, point in zip(self._drawing.nodes, self._drawing.points, strict=True):
            place = self.look.on_screen(point, QSizeF(self.size()))
            away = math.hypot(place.x() - position.x(), place.y() - position.y())
            if away < nearest:
                found, nearest = node.id, away
        return found

    # ── moving ────────────────────────────────────────────────────────────

    @property
    def _target(self) -> Look:
        """Where one looks once the map has come to rest."""
        return self._gliding.target

    def _go(self, look: Look, glides: bool = True) -> None:
        self._is_whole = False
        self._gliding.go(look, glides)

    def _middle(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)

    def _seen(self) -> QRectF:
        """The part of the map that is in view once it has come to rest."""
        return self._target.seen(QSizeF(self.size()))

    # ── events ────────────────────────────────────────────────────────────

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 14, line * 14)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._painter.forget_sheet()
        if self._is_whole:
            self.fit(glides=False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(_WHEEL ** event.angleDelta().y(), event.position(), glides=event.pixelDelta().isNull())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._grabbed = event.position(), None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            self._hover(self.node_at(event.position()))
            return
        away = event.position() - self._pressed
        if self._grabbed is None and away.manhattanLength() > 6:
            self._grabbed = self.look
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._grabbed is not None:
            start = self._grabbed
            look = start._replace(x=start.x - away.x() / start.scale, y=start.y - away.y() / start.scale)
            self._go(look, glides=False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        was_grabbed = self._grabbed is not None
        self._pressed = self._grabbed = None
        found = self.node_at(event.position())
        self._hover(found)
        if was_grabbed:
            return
        if found is not None and found == self.selected:
            self.open_wanted.emit(found)
        else:
            self._choose(found)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        key = event.key()
        if key in steps:
            right, down = steps[Qt.Key(key)]
            self.pan(right * self.width() * _PAN, down * self.height() * _PAN)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Semicolon, Qt.Key.Key_PageUp):
            self.nearer()
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_PageDown):
            self.farther()
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selected is not None:
            self.open_wanted.emit(self.selected)
        elif key == Qt.Key.Key_Escape and self.selected is not None:
            self._choose(None)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._forget()

    def _hover(self, node_id: int | None) -> None:
        shape = Qt.CursorShape.PointingHandCursor if node_id is not None else Qt.CursorShape.OpenHandCursor
        self.setCursor(shape)
        if node_id != self.hovered:
            self.hovered = node_id
            self.update()

    def _choose(self, node_id: int | None) -> None:
        if node_id != self.selected:
            self.selected = node_id
            self.update()
            self.chosen.emit(node_id)

    # ── painting ──────────────────────────────────────────────────────────

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens().surface))
        if self._drawing is not None:
            self._painter.paint(painter, Moment(self._drawing, self.look, self.hovered, self.selected))
        self._frame(painter)
        painter.end()

    def _frame(self, painter: QPainter) -> None:
        colours = theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent_text), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        else:
            painter.setPen(QColor(colours.line))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _forget(self) -> None:
        self._painter.forget()
        self.update()
