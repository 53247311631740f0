"""How the map is painted: the lines on a sheet that is only moved while the map is, marks as stamps, names where there is room."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
    QStaticText,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from app.network_map.rules import Link, LinkKind, Node
from db.vocabulary import OrganisationGroup
from reports.diagrams import Rect, arrow
from ui import theme
from ui.network_map.drawing import Drawing, mark_colour, mark_polygon, pen_of, radius_at, width_of
from ui.network_map.look import Look

_MARGIN = 0.35
"""So much larger than the widget the sheet of the lines is, on each side."""

_ARROW = 9.0
_ROOM = 2.4
"""How much larger than a usual mark the sheet of its stamp is: one that stands out is larger, with a thick line."""

_FAINT, _PALE = 0.25, 0.35


@dataclass(frozen=True, slots=True)
class Moment:
    """What is to be painted: of a drawing what one sees from here, and who is under the pointer and who is chosen."""

    drawing: Drawing
    look: Look
    hovered: int | None
    selected: int | None

    @property
    def lit(self) -> int | None:
        """Who stands out: the organisation under the pointer, else the one that is chosen."""
        return self.hovered if self.hovered is not None else self.selected


class MapPainter:
    """Paints moments of a map on ``widget``, and keeps what it has prepared until ``forget`` says that it looks different now."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._sheet: QPixmap | None = None
        self._sheet_look = Look(0.0, 0.0, 1.0)
        self._names: dict[int, Rect] = {}
        self._names_for: tuple[float, int | None] | None = None
        self._texts: dict[int, QStaticText] = {}
        self._stamps: dict[tuple[OrganisationGroup | None, float, bool], QPixmap] = {}

    def forget(self) -> None:
        """Other things are shown, or in other colours or sizes."""
        self._sheet = None
        self._names_for = None
        self._texts = {}
        self._stamps = {}

    def forget_sheet(self) -> None:
        """The widget has another size."""
        self._sheet = None

    @property
    def named(self) -> frozenset[int]:
        """Whose names were written last."""
        return frozenset(self._names)

    def paint(self, painter: QPainter, moment: Moment) -> None:
        """Paint a moment over the ground that is there."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._lay_links(painter, moment)
        if moment.lit is not None:
            self._lift(painter, moment, moment.lit)
        self._write_areas(painter, moment)
        self._put_marks(painter, moment)
        self._write_names(painter, moment)

    # ── lines ─────────────────────────────────────────────────────────────

    def _lay_links(self, painter: QPainter, moment: Moment) -> None:
        """Move the sheet of the lines to where it belongs; it is drawn anew at its edge and at another scale."""
        margin = QPointF(self._size.width() * _MARGIN, self._size.height() * _MARGIN)
        shift = self._shift(moment.look)
        if self._sheet is None or shift is None or abs(shift.x()) > margin.x() or abs(shift.y()) > margin.y():
            self._sheet, shift = self._drawn_sheet(moment, margin), QPointF(0, 0)
        painter.setOpacity(1.0 if moment.lit is None else _FAINT)
        painter.drawPixmap(shift - margin, self._sheet)
        painter.setOpacity(1.0)

    def _shift(self, look: Look) -> QPointF | None:
        """How far the sheet lies from where it was drawn, in pixels; None where it was drawn at another scale."""
        before = self._sheet_look
        if before.scale != look.scale:
            return None
        return QPointF((before.x - look.x) * look.scale, (before.y - look.y) * look.scale)

    def _drawn_sheet(self, moment: Moment, margin: QPointF) -> QPixmap:
        ratio = self._widget.devicePixelRatioF()
        wide, high = self._size.width() + 2 * margin.x(), self._size.height() + 2 * margin.y()
        sheet = QPixmap(QSize(round(wide), round(high)) * ratio)
        sheet.setDevicePixelRatio(ratio)
        sheet.fill(QColor(theme.tokens().surface))
        painter = QPainter(sheet)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(margin)
        painter.setTransform(moment.look.transform(self._size), combine=True)
        for bundle in moment.drawing.bundles:
            painter.setPen(pen_of(bundle.kind, bundle.thickness))
            painter.drawPath(bundle.path)
        painter.resetTransform()
        painter.translate(margin)
        for link in moment.drawing.links:
            self._put_arrow(painter, moment, link)
        painter.end()
        self._sheet_look = moment.look
        return sheet

    def _put_arrow(self, painter: QPainter, moment: Moment, link: Link) -> None:
        if link.kind is not LinkKind.REFERRAL:
            return
        start, end = self._ends(moment, link)
        gap = self._radius(moment) + 2
        corners = arrow((start.x(), start.y()), (end.x(), end.y()), gap, _ARROW)
        if corners:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(pen_of(link.kind, 1.0).color()))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
            painter.setBrush(Qt.BrushStyle.NoBrush)

    def _lift(self, painter: QPainter, moment: Moment, node_id: int) -> None:
        """The lines of one organisation stand out; the others have stepped back."""
        for link in moment.drawing.links_of(node_id):
            painter.setPen(pen_of(link.kind, width_of(link) + 0.6))
            painter.drawLine(*self._ends(moment, link))
            self._put_arrow(painter, moment, link)

    def _ends(self, moment: Moment, link: Link) -> tuple[QPointF, QPointF]:
        drawing = moment.drawing
        first, second = (drawing.points[drawing.index[end]] for end in link.ends)
        return moment.look.on_screen(first, self._size), moment.look.on_screen(second, self._size)

    # ── marks ─────────────────────────────────────────────────────────────

    def _put_marks(self, painter: QPainter, moment: Moment) -> None:
        drawing, radius = moment.drawing, self._radius(moment)
        stands_out = drawing.lifted(moment.lit) if moment.lit is not None else drawing.index.keys()
        seen = QRectF(self._widget.rect()).adjusted(-radius, -radius, radius, radius)
        for node, point in zip(drawing.nodes, drawing.points, strict=True):
            at = moment.look.on_screen(point, self._size)
            if seen.contains(at):
                is_lit = node.id in (moment.hovered, moment.selected)
                stamp = self._stamp(node.group, radius, is_lit)
                half = stamp.width() / stamp.devicePixelRatio() / 2
                painter.setOpacity(1.0 if node.id in stands_out else _PALE)
                painter.drawPixmap(at - QPointF(half, half), stamp)
        painter.setOpacity(1.0)

    def _stamp(self, group: OrganisationGroup | None, radius: float, is_lit: bool) -> QPixmap:
        """The mark of a group, drawn once: hundreds of them are then put down in a moment."""
        key = (group, radius, is_lit)
        if key not in self._stamps:
            colours, ratio = theme.tokens(), self._widget.devicePixelRatioF()
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

    # ── names ─────────────────────────────────────────────────────────────

    def _write_areas(self, painter: QPainter, moment: Moment) -> None:
        font = self._widget.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(theme.tokens().muted))
        zero = moment.look.on_screen((0.0, 0.0), self._size)
        for area, (left, top, right, bottom) in moment.drawing.areas_at(
            moment.look.scale, QFontMetricsF(font)
        ):
            rect = QRectF(QPointF(left, top), QPointF(right, bottom)).translated(zero)
            if rect.intersects(self._widget.rect()):
                painter.fillRect(rect.adjusted(-2, 0, 2, 0), _ground())
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, area.text)
        painter.setFont(self._widget.font())

    def _write_names(self, painter: QPainter, moment: Moment) -> None:
        drawing = moment.drawing
        if self._names_for != (moment.look.scale, moment.lit):
            self._names = drawing.names(moment.look.scale, self._widget, moment.lit)
            self._names_for = (moment.look.scale, moment.lit)
        zero = moment.look.on_screen((0.0, 0.0), self._size)
        painter.setPen(QColor(theme.tokens().text))
        for node_id, (left, top, _right, _bottom) in self._names.items():
            text = self._text(drawing.nodes[drawing.index[node_id]])
            rect = QRectF(QPointF(left, top) + zero, text.size())
            if rect.intersects(self._widget.rect()):
                painter.fillRect(rect.adjusted(-2, 1, 2, -1), _ground())
                painter.drawStaticText(rect.topLeft(), text)

    def _text(self, node: Node) -> QStaticText:
        text = self._texts.get(node.id)
        if text is None:
            text = self._texts[node.id] = QStaticText(node.label)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.prepare(QTransform(), self._widget.font())
        return text

    @property
    def _size(self) -> QSizeF:
        return QSizeF(self._widget.size())

    def _radius(self, moment: Moment) -> float:
        return radius_at(moment.look.scale, self._widget.fontMetrics().height())


def _ground() -> QColor:
    """What lies under words, so that lines do not run through them."""
    ground = QColor(theme.tokens().surface)
    ground.setAlpha(215)
    return ground
