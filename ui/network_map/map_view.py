"""The map on the screen: drag to move it, turn the wheel to come nearer; every move has keys as well."""

from __future__ import annotations

import math
from typing import NamedTuple

from PySide6.QtCore import QEasingCurve, QEvent, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QStaticText,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.network_map.rules import Link, LinkKind, Node
from db.vocabulary import OrganisationGroup
from reports.diagrams import Rect, arrow
from ui import theme
from ui.network_map.drawing import Drawing, mark_colour, mark_polygon, pen_of, radius_at, width_of

_NEAREST, _FARTHEST = 160.0, 1.5
"""How many pixels a unit of the map may take."""

_STEP, _WHEEL = 1.25, 1.0015
_PAN = 0.2
_GLIDE_MS = 160
_AIR_X, _AIR_Y = 5, 2.8
"""What stays free around everything, beside and over it, for the names: in heights of the text."""

_REACH = 14.0
_MARGIN = 0.35
_ARROW = 9.0
_ROOM = 2.4
"""How much larger than a usual mark the sheet of its stamp is: one that stands out is larger, with a thick line."""


class Look(NamedTuple):
    """Where one looks: the point of the map in the middle of the widget, and how many pixels a unit takes."""

    x: float
    y: float
    scale: float

    def towards(self, other: Look, part: float) -> Look:
        """So far on the way to another look; nearness grows evenly to the eye."""
        scale = self.scale * (other.scale / self.scale) ** part
        return Look(self.x + (other.x - self.x) * part, self.y + (other.y - self.y) * part, scale)


