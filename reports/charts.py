"""Charts as neutral shapes: laid out once, painted alike on paper and on the screen.

``draw`` turns a ``Chart`` into a ``Scene`` of boxes, lines, labels and polygons in points, the origin at the top left, y downwards.
It knows no drawing library: how wide a text is, it asks the ``measure`` that the painter gives it. Colours are resolved
(#RRGGBB) for a white ground.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from reports import palette
from reports.document import Chart, ChartKind, Ink, Series
from reports.linebreaking import break_phrases

Measure = Callable[[str, float, bool], float]
"""(text, font size in points, bold) → width in points of the text on one line."""

EMPTY = "表示する値がありません"


class Anchor(Enum):
    """Which point of a label its x names."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle. ``hatch`` draws slanted thin lines in that colour over the fill; None means none, here and in all shapes."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    thickness: float = 0.6
    hatch: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; ``dash`` are the lengths drawn and left out in turn, empty for a full line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    thickness: float = 0.6
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A text on one line: ``x`` is where ``anchor`` says, ``y`` the baseline, ``size`` the font size in points."""

    x: float
    y: float
    text: str
    size: float
    anchor: Anchor = Anchor.START
    colour: str = palette.colour(Ink.TEXT)
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed shape through ``points``."""

    points: tuple[tuple[float, float], ...]
    fill: str | None = None
    stroke: str | None = None
    thickness: float = 0.6


Shape = Box | Line | Label | Polygon


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawn chart: its size in points, and its shapes in the order in which they are painted."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


_TEXT, _MUTED = palette.colour(Ink.TEXT), palette.colour(Ink.MUTED)
_TITLE, _SMALL, _LABEL = 10.5, 8.5, 9.0
_LABEL_LEADING = 12.0
_ROW_GAP, _BAR, _THIN_BAR = 9.0, 17.0, 11.0
_LINE_BODY = 150.0
_DASHES: tuple[tuple[float, ...], ...] = ((), (5.0, 2.5), (1.5, 2.0), (7.0, 2.0, 1.5, 2.0), (3.0, 3.0))


def draw(chart: Chart, width: float, height: float | None, measure: Measure) -> Scene:
    """``chart`` for ``width`` points; ``height`` is its natural one unless given, in which case it is filled if it is larger."""
    head, top = _head(chart, width, measure)
    if _is_empty(chart):
        box = Box(0, top, width, 44, palette.GROUND)
        label = Label(width / 2, top + 25, EMPTY, _LABEL, Anchor.MIDDLE, _MUTED)
        return Scene(width, max(height or 0.0, top + 44), (*head, box, label))
    body = _line_body if chart.kind is ChartKind.LINE else _bars_body
    shapes, foot = body(chart, width, top, height, measure)
    return Scene(width, max(height or 0.0, foot), (*head, *shapes))


def number(value: float, unit: str = "") -> str:
    """``value`` as a label: 1,234 or 97.6, with its unit."""
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")
    return text + unit


def _is_empty(chart: Chart) -> bool:
    values = [value for one in chart.series for value in one.values if value is not None]
    return not values or (chart.kind is not ChartKind.LINE and not any(values))


def _head(chart: Chart, width: float, measure: Measure) -> tuple[list[Shape], float]:
    """The title and the legend, and where the body begins."""
    shapes: list[Shape] = []
    y = 0.0
    if chart.title:
        for line in _wrapped(chart.title, width, _TITLE, measure, most=3, bold=True):
            shapes.append(Label(0, y + 11, line, _TITLE, bold=True))
            y += 15
        y += 4
    if len(chart.series) > 1 or (chart.kind is ChartKind.STACKED_BAR and chart.series):
        legend, y = _legend(chart, width, y, measure)
        shapes.extend(legend)
    return shapes, y + 3


def _legend(chart: Chart, width: float, y: float, measure: Measure) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    x = 0.0
    swatch = 22.0 if chart.kind is ChartKind.LINE else 10.0
    for index, one in enumerate(chart.series):
        needed = swatch + 4 + measure(one.name, _SMALL, False)
        if x > 0 and x + needed > width:
            x, y = 0.0, y + 14
        if chart.kind is ChartKind.LINE:
            colour = _line_colour(one.ink)
            shapes.append(Line(x, y + 7, x + swatch, y + 7, colour, 1.6, _DASHES[index % len(_DASHES)]))
            shapes.append(_marker(index, x + swatch / 2, y + 7, colour))
        else:
            shapes.append(_bar(x, y + 2, swatch, 10, one.ink))
        shapes.append(Label(x + swatch + 4, y + 10.2, one.name, _SMALL, colour=_TEXT))
        x += needed + 14
    return shapes, y + 18


