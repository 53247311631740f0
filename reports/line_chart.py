"""The line chart: values upwards from 0 on a grid, one line and one sign for each series."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from reports import palette
from reports.document import Chart, Ink, Series
from reports.scene import Anchor, Label, Line, Measure, Polygon, Scale, Shape, number, wrapped

_MUTED = palette.colour(Ink.MUTED)
_SMALL = 9.0
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
    beside = max(measure(number(value), _SMALL, True) for value in values) + 10
    slot = (width - left - 2) / len(chart.categories)
    if len(chart.series) > 1 and slot / 2 < beside:
        slot = (width - left - beside) / (len(chart.categories) - 0.5)
    xs = [left + slot * (index + 0.5) for index in range(len(chart.categories))]
    names, below = _names(chart.categories, xs, slot, measure)
    top += 12
    bottom = top + max(_LINE_BODY, (height or 0.0) - top - below - 2)
    scale = Scale(ticks[0], ticks[-1], bottom, top)
    shapes = _grid(ticks, scale, left, width - 2, chart.unit)
    for x, y, text in names:
        half = measure(text, _SMALL, False) / 2
        shapes.append(Label(min(max(x, half), width - half), bottom + y, text, _SMALL, Anchor.MIDDLE))
    for index, one in enumerate(chart.series):
        shapes.extend(_line_shapes(one, index, xs, scale))
    shapes.extend(_line_values(chart, xs, slot, scale, beside))
    return shapes, bottom + below


def _grid(ticks: Sequence[float], scale: Scale, left: float, right: float, unit: str) -> list[Shape]:
    """The unit, and a thin rule and a number for each tick; the rule at 0 is stronger."""
    shapes: list[Shape] = [Label(0, scale.end - 10, f"（{unit}）", _SMALL, colour=_MUTED)] if unit else []
    for tick in ticks:
        y = scale.at(tick)
        colour, thickness = (palette.RULE, 0.4) if tick else (palette.RULE_STRONG, 0.8)
        shapes.append(Line(left, y, right, y, colour, thickness))
        shapes.append(Label(left - 6, y + 3, number(tick), _SMALL, Anchor.END, _MUTED))
    return shapes


def _names(
    categories: Sequence[str], xs: Sequence[float], slot: float, measure: Measure
) -> tuple[list[tuple[float, float, str]], float]:
    """The names below the grid as (x, y, text), as many of them as have room, and the height that they take."""
    longest = max(measure(name, _SMALL, False) for name in categories)
    step = max(1, math.ceil((min(longest, longest / 2 + 2 * _SMALL) + 14) / slot))
    lines = [
        wrapped(name, slot * step - 8, _SMALL, measure, most=2) if index % step == 0 else []
        for index, name in enumerate(categories)
    ]
    names = [
        (x, 12 + 11.0 * row, text)
        for x, texts in zip(xs, lines, strict=True)
        for row, text in enumerate(texts)
    ]
    return names, 6 + 11.0 * max(len(texts) for texts in lines)


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


def _line_values(chart: Chart, xs: Sequence[float], slot: float, scale: Scale, room: float) -> list[Shape]:
    """The numbers beside the markers: above each of a single line, or its last where all would crowd; the last of several."""
    if len(chart.series) == 1:
        crowded = room > slot
        return [
            Label(x, scale.at(value) - 6, number(value), _SMALL, Anchor.MIDDLE, bold=True)
            for index, (x, value) in enumerate(zip(xs, chart.series[0].values, strict=True))
            if value is not None and not (crowded and index < len(xs) - 1)
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
    x = xs[last] + 7
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