class MapView(QWidget):
    """Shows a ``Drawing``.

    A click chooses an organisation, a second one (or Enter) opens it; a click beside all of them chooses none.
    """

    chosen = Signal(object)
    """The id of the organisation that is chosen now, or None."""

    open_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("つながりの地図")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.look = Look(0.0, 0.0, 20.0)
        self.selected: int | None = None
        self.hovered: int | None = None
        self._drawing: Drawing | None = None
        self._names: dict[int, Rect] = {}
        self._names_for: tuple[float, int | None] | None = None
        self._texts: dict[int, QStaticText] = {}
        self._stamps: dict[tuple[OrganisationGroup | None, float, bool], QPixmap] = {}
        self._sheet: QPixmap | None = None
        self._sheet_look = self.look
        self._pressed: QPointF | None = None
        self._grabbed: Look | None = None
        self._is_whole = True
        self._glide = QVariantAnimation(self)
        self._glide.setDuration(_GLIDE_MS)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.valueChanged.connect(self._glided)
        self._from = self._to = self.look

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

    def fit(self, glides: bool = True) -> None:
        """Show everything."""
        if self._drawing is None:
            return
        bounds = self._drawing.bounds
        line = self.fontMetrics().height()
        wide = max(self.width() - 2 * _AIR_X * line, 50.0)
        high = max(self.height() - 2 * _AIR_Y * line, 50.0)
        scale = min(wide / max(bounds.width(), 0.1), high / max(bounds.height(), 0.1), 60.0)
        middle = bounds.center()
        look = Look(middle.x(), middle.y(), min(max(scale, _FARTHEST), _NEAREST))
        if glides:
            self._go(look)
        else:
            self._jump(look)
        self._is_whole = True

    def zoom(self, factor: float, at: QPointF | None = None, glides: bool = True) -> None:
        """Come nearer (or go farther for a factor below 1); the point under ``at`` stays where it is."""
        before = self._target
        scale = min(max(before.scale * factor, _FARTHEST), _NEAREST)
        away = (at or self._middle()) - self._middle()
        keep = 1 / before.scale - 1 / scale
        look = Look(before.x + away.x() * keep, before.y + away.y() * keep, scale)
        if glides:
            self._go(look)
        else:
            self._jump(look)

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
        if glides:
            self._go(look)
        else:
            self._jump(look)

    def place_of(self, node_id: int) -> QPointF | None:
        """Where an organisation stands in the widget."""
        point = self._drawing.point_of(node_id) if self._drawing is not None else None
        return self._on_screen(point, self.look) if point is not None else None

    def node_at(self, position: QPointF) -> int | None:
        """The organisation at a place of the widget, or None."""
        if self._drawing is None:
            return None
        found, nearest = None, _REACH
        for node, point in zip(self._drawing.nodes, self._drawing.points, strict=True):
            place = self._on_screen(point, self.look)
            away = math.hypot(place.x() - position.x(), place.y() - position.y())
            if away < nearest:
                found, nearest = node.id, away
        return found

    # ── moving ────────────────────────────────────────────────────────────

    @property
    def _target(self) -> Look:
        """Where one looks once the map has come to rest."""
        return self._to if self._glide.state() is QVariantAnimation.State.Running else self.look

    def _go(self, look: Look) -> None:
        self._from, self._to, self._is_whole = self.look, look, False
        self._glide.stop()
        self._glide.start()

    def _jump(self, look: Look) -> None:
        self._glide.stop()
        self.look, self._is_whole = look, False
        self.update()

    def _glided(self, part: float) -> None:
        self.look = self._from.towards(self._to, part)
        self.update()

    @property
    def _radius(self) -> float:
        return radius_at(self.look.scale, self.fontMetrics().height())

    def _middle(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)

    def _seen(self) -> QRectF:
        """The part of the map that is in view."""
        wide, high = self.width() / self._target.scale, self.height() / self._target.scale
        return QRectF(self._target.x - wide / 2, self._target.y - high / 2, wide, high)

    def _on_screen(self, point: tuple[float, float], look: Look) -> QPointF:
        return QPointF(
            (point[0] - look.x) * look.scale + self.width() / 2,
            (point[1] - look.y) * look.scale + self.height() / 2,
        )

    # ── events ────────────────────────────────────────────────────────────

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 14, line * 14)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sheet = None
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
            self._jump(start._replace(x=start.x - away.x() / start.scale, y=start.y - away.y() / start.scale))

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

    def _forget(self) -> None:
        """What was prepared is made anew: other things are shown, or in other colours or sizes."""
        self._sheet = None
        self._names_for = None
        self._texts = {}
        self._stamps = {}
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens().surface))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._drawing is not None:
            self._lay_links(painter)
            if self._lit is not None:
                self._lift(painter, self._drawing, self._lit)
            self._write_areas(painter, self._drawing)
            self._paint_marks(painter, self._drawing)
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

    def _lay_links(self, painter: QPainter) -> None:
        """The lines lie on a sheet larger than the widget, which is only moved while the map is: it is drawn anew at its edge."""
        margin = QPointF(self.width() * _MARGIN, self.height() * _MARGIN)
        shift = self._shift()
        moves = shift is not None and abs(shift.x()) <= margin.x() and abs(shift.y()) <= margin.y()
        if self._sheet is None or not moves:
            self._sheet, shift = self._drawn_sheet(margin), QPointF(0, 0)
        assert shift is not None
        painter.setOpacity(1.0 if self._lit is None else 0.25)
        painter.drawPixmap(shift - margin, self._sheet)
        painter.setOpacity(1.0)

    def _shift(self) -> QPointF | None:
        """How far the sheet lies from where it was drawn, in pixels; None where it was drawn at another scale."""
        if self._sheet is None or self._sheet_look.scale != self.look.scale:
            return None
        before = self._sheet_look
        return QPointF((before.x - self.look.x) * self.look.scale, (before.y - self.look.y) * self.look.scale)

    def _drawn_sheet(self, margin: QPointF) -> QPixmap:
        assert self._drawing is not None
        ratio = self.devicePixelRatioF()
        size = QSize(round(self.width() + 2 * margin.x()), round(self.height() + 2 * margin.y()))
        sheet = QPixmap(size * ratio)
        sheet.setDevicePixelRatio(ratio)
        sheet.fill(QColor(theme.tokens().surface))
        painter = QPainter(sheet)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(margin)
        painter.setTransform(self._transform(), combine=True)
        for bundle in self._drawing.bundles:
            painter.setPen(pen_of(bundle.kind, bundle.thickness))
            painter.drawPath(bundle.path)
        painter.resetTransform()
        painter.translate(margin)
        for link in self._drawing.links:
            if link.kind is LinkKind.REFERRAL:
                self._paint_arrow(painter, self._drawing, link)
        painter.end()
        self._sheet_look = self.look
        return sheet

    def _transform(self) -> QTransform:
        look = self.look
        return QTransform(
            look.scale,
            0,
            0,
            look.scale,
            self.width() / 2 - look.x * look.scale,
            self.height() / 2 - look.y * look.scale,
        )

    def _paint_arrow(self, painter: QPainter, drawing: Drawing, link: Link) -> None:
        first, second = drawing.point_of(link.first_id), drawing.point_of(link.second_id)
        assert first is not None
        assert second is not None
        start, end = self._on_screen(first, self.look), self._on_screen(second, self.look)
        corners = arrow((start.x(), start.y()), (end.x(), end.y()), self._radius + 2, _ARROW)
        if corners:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(pen_of(link.kind, 1.0).color()))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
            painter.setBrush(Qt.BrushStyle.NoBrush)

    def _lift(self, painter: QPainter, drawing: Drawing, node_id: int) -> None:
        """The lines of one organisation stand out; the others have stepped back."""
        for link in drawing.links_of(node_id):
            first, second = drawing.point_of(link.first_id), drawing.point_of(link.second_id)
            if first is None or second is None:
                continue
            painter.setPen(pen_of(link.kind, width_of(link) + 0.6))
            painter.drawLine(self._on_screen(first, self.look), self._on_screen(second, self.look))
            if link.kind is LinkKind.REFERRAL:
                self._paint_arrow(painter, drawing, link)

    def _write_areas(self, painter: QPainter, drawing: Drawing) -> None:
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(theme.tokens().muted))
        metrics = QFontMetricsF(font)
        zero = self._on_screen((0.0, 0.0), self.look)
        for area, (left, top, right, bottom) in drawing.areas_at(self.look.scale, metrics):
            rect = QRectF(QPointF(left, top), QPointF(right, bottom)).translated(zero)
            if rect.intersects(self.rect()):
                painter.fillRect(rect.adjusted(-2, 0, 2, 0), self._ground())
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, area.text)
        painter.setFont(self.font())

    def _paint_marks(self, painter: QPainter, drawing: Drawing) -> None:
        lit = self._lit
        stands_out = drawing.lifted(lit) if lit is not None else drawing.index.keys()
        seen = QRectF(self.rect()).adjusted(-_REACH, -_REACH, _REACH, _REACH)
        for node, point in zip(drawing.nodes, drawing.points, strict=True):
            at = self._on_screen(point, self.look)
            if seen.contains(at):
                painter.setOpacity(1.0 if node.id in stands_out else 0.35)
                self._paint_mark(painter, node, at)
        painter.setOpacity(1.0)
        if self._names_for != (self.look.scale, lit):
            self._names = drawing.names(self.look.scale, self, lit)
            self._names_for = (self.look.scale, lit)
        zero = self._on_screen((0.0, 0.0), self.look)
        for node_id, (left, top, _right, _bottom) in self._names.items():
            self._write(painter, drawing.nodes[drawing.index[node_id]], QPointF(left, top) + zero)

    @property
    def _lit(self) -> int | None:
        """Who stands out: the organisation under the pointer, else the one that is chosen."""
        return self.hovered if self.hovered is not None else self.selected

    def _paint_mark(self, painter: QPainter, node: Node, at: QPointF) -> None:
        stamp = self._stamp(node.group, self._radius, node.id in (self.hovered, self.selected))
        half = stamp.width() / stamp.devicePixelRatio() / 2
        painter.drawPixmap(at - QPointF(half, half), stamp)

    def _stamp(self, group: OrganisationGroup | None, radius: float, is_lit: bool) -> QPixmap:
        """The mark of a group, drawn once: hundreds of them are then put down in a moment."""
        key = (group, radius, is_lit)
        if key not in self._stamps:
            colours, ratio = theme.tokens(), self.devicePixelRatioF()
            side = math.ceil(radius * 2 * _ROOM)
            stamp = QPixmap(QSize(side, side) * ratio)
            stamp.setDevicePixelRatio(ratio)
            stamp.fill(QColor(0, 0, 0, 0))
            painter = QPainter(stamp)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            line = colours.accent_text if is_lit else colours.text
            painter.setPen(QPen(QColor(line), 3 if is_lit else 1.2))
            painter.setBrush(mark_colour(group))
            corners = mark_polygon(group, radius * (1.3 if is_lit else 1.0))
            painter.drawPolygon(corners.translated(side / 2, side / 2))
            painter.end()
            self._stamps[key] = stamp
        return self._stamps[key]

    def _write(self, painter: QPainter, node: Node, at: QPointF) -> None:
        text = self._texts.get(node.id)
        if text is None:
            text = self._texts[node.id] = self._text(node.label)
        rect = QRectF(at, text.size())
        if rect.intersects(self.rect()):
            painter.fillRect(rect.adjusted(-2, 1, 2, -1), self._ground())
            painter.setPen(QColor(theme.tokens().text))
            painter.drawStaticText(at, text)

    def _text(self, words: str) -> QStaticText:
        text = QStaticText(words)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.prepare(QTransform(), self.font())
        return text

    def _ground(self) -> QColor:
        ground = QColor(theme.tokens().surface)
        ground.setAlpha(215)
        return ground