def _bars_body(
    chart: Chart, width: float, top: float, height: float | None, measure: Measure
) -> tuple[list[Shape], float]:
    """Horizontal bars, one row for each category: segments on one bar, or a bar for each series below the other."""
    stacked = chart.kind is ChartKind.STACKED_BAR
    names, left = _names(chart.categories, width, measure)
    ends = [number(value, chart.unit) for value in _row_values(chart, stacked)]
    right = width - max((measure(text, _SMALL, stacked) for text in ends), default=0.0) - 8
    scale = _Scale.over(_row_values(chart, stacked), left, right)
    thick = _BAR if stacked or len(chart.series) == 1 else _THIN_BAR
    bars = thick if stacked else thick * len(chart.series)
    rows = [max(bars, len(lines) * _LABEL_LEADING) + _ROW_GAP for lines in names]
    spare = max(0.0, (height or 0.0) - top - sum(rows) - 2) / max(1, len(rows))
    shapes: list[Shape] = []
    y = top
    for index, (lines, row) in enumerate(zip(names, rows, strict=True)):
        row += spare
        middle = y + row / 2
        baseline = middle - len(lines) * _LABEL_LEADING / 2 + 9.2
        for offset, line in enumerate(lines):
            shapes.append(Label(left - 8, baseline + offset * _LABEL_LEADING, line, _LABEL, Anchor.END))
        draw_row = _stacked_row if stacked else _side_by_side_row
        shapes.extend(draw_row(chart, index, scale, middle - bars / 2, thick, measure))
        y += row
    shapes.append(Line(scale.zero, top, scale.zero, y, palette.RULE_STRONG, 0.8))
    return shapes, y + 2


def _row_values(chart: Chart, stacked: bool) -> list[float]:
    if not stacked:
        return [value for one in chart.series for value in one.values if value is not None]
    return [sum(max(0.0, one.values[index] or 0.0) for one in chart.series) for index in range(len(chart.categories))]


def _stacked_row(
    chart: Chart, index: int, scale: _Scale, y: float, thick: float, measure: Measure
) -> list[Shape]:
    shapes: list[Shape] = []
    reached = 0.0
    for one in chart.series:
        value = one.values[index] or 0.0
        if value <= 0:
            continue
        x, end = scale.at(reached), scale.at(reached + value)
        shapes.append(_bar(x, y, end - x, thick, one.ink))
        text = number(value)
        if measure(text, _SMALL, True) + 4 <= end - x:
            on_hatch = one.ink is Ink.NOT_ASSESSED
            if on_hatch:
                wide = measure(text, _SMALL, True) + 5
                shapes.append(Box((x + end - wide) / 2, y + 2.5, wide, thick - 5, palette.colour(one.ink)))
            shapes.append(
                Label((x + end) / 2, y + thick / 2 + 3.1, text, _SMALL, Anchor.MIDDLE, palette.on(one.ink), True)
            )
        reached += value
    if reached:
        total = number(reached, chart.unit)
        shapes.append(Label(scale.at(reached) + 6, y + thick / 2 + 3.1, total, _SMALL, colour=_MUTED))
    return shapes


def _side_by_side_row(
    chart: Chart, index: int, scale: _Scale, y: float, thick: float, measure: Measure
) -> list[Shape]:
    shapes: list[Shape] = []
    for one in chart.series:
        value = one.values[index]
        if value:
            start, end = sorted((scale.zero, scale.at(value)))
            shapes.append(_bar(start, y + 1, end - start, thick - 2, one.ink))
            text = number(value, chart.unit)
            shapes.append(Label(max(end, scale.zero) + 5, y + thick / 2 + 3.1, text, _SMALL))
        y += thick
    return shapes


