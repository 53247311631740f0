"""Charts as neutral shapes: laid out once, painted alike on paper and on the screen.

``draw`` turns a ``Chart`` into a ``Scene`` of boxes, lines, labels and polygons in points, the origin at the top left, y downwards.
It knows no drawing library: how wide a text is, it asks the ``measure`` that the painter gives it. Colours are resolved
(#RRGGBB) for a white ground.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from reports import palette
from reports.document import Chart, ChartKind, Ink
from reports.line_chart import line_body
from reports.line_chart import swatch as line_swatch
from reports.scene import Anchor, Box, Label, Line, Measure, Scale, Scene, Shape, number, wrapped

EMPTY = "表示する値がありません"

_TEXT, _MUTED = palette.colour(Ink.TEXT), palette.colour(Ink.MUTED)
_TITLE, _SMALL, _LABEL = 10.5, 9.0, 9.0
_LABEL_LEADING = 12.0
_DASH = (1.8, 1.4)
_NO_BREAK = "\u00a0"
_ROW_GAP, _BAR, _THIN_BAR = 9.0, 17.0, 11.0


def draw(
    chart: Chart, width: float, height: float | None, measure: Measure, *, rows: range | None = None
) -> Scene:
    """``chart`` for ``width`` points; ``height`` is its natural one unless given, in which case it is filled if it is larger.

    With ``rows`` only those bars are drawn, to the scale of all (see ``draw_parts``); a line chart is always whole.
    """
    head, top = _head(chart, width, measure)
    if _is_empty(chart):
        box = Box(0, top, width, 44, palette.GROUND)
        label = Label(width / 2, top + 25, EMPTY, _LABEL, Anchor.MIDDLE, _MUTED)
        return Scene(width, max(height or 0.0, top + 44), (*head, box, label))
    if chart.kind is ChartKind.LINE:
        shapes, foot = line_body(chart, width, top, height, measure)
    else:
        shapes, foot = _bars_body(chart, width, top, height, measure, rows or range(len(chart.categories)))
    return Scene(width, max(height or 0.0, foot), (*head, *shapes))


def draw_parts(chart: Chart, width: float, most: float, measure: Measure) -> list[Scene]:
    """``chart`` as one scene, or as several no higher than ``most`` to the same scale where it has very many bars."""
    whole = draw(chart, width, None, measure)
    count = len(chart.categories)
    if whole.height <= most or chart.kind is ChartKind.LINE or count < 2:
        return [whole]
    parts = 1
    while True:
        parts += 1
        size = math.ceil(count / parts)
        scenes = [
            draw(chart, width, None, measure, rows=range(start, min(start + size, count)))
            for start in range(0, count, size)
        ]
        if size == 1 or all(scene.height <= most for scene in scenes):
            return scenes


def _is_empty(chart: Chart) -> bool:
    values = [value for one in chart.series for value in one.values if value is not None]
    return not values or (chart.kind is not ChartKind.LINE and not any(values))


def _head(chart: Chart, width: float, measure: Measure) -> tuple[list[Shape], float]:
    """The title and the legend, and where the body begins."""
    shapes: list[Shape] = []
    y = 0.0
    if chart.title:
        for line in wrapped(chart.title, width, _TITLE, measure, most=3, bold=True):
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
            shapes.extend(line_swatch(one, index, x, y + 7, swatch))
        else:
            shapes.extend(_bar(x, y + 2, swatch, 10, one.ink))
        shapes.append(Label(x + swatch + 4, y + 10.2, one.name, _SMALL, colour=_TEXT))
        x += needed + 14
    return shapes, y + 18


def _bars_body(
    chart: Chart, width: float, top: float, height: float | None, measure: Measure, shown: range
) -> tuple[list[Shape], float]:
    """Horizontal bars, one row for each category: segments on one bar, or a bar for each series below the other."""
    stacked = chart.kind is ChartKind.STACKED_BAR
    names, left = _names(chart.categories, width, measure)
    ends = [number(value, chart.unit) for value in _row_values(chart, stacked)]
    right = width - max((measure(text, _SMALL, stacked) for text in ends), default=0.0) - 8
    scale = Scale.over(_row_values(chart, stacked), left, right)
    thick = _BAR if stacked or len(chart.series) == 1 else _THIN_BAR
    bars = thick if stacked else thick * len(chart.series)
    rows = [max(bars, len(lines) * _LABEL_LEADING) + _ROW_GAP for lines in names]
    spare = max(0.0, (height or 0.0) - top - sum(rows[index] for index in shown) - 2) / max(1, len(shown))
    shapes: list[Shape] = []
    y = top
    for index in shown:
        lines, row = names[index], rows[index] + spare
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
    return [
        sum(max(0.0, one.values[index] or 0.0) for one in chart.series)
        for index in range(len(chart.categories))
    ]


def _stacked_row(
    chart: Chart, index: int, scale: Scale, y: float, thick: float, measure: Measure
) -> list[Shape]:
    shapes: list[Shape] = []
    reached = 0.0
    for one in chart.series:
        value = one.values[index] or 0.0
        if value <= 0:
            continue
        x, end = scale.at(reached), scale.at(reached + value)
        shapes.extend(_bar(x, y, end - x, thick, one.ink))
        text = number(value)
        if measure(text, _SMALL, True) + 4 <= end - x:
            on_hatch = one.ink is Ink.NOT_ASSESSED
            if on_hatch:
                wide = measure(text, _SMALL, True) + 5
                shapes.append(Box((x + end - wide) / 2, y + 2.5, wide, thick - 5, palette.colour(one.ink)))
            shapes.append(
                Label(
                    (x + end) / 2, y + thick / 2 + 3.1, text, _SMALL, Anchor.MIDDLE, palette.on(one.ink), True
                )
            )
        reached += value
    if reached:
        total = number(reached, chart.unit)
        shapes.append(Label(scale.at(reached) + 6, y + thick / 2 + 3.1, total, _SMALL, colour=_MUTED))
    return shapes


def _side_by_side_row(
    chart: Chart, index: int, scale: Scale, y: float, thick: float, _: Measure
) -> list[Shape]:
    shapes: list[Shape] = []
    for one in chart.series:
        value = one.values[index]
        if value:
            start, end = sorted((scale.zero, scale.at(value)))
            shapes.extend(_bar(start, y + 1, end - start, thick - 2, one.ink))
            text = number(value, chart.unit)
            shapes.append(Label(max(end, scale.zero) + 5, y + thick / 2 + 3.1, text, _SMALL))
        y += thick
    return shapes


def _bar(x: float, y: float, width: float, height: float, ink: Ink) -> list[Shape]:
    """A bar; what is blank has a dashed edge, so that a black-and-white copy tells it from the palest level."""
    if ink is Ink.BLANK:
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
        edge = (Line(*start, *stop, palette.RULE_STRONG, 0.6, _DASH) for start, stop in pairwise(corners))
        return [Box(x, y, width, height, palette.colour(ink)), *edge]
    hatch = palette.RULE_STRONG if ink is Ink.NOT_ASSESSED else None
    return [Box(x, y, width, height, palette.colour(ink), palette.RULE_STRONG, 0.6, hatch)]


def _bound(name: str) -> str:
    """``name`` with its number (4, 2-1) bound to what follows, so that it never stands on a line alone."""
    number_word, gap, title = name.partition(" ")
    return f"{number_word}{_NO_BREAK}{title}" if gap and len(number_word) <= 4 else name


def _names(categories: Sequence[str], width: float, measure: Measure) -> tuple[list[list[str]], float]:
    """The category labels in at most two lines each, and where the bars begin."""
    longest = max((measure(name, _LABEL, False) for name in categories), default=0.0)
    room = min(longest, width * 0.36)
    names = [
        [line.replace(_NO_BREAK, " ") for line in wrapped(_bound(name), room + 0.5, _LABEL, measure, most=2)]
        for name in categories
    ]
    used = max((measure(line, _LABEL, False) for lines in names for line in lines), default=0.0)
    return names, min(used, room + _LABEL) + 10
