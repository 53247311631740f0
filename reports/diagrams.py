"""A network as neutral shapes: what a ``Diagram`` looks like, on paper and on the screen alike.

Groups differ by the shape of their marks and kinds of links by their lines, so that a black and white copy says the same.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from reports import palette
from reports.document import Ink
from reports.network_diagram import Diagram, Knot, Mark, Strand
from reports.scene import Anchor, Box, Label, Line, Measure, Polygon, Scene, Shape, wrapped

Point = tuple[float, float]
Rect = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def _regular(corners: int, turn: float, reach: float = 1.0) -> tuple[Point, ...]:
    steps = (turn + number * 2 * math.pi / corners for number in range(corners))
    return tuple((math.cos(step) * reach, math.sin(step) * reach) for step in steps)


CORNERS = MappingProxyType(
    {
        Mark.CIRCLE: _regular(20, 0.0),
        Mark.SQUARE: _regular(4, math.pi / 4, 1.2),
        Mark.DIAMOND: _regular(4, 0.0, 1.35),
        Mark.TRIANGLE: _regular(3, -math.pi / 2, 1.3),
    }
)
"""The corners of each mark around its middle, for a radius of 1."""

FILLS = MappingProxyType(
    {Mark.CIRCLE: "#03AF7A", Mark.SQUARE: "#4DC4FF", Mark.DIAMOND: "#F6AA00", Mark.TRIANGLE: "#FFFFFF"}
)
"""What fills each mark, from the palette for everybody's eyes; dark lines go around it."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a kind of strand is drawn; ``dash`` in points, and whether an arrow says where it leads."""

    colour: str
    thickness: float
    dash: tuple[float, ...] = ()
    has_arrow: bool = False


STROKES = MappingProxyType(
    {
        Strand.THIN: Stroke("#AFA6AA", 0.4),
        Strand.THICK: Stroke("#A8326E", 1.5),
        Strand.DASHED: Stroke("#0041C8", 0.9, (4.0, 2.2), True),
    }
)

_TEXT, _MUTED = palette.colour(Ink.TEXT), palette.colour(Ink.MUTED)
_TITLE, _NAME, _AREA, _LEGEND = 10.5, 7.0, 8.5, 9.0
_RADIUS = 3.4
_MARGIN = 26.0
_ARROW = 6.5
_CROWD, _FINEST, _SMALLEST = 70, 0.5, 5.2
"""From so many knots on everything is drawn finer, down to this share; names get no smaller than so many points."""

_LARGEST, _DRAWN_OUT = 40.0, 1.5


def draw(diagram: Diagram, width: float, height: float, measure: Measure) -> Scene:
    """``diagram`` to fill ``width`` × ``height`` points, with its title and its legend."""
    shapes: list[Shape] = []
    top = 0.0
    for line in wrapped(diagram.title, width, _TITLE, measure, most=2, bold=True) if diagram.title else ():
        shapes.append(Label(0, top + 11, line, _TITLE, bold=True))
        top += 15
    legend, top = _legend(diagram, width, top + 2, measure)
    shapes += legend
    places = fit(
        [(knot.x, knot.y) for knot in diagram.knots], (_MARGIN, top + 20, width - _MARGIN, height - 24)
    )
    fine = min(1.0, max(_FINEST, math.sqrt(_CROWD / max(1, len(places)))))
    shapes += _strands(diagram, places, fine)
    shapes += (_mark(knot, place, fine) for knot, place in zip(diagram.knots, places, strict=True))
    shapes += _names(diagram, places, (0.0, top, width, height), measure, fine)
    return Scene(width, height, tuple(shapes))


def fit(points: Sequence[Point], room: Rect) -> list[Point]:
    """``points`` moved and grown so that they fill ``room``, in its middle; a wide room draws them out a little."""
    if not points:
        return []
    left, top, right, bottom = room
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    scale_y = min((right - left) / max(wide, 1e-6), (bottom - top) / max(high, 1e-6), _LARGEST)
    scale_x = min((right - left) / max(wide, 1e-6), scale_y * _DRAWN_OUT)
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    return [
        ((left + right) / 2 + (x - middle[0]) * scale_x, (top + bottom) / 2 + (y - middle[1]) * scale_y)
        for x, y in points
    ]


