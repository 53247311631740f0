"""What the map on the screen is painted from: marks, lines and names, prepared once so that painting only moves them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.network_map import rules
from app.network_map.layout import Point
from app.network_map.rules import Link, LinkKind, Node, Shown
from db.vocabulary import OrganisationGroup
from reports.contents.network_map import MARKS, STRANDS
from reports.diagrams import CORNERS, FILLS, STROKES, Rect, settle, thickness
from ui import theme

_MARK = 0.36
"""The radius of a mark, in heights of the text, where there is room for it."""

_CLASSES = (1, 2, 4, 8, 16)
"""Lines of one kind are drawn in so many thicknesses at most, by the greatest of these counts that they reach."""

_POINT = 96 / 72

AIR_X, AIR_Y = 5.0, 2.8
"""What stays free around everything, beside and over it, for the names: in heights of the text."""


@dataclass(frozen=True, slots=True)
class Area:
    """The name of a district: over its organisations, or below them in the lower half of the map, in units of the map."""

    text: str
    x: float
    y: float
    is_low: bool


@dataclass(frozen=True, slots=True)
class Bundle:
    """All lines of one kind and thickness, in units of the map."""

    kind: LinkKind
    thickness: float
    path: QPainterPath


class Drawing:
    """A map as it is shown: the organisations in ``nodes`` stand at ``points``, in the same order, the best connected first."""

    def __init__(self, shown: Shown, places: Mapping[int, Point]) -> None:
        others = rules.degrees(shown.links)
        self.nodes: tuple[Node, ...] = tuple(sorted(shown.nodes, key=lambda node: -others.get(node.id, 0)))
        self.points: list[Point] = [places[node.id] for node in self.nodes]
        self.index = {node.id: place for place, node in enumerate(self.nodes)}
        self.links = shown.links
        self.bundles = tuple(_bundles(shown.links, places))
        self.areas = _areas(self.nodes, self.points)
        self._of_node: dict[int, list[Link]] = {}
        for link in shown.links:
            for end in link.ends:
                self._of_node.setdefault(end, []).append(link)

    @property
    def bounds(self) -> QRectF:
        """The part of the map where something stands."""
        if not self.points:
            return QRectF(-1, -1, 2, 2)
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))

    def point_of(self, node_id: int) -> Point | None:
        """Where an organisation stands; None for one that is not shown."""
        place = self.index.get(node_id)
        return None if place is None else self.points[place]

    def links_of(self, node_id: int) -> Sequence[Link]:
        """The lines that lead from or to an organisation."""
        return self._of_node.get(node_id, ())

    def areas_at(self, scale: float, metrics: QFontMetricsF) -> list[tuple[Area, Rect]]:
        """The districts whose names find room at ``scale`` pixels to a unit, and where, as ``names`` counts."""
        found: list[tuple[Area, Rect]] = []
        for area in self.areas:
            left, top, right, bottom = rect = _area_rect(area, scale, metrics)
            if all(right < one[0] or left > one[2] or bottom < one[1] or top > one[3] for _, one in found):
                found.append((area, rect))
        return found

    def names(self, scale: float, widget: QWidget, lifted: int | None = None) -> dict[int, Rect]:
        """Where the names of organisations stand, by their ids, in pixels from the middle of the map at ``scale`` pixels to a unit.

        Names that would cover others wait until there is room. Where one organisation is ``lifted``, only it and those connected
        with it are named.
        """
        metrics = QFontMetricsF(widget.font())
        bold = widget.font()
        bold.setBold(True)
        areas = [rect for _, rect in self.areas_at(scale, QFontMetricsF(bold))]
        named = range(len(self.nodes)) if lifted is None else self._lifted(lifted)
        places = settle(
            [(self.points[place][0] * scale, self.points[place][1] * scale) for place in named],
            [metrics.horizontalAdvance(self.nodes[place].label) for place in named],
            metrics.height(),
            radius_at(scale, metrics.height()) + 3,
            areas if lifted is None else (),
            self._room(scale, metrics.height()),
            keep_all=False,
        )
        return {self.nodes[place].id: rect for place, rect in zip(named, places, strict=True) if rect}

    def extent(self, scale: float, widget: QWidget) -> QRectF:
        """What marks, names and districts take up, in pixels from the middle of the map, as ``names`` counts."""
        bold = widget.font()
        bold.setBold(True)
        rects = [rect for _, rect in self.areas_at(scale, QFontMetricsF(bold))]
        rects += self.names(scale, widget).values()
        bounds = self.bounds
        found = QRectF(bounds.topLeft() * scale, bounds.bottomRight() * scale)
        for left, top, right, bottom in rects:
            found = found.united(QRectF(QPointF(left, top), QPointF(right, bottom)))
        return found

    def _room(self, scale: float, line: float) -> Rect:
        """Where names stand best: within what is in view when one sees everything."""
        bounds = self.bounds
        return (
            bounds.left() * scale - AIR_X * line,
            bounds.top() * scale - AIR_Y * line,
            bounds.right() * scale + AIR_X * line,
            bounds.bottom() * scale + AIR_Y * line,
        )

    def lifted(self, node_id: int) -> set[int]:
        """An organisation and all that are connected with it."""
        return {self.nodes[place].id for place in self._lifted(node_id)}

    def _lifted(self, node_id: int) -> list[int]:
        """Their places in ``nodes``: itself, then the others, the best connected first."""
        others = {self.index[link.other(node_id)] for link in self.links_of(node_id)}
        return [self.index[node_id], *sorted(others)]


def _area_rect(area: Area, scale: float, metrics: QFontMetricsF) -> Rect:
    half, height = metrics.horizontalAdvance(area.text) / 2, metrics.height()
    x, y = area.x * scale, area.y * scale
    top = y + height if area.is_low else y - 2 * height
    return (x - half, top, x + half, top + height)


def radius_at(scale: float, text_height: float) -> float:
    """The radius of a mark in pixels where a unit of the map takes ``scale`` pixels: in a crowd marks are smaller."""
    return round(2 * min(text_height * _MARK, max(2.5, scale * 0.4))) / 2


def mark_polygon(group: OrganisationGroup | None, radius: float) -> QPolygonF:
    """The mark of an organisation of this side of the network, around (0, 0)."""
    return QPolygonF([QPointF(x * radius, y * radius) for x, y in CORNERS[MARKS[group]]])


def mark_colour(group: OrganisationGroup | None) -> QColor:
    """What fills the mark."""
    return QColor(FILLS[MARKS[group]])


def pen_of(kind: LinkKind, thick: float) -> QPen:
    """The pen of a kind of link, ``thick`` pixels wide at every scale."""
    stroke = STROKES[STRANDS[kind]]
    pen = QPen(QColor(_colour(kind)), thick)
    pen.setCosmetic(True)
    if stroke.dash:
        pen.setDashPattern([length * _POINT / max(thick, 1.0) for length in stroke.dash])
    return pen


def _colour(kind: LinkKind) -> str:
    """The lines are made for white paper; on a dark ground they are lighter."""
    colours = theme.tokens()
    is_dark = colours == theme.DARK
    match kind:
        case LinkKind.COLLABORATION:
            return colours.accent_text
        case LinkKind.REFERRAL:
            return "#7DB4FF" if is_dark else STROKES[STRANDS[kind]].colour
        case _:
            return "#6E666A" if is_dark else STROKES[STRANDS[kind]].colour


def width_of(link: Link) -> float:
    """How thick a link is drawn, in pixels. The many thin ones are exactly one pixel, which is painted fastest."""
    if link.kind is LinkKind.MEETING:
        return 1.0
    reached = max(count for count in _CLASSES if count <= max(1, link.count))
    return thickness(STRANDS[link.kind], reached) * _POINT


def _bundles(links: Sequence[Link], places: Mapping[int, Point]) -> list[Bundle]:
    paths: dict[tuple[LinkKind, float], QPainterPath] = {}
    for link in links:
        path = paths.setdefault((link.kind, width_of(link)), QPainterPath())
        path.moveTo(*places[link.first_id])
        path.lineTo(*places[link.second_id])
    order = (LinkKind.MEETING, LinkKind.REFERRAL, LinkKind.COLLABORATION)
    found = [Bundle(kind, thick, path) for (kind, thick), path in paths.items()]
    return sorted(found, key=lambda one: (order.index(one.kind), one.thickness))


def _areas(nodes: Sequence[Node], points: Sequence[Point]) -> tuple[Area, ...]:
    members: dict[str, list[Point]] = {}
    for node, point in zip(nodes, points, strict=True):
        if node.district:
            members.setdefault(node.district, []).append(point)
    areas = []
    for name, found in members.items():
        xs, ys = [x for x, _ in found], [y for _, y in found]
        is_low = sum(ys) / len(ys) > 0
        areas.append(Area(name, (min(xs) + max(xs)) / 2, max(ys) if is_low else min(ys), is_low))
    return tuple(areas)
