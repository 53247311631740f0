"""The line chart: values upwards from 0 on a grid, one line and one sign for each series."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from reports import palette
from reports.document import Chart, Ink, Series
from reports.scene import Anchor, Label, Line, Measure, Polygon, Scale, Shape, number, wrapped

_MUTED = palette.colour(Ink.MUTED)
_SMALL = 8.5
_LINE_BODY = 150.0
_DASHES: tuple[tuple[float, ...], ...] = ((), (5.0, 2.5), (1.5, 2.0), (7.0, 2.0, 1.5, 2.0), (3.0, 3.0))


def line_body(
    chart: Chart, width: float, top: float, height: float | None, measure: Measure
) -> tuple[list[Shape], float]:
    """Lines over the categories from left to right, the values upwards from 0 on a grid."""
    values = [value for one in chart.series for value in one.values if value is not None]
    whole = all(float(value).is_integer() for value in values)
    ticks = _ticks(min(0.0, *values, 0.0), max(0.0, *values, 0.0), whole=whole)
    left = max(measure(number(tick), _SMALL, False) for tick in ticks) + 8
    right = width - 10
    slot = (right - left) / len(chart.categories)
    names = [wrapped(name, max(slot - 6, _SMALL), _SMALL, measure, most=2) for name in chart.categories]
    foot = 6 + 11 * max(len(lines) for lines in names)
    top += 12
    body = max(_LINE_BODY, (height or 0.0) - top - foot - 2)
    bottom = top + body
    scale = Scale(ticks[0], ticks[-1], bottom, top)
    shapes: list[Shape] = []
    if chart.unit:
        shapes.append(
            Label(
                left - 6,
                top - 8,
                f"（{chart.unit}）",
                _SMALL,
                Anchor.END if left > 30 else Anchor.START,
                _MUTED,
            )
        )
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
        shapes.extend(
            _line_shapes(one, index, [left + slot * (i + 0.5) for i in range(len(one.values))], scale)
        )
    shapes.extend(_line_values(chart, left, slot, scale))
    return shapes, bottom + foot


def _line_shapes(one: Series, index: int, xs: Sequence[float], scale: Scale) -> list[Shape]:
    """One series: a line between neighbours that both have a value, and a marker at each value."""
    colour = _line_colour(one.ink)
    points = [
        None if value is None else (x, scale.at(value)) for x, value in zip(xs, one.values, strict=True)
    ]
    shapes: list[Shape] = []
    for before, after in pairwise(points):
        if before and after:
            shapes.append(Line(*before, *after, colour, 1.6, _DASHES[index % len(_DASHES)]))
    shapes.extend(_marker(index, *point, colour) for point in points if point)
    return shapes


def _line_values(chart: Chart, left: float, slot: float, scale: Scale) -> list[Shape]:
    """The numbers beside the markers: above each of a single line; of several lines in the last category, kept apart."""
    if len(chart.series) == 1:
        return [
            Label(
                left + slot * (index + 0.5),
                scale.at(value) - 6,
                number(value),
                _SMALL,
                Anchor.MIDDLE,
                bold=True,
            )
            for index, value in enumerate(chart.series[0].values)
            if value is not None
        ]
    last = len(chart.categories) - 1
    found = sorted(
        (
            (scale.at(value), number(value), _line_colour(one.ink))
            for one in chart.series
            if (value := one.values[last]) is not None
        ),
    )
    places = _apart([y for y, _, _ in found], scale.start)
    x = left + slot * (last + 0.5) + 7
    return [
        Label(x, y + 3, text, _SMALL, colour=colour, bold=True)
        for y, (_, text, colour) in zip(places, found, strict=True)
    ]


def _apart(places: Sequence[float], lowest: float) -> list[float]:
    """``places`` (from the top down) moved so far apart that labels there do not touch, none below ``lowest``."""
    apart: list[float] = []
    for place in places:
        apart.append(max(place, apart[-1] + _SMALL + 1.5) if apart else place)
    for index in range(len(apart) - 1, -1, -1):
        lowest = min(lowest, apart[index])
        apart[index] = lowest
        lowest -= _SMALL + 1.5
    return apart


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


def _ticks(low: float, high: float, *, whole: bool) -> list[float]:
    """Three to six round numbers from at most ``low`` to at least ``high``; counts get no ticks between them."""
    span = (high - low) or 1.0
    power = 10.0 ** math.floor(math.log10(span / 4))
    steps = [power * factor for factor in (1, 2, 2.5, 5, 10)]
    allowed = [step for step in steps if step.is_integer()] or [1.0] if whole else steps
    step = next((step for step in allowed if span / step <= 5), allowed[-1])
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(step * count, 10) for count in range(first, max(last, first + 1) + 1)]


def swatch(one: Series, index: int, x: float, y: float, width: float) -> list[Shape]:
    """A short piece of the line of ``one``, the series number ``index``, with its sign, for the legend."""
    colour = _line_colour(one.ink)
    line = Line(x, y, x + width, y, colour, 1.6, _DASHES[index % len(_DASHES)])
    return [line, _marker(index, x + width / 2, y, colour)]