def _mark(knot: Knot, place: Point, fine: float = 1.0) -> Polygon:
    x, y = place
    radius = _RADIUS * fine
    corners = tuple((x + dx * radius, y + dy * radius) for dx, dy in CORNERS[knot.mark])
    return Polygon(corners, FILLS[knot.mark], _TEXT, 0.7 * fine)


def _strands(diagram: Diagram, places: Sequence[Point], fine: float) -> Iterable[Shape]:
    """The thin ones first, so that what is rarer lies on top."""
    order = list(Strand)
    for tie in sorted(diagram.ties, key=lambda one: order.index(one.strand)):
        start, end = places[tie.first], places[tie.second]
        yield from strand_shapes(tie.strand, start, end, thickness(tie.strand, tie.count) * fine, fine)


def thickness(strand: Strand, count: int) -> float:
    """How thick a strand is drawn that counts so many, in points: up to about twice its usual thickness."""
    return STROKES[strand].thickness * (1 + min(1.2, 0.3 * math.log2(max(1, count))))


def strand_shapes(
    strand: Strand, start: Point, end: Point, thick: float, fine: float = 1.0
) -> Iterable[Shape]:
    """The line of a strand, and its arrow shortly before its end."""
    stroke = STROKES[strand]
    yield Line(*start, *end, stroke.colour, thick, tuple(length * fine for length in stroke.dash))
    if stroke.has_arrow:
        corners = arrow(start, end, (_RADIUS + 1.5) * fine, _ARROW * fine)
        if corners:
            yield Polygon(corners, stroke.colour)


def arrow(start: Point, end: Point, gap: float, size: float) -> tuple[Point, ...]:
    """The corners of an arrow head that ends ``gap`` before ``end``; none where there is no room for it."""
    length = math.dist(start, end)
    if length < gap + size:
        return ()
    ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    tip = (end[0] - ux * gap, end[1] - uy * gap)
    back = (tip[0] - ux * size, tip[1] - uy * size)
    half = size * 0.38
    return (tip, (back[0] - uy * half, back[1] + ux * half), (back[0] + uy * half, back[1] - ux * half))


def _names(
    diagram: Diagram, places: Sequence[Point], room: Rect, measure: Measure, fine: float
) -> Iterable[Shape]:
    middle = (room[1] + room[3]) / 2
    areas = [
        Label(*_beside(area.members, places, middle), area.text, _AREA, Anchor.MIDDLE, _TEXT, bold=True)
        for area in diagram.areas
        if area.members
    ]
    taken = [
        (one.x - half, one.y - _AREA, one.x + half, one.y + 2)
        for one in areas
        for half in (measure(one.text, _AREA, True) / 2,)
    ]
    size = max(_SMALLEST, _NAME * fine)
    widths = [measure(knot.text, size, False) for knot in diagram.knots]
    boxes = settle(places, widths, size * 1.2, _RADIUS * fine + 1.5, taken, room, keep_all=True)
    for (left, top, right, bottom), knot in zip((box for box in boxes if box), diagram.knots, strict=True):
        yield Box(left - 0.5, top + 0.6, right - left + 1, bottom - top - 0.8, "#FFFFFF")
        yield Label(left, top + size, knot.text, size)
    for one, (left, top, right, bottom) in zip(areas, taken, strict=True):
        yield Box(left - 1, top, right - left + 2, bottom - top, "#FFFFFF")
        yield one


def _beside(members: Sequence[int], places: Sequence[Point], middle: float) -> Point:
    """The middle above the knots of an area, or below them where that leads away from the middle of the picture."""
    xs, ys = [places[member][0] for member in members], [places[member][1] for member in members]
    is_low = sum(ys) / len(ys) > middle
    y = max(ys) + _RADIUS + 9 + _AREA if is_low else min(ys) - _RADIUS - 9
    return (min(xs) + max(xs)) / 2, y