def _bar(x: float, y: float, width: float, height: float, ink: Ink) -> Box:
    hatch = palette.RULE_STRONG if ink is Ink.NOT_ASSESSED else None
    return Box(x, y, width, height, palette.colour(ink), palette.RULE_STRONG, 0.6, hatch)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Values onto a straight stretch from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    @staticmethod
    def over(values: Sequence[float], start: float, end: float) -> _Scale:
        low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
        return _Scale(low, high if high > low else low + 1, start, end)

    @property
    def zero(self) -> float:
        return self.at(0.0)

    def at(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def _names(categories: Sequence[str], width: float, measure: Measure) -> tuple[list[list[str]], float]:
    """The category labels in at most two lines each, and where the bars begin."""
    longest = max((measure(name, _LABEL, False) for name in categories), default=0.0)
    room = min(longest, width * 0.36)
    names = [_wrapped(name, room + 0.5, _LABEL, measure, most=2) for name in categories]
    used = max((measure(line, _LABEL, False) for lines in names for line in lines), default=0.0)
    return names, min(used, room + _LABEL) + 10


def _line_body(
    chart: Chart, width: float, top: float, height: float | None, measure: Measure
) -> tuple[list[Shape], float]:
    """Lines over the categories from left to right, the values upwards from 0 on a grid."""
    values = [value for one in chart.series for value in one.values if value is not None]
    ticks = _ticks(min(0.0, *values, 0.0), max(0.0, *values, 0.0))
    left = max(measure(number(tick), _SMALL, False) for tick in ticks) + 8
    right = width - 10
    slot = (right - left) / len(chart.categories)
    names = [_wrapped(name, max(slot - 6, _SMALL), _SMALL, measure, most=2) for name in chart.categories]
    foot = 6 + 11 * max(len(lines) for lines in names)
    top += 12
    body = max(_LINE_BODY, (height or 0.0) - top - foot - 2)
    bottom = top + body
    scale = _Scale(ticks[0], ticks[-1], bottom, top)
    shapes: list[Shape] = []
    if chart.unit:
        shapes.append(Label(left - 6, top - 8, f"（{chart.unit}）", _SMALL, Anchor.END if left > 30 else Anchor.START, _MUTED))
    for tick in ticks:
        y = scale.at(tick)
        strong = tick == 0
        shapes.append(
            Line(left, y, right, y, palette.RULE_STRONG if strong else palette.RULE, 0.8 if strong else 0.4)
        )
        shapes.append(Label(left - 6, y + 3, number(tick), _SMALL, Anchor.END, _MUTED))
    for index, lines in enumerate(names):
        x = left + slot * (index + 0.5)
        for offset, line in enumerate(lines):
            shapes.append(Label(x, bottom + 12 + 11 * offset, line, _SMALL, Anchor.MIDDLE))
    for index, one in enumerate(chart.series):
        shapes.extend(_line_shapes(one, index, [left + slot * (i + 0.5) for i in range(len(one.values))], scale))
    shapes.extend(_line_values(chart, left, slot, scale, measure))
    return shapes, bottom + foot


def _line_shapes(one: Series, index: int, xs: Sequence[float], scale: _Scale) -> list[Shape]:
    """One series: a line between neighbours that both have a value, and a marker at each value."""
    colour = _line_colour(one.ink)
    points = [None if value is None else (x, scale.at(value)) for x, value in zip(xs, one.values, strict=True)]
    shapes: list[Shape] = []
    for before, after in zip(points, points[1:], strict=False):
        if before and after:
            shapes.append(Line(*before, *after, colour, 1.6, _DASHES[index % len(_DASHES)]))
    shapes.extend(_marker(index, *point, colour) for point in points if point)
    return shapes


def _line_values(chart: Chart, left: float, slot: float, scale: _Scale, measure: Measure) -> list[Shape]:
    """The numbers beside the markers: above each of a single line; of several lines in the last category, kept apart."""
    if len(chart.series) == 1:
        return [
            Label(left + slot * (index + 0.5), scale.at(value) - 6, number(value), _SMALL, Anchor.MIDDLE, bold=True)
            for index, value in enumerate(chart.series[0].values)
            if value is not None
        ]
    last = len(chart.categories) - 1
    found = sorted(
        ((scale.at(value), number(value), _line_colour(one.ink)) for one in chart.series if (value := one.values[last]) is not None),
    )
    shapes: list[Shape] = []
    free = -math.inf
    for y, text, colour in found:
        y = max(y, free)
        free = y + 10
        shapes.append(Label(left + slot * (last + 0.5) + 7, y + 3, text, _SMALL, colour=colour, bold=True))
    return shapes


def _line_colour(ink: Ink) -> str:
    """A line needs more contrast with the paper than an area: the light inks are drawn in the text's muted tone."""
    colour = palette.colour(ink)
    return colour if palette.contrast(colour, "#FFFFFF") >= 3 else _MUTED


def _marker(index: int, x: float, y: float, colour: str) -> Polygon:
    """The sign of a series at (x, y): circle, square, triangle, diamond in turn, so that no line is told by colour alone."""
    kind = index % 4
    if kind == 0:
        corners = [(math.cos(turn * math.pi / 8) * 3, math.sin(turn * math.pi / 8) * 3) for turn in range(16)]
    elif kind == 1:
        corners = [(-2.7, -2.7), (2.7, -2.7), (2.7, 2.7), (-2.7, 2.7)]
    elif kind == 2:
        corners = [(0, -3.6), (3.4, 2.6), (-3.4, 2.6)]
    else:
        corners = [(0, -3.8), (3.8, 0), (0, 3.8), (-3.8, 0)]
    fill = "#FFFFFF" if index % 2 else colour
    return Polygon(tuple((x + dx, y + dy) for dx, dy in corners), fill, colour, 1.1)


def _ticks(low: float, high: float) -> list[float]:
    """Three to six round numbers from at most ``low`` to at least ``high``."""
    span = (high - low) or 1.0
    power = 10 ** math.floor(math.log10(span / 4))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if span / (power * factor) <= 5)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(step * count, 10) for count in range(first, max(last, first + 1) + 1)]


def _wrapped(text: str, room: float, size: float, measure: Measure, *, most: int, bold: bool = False) -> list[str]:
    """``text`` in at most ``most`` lines; what does not fit is cut off with …."""
    text = text.replace("\n", " ")
    if measure(text, size, bold) <= room:
        return [text]
    lines = break_phrases(text, [measure(one, size, bold) for one in text], room, em=size)
    shown = [text[line.start : line.stop] for line in lines]
    if len(shown) <= most:
        return shown
    last = shown[most - 1]
    while last and measure(last + "…", size, bold) > room:
        last = last[:-1]
    return [*shown[: most - 1], last + "…"]