def settle(
    points: Sequence[Point],
    widths: Sequence[float],
    height: float,
    gap: float,
    taken: Iterable[Rect],
    room: Rect,
    *,
    keep_all: bool,
) -> list[Rect | None]:
    """Where the name of each point stands: at its right, left, below or above, wherever it covers least.

    Names of points that come first get the better places. One that would cover another is left out (None), unless all are kept;
    then it rather covers another than leaves the ``room``.
    """
    grid = _Grid(max(height, 1.0))
    for rect in taken:
        grid.add(rect)
    for x, y in points:
        grid.add((x - gap * 0.7, y - gap * 0.7, x + gap * 0.7, y + gap * 0.7))
    found: list[Rect | None] = []
    for (x, y), width in zip(points, widths, strict=True):
        half = height / 2
        choices = (
            (x + gap, y - half, x + gap + width, y + half),
            (x - gap - width, y - half, x - gap, y + half),
            (x - width / 2, y + gap, x + width / 2, y + gap + height),
            (x - width / 2, y - gap - height, x + width / 2, y - gap),
        )
        best, covered, least = choices[0], 0.0, math.inf
        for rect in choices:
            covers, leaves = grid.covered(rect), _outside(rect, room)
            cost = covers + 10 * leaves if keep_all else 10 * covers + leaves
            if cost < least:
                best, covered, least = rect, covers, cost
            if not cost:
                break
        is_placed = keep_all or not covered
        if is_placed:
            grid.add(best)
        found.append(best if is_placed else None)
    return found


def _outside(rect: Rect, room: Rect) -> float:
    """How much of ``rect`` lies outside of ``room``."""
    width = min(rect[2], room[2]) - max(rect[0], room[0])
    height = min(rect[3], room[3]) - max(rect[1], room[1])
    return (rect[2] - rect[0]) * (rect[3] - rect[1]) - max(0.0, width) * max(0.0, height)


class _Grid:
    """Rectangles by the cells that they touch, so that few have to be looked at."""

    def __init__(self, row: float) -> None:
        self._row, self._column = row * 1.5, row * 6
        self._cells: defaultdict[tuple[int, int], list[Rect]] = defaultdict(list)

    def add(self, rect: Rect) -> None:
        for cell in self._touched(rect):
            self._cells[cell].append(rect)

    def covered(self, rect: Rect) -> float:
        """How much of ``rect`` the others cover together."""
        total = 0.0
        left, top, right, bottom = rect
        for cell in self._touched(rect):
            for one in self._cells.get(cell, ()):
                if one[0] < right and one[2] > left and one[1] < bottom and one[3] > top:
                    total += (min(right, one[2]) - max(left, one[0])) * (
                        min(bottom, one[3]) - max(top, one[1])
                    )
        return total

    def _touched(self, rect: Rect) -> Iterable[tuple[int, int]]:
        for row in range(int(rect[1] // self._row), int(rect[3] // self._row) + 1):
            for column in range(int(rect[0] // self._column), int(rect[2] // self._column) + 1):
                yield row, column


def _legend(diagram: Diagram, width: float, top: float, measure: Measure) -> tuple[list[Shape], float]:
    """What the marks and the lines mean, and where the picture begins."""
    shapes: list[Shape] = []
    x, y = 0.0, top + 6
    items: list[Mark | Strand] = [
        *(mark for mark, _ in diagram.marks),
        *(strand for strand, _ in diagram.strands),
    ]
    words = [*(text for _, text in diagram.marks), *(text for _, text in diagram.strands)]
    for item, text in zip(items, words, strict=True):
        swatch = 10.0 if isinstance(item, Mark) else 28.0
        needed = swatch + 4 + measure(text, _LEGEND, False)
        if x and x + needed > width:
            x, y = 0.0, y + 14
        if isinstance(item, Mark):
            shapes.append(_mark(Knot(0, 0, "", item), (x + 5, y)))
        else:
            shapes += strand_shapes(item, (x, y), (x + swatch, y), STROKES[item].thickness)
        shapes.append(Label(x + swatch + 4, y + 3.2, text, _LEGEND))
        x += needed + 16
    return shapes, y + 10
